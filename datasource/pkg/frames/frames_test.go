package frames

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/suuupra/analytics/datasource/pkg/clickhousetest"
	"github.com/suuupra/analytics/datasource/pkg/native"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

var update = flag.Bool("update", false, "record testdata again from a server")

// cases are queries by the format they are asked in; testdata holds what a server answered and the frame of that.
var cases = []struct {
	name, sql string
	format    Format
	options   Options
}{
	{"table", "SELECT 1 AS n, 'x' AS t, 18446744073709551615 AS beyond, NULL::Nullable(Float64) AS nothing", Table, Options{}},
	{"timeseries_wide", "SELECT toDateTime(60 * number, 'UTC') AS time, number AS a, number * 1.5 AS b FROM numbers(3)", TimeSeries, Options{}},
	{"timeseries_unsorted", "SELECT number AS v, if(number = 1, NULL, toDateTime(100 - number, 'UTC')) AS at FROM numbers(3)", TimeSeries, Options{}},
	{"timeseries_long", "SELECT toDateTime64(number, 3, 'UTC') AS time, ['mobile', '', 'web'][number % 3 + 1] AS device, toDecimal64(number, 6) AS value FROM numbers(4)", TimeSeries, Options{}},
	{"timeseries_two_numbers", "SELECT toDateTime(0, 'UTC') AS time, 'x' AS kind, 1 AS a, 2 AS b", TimeSeries, Options{}},
	{"timeseries_null_and_empty", "SELECT toDateTime(0, 'UTC') AS time, [NULL, '', 'web'][number + 1] AS device, number AS v FROM numbers(3)", TimeSeries, Options{}},
	{"timeseries_null_is_all", "SELECT toDateTime(0, 'UTC') AS time, [NULL, 'web'][number + 1] AS device, number AS v FROM numbers(2)", TimeSeries, Options{NullLabel: "All"}},
	{"timeseries_filled_null", "SELECT toDateTime(60 * number, 'UTC') AS time, number AS v FROM numbers(5) WHERE number IN (1, 3)", TimeSeries, fill("null")},
	{"timeseries_filled_previous", "SELECT toDateTime(60 * number, 'UTC') AS time, number AS v FROM numbers(5) WHERE number IN (1, 3)", TimeSeries, fill("previous")},
	{"timeseries_filled_zero", "SELECT toDateTime(60 * number, 'UTC') AS time, number AS v FROM numbers(5) WHERE number IN (1, 3)", TimeSeries, fill("0")},
	{"numeric_wide", "SELECT 1.5 AS a, true AS b, toDateTime(1) AS t", Numeric, Options{}},
	{"numeric_long", "SELECT ['x', 'y'][number + 1] AS kind, 18446744073709551615 AS v FROM numbers(2)", Numeric, Options{}},
	{"numeric_null_is_all", "SELECT [NULL, '', 'x'][number + 1] AS kind, number AS v FROM numbers(3)", Numeric, Options{NullLabel: "All"}},
	{"logs", "SELECT toDateTime(1, 'UTC') AS time, 'broken'::Nullable(String) AS message, 'error' AS level, 'e1' AS id, 'events' AS topic, 7 AS offset", Logs, Options{}},
	{"annotations", "SELECT toDateTime(1, 'UTC') AS time, toDateTime(2, 'UTC') AS end, 'deploy' AS text, ['a', 'b'] AS tags", Annotations, Options{}},
	{"heatmap", "SELECT toDateTime(60 * intDiv(number, 3), 'UTC') AS time, [10, 2, 100][number % 3 + 1] AS bucket, number AS n FROM numbers(6)", Heatmap, Options{}},
}

func fill(how string) Options {
	return Options{Fill: how, Step: time.Minute, From: time.Unix(0, 0), To: time.Unix(240, 0)}
}

func TestEveryFormatGivesTheGoldenFrame(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join("testdata", c.name)
			if *update {
				write(t, file+".native", ask(t, c.sql))
			}
			frame := golden(t, read(t, file+".native"), c.format, c.options)
			if *update {
				write(t, file+".golden.json", frame)
			}
			if !bytes.Equal(frame, read(t, file+".golden.json")) {
				t.Errorf("the frame differs from %s.golden.json (go test -update rewrites it):\n%s", file, frame)
			}
		})
	}
}

func TestAFormatThatDoesNotFitNamesTheColumnsThereAre(t *testing.T) {
	for format, want := range map[Format]string{
		TimeSeries:  "the format timeseries needs a column of type Date, DateTime or DateTime64; the result has t String",
		Numeric:     "the format numeric needs a column of numbers; the result has t String",
		Logs:        "the format logs needs a column of times and one of texts; the result has t String",
		Annotations: "the format annotations needs a column of type Date, DateTime or DateTime64; the result has t String",
		"pie":       `there is no format "pie"; there are: annotations, heatmap, logs, numeric, table, timeseries`,
	} {
		result, err := native.Empty([]string{"t"}, []string{"String"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Build(result, format, Options{}); err == nil || err.Error() != want {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestNoRowsMakeAFrameWithFieldsInEveryFormat(t *testing.T) {
	for format := range builders {
		result, err := native.Empty([]string{"time", "kind", "v"}, []string{"DateTime", "String", "UInt64"})
		if err != nil {
			t.Fatal(err)
		}
		frame, err := Build(result, format, fill("null"))
		if err != nil || len(frame.Fields) == 0 || frame.Rows() != 0 {
			t.Errorf("%s: %v, %v", format, frame, err)
		}
	}
}

func TestAFillThatWouldAddTooManyRowsIsRefused(t *testing.T) {
	frame := data.NewFrame("", data.NewField("time", nil, []time.Time{time.Unix(0, 0)}), data.NewField("v", nil, []float64{1}))
	_, err := filled(frame, Options{Fill: "0", Step: time.Second, From: time.Unix(0, 0), To: time.Unix(1e6, 0)})
	if err == nil || !strings.Contains(err.Error(), "take a larger interval") {
		t.Error(err)
	}
}

func golden(t *testing.T, answer []byte, format Format, options Options) []byte {
	t.Helper()
	result, err := native.Read(bytes.NewReader(answer), native.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	frame, err := Build(result, format, options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := frame.MarshalArrow(); err != nil { // what Grafana receives
		t.Fatal(err)
	}
	compact, err := json.Marshal(frame)
	if err != nil {
		t.Fatal(err)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, compact, "", "  "); err != nil {
		t.Fatal(err)
	}
	return append(pretty.Bytes(), '\n')
}

func ask(t *testing.T, sql string) []byte {
	t.Helper()
	url := clickhousetest.URL(t)
	response, err := http.Post(url+"?default_format=Native", "text/plain", strings.NewReader(sql))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %v: %s", response.Status, err, body)
	}
	return body
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func write(t *testing.T, file string, content []byte) {
	t.Helper()
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
