package frames

import "github.com/grafana/grafana-plugin-sdk-go/data"

// labels gives null texts a label of their own, so that no series of theirs is mixed with that of the empty text: the
// SDK would make "" of both.
func labels(field *data.Field, options Options) *data.Field {
	if field.Type() != data.FieldTypeNullableString {
		return field
	}
	label := options.NullLabel
	if label == "" && hasEmpty(field) {
		label = "null"
	}
	out := make([]string, field.Len())
	for i := range out {
		out[i] = label
		if v, ok := field.ConcreteAt(i); ok {
			out[i] = v.(string)
		}
	}
	return data.NewField(field.Name, field.Labels, out)
}

func hasEmpty(field *data.Field) bool {
	for i := range field.Len() {
		if v, ok := field.ConcreteAt(i); ok && v == "" {
			return true
		}
	}
	return false
}
