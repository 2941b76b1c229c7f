// Package api answers the part of Grafana's HTTP API that a page with panels, queries and apps needs. What it does not
// know it answers with 404, never with a made-up success.
package api

import (
	"net/http"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/hashicorp/go-hclog"

	"github.com/suuupra/analytics/preview/host/internal/plugins"
	"github.com/suuupra/analytics/preview/host/internal/provisioning"
)

// Server is everything that requests are answered from.
type Server struct {
	Catalog plugins.Catalog
	// Backends are the running binaries by plugin id.
	Backends map[string]*plugins.Backend
	Sources  []*provisioning.DataSource
	Apps     map[string]*provisioning.App
	// Provisioning is the directory whose dashboards are read with each request.
	Provisioning string
	Pages        *Pages
	Log          hclog.Logger
}

// Handler routes the requests.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/health", s.health)
	mux.HandleFunc("GET /api/frontend/settings", s.frontendSettings)
	mux.HandleFunc("GET /api/search", s.search)
	mux.HandleFunc("GET /api/dashboards/uid/{uid}", s.dashboard)
	mux.HandleFunc("GET /api/datasources", s.dataSources)
	mux.HandleFunc("GET /api/datasources/uid/{uid}", s.dataSource)
	mux.HandleFunc("GET /api/datasources/uid/{uid}/health", s.dataSourceHealth)
	mux.HandleFunc("/api/datasources/uid/{uid}/resources/{path...}", s.dataSourceResource)
	mux.HandleFunc("GET /api/plugins", s.plugins)
	mux.HandleFunc("GET /api/plugins/{id}/settings", s.pluginSettings)
	mux.HandleFunc("GET /api/plugins/{id}/health", s.pluginHealth)
	mux.HandleFunc("/api/plugins/{id}/resources/{path...}", s.pluginResource)
	mux.HandleFunc("POST /api/ds/query", s.query)
	// Not a route of Grafana: its page gets streams over a web socket, ours by server-sent events.
	mux.HandleFunc("GET /preview/stream/{uid}/{path...}", s.stream)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) { writeError(w, http.StatusNotFound, "Not found") })

	mux.HandleFunc("GET /public/plugins/{id}/{path...}", s.pluginFile)
	s.Pages.register(mux)
	return onlyLocal(mux)
}

// GET /api/health: that the host runs. It has no database; Grafana's clients look for this field.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"database": "ok", "version": s.Pages.version(r), "commit": "preview"})
}

// source finds a data source by uid.
func (s *Server) source(uid string) *provisioning.DataSource {
	for _, source := range s.Sources {
		if source.UID == uid {
			return source
		}
	}
	return nil
}

// clients are the calls of the binary of a plugin; ErrUnavailable while it is down, errNotImplemented without one.
func (s *Server) clients(pluginID string) (*plugins.Clients, error) {
	running, exists := s.Backends[pluginID]
	if !exists {
		return nil, errNotImplemented
	}
	return running.Clients()
}

// pluginContext says to a plugin on whose behalf it is called.
func (s *Server) pluginContext(r *http.Request, pluginID string) backend.PluginContext {
	context := backend.PluginContext{
		OrgID:         1,
		PluginID:      pluginID,
		User:          &backend.User{Login: "preview", Name: "Preview", Email: "preview@localhost", Role: "Admin"},
		GrafanaConfig: backend.NewGrafanaCfg(map[string]string{"GF_INSTANCE_VERSION": s.Pages.version(r)}),
	}
	if plugin, known := s.Catalog[pluginID]; known {
		context.PluginVersion = plugin.Version()
	}
	return context
}

func (s *Server) sourceContext(r *http.Request, source *provisioning.DataSource) backend.PluginContext {
	context := s.pluginContext(r, source.Type)
	context.DataSourceInstanceSettings = source.Settings()
	return context
}

func (s *Server) appContext(r *http.Request, pluginID string) (backend.PluginContext, error) {
	context := s.pluginContext(r, pluginID)
	settings, err := appSettings(s.Apps[pluginID])
	if err != nil {
		return context, err
	}
	context.AppInstanceSettings = settings
	return context, nil
}

// started is when the host began: the time of the last change of everything it was provisioned with.
var started = time.Now()
