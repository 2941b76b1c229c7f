package native

import (
	"fmt"

	"github.com/ClickHouse/ch-go/proto"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// nestedColumn builds the types that contain other types.
func nestedColumn(t Type) (column, error) {
	if alias, ok := geoTypes[t.Name]; ok {
		parsed, err := ParseType(alias)
		if err != nil {
			return nil, err
		}
		return newColumn(parsed)
	}
	switch t.Name {
	case "Nothing":
		return &nothing{}, nil
	case "SimpleAggregateFunction": // (function, type): sent as the type
		if len(t.Args) < 2 {
			return nil, fmt.Errorf("type %s has no value type", t)
		}
		return newColumn(t.Args[1].Type)
	case "Nested": // (a A, b B): sent as Array(Tuple(a A, b B))
		return newColumn(Type{Name: "Array", Args: []Arg{{Type: Type{Name: "Tuple", Args: t.Args}}}})
	}
	children := make([]column, len(t.Args))
	switch t.Name {
	case "Nullable", "LowCardinality", "Array", "Map", "Tuple", "Variant":
		for i, arg := range t.Args {
			child, err := newColumn(arg.Type)
			if err != nil {
				return nil, err
			}
			children[i] = child
		}
	case "Dynamic":
		return &composite{layout: &dynamic{}}, nil
	default:
		return nil, nil
	}
	if wanted, ok := map[string]int{"Nullable": 1, "LowCardinality": 1, "Array": 1, "Map": 2}[t.Name]; ok && wanted != len(children) {
		return nil, fmt.Errorf("type %s should have %d arguments", t, wanted)
	}
	switch t.Name {
	case "Nullable":
		markNullable(children[0])
		return &nullable{inner: children[0]}, nil
	case "LowCardinality":
		inner, isNullable := children[0].(*nullable)
		if isNullable {
			markNullable(inner.inner)
			return &lowCardinality{dictionary: inner.inner, nullable: true}, nil
		}
		return &lowCardinality{dictionary: children[0]}, nil
	case "Array":
		return &composite{layout: &array{items: children[0]}}, nil
	case "Map":
		return &composite{layout: &mapping{keys: children[0], values: children[1]}}, nil
	case "Tuple":
		return &composite{layout: newTuple(t, children)}, nil
	default:
		return &composite{layout: &variant{alternatives: children}}, nil
	}
}

var geoTypes = map[string]string{
	"Point":           "Tuple(Float64, Float64)",
	"Ring":            "Array(Point)",
	"LineString":      "Array(Point)",
	"Polygon":         "Array(Ring)",
	"MultiLineString": "Array(LineString)",
	"MultiPolygon":    "Array(Polygon)",
}

// markNullable makes the field of a column nullable even if none of its values is null.
func markNullable(c column) {
	if c, ok := c.(interface{ markNulls() }); ok {
		c.markNulls()
	}
}

// nullable is a mask before the values of another column.
type nullable struct {
	inner column
	nulls proto.ColUInt8
}

func (c *nullable) prefix(r *reader) error { return c.inner.prefix(r) }

func (c *nullable) read(r *reader, rows int) error {
	if err := readValues(r, &c.nulls, rows); err != nil {
		return err
	}
	return c.inner.read(r, rows)
}

func (c *nullable) json(dst []byte, i int) []byte {
	if c.nulls[i] != 0 {
		return append(dst, "null"...)
	}
	return c.inner.json(dst, i)
}

func (c *nullable) keep([]uint8) { c.inner.keep(c.nulls) }

func (c *nullable) keepAt(i int) {
	if i >= 0 && c.nulls[i] != 0 {
		i = -1
	}
	c.inner.keepAt(i)
}

func (c *nullable) field(name string, n int, exactness Exactness) *data.Field {
	return c.inner.field(name, n, exactness)
}

// nothing is the type of a bare NULL. It is sent as one byte for each value.
type nothing struct {
	plain
	kept[string]
	rows int
}

func (c *nothing) read(r *reader, rows int) error {
	c.rows = rows
	return r.skip(rows)
}

func (c *nothing) json(dst []byte, _ int) []byte { return append(dst, "null"...) }

func (c *nothing) keep([]uint8) {
	for range c.rows {
		c.keepNull()
	}
}

func (c *nothing) keepAt(int) { c.keepNull() }

func (c *nothing) field(name string, n int, _ Exactness) *data.Field {
	c.markNulls()
	return c.asField(name, n)
}

// composite keeps values of a type that frames have no field for as JSON text.
type composite struct {
	kept[string]
	layout
	rows    int
	scratch []byte
}

// layout decodes the block of a composite column.
type layout interface {
	prefix(r *reader) error
	read(r *reader, rows int) error
	json(dst []byte, i int) []byte
	// null says whether value i is NULL by itself (Variant and Dynamic are, without Nullable).
	null(i int) bool
}

func (c *composite) read(r *reader, rows int) error {
	c.rows = rows
	return c.layout.read(r, rows)
}

func (c *composite) keep(nulls []uint8) {
	for i := range c.rows {
		if nulls != nil && nulls[i] != 0 {
			c.keepNull()
		} else {
			c.keepAt(i)
		}
	}
}

func (c *composite) keepAt(i int) {
	if i < 0 || c.null(i) {
		c.keepNull()
		return
	}
	c.scratch = c.json(c.scratch[:0], i)
	c.keepValue(string(c.scratch))
}

func (c *composite) field(name string, n int, _ Exactness) *data.Field { return c.asField(name, n) }
