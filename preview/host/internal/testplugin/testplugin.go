// Package testplugin is a small plugin with a backend for the tests of the host: their own binary serves it, so that
// they run against a real plugin process without building another program.
package testplugin

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/suuupra/analytics/preview/host/internal/plugins"
)

// ID is the id of the plugin, and the type of its data sources.
const ID = "example-datasource"

// Main runs the tests of a package, or serves the plugin when the host has started this binary as one.
func Main(m *testing.M) {
	if os.Getenv(grpcplugin.MagicCookieKey) == grpcplugin.MagicCookieValue {
		if err := serve(); err != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// Install writes an app with the plugin nested in it into dir, whose binary is this test's own.
func Install(t *testing.T, dir string) {
	t.Helper()
	nested := filepath.Join(dir, "datasource")
	if err := os.MkdirAll(nested, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "plugin.json"), `{"id": "example-app", "type": "app", "name": "Example", "preload": true,
		"info": {"version": "1.2.3"}, "includes": [{"type": "page", "name": "Start", "path": "/a/example-app/start",
		"addToNav": true, "defaultNav": true}]}`)
	write(t, filepath.Join(dir, "module.js"), `define([], () => ({}));`)
	write(t, filepath.Join(nested, "plugin.json"), `{"id": "`+ID+`", "type": "datasource", "name": "Example source",
		"backend": true, "executable": "gpx_example", "metrics": true, "info": {"version": "1.2.3"}}`)
	plugin := plugins.Plugin{Executable: "gpx_example", Dir: nested}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, plugin.ExecutablePath()); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func serve() error {
	handler := source{}
	return backend.Manage(ID, backend.ServeOpts{
		QueryDataHandler:    handler,
		CheckHealthHandler:  handler,
		CallResourceHandler: handler,
		StreamHandler:       handler,
	})
}

// source answers with what it was asked, so that tests see what reached the plugin.
type source struct{}

func (source) QueryData(ctx context.Context, request *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	answer := backend.NewQueryDataResponse()
	for _, query := range request.Queries {
		var model struct {
			Kind string `json:"kind"`
		}
		if err := json.Unmarshal(query.JSON, &model); err != nil {
			return nil, err
		}
		switch model.Kind {
		case "break":
			return nil, errors.New("a secret detail of the inside")
		case "refuse":
			answer.Responses[query.RefID] = backend.ErrDataResponse(backend.StatusBadRequest, "unknown column")
		case "exit":
			os.Exit(3)
		case "wait":
			<-ctx.Done()
			return nil, ctx.Err()
		default:
			answer.Responses[query.RefID] = backend.DataResponse{Frames: data.Frames{echo(request, query)}}
		}
	}
	return answer, nil
}

func echo(request *backend.QueryDataRequest, query backend.DataQuery) *data.Frame {
	settings := request.PluginContext.DataSourceInstanceSettings
	return data.NewFrame("echo",
		data.NewField("from", nil, []time.Time{query.TimeRange.From}),
		data.NewField("to", nil, []time.Time{query.TimeRange.To}),
		data.NewField("interval_ms", nil, []int64{query.Interval.Milliseconds()}),
		data.NewField("max_data_points", nil, []int64{query.MaxDataPoints}),
		data.NewField("query_type", nil, []string{query.QueryType}),
		data.NewField("url", nil, []string{settings.URL}),
		data.NewField("password", nil, []string{settings.DecryptedSecureJSONData["password"]}),
		data.NewField("panel", nil, []string{request.Headers["X-Panel-Id"]}),
	)
}

func (source) CheckHealth(_ context.Context, request *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	if request.PluginContext.DataSourceInstanceSettings.Name == "Broken" {
		return &backend.CheckHealthResult{Status: backend.HealthStatusError, Message: "no answer",
			JSONDetails: []byte(`{"host": "nowhere"}`)}, nil
	}
	return &backend.CheckHealthResult{Status: backend.HealthStatusOk, Message: "works"}, nil
}

func (source) CallResource(_ context.Context, request *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error {
	body, err := json.Marshal(map[string]any{
		"path": request.Path, "url": request.URL, "method": request.Method, "body": string(request.Body),
		"cookie": request.Headers["Cookie"],
	})
	if err != nil {
		return err
	}
	header := map[string][]string{"Content-Type": {"application/json"}, "X-Example": {"yes"}}
	if err := sender.Send(&backend.CallResourceResponse{Status: 201, Headers: header, Body: body}); err != nil {
		return err
	}
	return sender.Send(&backend.CallResourceResponse{Body: []byte("\nmore")})
}

func (source) SubscribeStream(_ context.Context, request *backend.SubscribeStreamRequest) (*backend.SubscribeStreamResponse, error) {
	if request.Path != "live/events" {
		return &backend.SubscribeStreamResponse{Status: backend.SubscribeStreamStatusNotFound}, nil
	}
	return &backend.SubscribeStreamResponse{Status: backend.SubscribeStreamStatusOK}, nil
}

func (source) RunStream(_ context.Context, _ *backend.RunStreamRequest, sender *backend.StreamSender) error {
	for count := range int64(3) {
		frame := data.NewFrame("", data.NewField("count", nil, []int64{count}))
		if err := sender.SendFrame(frame, data.IncludeAll); err != nil {
			return err
		}
	}
	return nil
}

func (source) PublishStream(context.Context, *backend.PublishStreamRequest) (*backend.PublishStreamResponse, error) {
	return &backend.PublishStreamResponse{Status: backend.PublishStreamStatusPermissionDenied}, nil
}
