package provisioning

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"go.yaml.in/yaml/v3"
)

// eachDocument decodes every YAML file directly in dir, in order of names, with its values expanded, into a new T.
// A directory that does not exist holds no files.
func eachDocument[T any](dir string, lookup func(string) string) ([]T, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	documents := []T{}
	for _, entry := range entries {
		extension := filepath.Ext(entry.Name())
		if entry.IsDir() || (extension != ".yaml" && extension != ".yml") {
			continue
		}
		document, err := decode[T](filepath.Join(dir, entry.Name()), lookup)
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
	return documents, nil
}

func decode[T any](path string, lookup func(string) string) (T, error) {
	var document T
	text, err := os.ReadFile(path)
	if err != nil {
		return document, err
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return document, fmt.Errorf("%s: %w", path, err)
	}
	if err := expandNode(&root, lookup); err != nil {
		return document, fmt.Errorf("%s: %w", path, err)
	}
	if err := root.Decode(&document); err != nil {
		return document, fmt.Errorf("%s: %w", path, err)
	}
	return document, nil
}
