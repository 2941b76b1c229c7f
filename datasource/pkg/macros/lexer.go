package macros

import (
	"slices"
	"strings"
)

type kind int

const (
	space  kind = iota // white space and comments
	quoted             // a text, a quoted identifier, a $tag$ text $tag$, or a placeholder {name:Type}
	word               // an identifier, a keyword, a number, a macro
	symbol             // one character of anything else
)

// token is a piece of SQL. The pieces of a query, joined, are the query.
type token struct {
	kind kind
	text string
}

// split cuts SQL into tokens by ClickHouse's own rules of quoting.
func split(sql string) []token {
	var out []token
	for at := 0; at < len(sql); {
		k, length := next(sql[at:])
		out = append(out, token{k, sql[at : at+length]})
		at += length
	}
	return out
}

// next measures the first token of a non-empty text. What is not closed reaches to the end.
func next(s string) (kind, int) {
	switch c := s[0]; {
	case isSpace(c):
		n := 1
		for n < len(s) && isSpace(s[n]) {
			n++
		}
		return space, n
	case strings.HasPrefix(s, "--"), strings.HasPrefix(s, "#!"), strings.HasPrefix(s, "# "):
		return space, endOf(s, 1, "\n")
	case strings.HasPrefix(s, "/*"):
		return space, endOf(s, 2, "*/")
	case c == '\'' || c == '"' || c == '`':
		return quoted, endOfQuoted(s)
	case c == '{' && isPlaceholder(s):
		return quoted, endOf(s, 1, "}")
	case c == '$':
		if n := heredoc(s); n > 0 {
			return quoted, n
		}
		return word, 1 + identifierLength(s[1:])
	case isWord(c):
		return word, identifierLength(s)
	default:
		return symbol, 1
	}
}

// endOf is the position after the first `end` that stands at or after `from`.
func endOf(s string, from int, end string) int {
	if at := strings.Index(s[from:], end); at >= 0 {
		return from + at + len(end)
	}
	return len(s)
}

func endOfQuoted(s string) int {
	for at := 1; at < len(s); at++ {
		switch s[at] {
		case '\\':
			at++
		case s[0]:
			if at+1 < len(s) && s[at+1] == s[0] { // '' is a quote within the text
				at++
				continue
			}
			return at + 1
		}
	}
	return len(s)
}

// isPlaceholder tells {name:Type} from the beginning of a map.
func isPlaceholder(s string) bool {
	rest := strings.TrimLeft(s[1:], " \t\n")
	n := wordLength(rest)
	return n > 0 && strings.HasPrefix(strings.TrimLeft(rest[n:], " \t\n"), ":") && strings.Contains(rest, "}")
}

// heredoc is the length of $tag$ text $tag$, or 0 if the text does not begin with one that is closed.
func heredoc(s string) int {
	n := 1 + wordLength(s[1:])
	if n >= len(s) || s[n] != '$' {
		return 0
	}
	tag := s[:n+1]
	if end := strings.Index(s[len(tag):], tag); end >= 0 {
		return len(tag) + end + len(tag)
	}
	return 0
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'
}

func isWord(c byte) bool {
	return c == '_' || c >= 0x80 || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func wordLength(s string) int {
	n := 0
	for n < len(s) && isWord(s[n]) {
		n++
	}
	return n
}

// identifierLength counts $ too: ClickHouse allows it in identifiers.
func identifierLength(s string) int {
	n := 0
	for n < len(s) && (isWord(s[n]) || s[n] == '$') {
		n++
	}
	return n
}

// FirstWord is the keyword that a statement begins with, in capitals, parentheses before it left out.
func FirstWord(sql string) string {
	for _, t := range split(sql) {
		if t.kind == word {
			return strings.ToUpper(t.text)
		}
		if t.kind == quoted || t.kind == symbol && t.text != "(" {
			return t.text
		}
	}
	return ""
}

// HasComment says whether a query has a comment.
func HasComment(sql string) bool {
	return slices.ContainsFunc(split(sql), func(t token) bool { return t.kind == space && strings.TrimSpace(t.text) != "" })
}
