package status

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

func TestNamesEachStatus(t *testing.T) {
	var names []string
	for _, status := range []Status{Pending, Running, Done} {
		names = append(names, fmt.Sprint(status))
	}
	if want := []string{"pending", "running", "done"}; !slices.Equal(names, want) {
		t.Errorf("got %q; want %q", names, want)
	}
}

func TestWritesJSON(t *testing.T) {
	got, err := json.Marshal(Job{ID: 7, Status: Running})
	if want := `{"id":7,"status":"running"}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

// region: current
func TestGeneratedFileIsCurrent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "status_string.go")
	cmd := exec.CommandContext(t.Context(),
		"go", "tool", "stringer", "-type=Status", "-linecomment", "-output="+path)
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if !bytes.Equal(code(t, "status_string.go"), code(t, path)) {
		t.Error("status_string.go is out of date; run go generate")
	}
}

// code returns a generated file without its first line, which names the command.
func code(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(text, []byte("\n"))
	return rest
}

// endregion
