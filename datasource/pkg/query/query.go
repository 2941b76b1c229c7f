// Package query is what the editor stores and Grafana sends: a query, ready to be run.
package query

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/suuupra/analytics/datasource/pkg/clickhouse"
	"github.com/suuupra/analytics/datasource/pkg/frames"
	"github.com/suuupra/analytics/datasource/pkg/macros"
)

// Query is the JSON of one query. The SQL of an analysis was compiled by the editor, or by the generator of dashboards
// and alert rules, and is stored beside its definition: nothing is compiled here.
type Query struct {
	// Mode is which editor made it: "analysis", "builder" or "sql". The SQL of an analysis is run with settings of its own.
	Mode string `json:"mode"`
	// Definition of the analysis, passed on to panels in the metadata of the frame.
	Definition json.RawMessage `json:"definition,omitempty"`
	// RawSQL with macros and placeholders {name:Type}.
	RawSQL string           `json:"rawSql"`
	Params map[string]Param `json:"params,omitempty"`
	// Facts is a second query of one row whose columns become metadata of the frame.
	Facts  *Facts        `json:"facts,omitempty"`
	Format frames.Format `json:"format"`
	// Fill adds missing intervals to time series: "null", "previous" or a number; "" does not.
	Fill string `json:"fill,omitempty"`
	// Settings of ClickHouse, as far as the data source allows them.
	Settings map[string]string `json:"settings,omitempty"`
	// RowLimit lowers the limit of the data source; 0 does not.
	RowLimit int `json:"rowLimit,omitempty"`
}

// Facts is a query beside the main one.
type Facts struct {
	RawSQL string           `json:"rawSql"`
	Params map[string]Param `json:"params,omitempty"`
}

// Param is a value for a placeholder, or what of the request stands for it.
type Param struct {
	Type  string          `json:"type"`
	Value json.RawMessage `json:"value,omitempty"`
	// Bind takes the value from the request: "from", "to" or "interval". A bound time has the form that Type asks for;
	// the interval is in milliseconds.
	Bind string `json:"bind,omitempty"`
	// Offset is added to a bound time, in milliseconds.
	Offset int64 `json:"offset_ms,omitempty"`
}

// Parse reads a query. One without SQL is nil: a panel that is not finished yet.
func Parse(raw json.RawMessage) (*Query, error) {
	var q Query
	if err := json.Unmarshal(raw, &q); err != nil {
		return nil, fmt.Errorf("the query is not what this data source stores: %w", err)
	}
	if strings.TrimSpace(q.RawSQL) == "" {
		return nil, nil
	}
	return &q, nil
}

// Prepared is SQL and parameters as the server takes them.
type Prepared struct {
	SQL        string
	Parameters map[string]clickhouse.Parameter
	Fill       string
	Step       time.Duration
}

// reading are the statements that only read. The server is asked for read-only mode as well; this also covers writing
// through table functions.
var reading = []string{"SELECT", "WITH", "FROM", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "EXISTS"}

// Prepare expands macros and binds what the request gives.
func Prepare(sql string, params map[string]Param, context macros.Context) (*Prepared, error) {
	if first := macros.FirstWord(sql); !slices.Contains(reading, first) {
		return nil, &clickhouse.Error{
			Kind:    clickhouse.KindPermission,
			Message: fmt.Sprintf("A data source only reads: a query begins with one of %s, this one with %s", strings.Join(reading, ", "), first),
		}
	}
	expanded, err := macros.Expand(sql, context)
	if err != nil {
		return nil, err
	}
	out := &Prepared{SQL: expanded.SQL, Parameters: expanded.Parameters, Fill: expanded.Fill, Step: expanded.Step}
	bound := make(map[string]clickhouse.Parameter, len(params))
	for name, param := range params {
		value, err := param.value(context)
		if err != nil {
			return nil, fmt.Errorf("parameter %q: %w", name, err)
		}
		bound[name] = clickhouse.Parameter{Type: param.Type, Value: value}
	}
	maps.Copy(out.Parameters, bound)
	return out, nil
}

func (p Param) value(context macros.Context) (json.RawMessage, error) {
	switch p.Bind {
	case "":
		if len(p.Value) == 0 {
			return nil, fmt.Errorf("it has neither a value nor a binding")
		}
		return p.Value, nil
	case "from":
		return timeAs(p.Type, context.From.Add(p.offset()))
	case "to":
		return timeAs(p.Type, context.To.Add(p.offset()))
	case "interval":
		return json.Marshal(context.Interval.Milliseconds())
	}
	return nil, fmt.Errorf(`it is bound to %q; possible are "from", "to" and "interval"`, p.Bind)
}

func (p Param) offset() time.Duration { return time.Duration(p.Offset) * time.Millisecond }

// timeAs writes a time as a value of the type: milliseconds for integers, else text in UTC.
func timeAs(typeName string, t time.Time) (json.RawMessage, error) {
	family, _, _ := strings.Cut(typeName, "(")
	switch family {
	case "Int64", "UInt64":
		return json.Marshal(t.UnixMilli())
	case "DateTime64":
		return json.Marshal(t.UTC().Format("2006-01-02 15:04:05.000"))
	case "DateTime":
		return json.Marshal(t.UTC().Format(time.DateTime))
	case "Date", "Date32":
		return json.Marshal(t.UTC().Format(time.DateOnly))
	case "String":
		return json.Marshal(t.UTC().Format("2006-01-02T15:04:05.000Z"))
	}
	return nil, fmt.Errorf("a time cannot be bound to the type %s", typeName)
}
