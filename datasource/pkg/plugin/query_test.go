package plugin

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/suuupra/analytics/datasource/pkg/clickhousetest"
)

func TestParametersAreBoundByTheServer(t *testing.T) {
	frame := frameOf(t, answerTo(t, opened(t), sqlQuery(t, "SELECT {s:String} AS s, {n:Int64} AS n, {a:Array(String)} AS a, {e:Nullable(String)} AS e, {i:Identifier} AS i, {from:DateTime64(3, 'UTC')} AS f, {b:Bool} AS b FROM (SELECT 5 AS `odd \\` name`)",
		`"params": {
			"s": {"type": "String", "value": "'; DROP TABLE x; -- \\ \t\n\u0000 ünï {n:Int64} $__fromTime"},
			"n": {"type": "Int64", "value": -9007199254740993},
			"a": {"type": "Array(String)", "value": ["it's", "b\\c", "d\te"]},
			"e": {"type": "Nullable(String)", "value": null},
			"i": {"type": "Identifier", "value": "odd \u0060 name"},
			"b": {"type": "Bool", "value": true},
			"from": {"type": "DateTime64(3, 'UTC')", "bind": "from"}
		}`), nil))
	for name, want := range map[string]any{
		"s": "'; DROP TABLE x; -- \\ \t\n\x00 ünï {n:Int64} $__fromTime", "n": "-9007199254740993", "a": `["it's","b\\c","d\te"]`, "e": nil, "i": uint8(5), "b": true,
		"f": lastHour.From.UTC(),
	} {
		got := valueOf(t, frame, name)
		if at, ok := got.(time.Time); ok {
			got = at.UTC()
		}
		if name == "e" {
			continue
		}
		if got != want {
			t.Errorf("%s is %#v, wanted %#v", name, got, want)
		}
	}
	if e, _ := frame.FieldByName("e"); e.At(0) != (*string)(nil) {
		t.Errorf("e is %v", e.At(0))
	}
}

func TestLongParametersTravelInAForm(t *testing.T) {
	value := strings.Repeat("ü\t", 20_000)
	encoded, _ := json.Marshal(value)
	frame := frameOf(t, answerTo(t, opened(t), sqlQuery(t, "SELECT length({s:String}) AS n, {m:String} AS m", `"params": {"s": {"type": "String", "value": `+string(encoded)+`}, "m": {"type": "String", "value": "a\tb"}}`), nil))
	if valueOf(t, frame, "n") != uint64(60_000) || valueOf(t, frame, "m") != "a\tb" {
		t.Errorf("got %v, %q", valueOf(t, frame, "n"), valueOf(t, frame, "m"))
	}
}

func TestEveryMacroIsSQLThatTheServerTakes(t *testing.T) {
	d := opened(t)
	for sql, want := range map[string]any{
		"SELECT toString($__fromTime) AS v":                                                                     "2023-11-14 22:13:20",
		"SELECT toString($__toTime_ms) AS v":                                                                    "2023-11-14 23:13:20.456",
		"SELECT $__timeFilter(toDateTime(1700000000)) AS v":                                                     uint8(1),
		"SELECT $__timeFilter_ms(fromUnixTimestamp64Milli(1700000000122)) AS v":                                 uint8(0),
		"SELECT $__dateFilter(toDate('2023-11-13')) AS v":                                                       uint8(0),
		"SELECT $__dateTimeFilter(toDate('2023-11-14'), toDateTime(1700000001)) AS v":                           uint8(1),
		"SELECT $__interval_s + $__interval_ms AS v":                                                            "60060",
		"SELECT toString(toDateTime(0, 'UTC') + $__interval) AS v":                                              "1970-01-01 00:01:00",
		"SELECT toString($__timeInterval(toDateTime(1700000059, 'UTC'))) AS v":                                  "2023-11-14 22:14:00",
		"SELECT toString($__timeInterval_ms(fromUnixTimestamp64Milli(1700000059123))) AS v":                     "2023-11-14 22:14:00.000",
		"SELECT toString($__timeGroup(toDateTime(1700000059, 'UTC'), '1h')) AS v":                               "2023-11-14 22:00:00",
		"SELECT count() AS v FROM numbers(3) WHERE $__conditionalAll(number = 1, $__all) -- $__nothing in here": uint64(3),
	} {
		got := valueOf(t, frameOf(t, answerTo(t, d, sqlQuery(t, sql), nil)), "v")
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s\n gave %v, wanted %v", sql, got, want)
		}
	}
}

