package plugin

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/suuupra/analytics/datasource/pkg/clickhousetest"
)

func healthOf(t *testing.T, d *Datasource) *backend.CheckHealthResult {
	t.Helper()
	result, err := d.CheckHealth(context.Background(), &backend.CheckHealthRequest{PluginContext: backend.PluginContext{OrgID: 1}})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func stepIn(t *testing.T, result *backend.CheckHealthResult) string {
	t.Helper()
	var details struct {
		Step string `json:"step"`
	}
	if err := json.Unmarshal(result.JSONDetails, &details); err != nil {
		t.Fatal(err)
	}
	return details.Step
}

func TestADatabaseWithEventsIsHealthy(t *testing.T) {
	database := analytics(t)
	result := healthOf(t, open(t, instance(clickhousetest.URL(t), withJSON(`{"database": "`+database+`"}`))))
	if result.Status != backend.HealthStatusOk || !strings.Contains(result.Message, `the events in "`+database+`" are readable`) {
		t.Errorf("got %v %s", result.Status, result.Message)
	}
}

func TestADatabaseWithoutEventsIsGoodForSQLOnly(t *testing.T) {
	result := healthOf(t, open(t, instance(clickhousetest.URL(t), withJSON(`{"database": "system"}`))))
	if result.Status != backend.HealthStatusOk || !strings.Contains(result.Message, "SQL works, analyses of events do not") {
		t.Errorf("got %v %s", result.Status, result.Message)
	}
}

func TestADatabaseThatDoesNotExistFailsAtThatStep(t *testing.T) {
	result := healthOf(t, open(t, instance(clickhousetest.URL(t), withJSON(`{"database": "nowhere"}`))))
	if result.Status != backend.HealthStatusError || stepIn(t, result) != stepDatabase {
		t.Errorf("got %s %s", result.Message, result.JSONDetails)
	}
}

func TestVersionsAreComparedAsNumbers(t *testing.T) {
	for version, want := range map[string]bool{"25.3.1.1": true, "25.12.1": true, "26.1": true, "25.2.9.9": false, "24.12.1": false, "x": false, "": false} {
		if atLeast(version, 25, 3) != want {
			t.Errorf("%q: %v", version, !want)
		}
	}
}
