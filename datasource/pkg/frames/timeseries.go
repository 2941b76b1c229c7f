package frames

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/suuupra/analytics/datasource/pkg/native"
)

// timeSeries is wide: one field of times, one field for each number and combination of texts, which are its labels.
func timeSeries(result *native.Result, options Options) (*data.Frame, error) {
	frame, err := sortedByTime(result, TimeSeries)
	if err != nil {
		return nil, err
	}
	return wide(frame, result, options)
}

// wide spreads a frame sorted by time, whose first field is the time.
func wide(frame *data.Frame, result *native.Result, options Options) (_ *data.Frame, err error) {
	schema := frame.TimeSeriesSchema()
	if len(schema.ValueIndices) == 0 {
		return nil, fmt.Errorf("the format needs a column of numbers; %s", described(result))
	}
	if schema.Type == data.TimeSeriesTypeLong {
		if frame.Rows() == 0 { // nothing to spread: keep the columns, without labels
			frame.Fields = slices.DeleteFunc(frame.Fields, func(f *data.Field) bool {
				return slices.Contains([]data.FieldType{data.FieldTypeString, data.FieldTypeBool}, f.Type().NonNullableType())
			})
		} else if frame, err = spread(frame, schema, options); err != nil {
			return nil, fmt.Errorf("the rows do not make time series: %w", err)
		}
	}
	if options.Fill != "" && frame.Rows() > 0 {
		if frame, err = filled(frame, options); err != nil {
			return nil, err
		}
	}
	nameByLabels(frame)
	frame.Meta = &data.FrameMeta{
		Type:                   data.FrameTypeTimeSeriesWide,
		TypeVersion:            data.FrameTypeVersion{0, 1},
		PreferredVisualization: data.VisTypeGraph,
	}
	return frame, nil
}

// spread makes a series of each combination of texts. Its numbers become nullable first: where a series has no row at a
// time, the SDK would put 0 into a field that cannot hold null.
func spread(frame *data.Frame, schema data.TimeSeriesSchema, options Options) (*data.Frame, error) {
	for _, at := range schema.FactorIndices {
		frame.Fields[at] = labels(frame.Fields[at], options)
	}
	for _, at := range schema.ValueIndices {
		field := frame.Fields[at]
		nullable := data.NewFieldFromFieldType(data.FieldTypeNullableFloat64, field.Len())
		nullable.Name = field.Name
		for row := range field.Len() {
			setFloat(nullable, row, field, row)
		}
		frame.Fields[at] = nullable
	}
	return data.LongToWide(frame, &data.FillMissing{Mode: data.FillModeNull})
}

// sortedByTime makes a frame whose first time column comes first, without null times, oldest row first.
func sortedByTime(result *native.Result, format Format) (*data.Frame, error) {
	fields := result.Fields(native.Numeric)
	at := named(fields, data.FieldTypeTime, "time", "timestamp")
	if at < 0 {
		at = first(fields, data.FieldTypeTime)
	}
	if at < 0 {
		return nil, fmt.Errorf("the format %s needs a column of type Date, DateTime or DateTime64; %s", format, described(result))
	}
	times := fields[at]
	rows := make([]int, 0, times.Len())
	for i := range times.Len() {
		if _, ok := times.ConcreteAt(i); ok {
			rows = append(rows, i)
		}
	}
	before := func(a, b int) int { return timeOf(times, a).Compare(timeOf(times, b)) }
	ordered := len(rows) == times.Len() && !times.Nullable() && slices.IsSortedFunc(rows, before)
	if !ordered {
		slices.SortStableFunc(rows, before)
	}
	frame := data.NewFrame("")
	sorted := make([]time.Time, len(rows))
	for i, row := range rows {
		sorted[i] = timeOf(times, row)
	}
	frame.Fields = append(frame.Fields, data.NewField(times.Name, nil, sorted))
	for i, field := range fields {
		switch kind := field.Type().NonNullableType(); {
		case i == at || kind == data.FieldTypeTime: // further times are no values
		case ordered:
			frame.Fields = append(frame.Fields, field)
		default:
			moved := data.NewFieldFromFieldType(field.Type(), len(rows))
			moved.Name = field.Name
			for to, from := range rows {
				moved.Set(to, field.At(from))
			}
			frame.Fields = append(frame.Fields, moved)
		}
	}
	return frame, nil
}

