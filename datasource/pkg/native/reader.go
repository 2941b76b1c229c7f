package native

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/ClickHouse/ch-go/proto"
)

// reader adds to ch-go's reader a way to read texts that trusts no length: memory grows with what has arrived.
type reader struct {
	*proto.Reader
	raw *bufio.Reader
}

// appendText reads a length and as many bytes.
func (r *reader) appendText(dst []byte) ([]byte, error) {
	length, err := binary.ReadUvarint(r.raw)
	if err != nil {
		return dst, unexpected(err)
	}
	if length > maxText {
		return dst, fmt.Errorf("a text claims %d bytes", length)
	}
	for missing := int(length); missing > 0; {
		part, err := r.raw.Peek(min(missing, r.raw.Size()))
		dst = append(dst, part...)
		missing -= len(part)
		if _, discarded := r.raw.Discard(len(part)); err == nil {
			err = discarded
		}
		if err != nil {
			return dst, unexpected(err)
		}
	}
	return dst, nil
}

func (r *reader) text() (string, error) {
	text, err := r.appendText(nil)
	return string(text), err
}

// chunk is how many values are made room for before they have arrived.
const chunk = 1 << 16

// readValues replaces a column's values by the next rows of the stream.
func readValues[C any, D decoder[C]](r *reader, column D, rows int) error {
	column.Reset()
	for rows > 0 {
		next := min(rows, chunk)
		if err := column.DecodeColumn(r.Reader, next); err != nil {
			return err
		}
		rows -= next
	}
	return nil
}

// readBytes replaces dst by the next n bytes of the stream.
func (r *reader) readBytes(dst []byte, n int) ([]byte, error) {
	dst = dst[:0]
	for n > 0 {
		next := min(n, 16*chunk)
		dst = slices.Grow(dst, next)
		part := dst[len(dst) : len(dst)+next]
		if _, err := io.ReadFull(r.raw, part); err != nil {
			return dst, unexpected(err)
		}
		dst = dst[:len(dst)+next]
		n -= next
	}
	return dst, nil
}

func (r *reader) skip(n int) error {
	_, err := r.raw.Discard(n)
	return unexpected(err)
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
