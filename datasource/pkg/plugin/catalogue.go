package plugin

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/suuupra/analytics/datasource/pkg/clickhouse"
	"github.com/suuupra/analytics/datasource/pkg/macros"
)

// validationContext stands for the time range where a query is only read.
var validationContext = macros.Context{From: time.Unix(0, 0), To: time.Unix(3600, 0), Interval: time.Minute}

// sampled bounds what a look-up in the events reads: it sees a part of large data, and says nothing wrong about it.
var sampled = map[string]string{
	"max_rows_to_read":      "5000000",
	"read_overflow_mode":    "break",
	"max_execution_time":    "3",
	"timeout_overflow_mode": "break",
	"max_threads":           "2",
}

// events is where look-ups read: the stored events, doubles included. A name that occurs twice is still one name.
const events = "{database:Identifier}.events"

func (s *session) inEvents() map[string]clickhouse.Parameter {
	return map[string]clickhouse.Parameter{"database": {Type: "Identifier", Value: text(s.d.settings.Database).Value}}
}

func findEvents(ctx context.Context, s *session, _ url.Values) (any, error) {
	answer, err := s.ask(ctx, `
		SELECT event_type AS name, count() AS count FROM `+events+`
		GROUP BY name ORDER BY count DESC, name LIMIT 1000`, s.inEvents(), sampled)
	return rows(answer, err)
}

// notProperties are columns that say how an event came here, not what it is.
var notProperties = []string{"properties", "inserted_at"}

// findProperties lists the columns of events, then the keys of their properties.
func findProperties(ctx context.Context, s *session, parameters url.Values) (any, error) {
	columns, err := s.columns(ctx)
	if err != nil {
		return nil, err
	}
	bound := s.inEvents()
	bound["event"] = text(parameters.Get("event"))
	keys, err := s.ask(ctx, `
		SELECT arrayJoin(JSONAllPaths(properties)) AS name, count() AS count
		FROM (SELECT properties FROM `+events+` WHERE {event:String} = '' OR event_type = {event:String} LIMIT 100000)
		GROUP BY name ORDER BY count DESC, name LIMIT 500`, bound, sampled)
	found, err := rows(keys, err)
	if err != nil {
		return nil, err
	}
	return append(columns, found...), nil
}

// columns are the columns of events that a definition can name.
func (s *session) columns(ctx context.Context) ([]found, error) {
	answer, err := s.ask(ctx, `
		SELECT name, type FROM system.columns
		WHERE database = {database:String} AND table = 'events' AND NOT startsWith(name, '_')
		ORDER BY position`, s.database(nil), nil)
	columns, err := rows(answer, err)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(columns, func(f found) bool { return slices.Contains(notProperties, f.Name) }), nil
}

// findValues lists values of a property, as text, that contain the searched text.
func findValues(ctx context.Context, s *session, parameters url.Values) (any, error) {
	property := parameters.Get("property")
	if property == "" {
		return nil, &clickhouse.Error{Kind: clickhouse.KindQuery, Message: "the parameter property is missing"}
	}
	columns, err := s.columns(ctx)
	if err != nil {
		return nil, err
	}
	bound := s.inEvents()
	bound["event"] = text(parameters.Get("event"))
	bound["search"] = text(parameters.Get("search"))
	path := "properties." + property
	if slices.ContainsFunc(columns, func(f found) bool { return f.Name == property }) {
		path = property
	}
	bound["property"] = clickhouse.Parameter{Type: "Identifier", Value: text(path).Value}
	answer, err := s.ask(ctx, fmt.Sprintf(`
		SELECT name, count() AS count
		FROM (
			SELECT toString({property:Identifier}) AS name FROM %s
			WHERE ({event:String} = '' OR event_type = {event:String}) AND {property:Identifier} IS NOT NULL
			LIMIT 1000000
		)
		WHERE name != '' AND positionCaseInsensitiveUTF8(name, {search:String}) > 0
		GROUP BY name ORDER BY count DESC, name LIMIT 100`, events), bound, sampled)
	return rows(answer, err)
}
