// Command suuupra-preview-host shows a Grafana plugin without a Grafana server: it serves the preview page and the
// plugin's files, starts the plugin's binary and answers queries, health checks and resource calls in Grafana's wire
// format. It is for development, tests and a first look; it knows no users and listens on 127.0.0.1 only.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/suuupra/analytics/preview/host/internal/api"
	"github.com/suuupra/analytics/preview/host/internal/plugins"
	"github.com/suuupra/analytics/preview/host/internal/provisioning"
)

const (
	startTimeout = 5 * time.Second
	stopTimeout  = 5 * time.Second
)

type options struct {
	port         int
	plugins      string
	provisioning string
	pages        string
	logLevel     string
}

func parseFlags() options {
	var chosen options
	flag.IntVar(&chosen.port, "port", 3001, "`port` on 127.0.0.1")
	flag.StringVar(&chosen.plugins, "plugins", "plugin/dist", "`directory` in which plugins are looked for")
	flag.StringVar(&chosen.provisioning, "provisioning", "provisioning",
		"`directory` with datasources/, dashboards/ and plugins/ in Grafana's provisioning format")
	flag.StringVar(&chosen.pages, "pages", "", "`directory` of the built pages (default: where this program lies)")
	flag.StringVar(&chosen.logLevel, "log-level", "info", "least `level` that is logged: debug, info, warn, error")
	flag.Parse()
	return chosen
}

func main() {
	chosen := parseFlags()
	log := hclog.New(&hclog.LoggerOptions{Name: "preview", Level: hclog.LevelFromString(chosen.logLevel)})
	if err := run(chosen, log); err != nil {
		log.Error("preview stopped", "error", err)
		os.Exit(1)
	}
}

func run(chosen options, log hclog.Logger) error {
	server, err := newServer(chosen, log)
	if err != nil {
		return err
	}
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(chosen.port))
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("port %d: %w", chosen.port, err)
	}
	startBackends(server, log)
	defer stopBackends(server)

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	waitForBackends(ctx, server, log)

	// Streams live as long as their pages: they end with this context, or the shutdown would wait for them.
	web := &http.Server{
		Handler:           server.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	log.Info("ready", "url", "http://"+address+"/", "plugins", len(server.Catalog), "datasources", len(server.Sources))

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop() // a second signal ends the program at once
	deadline, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	if err := web.Shutdown(deadline); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

func newServer(chosen options, log hclog.Logger) (*api.Server, error) {
	if chosen.pages == "" {
		self, err := os.Executable()
		if err != nil {
			return nil, err
		}
		chosen.pages = filepath.Dir(self)
	}
	provisioned, err := filepath.Abs(chosen.provisioning)
	if err != nil {
		return nil, err
	}
	pages, err := api.ReadPages(chosen.pages)
	if err != nil {
		return nil, err
	}
	catalog, err := plugins.ReadCatalog(chosen.plugins)
	if err != nil {
		return nil, err
	}
	lookup := provisioning.Lookup(provisioned)
	sources, err := provisioning.ReadDataSources(provisioned, lookup)
	if err != nil {
		return nil, err
	}
	apps, err := provisioning.ReadApps(provisioned, lookup)
	if err != nil {
		return nil, err
	}
	return &api.Server{
		Catalog:      catalog,
		Backends:     map[string]*plugins.Backend{},
		Sources:      sources,
		Apps:         apps,
		Provisioning: provisioned,
		Pages:        pages,
		Log:          log,
	}, nil
}

func startBackends(server *api.Server, log hclog.Logger) {
	environment := plugins.Environment(server.Pages.Version())
	for id, plugin := range server.Catalog {
		if plugin.Backend && plugin.Executable != "" {
			server.Backends[id] = plugins.StartBackend(plugin.ExecutablePath(), environment, log.Named(id))
		}
	}
}

// waitForBackends gives the binaries time to start, so that the first page finds them ready. One that does not start
// is reported and tried again in the background; its queries answer "Plugin unavailable".
func waitForBackends(ctx context.Context, server *api.Server, log hclog.Logger) {
	deadline, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for id, running := range server.Backends {
		if err := running.Ready(deadline); err != nil && ctx.Err() == nil {
			log.Error("plugin is not ready", "plugin", id, "error", err)
		}
	}
}

func stopBackends(server *api.Server) {
	for _, running := range server.Backends {
		running.Stop()
	}
}
