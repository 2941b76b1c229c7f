package native

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

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/suuupra/analytics/datasource/pkg/clickhousetest"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

var update = flag.Bool("update", false, "record testdata again from a server")

// Each case of testdata is a query, what a server answered to it (NAME.native) and the frame of that (NAME.golden.json).

func TestEveryTypeBecomesTheGoldenFrame(t *testing.T) {
	for _, name := range goldenCases(t) {
		t.Run(name, func(t *testing.T) {
			if *update {
				write(t, name+".native", ask(t, name))
			}
			frame := golden(t, name, read(t, name+".native"))
			if *update {
				write(t, name+".golden.json", frame)
			}
			if want := read(t, name+".golden.json"); !bytes.Equal(frame, want) {
				t.Errorf("the frame differs from testdata/%s.golden.json (go test -update rewrites it):\n%s", name, frame)
			}
		})
	}
}

func TestTheServerAnswersAsRecorded(t *testing.T) {
	for _, name := range goldenCases(t) {
		t.Run(name, func(t *testing.T) {
			if !bytes.Equal(golden(t, name, ask(t, name)), read(t, name+".golden.json")) {
				t.Errorf("the server's answer gives another frame than testdata/%s.golden.json", name)
			}
		})
	}
}

func golden(t *testing.T, name string, answer []byte) []byte {
	t.Helper()
	result, err := Read(bytes.NewReader(answer), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	frame := data.NewFrame(name, result.Fields(Exact)...)
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

func goldenCases(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(filepath.Base(file), ".sql")
	}
	return files
}

// ask sends the query of a case to a server, with the settings the client sends.
func ask(t *testing.T, name string) []byte {
	t.Helper()
	url := clickhousetest.URL(t)
	const settings = "?default_format=Native&output_format_native_write_json_as_string=1&output_format_native_use_flattened_dynamic_and_json_serialization=1"
	response, err := http.Post(url+settings, "text/plain", bytes.NewReader(read(t, name+".sql")))
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
	content, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func write(t *testing.T, file string, content []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join("testdata", file), content, 0o644); err != nil {
		t.Fatal(err)
	}
}
