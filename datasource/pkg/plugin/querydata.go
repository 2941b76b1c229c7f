package plugin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/suuupra/analytics/datasource/pkg/clickhouse"
	"github.com/suuupra/analytics/datasource/pkg/frames"
	"github.com/suuupra/analytics/datasource/pkg/macros"
	"github.com/suuupra/analytics/datasource/pkg/native"
	"github.com/suuupra/analytics/datasource/pkg/query"
)

// maxParallel bounds how many queries of one request run side by side.
const maxParallel = 8

// modeAnalysis is the mode of queries that were compiled from a definition.
const modeAnalysis = "analysis"

// nullLabels are how series of null texts are called, by the mode of the query.
var nullLabels = map[string]string{modeAnalysis: "All"}

// QueryData answers the queries of a panel or of an alert rule.
func (d *Datasource) QueryData(ctx context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	who := askerOf(req.PluginContext, req.Headers)
	headers := req.GetHTTPHeaders()
	out := backend.NewQueryDataResponse()
	var (
		mu      sync.Mutex
		running sync.WaitGroup
		places  = make(chan struct{}, maxParallel)
	)
	for _, q := range req.Queries {
		running.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			response := d.answer(ctx, q, who, headers)
			mu.Lock()
			defer mu.Unlock()
			out.Responses[q.RefID] = response
		})
	}
	running.Wait()
	return out, nil
}

// answer runs one query. A fault of ours ends this query, not the plugin with the queries of everybody.
func (d *Datasource) answer(ctx context.Context, q backend.DataQuery, who asker, headers http.Header) (response backend.DataResponse) {
	defer func() {
		if fault := recover(); fault != nil {
			backend.Logger.Error("A query ended in a fault of the plugin", "fault", fault, "stack", string(debug.Stack()))
			response = backend.ErrDataResponse(backend.StatusInternal, "A fault of the plugin; its log has the details")
			response.ErrorSource = backend.ErrorSourcePlugin
		}
	}()
	if d.invalid != nil {
		return refusal(d.invalid)
	}
	model, err := query.Parse(q.JSON)
	if err != nil {
		return refusal(err)
	}
	if model == nil {
		return backend.DataResponse{}
	}
	context := macros.Context{From: q.TimeRange.From, To: q.TimeRange.To, Interval: q.Interval}
	prepared, err := query.Prepare(model.RawSQL, model.Params, context)
	if err != nil {
		return failure(err)
	}
	ask, err := d.question(prepared, model, who, headers, q.RefID)
	if err != nil {
		return refusal(err)
	}
	answer, err := d.ask(ctx, ask)
	if err != nil {
		return failure(err)
	}
	if answer.Truncated != "" && who.alert {
		return refusal(fmt.Errorf("the result was cut at the limit of %s: an alert rule must not judge a part; aggregate further, or raise the limit", answer.Truncated))
	}
	frame, err := frames.Build(answer.Result, model.Format, frames.Options{
		Fill: firstText(prepared.Fill, model.Fill), Step: firstDuration(prepared.Step, q.Interval), From: q.TimeRange.From, To: q.TimeRange.To,
		NullLabel: nullLabels[model.Mode],
	})
	if err != nil {
		return refusal(err)
	}
	facts, err := d.facts(ctx, model, context, ask)
	if err != nil {
		return failure(err)
	}
	frame.RefID = q.RefID
	describe(frame, ask, answer, model, facts)
	if model.Mode == modeAnalysis {
		if until := d.completeUntil(ctx, ask); until != "" {
			frame.Meta.Custom.(map[string]any)["complete_until"] = until
		}
	}
	return backend.DataResponse{Frames: []*dataFrame{frame}, Status: backend.StatusOK}
}

