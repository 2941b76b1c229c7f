package plugins_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/hashicorp/go-hclog"

	"github.com/suuupra/analytics/preview/host/internal/plugins"
)

const patience = 30 * time.Second

func startSelf(t *testing.T) *plugins.Backend {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	running := plugins.StartBackend(self, plugins.Environment("13.0.0"), hclog.NewNullLogger())
	t.Cleanup(running.Stop)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := running.Ready(ctx); err != nil {
		t.Fatal(err)
	}
	return running
}

// eventually waits for a condition that another process brings about.
func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for !condition() {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// runs says whether a process is there and has not ended (a zombie has).
func runs(pid int) bool {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	afterName := string(status)[strings.LastIndex(string(status), ")")+1:]
	return !strings.HasPrefix(strings.TrimSpace(afterName), "Z")
}

func TestBackendIsStartedAgainAfterItDied(t *testing.T) {
	running := startSelf(t)
	first := running.PID()
	if err := syscall.Kill(first, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "another process", func() bool {
		_, err := running.Clients()
		return err == nil && running.PID() != first
	})
}

func TestBackendIsUnavailableAfterStop(t *testing.T) {
	running := startSelf(t)
	pid := running.PID()
	running.Stop()
	if _, err := running.Clients(); !errors.Is(err, plugins.ErrUnavailable) {
		t.Errorf("error is %v", err)
	}
	if runs(pid) {
		t.Errorf("process %d still runs", pid)
	}
}

func TestBackendWhoseBinaryIsMissingIsUnavailable(t *testing.T) {
	running := plugins.StartBackend("/nonexistent/gpx", nil, hclog.NewNullLogger())
	defer running.Stop()
	if _, err := running.Clients(); !errors.Is(err, plugins.ErrUnavailable) {
		t.Errorf("error is %v", err)
	}
}

func TestEnvironmentKeepsSecretsOfTheHostOut(t *testing.T) {
	t.Setenv("SUUUPRA_CLICKHOUSE_PASSWORD", "secret")
	for _, entry := range plugins.Environment("13.0.0") {
		if strings.Contains(entry, "secret") {
			t.Errorf("it has %s", entry)
		}
	}
}

// The host of the next test: starts the plugin, says its process id and waits to be killed.
const roleVariable = "EXAMPLE_HOST_ROLE"

func TestHostRole(t *testing.T) {
	if os.Getenv(roleVariable) == "" {
		t.Skip("only a part of TestBackendDiesWithAKilledHost")
	}
	fmt.Printf("plugin %d\n", startSelf(t).PID())
	select {}
}

func TestBackendDiesWithAKilledHost(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("only Linux ends a child with its parent")
	}
	host := exec.Command(os.Args[0], "-test.run=^TestHostRole$", "-test.v")
	host.Env = append(os.Environ(), roleVariable+"=1", grpcplugin.MagicCookieKey+"=")
	output, err := host.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := host.Start(); err != nil {
		t.Fatal(err)
	}
	pid := 0
	for lines := bufio.NewScanner(output); pid == 0 && lines.Scan(); {
		if _, number, found := strings.Cut(lines.Text(), "plugin "); found {
			pid, _ = strconv.Atoi(number)
		}
	}
	if pid == 0 || !runs(pid) {
		t.Fatalf("plugin %d does not run", pid)
	}
	if err := host.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = host.Wait()
	eventually(t, "the end of the plugin", func() bool { return !runs(pid) })
}
