package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/suuupra/analytics/preview/host/internal/provisioning"
)

// batch are the queries of one request that go to one data source.
type batch struct {
	source  *provisioning.DataSource
	queries []backend.DataQuery
}

// Headers that Grafana hands on to a plugin, for its log.
var forwardedHeaders = []string{"X-Dashboard-Uid", "X-Panel-Id", "X-Datasource-Uid", "X-Query-Group-Id"}

// POST /api/ds/query: runs the queries, those of different data sources side by side. The status is 400 when one of
// the answers carries an error; the frames of the others are there all the same.
func (s *Server) query(w http.ResponseWriter, r *http.Request) {
	var request metricRequest
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		writeError(w, http.StatusBadRequest, "bad request data")
		return
	}
	batches, refused := s.batches(&request)
	if refused != nil {
		refused.write(w)
		return
	}
	answer := backend.NewQueryDataResponse()
	if len(batches) == 1 {
		alone, err := s.run(r, batches[0])
		if err != nil {
			s.queryFailed(w, r.Context(), err)
			return
		}
		answer = alone
	} else {
		s.runAll(r, batches, answer)
	}
	statusCode := http.StatusOK
	for _, response := range answer.Responses {
		if response.Error != nil {
			statusCode = http.StatusBadRequest
		}
	}
	writeJSON(w, statusCode, answer)
}

func (s *Server) queryFailed(w http.ResponseWriter, ctx context.Context, err error) {
	if ctx.Err() != nil {
		return // the page does not want the answer any more
	}
	s.Log.Error("query failed", "error", err)
	pluginProblem(err).write(w)
}

// batches sorts the queries by data source, in the order in which the sources appear.
func (s *Server) batches(request *metricRequest) ([]*batch, *problem) {
	if len(request.Queries) == 0 {
		return nil, noQueries
	}
	batches := []*batch{}
	bySource := map[string]*batch{}
	taken := map[string]bool{}
	for _, raw := range request.Queries {
		var head queryHead
		if err := json.Unmarshal(raw, &head); err != nil {
			return nil, &problem{Message: "bad request data", StatusCode: http.StatusBadRequest}
		}
		source, refused := s.sourceOf(&head)
		if refused != nil {
			return nil, refused
		}
		if taken[head.refID()] {
			return nil, doubleRefID
		}
		taken[head.refID()] = true
		if bySource[source.UID] == nil {
			bySource[source.UID] = &batch{source: source}
			batches = append(batches, bySource[source.UID])
		}
		group := bySource[source.UID]
		group.queries = append(group.queries, head.dataQuery(raw, request.From, request.To))
	}
	return batches, nil
}

func (s *Server) sourceOf(head *queryHead) (*provisioning.DataSource, *problem) {
	uid := head.sourceUID()
	if uid == "__expr__" || uid == "-100" {
		return nil, &problem{Message: "The preview evaluates no server-side expressions", StatusCode: http.StatusNotFound}
	}
	if uid == "" {
		for _, source := range s.Sources {
			if source.ID == head.DataSourceID {
				return source, nil
			}
		}
		return nil, noSource
	}
	source := s.source(uid)
	if source == nil {
		return nil, &problem{Message: "Data source not found", StatusCode: http.StatusNotFound}
	}
	return source, nil
}

func (s *Server) run(r *http.Request, group *batch) (*backend.QueryDataResponse, error) {
	clients, err := s.clients(group.source.Type)
	if err != nil {
		return nil, err
	}
	headers := map[string]string{}
	for _, name := range forwardedHeaders {
		if value := r.Header.Get(name); value != "" {
			headers[name] = value
		}
	}
	answer, err := clients.Data.QueryData(r.Context(), backend.ToProto().QueryDataRequest(&backend.QueryDataRequest{
		PluginContext: s.sourceContext(r, group.source),
		Headers:       headers,
		Queries:       group.queries,
	}))
	if err != nil {
		return nil, err
	}
	return backend.FromProto().QueryDataResponse(answer)
}

// runAll adds the answers of all batches to answer; a batch that fails as a whole gives its error to each of its queries.
func (s *Server) runAll(r *http.Request, batches []*batch, answer *backend.QueryDataResponse) {
	var mutex sync.Mutex
	var group sync.WaitGroup
	for _, batch := range batches {
		group.Go(func() {
			part, err := s.run(r, batch)
			mutex.Lock()
			defer mutex.Unlock()
			if err != nil {
				message := strings.TrimSpace(pluginProblem(err).Message)
				for _, query := range batch.queries {
					answer.Responses[query.RefID] = backend.DataResponse{Error: errors.New(message)}
				}
				return
			}
			for refID, response := range part.Responses {
				answer.Responses[refID] = response
			}
		})
	}
	group.Wait()
}
