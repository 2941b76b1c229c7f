package native

import (
	"fmt"
	"strconv"
	"strings"
)

// Type is a parsed ClickHouse type name: Array(Tuple(a String, UInt8)) is Array of Tuple of two named or unnamed types.
type Type struct {
	// Name is the family: "Array", "UInt8", "DateTime64".
	Name string
	// Args are the arguments in order.
	Args []Arg
}

// Arg is one argument of a type: a type (with a name, in tuples and nested types), a number, or a text literal.
type Arg struct {
	// Label is the name of a tuple's element, the value of an enum's element ('a' = 1), or empty.
	Label string
	// Type is set for type arguments; its Name is the number's text for numbers.
	Type Type
	// Literal is set, with Text, for a quoted argument ('UTC').
	Literal bool
	Text    string
}

// ParseType parses the name of a type as ClickHouse writes it in the header of a column.
func ParseType(name string) (Type, error) {
	p := typeParser{text: name}
	t, err := p.parse()
	if err != nil {
		return Type{}, fmt.Errorf("type %q: %w", name, err)
	}
	if p.skipSpace(); p.at < len(p.text) {
		return Type{}, fmt.Errorf("type %q: unexpected %q", name, p.text[p.at:])
	}
	return t, nil
}

// String writes the type as ClickHouse does.
func (t Type) String() string {
	if len(t.Args) == 0 {
		return t.Name
	}
	parts := make([]string, len(t.Args))
	for i, arg := range t.Args {
		switch {
		case arg.Literal && arg.Label != "":
			parts[i] = "'" + arg.Text + "' = " + arg.Label
		case arg.Literal:
			parts[i] = "'" + arg.Text + "'"
		case arg.Label != "":
			parts[i] = arg.Label + " " + arg.Type.String()
		default:
			parts[i] = arg.Type.String()
		}
	}
	return t.Name + "(" + strings.Join(parts, ", ") + ")"
}

// number reads argument i as a whole number, or returns fallback where there is none.
func (t Type) number(i, fallback int) (int, error) {
	if i >= len(t.Args) {
		return fallback, nil
	}
	n, err := strconv.Atoi(t.Args[i].Type.Name)
	if err != nil {
		return 0, fmt.Errorf("argument %d of %s is not a number", i+1, t)
	}
	return n, nil
}

// text reads argument i as a quoted text, or returns "" where there is none.
func (t Type) text(i int) string {
	if i >= len(t.Args) || !t.Args[i].Literal {
		return ""
	}
	return t.Args[i].Text
}

type typeParser struct {
	text string
	at   int
}

func (p *typeParser) skipSpace() {
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
}

func (p *typeParser) peek() byte {
	if p.skipSpace(); p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// parse reads NAME or NAME(ARG, …).
func (p *typeParser) parse() (Type, error) {
	name, err := p.word()
	if err != nil {
		return Type{}, err
	}
	t := Type{Name: name}
	if p.peek() != '(' {
		return t, nil
	}
	for p.at++; ; p.at++ {
		if p.peek() == ')' && len(t.Args) == 0 { // Tuple()
			break
		}
		arg, err := p.arg()
		if err != nil {
			return Type{}, err
		}
		t.Args = append(t.Args, arg)
		if next := p.peek(); next == ')' {
			break
		} else if next != ',' {
			return Type{}, fmt.Errorf("expected , or ) at position %d", p.at)
		}
	}
	p.at++
	return t, nil
}

// arg reads 'text', 'text' = number, TYPE, or LABEL TYPE.
func (p *typeParser) arg() (Arg, error) {
	if p.peek() == '\'' {
		text, err := p.quoted('\'')
		if err != nil {
			return Arg{}, err
		}
		arg := Arg{Literal: true, Text: text}
		if p.peek() == '=' {
			p.at++
			if arg.Label, err = p.word(); err != nil {
				return Arg{}, err
			}
		}
		return arg, nil
	}
	start := p.at
	label, err := p.word()
	if err != nil {
		return Arg{}, err
	}
	switch p.peek() {
	case ',', ')', '(':
		p.at = start
		label = ""
	case '=': // max_types=N, a setting of Dynamic and JSON
		p.at++
		p.skipSpace()
	}
	t, err := p.parse()
	return Arg{Label: label, Type: t}, err
}

// word reads an identifier (quoted by ` or not) or a number.
func (p *typeParser) word() (string, error) {
	if p.peek() == '`' {
		return p.quoted('`')
	}
	start := p.at
	for p.at < len(p.text) && !strings.ContainsRune(" ,()='`", rune(p.text[p.at])) {
		p.at++
	}
	if p.at == start {
		return "", fmt.Errorf("expected a name at position %d", p.at)
	}
	return p.text[start:p.at], nil
}

// quoted reads a text between quotes in which a backslash escapes.
func (p *typeParser) quoted(quote byte) (string, error) {
	var out strings.Builder
	for p.at++; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == '\\' && p.at+1 < len(p.text):
			p.at++
			out.WriteByte(unescape(p.text[p.at]))
		case c == quote:
			p.at++
			return out.String(), nil
		default:
			out.WriteByte(c)
		}
	}
	return "", fmt.Errorf("missing %c", quote)
}

func unescape(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 't':
		return '\t'
	case 'r':
		return '\r'
	case '0':
		return 0
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	}
	return c
}
