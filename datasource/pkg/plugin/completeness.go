package plugin

import (
	"context"
	"encoding/json"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/suuupra/analytics/datasource/pkg/clickhouse"
	"github.com/suuupra/analytics/datasource/pkg/native"
)

// completenessFor is how long it is remembered up to when events are complete: panels of a dashboard share the question.
const completenessFor = 2 * time.Second

// completeUntil is up to when events are complete, as a panel reads it; empty where that is not known, as in a database
// that is not of this product. Nobody waits long for it, and nothing fails for want of it.
func (d *Datasource) completeUntil(ctx context.Context, asked clickhouse.Query) string {
	key, err := json.Marshal([]any{asked.Settings, asked.Headers})
	if err != nil {
		return ""
	}
	until, err := d.completeness.Get(ctx, string(key), func(ctx context.Context) (string, error) {
		answer, err := d.client.Ask(ctx, clickhouse.Query{
			SQL:        "SELECT replaceOne(toString(toTimeZone(complete_until, 'UTC')), ' ', 'T') || 'Z' AS until FROM {database:Identifier}.completeness",
			Parameters: map[string]clickhouse.Parameter{"database": {Type: "Identifier", Value: text(d.settings.Database).Value}},
			Settings:   asked.Settings, Headers: asked.Headers, Comment: asked.Comment,
			Timeout: lookupTimeout, Limits: native.Limits{Rows: 1},
		})
		if err != nil {
			backend.Logger.Debug("Completeness of events is not known", "error", err.Error())
			return "", nil // remembered too: a database without it is not asked for each panel
		}
		for _, found := range texts(answer, "until") {
			return found, nil
		}
		return "", nil
	})
	if err != nil {
		return ""
	}
	return until
}
