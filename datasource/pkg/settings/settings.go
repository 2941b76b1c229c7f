// Package settings reads and checks the configuration of a data source.
package settings

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// Defaults of what is not configured.
const (
	DefaultQueryTimeout = 60 * time.Second
	DefaultRowLimit     = 1_000_000
	DefaultByteLimit    = 512 << 20
	DefaultDatabase     = "analytics"
)

// Settings is the configuration of a data source. Everything in it can be provisioned: the fields of stored are those
// of jsonData, the password and the values of headers are in secureJsonData.
type Settings struct {
	URL, User, Password, Database string
	// QueryTimeout is how long a query may run.
	QueryTimeout time.Duration
	// RowLimit and ByteLimit cut results; 0 means no limit.
	RowLimit  int
	ByteLimit int64
	// Compression of results: "", "gzip" or "zstd".
	Compression string
	// ClickHouse are settings of ClickHouse that every query gets; Allowed are those that a query may give itself.
	ClickHouse map[string]string
	Allowed    map[string]bool
	// UserSetting and UserHeader name a setting of ClickHouse and an HTTP header that carry the login of the asking
	// user, for row policies. Empty: not sent.
	UserSetting, UserHeader string
	// ForwardOAuth sends the user's own token in place of user and password.
	ForwardOAuth bool
}

type stored struct {
	Database      string    `json:"database"`
	QueryTimeout  *float64  `json:"queryTimeoutSeconds"`
	RowLimit      *int      `json:"rowLimit"`
	ByteLimit     *int64    `json:"byteLimitMegabytes"`
	Compression   string    `json:"compression"`
	Settings      []setting `json:"settings"`
	Allowed       []string  `json:"allowedSettings"`
	UserSetting   string    `json:"userSetting"`
	UserHeader    string    `json:"userHeader"`
	OAuthPassThru bool      `json:"oauthPassThru"`
}

type setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

var settingName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*$`)

// Load reads the configuration. An error names the field, what was found and what is allowed.
func Load(from backend.DataSourceInstanceSettings) (*Settings, error) {
	var in stored
	if len(from.JSONData) > 0 {
		if err := json.Unmarshal(from.JSONData, &in); err != nil {
			return nil, fmt.Errorf("jsonData: %w", err)
		}
	}
	out := &Settings{
		URL:          strings.TrimSpace(from.URL),
		User:         from.User,
		Password:     from.DecryptedSecureJSONData["password"],
		Database:     firstOf(in.Database, from.Database, DefaultDatabase),
		QueryTimeout: DefaultQueryTimeout,
		RowLimit:     DefaultRowLimit,
		ByteLimit:    DefaultByteLimit,
		Compression:  in.Compression,
		ClickHouse:   map[string]string{},
		Allowed:      map[string]bool{},
		UserSetting:  in.UserSetting,
		UserHeader:   http.CanonicalHeaderKey(in.UserHeader),
		ForwardOAuth: in.OAuthPassThru,
	}
	if out.URL != "" && !strings.Contains(out.URL, "://") {
		out.URL = "http://" + out.URL
	}
	if in.QueryTimeout != nil {
		out.QueryTimeout = time.Duration(*in.QueryTimeout * float64(time.Second))
	}
	if in.RowLimit != nil {
		out.RowLimit = *in.RowLimit
	}
	if in.ByteLimit != nil {
		out.ByteLimit = *in.ByteLimit << 20
	}
	for _, s := range in.Settings {
		if s.Name != "" {
			out.ClickHouse[s.Name] = s.Value
		}
	}
	for _, name := range in.Allowed {
		out.Allowed[name] = true
	}
	return out, out.check()
}

func (s *Settings) check() error {
	switch {
	case s.URL == "":
		return fmt.Errorf("url: the address of ClickHouse's HTTP interface is missing, such as http://clickhouse:8123")
	case s.Compression != "" && s.Compression != "gzip" && s.Compression != "zstd":
		return fmt.Errorf(`compression: must be "", "gzip" or "zstd", got %q`, s.Compression)
	case s.QueryTimeout < time.Second || s.QueryTimeout > 24*time.Hour:
		return fmt.Errorf("queryTimeoutSeconds: must be 1 to 86400, got %g", s.QueryTimeout.Seconds())
	case s.RowLimit < 0:
		return fmt.Errorf("rowLimit: must be 0 (no limit) or more, got %d", s.RowLimit)
	case s.ByteLimit < 0:
		return fmt.Errorf("byteLimitMegabytes: must be 0 (no limit) or more, got %d", s.ByteLimit>>20)
	case s.UserSetting != "" && !settingName.MatchString(s.UserSetting):
		return fmt.Errorf("userSetting: must be the name of a setting, such as SQL_grafana_user, got %q", s.UserSetting)
	}
	for name := range s.ClickHouse {
		if !settingName.MatchString(name) {
			return fmt.Errorf("settings: %q is not the name of a setting", name)
		}
	}
	return nil
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
