package provisioning

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func provision(t *testing.T, kind, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, kind), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, kind, "a.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestDataSourceValuesComeFromTheEnvironment(t *testing.T) {
	dir := provision(t, "datasources", `
apiVersion: 1
datasources:
  - name: Events
    uid: events
    type: example-datasource
    url: ${EXAMPLE_URL}
    isDefault: $EXAMPLE_DEFAULT
    jsonData:
      port: $EXAMPLE_PORT
      limit: 10
      nested: { list: ["$EXAMPLE_URL"] }
    secureJsonData:
      password: $EXAMPLE_PASSWORD
`)
	environment := map[string]string{"EXAMPLE_URL": "http://127.0.0.1:8123", "EXAMPLE_DEFAULT": "true",
		"EXAMPLE_PORT": "9000", "EXAMPLE_PASSWORD": "secret: #1"}
	sources, err := ReadDataSources(dir, func(name string) string { return environment[name] })
	if err != nil {
		t.Fatal(err)
	}
	settings := sources[0].Settings()
	if settings.URL != "http://127.0.0.1:8123" || settings.DecryptedSecureJSONData["password"] != "secret: #1" {
		t.Errorf("settings are %+v", settings)
	}
	// Text stays text, as in Grafana, whatever a variable holds.
	wanted := `{"limit":10,"nested":{"list":["http://127.0.0.1:8123"]},"port":"9000"}`
	if string(settings.JSONData) != wanted {
		t.Errorf("jsonData is %s, wanted %s", settings.JSONData, wanted)
	}
	if !sources[0].IsDefault {
		t.Error("it is not the default")
	}
}

func TestDataSourcesThatContradictEachOtherAreRefused(t *testing.T) {
	for name, entries := range map[string]string{
		"is defined twice":       "[{name: A, type: x}, {name: A, type: x}]",
		"marked as the default":  "[{name: A, type: x, isDefault: true}, {name: B, type: x, isDefault: true}]",
		"type must not be empty": "[{name: A}]",
		`neither true nor false`: "[{name: A, type: x, isDefault: maybe}]",
		"cannot unmarshal":       "[text]",
	} {
		dir := provision(t, "datasources", "datasources: "+entries)
		_, err := ReadDataSources(dir, os.Getenv)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error is %v, wanted %q", entries, err, name)
		}
	}
}

func TestAProvisioningDirectoryWithoutFilesIsEmpty(t *testing.T) {
	dir := t.TempDir()
	sources, err := ReadDataSources(dir, os.Getenv)
	if err != nil || len(sources) != 0 {
		t.Errorf("%v, %v", sources, err)
	}
	if dashboards, err := ReadDashboards(dir, os.Getenv); err != nil || len(dashboards) != 0 {
		t.Errorf("%v, %v", dashboards, err)
	}
}

func TestAppSettings(t *testing.T) {
	dir := provision(t, "plugins", "apps: [{type: example-app, disabled: false, jsonData: {a: $A}}]")
	apps, err := ReadApps(dir, func(string) string { return "b" })
	if err != nil {
		t.Fatal(err)
	}
	if app := apps["example-app"]; app == nil || app.JSONData["a"] != "b" || bool(app.Disabled) {
		t.Errorf("apps are %v", apps)
	}
}
