package frames

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/suuupra/analytics/datasource/pkg/native"
)

// logs finds the parts of a log line by the names of the columns; what is left becomes labels.
func logs(result *native.Result, _ Options) (*data.Frame, error) {
	fields := result.Fields(native.Exact)
	times := named(fields, data.FieldTypeTime, "timestamp", "time")
	if times < 0 {
		times = first(fields, data.FieldTypeTime)
	}
	body := named(fields, data.FieldTypeString, "body", "message", "line", "content", "text", "error")
	if body < 0 {
		body = first(fields, data.FieldTypeString)
	}
	if times < 0 || body < 0 {
		return nil, fmt.Errorf("the format logs needs a column of times and one of texts; %s", described(result))
	}
	severity := named(fields, data.FieldTypeString, "severity", "level")
	id := named(fields, data.FieldTypeString, "id", "event_id")
	frame := data.NewFrame("")
	used := map[int]bool{}
	for _, part := range []struct {
		at   int
		name string
	}{{times, "timestamp"}, {body, "body"}, {severity, "severity"}, {id, "id"}} {
		if part.at < 0 || used[part.at] {
			continue
		}
		used[part.at] = true
		field := fields[part.at]
		field.Name = part.name
		frame.Fields = append(frame.Fields, withoutNulls(field))
	}
	labels := make([]json.RawMessage, frame.Fields[0].Len())
	for row := range labels {
		values := map[string]string{}
		for i, field := range fields {
			if v, ok := field.ConcreteAt(row); ok && !used[i] {
				values[field.Name] = fmt.Sprint(v)
			}
		}
		encoded, err := json.Marshal(values)
		if err != nil {
			return nil, err
		}
		labels[row] = encoded
	}
	frame.Fields = append(frame.Fields, data.NewField("labels", nil, labels))
	frame.Meta = &data.FrameMeta{Type: data.FrameTypeLogLines, PreferredVisualization: data.VisTypeLogs}
	return frame, nil
}

// withoutNulls makes a field of texts or times that is not nullable, as the format of log lines demands.
func withoutNulls(field *data.Field) *data.Field {
	if !field.Nullable() {
		return field
	}
	out := data.NewFieldFromFieldType(field.Type().NonNullableType(), field.Len())
	out.Name = field.Name
	for i := range field.Len() {
		if v, ok := field.ConcreteAt(i); ok {
			out.Set(i, v)
		}
	}
	return out
}

// annotations is a table whose columns have the names that Grafana looks for. Tags given as an array are joined.
func annotations(result *native.Result, options Options) (*data.Frame, error) {
	frame, err := table(result, options)
	if err != nil {
		return nil, err
	}
	times := named(frame.Fields, data.FieldTypeTime, "time", "timestamp")
	if times < 0 {
		times = first(frame.Fields, data.FieldTypeTime)
	}
	if times < 0 {
		return nil, fmt.Errorf("the format annotations needs a column of type Date, DateTime or DateTime64; %s", described(result))
	}
	frame.Fields[times].Name = "time"
	for _, field := range frame.Fields {
		switch strings.ToLower(field.Name) {
		case "timeend", "time_end", "end":
			field.Name = "timeEnd"
		case "tags":
			joinTags(field)
		}
	}
	return frame, nil
}

func joinTags(field *data.Field) {
	for i := range field.Len() {
		text, ok := field.ConcreteAt(i)
		var tags []string
		if s, isText := text.(string); ok && isText && json.Unmarshal([]byte(s), &tags) == nil {
			field.SetConcrete(i, strings.Join(tags, ","))
		}
	}
}
