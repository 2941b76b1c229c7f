package clickhouse

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// A user of ClickHouse who may change no settings cannot be had from the embedded engine. These tests answer in
// ClickHouse's place, with its words.

// readonlyUser refuses the settings of a request, the first by name, as ClickHouse does for a user with readonly = 1.
func readonlyUser(t *testing.T, allowed ...string) (*Client, func() int) {
	t.Helper()
	var mu sync.Mutex
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked++
		mu.Unlock()
		for _, name := range []string{"readonly", "max_execution_time", "log_comment", "cancel_http_readonly_queries_on_client_close", "from_query"} {
			if r.URL.Query().Has(name) {
				w.Header().Set("X-ClickHouse-Exception-Code", "164")
				w.WriteHeader(http.StatusInternalServerError)
				_, _ = io.WriteString(w, "Code: 164. DB::Exception: Cannot modify '"+name+"' setting in readonly mode. (READONLY) (version 25.8.1.1 (official build))\n")
				return
			}
		}
		w.Header().Set("X-ClickHouse-Format", "Native")
		_, _ = w.Write([]byte{1, 1, 1, 'n', 5, 'U', 'I', 'n', 't', '8', 42})
	}))
	t.Cleanup(server.Close)
	client, err := New(Options{URL: server.URL}, server.Client())
	if err != nil {
		t.Fatal(err)
	}
	return client, func() int {
		mu.Lock()
		defer mu.Unlock()
		return asked
	}
}

func TestSettingsThatAUserMayNotChangeAreLeftOutFromThenOn(t *testing.T) {
	client, asked := readonlyUser(t)
	for i, most := range []int{5, 1} {
		before := asked()
		answer, err := client.Ask(context.Background(), Query{SQL: "SELECT 42", Timeout: 1e9, Comment: "who"})
		if err != nil || answer.Rows() != 1 {
			t.Fatalf("question %d: %v", i, err)
		}
		if n := asked() - before; n != most {
			t.Errorf("question %d took %d requests", i, n)
		}
	}
	if len(client.Refused()) != 4 {
		t.Errorf("left out: %v", client.Refused())
	}
}

func TestASettingOfTheQueryItselfIsNotLeftOut(t *testing.T) {
	client, _ := readonlyUser(t)
	_, err := client.Ask(context.Background(), Query{SQL: "SELECT 42", Settings: map[string]string{"from_query": "1"}})
	var refused *Error
	if !errors.As(err, &refused) || refused.Setting != "from_query" || refused.Kind != KindPermission {
		t.Errorf("got %v", err)
	}
}

func TestExceptionsAreReadInAllTheirForms(t *testing.T) {
	for text, want := range map[string]Error{
		"Code: 62. DB::Exception: Syntax error: failed at position 8 (FRUM) (line 3, col 5): FRUM x. Expected one of: FROM. (SYNTAX_ERROR) (version 26.7.2.1 (official build))\n": {
			Kind: KindQuery, Code: 62, Name: "SYNTAX_ERROR", Line: 3, Column: 5, Message: "Syntax error: failed at position 8 (FRUM) (line 3, col 5): FRUM x. Expected one of: FROM"},
		"Code: 516. DB::Exception: reader: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED) (version 24.8.1)": {
			Kind: KindLogin, Code: 516, Name: "AUTHENTICATION_FAILED", Message: "reader: Authentication failed: password is incorrect", Hint: "Check user and password of the data source"},
		"Code: 279. DB::Exception: Code: 210. DB::Exception: Connection refused. (NETWORK_ERROR)": {
			Kind: KindServer, Code: 279, Name: "NETWORK_ERROR", Message: "Connection refused"},
		"Code: 115. DB::Exception: Unknown setting 'foo'. (UNKNOWN_SETTING)": {
			Kind: KindQuery, Code: 115, Name: "UNKNOWN_SETTING", Message: "Unknown setting 'foo'", Setting: "foo"},
		"Code: 452. DB::Exception: Setting max_execution_time shouldn't be greater than 60. (SETTING_CONSTRAINT_VIOLATION)": {
			Kind: KindPermission, Code: 452, Name: "SETTING_CONSTRAINT_VIOLATION", Message: "Setting max_execution_time shouldn't be greater than 60", Setting: "max_execution_time"},
		"<html>bad gateway</html>": {Kind: KindServer, Message: "<html>bad gateway</html>"},
	} {
		if got := parseException(text); *got != want {
			t.Errorf("%s\n got %+v\n wanted %+v", text, *got, want)
		}
	}
}

func TestEveryCodeHasOneKind(t *testing.T) {
	seen := map[int]Kind{}
	for kind, codes := range kinds {
		for _, code := range codes {
			if other, twice := seen[code]; twice {
				t.Errorf("code %d is of kind %s and %s", code, other, kind)
			}
			seen[code] = kind
		}
	}
	for code := range hints {
		if _, known := seen[code]; !known {
			t.Errorf("code %d has a hint and no kind", code)
		}
	}
}

func TestValuesOfParametersAreEscapedOnce(t *testing.T) {
	for value, want := range map[string]string{
		`"a\tb\nc\\d'e\u0000"`:   `a\tb\nc\\d\'e\0`,
		`["it's", "b\\c", null]`: `['it\'s','b\\c',NULL]`,
		`[[1, 2.50], []]`:        `[[1,2.50],[]]`,
		`18446744073709551615`:   `18446744073709551615`,
		`null`:                   `\N`,
		`true`:                   `1`,
	} {
		got, err := Parameter{Type: "T", Value: json.RawMessage(value)}.encode()
		if err != nil || got != want {
			t.Errorf("%s became %s, %v", value, got, err)
		}
	}
	for _, value := range []string{`{"a": 1}`, `nope`, ``} {
		if got, err := (Parameter{Type: "T", Value: json.RawMessage(value)}).encode(); err == nil {
			t.Errorf("%s became %s", value, got)
		}
	}
	if got, err := (Parameter{Type: "Identifier", Value: json.RawMessage(`"a\\b"`)}).encode(); err != nil || got != `a\b` {
		t.Errorf("an identifier became %s, %v", got, err)
	}
}

func TestAURLIsCheckedAndNeverShownWithItsPassword(t *testing.T) {
	for _, url := range []string{"", "ftp://host", "http://", "http://user:hunter2@host:8123", "://"} {
		if _, err := New(Options{URL: url}, nil); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", url, err)
		}
	}
}
