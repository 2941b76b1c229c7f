package api_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/suuupra/analytics/preview/host/internal/api"
	"github.com/suuupra/analytics/preview/host/internal/plugins"
	"github.com/suuupra/analytics/preview/host/internal/provisioning"
	"github.com/suuupra/analytics/preview/host/internal/testplugin"
)

func TestMain(m *testing.M) { testplugin.Main(m) }

const sourcesFile = `
datasources:
  - {name: Events, uid: events, type: example-datasource, url: "http://127.0.0.1:1", isDefault: true,
     jsonData: {database: analytics}, secureJsonData: {password: very secret, empty: ""}}
  - {name: Broken, uid: broken, type: example-datasource}
  - {name: Foreign, uid: foreign, type: no-such-plugin}
`

// serve starts the host with the example plugin, its pages and two dashboards.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	pluginDir, provisioned, pages := t.TempDir(), t.TempDir(), t.TempDir()
	testplugin.Install(t, pluginDir)
	files := map[string]string{
		filepath.Join(provisioned, "datasources", "a.yaml"):         sourcesFile,
		filepath.Join(provisioned, "plugins", "a.yaml"):             "apps: [{type: example-app, jsonData: {a: 1}, secureJsonData: {token: very secret}}]",
		filepath.Join(provisioned, "dashboards", "a.yaml"):          "providers: [{options: {path: $GF_PATHS_PROVISIONING/dashboards, foldersFromFilesStructure: true}}]",
		filepath.Join(provisioned, "dashboards", "funnel.json"):     `{"uid": "funnel", "title": "A funnel", "tags": ["x", "y"], "panels": [{"id": 1}]}`,
		filepath.Join(provisioned, "dashboards", "Team", "ab.json"): `{"uid": "ab", "title": "A/B test"}`,
		filepath.Join(pages, "versions.json"):                       `{"10": "10.1.5", "13": "13.2.2"}`,
		filepath.Join(pages, "10", "page.html"):                     "page 10",
		filepath.Join(pages, "13", "page.html"):                     "page 13",
		filepath.Join(pages, "13", "entry.js"):                      "export {};",
		filepath.Join(pages, "13", "chunks", "start-1A2B.js"):       "export {};",
		filepath.Join(pages, "public", "img", "a.svg"):              "<svg/>",
	}
	for path, text := range files {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(newHost(t, pluginDir, provisioned, pages).Handler())
	t.Cleanup(server.Close)
	return server
}

func newHost(t *testing.T, pluginDir, provisioned, pages string) *api.Server {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	catalog, err := plugins.ReadCatalog(pluginDir)
	must(err)
	sources, err := provisioning.ReadDataSources(provisioned, os.Getenv)
	must(err)
	apps, err := provisioning.ReadApps(provisioned, os.Getenv)
	must(err)
	read, err := api.ReadPages(pages)
	must(err)
	log := hclog.NewNullLogger()
	running := plugins.StartBackend(catalog[testplugin.ID].ExecutablePath(), plugins.Environment("13.2.2"), log)
	t.Cleanup(running.Stop)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	must(running.Ready(ctx))
	return &api.Server{
		Catalog: catalog, Backends: map[string]*plugins.Backend{testplugin.ID: running}, Sources: sources, Apps: apps,
		Provisioning: provisioned, Pages: read, Log: log,
	}
}

// call sends a request and returns status, headers and body of the answer.
func call(t *testing.T, method, url, body string, headers ...string) (int, http.Header, string) {
	t.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(text)
}

// same compares JSON texts by value.
func same(t *testing.T, what, got, wanted string) {
	t.Helper()
	var gotValue, wantedValue any
	if err := json.Unmarshal([]byte(got), &gotValue); err != nil {
		t.Fatalf("%s: %v in %s", what, err, got)
	}
	if err := json.Unmarshal([]byte(wanted), &wantedValue); err != nil {
		t.Fatalf("%s: %v in %s", what, err, wanted)
	}
	gotText, _ := json.Marshal(gotValue)
	wantedText, _ := json.Marshal(wantedValue)
	if string(gotText) != string(wantedText) {
		t.Errorf("%s:\n got    %s\n wanted %s", what, gotText, wantedText)
	}
}
