package api_test

import (
	"strings"
	"testing"
	"time"
)

const queryPath = "/api/ds/query"

func TestQueryAnswersInTheWireFormatOfGrafana(t *testing.T) {
	server := serve(t)
	status, _, body := call(t, "POST", server.URL+queryPath, `{"from": "1700000000000", "to": "1700003600000", "queries": [
		{"refId": "A", "datasource": {"type": "example-datasource", "uid": "events"}, "intervalMs": 60000,
		 "maxDataPoints": 500, "queryType": "funnel"}]}`, "X-Panel-Id", "7")
	if status != 200 {
		t.Errorf("status is %d", status)
	}
	same(t, "answer", body, `{"results": {"A": {"status": 200, "frames": [{
		"schema": {"name": "echo", "refId": "A", "fields": [
			{"name": "from", "type": "time", "typeInfo": {"frame": "time.Time"}},
			{"name": "to", "type": "time", "typeInfo": {"frame": "time.Time"}},
			{"name": "interval_ms", "type": "number", "typeInfo": {"frame": "int64"}},
			{"name": "max_data_points", "type": "number", "typeInfo": {"frame": "int64"}},
			{"name": "query_type", "type": "string", "typeInfo": {"frame": "string"}},
			{"name": "url", "type": "string", "typeInfo": {"frame": "string"}},
			{"name": "password", "type": "string", "typeInfo": {"frame": "string"}},
			{"name": "panel", "type": "string", "typeInfo": {"frame": "string"}}]},
		"data": {"values": [[1700000000000], [1700003600000], [60000], [500], ["funnel"], ["http://127.0.0.1:1"],
			["very secret"], ["7"]]}}]}}}`)
}

func TestQueryDefaultsAreThoseOfGrafana(t *testing.T) {
	server := serve(t)
	before := time.Now().UnixMilli()
	_, _, body := call(t, "POST", server.URL+queryPath,
		`{"from": "now-1h", "to": "now", "queries": [{"datasource": "events"}]}`)
	if !strings.Contains(body, `"A":{"status":200`) {
		t.Errorf("the query is not A: %s", body)
	}
	if !strings.Contains(body, `[1000],[100],[""]`) {
		t.Errorf("interval, points and type are others: %s", body)
	}
	from := int64(0)
	if _, rest, found := strings.Cut(body, `"values":[[`); found {
		for _, digit := range rest[:strings.IndexByte(rest, ']')] {
			from = from*10 + int64(digit-'0')
		}
	}
	if distance := before - from - time.Hour.Milliseconds(); distance < -60_000 || distance > 60_000 {
		t.Errorf("now-1h is %d ms off", distance)
	}
}

func TestQueryWithItsOwnTimeRangeKeepsIt(t *testing.T) {
	server := serve(t)
	_, _, body := call(t, "POST", server.URL+queryPath, `{"from": "1", "to": "2", "queries": [
		{"datasource": {"uid": "events"}, "timeRange": {"from": "1700000000000", "to": "1700000001000"}}]}`)
	if !strings.Contains(body, `[[1700000000000],[1700000001000]`) {
		t.Errorf("answer is %s", body)
	}
}

func TestQueryThatThePluginRefusesMakesTheAnswer400AndKeepsTheOthers(t *testing.T) {
	server := serve(t)
	status, _, body := call(t, "POST", server.URL+queryPath, `{"from": "1", "to": "2", "queries": [
		{"refId": "A", "datasource": {"uid": "events"}, "kind": "refuse"},
		{"refId": "B", "datasource": {"uid": "events"}}]}`)
	if status != 400 {
		t.Errorf("status is %d", status)
	}
	for _, part := range []string{`"A":{"error":"unknown column"`, `"status":400,"frames":[]`, `"B":{"status":200,"frames":[{`} {
		if !strings.Contains(body, part) {
			t.Errorf("%s is not in %s", part, body)
		}
	}
}

func TestQueriesOfSeveralDataSourcesFailApart(t *testing.T) {
	server := serve(t)
	status, _, body := call(t, "POST", server.URL+queryPath, `{"from": "1", "to": "2", "queries": [
		{"refId": "A", "datasource": {"uid": "events"}},
		{"refId": "B", "datasource": {"uid": "broken"}, "kind": "break"}]}`)
	if status != 400 || !strings.Contains(body, `"A":{"status":200`) {
		t.Errorf("%d %s", status, body)
	}
	if !strings.Contains(body, `"B":{"error":"An error occurred within the plugin"`) {
		t.Errorf("answer is %s", body)
	}
}

func TestQueriesThatCannotBeRunAreRefusedInTheWordsOfGrafana(t *testing.T) {
	server := serve(t)
	for _, example := range []struct {
		body   string
		status int
		answer string
	}{
		{`{`, 400, `{"message": "bad request data"}`},
		{`{"queries": []}`, 400,
			`{"message": "No queries found", "messageId": "query.noQueries", "statusCode": 400, "traceID": ""}`},
		{`{"queries": [{"refId": "A"}]}`, 400, `{"message": "Query does not contain a valid data source identifier",
			"messageId": "query.invalidDatasourceId", "statusCode": 400, "traceID": ""}`},
		{`{"queries": [{"refId": "A", "datasource": {"uid": "events"}}, {"refId": "A", "datasource": {"uid": "events"}}]}`,
			400, `{"message": "Multiple queries using the same RefId is not allowed ",
			"messageId": "query.duplicateRefId", "statusCode": 400, "traceID": ""}`},
		{`{"queries": [{"datasource": {"uid": "nobody"}}]}`, 404,
			`{"message": "Data source not found", "statusCode": 404, "traceID": ""}`},
		{`{"queries": [{"datasource": {"uid": "foreign"}}]}`, 404,
			`{"message": "Not found", "messageId": "plugin.notImplemented", "statusCode": 404, "traceID": ""}`},
		{`{"queries": [{"datasource": {"type": "__expr__", "uid": "__expr__"}}]}`, 404,
			`{"message": "The preview evaluates no server-side expressions", "statusCode": 404, "traceID": ""}`},
		{`{"queries": [{"datasource": {"uid": "events"}, "kind": "break"}]}`, 500,
			`{"message": "An error occurred within the plugin", "messageId": "plugin.downstreamError", "statusCode": 500,
			"traceID": ""}`},
	} {
		status, _, body := call(t, "POST", server.URL+queryPath, example.body)
		if status != example.status {
			t.Errorf("%s: status is %d, wanted %d", example.body, status, example.status)
		}
		same(t, example.body, body, example.answer)
	}
}

func TestQueryWhoseProcessDiesIsUnavailableAndTheNextOneWorks(t *testing.T) {
	server := serve(t)
	status, _, body := call(t, "POST", server.URL+queryPath,
		`{"queries": [{"datasource": {"uid": "events"}, "kind": "exit"}]}`)
	if status != 503 || !strings.Contains(body, "Plugin unavailable") {
		t.Errorf("%d %s", status, body)
	}
	deadline := time.Now().Add(30 * time.Second)
	for status != 200 && time.Now().Before(deadline) {
		time.Sleep(50 * time.Millisecond)
		status, _, _ = call(t, "POST", server.URL+queryPath, `{"queries": [{"datasource": {"uid": "events"}}]}`)
	}
	if status != 200 {
		t.Errorf("status is still %d", status)
	}
}
