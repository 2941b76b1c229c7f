package native

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/ClickHouse/ch-go/proto"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// What no block of an intact stream has. They keep a broken one from claiming all memory.
const (
	maxColumns = 10_000
	maxRows    = 1 << 24
	maxItems   = 1 << 28
	maxText    = 1 << 28
)

// Limits cut a result. Zero means no limit.
type Limits struct {
	Rows  int
	Bytes int64
}

// Result is a decoded result: its columns in order, all of the same number of rows.
type Result struct {
	columns []namedColumn
	rows    int
	// Truncated says which limit cut the result ("rows" or "bytes"), or "".
	Truncated string
	// Bytes is how much of the stream was decoded.
	Bytes int64
}

type namedColumn struct {
	name, typeName string
	column
}

// Rows is the number of rows.
func (r *Result) Rows() int { return r.rows }

// Columns are the names and types of the columns in order.
func (r *Result) Columns() (names, types []string) {
	for _, c := range r.columns {
		names = append(names, c.name)
		types = append(types, c.typeName)
	}
	return names, types
}

// Fields makes the fields of a frame.
func (r *Result) Fields(exactness Exactness) []*data.Field {
	fields := make([]*data.Field, len(r.columns))
	for i, c := range r.columns {
		fields[i] = c.field(c.name, r.rows, exactness)
	}
	return fields
}

// ServerError is an exception that ClickHouse sent in the middle of a result, in its own words.
type ServerError struct{ Text string }

func (e *ServerError) Error() string { return e.Text }

// Read decodes a stream until its end, or until a limit is reached; the rest is then left unread.
func Read(body io.Reader, limits Limits) (*Result, error) {
	s := openStream(body)
	defer s.close()
	result := &Result{}
	for {
		more, err := s.block(result)
		if err != nil {
			return nil, s.explain(err)
		}
		result.Bytes = s.tail.total - int64(s.buffered.Buffered())
		switch {
		case limits.Rows > 0 && result.rows > limits.Rows:
			result.rows = limits.Rows
			result.Truncated = "rows"
		case limits.Bytes > 0 && result.Bytes > limits.Bytes:
			result.Truncated = "bytes"
		case more:
			continue
		}
		return result, nil
	}
}

// Empty makes a result of no rows from the names and types of its columns: ClickHouse sends no block, and so no
// header, where there are no rows.
func Empty(names, types []string) (*Result, error) {
	result := &Result{}
	for i, name := range names {
		c, err := openColumn(name, types[i])
		if err != nil {
			return nil, err
		}
		result.columns = append(result.columns, c)
	}
	return result, nil
}

func openColumn(name, typeName string) (namedColumn, error) {
	t, err := ParseType(typeName)
	if err != nil {
		return namedColumn{}, fmt.Errorf("column %q: %w", name, err)
	}
	c, err := newColumn(t)
	if err != nil {
		return namedColumn{}, &UnsupportedType{Column: name, cause: err}
	}
	return namedColumn{name, typeName, c}, nil
}

// UnsupportedType says that a column has a type which has no form in a frame.
type UnsupportedType struct {
	Column string
	cause  error
}

func (e *UnsupportedType) Error() string { return fmt.Sprintf("column %q: %s", e.Column, e.cause) }

func (e *UnsupportedType) Unwrap() error { return e.cause }

const bufferSize = 256 << 10

var buffers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, bufferSize) }}

type stream struct {
	tail     *tail
	buffered *bufio.Reader
	reader   *reader
}

func openStream(body io.Reader) *stream {
	t := &tail{source: body}
	buffered := buffers.Get().(*bufio.Reader)
	buffered.Reset(t)
	return &stream{tail: t, buffered: buffered, reader: &reader{Reader: proto.NewReader(buffered), raw: buffered}}
}

func (s *stream) close() {
	s.buffered.Reset(nil)
	buffers.Put(s.buffered)
}

// block reads one block and appends it. It returns false at the end of the stream.
//
//	UVarInt columns, UVarInt rows, then for each column: name, type, prefix, values
func (s *stream) block(result *Result) (more bool, err error) {
	if start, err := s.buffered.Peek(1); err != nil {
		return false, endOfStream(err)
	} else if start[0] == exceptionMark[0] || start[0] == oldException[0] {
		// 13 and 67 are possible numbers of columns too; the mark's other bytes are not what follows one.
		begin, _ := s.buffered.Peek(len(exceptionMark))
		if bytes.HasPrefix(begin, exceptionMark) || bytes.HasPrefix(begin, oldException) {
			return false, errors.New("the server sent an exception")
		}
	}
	columns, err := s.reader.Int()
	if err != nil {
		return false, err
	}
	rows, err := s.reader.Int()
	if err != nil {
		return false, err
	}
	if columns < 0 || columns > maxColumns || rows < 0 || rows > maxRows {
		return false, fmt.Errorf("a block claims %d columns and %d rows", columns, rows)
	}
	for i := range columns {
		if err := s.column(result, i, rows); err != nil {
			return false, err
		}
	}
	if columns > 0 && len(result.columns) != columns {
		return false, fmt.Errorf("a block has %d columns, those before had %d", columns, len(result.columns))
	}
	result.rows += rows
	return true, nil
}

func (s *stream) column(result *Result, i, rows int) error {
	name, err := s.reader.text()
	if err != nil {
		return err
	}
	typeName, err := s.reader.text()
	if err != nil {
		return err
	}
	if i == len(result.columns) {
		opened, err := openColumn(name, typeName)
		if err != nil {
			return err
		}
		result.columns = append(result.columns, opened)
	}
	c := result.columns[i]
	if c.name != name || c.typeName != typeName {
		return fmt.Errorf("column %q of type %s became %q of type %s", c.name, c.typeName, name, typeName)
	}
	if rows == 0 {
		return nil
	}
	if err := c.prefix(s.reader); err != nil {
		return fmt.Errorf("column %q: %w", name, err)
	}
	if err := c.read(s.reader, rows); err != nil {
		return fmt.Errorf("column %q: %w", name, err)
	}
	c.keep(nil)
	return nil
}

// explain replaces what went wrong in decoding by the exception that the server sent instead of a block, if it did.
func (s *stream) explain(err error) error {
	var unsupported *UnsupportedType
	if errors.As(err, &unsupported) {
		return err
	}
	_, _ = io.CopyN(io.Discard, s.tail, maxExceptionLength)
	if text := exceptionIn(s.tail.last()); text != "" {
		return &ServerError{Text: text}
	}
	if s.tail.err != nil && !errors.Is(s.tail.err, io.EOF) {
		return s.tail.err // the connection broke: say that, not that a block is incomplete
	}
	return fmt.Errorf("the result is broken: %w", err)
}

func endOfStream(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
