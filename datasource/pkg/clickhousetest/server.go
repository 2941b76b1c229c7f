// Package clickhousetest starts the repository's own ClickHouse, the engine behind the HTTP interface, for tests.
package clickhousetest

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// URLVariable names a server to use instead of starting one.
const URLVariable = "SUUUPRA_CLICKHOUSE_URL"

var (
	once    sync.Once
	address string
	problem error
	stop    = func() {}
)

// Main runs the tests of a package and stops the server if one was started. TestMain calls it.
func Main(m *testing.M) {
	code := m.Run()
	stop()
	os.Exit(code)
}

// URL is the address of a server, which is started when the first test asks. Without Node.js or the packages of the
// repository the test is skipped.
func URL(t testing.TB) string {
	t.Helper()
	once.Do(func() {
		if address = os.Getenv(URLVariable); address == "" {
			address, stop, problem = start()
		}
	})
	if problem != nil {
		t.Skipf("no ClickHouse to ask: %v", problem)
	}
	return address
}

// Run runs a statement on the server and returns the answer as text.
func Run(t testing.TB, sql string) string {
	t.Helper()
	response, err := http.Post(URL(t), "text/plain", strings.NewReader(sql))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s\n%s %v: %s", sql, response.Status, err, body)
	}
	return strings.TrimSpace(string(body))
}

// Start starts one more server, with additional environment variables, for the time of one test.
func Start(t testing.TB, environment ...string) string {
	t.Helper()
	own, end, err := start(environment...)
	if err != nil {
		t.Skipf("no ClickHouse to ask: %v", err)
	}
	t.Cleanup(end)
	return own
}

func start(environment ...string) (url string, end func(), err error) {
	root, err := repository()
	if err != nil {
		return "", nil, err
	}
	if _, err := os.Stat(filepath.Join(root, "node_modules", "chdb")); err != nil {
		return "", nil, fmt.Errorf("the packages of the repository are not installed: run npm install")
	}
	data, err := os.MkdirTemp("", "suuupra-go-test-")
	if err != nil {
		return "", nil, err
	}
	command := exec.Command("node", "--import", "tsx", "pipeline/local/clickhouse-server/main.ts", "--port", "0", "--data", data)
	command.Dir = root
	command.Env = append(os.Environ(), environment...)
	command.Stderr = os.Stderr
	command.SysProcAttr = endWithParent
	output, err := command.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := command.Start(); err != nil {
		return "", nil, err
	}
	end = func() {
		_ = command.Process.Signal(os.Interrupt)
		ended := make(chan struct{})
		go func() { _ = command.Wait(); close(ended) }()
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			_ = command.Process.Kill()
		}
		_ = os.RemoveAll(data)
	}
	lines := bufio.NewReader(output)
	line, err := lines.ReadString('\n')
	match := regexp.MustCompile(`listening (http://\S+)`).FindStringSubmatch(line)
	if match == nil {
		end()
		return "", nil, fmt.Errorf("the server did not start: %q, %w", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return match[1], end, nil
}

// repository is the root of the project: the folder of the workspaces.
func repository() (string, error) {
	_, file, _, _ := runtime.Caller(0)
	for dir := filepath.Dir(file); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "pipeline", "local")); err == nil {
			return dir, nil
		}
	}
	return "", fmt.Errorf("the project's root was not found from %s", file)
}
