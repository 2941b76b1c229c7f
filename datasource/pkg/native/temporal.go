package native

import (
	"fmt"
	"time"

	"github.com/ClickHouse/ch-go/proto"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

func timeColumn(t Type) (column, error) {
	switch t.Name {
	case "Date":
		return &instant[uint16, proto.ColUInt16, *proto.ColUInt16]{
			convert: func(v uint16) time.Time { return time.Unix(int64(v)*secondsPerDay, 0).UTC() },
			layout:  time.DateOnly,
		}, nil
	case "Date32":
		return &instant[int32, proto.ColInt32, *proto.ColInt32]{
			convert: func(v int32) time.Time { return time.Unix(int64(v)*secondsPerDay, 0).UTC() },
			layout:  time.DateOnly,
		}, nil
	case "DateTime", "DateTime32":
		return &instant[uint32, proto.ColUInt32, *proto.ColUInt32]{
			convert: func(v uint32) time.Time { return time.Unix(int64(v), 0).UTC() },
			layout:  isoLayout(0),
		}, nil
	case "DateTime64":
		digits, ticks, err := precision(t)
		return &instant[int64, proto.ColInt64, *proto.ColInt64]{
			convert: func(v int64) time.Time {
				seconds, rest := floorDivide(v, ticks)
				return time.Unix(seconds, rest*(int64(time.Second)/ticks)).UTC()
			},
			layout: isoLayout(digits),
		}, err
	case "Time":
		return &mapped[int32, string, proto.ColInt32, *proto.ColInt32]{
			convert: func(v int32) string { return clockText(int64(v), 1, 0) },
			text:    appendText,
		}, nil
	case "Time64":
		digits, ticks, err := precision(t)
		return &mapped[int64, string, proto.ColInt64, *proto.ColInt64]{
			convert: func(v int64) string { return clockText(v, ticks, digits) },
			text:    appendText,
		}, err
	}
	return nil, nil
}

const secondsPerDay = 24 * 60 * 60

// Times that a frame can hold: nanoseconds since 1970 in 64 bits.
var (
	firstTime = time.Unix(-1<<63/int64(time.Second), 0)
	lastTime  = time.Unix((1<<63-1)/int64(time.Second), 0)
)

// precision reads the digits after the second and the ticks of a second of DateTime64(digits, …).
func precision(t Type) (digits int, ticks int64, err error) {
	if digits, err = t.number(0, 3); err != nil {
		return 0, 1, err
	}
	if digits < 0 || digits > 9 {
		return 0, 1, fmt.Errorf("type %s: precision must be 0 to 9", t)
	}
	return digits, powerOfTen(digits), nil
}

func powerOfTen(n int) int64 {
	power := int64(1)
	for range n {
		power *= 10
	}
	return power
}

// floorDivide rounds towards minus infinity, as times before 1970 need.
func floorDivide(v, by int64) (quotient, rest int64) {
	quotient, rest = v/by, v%by
	if rest < 0 {
		return quotient - 1, rest + by
	}
	return quotient, rest
}

func isoLayout(digits int) string {
	if digits == 0 {
		return "2006-01-02T15:04:05Z"
	}
	return "2006-01-02T15:04:05." + "000000000"[:digits] + "Z"
}

// clockText writes a time of day, which may be negative or of more than 24 hours: 12:34:56.789.
func clockText(v, ticks int64, digits int) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	seconds, rest := v/ticks, v%ticks
	out := fmt.Sprintf("%s%02d:%02d:%02d", sign, seconds/3600, seconds/60%60, seconds%60)
	if digits > 0 {
		out += fmt.Sprintf(".%0*d", digits, rest)
	}
	return out
}

// instant keeps dates and times. A column with a time that a frame cannot hold becomes text.
type instant[T any, C ~[]T, D decoder[C]] struct {
	plain
	kept[time.Time]
	block   C
	convert func(T) time.Time
	layout  string
}

func (c *instant[T, C, D]) read(r *reader, rows int) error {
	return readValues(r, D(&c.block), rows)
}

func (c *instant[T, C, D]) json(dst []byte, i int) []byte {
	return appendText(dst, c.convert(c.block[i]).Format(c.layout))
}

func (c *instant[T, C, D]) keep(nulls []uint8) {
	if nulls != nil {
		c.markNulls()
	}
	for _, v := range c.block {
		c.values = append(c.values, c.convert(v))
	}
	c.keepNulls(len(c.block), nulls)
}

func (c *instant[T, C, D]) keepAt(i int) {
	if i < 0 {
		c.keepNull()
	} else {
		c.keepValue(c.convert(c.block[i]))
	}
}

func (c *instant[T, C, D]) field(name string, n int, _ Exactness) *data.Field {
	if c.any(n, func(v time.Time) bool { return v.Before(firstTime) || v.After(lastTime) }) {
		return convertedField(&c.kept, name, n, func(v time.Time) string { return v.Format(c.layout) })
	}
	return c.asField(name, n)
}
