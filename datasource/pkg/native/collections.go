package native

import (
	"fmt"

	"github.com/ClickHouse/ch-go/proto"
)

// neverNull is embedded by layouts whose values are not NULL by themselves.
type neverNull struct{}

func (neverNull) null(int) bool { return false }

// array: offsets of the ends, then the items of all rows.
type array struct {
	neverNull
	items   column
	offsets proto.ColUInt64
}

func (a *array) prefix(r *reader) error { return a.items.prefix(r) }

func (a *array) read(r *reader, rows int) error {
	total, err := readOffsets(r, &a.offsets, rows)
	if err != nil {
		return err
	}
	return a.items.read(r, total)
}

func (a *array) json(dst []byte, i int) []byte {
	dst = append(dst, '[')
	from, to := span(a.offsets, i)
	for at := from; at < to; at++ {
		if at > from {
			dst = append(dst, ',')
		}
		dst = a.items.json(dst, at)
	}
	return append(dst, ']')
}

// mapping: offsets of the ends, then the keys and the values of all rows.
type mapping struct {
	neverNull
	keys, values column
	offsets      proto.ColUInt64
	key          []byte
}

func (m *mapping) prefix(r *reader) error {
	if err := m.keys.prefix(r); err != nil {
		return err
	}
	return m.values.prefix(r)
}

func (m *mapping) read(r *reader, rows int) error {
	total, err := readOffsets(r, &m.offsets, rows)
	if err != nil {
		return err
	}
	if err := m.keys.read(r, total); err != nil {
		return err
	}
	return m.values.read(r, total)
}

func (m *mapping) json(dst []byte, i int) []byte {
	dst = append(dst, '{')
	from, to := span(m.offsets, i)
	for at := from; at < to; at++ {
		if at > from {
			dst = append(dst, ',')
		}
		m.key = m.keys.json(m.key[:0], at)
		if len(m.key) > 0 && m.key[0] == '"' {
			dst = append(dst, m.key...)
		} else { // keys of JSON are texts
			dst = append(dst, '"')
			dst = append(dst, m.key...)
			dst = append(dst, '"')
		}
		dst = append(dst, ':')
		dst = m.values.json(dst, at)
	}
	return append(dst, '}')
}

// tuple: its elements one after the other. With names it is an object, else a list.
type tuple struct {
	neverNull
	names    []string
	elements []column
}

func newTuple(t Type, elements []column) *tuple {
	out := &tuple{elements: elements}
	for _, arg := range t.Args {
		if arg.Label != "" {
			out.names = append(out.names, arg.Label)
		}
	}
	if len(out.names) != len(elements) {
		out.names = nil
	}
	return out
}

func (t *tuple) prefix(r *reader) error {
	for _, element := range t.elements {
		if err := element.prefix(r); err != nil {
			return err
		}
	}
	return nil
}

func (t *tuple) read(r *reader, rows int) error {
	if len(t.elements) == 0 { // an empty tuple is sent as one byte
		return r.skip(rows)
	}
	for _, element := range t.elements {
		if err := element.read(r, rows); err != nil {
			return err
		}
	}
	return nil
}

func (t *tuple) json(dst []byte, i int) []byte {
	open, end := byte('['), byte(']')
	if t.names != nil {
		open, end = '{', '}'
	}
	dst = append(dst, open)
	for at, element := range t.elements {
		if at > 0 {
			dst = append(dst, ',')
		}
		if t.names != nil {
			dst = append(appendText(dst, t.names[at]), ':')
		}
		dst = element.json(dst, i)
	}
	return append(dst, end)
}

// readOffsets reads where the items of each row end, and checks that they never go back.
func readOffsets(r *reader, offsets *proto.ColUInt64, rows int) (total int, err error) {
	if err := readValues(r, offsets, rows); err != nil {
		return 0, err
	}
	last := uint64(0)
	for _, end := range *offsets {
		if end < last || end > maxItems {
			return 0, fmt.Errorf("items end at %d after %d", end, last)
		}
		last = end
	}
	return int(last), nil
}

func span(offsets proto.ColUInt64, i int) (from, to int) {
	if i > 0 {
		from = int(offsets[i-1])
	}
	return from, int(offsets[i])
}
