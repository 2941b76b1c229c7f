package provisioning

import "path/filepath"

// App is an entry of a file in provisioning/plugins: the settings of an app plugin.
type App struct {
	Type           string            `yaml:"type"`
	Disabled       flag              `yaml:"disabled"`
	JSONData       map[string]any    `yaml:"jsonData"`
	SecureJSONData map[string]string `yaml:"secureJsonData"`
}

// ReadApps reads dir/plugins/*.yaml; of two entries for one app the later holds.
func ReadApps(dir string, lookup func(string) string) (map[string]*App, error) {
	type document struct {
		Apps []*App `yaml:"apps"`
	}
	documents, err := eachDocument[document](filepath.Join(dir, "plugins"), lookup)
	if err != nil {
		return nil, err
	}
	apps := map[string]*App{}
	for _, document := range documents {
		for _, app := range document.Apps {
			apps[app.Type] = app
		}
	}
	return apps, nil
}
