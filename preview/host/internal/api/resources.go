package api

import (
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
)

// /api/datasources/uid/UID/resources/PATH: the plugin's own HTTP interface, for one data source.
func (s *Server) dataSourceResource(w http.ResponseWriter, r *http.Request) {
	source := s.source(r.PathValue("uid"))
	if source == nil {
		writeError(w, http.StatusNotFound, "Data source not found")
		return
	}
	s.callResource(w, r, source.Type, s.sourceContext(r, source))
}

// /api/plugins/ID/resources/PATH: the same for an app.
func (s *Server) pluginResource(w http.ResponseWriter, r *http.Request) {
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
	s.callResource(w, r, id, context)
}

func (s *Server) callResource(w http.ResponseWriter, r *http.Request, pluginID string, context backend.PluginContext) {
	clients, err := s.clients(pluginID)
	if err != nil {
		pluginProblem(err).write(w)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		writeError(w, http.StatusBadRequest, "Failed for create plugin resource request")
		return
	}
	path := r.PathValue("path")
	stream, err := clients.Resource.CallResource(r.Context(), backend.ToProto().CallResourceRequest(
		&backend.CallResourceRequest{
			PluginContext: context,
			Path:          path,
			Method:        r.Method,
			URL:           (&url.URL{Path: path, RawQuery: r.URL.RawQuery}).String(),
			Headers:       forwardable(r.Header),
			Body:          body,
		}))
	if err != nil {
		pluginProblem(err).write(w)
		return
	}
	if err := sendStream(w, stream.Recv); err != nil && r.Context().Err() == nil {
		s.Log.Error("resource call failed", "plugin", pluginID, "path", path, "error", err)
	}
}

// forwardable are the headers that Grafana hands on: all but those of its own session.
func forwardable(headers http.Header) http.Header {
	copied := headers.Clone()
	for _, name := range []string{"Cookie", "Origin", "Referer", "X-Forwarded-Host", "X-Forwarded-Proto"} {
		copied.Del(name)
	}
	return copied
}

// sendStream writes the parts of an answer as they come. Status and headers are those of the first part.
func sendStream(w http.ResponseWriter, receive func() (*pluginv2.CallResourceResponse, error)) error {
	flush := http.NewResponseController(w)
	for sent := false; ; sent = true {
		message, err := receive()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if !sent {
				pluginProblem(err).write(w)
			}
			return err
		}
		part := backend.FromProto().CallResourceResponse(message)
		if !sent {
			for name, values := range part.Headers {
				for _, value := range values {
					w.Header().Add(name, value)
				}
			}
			w.Header().Set("Content-Security-Policy", "sandbox")
			w.WriteHeader(part.Status)
		}
		if _, err := w.Write(part.Body); err != nil {
			return err
		}
		if err := flush.Flush(); err != nil {
			return err
		}
	}
}
