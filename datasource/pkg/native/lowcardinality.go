package native

import (
	"fmt"

	"github.com/ClickHouse/ch-go/proto"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// lowCardinality is a dictionary of each block and indexes into it. If nullable, index 0 is NULL.
//
//	prefix: UInt64 version of the keys (1)
//	block:  UInt64 flags (width of the indexes in the low byte), UInt64 size, dictionary, UInt64 rows, indexes
type lowCardinality struct {
	dictionary column
	nullable   bool
	index      []int
	keys       struct {
		u8  proto.ColUInt8
		u16 proto.ColUInt16
		u32 proto.ColUInt32
		u64 proto.ColUInt64
	}
}

func (c *lowCardinality) prefix(r *reader) error {
	const additionalKeys = 1
	version, err := r.UInt64()
	if err == nil && version != additionalKeys {
		err = fmt.Errorf("LowCardinality arrived in serialization %d", version)
	}
	if err != nil {
		return err
	}
	return c.dictionary.prefix(r)
}

func (c *lowCardinality) read(r *reader, rows int) error {
	c.index = c.index[:0]
	if rows == 0 {
		return nil
	}
	const globalDictionary, hasAdditionalKeys = 1 << 8, 1 << 9
	flags, err := r.UInt64()
	if err != nil {
		return err
	}
	if flags&globalDictionary != 0 || flags&hasAdditionalKeys == 0 {
		return fmt.Errorf("LowCardinality arrived with flags %#x", flags)
	}
	size, err := r.UInt64()
	if err != nil {
		return err
	}
	if size > maxRows {
		return fmt.Errorf("LowCardinality has a dictionary of %d values", size)
	}
	if err := c.dictionary.read(r, int(size)); err != nil {
		return err
	}
	if count, err := r.UInt64(); err != nil {
		return err
	} else if count != uint64(rows) {
		return fmt.Errorf("LowCardinality has %d values in a block of %d rows", count, rows)
	}
	if err := c.readIndex(r, byte(flags), rows); err != nil {
		return err
	}
	for _, at := range c.index {
		if at >= int(size) {
			return fmt.Errorf("LowCardinality refers to value %d of %d", at, size)
		}
	}
	return nil
}

func (c *lowCardinality) readIndex(r *reader, width byte, rows int) error {
	switch width {
	case 0:
		return readIndex(r, &c.keys.u8, rows, &c.index)
	case 1:
		return readIndex(r, &c.keys.u16, rows, &c.index)
	case 2:
		return readIndex(r, &c.keys.u32, rows, &c.index)
	case 3:
		return readIndex(r, &c.keys.u64, rows, &c.index)
	}
	return fmt.Errorf("LowCardinality has indexes of width %d", width)
}

// readIndex reads unsigned integers of any width as positions.
func readIndex[T uint8 | uint16 | uint32 | uint64, C ~[]T, D decoder[C]](r *reader, keys D, rows int, out *[]int) error {
	if err := readValues(r, keys, rows); err != nil {
		return err
	}
	for _, key := range *keys {
		*out = append(*out, int(key))
	}
	return nil
}

func (c *lowCardinality) json(dst []byte, i int) []byte {
	if c.nullable && c.index[i] == 0 {
		return append(dst, "null"...)
	}
	return c.dictionary.json(dst, c.index[i])
}

func (c *lowCardinality) keep(nulls []uint8) {
	for i := range c.index {
		if nulls != nil && nulls[i] != 0 {
			c.keepAt(-1)
		} else {
			c.keepAt(i)
		}
	}
}

func (c *lowCardinality) keepAt(i int) {
	if i >= 0 {
		i = c.index[i]
		if c.nullable && i == 0 {
			i = -1
		}
	}
	c.dictionary.keepAt(i)
}

func (c *lowCardinality) field(name string, n int, exactness Exactness) *data.Field {
	return c.dictionary.field(name, n, exactness)
}
