package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/suuupra/analytics/preview/host/internal/provisioning"
)

// GET /api/search[?query=TEXT&tag=TAG]: the dashboards, by folder and title.
func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	dashboards, err := s.dashboards()
	if err != nil {
		s.dashboardsBroken(w, err)
		return
	}
	asked, tags := strings.ToLower(r.URL.Query().Get("query")), r.URL.Query()["tag"]
	hits := []map[string]any{}
	for i, dashboard := range dashboards {
		if !strings.Contains(strings.ToLower(dashboard.Title), asked) || !hasAll(dashboard.Tags, tags) {
			continue
		}
		hit := map[string]any{
			"id": i + 1, "uid": dashboard.UID, "title": dashboard.Title, "type": "dash-db", "tags": dashboard.Tags,
			"url": address(dashboard), "uri": "db/" + dashboard.Slug, "slug": "", "isStarred": false, "sortMeta": 0,
		}
		if dashboard.Folder != "" {
			hit["folderTitle"] = dashboard.Folder
		}
		hits = append(hits, hit)
	}
	writeJSON(w, http.StatusOK, hits)
}

// GET /api/dashboards/uid/UID: one dashboard as its file has it.
func (s *Server) dashboard(w http.ResponseWriter, r *http.Request) {
	dashboards, err := s.dashboards()
	if err != nil {
		s.dashboardsBroken(w, err)
		return
	}
	for _, dashboard := range dashboards {
		if dashboard.UID != r.PathValue("uid") {
			continue
		}
		writeJSON(w, http.StatusOK, map[string]any{
			"meta": map[string]any{
				"type": "db", "slug": dashboard.Slug, "url": address(dashboard), "folderTitle": dashboard.Folder,
				"provisioned": true, "canEdit": false, "canSave": false, "canAdmin": false, "canStar": false,
				"canDelete": false, "updated": dashboard.Updated, "version": 1,
			},
			"dashboard": dashboard.JSON,
		})
		return
	}
	writeError(w, http.StatusNotFound, "Dashboard not found")
}

func (s *Server) dashboards() ([]*provisioning.Dashboard, error) {
	return provisioning.ReadDashboards(s.Provisioning, provisioning.Lookup(s.Provisioning))
}

func address(dashboard *provisioning.Dashboard) string {
	return "/d/" + dashboard.UID + "/" + dashboard.Slug
}

func hasAll(tags, wanted []string) bool {
	for _, tag := range wanted {
		if !slices.Contains(tags, tag) {
			return false
		}
	}
	return true
}

// The error names the file that is at fault: whoever edits a dashboard reads it in the page.
func (s *Server) dashboardsBroken(w http.ResponseWriter, err error) {
	s.Log.Error("dashboards cannot be read", "error", err)
	writeError(w, http.StatusInternalServerError, err.Error())
}
