package macros

import (
	"strings"
	"testing"
	"time"
)

var hour = Context{
	From:     time.UnixMilli(1_700_000_000_123).UTC(),
	To:       time.UnixMilli(1_700_003_600_456).UTC(),
	Interval: time.Minute,
}

func TestMacrosBecomePlaceholdersThatTheServerBinds(t *testing.T) {
	for _, c := range []struct {
		sql, want  string
		parameters map[string]string
	}{
		{"$__timeFilter(ts)", "(ts >= toDateTime({__from_s:Int64}) AND ts <= toDateTime({__to_s:Int64}))", map[string]string{"__from_s": "1700000000", "__to_s": "1700003600"}},
		{"$__timeFilter_ms( t.ts )", "(t.ts >= fromUnixTimestamp64Milli({__from_ms:Int64}) AND t.ts <= fromUnixTimestamp64Milli({__to_ms:Int64}))", map[string]string{"__from_ms": "1700000000123", "__to_ms": "1700003600456"}},
		{"$__dateFilter(d)", "(d >= toDate(toDateTime({__from_s:Int64})) AND d <= toDate(toDateTime({__to_s:Int64})))", map[string]string{"__from_s": "1700000000", "__to_s": "1700003600"}},
		{"$__dt(d, ts)", "((d >= toDate(toDateTime({__from_s:Int64})) AND d <= toDate(toDateTime({__to_s:Int64}))) AND (ts >= toDateTime({__from_s:Int64}) AND ts <= toDateTime({__to_s:Int64})))", map[string]string{"__from_s": "1700000000", "__to_s": "1700003600"}},
		{"[$__fromTime, $__toTime]", "[toDateTime({__from_s:Int64}), toDateTime({__to_s:Int64})]", map[string]string{"__from_s": "1700000000", "__to_s": "1700003600"}},
		{"($__fromTime_ms,$__toTime_ms)", "(fromUnixTimestamp64Milli({__from_ms:Int64}),fromUnixTimestamp64Milli({__to_ms:Int64}))", map[string]string{"__from_ms": "1700000000123", "__to_ms": "1700003600456"}},
		{"$__interval $__interval_s $__interval_ms", "toIntervalSecond({__interval_s:Int64}) {__interval_s:Int64} {__interval_ms:Int64}", map[string]string{"__interval_s": "60", "__interval_ms": "60000"}},
		{"$__timeInterval(toDateTime(ts))", "toStartOfInterval(toDateTime(toDateTime(ts)), toIntervalSecond({__interval_s:Int64}))", map[string]string{"__interval_s": "60"}},
		{"$__timeInterval_ms(ts)", "toStartOfInterval(toDateTime64(ts, 3), toIntervalMillisecond({__interval_ms:Int64}))", map[string]string{"__interval_ms": "60000"}},
		{"$__timeGroup(ts, '5m')", "toStartOfInterval(toDateTime(ts), toIntervalSecond({__step_300s:Int64}))", map[string]string{"__step_300s": "300"}},
		{"$__timeGroup(ts, $__interval), $__timeGroup(ts, 1h)", "toStartOfInterval(toDateTime(ts), toIntervalSecond({__step_60s:Int64})), toStartOfInterval(toDateTime(ts), toIntervalSecond({__step_3600s:Int64}))", map[string]string{"__interval_s": "60", "__step_60s": "60", "__step_3600s": "3600"}},
		{"$__conditionalAll(a IN ('x', f(1, 2)), 'x')", "(a IN ('x', f(1, 2)))", nil},
		{"$__conditionalAll(a IN (x), $__all)", "1 = 1", nil},
	} {
		got, err := Expand(c.sql, hour)
		if err != nil {
			t.Errorf("%s: %v", c.sql, err)
			continue
		}
		if got.SQL != c.want {
			t.Errorf("%s\n became %s\n wanted %s", c.sql, got.SQL, c.want)
		}
		if len(got.Parameters) != len(c.parameters) {
			t.Errorf("%s binds %v, wanted %v", c.sql, got.Parameters, c.parameters)
		}
		for name, value := range c.parameters {
			if string(got.Parameters[name].Value) != value {
				t.Errorf("%s binds %s to %s, wanted %s", c.sql, name, got.Parameters[name].Value, value)
			}
		}
	}
}

