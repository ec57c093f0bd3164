package views

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"balie/policy"
)

// TestDutchMessages walks the sources of all that people can be told, and finds
// sentences without a translation, or with other verbs in it.
func TestDutchMessages(t *testing.T) {
	found := map[string]bool{}
	for _, dir := range []string{"../policy", "../db", "../ops", "../ops/sheet", "../ops/pasted", "../ops/dossier", "../server"} {
		for _, s := range sentencesIn(t, dir) {
			found[s] = true
			dutch, ok := dutchMessages[s]
			if !ok {
				t.Errorf("%s: no Dutch for\n%q: \"\",", dir, s)
				continue
			}
			if got, want := verbs(dutch), verbs(s); !slices.Equal(got, want) {
				t.Errorf("%q has %v, its translation %v", s, want, got)
			}
		}
	}
	if len(found) < 30 {
		t.Fatalf("only %d sentences were found: the walk is broken", len(found))
	}
	for s := range dutchMessages {
		if !found[s] && s != internal {
			t.Errorf("nothing says %q any more", s)
		}
	}
}

var verb = regexp.MustCompile(`%(\[\d\])?[a-z]`)

func verbs(s string) []string {
	all := verb.FindAllString(s, -1)
	slices.Sort(all)
	return all
}

// sentencesIn are the keys of messages in a package's sources.
func sentencesIn(t *testing.T, dir string) []string {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources in %s: %v", dir, err)
	}
	var all []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			continue // being written by somebody
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
		if err != nil {
			t.Logf("%s: %v", name, err)
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool { all = append(all, sentenceOf(n)...); return true })
	}
	return all
}

// sentenceOf finds the key in Errorf(kind, "…"), invalid("…"), Message{Key: "…"}
// and a table of conflicts.
func sentenceOf(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.CallExpr:
		switch nameOf(n.Fun) {
		case "Errorf":
			if pkg, ok := n.Fun.(*ast.SelectorExpr); ok && nameOf(pkg.X) != "policy" {
				return nil
			}
			if len(n.Args) > 1 {
				return literal(n.Args[1])
			}
		case "invalid", "tell", "confirm":
			if len(n.Args) > 0 {
				return literal(n.Args[0])
			}
		}
	case *ast.KeyValueExpr:
		if nameOf(n.Key) == "Key" {
			return literal(n.Value)
		}
	case *ast.AssignStmt:
		if len(n.Lhs) == 1 && nameOf(n.Lhs[0]) == "msg" {
			return literal(n.Rhs[0])
		}
	case *ast.ValueSpec:
		if len(n.Names) == 1 && n.Names[0].Name == "conflicts" && len(n.Values) == 1 {
			return values(n.Values[0])
		}
	}
	return nil
}

func values(table ast.Expr) (all []string) {
	lit, _ := table.(*ast.CompositeLit)
	if lit == nil {
		return nil
	}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			all = append(all, literal(kv.Value)...)
		}
	}
	return all
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// literal is a sentence: a string with a space in it.
func literal(e ast.Expr) []string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return nil
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil || !strings.Contains(s, " ") {
		return nil
	}
	return []string{s}
}

// The control: a sentence that nobody translated is said in English.
func TestSay_Untranslated(t *testing.T) {
	msg := policy.Message{Key: "Nobody translated %s.", Args: []any{"this"}}
	if got := Say("nl", msg); got != "Nobody translated this." {
		t.Errorf("got %q", got)
	}
}
