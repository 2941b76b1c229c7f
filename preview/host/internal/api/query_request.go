package api

import (
	"encoding/json"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/gtime"
)

// metricRequest is the body of POST /api/ds/query.
type metricRequest struct {
	From    string            `json:"from"`
	To      string            `json:"to"`
	Queries []json.RawMessage `json:"queries"`
}

// queryHead is what Grafana itself reads of a query; the rest belongs to the plugin.
type queryHead struct {
	RefID         *string         `json:"refId"`
	QueryType     string          `json:"queryType"`
	MaxDataPoints *int64          `json:"maxDataPoints"`
	IntervalMS    *float64        `json:"intervalMs"`
	DataSource    json.RawMessage `json:"datasource"`
	DataSourceID  int64           `json:"datasourceId"`
	TimeRange     *struct {
		From string `json:"from"`
		To   string `json:"to"`
	} `json:"timeRange"`
}

// Defaults of Grafana for what a query leaves out.
const (
	defaultRefID         = "A"
	defaultMaxDataPoints = 100
	defaultIntervalMS    = 1000
)

// sourceUID is the uid of the query's data source: of the reference, or the reference itself where it is a text.
func (h *queryHead) sourceUID() string {
	var reference struct {
		UID string `json:"uid"`
	}
	if json.Unmarshal(h.DataSource, &reference) == nil && reference.UID != "" {
		return reference.UID
	}
	var text string
	if json.Unmarshal(h.DataSource, &text) == nil {
		return text
	}
	return ""
}

func (h *queryHead) refID() string {
	if h.RefID == nil {
		return defaultRefID
	}
	return *h.RefID
}

// dataQuery is the query as its plugin gets it. from and to hold where it has no time range of its own; they are
// milliseconds since 1970 as text, or relative like "now-28d".
func (h *queryHead) dataQuery(raw json.RawMessage, from, to string) backend.DataQuery {
	if h.TimeRange != nil {
		from, to = h.TimeRange.From, h.TimeRange.To
	}
	timeRange := gtime.NewTimeRange(from, to)
	query := backend.DataQuery{
		RefID:         h.refID(),
		QueryType:     h.QueryType,
		MaxDataPoints: defaultMaxDataPoints,
		Interval:      defaultIntervalMS * time.Millisecond,
		TimeRange:     backend.TimeRange{From: timeRange.GetFromAsTimeUTC(), To: timeRange.GetToAsTimeUTC()},
		JSON:          raw,
	}
	if h.MaxDataPoints != nil {
		query.MaxDataPoints = *h.MaxDataPoints
	}
	if h.IntervalMS != nil {
		query.Interval = time.Duration(int64(*h.IntervalMS)) * time.Millisecond
	}
	return query
}
