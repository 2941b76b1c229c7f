package plugin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/suuupra/analytics/datasource/pkg/clickhouse"
	"github.com/suuupra/analytics/datasource/pkg/native"
)

// Steps of the health check, in order. The first that fails is reported.
const (
	stepSettings   = "settings"
	stepResolve    = "resolve"
	stepConnect    = "connect"
	stepTLS        = "tls"
	stepLogin      = "login"
	stepVersion    = "version"
	stepDatabase   = "database"
	stepPermission = "permission"
	stepClock      = "clock"
	stepQuery      = "query"
)

const (
	healthTimeout = 15 * time.Second
	// oldestVersion of ClickHouse that has all that compiled analyses use (the JSON type).
	oldestMajor, oldestMinor = 25, 3
	// maxClockSkew is how far the two clocks may differ before "the last 5 minutes" means something else.
	maxClockSkew = 10 * time.Second
)

// CheckHealth goes through the steps and says which one failed and what to do.
func (d *Datasource) CheckHealth(ctx context.Context, req *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	if d.invalid != nil {
		return unhealthy(stepSettings, d.invalid), nil
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	who := askerOf(req.PluginContext, req.Headers)
	_, own := d.identity(who, nil)
	ask := func(sql string, parameters map[string]clickhouse.Parameter) (*clickhouse.Answer, error) {
		return d.client.Ask(ctx, clickhouse.Query{
			SQL: sql, Parameters: parameters, Settings: own, Comment: who.comment("health"), Timeout: healthTimeout, Limits: native.Limits{Rows: 1000},
		})
	}
	found, err := ask("SELECT version() AS version, toUnixTimestamp64Milli(now64(3)) AS now", nil)
	if err != nil {
		return unhealthy(stepOf(err), err), nil
	}
	version := texts(found, "version")[0]
	if !atLeast(version, oldestMajor, oldestMinor) {
		return unhealthy(stepVersion, fmt.Errorf("ClickHouse %s is too old: analyses need %d.%d or newer", version, oldestMajor, oldestMinor)), nil
	}
	if skew := clockSkew(found); skew.Abs() > maxClockSkew {
		return unhealthy(stepClock, fmt.Errorf("the clock of ClickHouse is %s ahead of Grafana's: correct one of them, or time ranges select other events than they say", skew.Round(time.Second))), nil
	}
	tables, err := ask("SELECT name FROM system.tables WHERE database = {database:String}", map[string]clickhouse.Parameter{"database": text(d.settings.Database)})
	if err != nil {
		return unhealthy(stepOf(err), err), nil
	}
	return d.healthOfDatabase(ask, version, texts(tables, "name"))
}

func (d *Datasource) healthOfDatabase(ask func(string, map[string]clickhouse.Parameter) (*clickhouse.Answer, error), version string, tables []string) (*backend.CheckHealthResult, error) {
	const eventsView = "unique_events"
	for _, name := range tables {
		if name != eventsView {
			continue
		}
		parameters := map[string]clickhouse.Parameter{"database": {Type: "Identifier", Value: text(d.settings.Database).Value}}
		if _, err := ask("SELECT event_id FROM {database:Identifier}."+eventsView+" LIMIT 0", parameters); err != nil {
			return unhealthy(stepPermission, err), nil
		}
		return healthy(fmt.Sprintf("ClickHouse %s answers and the events in %q are readable.", version, d.settings.Database), version), nil
	}
	if len(tables) == 0 {
		return unhealthy(stepDatabase, fmt.Errorf("the database %q has no tables that user %q may see: check its name and the grants", d.settings.Database, firstText(d.settings.User, "default"))), nil
	}
	return healthy(fmt.Sprintf("ClickHouse %s answers. The database %q has no view %s: SQL works, analyses of events do not.", version, d.settings.Database, eventsView), version), nil
}

func healthy(message, version string) *backend.CheckHealthResult {
	return &backend.CheckHealthResult{Status: backend.HealthStatusOk, Message: message, JSONDetails: details("", "version", version)}
}

func unhealthy(step string, err error) *backend.CheckHealthResult {
	return &backend.CheckHealthResult{
		Status:      backend.HealthStatusError,
		Message:     fmt.Sprintf("%s. Failed at: %s", strings.TrimRight(err.Error(), "."), step),
		JSONDetails: details(step, "verboseMessage", err.Error()),
	}
}

func details(step string, key, value string) []byte {
	out := map[string]string{key: value}
	if step != "" {
		out["step"] = step
	}
	encoded, err := json.Marshal(out)
	if err != nil {
		return nil
	}
	return encoded
}

// stepOf says how far a request came.
func stepOf(err error) string {
	var known *clickhouse.Error
	if !errors.As(err, &known) {
		return stepConnect
	}
	const unknownDatabase = 81
	switch {
	case known.Code == unknownDatabase:
		return stepDatabase
	case known.Kind == clickhouse.KindLogin:
		return stepLogin
	case known.Kind == clickhouse.KindPermission:
		return stepPermission
	case known.Kind != clickhouse.KindConnection && known.Kind != clickhouse.KindTimeout:
		return stepQuery
	case known.Resolving():
		return stepResolve
	case known.TLS():
		return stepTLS
	}
	return stepConnect
}

// atLeast compares the first two numbers of a version like 25.3.2.1.
func atLeast(version string, major, minor int) bool {
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return false
	}
	a, notA := strconv.Atoi(parts[0])
	b, notB := strconv.Atoi(parts[1])
	return notA == nil && notB == nil && (a > major || a == major && b >= minor)
}

// clockSkew is how far the server's clock is ahead, give or take the time the answer took.
func clockSkew(found *clickhouse.Answer) time.Duration {
	for _, field := range found.Fields(native.Numeric) {
		if field.Name == "now" {
			if ms, err := field.FloatAt(0); err == nil {
				skew := time.UnixMilli(int64(ms)).Sub(time.Now().Add(-found.Elapsed / 2))
				if skew.Abs() < found.Elapsed {
					return 0
				}
				return skew
			}
		}
	}
	return 0
}

func text(value string) clickhouse.Parameter {
	encoded, err := json.Marshal(value)
	if err != nil { // a string always encodes
		encoded = []byte(`""`)
	}
	return clickhouse.Parameter{Type: "String", Value: encoded}
}
