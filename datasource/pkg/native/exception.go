package native

import (
	"bytes"
	"io"
	"regexp"
	"slices"
)

// How ClickHouse ends a result that it has begun and cannot finish: a block of text between marks (since 25.11),
// or just the text.
var (
	exceptionMark = []byte("\r\n__exception__\r\n")
	oldException  = []byte("Code: ")
	oldPattern    = regexp.MustCompile(`Code: \d+\. DB::Exception: [^\x00]*$`)
)

const maxExceptionLength = 64 << 10

// exceptionIn finds an exception at the end of a stream.
//
//	\r\n__exception__\r\n TAG \r\n TEXT LENGTH TAG \r\n__exception__\r\n
func exceptionIn(end []byte) string {
	if from := bytes.Index(end, exceptionMark); from >= 0 {
		rest := end[from+len(exceptionMark):]
		tag, text, found := bytes.Cut(rest, []byte("\r\n"))
		if !found {
			return ""
		}
		if to := bytes.Index(text, slices.Concat([]byte(" "), tag, exceptionMark)); to >= 0 {
			text = text[:to]
			if space := bytes.LastIndexAny(text, "\n "); space >= 0 { // the length
				text = text[:space]
			}
		}
		return string(bytes.TrimSpace(text))
	}
	return string(bytes.TrimSpace(oldPattern.Find(end)))
}

// tail passes a stream on and remembers its last bytes, where an exception stands.
type tail struct {
	source io.Reader
	kept   []byte
	total  int64
	err    error
}

func (t *tail) Read(p []byte) (int, error) {
	n, err := t.source.Read(p)
	t.total += int64(n)
	t.remember(p[:n])
	if err != nil {
		t.err = err
	}
	return n, err
}

func (t *tail) remember(b []byte) {
	if len(b) >= maxExceptionLength {
		t.kept = append(t.kept[:0], b[len(b)-maxExceptionLength:]...)
		return
	}
	if len(t.kept)+len(b) > 2*maxExceptionLength { // moved only when twice the need has gathered
		t.kept = append(t.kept[:0], t.last()...)
	}
	t.kept = append(t.kept, b...)
}

func (t *tail) last() []byte { return t.kept[max(0, len(t.kept)-maxExceptionLength):] }
