package plugin

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/suuupra/analytics/datasource/pkg/clickhousetest"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

// The tests of this package ask a real server through the handlers that Grafana calls.

const secret = "s3cret-Passw0rd"

// instance configures a data source; change may be nil.
func instance(url string, change func(*backend.DataSourceInstanceSettings)) backend.DataSourceInstanceSettings {
	out := backend.DataSourceInstanceSettings{UID: "test", Type: ID, URL: url, JSONData: []byte(`{"database": "default"}`), DecryptedSecureJSONData: map[string]string{}}
	if change != nil {
		change(&out)
	}
	return out
}

func open(t *testing.T, settings backend.DataSourceInstanceSettings) *Datasource {
	t.Helper()
	made, err := New(context.Background(), settings)
	if err != nil {
		t.Fatal(err)
	}
	d := made.(*Datasource)
	t.Cleanup(d.Dispose)
	return d
}

func opened(t *testing.T) *Datasource { return open(t, instance(clickhousetest.URL(t), nil)) }

func withJSON(text string) func(*backend.DataSourceInstanceSettings) {
	return func(s *backend.DataSourceInstanceSettings) { s.JSONData = []byte(text) }
}

var lastHour = backend.TimeRange{From: time.UnixMilli(1_700_000_000_123), To: time.UnixMilli(1_700_003_600_456)}

// request is a request for one query, as Grafana sends it. query is JSON without refId.
func request(query string, headers map[string]string) *backend.QueryDataRequest {
	return &backend.QueryDataRequest{
		PluginContext: backend.PluginContext{OrgID: 7, User: &backend.User{Login: "ada"}},
		Headers:       headers,
		Queries:       []backend.DataQuery{{RefID: "A", JSON: []byte(query), TimeRange: lastHour, Interval: time.Minute}},
	}
}

func sqlQuery(t *testing.T, sql string, more ...string) string {
	t.Helper()
	quoted, err := json.Marshal(sql)
	if err != nil {
		t.Fatal(err)
	}
	return `{"mode": "sql", "rawSql": ` + string(quoted) + strings.Join(append([]string{""}, more...), ", ") + `}`
}

func answerTo(t *testing.T, d *Datasource, query string, headers map[string]string) backend.DataResponse {
	t.Helper()
	response, err := d.QueryData(context.Background(), request(query, headers))
	if err != nil {
		t.Fatal(err)
	}
	return response.Responses["A"]
}

// frameOf is the frame of an answer that must not be an error, after its way to Grafana and back.
func frameOf(t *testing.T, response backend.DataResponse) *data.Frame {
	t.Helper()
	if response.Error != nil {
		t.Fatal(response.Error)
	}
	encoded, err := response.Frames.MarshalArrow()
	if err != nil {
		t.Fatal(err)
	}
	frames, err := data.UnmarshalArrowFrames(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return frames[0]
}

func valueOf(t *testing.T, frame *data.Frame, field string) any {
	t.Helper()
	f, _ := frame.FieldByName(field)
	if f == nil || f.Len() == 0 {
		t.Fatalf("there is no value %q", field)
	}
	v, _ := f.ConcreteAt(0)
	return v
}

// analytics makes a database with the product's own table of events and a few rows, and returns its name.
func analytics(t *testing.T) string {
	t.Helper()
	database := "analytics_" + strings.ToLower(strings.NewReplacer("/", "_").Replace(t.Name()))
	clickhousetest.Run(t, "CREATE DATABASE "+database)
	t.Cleanup(func() { clickhousetest.Run(t, "DROP DATABASE "+database) })
	migration, err := os.ReadFile(filepath.Join("..", "..", "..", "sql", "migrations", "0001_events.sql"))
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range strings.Split(string(migration), ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		response, err := http.Post(clickhousetest.URL(t)+"?database="+database, "text/plain", strings.NewReader(statement))
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s", statement, response.Status)
		}
	}
	clickhousetest.Run(t, `INSERT INTO `+database+`.events (event_id, event_type, user_id, timestamp, device, properties)
		SELECT generateUUIDv4(), ['page_view', 'purchase'][number % 3 = 0 ? 2 : 1], generateUUIDv4(), toDateTime64('2023-11-14 22:30:00', 3, 'UTC') + number,
			['web', 'mobile'][number % 2 + 1], if(number % 3 = 0, '{"coupon": "SPRING", "plan.name": "pro"}', '{}')::JSON
		FROM numbers(9)`)
	return database
}

// counting passes requests on to the server and counts those that are no KILL.
func counting(t *testing.T) (address string, count *atomic.Int32) {
	count = &atomic.Int32{}
	return between(t, func(*http.Request) { count.Add(1) }), count
}

// recording passes requests on to the server and gives the first that is no KILL.
func recording(t *testing.T) (address string, requests <-chan *http.Request) {
	first := make(chan *http.Request, 1)
	return between(t, func(r *http.Request) {
		select {
		case first <- r.Clone(context.Background()):
		default:
		}
	}), first
}

func between(t *testing.T, see func(*http.Request)) string {
	t.Helper()
	target, err := url.Parse(clickhousetest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.FlushInterval = -1
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("default_format") != "" {
			see(r)
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}
