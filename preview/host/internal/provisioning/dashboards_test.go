package provisioning

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDashboardsAreReadWithTheirFolders(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "dashboards", "Product", "Deep")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		filepath.Join(dir, "dashboards", "b.json"): `{"uid": "b", "title": "Überblick: A/B 2"}`,
		filepath.Join(folder, "a.json"):            `{"uid": "a", "title": "Funnel", "tags": ["x"]}`,
		filepath.Join(dir, "dashboards", "c.yaml"): `providers: []`,
	}
	for path, text := range files {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	dashboards, err := ReadDashboards(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(dashboards) != 2 || dashboards[0].UID != "b" || dashboards[1].Folder != "Product/Deep" {
		t.Fatalf("dashboards are %+v", dashboards)
	}
	if dashboards[0].Slug != "berblick-a-b-2" {
		t.Errorf("slug is %s", dashboards[0].Slug)
	}
}

func TestADashboardThatCannotBeReadIsNamed(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "dashboards"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "dashboards", "broken.json"), []byte(`{"uid": `), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadDashboards(dir); err == nil || !strings.Contains(err.Error(), "broken.json") {
		t.Errorf("error is %v", err)
	}
}
