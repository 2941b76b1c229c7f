package api

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
)

// GET /preview/stream/UID/PATH[?data=JSON]: subscribes to the channel ds/UID/PATH and sends each packet of the
// plugin's RunStream as one server-sent event. Every connection has a RunStream of its own, where Grafana shares one
// among all subscribers: this shows the plugin at work, not Grafana Live.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	source := s.source(r.PathValue("uid"))
	if source == nil {
		writeError(w, http.StatusNotFound, "Data source not found")
		return
	}
	clients, err := s.clients(source.Type)
	if err != nil {
		pluginProblem(err).write(w)
		return
	}
	context := backend.ToProto().PluginContext(s.sourceContext(r, source))
	path, data := r.PathValue("path"), []byte(r.URL.Query().Get("data"))
	subscription, err := clients.Stream.SubscribeStream(r.Context(),
		&pluginv2.SubscribeStreamRequest{PluginContext: context, Path: path, Data: data})
	if err != nil {
		pluginProblem(err).write(w)
		return
	}
	switch subscription.GetStatus() {
	case pluginv2.SubscribeStreamResponse_OK:
	case pluginv2.SubscribeStreamResponse_PERMISSION_DENIED:
		writeError(w, http.StatusForbidden, "Permission denied")
		return
	default:
		writeError(w, http.StatusNotFound, "Channel not found")
		return
	}
	packets, err := clients.Stream.RunStream(r.Context(),
		&pluginv2.RunStreamRequest{PluginContext: context, Path: path, Data: data})
	if err != nil {
		pluginProblem(err).write(w)
		return
	}

	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	send := eventWriter(w)
	if err := send(subscription.GetData()); err != nil {
		return
	}
	for {
		packet, err := packets.Recv()
		if err != nil {
			return // the plugin ended the stream, or the page closed it
		}
		if err := send(packet.GetData()); err != nil {
			return
		}
	}
}

// eventWriter sends data as one event; without data it sends only what opens the connection.
func eventWriter(w http.ResponseWriter) func([]byte) error {
	flush := http.NewResponseController(w)
	return func(data []byte) error {
		event := []byte(":\n\n")
		if len(data) > 0 {
			lines := bytes.ReplaceAll(data, []byte("\n"), []byte("\ndata: "))
			event = fmt.Appendf(nil, "data: %s\n\n", lines)
		}
		if _, err := w.Write(event); err != nil {
			return err
		}
		return flush.Flush()
	}
}