func TestNothingIsExpandedInTextsIdentifiersAndComments(t *testing.T) {
	for _, sql := range []string{
		"SELECT '$__fromTime'", "SELECT 'it''s $__fromTime'", `SELECT 'a\'$__fromTime'`, `SELECT "$__fromTime"`, "SELECT `$__fromTime`",
		"SELECT 1 -- $__fromTime\n", "SELECT 1 --$__timeFilter(", "SELECT /* $__fromTime ' */ 1", "# $__fromTime", "#! $__fromTime",
		"SELECT $$ $__fromTime $$", "SELECT $tag$ $__timeFilter(x $tag$", "SELECT '$__fromTime", "SELECT {value:String}", "SELECT {'$__fromTime': 1}",
		"SELECT x$__y, 'ünï $__toTime'",
	} {
		got, err := Expand(sql, hour)
		if err != nil || got.SQL != sql || len(got.Parameters) != 0 {
			t.Errorf("%s became %s, %v", sql, got.SQL, err)
		}
	}
}

func TestThePiecesOfAQueryAreTheQuery(t *testing.T) {
	for _, sql := range []string{"", "'", "$", "$x$", "/*", "--", "{", "{a:", "a'b\"c`d$e$f{g:h}", "\xff\xfe$__\x00", "SELECT 1\n\n;"} {
		var joined strings.Builder
		for _, t := range split(sql) {
			joined.WriteString(t.text)
		}
		if joined.String() != sql {
			t.Errorf("%q became %q", sql, joined.String())
		}
	}
}

func TestFillOfATimeGroupIsPassedOn(t *testing.T) {
	for sql, want := range map[string]string{"$__timeGroup(ts, 1m, NULL)": "null", "$__timeGroup(ts, 1m, previous)": "previous", "$__timeGroup(ts, 1m, 0)": "0", "$__timeGroup(ts, 1m)": ""} {
		got, err := Expand(sql, hour)
		if err != nil || got.Fill != want || want != "" && got.Step != time.Minute {
			t.Errorf("%s: fill %q, step %s, %v", sql, got.Fill, got.Step, err)
		}
	}
}

func TestWrongUseSaysWhatIsRight(t *testing.T) {
	for sql, want := range map[string]string{
		"$__timeFiler(x)":            "there is no macro $__timeFiler; there are: $__conditionalAll",
		"$__timeFilter":              "the macro $__timeFilter needs arguments in parentheses",
		"$__timeFilter()":            "the macro $__timeFilter takes 1 argument, got 0",
		"$__timeFilter(a, b)":        "the macro $__timeFilter takes 1 argument, got 2",
		"$__dt(a)":                   "the macro $__dt takes 2 arguments, got 1",
		"$__timeFilter(a":            "the parenthesis after the macro $__timeFilter is not closed",
		"$__timeGroup(a, soon)":      "the interval of $__timeGroup must be like 5m or 1h, at least 1s, got soon",
		"$__timeGroup(a, 1m, maybe)": "the fill of $__timeGroup must be NULL, previous or a number, got maybe",
	} {
		_, err := Expand(sql, hour)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v, wanted %s", sql, err, want)
		}
	}
}

func FuzzExpandKeepsWhatIsNoMacro(f *testing.F) {
	f.Add("SELECT $__fromTime FROM t WHERE $__timeFilter(ts) AND x = '$__y'")
	f.Fuzz(func(t *testing.T, sql string) {
		got, err := Expand(sql, hour)
		if err == nil && !strings.Contains(sql, "$__") && got.SQL != sql {
			t.Errorf("%q became %q", sql, got.SQL)
		}
	})
}
