package api

import (
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"
)

// GET /public/plugins/ID/PATH: a file of a plugin, nested ones too, under the id of the nested plugin.
func (s *Server) pluginFile(w http.ResponseWriter, r *http.Request) {
	plugin, known := s.Catalog[r.PathValue("id")]
	if !known {
		writeError(w, http.StatusNotFound, "Plugin not found")
		return
	}
	name := r.PathValue("path")
	if !fs.ValidPath(name) || name == "." || s.isBinary(name) {
		writeError(w, http.StatusNotFound, "Plugin file not found")
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeFileFS(w, r, noListings{os.DirFS(plugin.Dir)}, name)
}

// isBinary says whether a file is the binary of a plugin, which is no business of a browser. An app's directory holds
// those of the plugins nested in it too.
func (s *Server) isBinary(name string) bool {
	for _, plugin := range s.Catalog {
		if plugin.Executable != "" && strings.HasPrefix(path.Base(name), path.Base(plugin.Executable)+"_") {
			return true
		}
	}
	return false
}

// noListings hides directories, so that a missing index file does not become a list of what is there.
type noListings struct{ fs.FS }

// Open opens a file; a directory does not exist.
func (n noListings) Open(name string) (fs.File, error) {
	file, err := n.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = fs.ErrNotExist
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return file, nil
}
