package plugins_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/suuupra/analytics/preview/host/internal/plugins"
	"github.com/suuupra/analytics/preview/host/internal/testplugin"
)

func TestMain(m *testing.M) {
	if os.Getenv(roleVariable) != "" {
		beHost()
	}
	testplugin.Main(m)
}

func TestCatalogFindsNestedPlugins(t *testing.T) {
	dir := t.TempDir()
	testplugin.Install(t, dir)
	catalog, err := plugins.ReadCatalog(dir)
	if err != nil {
		t.Fatal(err)
	}
	nested := catalog[testplugin.ID]
	if len(catalog) != 2 || nested == nil {
		t.Fatalf("found %v", catalog)
	}
	if nested.Dir != filepath.Join(dir, "datasource") || nested.Version() != "1.2.3" {
		t.Errorf("nested plugin is %+v", nested)
	}
	if nested.Module() != "public/plugins/example-datasource/module.js" {
		t.Errorf("module is %s", nested.Module())
	}
	if apps := catalog.OfType("app"); len(apps) != 1 || apps[0].ID != "example-app" {
		t.Errorf("apps are %v", apps)
	}
}

func TestCatalogRefusesAnIDThatIsTaken(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		text := []byte(`{"id": "same", "type": "panel"}`)
		if err := os.WriteFile(filepath.Join(dir, name, "plugin.json"), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err := plugins.ReadCatalog(dir)
	if err == nil || !strings.Contains(err.Error(), "plugin same is in") {
		t.Errorf("error is %v", err)
	}
}

func TestCatalogRefusesAPluginWithoutType(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "plugin.json"), []byte(`{"id": "x"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := plugins.ReadCatalog(dir); err == nil {
		t.Error("it was taken")
	}
}
