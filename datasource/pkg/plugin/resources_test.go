package plugin

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/suuupra/analytics/datasource/pkg/clickhousetest"
)

// resource calls a resource as the editor does and decodes what it answers.
func resource[T any](t *testing.T, d *Datasource, method, path, body string) (status int, out T) {
	t.Helper()
	request := &backend.CallResourceRequest{Method: method, Path: strings.SplitN(path, "?", 2)[0], URL: path, Body: []byte(body)}
	err := d.CallResource(context.Background(), request, backend.CallResourceResponseSenderFunc(func(response *backend.CallResourceResponse) error {
		status = response.Status
		return json.Unmarshal(response.Body, &out)
	}))
	if err != nil {
		t.Fatal(err)
	}
	return status, out
}

func namesOf(t *testing.T, d *Datasource, path string) []string {
	t.Helper()
	status, found := resource[[]found](t, d, http.MethodGet, path, "")
	if status != http.StatusOK {
		t.Fatalf("%s: %d %v", path, status, found)
	}
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = f.Name
	}
	return names
}

func TestEditorsFindWhatThereIs(t *testing.T) {
	database := analytics(t)
	address, count := counting(t)
	d := open(t, instance(address, withJSON(`{"database": "`+database+`"}`)))
	for path, want := range map[string][]string{
		"schemas":                           {database, "system"},
		"tables":                            {"events", "unique_events"},
		"tables?database=system":            {"one", "functions"},
		"columns?table=events":              {"event_id", "event_type", "_offset"},
		"columns?database=system&table=one": {"dummy"},
		"functions":                         {"windowFunnel", "toDateTime", "$__timeFilter"},
		"events":                            {"page_view", "purchase"},
		"properties?event=purchase":         {"event_type", "device", "coupon", "plan.name"},
		"values?property=device":            {"mobile", "web"},
		"values?property=coupon&search=spr": {"SPRING"},
		"values?property=plan.name":         {"pro"},
		"values?property=device&event=purchase&search=WE": {"web"},
	} {
		names := namesOf(t, d, path)
		for _, name := range want {
			if !slices.Contains(names, name) {
				t.Errorf("%s has no %s: %v", path, name, names)
			}
		}
	}
	for path, unwanted := range map[string]string{
		"properties?event=page_view": "coupon", "properties": "properties", "values?property=device&search=WE": "mobile", "values?property=nope": "web",
	} {
		if names := namesOf(t, d, path); slices.Contains(names, unwanted) {
			t.Errorf("%s has %s: %v", path, unwanted, names)
		}
	}
	before := count.Load()
	namesOf(t, d, "events")
	if asked := count.Load() - before; asked != 0 {
		t.Errorf("events were asked for again, %d times", asked)
	}
}

func TestAnInjectionIsOnlyAName(t *testing.T) {
	database := analytics(t)
	d := open(t, instance(clickhousetest.URL(t), withJSON(`{"database": "`+database+`"}`)))
	for _, path := range []string{
		"columns?table=" + "x%27%20OR%20%271%27=%271", "values?property=a%60%29%20OR%201%20--", "values?property=device&search=%27%29%20OR%201%20--",
		"events?x=1", "properties?event=%27%20OR%201=1%20--",
	} {
		names := namesOf(t, d, path)
		if strings.HasPrefix(path, "columns") && len(names) > 0 || strings.HasPrefix(path, "values") && len(names) > 0 {
			t.Errorf("%s found %v", path, names)
		}
	}
}

func TestValidationSaysWhereAQueryIsWrong(t *testing.T) {
	d := opened(t)
	type verdict struct {
		Valid         bool
		Message, Kind string
		Line, Column  int
	}
	for _, c := range []struct {
		sql    string
		status int
		want   verdict
	}{
		{"SELECT {p:String}, $__timeFilter(now())", 200, verdict{Valid: true}},
		{"SELECT sum(number) FROM numbers(1000000000000);", 200, verdict{Valid: true}},
		{"SELECT 1\n  WHERE = x", 400, verdict{Kind: "query", Line: 2, Column: 9}},
		{"SELECT nope FROM numbers(1)", 400, verdict{Kind: "query"}},
		{"DROP TABLE x", 403, verdict{Kind: "permission"}},
		{"SELECT $__nope", 400, verdict{Kind: "query"}},
	} {
		body, _ := json.Marshal(map[string]any{"rawSql": c.sql, "params": map[string]any{"p": map[string]any{"type": "String", "value": "x"}}})
		status, got := resource[verdict](t, d, http.MethodPost, "validate", string(body))
		got.Message = ""
		if got.Column > 0 && c.want.Column == 0 {
			got.Line, got.Column = 0, 0
		}
		if status != c.status || got != c.want {
			t.Errorf("%s: %d %+v", c.sql, status, got)
		}
	}
}

func TestFormattingKeepsMacrosAndRefusesToLoseComments(t *testing.T) {
	d := opened(t)
	type laidOut struct{ SQL, Message string }
	_, got := resource[laidOut](t, d, http.MethodPost, "format", `{"rawSql": "select a, {p:String} from t where $__timeFilter(ts) and b = '$__x'"}`)
	if want := "SELECT\n    a,\n    {p:String}\nFROM t\nWHERE $__timeFilter(ts) AND (b = '$__x')"; got.SQL != want {
		t.Errorf("got %q", got.SQL)
	}
	if status, got := resource[laidOut](t, d, http.MethodPost, "format", `{"rawSql": "select 1 -- why"}`); status != http.StatusBadRequest || !strings.Contains(got.Message, "comments") {
		t.Errorf("%d %+v", status, got)
	}
}

func TestAnUnknownResourceIsNotFound(t *testing.T) {
	request := &backend.CallResourceRequest{Method: http.MethodGet, Path: "nope", URL: "nope"}
	err := opened(t).CallResource(context.Background(), request, backend.CallResourceResponseSenderFunc(func(response *backend.CallResourceResponse) error {
		if response.Status != http.StatusNotFound {
			t.Errorf("got %d", response.Status)
		}
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
}
