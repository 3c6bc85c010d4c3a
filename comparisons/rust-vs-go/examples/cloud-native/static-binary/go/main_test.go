package main

import (
	"debug/elf"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// region: release
func build(t *testing.T, env ...string) *elf.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "service")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-o", path)
	cmd.Env = append(cmd.Environ(), env...)
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return parse(t, path)
}

func TestStaticForEachTarget(t *testing.T) {
	for _, target := range []struct {
		arch    string
		machine elf.Machine
	}{
		{"amd64", elf.EM_X86_64},
		{"arm64", elf.EM_AARCH64},
	} {
		t.Run(target.arch, func(t *testing.T) {
			file := build(t, "CGO_ENABLED=0", "GOOS=linux", "GOARCH="+target.arch)
			if file.Machine != target.machine || hasInterpreter(file) {
				t.Errorf("machine %v, interpreter %t", file.Machine, hasInterpreter(file))
			}
		})
	}
}

func TestDynamicByDefault(t *testing.T) {
	if !hasInterpreter(build(t)) {
		t.Error("no interpreter")
	}
}

// endregion

// region: elf
func parse(t *testing.T, path string) *elf.File {
	t.Helper()
	file, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

func hasInterpreter(file *elf.File) bool {
	return slices.ContainsFunc(file.Progs, func(p *elf.Prog) bool {
		return p.Type == elf.PT_INTERP
	})
}

// endregion
