package plugin

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"

	"github.com/suuupra/analytics/datasource/pkg/clickhouse"
	"github.com/suuupra/analytics/datasource/pkg/native"
)

// resources are what the editors ask for while somebody types. Each look-up reads a bounded part of the data, takes a
// bounded time and is remembered for a minute.
//
//	GET /schemas                                    databases
//	GET /tables?database=                           tables and views
//	GET /columns?database=&table=                   columns with their types
//	GET /functions                                  functions, and the macros of this data source
//	GET /events                                     event types, the most frequent of the last days first
//	GET /properties?event=                          what filters and breakdowns can use
//	GET /values?property=&event=&search=            values of a property, the most frequent first
//	POST /validate {rawSql, params}                 whether ClickHouse understands a query, and where not
//	POST /format {rawSql}                           the query, laid out
func (d *Datasource) resources() http.Handler {
	mux := http.NewServeMux()
	for path, find := range map[string]lookup{
		"GET /schemas":    findSchemas,
		"GET /tables":     findTables,
		"GET /columns":    findColumns,
		"GET /functions":  findFunctions,
		"GET /events":     findEvents,
		"GET /properties": findProperties,
		"GET /values":     findValues,
	} {
		mux.HandleFunc(path, d.remembered(find))
	}
	mux.HandleFunc("POST /validate", d.validate)
	mux.HandleFunc("POST /format", d.format)
	return mux
}

// lookup finds something by the parameters of a request.
type lookup func(ctx context.Context, s *session, parameters url.Values) (any, error)

// remembered answers from memory where it can.
func (d *Datasource) remembered(find lookup) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if d.invalid != nil {
			respond(w, nil, &clickhouse.Error{Kind: clickhouse.KindQuery, Message: d.invalid.Error()})
			return
		}
		s := d.session(r)
		identity, err := json.Marshal([]any{r.URL.Path, r.URL.Query().Encode(), s.headers, s.settings})
		if err != nil {
			respond(w, nil, err)
			return
		}
		found, err := d.lookups.Get(r.Context(), string(identity), func(ctx context.Context) (any, error) {
			return find(ctx, s, r.URL.Query())
		})
		respond(w, found, err)
	}
}

// session asks for one user of the editor.
type session struct {
	d        *Datasource
	headers  http.Header
	settings map[string]string
	comment  string
}

func (d *Datasource) session(r *http.Request) *session {
	who := asker{Product: ID}
	pc := backend.PluginConfigFromContext(r.Context())
	who.Org = pc.OrgID
	if user := httpadapter.UserFromContext(r.Context()); user != nil {
		who.User = user.Login
	}
	headers, own := d.identity(who, r.Header)
	return &session{d: d, headers: headers, settings: own, comment: who.comment("editor")}
}

const (
	lookupTimeout = 5 * time.Second
	lookupRows    = 1000
)

// ask runs a query of an editor within its bounds.
func (s *session) ask(ctx context.Context, sql string, parameters map[string]clickhouse.Parameter, bounds map[string]string) (*clickhouse.Answer, error) {
	own := map[string]string{}
	for name, value := range s.settings {
		own[name] = value
	}
	for name, value := range bounds {
		own[name] = value
	}
	return s.d.client.Ask(ctx, clickhouse.Query{
		SQL: sql, Parameters: parameters, Settings: own, Headers: s.headers, Comment: s.comment,
		Timeout: lookupTimeout, Limits: native.Limits{Rows: lookupRows, Bytes: 8 << 20},
	})
}

// respond writes JSON, or an error with who must act.
func respond(w http.ResponseWriter, found any, err error) {
	status := http.StatusOK
	if err != nil {
		status = http.StatusInternalServerError
		body := map[string]any{"message": err.Error()}
		var known *clickhouse.Error
		if errors.As(err, &known) {
			status = known.Status()
			body["kind"], body["code"], body["line"], body["column"] = known.Kind, known.Name, known.Line, known.Column
		}
		found = body
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(found); err != nil {
		backend.Logger.Debug("A resource was not delivered", "error", err)
	}
}