// question is the query with its limits and with who asks.
func (d *Datasource) question(prepared *query.Prepared, model *query.Query, who asker, headers http.Header, refID string) (clickhouse.Query, error) {
	sent, own := d.identity(who, headers)
	for name, value := range model.Settings {
		if !d.settings.Allowed[name] {
			return clickhouse.Query{}, fmt.Errorf("the setting %q is not among those that the data source allows in queries (%s)", name, listed(d.settings.Allowed))
		}
		own[name] = value
	}
	limits := native.Limits{Rows: d.settings.RowLimit, Bytes: d.settings.ByteLimit}
	if model.RowLimit > 0 && (limits.Rows == 0 || model.RowLimit < limits.Rows) {
		limits.Rows = model.RowLimit
	}
	return clickhouse.Query{
		SQL: prepared.SQL, Parameters: prepared.Parameters, Settings: own, Headers: sent,
		Comment: who.comment(refID), Timeout: d.settings.QueryTimeout, Limits: limits,
		Analysis: model.Mode == modeAnalysis,
	}, nil
}

// ask runs a query, or joins an identical one that is under way: the same text, values, limits and identity.
func (d *Datasource) ask(ctx context.Context, q clickhouse.Query) (*clickhouse.Answer, error) {
	key, err := json.Marshal([]any{q.SQL, q.Parameters, q.Settings, q.Headers, q.Limits, q.Analysis})
	if err != nil {
		return nil, err
	}
	answer, _, err := d.answers.Do(ctx, string(key), func(ctx context.Context) (*clickhouse.Answer, error) {
		return d.whole(ctx, q)
	})
	return answer, err
}

// whole asks, and where there are no rows asks for the columns: ClickHouse sends none then.
func (d *Datasource) whole(ctx context.Context, q clickhouse.Query) (answer *clickhouse.Answer, err error) {
	defer func() { // this runs outside of the request's goroutine
		if fault := recover(); fault != nil {
			backend.Logger.Error("A query ended in a fault of the plugin", "fault", fault, "stack", string(debug.Stack()))
			err = errors.New("a fault of the plugin; its log has the details")
		}
	}()
	answer, err = d.client.Ask(ctx, q)
	if err != nil || answer.Rows() > 0 {
		return answer, err
	}
	if columns, _ := answer.Columns(); len(columns) > 0 {
		return answer, nil
	}
	described := q
	described.SQL = "DESCRIBE TABLE (" + strings.TrimRight(strings.TrimSpace(q.SQL), ";") + "\n)"
	described.Limits = native.Limits{}
	columns, err := d.client.Ask(ctx, described)
	if err != nil {
		return answer, nil // not a SELECT: it has no columns to show
	}
	names, types := texts(columns, "name"), texts(columns, "type")
	if answer.Result, err = native.Empty(names, types); err != nil {
		return nil, &clickhouse.Error{Kind: clickhouse.KindQuery, Message: err.Error()}
	}
	return answer, nil
}

// facts runs the query beside the main one; its one row, as names and values, or nil.
func (d *Datasource) facts(ctx context.Context, model *query.Query, context macros.Context, main clickhouse.Query) (map[string]any, error) {
	if model.Facts == nil || strings.TrimSpace(model.Facts.RawSQL) == "" {
		return nil, nil
	}
	prepared, err := query.Prepare(model.Facts.RawSQL, model.Facts.Params, context)
	if err != nil {
		return nil, err
	}
	q := main
	q.SQL, q.Parameters = prepared.SQL, prepared.Parameters
	answer, err := d.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	if answer.Rows() == 1 {
		for _, field := range answer.Fields(native.Exact) {
			value, ok := field.ConcreteAt(0)
			if !ok {
				value = nil
			}
			out[field.Name] = value
		}
	}
	return out, nil
}

// refusal is an answer to a query that could not be asked as it stands.
func refusal(err error) backend.DataResponse {
	return backend.DataResponse{Error: err, Status: backend.StatusBadRequest, ErrorSource: backend.ErrorSourceDownstream}
}

// failure is an answer for what ClickHouse, or the way to it, said.
func failure(err error) backend.DataResponse {
	var known *clickhouse.Error
	switch {
	case errors.As(err, &known):
		return backend.DataResponse{Error: err, Status: backend.Status(known.Status()), ErrorSource: backend.ErrorSourceDownstream}
	case errors.Is(err, context.Canceled):
		return backend.DataResponse{Error: errors.New("the query was cancelled"), Status: 499, ErrorSource: backend.ErrorSourceDownstream}
	}
	return refusal(err)
}

func listed(names map[string]bool) string {
	if len(names) == 0 {
		return "it allows none"
	}
	return "it allows " + strings.Join(slices.Sorted(maps.Keys(names)), ", ")
}
