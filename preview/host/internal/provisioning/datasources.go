package provisioning

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// DataSource is an entry of a file in provisioning/datasources.
type DataSource struct {
	ID             int64             `yaml:"-"`
	UID            string            `yaml:"uid"`
	Name           string            `yaml:"name"`
	Type           string            `yaml:"type"`
	Access         string            `yaml:"access"`
	URL            string            `yaml:"url"`
	User           string            `yaml:"user"`
	Database       string            `yaml:"database"`
	BasicAuth      flag              `yaml:"basicAuth"`
	BasicAuthUser  string            `yaml:"basicAuthUser"`
	IsDefault      flag              `yaml:"isDefault"`
	JSONData       map[string]any    `yaml:"jsonData"`
	SecureJSONData map[string]string `yaml:"secureJsonData"`

	settings json.RawMessage
	read     time.Time
}

// Settings are the data source as its plugin gets it, with the secrets.
func (d *DataSource) Settings() *backend.DataSourceInstanceSettings {
	return &backend.DataSourceInstanceSettings{
		ID:                      d.ID,
		UID:                     d.UID,
		Type:                    d.Type,
		Name:                    d.Name,
		URL:                     d.URL,
		User:                    d.User,
		Database:                d.Database,
		BasicAuthEnabled:        bool(d.BasicAuth),
		BasicAuthUser:           d.BasicAuthUser,
		JSONData:                d.settings,
		DecryptedSecureJSONData: d.SecureJSONData,
		Updated:                 d.read,
	}
}

// ReadDataSources reads dir/datasources/*.yaml. Names and uids are unique and at most one is the default.
func ReadDataSources(dir string, lookup func(string) string) ([]*DataSource, error) {
	type document struct {
		DataSources []*DataSource `yaml:"datasources"`
	}
	documents, err := eachDocument[document](filepath.Join(dir, "datasources"), lookup)
	if err != nil {
		return nil, err
	}
	found := []*DataSource{}
	taken := map[string]bool{}
	defaults := 0
	for _, document := range documents {
		for _, source := range document.DataSources {
			if source.Name == "" || source.Type == "" {
				return nil, fmt.Errorf("data source %q: name and type must not be empty", source.Name)
			}
			if source.UID == "" {
				source.UID = source.Name
			}
			if taken["name "+source.Name] || taken["uid "+source.UID] {
				return nil, fmt.Errorf("data source %q (uid %s) is defined twice", source.Name, source.UID)
			}
			taken["name "+source.Name], taken["uid "+source.UID] = true, true
			if source.IsDefault {
				defaults++
			}
			if err := source.complete(int64(len(found) + 1)); err != nil {
				return nil, err
			}
			found = append(found, source)
		}
	}
	if defaults > 1 {
		return nil, fmt.Errorf("%d data sources are marked as the default", defaults)
	}
	return found, nil
}

func (d *DataSource) complete(id int64) error {
	if d.JSONData == nil {
		d.JSONData = map[string]any{}
	}
	settings, err := json.Marshal(d.JSONData)
	if err != nil {
		return fmt.Errorf("data source %q: jsonData: %w", d.Name, err)
	}
	if d.Access == "" {
		d.Access = "proxy"
	}
	d.ID, d.settings, d.read = id, settings, time.Now()
	return nil
}
