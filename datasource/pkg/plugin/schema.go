package plugin

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/suuupra/analytics/datasource/pkg/clickhouse"
	"github.com/suuupra/analytics/datasource/pkg/macros"
	"github.com/suuupra/analytics/datasource/pkg/native"
	"github.com/suuupra/analytics/datasource/pkg/query"
)

// Found is what an editor offers.
type found struct {
	Name string `json:"name"`
	// Type of a column or property, engine of a table, kind of a function.
	Type string `json:"type,omitempty"`
	// Count is how often it was met, where it was counted.
	Count *float64 `json:"count,omitempty"`
	Text  string   `json:"text,omitempty"`
}

func findSchemas(ctx context.Context, s *session, _ url.Values) (any, error) {
	answer, err := s.ask(ctx, "SELECT name FROM system.databases WHERE lower(name) != 'information_schema' ORDER BY name", nil, nil)
	return rows(answer, err)
}

func findTables(ctx context.Context, s *session, parameters url.Values) (any, error) {
	answer, err := s.ask(ctx, `
		SELECT name, engine AS type, comment AS text FROM system.tables
		WHERE database = {database:String} AND NOT is_temporary AND name NOT LIKE '.inner%'
		ORDER BY name`, s.database(parameters), nil)
	return rows(answer, err)
}

func findColumns(ctx context.Context, s *session, parameters url.Values) (any, error) {
	bound := s.database(parameters)
	bound["table"] = text(parameters.Get("table"))
	answer, err := s.ask(ctx, `
		SELECT name, type, comment AS text FROM system.columns
		WHERE database = {database:String} AND table = {table:String}
		ORDER BY position`, bound, nil)
	return rows(answer, err)
}

func findFunctions(ctx context.Context, s *session, _ url.Values) (any, error) {
	answer, err := s.d.client.Ask(ctx, clickhouse.Query{
		SQL:     "SELECT name, if(is_aggregate, 'aggregate', 'function') AS type FROM system.functions ORDER BY name",
		Comment: s.comment, Settings: s.settings, Headers: s.headers, Timeout: lookupTimeout, Limits: native.Limits{Rows: 10_000},
	})
	functions, err := rows(answer, err)
	if err != nil {
		return nil, err
	}
	for _, name := range macros.Names() {
		functions = append(functions, found{Name: name, Type: "macro"})
	}
	return functions, nil
}

// validate lets ClickHouse read a query without running it.
func (d *Datasource) validate(w http.ResponseWriter, r *http.Request) {
	model, err := d.written(w, r)
	if err != nil {
		respond(w, nil, err)
		return
	}
	prepared, err := query.Prepare(model.RawSQL, model.Params, validationContext)
	if err != nil {
		respond(w, nil, asQueryError(err))
		return
	}
	sql := "EXPLAIN QUERY TREE " + strings.TrimRight(strings.TrimSpace(prepared.SQL), ";")
	if _, err := d.session(r).ask(r.Context(), sql, prepared.Parameters, nil); err != nil {
		respond(w, nil, err)
		return
	}
	respond(w, map[string]bool{"valid": true}, nil)
}

// format lays a query out by ClickHouse's own printer. That one forgets comments, so a query with some stays as it is.
func (d *Datasource) format(w http.ResponseWriter, r *http.Request) {
	model, err := d.written(w, r)
	if err != nil {
		respond(w, nil, err)
		return
	}
	if macros.HasComment(model.RawSQL) {
		respond(w, nil, &clickhouse.Error{Kind: clickhouse.KindQuery, Message: "The query has comments, which would be lost: it stays as it is"})
		return
	}
	answer, err := d.session(r).ask(r.Context(), "SELECT formatQuery({sql:String}) AS text", map[string]clickhouse.Parameter{"sql": text(model.RawSQL)}, nil)
	formatted, err := rows(answer, err)
	if err != nil || len(formatted) != 1 {
		respond(w, nil, err)
		return
	}
	respond(w, map[string]string{"sql": macros.Unquote(formatted[0].Text)}, nil)
}

// written reads the query that an editor sends.
func (d *Datasource) written(w http.ResponseWriter, r *http.Request) (query.Query, error) {
	const limit = 1 << 20
	var model query.Query
	if d.invalid != nil {
		return model, &clickhouse.Error{Kind: clickhouse.KindQuery, Message: d.invalid.Error()}
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, limit)).Decode(&model); err != nil {
		return model, &clickhouse.Error{Kind: clickhouse.KindQuery, Message: "The request is not a query: " + err.Error()}
	}
	return model, nil
}

// asQueryError makes a fault of the query's author of an error that names nobody yet.
func asQueryError(err error) error {
	var known *clickhouse.Error
	if errors.As(err, &known) {
		return err
	}
	return &clickhouse.Error{Kind: clickhouse.KindQuery, Message: err.Error()}
}

// database is the one asked for, or that of the data source.
func (s *session) database(parameters url.Values) map[string]clickhouse.Parameter {
	return map[string]clickhouse.Parameter{"database": text(firstText(parameters.Get("database"), s.d.settings.Database))}
}

// rows are the columns name, type, count and text of an answer, as far as it has them.
func rows(answer *clickhouse.Answer, err error) ([]found, error) {
	if err != nil {
		return nil, err
	}
	out := make([]found, answer.Rows())
	for _, field := range answer.Fields(native.Numeric) {
		for i := range out {
			value, ok := field.ConcreteAt(i)
			if !ok {
				continue
			}
			switch s, _ := value.(string); field.Name {
			case "name":
				out[i].Name = s
			case "type":
				out[i].Type = s
			case "text":
				out[i].Text = s
			case "count":
				if n, err := field.FloatAt(i); err == nil {
					out[i].Count = &n
				}
			}
		}
	}
	return out, nil
}
