package native

import (
	"math"
	"strconv"

	"github.com/ClickHouse/ch-go/proto"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// MaxSafeInteger is the largest integer up to which every integer is a double.
const MaxSafeInteger = 1 << 53

func numberColumn(t Type) (column, error) {
	switch t.Name {
	case "UInt8":
		return &number[uint8, proto.ColUInt8, *proto.ColUInt8]{text: appendUint[uint8]}, nil
	case "UInt16":
		return &number[uint16, proto.ColUInt16, *proto.ColUInt16]{text: appendUint[uint16]}, nil
	case "UInt32":
		return &number[uint32, proto.ColUInt32, *proto.ColUInt32]{text: appendUint[uint32]}, nil
	case "UInt64":
		return &number[uint64, proto.ColUInt64, *proto.ColUInt64]{
			text:    appendUint[uint64],
			inexact: func(v uint64) bool { return v > MaxSafeInteger },
			float:   func(v uint64) float64 { return float64(v) },
		}, nil
	case "Int8":
		return &number[int8, proto.ColInt8, *proto.ColInt8]{text: appendInt[int8]}, nil
	case "Int16":
		return &number[int16, proto.ColInt16, *proto.ColInt16]{text: appendInt[int16]}, nil
	case "Int32":
		return &number[int32, proto.ColInt32, *proto.ColInt32]{text: appendInt[int32]}, nil
	case "Int64", "IntervalNanosecond", "IntervalMicrosecond", "IntervalMillisecond", "IntervalSecond", "IntervalMinute",
		"IntervalHour", "IntervalDay", "IntervalWeek", "IntervalMonth", "IntervalQuarter", "IntervalYear":
		return &number[int64, proto.ColInt64, *proto.ColInt64]{
			text:    appendInt[int64],
			inexact: func(v int64) bool { return v > MaxSafeInteger || v < -MaxSafeInteger },
			float:   func(v int64) float64 { return float64(v) },
		}, nil
	case "Float32":
		return &number[float32, proto.ColFloat32, *proto.ColFloat32]{
			text: func(dst []byte, v float32) []byte { return appendFloat(dst, float64(v), 32) },
		}, nil
	case "Float64":
		return &number[float64, proto.ColFloat64, *proto.ColFloat64]{
			text: func(dst []byte, v float64) []byte { return appendFloat(dst, v, 64) },
		}, nil
	case "BFloat16":
		return &mapped[uint16, float32, proto.ColUInt16, *proto.ColUInt16]{
			convert: func(v uint16) float32 { return math.Float32frombits(uint32(v) << 16) },
			text:    func(dst []byte, v float32) []byte { return appendFloat(dst, float64(v), 32) },
		}, nil
	case "Bool":
		return &mapped[uint8, bool, proto.ColUInt8, *proto.ColUInt8]{
			convert: func(v uint8) bool { return v != 0 },
			text:    strconv.AppendBool,
		}, nil
	}
	return nil, nil
}

// decoder is a pointer to one of ch-go's columns of fixed-width values.
type decoder[C any] interface {
	*C
	DecodeColumn(r *proto.Reader, rows int) error
	Reset()
}

// number keeps values in the type they are sent in. Those of 64 bits have inexact and float set.
type number[T any, C ~[]T, D decoder[C]] struct {
	plain
	kept[T]
	block   C
	text    func(dst []byte, v T) []byte
	inexact func(T) bool
	float   func(T) float64
}

func (c *number[T, C, D]) read(r *reader, rows int) error {
	return readValues(r, D(&c.block), rows)
}

func (c *number[T, C, D]) json(dst []byte, i int) []byte { return c.text(dst, c.block[i]) }

func (c *number[T, C, D]) keep(nulls []uint8) { c.keepBlock(c.block, nulls) }

func (c *number[T, C, D]) keepAt(i int) {
	if i < 0 {
		c.keepNull()
	} else {
		c.keepValue(c.block[i])
	}
}

func (c *number[T, C, D]) field(name string, n int, exactness Exactness) *data.Field {
	if c.inexact == nil || !c.any(n, c.inexact) {
		return c.asField(name, n)
	}
	if exactness == Numeric {
		return convertedField(&c.kept, name, n, c.float)
	}
	return convertedField(&c.kept, name, n, func(v T) string { return string(c.text(nil, v)) })
}

// mapped keeps values converted from the type they are sent in.
type mapped[T, U any, C ~[]T, D decoder[C]] struct {
	plain
	kept[U]
	block   C
	convert func(T) U
	// text writes a value as JSON.
	text func(dst []byte, v U) []byte
}

func (c *mapped[T, U, C, D]) read(r *reader, rows int) error {
	return readValues(r, D(&c.block), rows)
}

func (c *mapped[T, U, C, D]) json(dst []byte, i int) []byte {
	return c.text(dst, c.convert(c.block[i]))
}

func (c *mapped[T, U, C, D]) keep(nulls []uint8) {
	if nulls != nil {
		c.markNulls()
	}
	for _, v := range c.block {
		c.values = append(c.values, c.convert(v))
	}
	c.keepNulls(len(c.block), nulls)
}

func (c *mapped[T, U, C, D]) keepAt(i int) {
	if i < 0 {
		c.keepNull()
	} else {
		c.keepValue(c.convert(c.block[i]))
	}
}

func (c *mapped[T, U, C, D]) field(name string, n int, _ Exactness) *data.Field {
	return c.asField(name, n)
}

func appendUint[T uint8 | uint16 | uint32 | uint64](dst []byte, v T) []byte {
	return strconv.AppendUint(dst, uint64(v), 10)
}

func appendInt[T int8 | int16 | int32 | int64](dst []byte, v T) []byte {
	return strconv.AppendInt(dst, int64(v), 10)
}

// appendFloat writes a number as JSON; what JSON has no number for (NaN, infinities) as text.
func appendFloat(dst []byte, v float64, bits int) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		dst = append(dst, '"')
		dst = strconv.AppendFloat(dst, v, 'g', -1, bits)
		return append(dst, '"')
	}
	return strconv.AppendFloat(dst, v, 'g', -1, bits)
}