func TestMissingIntervalsAreFilledOnRequest(t *testing.T) {
	frame := frameOf(t, answerTo(t, opened(t), sqlQuery(t,
		"SELECT $__timeGroup(at, 10m, 0) AS time, count() AS v FROM (SELECT $__fromTime + 1800 AS at) GROUP BY time", `"format": "timeseries"`), nil))
	values := frame.Fields[1]
	sum := 0.0
	for i := range values.Len() {
		v, err := values.FloatAt(i)
		if err != nil {
			t.Fatal(err)
		}
		sum += v
	}
	if values.Len() != 7 || sum != 1 {
		t.Errorf("%d intervals, sum %g", values.Len(), sum)
	}
}

func TestNoRowsKeepTheirColumns(t *testing.T) {
	frame := frameOf(t, answerTo(t, opened(t), sqlQuery(t, "SELECT number AS n, toString(number) AS s FROM numbers(5) WHERE number > {least:UInt64}; ", `"params": {"least": {"type": "UInt64", "value": 10}}`), nil))
	if len(frame.Fields) != 2 || frame.Fields[0].Type() != data.FieldTypeUint64 || frame.Rows() != 0 {
		t.Errorf("got %v", frame)
	}
}

func TestAnUnfinishedQueryIsNoError(t *testing.T) {
	if response := answerTo(t, opened(t), `{"refId": "A"}`, nil); response.Error != nil || len(response.Frames) != 0 {
		t.Errorf("got %v", response)
	}
}

func TestACutResultSaysSo(t *testing.T) {
	d := open(t, instance(clickhousetest.URL(t), withJSON(`{"database": "default", "rowLimit": 10}`)))
	query := sqlQuery(t, "SELECT number FROM numbers(1000000)")
	frame := frameOf(t, answerTo(t, d, query, nil))
	if frame.Rows() != 10 || len(frame.Meta.Notices) != 1 || frame.Meta.Custom.(map[string]any)["truncated"] != true {
		t.Errorf("%d rows, %v", frame.Rows(), frame.Meta.Notices)
	}
	response := answerTo(t, d, query, map[string]string{"FromAlert": "true"})
	if response.Error == nil || !strings.Contains(response.Error.Error(), "an alert rule must not judge a part") {
		t.Errorf("an alert rule got %v", response.Error)
	}
	if whole := frameOf(t, answerTo(t, d, sqlQuery(t, "SELECT number FROM numbers(10)"), nil)); len(whole.Meta.Notices) != 0 {
		t.Errorf("10 rows at a limit of 10: %v", whole.Meta.Notices)
	}
}

func TestAQueryCanLowerTheRowLimitButNotRaiseIt(t *testing.T) {
	d := open(t, instance(clickhousetest.URL(t), withJSON(`{"database": "default", "rowLimit": 10}`)))
	for limit, want := range map[string]int{"3": 3, "1000": 10} {
		if frame := frameOf(t, answerTo(t, d, sqlQuery(t, "SELECT number FROM numbers(100)", `"rowLimit": `+limit), nil)); frame.Rows() != want {
			t.Errorf("rowLimit %s gave %d rows", limit, frame.Rows())
		}
	}
}

func TestAByteLimitCutsToo(t *testing.T) {
	d := open(t, instance(clickhousetest.URL(t), withJSON(`{"database": "default", "rowLimit": 0, "byteLimitMegabytes": 1}`)))
	frame := frameOf(t, answerTo(t, d, sqlQuery(t, "SELECT toString(number) || repeat('x', 100) AS s FROM numbers(1000000)"), nil))
	if frame.Rows() == 0 || frame.Rows() > 100_000 || len(frame.Meta.Notices) != 1 {
		t.Errorf("%d rows, %v", frame.Rows(), frame.Meta.Notices)
	}
}

