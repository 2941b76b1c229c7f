package plugin

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/suuupra/analytics/datasource/pkg/clickhouse"
	"github.com/suuupra/analytics/datasource/pkg/query"
)

type dataFrame = data.Frame

// describe puts into the frame what was asked, what it cost, and what is missing. Panels read Custom.
func describe(frame *data.Frame, asked clickhouse.Query, answer *clickhouse.Answer, model *query.Query, facts map[string]any) {
	meta := frame.Meta
	meta.ExecutedQueryString = shown(asked)
	meta.Stats = []data.QueryStat{
		stat("Rows read", "short", float64(answer.Progress.Rows)),
		stat("Bytes read", "bytes", float64(answer.Progress.Bytes)),
		stat("Bytes received", "bytes", float64(answer.Bytes)),
		stat("Time in ClickHouse and on the way", "ms", milliseconds(answer.Elapsed)),
	}
	custom := map[string]any{
		"query_id":   answer.QueryID,
		"rows_read":  answer.Progress.Rows,
		"bytes_read": answer.Progress.Bytes,
		"elapsed_ms": milliseconds(answer.Elapsed),
		"truncated":  answer.Truncated != "",
	}
	if len(model.Definition) > 0 {
		custom["definition"] = model.Definition
	}
	if facts != nil {
		custom["facts"] = facts
	}
	meta.Custom = custom
	if answer.Truncated != "" {
		meta.Notices = append(meta.Notices, data.Notice{
			Severity: data.NoticeSeverityWarning,
			Text:     fmt.Sprintf("Only a part is shown: the result was cut after %d rows by the limit of %s.", answer.Rows(), answer.Truncated),
		})
	}
}

func stat(name, unit string, value float64) data.QueryStat {
	return data.QueryStat{FieldConfig: data.FieldConfig{DisplayName: name, Unit: unit}, Value: value}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// shown is the SQL with its parameters as comments, for the query inspector.
func shown(q clickhouse.Query) string {
	var out strings.Builder
	out.WriteString(q.SQL)
	for _, name := range slices.Sorted(maps.Keys(q.Parameters)) {
		parameter := q.Parameters[name]
		value := strings.ReplaceAll(string(parameter.Value), "\n", " ")
		fmt.Fprintf(&out, "\n-- {%s:%s} = %s", name, parameter.Type, value)
	}
	return out.String()
}

func firstText(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func firstDuration(values ...time.Duration) time.Duration {
	for _, v := range values {
		if v > 0 {
			return v
		}
	}
	return 0
}

// texts are the values of a column of texts.
func texts(answer *clickhouse.Answer, column string) (out []string) {
	for _, field := range answer.Fields(0) {
		if field.Name != column {
			continue
		}
		for i := range field.Len() {
			v, _ := field.ConcreteAt(i)
			s, _ := v.(string)
			out = append(out, s)
		}
	}
	return out
}
