package native

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"

	"github.com/ClickHouse/ch-go/proto"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

func textColumn(t Type) (column, error) {
	switch t.Name {
	case "String":
		return &text{}, nil
	case "FixedString":
		size, err := t.number(0, 0)
		if err != nil || size < 1 {
			return nil, fmt.Errorf("type %s has no size", t)
		}
		return &fixedText{size: size, convert: fixedString}, nil
	case "UUID":
		return &fixedText{size: 16, convert: uuidText}, nil
	case "IPv4":
		return &mapped[proto.IPv4, string, proto.ColIPv4, *proto.ColIPv4]{
			convert: func(v proto.IPv4) string { return v.String() },
			text:    appendText,
		}, nil
	case "IPv6":
		return &fixedText{size: 16, convert: func(b []byte) string { return netip.AddrFrom16([16]byte(b)).String() }}, nil
	case "Enum8":
		names, err := enumNames(t)
		return &mapped[int8, string, proto.ColInt8, *proto.ColInt8]{
			convert: func(v int8) string { return names[int(v)] },
			text:    appendText,
		}, err
	case "Enum16":
		names, err := enumNames(t)
		return &mapped[int16, string, proto.ColInt16, *proto.ColInt16]{
			convert: func(v int16) string { return names[int(v)] },
			text:    appendText,
		}, err
	case "JSON", "Object":
		return &jsonText{}, nil
	}
	return nil, nil
}

func enumNames(t Type) (map[int]string, error) {
	names := make(map[int]string, len(t.Args))
	for _, arg := range t.Args {
		var value int
		if _, err := fmt.Sscan(arg.Label, &value); err != nil {
			return nil, fmt.Errorf("type %s: %q is not a number", t, arg.Label)
		}
		names[value] = arg.Text
	}
	return names, nil
}

// text keeps strings. The strings of a block share one allocation.
type text struct {
	plain
	kept[string]
	// bytes and ends hold the block: value i ends at ends[i], where value i + 1 starts.
	bytes []byte
	ends  []int
	// shared is bytes as a string, made when the first value is asked for.
	shared string
	valid  bool
	made   bool
}

func (c *text) read(r *reader, rows int) (err error) {
	c.bytes, c.ends, c.made = c.bytes[:0], c.ends[:0], false
	for range rows {
		if c.bytes, err = r.appendText(c.bytes); err != nil {
			return err
		}
		c.ends = append(c.ends, len(c.bytes))
	}
	return nil
}

func (c *text) at(i int) string {
	if !c.made {
		c.shared = string(c.bytes)
		c.valid = utf8.ValidString(c.shared)
		c.made = true
	}
	start := 0
	if i > 0 {
		start = c.ends[i-1]
	}
	if v := c.shared[start:c.ends[i]]; !c.valid {
		return validText(v)
	} else {
		return v
	}
}

func (c *text) json(dst []byte, i int) []byte { return appendText(dst, c.at(i)) }

func (c *text) keep(nulls []uint8) {
	if nulls != nil {
		c.markNulls()
	}
	for i := range c.ends {
		c.values = append(c.values, c.at(i))
	}
	c.keepNulls(len(c.ends), nulls)
}

func (c *text) keepAt(i int) {
	if i < 0 {
		c.keepNull()
	} else {
		c.keepValue(c.at(i))
	}
}

func (c *text) field(name string, n int, _ Exactness) *data.Field { return c.asField(name, n) }

// jsonText is a JSON column, which ClickHouse writes as text by output_format_native_write_json_as_string.
type jsonText struct {
	text
}

func (c *jsonText) prefix(r *reader) error {
	const asString = 1
	version, err := r.UInt64()
	if err == nil && version != asString {
		err = fmt.Errorf("JSON arrived in serialization %d: output_format_native_write_json_as_string is off", version)
	}
	return err
}

func (c *jsonText) json(dst []byte, i int) []byte { return append(dst, c.at(i)...) }

// fixedText keeps values of a fixed number of bytes as text.
type fixedText struct {
	plain
	kept[string]
	size    int
	block   []byte
	convert func([]byte) string
}

func (c *fixedText) read(r *reader, rows int) (err error) {
	c.block, err = r.readBytes(c.block, rows*c.size)
	return err
}

func (c *fixedText) at(i int) string { return c.convert(c.block[i*c.size : (i+1)*c.size]) }

func (c *fixedText) json(dst []byte, i int) []byte { return appendText(dst, c.at(i)) }

func (c *fixedText) keep(nulls []uint8) {
	if nulls != nil {
		c.markNulls()
	}
	rows := len(c.block) / c.size
	for i := range rows {
		c.values = append(c.values, c.at(i))
	}
	c.keepNulls(rows, nulls)
}

func (c *fixedText) keepAt(i int) {
	if i < 0 {
		c.keepNull()
	} else {
		c.keepValue(c.at(i))
	}
}

func (c *fixedText) field(name string, n int, _ Exactness) *data.Field { return c.asField(name, n) }

// fixedString leaves out the zero bytes that ClickHouse pads with, and that its comparisons ignore.
func fixedString(b []byte) string { return validText(string(bytes.TrimRight(b, "\x00"))) }

// uuidText writes a UUID, which ClickHouse sends as two little-endian halves.
func uuidText(b []byte) string {
	var swapped [16]byte
	binary.BigEndian.PutUint64(swapped[:8], binary.LittleEndian.Uint64(b[:8]))
	binary.BigEndian.PutUint64(swapped[8:], binary.LittleEndian.Uint64(b[8:]))
	var out [36]byte
	hex.Encode(out[:8], swapped[:4])
	hex.Encode(out[9:13], swapped[4:6])
	hex.Encode(out[14:18], swapped[6:8])
	hex.Encode(out[19:23], swapped[8:10])
	hex.Encode(out[24:], swapped[10:])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	return string(out[:])
}

// validText shows bytes that are not UTF-8 as \xNN, because frames hold Unicode only.
func validText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&out, `\x%02X`, s[i])
		} else {
			out.WriteString(s[i : i+size])
		}
		i += size
	}
	return out.String()
}

// appendText writes a text as JSON, without escaping what HTML would need.
func appendText(dst []byte, s string) []byte {
	const hexDigits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\t':
			dst = append(dst, '\\', 't')
		case c == '\r':
			dst = append(dst, '\\', 'r')
		case c < 0x20:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}
