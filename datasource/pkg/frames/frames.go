// Package frames turns a decoded result into the data frames of each format a query can ask for.
package frames

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/suuupra/analytics/datasource/pkg/native"
)

// Format is the shape a query asks for.
type Format string

const (
	// Table is the result as it is.
	Table Format = "table"
	// TimeSeries is one series for each number and combination of texts, sorted by time.
	TimeSeries Format = "timeseries"
	// Numeric is one number, or one for each combination of texts: what alert rules compare.
	Numeric Format = "numeric"
	// Logs are lines with a time, a severity and labels.
	Logs Format = "logs"
	// Annotations are events with a time and, for regions, an end.
	Annotations Format = "annotations"
	// Heatmap is one series for each bucket, the buckets in order.
	Heatmap Format = "heatmap"
)

// Options are what a format needs to know beyond the result.
type Options struct {
	// Fill and Step add the intervals that are missing between From and To; see Fill in package macros.
	Fill     string
	Step     time.Duration
	From, To time.Time
	// NullLabel is the label of rows whose text is null. In answers of analyses null stands for all values together.
	NullLabel string
}

var builders = map[Format]func(*native.Result, Options) (*data.Frame, error){
	Table:       table,
	TimeSeries:  timeSeries,
	Numeric:     numeric,
	Logs:        logs,
	Annotations: annotations,
	Heatmap:     heatmap,
}

// Build makes the frame. An unknown format is an error, an empty one means Table.
func Build(result *native.Result, format Format, options Options) (*data.Frame, error) {
	if format == "" {
		format = Table
	}
	build, known := builders[format]
	if !known {
		return nil, fmt.Errorf("there is no format %q; there are: %s", format, strings.Join(names(), ", "))
	}
	return build(result, options)
}

func names() []string {
	out := make([]string, 0, len(builders))
	for name := range builders {
		out = append(out, string(name))
	}
	slices.Sort(out)
	return out
}

func table(result *native.Result, _ Options) (*data.Frame, error) {
	frame := data.NewFrame("", result.Fields(native.Exact)...)
	frame.Meta = &data.FrameMeta{PreferredVisualization: data.VisTypeTable}
	return frame, nil
}

// numeric keeps numbers, and texts as their labels. Times are no labels: each evaluation would make new instances.
func numeric(result *native.Result, options Options) (*data.Frame, error) {
	frame := data.NewFrame("")
	labelled := false
	for _, field := range result.Fields(native.Numeric) {
		switch kind := field.Type().NonNullableType(); {
		case kind.Numeric():
			frame.Fields = append(frame.Fields, field)
		case kind == data.FieldTypeBool:
			frame.Fields = append(frame.Fields, boolAsNumber(field))
		case kind == data.FieldTypeString:
			labelled = true
			frame.Fields = append(frame.Fields, labels(field, options))
		}
	}
	if !slices.ContainsFunc(frame.Fields, func(f *data.Field) bool { return f.Type().Numeric() }) {
		return nil, fmt.Errorf("the format numeric needs a column of numbers; %s", described(result))
	}
	frame.Meta = &data.FrameMeta{Type: data.FrameTypeNumericWide, TypeVersion: data.FrameTypeVersion{0, 1}}
	if labelled || result.Rows() > 1 {
		frame.Meta.Type = data.FrameTypeNumericLong
	}
	return frame, nil
}

func boolAsNumber(field *data.Field) *data.Field {
	out := make([]*uint8, field.Len())
	for i := range out {
		if v, ok := field.ConcreteAt(i); ok {
			number := uint8(0)
			if v.(bool) {
				number = 1
			}
			out[i] = &number
		}
	}
	return data.NewField(field.Name, nil, out)
}

// described names the columns there are, for messages.
func described(result *native.Result) string {
	columns, types := result.Columns()
	if len(columns) == 0 {
		return "the result has no columns"
	}
	parts := make([]string, len(columns))
	for i := range columns {
		parts[i] = columns[i] + " " + types[i]
	}
	return "the result has " + strings.Join(parts, ", ")
}

// named finds the first field of a kind whose name is one of the wanted, in their order of preference.
func named(fields []*data.Field, kind data.FieldType, wanted ...string) int {
	for _, name := range wanted {
		for i, field := range fields {
			if strings.EqualFold(field.Name, name) && field.Type().NonNullableType() == kind {
				return i
			}
		}
	}
	return -1
}

// first finds the first field of a kind.
func first(fields []*data.Field, kind data.FieldType) int {
	return slices.IndexFunc(fields, func(f *data.Field) bool { return f.Type().NonNullableType() == kind })
}
