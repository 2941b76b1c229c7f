package api

import (
	"encoding/json"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
)

// GET /api/datasources/uid/UID/health: what the plugin says of the data source; 400 unless it is OK.
func (s *Server) dataSourceHealth(w http.ResponseWriter, r *http.Request) {
	source := s.source(r.PathValue("uid"))
	if source == nil {
		writeError(w, http.StatusNotFound, "Data source not found")
		return
	}
	s.checkHealth(w, r, source.Type, s.sourceContext(r, source))
}

// GET /api/plugins/ID/health: the same for an app with a backend.
func (s *Server) pluginHealth(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if _, known := s.Catalog[id]; !known {
		writeError(w, http.StatusNotFound, "Plugin not found")
		return
	}
	context, err := s.appContext(r, id)
	if err != nil {
		writeError(w, http.StatusInternalServerError, "Failed to get plugin settings")
		return
	}
	s.checkHealth(w, r, id, context)
}

func (s *Server) checkHealth(w http.ResponseWriter, r *http.Request, pluginID string, context backend.PluginContext) {
	clients, err := s.clients(pluginID)
	if err != nil {
		pluginProblem(err).write(w)
		return
	}
	answer, err := clients.Diagnostics.CheckHealth(r.Context(), &pluginv2.CheckHealthRequest{
		PluginContext: backend.ToProto().PluginContext(context),
	})
	if err != nil {
		pluginProblem(err).write(w)
		return
	}
	result := backend.FromProto().CheckHealthResponse(answer)
	body := map[string]any{"status": result.Status.String(), "message": result.Message}
	if len(result.JSONDetails) > 0 {
		var details map[string]any
		if err := json.Unmarshal(result.JSONDetails, &details); err != nil {
			writeError(w, http.StatusInternalServerError, "Failed to unmarshal detailed response from backend plugin")
			return
		}
		body["details"] = details
	}
	statusCode := http.StatusOK
	if result.Status != backend.HealthStatusOk {
		statusCode = http.StatusBadRequest
	}
	writeJSON(w, statusCode, body)
}
