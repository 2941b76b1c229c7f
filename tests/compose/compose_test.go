// Package compose checks docker-compose.yml with the parser that Docker itself uses.
package compose

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

const root = "../.."

func load(t *testing.T) *types.Project {
	t.Helper()
	options, err := cli.NewProjectOptions(
		[]string{filepath.Join(root, "docker-compose.yml")},
		cli.WithEnv([]string{
			"SUUUPRA_CLICKHOUSE_PASSWORD=for-the-test",
			"SUUUPRA_API_TOKEN=for-the-test-only",
			"SUUUPRA_COLLECTOR_WRITE_KEYS=tests:for-the-test-only",
		}),
		cli.WithProfiles([]string{"*"}),
	)
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		t.Fatalf("docker-compose.yml does not load: %v", err)
	}
	return project
}

func TestEveryDependencyIsAServiceAndItsConditionCanBeMet(t *testing.T) {
	project := load(t)
	for _, service := range project.Services {
		for name, dependency := range service.DependsOn {
			target, err := project.GetService(name)
			if err != nil {
				t.Errorf("%s depends on %s, which is not a service", service.Name, name)
				continue
			}
			if dependency.Condition == types.ServiceConditionHealthy && target.HealthCheck == nil {
				t.Errorf("%s waits for %s to be healthy, which has no health check", service.Name, name)
			}
		}
	}
}

func TestEveryPortIsPublishedOnLoopbackOnly(t *testing.T) {
	for _, service := range load(t).Services {
		for _, port := range service.Ports {
			if port.HostIP != "127.0.0.1" {
				t.Errorf("%s publishes %s on %q", service.Name, port.Published, port.HostIP)
			}
		}
	}
}

func TestEveryBindMountAndBuildContextIsInTheRepository(t *testing.T) {
	for _, service := range load(t).Services {
		for _, volume := range service.Volumes {
			if volume.Type != types.VolumeTypeBind {
				continue
			}
			if strings.HasSuffix(volume.Source, "/plugin/dist") {
				continue // made by npm run build
			}
			if _, err := os.Stat(volume.Source); err != nil {
				t.Errorf("%s mounts %s, which does not exist", service.Name, volume.Source)
			}
		}
		if service.Build != nil {
			file := filepath.Join(service.Build.Context, service.Build.Dockerfile)
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s is built from %s, which does not exist", service.Name, file)
			}
		}
	}
}

func TestEveryNamedVolumeIsDeclaredAndUsed(t *testing.T) {
	project := load(t)
	used := map[string]bool{}
	for _, service := range project.Services {
		for _, volume := range service.Volumes {
			if volume.Type == types.VolumeTypeVolume {
				used[volume.Source] = true
				if _, ok := project.Volumes[volume.Source]; !ok {
					t.Errorf("%s uses the volume %s, which is not declared", service.Name, volume.Source)
				}
			}
		}
	}
	for name := range project.Volumes {
		if !used[name] {
			t.Errorf("the volume %s is declared and never used", name)
		}
	}
}

func TestEveryVariableOfOursIsInTheConfiguration(t *testing.T) {
	documented, err := os.ReadFile(filepath.Join(root, "docs/configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, name := range regexp.MustCompile(`SUUUPRA_[A-Z_]+`).FindAllString(string(documented), -1) {
		known[name] = true
	}
	for _, service := range load(t).Services {
		for name := range service.Environment {
			if strings.HasPrefix(name, "SUUUPRA_") && !known[name] {
				t.Errorf("%s sets %s, which is not in docs/configuration.md", service.Name, name)
			}
		}
	}
}

func TestAVariableThatIsNotSetIsNotHandedOn(t *testing.T) {
	collector, err := load(t).GetService("collector")
	if err != nil {
		t.Fatal(err)
	}
	// An empty value would be refused by the collector as a wrong one.
	for name, value := range collector.Environment {
		if value != nil && *value == "" {
			t.Errorf("the collector gets an empty %s", name)
		}
	}
}

func TestEveryImageIsPinnedToAVersion(t *testing.T) {
	for _, service := range load(t).Services {
		if _, tag, found := strings.Cut(service.Image, ":"); !found || tag == "latest" {
			t.Errorf("%s runs %q, which names no version", service.Name, service.Image)
		}
	}
}

func TestNoSecretHasADefault(t *testing.T) {
	options, err := cli.NewProjectOptions([]string{filepath.Join(root, "docker-compose.yml")}, cli.WithEnv(nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := options.LoadProject(context.Background()); err == nil || !strings.Contains(err.Error(), "SUUUPRA_") {
		t.Errorf("without passwords the file must not load, but: %v", err)
	}
}
