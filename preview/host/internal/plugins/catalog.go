// Package plugins finds Grafana plugins in a directory and runs the binaries of those that have a backend.
package plugins

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sort"
)

// Plugin is one plugin directory: its plugin.json and where it lies.
type Plugin struct {
	ID            string         `json:"id"`
	Type          string         `json:"type"`
	Name          string         `json:"name"`
	Executable    string         `json:"executable"`
	Backend       bool           `json:"backend"`
	Preload       bool           `json:"preload"`
	SkipDataQuery bool           `json:"skipDataQuery"`
	Info          map[string]any `json:"info"`
	Includes      []Include      `json:"includes"`

	// JSON is the whole plugin.json as it was read; the page gets it unchanged.
	JSON map[string]any `json:"-"`
	// Dir is the directory that holds plugin.json; its files are served under /public/plugins/ID/.
	Dir string `json:"-"`
}

// Include is an entry of `includes` in plugin.json: a page or a dashboard of an app.
type Include struct {
	Type       string `json:"type"`
	Name       string `json:"name"`
	Path       string `json:"path"`
	DefaultNav bool   `json:"defaultNav"`
}

// Version is the version in plugin.json, empty when it names none.
func (p *Plugin) Version() string {
	version, _ := p.Info["version"].(string)
	return version
}

// Module is the address of the plugin's module as Grafana 13 names it, relative to the root of the server.
func (p *Plugin) Module() string { return p.BaseURL() + "/module.js" }

// BaseURL is the address of the plugin's files, relative to the root of the server.
func (p *Plugin) BaseURL() string { return "public/plugins/" + p.ID }

// ExecutablePath is the binary of the plugin for this machine, by the naming rule of Grafana.
func (p *Plugin) ExecutablePath() string {
	name := fmt.Sprintf("%s_%s_%s", p.Executable, runtime.GOOS, runtime.GOARCH)
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(p.Dir, name)
}

// Catalog holds the plugins by id.
type Catalog map[string]*Plugin

// ReadCatalog reads every plugin.json below dir, those of plugins nested in an app too.
// Two plugins with one id are an error, as is a plugin.json without id or type.
func ReadCatalog(dir string) (Catalog, error) {
	catalog := Catalog{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if entry.IsDir() || entry.Name() != "plugin.json" {
			return nil
		}
		plugin, err := readPlugin(path)
		if err != nil {
			return err
		}
		if other, taken := catalog[plugin.ID]; taken {
			return fmt.Errorf("plugin %s is in %s and in %s", plugin.ID, other.Dir, plugin.Dir)
		}
		catalog[plugin.ID] = plugin
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("plugins in %s: %w", dir, err)
	}
	return catalog, nil
}

func readPlugin(path string) (*Plugin, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	plugin := &Plugin{Dir: filepath.Dir(path)}
	if err := json.Unmarshal(text, plugin); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := json.Unmarshal(text, &plugin.JSON); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if plugin.ID == "" || plugin.Type == "" {
		return nil, fmt.Errorf("%s: id and type must not be empty", path)
	}
	return plugin, nil
}

// OfType lists the plugins of one type (app, datasource, panel), sorted by id.
func (c Catalog) OfType(kind string) []*Plugin {
	found := []*Plugin{}
	for _, plugin := range c {
		if plugin.Type == kind {
			found = append(found, plugin)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].ID < found[j].ID })
	return found
}
