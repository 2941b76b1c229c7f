package settings

import (
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func TestWhatIsNotConfiguredHasADefault(t *testing.T) {
	got, err := Load(backend.DataSourceInstanceSettings{URL: "clickhouse:8123"})
	if err != nil {
		t.Fatal(err)
	}
	if got.URL != "http://clickhouse:8123" || got.Database != "analytics" || got.QueryTimeout != time.Minute || got.RowLimit != 1_000_000 || got.ByteLimit != 512<<20 {
		t.Errorf("got %+v", got)
	}
}

func TestEverythingCanBeProvisioned(t *testing.T) {
	got, err := Load(backend.DataSourceInstanceSettings{
		URL: "https://clickhouse:8443/path", User: "reader", DecryptedSecureJSONData: map[string]string{"password": "p"},
		JSONData: []byte(`{"database": "shop", "queryTimeoutSeconds": 2.5, "rowLimit": 0, "byteLimitMegabytes": 1, "compression": "zstd",
			"settings": [{"name": "max_threads", "value": "4"}, {"name": "", "value": ""}], "allowedSettings": ["max_threads"],
			"userSetting": "SQL_user", "userHeader": "x-forwarded-user", "oauthPassThru": true}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.User != "reader" || got.Password != "p" || got.Database != "shop" || got.QueryTimeout != 2500*time.Millisecond || got.RowLimit != 0 ||
		got.ByteLimit != 1<<20 || got.Compression != "zstd" || got.ClickHouse["max_threads"] != "4" || len(got.ClickHouse) != 1 ||
		!got.Allowed["max_threads"] || got.UserSetting != "SQL_user" || got.UserHeader != "X-Forwarded-User" || !got.ForwardOAuth {
		t.Errorf("got %+v", got)
	}
}

func TestAWrongValueIsNamedWithWhatIsAllowed(t *testing.T) {
	for json, want := range map[string]string{
		`{"compression": "lz4"}`:          `compression: must be "", "gzip" or "zstd", got "lz4"`,
		`{"queryTimeoutSeconds": 0}`:      "queryTimeoutSeconds: must be 1 to 86400, got 0",
		`{"rowLimit": -1}`:                "rowLimit: must be 0 (no limit) or more, got -1",
		`{"byteLimitMegabytes": -1}`:      "byteLimitMegabytes: must be 0 (no limit) or more, got -1",
		`{"userSetting": "a b"}`:          `userSetting: must be the name of a setting, such as SQL_grafana_user, got "a b"`,
		`{"settings": [{"name": "a=b"}]}`: `settings: "a=b" is not the name of a setting`,
	} {
		_, err := Load(backend.DataSourceInstanceSettings{URL: "http://c", JSONData: []byte(json)})
		if err == nil || err.Error() != want {
			t.Errorf("%s: got %v", json, err)
		}
	}
	if _, err := Load(backend.DataSourceInstanceSettings{}); err == nil {
		t.Error("a missing URL was accepted")
	}
}
