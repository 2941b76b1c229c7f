// Package provisioning reads the files from which Grafana sets itself up: data sources, apps and dashboards.
package provisioning

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

var reference = regexp.MustCompile(`\$__(env|file)\{([^}]*)\}`)

// Lookup is the environment, in which GF_PATHS_PROVISIONING is the given directory unless it is set otherwise: Grafana's
// images set it, and files may name it to find what lies beside them.
func Lookup(dir string) func(string) string {
	return func(name string) string {
		value, set := os.LookupEnv(name)
		if name == "GF_PATHS_PROVISIONING" && !set {
			return dir
		}
		return value
	}
}

// Expand replaces what Grafana replaces in the values of a provisioning file: $VAR, ${VAR} and $__env{VAR} by the
// environment, $__file{PATH} by the text of a file without the space around it, and $$ by a dollar sign.
func Expand(text string, lookup func(string) string) (string, error) {
	parts := strings.Split(text, "$$")
	for i, part := range parts {
		expanded, err := expandPart(part, lookup)
		if err != nil {
			return "", err
		}
		parts[i] = expanded
	}
	return strings.Join(parts, "$"), nil
}

func expandPart(text string, lookup func(string) string) (string, error) {
	var out strings.Builder
	rest := 0
	for _, at := range reference.FindAllStringSubmatchIndex(text, -1) {
		out.WriteString(os.Expand(text[rest:at[0]], lookup))
		kind, argument := text[at[2]:at[3]], text[at[4]:at[5]]
		if kind == "env" {
			out.WriteString(lookup(argument))
		} else {
			content, err := os.ReadFile(argument)
			if err != nil {
				return "", fmt.Errorf("$__file{%s}: %w", argument, err)
			}
			out.WriteString(strings.TrimSpace(string(content)))
		}
		rest = at[1]
	}
	out.WriteString(os.Expand(text[rest:], lookup))
	return out.String(), nil
}

// expandNode expands every string value below a YAML node in place; keys stay as they are.
func expandNode(node *yaml.Node, lookup func(string) string) error {
	switch node.Kind {
	case yaml.ScalarNode:
		if node.Tag != "!!str" {
			return nil
		}
		expanded, err := Expand(node.Value, lookup)
		if err != nil {
			return fmt.Errorf("line %d: %w", node.Line, err)
		}
		node.Value = expanded
	case yaml.MappingNode:
		for i := 1; i < len(node.Content); i += 2 {
			if err := expandNode(node.Content[i], lookup); err != nil {
				return err
			}
		}
	case yaml.DocumentNode, yaml.SequenceNode:
		for _, item := range node.Content {
			if err := expandNode(item, lookup); err != nil {
				return err
			}
		}
	}
	return nil
}

// flag is a boolean that may come from a variable: a string before it is expanded, true or false after.
type flag bool

// UnmarshalYAML takes true, false and their text, and nothing for false.
func (f *flag) UnmarshalYAML(node *yaml.Node) error {
	if node.Value == "" {
		return nil
	}
	value, err := strconv.ParseBool(node.Value)
	if err != nil {
		return fmt.Errorf("line %d: %q is neither true nor false", node.Line, node.Value)
	}
	*f = flag(value)
	return nil
}
