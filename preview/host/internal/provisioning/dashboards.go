package provisioning

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// Dashboard is a file below provisioning/dashboards: its JSON as it is, and what a list of dashboards shows.
type Dashboard struct {
	UID     string
	Title   string
	Tags    []string
	Folder  string
	Slug    string
	Updated time.Time
	JSON    json.RawMessage
}

// provider is an entry of a file in provisioning/dashboards: a directory with dashboards, and the folder they are in.
type provider struct {
	Folder  string `yaml:"folder"`
	Options struct {
		Path                      string `yaml:"path"`
		FoldersFromFilesStructure flag   `yaml:"foldersFromFilesStructure"`
	} `yaml:"options"`
}

// ReadDashboards reads the dashboards of every provider in dir/dashboards/*.yaml. The files are read anew with each
// call, so that an edited dashboard shows with the next load of the page. A relative path starts where the host runs.
func ReadDashboards(dir string, lookup func(string) string) ([]*Dashboard, error) {
	type document struct {
		Providers []provider `yaml:"providers"`
	}
	documents, err := eachDocument[document](filepath.Join(dir, "dashboards"), lookup)
	if err != nil {
		return nil, err
	}
	found := []*Dashboard{}
	byUID := map[string]string{}
	for _, document := range documents {
		for _, provider := range document.Providers {
			if err := provider.each(func(path string, dashboard *Dashboard) error {
				if other, taken := byUID[dashboard.UID]; taken {
					return fmt.Errorf("dashboard uid %s is in %s and in %s", dashboard.UID, other, path)
				}
				byUID[dashboard.UID] = path
				found = append(found, dashboard)
				return nil
			}); err != nil {
				return nil, err
			}
		}
	}
	sort.Slice(found, func(i, j int) bool {
		if found[i].Folder != found[j].Folder {
			return found[i].Folder < found[j].Folder
		}
		return found[i].Title < found[j].Title
	})
	return found, nil
}

// each reads the dashboards of a provider, those in sub-directories too.
func (p *provider) each(take func(path string, dashboard *Dashboard) error) error {
	return filepath.WalkDir(p.Options.Path, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		dashboard, err := readDashboard(path)
		if err != nil {
			return err
		}
		dashboard.Folder = p.Folder
		if inner := filepath.Dir(path); p.Options.FoldersFromFilesStructure && inner != filepath.Clean(p.Options.Path) {
			dashboard.Folder = filepath.Base(inner)
		}
		return take(path, dashboard)
	})
}

func readDashboard(path string) (*Dashboard, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var head struct {
		UID   string   `json:"uid"`
		Title string   `json:"title"`
		Tags  []string `json:"tags"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if head.UID == "" || head.Title == "" {
		return nil, fmt.Errorf("%s: uid and title must not be empty", path)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if head.Tags == nil {
		head.Tags = []string{}
	}
	return &Dashboard{
		UID: head.UID, Title: head.Title, Tags: head.Tags, Slug: slug(head.Title), Updated: info.ModTime(), JSON: text,
	}, nil
}

// slug is the readable part of a dashboard's address: lower case, everything but letters and digits is one hyphen.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}
