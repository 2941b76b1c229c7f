package clickhouse

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Parameter is a value for a placeholder {name:Type} of a query, which the server binds.
type Parameter struct {
	// Type is the ClickHouse type that stands in the placeholder.
	Type string `json:"type"`
	// Value is JSON: a text, a number, a boolean, null, or an array of these.
	Value json.RawMessage `json:"value"`
}

// encode writes the value as the server reads it from the URL: ClickHouse's escaped text, except that the name of an
// identifier is taken as it is.
func (p Parameter) encode() (string, error) {
	decoder := json.NewDecoder(strings.NewReader(string(p.Value)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return "", fmt.Errorf("the value is not JSON: %w", err)
	}
	if p.Type == "Identifier" {
		name, ok := value.(string)
		if !ok {
			return "", fmt.Errorf("an identifier must be a text, got %s", p.Value)
		}
		return name, nil
	}
	var out strings.Builder
	err := encodeValue(&out, value, false)
	return out.String(), err
}

func encodeValue(out *strings.Builder, value any, nested bool) error {
	switch v := value.(type) {
	case nil:
		if nested {
			out.WriteString("NULL")
		} else {
			out.WriteString(`\N`)
		}
	case bool:
		if v {
			out.WriteByte('1')
		} else {
			out.WriteByte('0')
		}
	case json.Number:
		out.WriteString(v.String())
	case string:
		if nested {
			out.WriteByte('\'')
		}
		_, _ = escaper.WriteString(out, v)
		if nested {
			out.WriteByte('\'')
		}
	case []any:
		out.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				out.WriteByte(',')
			}
			if err := encodeValue(out, item, true); err != nil {
				return err
			}
		}
		out.WriteByte(']')
	default:
		return fmt.Errorf("a value must be a text, a number, a boolean, null or an array, got %T", value)
	}
	return nil
}

var escaper = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "\x00", `\0`, "'", `\'`)
