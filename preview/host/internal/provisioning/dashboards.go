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

// ReadDashboards reads every *.json below dir/dashboards; a sub-folder is the dashboard's folder. The files are read
// anew with each call, so that an edited dashboard shows with the next load of the page.
func ReadDashboards(dir string) ([]*Dashboard, error) {
	root := filepath.Join(dir, "dashboards")
	found := []*Dashboard{}
	byUID := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() || filepath.Ext(path) != ".json" {
			return nil
		}
		dashboard, err := readDashboard(root, path)
		if err != nil {
			return err
		}
		if other, taken := byUID[dashboard.UID]; taken {
			return fmt.Errorf("dashboard uid %s is in %s and in %s", dashboard.UID, other, path)
		}
		byUID[dashboard.UID] = path
		found = append(found, dashboard)
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	sort.Slice(found, func(i, j int) bool {
		if found[i].Folder != found[j].Folder {
			return found[i].Folder < found[j].Folder
		}
		return found[i].Title < found[j].Title
	})
	return found, nil
}

func readDashboard(root, path string) (*Dashboard, error) {
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
	folder, err := filepath.Rel(root, filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	if folder == "." {
		folder = ""
	}
	if head.Tags == nil {
		head.Tags = []string{}
	}
	return &Dashboard{
		UID: head.UID, Title: head.Title, Tags: head.Tags, Folder: filepath.ToSlash(folder),
		Slug: slug(head.Title), Updated: info.ModTime(), JSON: text,
	}, nil
}

// slug is the readable part of a dashboard's address: lower case, everything but letters and digits is one hyphen.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}
