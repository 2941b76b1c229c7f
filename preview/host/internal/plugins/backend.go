package plugins

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
)

// ErrUnavailable is returned while the plugin process is not running.
var ErrUnavailable = errors.New("plugin unavailable")

const (
	// Grafana puts no bound on an answer; the bound of gRPC itself (4 MiB) would cut large frames.
	maxAnswerBytes = 1 << 30
	firstPause     = 250 * time.Millisecond
	longestPause   = 10 * time.Second
	// A process that ran this long counts as having started well: the next pause is short again.
	steadyAfter = 30 * time.Second
	checkEvery  = 200 * time.Millisecond
)

// Backend keeps the binary of one plugin running: it is started again, with growing pauses, whenever it ends.
type Backend struct {
	path        string
	environment []string
	log         hclog.Logger

	mu      sync.RWMutex
	clients *Clients
	pid     int

	stop    context.CancelFunc
	stopped chan struct{}
	ready   chan struct{}
}

// StartBackend starts the binary at path and returns at once; see Ready. Its environment is the given one only, and
// what it logs goes to log.
func StartBackend(path string, environment []string, log hclog.Logger) *Backend {
	ctx, cancel := context.WithCancel(context.Background())
	backend := &Backend{
		path:        path,
		environment: environment,
		log:         log,
		stop:        cancel,
		stopped:     make(chan struct{}),
		ready:       make(chan struct{}),
	}
	go backend.supervise(ctx)
	return backend
}

// Clients are the calls of the running process, or ErrUnavailable.
func (b *Backend) Clients() (*Clients, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.clients == nil {
		return nil, ErrUnavailable
	}
	return b.clients, nil
}

// PID is the process id of the running plugin, 0 while none runs.
func (b *Backend) PID() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.pid
}

// Ready waits until the process has answered its first handshake, or ctx ends.
func (b *Backend) Ready(ctx context.Context) error {
	select {
	case <-b.ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Stop ends the process, gently at first, and returns when it has ended.
func (b *Backend) Stop() {
	b.stop()
	<-b.stopped
}

func (b *Backend) supervise(ctx context.Context) {
	defer close(b.stopped)
	// The kernel kills the plugin when the *thread* that started it ends (see dieWithParent), so this goroutine keeps
	// its thread until the plugin is gone.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()

	pause := firstPause
	for ctx.Err() == nil {
		started := time.Now()
		b.runOnce(ctx)
		if ctx.Err() != nil {
			return
		}
		if time.Since(started) > steadyAfter {
			pause = firstPause
		}
		b.log.Warn("plugin process ended, starting it again", "pause", pause)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, longestPause)
	}
}

func (b *Backend) runOnce(ctx context.Context) {
	command := exec.Command(b.path)
	command.Env = b.environment
	dieWithParent(command)
	client := plugin.NewClient(&plugin.ClientConfig{
		Cmd:              command,
		SkipHostEnv:      true,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion:  grpcplugin.ProtocolVersion,
			MagicCookieKey:   grpcplugin.MagicCookieKey,
			MagicCookieValue: grpcplugin.MagicCookieValue,
		},
		VersionedPlugins: protocol,
		Logger:           b.log,
		GRPCDialOptions:  []grpc.DialOption{grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxAnswerBytes))},
	})
	defer client.Kill()
	rpc, err := client.Client()
	if err != nil {
		b.log.Error("plugin did not start", "path", b.path, "error", err)
		return
	}
	clients, err := newClients(rpc)
	if err != nil {
		b.log.Error("plugin speaks another protocol", "error", err)
		return
	}
	b.set(clients, command.Process.Pid)
	defer b.set(nil, 0)

	for !client.Exited() {
		select {
		case <-ctx.Done():
			return
		case <-time.After(checkEvery):
		}
	}
}

func (b *Backend) set(clients *Clients, pid int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clients, b.pid = clients, pid
	select {
	case <-b.ready:
	default:
		if clients != nil {
			close(b.ready)
		}
	}
}

// Environment is what a plugin process gets to see: what a program needs to run, and the names under which Grafana
// says who started it. The rest of the host's environment stays out, so that a plugin cannot come to depend on it.
func Environment(grafanaVersion string) []string {
	environment := []string{"GF_VERSION=" + grafanaVersion, "GF_EDITION=Open Source"}
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "TZ", "SYSTEMROOT"} {
		if value, set := os.LookupEnv(name); set {
			environment = append(environment, name+"="+value)
		}
	}
	return environment
}
