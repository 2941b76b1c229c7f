package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// Pages is the directory with the built pages: one folder for each generation of Grafana, public/ with the icons and
// fonts that all of them load, and versions.json, which says the exact version of each generation.
type Pages struct {
	dir      string
	versions map[string]string
}

// defaultGeneration is shown to who does not ask for another.
const defaultGeneration = "13"

// generationCookie keeps the generation that was last asked for, so that links need not carry it.
const generationCookie = "preview-grafana"

// ReadPages reads dir/versions.json.
func ReadPages(dir string) (*Pages, error) {
	text, err := os.ReadFile(filepath.Join(dir, "versions.json"))
	if err != nil {
		return nil, fmt.Errorf("the pages are not built: %w", err)
	}
	pages := &Pages{dir: dir}
	if err := json.Unmarshal(text, &pages.versions); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, "versions.json"), err)
	}
	if pages.versions[defaultGeneration] == "" {
		return nil, fmt.Errorf("%s names no generation %s", filepath.Join(dir, "versions.json"), defaultGeneration)
	}
	return pages, nil
}

// Version is the exact version of the default generation.
func (p *Pages) Version() string { return p.versions[defaultGeneration] }

func (p *Pages) register(mux *http.ServeMux) {
	for generation := range p.versions {
		prefix := "/preview/" + generation + "/"
		mux.Handle("GET "+prefix, http.StripPrefix(prefix, p.files(generation)))
	}
	mux.Handle("GET /public/", http.StripPrefix("/public/", p.files("public")))
	for _, route := range []string{"/{$}", "/dashboards", "/d/{uid}", "/d/{uid}/{slug}", "/datasource/{uid}", "/a/"} {
		mux.HandleFunc("GET "+route, p.index)
	}
}

func (p *Pages) files(folder string) http.Handler {
	server := http.FileServerFS(noListings{os.DirFS(filepath.Join(p.dir, folder))})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", caching(r.URL.Path))
		server.ServeHTTP(w, r)
	})
}

// caching: a file whose name carries a hash of its contents never changes; for others the browser asks each time.
func caching(name string) string {
	if strings.HasPrefix(name, "chunks/") || strings.HasPrefix(name, "assets/") {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

// generation is what the request asks for (?grafana=10), else what it asked for last.
func (p *Pages) generation(r *http.Request) string {
	wanted := r.URL.Query().Get("grafana")
	if wanted == "" {
		if cookie, err := r.Cookie(generationCookie); err == nil {
			wanted = cookie.Value
		}
	}
	if p.versions[wanted] == "" {
		return defaultGeneration
	}
	return wanted
}

func (p *Pages) version(r *http.Request) string { return p.versions[p.generation(r)] }

// index answers with the page of the generation. Its content security policy lets through what Grafana's own lets
// through; only the module loader of 10.1 evaluates text as a script.
func (p *Pages) index(w http.ResponseWriter, r *http.Request) {
	generation := p.generation(r)
	scripts := "'self'"
	if generation == "10" {
		scripts = "'self' 'unsafe-eval' 'unsafe-inline'"
	}
	http.SetCookie(w, &http.Cookie{
		Name: generationCookie, Value: generation, Path: "/", SameSite: http.SameSiteStrictMode, HttpOnly: true,
	})
	w.Header().Set("Content-Security-Policy", "default-src 'self'; script-src "+scripts+
		"; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "+
		"object-src 'none'; base-uri 'self'; frame-ancestors 'none'")
	w.Header().Set("Cache-Control", "no-store")
	http.ServeFile(w, r, filepath.Join(p.dir, generation, "page.html"))
}
