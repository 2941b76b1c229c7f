package native

import (
	"fmt"

	"github.com/ClickHouse/ch-go/proto"
)

// noAlternative is the discriminator of NULL.
const noAlternative = 255

// variant: which alternative each row has, then the values of each alternative, only those rows' own.
//
//	prefix: UInt64 mode of the discriminators (0: one byte for each row), the prefixes of the alternatives
type variant struct {
	alternatives []column
	which        proto.ColUInt8
	// at is the position of each row's value among the values of its alternative.
	at []int
}

func (v *variant) prefix(r *reader) error {
	const basic = 0
	mode, err := r.UInt64()
	if err == nil && mode != basic {
		err = fmt.Errorf("Variant arrived with discriminators of mode %d", mode)
	}
	if err != nil {
		return err
	}
	return prefixes(r, v.alternatives)
}

func prefixes(r *reader, columns []column) error {
	for _, c := range columns {
		if err := c.prefix(r); err != nil {
			return err
		}
	}
	return nil
}

func (v *variant) read(r *reader, rows int) error {
	if err := readValues(r, &v.which, rows); err != nil {
		return err
	}
	counts := make([]int, len(v.alternatives))
	v.at = v.at[:0]
	for _, which := range v.which {
		if which == noAlternative {
			v.at = append(v.at, 0)
			continue
		}
		if int(which) >= len(counts) {
			return fmt.Errorf("Variant has alternative %d of %d", which, len(counts))
		}
		v.at = append(v.at, counts[which])
		counts[which]++
	}
	for i, alternative := range v.alternatives {
		if err := alternative.read(r, counts[i]); err != nil {
			return err
		}
	}
	return nil
}

func (v *variant) json(dst []byte, i int) []byte {
	if v.null(i) {
		return append(dst, "null"...)
	}
	return v.alternatives[v.which[i]].json(dst, v.at[i])
}

func (v *variant) null(i int) bool { return v.which[i] == noAlternative }

// dynamic is a variant whose alternatives stand before the values of each block, in ClickHouse's flattened form.
//
//	prefix: UInt64 version (3: flattened), number of types, their names, the prefixes of the alternatives
//	block:  the alternative of each row, in as many bytes as the number of types needs (that number itself is NULL)
type dynamic struct {
	alternatives []column
	index        lowCardinality
	at           []int
}

func (d *dynamic) prefix(r *reader) error {
	const flattened = 3
	version, err := r.UInt64()
	if err == nil && version != flattened {
		err = fmt.Errorf("Dynamic arrived in serialization %d: convert it with toString()", version)
	}
	if err != nil {
		return err
	}
	count, err := r.Int()
	if err != nil {
		return err
	}
	if count < 0 || count > maxColumns {
		return fmt.Errorf("Dynamic has %d types", count)
	}
	d.alternatives = make([]column, count)
	for i := range d.alternatives {
		name, err := r.text()
		if err != nil {
			return err
		}
		t, err := ParseType(name)
		if err != nil {
			return err
		}
		if d.alternatives[i], err = newColumn(t); err != nil {
			return err
		}
	}
	return prefixes(r, d.alternatives)
}

func (d *dynamic) read(r *reader, rows int) error {
	width := byte(0)
	for n := len(d.alternatives); n > 0xff; n >>= 8 {
		width++
	}
	d.index.index = d.index.index[:0]
	if err := d.index.readIndex(r, width, rows); err != nil {
		return err
	}
	counts := make([]int, len(d.alternatives)+1)
	d.at = d.at[:0]
	for _, which := range d.index.index {
		if which >= len(counts) {
			return fmt.Errorf("Dynamic has type %d of %d", which, len(d.alternatives))
		}
		d.at = append(d.at, counts[which])
		counts[which]++
	}
	for i, alternative := range d.alternatives {
		if err := alternative.read(r, counts[i]); err != nil {
			return err
		}
	}
	return nil
}

func (d *dynamic) json(dst []byte, i int) []byte {
	if d.null(i) {
		return append(dst, "null"...)
	}
	return d.alternatives[d.index.index[i]].json(dst, d.at[i])
}

func (d *dynamic) null(i int) bool { return d.index.index[i] == len(d.alternatives) }
