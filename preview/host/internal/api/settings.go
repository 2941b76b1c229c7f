package api

import (
	"encoding/json"
	"maps"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/suuupra/analytics/preview/host/internal/plugins"
	"github.com/suuupra/analytics/preview/host/internal/provisioning"
)

// GET /api/frontend/settings: what the page has to know before it starts: data sources, panels, apps, formats.
func (s *Server) frontendSettings(w http.ResponseWriter, r *http.Request) {
	sources, panels, apps := map[string]any{}, map[string]any{}, map[string]any{}
	defaultName := ""
	for _, source := range s.Sources {
		plugin, known := s.Catalog[source.Type]
		if !known {
			s.Log.Warn("data source without its plugin", "name", source.Name, "type", source.Type)
			continue
		}
		if source.IsDefault || defaultName == "" {
			defaultName = source.Name
		}
		sources[source.Name] = sourceSettings(source, plugin)
	}
	for _, panel := range s.Catalog.OfType("panel") {
		panels[panel.ID] = map[string]any{
			"id": panel.ID, "name": panel.Name, "info": panel.Info, "module": panel.Module(), "baseUrl": panel.BaseURL(),
			"skipDataQuery": panel.SkipDataQuery, "hideFromList": false, "sort": 100, "signature": "unsigned", "state": "",
		}
	}
	for _, app := range s.Catalog.OfType("app") {
		apps[app.ID] = map[string]any{
			"id": app.ID, "path": app.Module(), "version": app.Version(), "preload": app.Preload,
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"appUrl": "http://" + r.Host + "/", "appSubUrl": "", "namespace": "default",
		"datasources": sources, "defaultDatasource": defaultName, "panels": panels, "apps": apps,
		"buildInfo": map[string]any{
			"version": s.Pages.version(r), "commit": "preview", "env": "production", "edition": "Open Source",
		},
		"featureToggles": map[string]bool{}, "licenseInfo": map[string]any{"enabledFeatures": map[string]bool{}},
		"liveEnabled": true, "dateFormats": dateFormats,
	})
}

// dateFormats are the formats of a Grafana nobody has configured.
var dateFormats = map[string]any{
	"fullDate": "YYYY-MM-DD HH:mm:ss",
	"interval": map[string]string{
		"millisecond": "HH:mm:ss.SSS", "second": "HH:mm:ss", "minute": "HH:mm", "hour": "MM/DD HH:mm",
		"day": "MM/DD", "month": "YYYY-MM", "year": "YYYY",
	},
	"defaultTimezone": "browser", "defaultWeekStart": "browser", "useBrowserLocale": false,
}

func sourceSettings(source *provisioning.DataSource, plugin *plugins.Plugin) map[string]any {
	return map[string]any{
		"id": source.ID, "uid": source.UID, "name": source.Name, "type": source.Type, "meta": pluginMeta(plugin),
		"url": "/api/datasources/proxy/uid/" + source.UID, "access": source.Access, "isDefault": bool(source.IsDefault),
		"readOnly": true, "jsonData": source.JSONData, "module": plugin.Module(), "preload": plugin.Preload,
	}
}

// pluginMeta is plugin.json and where the plugin's files are.
func pluginMeta(plugin *plugins.Plugin) map[string]any {
	meta := maps.Clone(plugin.JSON)
	meta["module"], meta["baseUrl"], meta["signature"] = plugin.Module(), plugin.BaseURL(), "unsigned"
	return meta
}

// GET /api/datasources: the data sources, without secrets.
func (s *Server) dataSources(w http.ResponseWriter, _ *http.Request) {
	list := []map[string]any{}
	for _, source := range s.Sources {
		list = append(list, publicSource(source))
	}
	writeJSON(w, http.StatusOK, list)
}

// GET /api/datasources/uid/UID: one data source; of its secrets only which are set.
func (s *Server) dataSource(w http.ResponseWriter, r *http.Request) {
	source := s.source(r.PathValue("uid"))
	if source == nil {
		writeError(w, http.StatusNotFound, "Data source not found")
		return
	}
	writeJSON(w, http.StatusOK, publicSource(source))
}

func publicSource(source *provisioning.DataSource) map[string]any {
	return map[string]any{
		"id": source.ID, "uid": source.UID, "orgId": 1, "name": source.Name, "type": source.Type,
		"access": source.Access, "url": source.URL, "user": source.User, "database": source.Database,
		"basicAuth": bool(source.BasicAuth), "basicAuthUser": source.BasicAuthUser, "withCredentials": false,
		"isDefault": bool(source.IsDefault), "jsonData": source.JSONData, "readOnly": true, "version": 1,
		"secureJsonFields": setFields(source.SecureJSONData),
	}
}

func setFields(secrets map[string]string) map[string]bool {
	set := map[string]bool{}
	for name, value := range secrets {
		if value != "" {
			set[name] = true
		}
	}
	return set
}

// GET /api/plugins: all plugins.
func (s *Server) plugins(w http.ResponseWriter, _ *http.Request) {
	list := []map[string]any{}
	for _, kind := range []string{"app", "datasource", "panel"} {
		for _, plugin := range s.Catalog.OfType(kind) {
			list = append(list, map[string]any{
				"id": plugin.ID, "name": plugin.Name, "type": plugin.Type, "info": plugin.Info, "enabled": true,
				"signature": "unsigned", "defaultNavUrl": defaultNavURL(plugin),
			})
		}
	}
	writeJSON(w, http.StatusOK, list)
}

// GET /api/plugins/ID/settings: plugin.json, and for an app its settings, of the secrets only which are set.
func (s *Server) pluginSettings(w http.ResponseWriter, r *http.Request) {
	plugin, known := s.Catalog[r.PathValue("id")]
	if !known {
		writeError(w, http.StatusNotFound, "Plugin not found, no installed plugin with that id")
		return
	}
	settings := pluginMeta(plugin)
	settings["enabled"], settings["pinned"], settings["defaultNavUrl"] = true, true, defaultNavURL(plugin)
	settings["jsonData"], settings["secureJsonFields"] = map[string]any{}, map[string]bool{}
	if app := s.Apps[plugin.ID]; app != nil {
		settings["enabled"] = !bool(app.Disabled)
		if app.JSONData != nil {
			settings["jsonData"] = app.JSONData
		}
		settings["secureJsonFields"] = setFields(app.SecureJSONData)
	}
	writeJSON(w, http.StatusOK, settings)
}

// defaultNavURL is the page of an app that its entry in the menu opens.
func defaultNavURL(plugin *plugins.Plugin) string {
	for _, include := range plugin.Includes {
		if include.DefaultNav && include.Path != "" {
			return include.Path
		}
	}
	if plugin.Type == "app" {
		return "/a/" + plugin.ID
	}
	return "/plugins/" + plugin.ID + "/"
}

// appSettings are the settings of an app as its backend gets them, with the secrets; app may be nil.
func appSettings(app *provisioning.App) (*backend.AppInstanceSettings, error) {
	settings := &backend.AppInstanceSettings{JSONData: []byte("{}"), Updated: started}
	if app == nil {
		return settings, nil
	}
	settings.DecryptedSecureJSONData = app.SecureJSONData
	if app.JSONData == nil {
		return settings, nil
	}
	encoded, err := json.Marshal(app.JSONData)
	settings.JSONData = encoded
	return settings, err
}