func TestTheFrameTellsWhatWasAskedAndWhatItCost(t *testing.T) {
	frame := frameOf(t, answerTo(t, opened(t), sqlQuery(t, "SELECT {x:UInt8} AS x", `"params": {"x": {"type": "UInt8", "value": 5}}, "definition": {"analysis": "funnel"},
		"facts": {"rawSql": "SELECT {y:String} AS warnings, 1.5 AS ratio", "params": {"y": {"type": "String", "value": "none"}}}`), nil))
	if want := "SELECT {x:UInt8} AS x\n-- {x:UInt8} = 5"; frame.Meta.ExecutedQueryString != want {
		t.Errorf("asked: %s", frame.Meta.ExecutedQueryString)
	}
	custom := frame.Meta.Custom.(map[string]any)
	if fmt.Sprint(custom["definition"]) != "map[analysis:funnel]" || fmt.Sprint(custom["facts"]) != "map[ratio:1.5 warnings:none]" || custom["query_id"] == "" {
		t.Errorf("custom: %v", custom)
	}
}

func TestTheFrameOfAnAnalysisSaysUpToWhenEventsAreComplete(t *testing.T) {
	database := analytics(t)
	d := open(t, instance(clickhousetest.URL(t), withJSON(`{"database": "`+database+`"}`)))
	custom := func(mode string) map[string]any {
		frame := frameOf(t, answerTo(t, d, `{"mode": "`+mode+`", "format": "table", "rawSql": "SELECT 1 AS a"}`, nil))
		found, _ := frame.Meta.Custom.(map[string]any)
		return found
	}
	if until, is := custom("analysis")["complete_until"]; is {
		t.Errorf("a database without completeness says %v", until)
	}
	clickhousetest.Run(t, "CREATE VIEW "+database+".completeness AS SELECT toDateTime64('2023-11-14 22:30:00.123', 3, 'UTC') AS complete_until")
	time.Sleep(completenessFor)
	if until := custom("analysis")["complete_until"]; until != "2023-11-14T22:30:00.123Z" {
		t.Errorf("it says %v", until)
	}
	if until, is := custom("sql")["complete_until"]; is {
		t.Errorf("SQL, of which nobody knows what it reads, says %v", until)
	}
}

func TestEachQueryCarriesWhoAsks(t *testing.T) {
	headers := map[string]string{"http_X-Dashboard-Uid": "dash", "http_X-Panel-Id": "3", "X-Rule-Uid": "rule"}
	frame := frameOf(t, answerTo(t, opened(t), sqlQuery(t, "SELECT getSetting('log_comment') AS who"), headers))
	if want := `{"product":"suuupra-analytics-datasource","user":"ada","org":7,"dashboard":"dash","panel":"3","rule":"rule","query":"A"}`; valueOf(t, frame, "who") != want {
		t.Errorf("got %v", valueOf(t, frame, "who"))
	}
}

func TestTheUserCanBeASettingAndAHeaderForRowPolicies(t *testing.T) {
	address, requests := recording(t)
	d := open(t, instance(address, withJSON(`{"database": "default", "userSetting": "SQL_user", "userHeader": "X-Forwarded-User"}`)))
	answerTo(t, d, sqlQuery(t, "SELECT 1"), nil)
	if sent := <-requests; sent.URL.Query().Get("SQL_user") != "ada" || sent.Header.Get("X-Forwarded-User") != "ada" {
		t.Errorf("sent %s with %v", sent.URL, sent.Header)
	}
}

func TestAnAnalysisIsRunWithTheSettingsOfTheAPI(t *testing.T) {
	for _, mode := range []string{"analysis", "sql"} {
		address, requests := recording(t)
		d := open(t, instance(address, nil))
		frameOf(t, answerTo(t, d, `{"mode": "`+mode+`", "format": "table", "rawSql": "SELECT 1 AS a"}`, nil))
		asked := (<-requests).URL.Query()
		if given := asked.Get("compile_expressions") == "0"; given != (mode == "analysis") {
			t.Errorf("%s: compile_expressions = %q", mode, asked.Get("compile_expressions"))
		}
	}
}

