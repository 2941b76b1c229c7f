package native

import (
	"fmt"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// Exactness says what becomes of numbers that a double cannot hold exactly.
type Exactness int

const (
	// Exact turns a column with such a number into text. For tables, logs and annotations.
	Exact Exactness = iota
	// Numeric rounds to the nearest double. For time series, and numbers that alert rules compare.
	Numeric
)

// column decodes one ClickHouse column. It holds one block, which the next read replaces, and beside it the values
// that were kept from all blocks so far.
type column interface {
	// prefix reads what some types send once per block before the values of the whole column.
	prefix(r *reader) error
	// read replaces the block by the next rows of the stream.
	read(r *reader, rows int) error
	// json appends value i of the block as JSON.
	json(dst []byte, i int) []byte
	// keep appends the whole block to the kept values; a value i with nulls[i] != 0 is null. nulls may be nil.
	keep(nulls []uint8)
	// keepAt appends value i of the block, or null for i < 0.
	keepAt(i int)
	// field makes a field of the first n kept values.
	field(name string, n int, exactness Exactness) *data.Field
}

// newColumn makes the decoder for a type, or says why there is none.
func newColumn(t Type) (column, error) {
	for _, build := range []func(Type) (column, error){numberColumn, textColumn, timeColumn, bigColumn, nestedColumn} {
		if c, err := build(t); c != nil || err != nil {
			return c, err
		}
	}
	if t.Name == "AggregateFunction" {
		return nil, fmt.Errorf("type %s is the state of an aggregate: finish it with finalizeAggregation() or a -Merge function", t)
	}
	return nil, fmt.Errorf("type %s cannot be shown: convert it with toString()", t)
}

// plain is embedded by columns without a prefix.
type plain struct{}

func (plain) prefix(*reader) error { return nil }

// kept are the values of a field, and which of them are null. nullAt is nil as long as none can be.
type kept[T any] struct {
	values []T
	nullAt []bool
}

func (k *kept[T]) keepNull() {
	var zero T
	k.markNulls()
	k.values = append(k.values, zero)
	k.nullAt = append(k.nullAt, true)
}

func (k *kept[T]) keepValue(v T) {
	k.values = append(k.values, v)
	if k.nullAt != nil {
		k.nullAt = append(k.nullAt, false)
	}
}

func (k *kept[T]) keepBlock(block []T, nulls []uint8) {
	if nulls != nil {
		k.markNulls()
	}
	k.values = append(k.values, block...)
	k.keepNulls(len(block), nulls)
}

// keepNulls records which of the last n values are null.
func (k *kept[T]) keepNulls(n int, nulls []uint8) {
	if k.nullAt == nil {
		return
	}
	for i := range n {
		k.nullAt = append(k.nullAt, nulls != nil && nulls[i] != 0)
	}
}

func (k *kept[T]) markNulls() {
	if k.nullAt == nil {
		k.nullAt = make([]bool, len(k.values), cap(k.values)+1)
	}
}

// asField makes a field of the first n values; nullable where a null could have come.
func (k *kept[T]) asField(name string, n int) *data.Field {
	return convertedField(k, name, n, func(v T) T { return v })
}

// convertedField makes a field of the first n values, each converted. The pointers of a nullable field point into one
// slice, so that a column costs two allocations and not one for each value.
func convertedField[T, U any](k *kept[T], name string, n int, convert func(T) U) *data.Field {
	out := make([]U, n)
	for i, v := range k.values[:n] {
		out[i] = convert(v)
	}
	if k.nullAt == nil {
		return data.NewField(name, nil, out)
	}
	pointers := make([]*U, n)
	for i := range out {
		if !k.nullAt[i] {
			pointers[i] = &out[i]
		}
	}
	return data.NewField(name, nil, pointers)
}

// any says whether a value that is not null satisfies the condition.
func (k *kept[T]) any(n int, condition func(T) bool) bool {
	for i, v := range k.values[:n] {
		if (k.nullAt == nil || !k.nullAt[i]) && condition(v) {
			return true
		}
	}
	return false
}
