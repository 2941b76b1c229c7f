package provisioning

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const providers = `
providers:
  - {name: plain, folder: Product, options: {path: "$GF_PATHS_PROVISIONING/dashboards/plain"}}
  - {name: deep, folder: Other, options: {path: "$GF_PATHS_PROVISIONING/dashboards/deep", foldersFromFilesStructure: true}}
`

// dashboards writes files below dashboards/ and returns the provisioning directory.
func dashboards(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, "dashboards", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestDashboardsAreThoseOfTheProvidersWithTheirFolders(t *testing.T) {
	dir := dashboards(t, map[string]string{
		"providers.yaml":    providers,
		"plain/a.json":      `{"uid": "a", "title": "Überblick: A/B 2", "tags": ["x"]}`,
		"plain/sub/b.json":  `{"uid": "b", "title": "B"}`,
		"deep/c.json":       `{"uid": "c", "title": "C"}`,
		"deep/Team/d.json":  `{"uid": "d", "title": "D"}`,
		"elsewhere/e.json":  `{"uid": "e", "title": "Not of any provider"}`,
		"plain/README.text": `not a dashboard`,
	})
	found, err := ReadDashboards(dir, Lookup(dir))
	if err != nil {
		t.Fatal(err)
	}
	folders := map[string]string{}
	for _, dashboard := range found {
		folders[dashboard.UID] = dashboard.Folder
	}
	wanted := map[string]string{"a": "Product", "b": "Product", "c": "Other", "d": "Team"}
	if !maps.Equal(folders, wanted) {
		t.Errorf("folders are %v, wanted %v", folders, wanted)
	}
	for _, dashboard := range found {
		if dashboard.UID == "a" && (dashboard.Slug != "berblick-a-b-2" || len(dashboard.Tags) != 1) {
			t.Errorf("dashboard is %+v", dashboard)
		}
	}
}

func TestADashboardThatCannotBeReadIsNamed(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"broken.json":               {"plain/broken.json": `{"uid": `, "deep/a.json": `{"uid": "a", "title": "A"}`},
		"uid and title must not":    {"plain/a.json": `{"uid": "a"}`, "deep/b.json": `{"uid": "b", "title": "B"}`},
		"dashboard uid same is in":  {"plain/a.json": `{"uid": "same", "title": "A"}`, "deep/b.json": `{"uid": "same", "title": "B"}`},
		"no such file or directory": {"plain/a.json": `{"uid": "a", "title": "A"}`},
	} {
		files["providers.yaml"] = providers
		dir := dashboards(t, files)
		if _, err := ReadDashboards(dir, Lookup(dir)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("error is %v, wanted %q", err, name)
		}
	}
}

func TestADirectoryThatTheEnvironmentNamesGoesFirst(t *testing.T) {
	if value := Lookup("here")("GF_PATHS_PROVISIONING"); value != "here" {
		t.Errorf("without a variable it is %s", value)
	}
	t.Setenv("GF_PATHS_PROVISIONING", "/etc/grafana/provisioning")
	if value := Lookup("here")("GF_PATHS_PROVISIONING"); value != "/etc/grafana/provisioning" {
		t.Errorf("with a variable it is %s", value)
	}
}
