package clickhouse

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
)

// settings are the settings of ClickHouse for a query: ours, then the data source's, then the query's own.
func (c *Client) settings(q Query) url.Values {
	values := url.Values{}
	set := func(name, value string) {
		if _, refused := c.refused.Load(name); !refused {
			values.Set(name, value)
		}
	}
	for name, value := range ours(q) {
		set(name, value)
	}
	if c.options.Compression != "" {
		set(compressionSetting, "1")
	}
	for name, value := range c.options.Settings {
		values.Set(name, value)
	}
	for name, value := range q.Settings {
		values.Set(name, value)
	}
	return values
}

// analysisSettings are those that the API and the command line set too (pipeline/clickhouse/wire.ts).
var analysisSettings = map[string]string{
	// Starts of days, weeks and months outside 1970 … 2106 too.
	"enable_extended_results_for_datetime_functions": "1",
	// Copies of one event have the same time and lie in one partition.
	"do_not_merge_across_partitions_select_final": "1",
	// Statistics are long expressions over a few rows: compiling them to machine code takes longer than running them.
	"compile_expressions": "0",
	// They have no chains of comparisons; the search for them took a third of the time of planning.
	"optimize_and_compare_chain": "0",
}

// ours are settings that every query should have. Each is left out, from then on, for a server that does not know it or
// a user who may not change it: time, rows and bytes are limited by the client as well.
func ours(q Query) map[string]string {
	out := map[string]string{
		// Nothing but reading, yet settings may be given with the query.
		"readonly": "2",
		// A closed connection ends the query.
		"cancel_http_readonly_queries_on_client_close":                      "1",
		"output_format_native_write_json_as_string":                         "1",
		"output_format_native_use_flattened_dynamic_and_json_serialization": "1",
	}
	if q.Analysis {
		for name, value := range analysisSettings {
			out[name] = value
		}
	}
	if q.Comment != "" {
		out["log_comment"] = q.Comment
	}
	if q.Timeout > 0 {
		out["max_execution_time"] = seconds(q.Timeout)
	}
	if q.Limits.Rows > 0 {
		out["max_result_rows"] = strconv.Itoa(q.Limits.Rows)
	}
	if q.Limits.Bytes > 0 {
		out["max_result_bytes"] = strconv.FormatInt(q.Limits.Bytes, 10)
	}
	if q.Limits.Rows > 0 || q.Limits.Bytes > 0 {
		out["result_overflow_mode"] = "break"
	}
	return out
}

// refuse says whether asking again makes sense: a setting of ours was refused, and it is now left out. dropped are
// those left out since the question was first asked: one that is refused although it was not sent stands in the query
// itself.
func (c *Client) refuse(q Query, err error, dropped map[string]bool) bool {
	var e *Error
	if !errors.As(err, &e) || e.Setting == "" {
		return false
	}
	if _, isOurs := ours(q)[e.Setting]; !isOurs && e.Setting != compressionSetting {
		return false
	}
	if dropped[e.Setting] {
		c.refused.Delete(e.Setting)
		return false
	}
	dropped[e.Setting] = true
	c.refused.Store(e.Setting, true)
	return true
}

const compressionSetting = "enable_http_compression"

// Refused are the settings of ours that this server or user does not allow.
func (c *Client) Refused() (names []string) {
	c.refused.Range(func(name, _ any) bool {
		names = append(names, name.(string))
		return true
	})
	return names
}

// Progress is what a query read, as far as the server had told when it began to answer.
type Progress struct {
	Rows, Bytes uint64
}

func progressOf(response *http.Response) Progress {
	var summary struct {
		Rows  string `json:"read_rows"`
		Bytes string `json:"read_bytes"`
	}
	if json.Unmarshal([]byte(response.Header.Get("X-ClickHouse-Summary")), &summary) != nil {
		return Progress{}
	}
	rows, _ := strconv.ParseUint(summary.Rows, 10, 64)
	bytes, _ := strconv.ParseUint(summary.Bytes, 10, 64)
	return Progress{Rows: rows, Bytes: bytes}
}
