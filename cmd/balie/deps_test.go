package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers are our folders from left to right: each may import from those before
// it, and from itself.
var layers = []string{"policy", "db", "ops", "views", "server", "cmd"}

// barred are packages that a folder, or one package, may not import, with the
// reason.
var barred = []struct {
	folder, prefix, why string
}{
	{"db", "charm.land/", "rows know no screens"},
	{"db", "github.com/charmbracelet/", "rows know no screens"},
	{"ops", "charm.land/", "acts know no screens"},
	{"ops", "github.com/charmbracelet/", "acts know no screens"},
	{"ops", "github.com/jackc/pgx", "SQL is db's"},
	{"views", "github.com/jackc/pgx", "screens reach rows through acts alone"},
	{"views", "charm.land/ssh", "screens don't know how people come in"},
	{"views", "charm.land/wish", "screens don't know how people come in"},
	{"views", "golang.org/x/crypto/ssh", "screens don't know how people come in"},
	{"server", "github.com/jackc/pgx", "it lets people in; rows are reached through acts"},
	{"cmd/balie", "charm.land/", "it only wires"},
}

// pkg is what go list tells of a package.
type pkg struct {
	ImportPath string
	Imports    []string
}

// fault says what is wrong with an import, "" for nothing.
func fault(from, to string) string {
	folder := folderOf(from)
	if rank, ok := rankOf(to); ok {
		if own, _ := rankOf(from); rank > own {
			return "imports go policy ← db ← ops ← views ← server ← cmd"
		}
		if folderOf(to) == "cmd" && !strings.HasPrefix(to, "balie/cmd/balie/") {
			return "nobody imports cmd"
		}
		return ""
	}
	if folder == "policy" && strings.Contains(strings.Split(to, "/")[0], ".") {
		return "policy is standard library only"
	}
	for _, b := range barred {
		if (folder == b.folder || from == "balie/"+b.folder) && strings.HasPrefix(to, b.prefix) {
			return b.why
		}
	}
	return ""
}

func folderOf(path string) string {
	_, rest, ours := strings.Cut(path, "balie/")
	if !ours || !strings.HasPrefix(path, "balie/") {
		return ""
	}
	return strings.Split(rest, "/")[0]
}

func rankOf(path string) (rank int, ours bool) {
	rank = slices.Index(layers, folderOf(path))
	return rank, rank >= 0
}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "balie/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; seen++ {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if _, ours := rankOf(p.ImportPath); !ours {
			t.Errorf("%s is in none of the folders %v", p.ImportPath, layers)
		}
		for _, to := range p.Imports {
			if why := fault(p.ImportPath, to); why != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, to, why)
			}
		}
	}
	if seen < 10 {
		t.Errorf("looked at %d packages: too few to mean anything", seen)
	}
}

func TestImports_Control(t *testing.T) {
	for _, c := range []struct {
		from, to string
		bad      bool
	}{
		{"balie/policy", "balie/db", true},
		{"balie/policy/text", "golang.org/x/text/width", true},
		{"balie/policy", "encoding/json", false},
		{"balie/ops/sample", "balie/server", true},
		{"balie/views/screen", "balie/ops", false},
		{"balie/views", "github.com/jackc/pgx/v5", true},
		{"balie/db", "charm.land/lipgloss/v2", true},
		{"balie/server", "balie/views", false},
		{"balie/server", "balie/cmd/balie", true},
		{"balie/cmd/balie", "balie/db/cluster", false},
		{"balie/cmd/balie", "charm.land/bubbletea/v2", true},
		{"balie/cmd/balie/bench", "charm.land/bubbletea/v2", false}, // it compares with the stock renderer
	} {
		if got := fault(c.from, c.to); (got != "") != c.bad {
			t.Errorf("%s imports %s: %q, want a fault: %t", c.from, c.to, got, c.bad)
		}
	}
}
