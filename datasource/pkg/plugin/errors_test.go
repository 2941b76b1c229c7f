package plugin

import (
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/suuupra/analytics/datasource/pkg/clickhousetest"
)

func TestErrorsSayWhoMustActAndWhatToDo(t *testing.T) {
	d := open(t, instance(clickhousetest.URL(t), withJSON(`{"database": "default", "queryTimeoutSeconds": 1, "allowedSettings": ["max_memory_usage", "max_rows_to_read"]}`)))
	for _, c := range []struct {
		name, sql, more string
		status          backend.Status
		says            []string
	}{
		{"syntax", "SELECT 1\n  WHERE = x", `"format": ""`, 400, []string{"line 2", "[SYNTAX_ERROR]"}},
		{"unknown column", "SELECT nope FROM numbers(1)", `"format": ""`, 400, []string{"nope", "[UNKNOWN_IDENTIFIER]", "names are case-sensitive"}},
		{"unknown table", "SELECT * FROM nope", `"format": ""`, 400, []string{"nope", "[UNKNOWN_TABLE]"}},
		{"unset parameter", "SELECT {p:String}", `"format": ""`, 400, []string{"p", "[UNKNOWN_QUERY_PARAMETER]", "Give the parameter a value"}},
		{"value that is not of the type", "SELECT {p:UInt8}", `"params": {"p": {"type": "UInt8", "value": "x"}}`, 400, []string{"p"}},
		{"time limit", "SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))", `"format": ""`, 504, []string{"[TIMEOUT_EXCEEDED]", "Narrow the time range"}},
		{"memory", "SELECT groupArray(number) FROM numbers(100000000)", `"settings": {"max_memory_usage": "10000000"}`, 422, []string{"[MEMORY_LIMIT_EXCEEDED]", "Narrow the time range"}},
		{"rows to read", "SELECT count() FROM (SELECT number FROM numbers(1000000) WHERE number % 3 = 0)", `"settings": {"max_rows_to_read": "10"}`, 422, []string{"[TOO_MANY_ROWS]"}},
		{"in the middle of the result", "SELECT throwIf(number = 500000, 'boom') FROM numbers(1000000)", `"format": ""`, 400, []string{"boom", "[FUNCTION_THROW_IF_VALUE_IS_NON_ZERO]"}},
		{"format clause", "SELECT 1 FORMAT JSON", `"format": ""`, 400, []string{"Leave the FORMAT clause out"}},
		{"state of an aggregate", "SELECT uniqState(number) AS u FROM numbers(2)", `"format": ""`, 400, []string{`column "u"`, "finalizeAggregation"}},
		{"macro", "SELECT $__timeFiler(x)", `"format": ""`, 400, []string{"there is no macro $__timeFiler"}},
		{"format that does not fit", "SELECT 1 AS a", `"format": "timeseries"`, 400, []string{"needs a column of type Date", "a UInt8"}},
		{"binding", "SELECT {p:String}", `"params": {"p": {"type": "String"}}`, 400, []string{`parameter "p": it has neither a value nor a binding`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			response := answerTo(t, d, sqlQuery(t, c.sql, c.more), nil)
			if response.Error == nil {
				t.Fatal("no error")
			}
			if response.Status != c.status || response.ErrorSource != backend.ErrorSourceDownstream {
				t.Errorf("status %d from %s: %v", response.Status, response.ErrorSource, response.Error)
			}
			for _, part := range c.says {
				if !strings.Contains(response.Error.Error(), part) {
					t.Errorf("%q is not in: %v", part, response.Error)
				}
			}
		})
	}
}

func TestTheWayToTheServerIsExplained(t *testing.T) {
	real := clickhousetest.URL(t)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free := closed.Addr().String()
	_ = closed.Close()
	web := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(web.Close)
	secured, _ := overTLS(t)
	for _, c := range []struct {
		name, url, step, says string
		status                backend.Status
	}{
		{"no such host", "http://no-such-host.invalid:8123", stepResolve, `The host "no-such-host.invalid" cannot be resolved`, 502},
		{"nobody listens", "http://" + free, stepConnect, "connection refused", 502},
		{"unknown authority", secured, stepTLS, "TLS failed", 502},
		{"TLS to a plain port", strings.Replace(real, "http://", "https://", 1), stepTLS, "TLS failed", 502},
		{"another web server", web.URL, stepConnect, "This does not look like ClickHouse", 502},
		{"no URL", "", stepSettings, "url: the address of ClickHouse's HTTP interface is missing", 400},
		{"password in the URL", "http://user:" + secret + "@host", stepSettings, "the URL must not carry a user or password", 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := open(t, instance(c.url, func(s *backend.DataSourceInstanceSettings) { s.DecryptedSecureJSONData["password"] = secret }))
			response := answerTo(t, d, sqlQuery(t, "SELECT {p:String}", `"params": {"p": {"type": "String", "value": "`+secret+`"}}`), nil)
			if response.Error == nil || response.Status != c.status || !strings.Contains(response.Error.Error(), c.says) {
				t.Errorf("status %d: %v", response.Status, response.Error)
			}
			if strings.Contains(response.Error.Error(), secret) {
				t.Errorf("the error tells a secret: %v", response.Error)
			}
			health := healthOf(t, d)
			if health.Status != backend.HealthStatusError || stepIn(t, health) != c.step || strings.Contains(health.Message, secret) {
				t.Errorf("health: %v %s", health.Message, health.JSONDetails)
			}
		})
	}
}

func TestLoginIsCheckedAndThePasswordStaysSecret(t *testing.T) {
	address := clickhousetest.Start(t, "SUUUPRA_CLICKHOUSE_USER=reader", "SUUUPRA_CLICKHOUSE_PASSWORD="+secret)
	for password, status := range map[string]backend.Status{secret: 200, "wrong-" + secret: 401} {
		d := open(t, instance(address, func(s *backend.DataSourceInstanceSettings) {
			s.User, s.DecryptedSecureJSONData["password"] = "reader", password
		}))
		response := answerTo(t, d, sqlQuery(t, "SELECT 1"), nil)
		if response.Status != status || response.Error != nil && strings.Contains(response.Error.Error(), secret) {
			t.Errorf("status %d: %v", response.Status, response.Error)
		}
		if health := healthOf(t, d); status == 401 && stepIn(t, health) != stepLogin {
			t.Errorf("health: %v", health.Message)
		}
	}
}

func TestTLSWithTheConfiguredAuthorityWorks(t *testing.T) {
	address, authority := overTLS(t)
	d := open(t, instance(address, func(s *backend.DataSourceInstanceSettings) {
		s.JSONData = []byte(`{"database": "default", "tlsAuthWithCACert": true, "httpHeaderName1": "X-Team"}`)
		s.DecryptedSecureJSONData = map[string]string{"tlsCACert": authority, "httpHeaderValue1": "blue"}
	}))
	if frame := frameOf(t, answerTo(t, d, sqlQuery(t, "SELECT 7 AS v"), nil)); valueOf(t, frame, "v") != uint8(7) {
		t.Errorf("got %v", valueOf(t, frame, "v"))
	}
}

// overTLS puts TLS before the server, and gives the certificate of its authority.
func overTLS(t *testing.T) (address, authority string) {
	t.Helper()
	target, err := url.Parse(clickhousetest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(httputil.NewSingleHostReverseProxy(target))
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
}
