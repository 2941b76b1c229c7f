// Package macros expands $__names in SQL. Only tokens are looked at: what stands in a text, a quoted identifier or a
// comment stays as it is. Times and intervals become placeholders whose values the server binds, so that the text of a
// query does not change with the time range.
package macros

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/gtime"

	"github.com/suuupra/analytics/datasource/pkg/clickhouse"
)

// Context is what macros stand for.
type Context struct {
	From, To time.Time
	// Interval is the step that suits the width of the panel.
	Interval time.Duration
}

// Expanded is SQL without macros.
type Expanded struct {
	SQL string
	// Parameters are the values that the macros in use need.
	Parameters map[string]clickhouse.Parameter
	// Fill says how $__timeGroup asks for missing intervals: "" (not), "null", "previous" or a number. Step is its interval.
	Fill string
	Step time.Duration
}

// Expand replaces every macro of the query.
func Expand(sql string, context Context) (*Expanded, error) {
	e := expander{context: context, out: &Expanded{Parameters: map[string]clickhouse.Parameter{}}}
	text, err := e.tokens(split(sql))
	e.out.SQL = text
	return e.out, err
}

// Names are the macros that exist, for completion and messages.
func Names() []string {
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

type macro struct {
	// least and most are how many arguments it takes; none: it is written without parentheses.
	least, most int
	expand      func(e *expander, args []string) (string, error)
}

var all map[string]macro

func init() { // not an initialiser: macros' arguments contain macros
	all = map[string]macro{
		"$__fromTime":        {0, 0, value((*expander).fromSeconds)},
		"$__toTime":          {0, 0, value((*expander).toSeconds)},
		"$__fromTime_ms":     {0, 0, value((*expander).fromMilliseconds)},
		"$__toTime_ms":       {0, 0, value((*expander).toMilliseconds)},
		"$__interval":        {0, 0, value((*expander).interval)},
		"$__interval_s":      {0, 0, value((*expander).intervalSeconds)},
		"$__interval_ms":     {0, 0, value((*expander).intervalMilliseconds)},
		"$__timeFilter":      {1, 1, timeFilter},
		"$__timeFilter_ms":   {1, 1, timeFilterMilliseconds},
		"$__dateFilter":      {1, 1, dateFilter},
		"$__dateTimeFilter":  {2, 2, dateTimeFilter},
		"$__dt":              {2, 2, dateTimeFilter},
		"$__timeInterval":    {1, 1, timeInterval},
		"$__timeInterval_ms": {1, 1, timeIntervalMilliseconds},
		"$__timeGroup":       {1, 3, timeGroup},
		"$__conditionalAll":  {2, 2, conditionalAll},
	}
}

type expander struct {
	context Context
	out     *Expanded
}

func (e *expander) tokens(tokens []token) (string, error) {
	var out strings.Builder
	for at := 0; at < len(tokens); at++ {
		t := tokens[at]
		if t.kind != word || !strings.HasPrefix(t.text, "$__") || t.text == everything {
			out.WriteString(t.text)
			continue
		}
		m, known := all[t.text]
		if !known {
			return "", fmt.Errorf("there is no macro %s; there are: %s", t.text, strings.Join(Names(), " "))
		}
		var args []string
		if m.most > 0 {
			var err error
			if args, at, err = e.arguments(t.text, tokens, at+1); err != nil {
				return "", err
			}
		}
		if len(args) < m.least || len(args) > m.most {
			return "", fmt.Errorf("the macro %s takes %s, got %d", t.text, counted(m.least, m.most), len(args))
		}
		text, err := m.expand(e, args)
		if err != nil {
			return "", err
		}
		out.WriteString(text)
	}
	return out.String(), nil
}

// arguments reads (a, b) from position at and returns the position of its last token.
func (e *expander) arguments(name string, tokens []token, at int) (args []string, end int, err error) {
	for at < len(tokens) && tokens[at].kind == space {
		at++
	}
	if at >= len(tokens) || tokens[at].text != "(" {
		return nil, 0, fmt.Errorf("the macro %s needs arguments in parentheses", name)
	}
	depth, start := 0, at+1
	for ; at < len(tokens); at++ {
		if tokens[at].kind != symbol {
			continue
		}
		switch tokens[at].text {
		case "(", "[", "{":
			depth++
			continue
		case ")", "]", "}":
			depth--
		case ",":
			if depth > 1 {
				continue
			}
		default:
			continue
		}
		if depth == 0 || depth == 1 && tokens[at].text == "," {
			text, err := e.tokens(tokens[start:at])
			if err != nil {
				return nil, 0, err
			}
			if text = strings.TrimSpace(text); text != "" || len(args) > 0 || depth > 0 {
				args = append(args, text)
			}
			start = at + 1
		}
		if depth == 0 {
			return args, at, nil
		}
	}
	return nil, 0, fmt.Errorf("the parenthesis after the macro %s is not closed", name)
}

func counted(least, most int) string {
	switch {
	case least != most:
		return fmt.Sprintf("%d to %d arguments", least, most)
	case least == 1:
		return "1 argument"
	default:
		return fmt.Sprintf("%d arguments", least)
	}
}

func value(of func(*expander) string) func(*expander, []string) (string, error) {
	return func(e *expander, _ []string) (string, error) { return of(e), nil }
}

// bind makes a placeholder whose value the server binds.
func (e *expander) bind(name, typeName string, value int64) string {
	e.out.Parameters[name] = clickhouse.Parameter{Type: typeName, Value: json.RawMessage(strconv.FormatInt(value, 10))}
	return "{" + name + ":" + typeName + "}"
}

func (e *expander) fromSeconds() string {
	return "toDateTime(" + e.bind("__from_s", "Int64", dateTimeSeconds(e.context.From)) + ")"
}

func (e *expander) toSeconds() string {
	return "toDateTime(" + e.bind("__to_s", "Int64", dateTimeSeconds(e.context.To)) + ")"
}

// dateTimeSeconds keeps to what a DateTime holds: 1970 to 2106.
func dateTimeSeconds(t time.Time) int64 { return min(max(t.Unix(), 0), math.MaxUint32) }

func (e *expander) fromMilliseconds() string {
	return "fromUnixTimestamp64Milli(" + e.bind("__from_ms", "Int64", e.context.From.UnixMilli()) + ")"
}

func (e *expander) toMilliseconds() string {
	return "fromUnixTimestamp64Milli(" + e.bind("__to_ms", "Int64", e.context.To.UnixMilli()) + ")"
}

func (e *expander) wholeSeconds() int64 { return max(1, int64(e.context.Interval/time.Second)) }

func (e *expander) wholeMilliseconds() int64 { return max(1, e.context.Interval.Milliseconds()) }

func (e *expander) intervalSeconds() string {
	return e.bind("__interval_s", "Int64", e.wholeSeconds())
}

func (e *expander) intervalMilliseconds() string {
	return e.bind("__interval_ms", "Int64", e.wholeMilliseconds())
}

func (e *expander) interval() string { return "toIntervalSecond(" + e.intervalSeconds() + ")" }

func timeFilter(e *expander, args []string) (string, error) {
	return fmt.Sprintf("(%s >= %s AND %s <= %s)", args[0], e.fromSeconds(), args[0], e.toSeconds()), nil
}

func timeFilterMilliseconds(e *expander, args []string) (string, error) {
	return fmt.Sprintf("(%s >= %s AND %s <= %s)", args[0], e.fromMilliseconds(), args[0], e.toMilliseconds()), nil
}

func dateFilter(e *expander, args []string) (string, error) {
	return fmt.Sprintf("(%s >= toDate(%s) AND %s <= toDate(%s))", args[0], e.fromSeconds(), args[0], e.toSeconds()), nil
}

// dateTimeFilter filters by a column of days, for the partitions, and by one of times.
func dateTimeFilter(e *expander, args []string) (string, error) {
	days, err := dateFilter(e, args[:1])
	if err != nil {
		return "", err
	}
	times, err := timeFilter(e, args[1:])
	return "(" + days + " AND " + times + ")", err
}

func timeInterval(e *expander, args []string) (string, error) {
	return fmt.Sprintf("toStartOfInterval(toDateTime(%s), %s)", args[0], e.interval()), nil
}

func timeIntervalMilliseconds(e *expander, args []string) (string, error) {
	return fmt.Sprintf("toStartOfInterval(toDateTime64(%s, 3), toIntervalMillisecond(%s))", args[0], e.intervalMilliseconds()), nil
}

// timeGroup is $__timeGroup(column[, interval[, fill]]): interval like 5m or '1h', default the panel's; fill like
// previous, NULL or 0.
func timeGroup(e *expander, args []string) (string, error) {
	step := time.Duration(e.wholeSeconds()) * time.Second
	if len(args) > 1 {
		text := strings.Trim(args[1], `'" `)
		if strings.HasPrefix(text, "toIntervalSecond(") { // $__interval
			text = step.String()
		}
		parsed, err := gtime.ParseDuration(text)
		if err != nil || parsed < time.Second {
			return "", fmt.Errorf("the interval of $__timeGroup must be like 5m or 1h, at least 1s, got %s", args[1])
		}
		step = parsed
	}
	if len(args) > 2 {
		fill := strings.ToLower(strings.Trim(args[2], `'" `))
		if _, err := strconv.ParseFloat(fill, 64); err != nil && !slices.Contains([]string{"null", "previous"}, fill) {
			return "", fmt.Errorf("the fill of $__timeGroup must be NULL, previous or a number, got %s", args[2])
		}
		e.out.Fill, e.out.Step = fill, step
	}
	return fmt.Sprintf("toStartOfInterval(toDateTime(%s), toIntervalSecond(%s))", args[0],
		e.bind(fmt.Sprintf("__step_%ds", int64(step/time.Second)), "Int64", int64(step/time.Second))), nil
}

// everything is the value of a variable that is set to "All", where no own value for it is given.
const everything = "$__all"

// conditionalAll keeps its condition. The editor's side replaces the macro by 1 = 1 where a variable is "All"; what
// arrives here has none (alert rules know no variables).
func conditionalAll(_ *expander, args []string) (string, error) {
	if strings.Trim(args[1], `'" `) == everything {
		return "1 = 1", nil
	}
	return "(" + args[0] + ")", nil
}

// Unquote takes the quotes off macros that ClickHouse's printer has put around them.
func Unquote(sql string) string {
	var out strings.Builder
	for _, t := range split(sql) {
		name := strings.Trim(t.text, "`")
		if _, known := all[name]; known && t.kind == quoted {
			out.WriteString(name)
		} else {
			out.WriteString(t.text)
		}
	}
	return out.String()
}
