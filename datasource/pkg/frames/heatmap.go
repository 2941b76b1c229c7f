package frames

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/suuupra/analytics/datasource/pkg/native"
)

// heatmapRows is the type by which the heat map panel knows series that are buckets.
const heatmapRows data.FrameType = "heatmap-rows"

// heatmap is time series whose labels are the buckets, lowest first. The bucket is a text, or the first number.
func heatmap(result *native.Result, options Options) (*data.Frame, error) {
	frame, err := sortedByTime(result, Heatmap)
	if err != nil {
		return nil, err
	}
	if first(frame.Fields, data.FieldTypeString) < 0 && len(frame.Fields) > 2 {
		frame.Fields[1] = numberAsText(frame.Fields[1])
	}
	if frame, err = wide(frame, result, options); err != nil {
		return nil, err
	}
	for _, field := range frame.Fields[1:] {
		if field.Config != nil {
			field.Name, field.Labels, field.Config = field.Config.DisplayNameFromDS, nil, nil
		}
	}
	slices.SortStableFunc(frame.Fields[1:], func(a, b *data.Field) int {
		x, notX := strconv.ParseFloat(a.Name, 64)
		y, notY := strconv.ParseFloat(b.Name, 64)
		if notX != nil || notY != nil {
			return cmp.Compare(a.Name, b.Name)
		}
		return cmp.Compare(x, y)
	})
	frame.Meta.Type = heatmapRows
	return frame, nil
}

func numberAsText(field *data.Field) *data.Field {
	out := make([]string, field.Len())
	for i := range out {
		if v, err := field.NullableFloatAt(i); err == nil && v != nil {
			out[i] = strconv.FormatFloat(*v, 'g', -1, 64)
		}
	}
	return data.NewField(field.Name, nil, out)
}