func TestOnlyAllowedSettingsCanBeGivenWithAQuery(t *testing.T) {
	d := open(t, instance(clickhousetest.URL(t), withJSON(`{"database": "default", "allowedSettings": ["max_threads"], "settings": [{"name": "max_block_size", "value": "7"}]}`)))
	frame := frameOf(t, answerTo(t, d, sqlQuery(t, "SELECT toString(getSetting('max_threads')) AS a, toString(getSetting('max_block_size')) AS b", `"settings": {"max_threads": "3"}`), nil))
	if valueOf(t, frame, "a") != "3" || valueOf(t, frame, "b") != "7" {
		t.Errorf("got %v, %v", valueOf(t, frame, "a"), valueOf(t, frame, "b"))
	}
	response := answerTo(t, d, sqlQuery(t, "SELECT 1", `"settings": {"readonly": "0"}`), nil)
	if response.Error == nil || response.Error.Error() != `the setting "readonly" is not among those that the data source allows in queries (it allows max_threads)` {
		t.Errorf("got %v", response.Error)
	}
}

func TestNothingCanBeWritten(t *testing.T) {
	d := opened(t)
	for _, sql := range []string{"CREATE TABLE t (a UInt8) ENGINE = Memory", "DROP DATABASE default", "INSERT INTO FUNCTION null('a UInt8') SELECT 1"} {
		if response := answerTo(t, d, sqlQuery(t, sql), nil); response.Status != backend.StatusForbidden {
			t.Errorf("%s: %d %v", sql, response.Status, response.Error)
		}
	}
}

func TestCompressedResultsAreTheSame(t *testing.T) {
	for _, compression := range []string{"gzip", "zstd"} {
		d := open(t, instance(clickhousetest.URL(t), withJSON(`{"database": "default", "compression": "`+compression+`"}`)))
		frame := frameOf(t, answerTo(t, d, sqlQuery(t, "SELECT number, toString(number) AS s FROM numbers(200000)"), nil))
		last, _ := frame.Fields[1].ConcreteAt(199_999)
		if frame.Rows() != 200_000 || last != "199999" {
			t.Errorf("%s: %d rows, last %v", compression, frame.Rows(), last)
		}
	}
}

func TestCancellingEndsTheQueryInClickHouse(t *testing.T) {
	d := opened(t)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan backend.DataResponse)
	go func() {
		response, err := d.QueryData(ctx, request(sqlQuery(t, "SELECT count() AS cancel_me FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))"), nil))
		if err != nil {
			t.Error(err)
		}
		done <- response.Responses["A"]
	}()
	running := func() string {
		return clickhousetest.Run(t, "SELECT count() FROM system.processes WHERE query LIKE '%cancel_me%' AND query NOT LIKE '%system.processes%'")
	}
	eventually(t, "the query runs", func() bool { return running() == "1" })
	cancel()
	if response := <-done; response.Status != 499 {
		t.Errorf("got %d %v", response.Status, response.Error)
	}
	eventually(t, "the query has ended", func() bool { return running() == "0" })
}

func TestFiftyIdenticalPanelsAskOnce(t *testing.T) {
	address, count := counting(t)
	d := open(t, instance(address, nil))
	parallel(50, func(i int) {
		frame := frameOf(t, answerTo(t, d, sqlQuery(t, "SELECT sum(number) AS v, sleep(0.5) AS s FROM numbers(10)"), map[string]string{"http_X-Panel-Id": fmt.Sprint(i)}))
		if valueOf(t, frame, "v") != uint64(45) {
			t.Errorf("got %v", valueOf(t, frame, "v"))
		}
	})
	if got := count.Load(); got >= 50 {
		t.Errorf("the server was asked %d times", got)
	}
}

func TestFiftyDifferentPanelsGetTheirOwnAnswers(t *testing.T) {
	d := opened(t)
	parallel(50, func(i int) {
		frame := frameOf(t, answerTo(t, d, sqlQuery(t, fmt.Sprintf("SELECT %d AS v, sum(number) FROM numbers(100000)", i)), nil))
		if fmt.Sprint(valueOf(t, frame, "v")) != fmt.Sprint(i) {
			t.Errorf("panel %d got %v", i, valueOf(t, frame, "v"))
		}
	})
}

func parallel(n int, work func(int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { work(i) })
	}
	all.Wait()
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("not within 30 s: %s", what)
}
