package provisioning

import (
	"os"
	"path/filepath"
	"testing"
)

func TestExpandReplacesWhatGrafanaReplaces(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("from a file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	environment := map[string]string{"NAME": "value", "NAME_2": "other"}
	lookup := func(name string) string { return environment[name] }
	for text, wanted := range map[string]string{
		"plain":                     "plain",
		"$NAME":                     "value",
		"a ${NAME} b":               "a value b",
		"$NAME_2":                   "other",
		"$__env{NAME}":              "value",
		"$__file{" + secret + "}":   "from a file",
		"$$NAME":                    "$NAME",
		"$UNSET":                    "",
		"http://$NAME:${NAME_2}/$$": "http://value:other/$",
	} {
		if expanded, err := Expand(text, lookup); err != nil || expanded != wanted {
			t.Errorf("%q became %q, %v; wanted %q", text, expanded, err, wanted)
		}
	}
}

func TestExpandNamesAFileThatIsMissing(t *testing.T) {
	if _, err := Expand("$__file{/nonexistent/secret}", os.Getenv); err == nil {
		t.Error("there was no error")
	}
}
