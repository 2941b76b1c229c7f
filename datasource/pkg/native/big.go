package native

import (
	"encoding/binary"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// maxExactDigits is how many significant decimal digits survive a conversion to a double and back.
const maxExactDigits = 15

// bigColumn builds decimals and the integers of 128 and 256 bits.
func bigColumn(t Type) (column, error) {
	switch t.Name {
	case "Int128":
		return &scaled{width: 16, signed: true, digits: integerDigits}, nil
	case "UInt128":
		return &scaled{width: 16, digits: integerDigits}, nil
	case "Int256":
		return &scaled{width: 32, signed: true, digits: integerDigits}, nil
	case "UInt256":
		return &scaled{width: 32, digits: integerDigits}, nil
	case "Decimal32", "Decimal64", "Decimal128", "Decimal256":
		scale, err := t.number(0, 0)
		bits, _ := strconv.Atoi(strings.TrimPrefix(t.Name, "Decimal"))
		return &scaled{width: bits / 8, signed: true, scale: scale, digits: maxExactDigits}, err
	case "Decimal":
		digits, err := t.number(0, 10)
		if err != nil {
			return nil, err
		}
		scale, err := t.number(1, 0)
		if err != nil {
			return nil, err
		}
		for _, size := range []struct{ digits, width int }{{9, 4}, {18, 8}, {38, 16}, {76, 32}} {
			if digits <= size.digits {
				return &scaled{width: size.width, signed: true, scale: scale, digits: maxExactDigits}, nil
			}
		}
		return nil, fmt.Errorf("type %s: precision must be at most 76", t)
	}
	return nil, nil
}

// integerDigits marks a column whose values are exact up to MaxSafeInteger, not up to a number of digits.
const integerDigits = 0

// scaled keeps integers of `width` bytes that count units of 10^-scale. What fits into 64 bits stays there; a column
// with a larger value keeps all of its values as big integers.
type scaled struct {
	plain
	kept[int64]
	width, scale, digits int
	signed               bool
	block                []byte
	// large holds the values, by their position, that do not fit into 64 bits.
	large map[int]*big.Int
}

func (c *scaled) read(r *reader, rows int) (err error) {
	c.block, err = r.readBytes(c.block, rows*c.width)
	return err
}

// at reads value i: an int64, or a big integer where that is too small.
func (c *scaled) at(i int) (int64, *big.Int) {
	b := c.block[i*c.width : (i+1)*c.width]
	if c.width == 4 {
		return int64(int32(binary.LittleEndian.Uint32(b))), nil
	}
	low := int64(binary.LittleEndian.Uint64(b))
	fill := byte(0)
	if c.signed && low < 0 {
		fill = 0xff
	}
	fits := c.signed || low >= 0
	for _, next := range b[8:] {
		fits = fits && next == fill
	}
	if fits {
		return low, nil
	}
	return 0, bigInteger(b, c.signed)
}

// bigInteger reads a little-endian integer in two's complement.
func bigInteger(b []byte, signed bool) *big.Int {
	reversed := slices.Clone(b)
	slices.Reverse(reversed)
	v := new(big.Int).SetBytes(reversed)
	if signed && reversed[0] >= 0x80 {
		v.Sub(v, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return v
}

func (c *scaled) json(dst []byte, i int) []byte {
	v, large := c.at(i)
	if large != nil {
		return append(dst, c.placePoint(large.String())...)
	}
	return append(dst, c.placePoint(strconv.FormatInt(v, 10))...)
}

func (c *scaled) keep(nulls []uint8) {
	rows := len(c.block) / c.width
	if nulls != nil {
		c.markNulls()
	}
	for i := range rows {
		c.append(i)
	}
	c.keepNulls(rows, nulls)
}

func (c *scaled) keepAt(i int) {
	if i < 0 {
		c.keepNull()
		return
	}
	c.append(i)
	c.keepNulls(1, nil)
}

func (c *scaled) append(i int) {
	v, large := c.at(i)
	if large != nil {
		if c.large == nil {
			c.large = map[int]*big.Int{}
		}
		c.large[len(c.values)] = large
	}
	c.values = append(c.values, v)
}

func (c *scaled) field(name string, n int, exactness Exactness) *data.Field {
	exact := c.exact(n)
	if !exact {
		c.dropZeros()
		exact = c.exact(n)
	}
	if exact && c.scale <= 22 { // 10^22 is the largest power of ten that is a double: the quotient is rounded once
		unit := 1.0
		for range c.scale {
			unit *= 10
		}
		return convertedField(&c.kept, name, n, func(v int64) float64 { return float64(v) / unit })
	}
	texts := kept[string]{values: make([]string, n), nullAt: c.nullAt}
	for i := range n {
		if large := c.large[i]; large != nil {
			texts.values[i] = c.placePoint(large.String())
		} else {
			texts.values[i] = c.placePoint(strconv.FormatInt(c.values[i], 10))
		}
	}
	if exactness == Exact {
		return texts.asField(name, n)
	}
	return convertedField(&texts, name, n, func(s string) float64 {
		v, _ := strconv.ParseFloat(s, 64) // the text is a number; ParseFloat rounds correctly
		return v
	})
}

// exact says whether each of the first n values survives a conversion to a double and back.
func (c *scaled) exact(n int) bool {
	limit := int64(MaxSafeInteger)
	if c.digits != integerDigits {
		limit = powerOfTen(c.digits) - 1
	}
	exact := !c.any(n, func(v int64) bool { return v > limit || v < -limit })
	for at := range c.large {
		exact = exact && at >= n
	}
	return exact
}

// dropZeros lowers the scale by the zeros that all values end in: a sum of amounts in cents may have a scale of 9.
func (c *scaled) dropZeros() {
	ten := big.NewInt(10)
	for c.scale > 0 && c.endInZero(ten) {
		c.scale--
		for i := range c.values {
			c.values[i] /= 10
		}
		for at, v := range c.large {
			if v.Quo(v, ten); v.IsInt64() {
				c.values[at] = v.Int64()
				delete(c.large, at)
			}
		}
	}
}

func (c *scaled) endInZero(ten *big.Int) bool {
	if c.any(len(c.values), func(v int64) bool { return v%10 != 0 }) {
		return false
	}
	for _, v := range c.large {
		if new(big.Int).Rem(v, ten).Sign() != 0 {
			return false
		}
	}
	return true
}

// placePoint sets the decimal point into the digits of a count of units.
func (c *scaled) placePoint(digits string) string {
	if c.scale == 0 {
		return digits
	}
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	if missing := c.scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	return sign + digits[:len(digits)-c.scale] + "." + digits[len(digits)-c.scale:]
}
