package api_test

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWhatIsNotKnownIs404(t *testing.T) {
	server := serve(t)
	for _, path := range []string{
		"/api/nothing", "/api/annotations", "/api/dashboards/uid/nobody", "/api/datasources/uid/nobody",
		"/api/datasources/uid/nobody/health", "/api/datasources/uid/nobody/resources/a", "/api/plugins/nobody/settings",
		"/api/plugins/nobody/health", "/api/plugins/nobody/resources/a", "/preview/stream/nobody/a",
		"/preview/stream/events/unknown",
	} {
		status, headers, body := call(t, "GET", server.URL+path, "")
		if status != 404 || !strings.HasPrefix(headers.Get("Content-Type"), "application/json") {
			t.Errorf("%s: %d %s %s", path, status, headers.Get("Content-Type"), body)
		}
		var message struct{ Message string }
		if err := json.Unmarshal([]byte(body), &message); err != nil || message.Message == "" {
			t.Errorf("%s says %s", path, body)
		}
	}
	for _, path := range []string{"/elsewhere", "/public/img/", "/public/none.svg", "/preview/13/", "/preview/12/entry.js"} {
		if status, _, _ := call(t, "GET", server.URL+path, ""); status != 404 {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestHealthOfADataSource(t *testing.T) {
	server := serve(t)
	status, _, body := call(t, "GET", server.URL+"/api/datasources/uid/events/health", "")
	if status != 200 {
		t.Errorf("status is %d", status)
	}
	same(t, "good", body, `{"status": "OK", "message": "works"}`)
	status, _, body = call(t, "GET", server.URL+"/api/datasources/uid/broken/health", "")
	if status != 400 {
		t.Errorf("status is %d", status)
	}
	same(t, "bad", body, `{"status": "ERROR", "message": "no answer", "details": {"host": "nowhere"}}`)
}

func TestResourceCallReachesThePluginAndComesBackInParts(t *testing.T) {
	server := serve(t)
	status, headers, body := call(t, "POST", server.URL+"/api/datasources/uid/events/resources/a/b?c=d%20e", "text",
		"Cookie", "session=1")
	if status != 201 || headers.Get("X-Example") != "yes" || headers.Get("Content-Security-Policy") != "sandbox" {
		t.Errorf("%d %v", status, headers)
	}
	first, rest, _ := strings.Cut(body, "\n")
	same(t, "first part", first, `{"path": "a/b", "url": "a/b?c=d%20e", "method": "POST", "body": "text", "cookie": null}`)
	if rest != "more" {
		t.Errorf("second part is %q", rest)
	}
}

func TestStreamSendsThePacketsOfThePlugin(t *testing.T) {
	server := serve(t)
	status, headers, body := call(t, "GET", server.URL+"/preview/stream/events/live/events", "")
	if status != 200 || headers.Get("Content-Type") != "text/event-stream" {
		t.Errorf("%d %v", status, headers)
	}
	events := []string{}
	for _, event := range strings.Split(body, "\n\n") {
		if text, isData := strings.CutPrefix(event, "data: "); isData {
			events = append(events, text)
		}
	}
	if len(events) != 3 {
		t.Fatalf("events are %q", events)
	}
	same(t, "last", events[2], `{"schema": {"fields": [{"name": "count", "type": "number",
		"typeInfo": {"frame": "int64"}}]}, "data": {"values": [[2]]}}`)
}

func TestNoAnswerHoldsASecret(t *testing.T) {
	server := serve(t)
	for _, path := range []string{
		"/api/frontend/settings", "/api/datasources", "/api/datasources/uid/events", "/api/plugins",
		"/api/plugins/example-app/settings",
	} {
		if _, _, body := call(t, "GET", server.URL+path, ""); strings.Contains(body, "secret\"") || strings.Contains(body, "very secret") {
			t.Errorf("%s: %s", path, body)
		}
	}
	_, _, body := call(t, "GET", server.URL+"/api/datasources/uid/events", "")
	if !strings.Contains(body, `"secureJsonFields":{"password":true}`) {
		t.Errorf("which secrets are set is not said: %s", body)
	}
}

func TestFrontendSettings(t *testing.T) {
	server := serve(t)
	_, _, body := call(t, "GET", server.URL+"/api/frontend/settings?grafana=10", "")
	var settings struct {
		BuildInfo         struct{ Version string }
		DefaultDatasource string
		Datasources       map[string]struct {
			UID, Module string
			IsDefault   bool
			Meta        struct{ ID, Module, BaseURL string }
		}
		Apps map[string]struct {
			Path    string
			Preload bool
		}
	}
	if err := json.Unmarshal([]byte(body), &settings); err != nil {
		t.Fatal(err)
	}
	if settings.BuildInfo.Version != "10.1.5" || settings.DefaultDatasource != "Events" {
		t.Errorf("settings are %+v", settings)
	}
	events := settings.Datasources["Events"]
	if events.UID != "events" || !events.IsDefault || events.Meta.Module != "public/plugins/example-datasource/module.js" {
		t.Errorf("events are %+v", events)
	}
	if _, listed := settings.Datasources["Foreign"]; listed {
		t.Error("a data source without its plugin is listed")
	}
	if app := settings.Apps["example-app"]; app.Path != "public/plugins/example-app/module.js" || !app.Preload {
		t.Errorf("app is %+v", app)
	}
}

func TestAppSettingsForThePage(t *testing.T) {
	server := serve(t)
	_, _, body := call(t, "GET", server.URL+"/api/plugins/example-app/settings", "")
	var settings map[string]any
	if err := json.Unmarshal([]byte(body), &settings); err != nil {
		t.Fatal(err)
	}
	if settings["defaultNavUrl"] != "/a/example-app/start" || settings["enabled"] != true {
		t.Errorf("settings are %v", settings)
	}
	if data, _ := settings["jsonData"].(map[string]any); data["a"] != 1.0 {
		t.Errorf("jsonData is %v", settings["jsonData"])
	}
}

func TestDashboards(t *testing.T) {
	server := serve(t)
	_, _, body := call(t, "GET", server.URL+"/api/search", "")
	var hits []struct{ UID, Title, URL, FolderTitle string }
	if err := json.Unmarshal([]byte(body), &hits); err != nil {
		t.Fatal(err)
	}
	if len(hits) != 2 || hits[0].URL != "/d/funnel/a-funnel" || hits[1].FolderTitle != "Team" {
		t.Errorf("hits are %+v", hits)
	}
	_, _, body = call(t, "GET", server.URL+"/api/search?tag=x&query=FUNNEL", "")
	if strings.Count(body, `"uid"`) != 1 {
		t.Errorf("found %s", body)
	}
	_, _, body = call(t, "GET", server.URL+"/api/dashboards/uid/funnel", "")
	if !strings.Contains(body, `"dashboard":{"uid":"funnel"`) || !strings.Contains(body, `"provisioned":true`) {
		t.Errorf("dashboard is %s", body)
	}
}
