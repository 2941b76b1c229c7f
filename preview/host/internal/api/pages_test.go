package api_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestPageOfTheGenerationThatIsAskedForAndThenRemembered(t *testing.T) {
	server := serve(t)
	_, headers, body := call(t, "GET", server.URL+"/d/funnel/a-funnel?grafana=10", "")
	cookie, _, _ := strings.Cut(headers.Get("Set-Cookie"), ";")
	if body != "page 10" || cookie != "preview-grafana=10" {
		t.Errorf("%s, cookie %q", body, cookie)
	}
	for path, wanted := range map[string]string{"/": "page 10", "/a/example-app": "page 10", "/dashboards?grafana=13": "page 13"} {
		if _, _, body := call(t, "GET", server.URL+path, "", "Cookie", cookie); body != wanted {
			t.Errorf("%s is %s", path, body)
		}
	}
	if _, _, body := call(t, "GET", server.URL+"/?grafana=12", ""); body != "page 13" {
		t.Errorf("an unknown generation is %s", body)
	}
}

func TestPolicyLetsOnlyTheLoaderOf10EvaluateText(t *testing.T) {
	server := serve(t)
	for generation, evaluates := range map[string]bool{"10": true, "13": false} {
		_, headers, _ := call(t, "GET", server.URL+"/?grafana="+generation, "")
		policy := headers.Get("Content-Security-Policy")
		if strings.Contains(policy, "unsafe-eval") != evaluates || !strings.Contains(policy, "default-src 'self'") {
			t.Errorf("policy of %s is %s", generation, policy)
		}
	}
}

func TestPluginFiles(t *testing.T) {
	server := serve(t)
	for path, wanted := range map[string]int{
		"/public/plugins/example-app/module.js":                             200,
		"/public/plugins/example-app/datasource/plugin.json":                200,
		"/public/plugins/example-datasource/plugin.json":                    200,
		"/public/plugins/example-datasource/gpx_example_linux_amd64":        404,
		"/public/plugins/example-app/datasource/gpx_example_linux_amd64":    404,
		"/public/plugins/example-datasource/":                               404,
		"/public/plugins/example-datasource/..%2f..%2f..%2f..%2fetc/passwd": 404,
		"/public/plugins/nobody/module.js":                                  404,
	} {
		if status, _, body := call(t, "GET", server.URL+path, ""); status != wanted {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
}

func TestRequestsOfOtherSitesAreRefused(t *testing.T) {
	server := serve(t)
	for name, headers := range map[string][]string{
		"another host name": {"Host", "evil.example"},
		"another origin":    {"Origin", "https://evil.example"},
		"an opaque origin":  {"Origin", "null"},
	} {
		if status, _, _ := call(t, "GET", server.URL+"/api/health", "", headers...); status != http.StatusForbidden {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _, _ := call(t, "GET", server.URL+"/api/health", "", "Origin", server.URL); status != http.StatusOK {
		t.Errorf("its own origin: %d", status)
	}
}

func TestOnlyFilesWithAHashInTheirNameAreKeptByTheBrowser(t *testing.T) {
	server := serve(t)
	for path, wanted := range map[string]string{
		"/preview/13/chunks/start-1A2B.js":      "public, max-age=31536000, immutable",
		"/preview/13/entry.js":                  "no-cache",
		"/public/plugins/example-app/module.js": "no-cache",
		"/":                                     "no-store",
	} {
		if _, headers, _ := call(t, "GET", server.URL+path, ""); headers.Get("Cache-Control") != wanted {
			t.Errorf("%s: %s", path, headers.Get("Cache-Control"))
		}
	}
}
