// Package plugin answers Grafana: queries, health, resources and streams of one configured data source.
package plugin

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"

	"github.com/suuupra/analytics/datasource/pkg/clickhouse"
	"github.com/suuupra/analytics/datasource/pkg/settings"
	"github.com/suuupra/analytics/datasource/pkg/share"
)

// ID is the plugin's id in Grafana.
const ID = "suuupra-analytics-datasource"

// Datasource is one configured data source. Grafana makes a new one when the configuration changes.
type Datasource struct {
	backend.CallResourceHandler
	settings *settings.Settings
	client   *clickhouse.Client
	// invalid is why the configuration cannot be used, or nil. Queries and the health check report it.
	invalid error
	answers share.Group[*clickhouse.Answer]
	lookups share.Cache[any]
	// completeness is up to when events are complete, by who asks.
	completeness share.Cache[string]
	transport    *http.Client
}

var (
	_ backend.QueryDataHandler      = (*Datasource)(nil)
	_ backend.CheckHealthHandler    = (*Datasource)(nil)
	_ backend.CallResourceHandler   = (*Datasource)(nil)
	_ instancemgmt.InstanceDisposer = (*Datasource)(nil)
)

// New is the factory that Grafana's instance manager calls.
func New(ctx context.Context, instance backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	d := &Datasource{
		lookups:      share.Cache[any]{For: time.Minute, Most: 500},
		completeness: share.Cache[string]{For: completenessFor, Most: 500},
	}
	d.CallResourceHandler = httpadapter.New(d.resources())
	d.settings, d.invalid = settings.Load(instance)
	if d.invalid == nil {
		d.transport, d.invalid = transport(ctx, instance)
	}
	if d.invalid == nil {
		d.client, d.invalid = clickhouse.New(clickhouse.Options{
			URL:         d.settings.URL,
			User:        d.settings.User,
			Password:    d.settings.Password,
			Database:    d.settings.Database,
			Settings:    d.settings.ClickHouse,
			Compression: d.settings.Compression,
			UserAgent:   ID,
		}, d.transport)
	}
	if d.invalid != nil {
		d.invalid = fmt.Errorf("the data source is not configured: %w", d.invalid)
	}
	return d, nil
}

// transport makes the HTTP client with Grafana's own options: TLS, custom headers, time-outs, proxies, tracing.
func transport(ctx context.Context, instance backend.DataSourceInstanceSettings) (*http.Client, error) {
	options, err := instance.HTTPClientOptions(ctx)
	if err != nil {
		return nil, err
	}
	if !instance.BasicAuthEnabled { // the SDK turns user and password into basic auth; ours go as ClickHouse's headers
		options.BasicAuth = nil
	}
	// How long an answer may take depends on the query.
	options.Timeouts.Timeout = 0
	return httpclient.New(options)
}

// Dispose closes idle connections of a data source that is no longer configured like this.
func (d *Datasource) Dispose() {
	if d.transport != nil {
		d.transport.CloseIdleConnections()
	}
}
