package api

import (
	"encoding/json"
	"errors"
	"net/http"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/suuupra/analytics/preview/host/internal/plugins"
)

var errNotImplemented = errors.New("method not implemented")

// problem is an error in the form in which Grafana writes one to the wire.
type problem struct {
	Message    string `json:"message"`
	MessageID  string `json:"messageId,omitempty"`
	StatusCode int    `json:"statusCode,omitempty"`
	TraceID    string `json:"traceID"`
}

func (p *problem) Error() string { return p.Message }

func (p *problem) write(w http.ResponseWriter) { writeJSON(w, p.StatusCode, p) }

func newProblem(statusCode int, id, message string) *problem {
	return &problem{Message: message, MessageID: id, StatusCode: statusCode}
}

// Refusals of a request to /api/ds/query, with the words of Grafana.
var (
	noQueries = newProblem(http.StatusBadRequest, "query.noQueries", "No queries found")
	noSource  = newProblem(http.StatusBadRequest, "query.invalidDatasourceId",
		"Query does not contain a valid data source identifier")
	doubleRefID = newProblem(http.StatusBadRequest, "query.duplicateRefId",
		"Multiple queries using the same RefId is not allowed ")
)

// pluginProblem says what went wrong in a call to a plugin.
func pluginProblem(err error) *problem {
	switch {
	case errors.Is(err, errNotImplemented), status.Code(err) == codes.Unimplemented:
		return newProblem(http.StatusNotFound, "plugin.notImplemented", "Not found")
	case errors.Is(err, plugins.ErrUnavailable), status.Code(err) == codes.Unavailable:
		return newProblem(http.StatusServiceUnavailable, "plugin.unavailable", "Plugin unavailable")
	default:
		return newProblem(http.StatusInternalServerError, "plugin.downstreamError", "An error occurred within the plugin")
	}
}

// writeError answers with a message alone, as Grafana does where an error has no id.
func writeError(w http.ResponseWriter, statusCode int, message string) {
	writeJSON(w, statusCode, map[string]string{"message": message})
}

func writeJSON(w http.ResponseWriter, statusCode int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(statusCode)
	// A failed write means that the client has gone; there is nobody left to tell.
	_, _ = w.Write(body)
}
