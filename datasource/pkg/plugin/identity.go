package plugin

import (
	"encoding/json"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// asker is who asks, from where: it goes into ClickHouse's query log.
type asker struct {
	Product   string `json:"product"`
	User      string `json:"user,omitempty"`
	Org       int64  `json:"org,omitempty"`
	Dashboard string `json:"dashboard,omitempty"`
	Panel     string `json:"panel,omitempty"`
	Rule      string `json:"rule,omitempty"`
	Query     string `json:"query,omitempty"`
	// alert says that an alert rule asks: its answer must be whole.
	alert bool
}

func askerOf(pc backend.PluginContext, headers map[string]string) asker {
	http := (&backend.QueryDataRequest{Headers: headers}).GetHTTPHeaders()
	get := func(name string) string {
		if v := http.Get(name); v != "" {
			return v
		}
		return headers[name]
	}
	a := asker{
		Product:   ID,
		Org:       pc.OrgID,
		Dashboard: get("X-Dashboard-Uid"),
		Panel:     get("X-Panel-Id"),
		Rule:      get("X-Rule-Uid"),
		alert:     get("FromAlert") == "true",
	}
	if pc.User != nil {
		a.User = pc.User.Login
	}
	return a
}

// comment is the asker as JSON, for log_comment.
func (a asker) comment(refID string) string {
	a.Query = refID
	encoded, err := json.Marshal(a)
	if err != nil {
		return ID
	}
	return string(encoded)
}

// identity is what of the asker ClickHouse must know to decide what may be read: headers and settings.
func (d *Datasource) identity(a asker, headers http.Header) (http.Header, map[string]string) {
	sent, own := http.Header{}, map[string]string{}
	if d.settings.UserHeader != "" && a.User != "" {
		sent.Set(d.settings.UserHeader, a.User)
	}
	if d.settings.UserSetting != "" {
		own[d.settings.UserSetting] = a.User
	}
	if d.settings.ForwardOAuth {
		if token := headers.Get(backend.OAuthIdentityTokenHeaderName); token != "" {
			sent.Set("Authorization", token)
		}
	}
	return sent, own
}