func timeOf(field *data.Field, i int) time.Time {
	v, _ := field.ConcreteAt(i)
	t, _ := v.(time.Time)
	return t
}

// nameByLabels names a series by the values of those of its labels that tell it from others, and by its column where
// there are several.
func nameByLabels(frame *data.Frame) {
	columns := map[string]bool{}
	values := map[string]map[string]bool{}
	for _, field := range frame.Fields[1:] {
		columns[field.Name] = true
		for key, value := range field.Labels {
			if values[key] == nil {
				values[key] = map[string]bool{}
			}
			values[key][value] = true
		}
	}
	for _, field := range frame.Fields[1:] {
		if len(field.Labels) == 0 {
			continue
		}
		telling, all := []string{}, []string{}
		for key := range field.Labels {
			all = append(all, key)
			if len(values[key]) > 1 {
				telling = append(telling, key)
			}
		}
		if len(telling) == 0 && len(columns) == 1 {
			telling = all
		}
		slices.Sort(telling)
		parts := make([]string, 0, len(telling)+1)
		if len(columns) > 1 {
			parts = append(parts, field.Name)
		}
		for _, key := range telling {
			if value := field.Labels[key]; value != "" {
				parts = append(parts, value)
			} else {
				parts = append(parts, "(no "+key+")")
			}
		}
		field.Config = &data.FieldConfig{DisplayNameFromDS: strings.Join(parts, " ")}
	}
}

// maxFilled bounds how many intervals are added.
const maxFilled = 100_000

// filled adds a row for each interval that has none. The grid runs through the first time there is.
func filled(frame *data.Frame, options Options) (*data.Frame, error) {
	constant := math.NaN()
	if options.Fill != "null" && options.Fill != "previous" {
		parsed, err := strconv.ParseFloat(options.Fill, 64)
		if err != nil {
			return nil, fmt.Errorf("a fill must be null, previous or a number, got %q", options.Fill)
		}
		constant = parsed
	}
	if options.Step <= 0 {
		return nil, fmt.Errorf("a fill needs a step")
	}
	times := frame.Fields[0]
	anchor := timeOf(times, 0)
	start := anchor
	if before := anchor.Sub(options.From); before > 0 { // back to the interval that From lies in
		start = anchor.Add(-(before + options.Step - 1).Truncate(options.Step))
	}
	if options.To.Sub(start)/options.Step > maxFilled {
		return nil, fmt.Errorf("filling every %s would add more than %d rows: take a larger interval", options.Step, maxFilled)
	}
	grid, source := withGrid(times, start, options)
	out := data.NewFrame(frame.Name, data.NewField(times.Name, nil, grid))
	for _, field := range frame.Fields[1:] {
		moved := data.NewFieldFromFieldType(data.FieldTypeNullableFloat64, len(grid))
		moved.Name, moved.Labels = field.Name, field.Labels
		last := -1
		for to, from := range source {
			switch {
			case from >= 0:
				last = from
				setFloat(moved, to, field, from)
			case options.Fill == "previous" && last >= 0:
				setFloat(moved, to, field, last)
			case !math.IsNaN(constant):
				value := constant
				moved.Set(to, &value)
			}
		}
		out.Fields = append(out.Fields, moved)
	}
	return out, nil
}

// withGrid merges times and grid; source is the row a time had, or -1 for a new one.
func withGrid(times *data.Field, start time.Time, options Options) (grid []time.Time, source []int) {
	next := start
	for row := range times.Len() {
		t := timeOf(times, row)
		for ; next.Before(t); next = next.Add(options.Step) {
			grid, source = append(grid, next), append(source, -1)
		}
		if next.Equal(t) {
			next = next.Add(options.Step)
		}
		grid, source = append(grid, t), append(source, row)
	}
	for ; !next.After(options.To); next = next.Add(options.Step) {
		grid, source = append(grid, next), append(source, -1)
	}
	return grid, source
}

func setFloat(to *data.Field, at int, from *data.Field, row int) {
	if v, err := from.NullableFloatAt(row); err == nil && v != nil {
		to.Set(at, v)
	}
}
