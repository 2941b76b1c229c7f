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

	"github.com/hashicorp/go-hclog"

	"github.com/suuupra/analytics/preview/host/internal/plugins"
)

const patience = 30 * time.Second

// start starts this test's own binary as a plugin and waits until it is ready.
func start() (*plugins.Backend, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	running := plugins.StartBackend(self, plugins.Environment("13.0.0"), hclog.NewNullLogger())
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return running, running.Ready(ctx)
}

func startSelf(t *testing.T) *plugins.Backend {
	t.Helper()
	running, err := start()
	if running != nil {
		t.Cleanup(running.Stop)
	}
	if err != nil {
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

// With this variable the test's binary is the host of the next test.
const roleVariable = "EXAMPLE_HOST_ROLE"

// beHost starts the plugin, says its process id and waits to be killed.
func beHost() {
	running, err := start()
	if err != nil {
		os.Exit(1)
	}
	fmt.Printf("plugin %d\n", running.PID())
	time.Sleep(time.Hour)
}

func TestBackendDiesWithAKilledHost(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("only Linux ends a child with its parent")
	}
	host := exec.Command(os.Args[0])
	host.Env = append(os.Environ(), roleVariable+"=1")
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
