package server

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestDutch: every sentence that this package says has its Dutch one, with the
// same blanks.
func TestDutch(t *testing.T) {
	said := sentences(t)
	if len(said) < 15 {
		t.Fatalf("only found %v", said)
	}
	for key := range said {
		nl, ok := dutch[key]
		if !ok {
			t.Errorf("no Dutch for %q", key)
		}
		if strings.Count(key, "%") != strings.Count(nl, "%") {
			t.Errorf("%q has other blanks than %q", nl, key)
		}
	}
	for key := range dutch {
		if !said[key] {
			t.Errorf("nobody says %q any more", key)
		}
	}
}

// sentences are the keys of messages in the sources: of policy.Message,
// policy.Errorf, tell and confirm.
func sentences(t *testing.T) map[string]bool {
	t.Helper()
	said := map[string]bool{}
	files, _ := filepath.Glob("*.go")
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := keyOf(n).(*ast.BasicLit); ok {
				s, err := strconv.Unquote(lit.Value)
				said[s] = err == nil
			}
			return true
		})
	}
	return said
}

func keyOf(n ast.Node) ast.Expr {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if nameOf(n.Key) == "Key" {
			return n.Value
		}
	case *ast.CallExpr:
		at, ok := map[string]int{"tell": 0, "confirm": 0, "Errorf": 1}[nameOf(n.Fun)]
		if ok && len(n.Args) > at {
			return n.Args[at]
		}
	}
	return nil
}
