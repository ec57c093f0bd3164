package server

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// guards are the functions that recover what they run; a goroutine may start
// with nothing else.
var guards = map[string]bool{"guard": true, "guarded": true, "Guard": true}

// harmless may run on a timer or at a context's end as they are: closing or
// cancelling can't panic.
var harmless = map[string]bool{"hangUp": true, "checkIdle": true, "cancel": true, "Close": true}

// bare are the files that may start a goroutine without one, with the reason.
var bare = map[string]string{
	"../db/cluster/run.go": "waits for a child process and does nothing else",
	"../ops/audience.go":   "all that it calls runs under db.Safely",
	"../ops/watch.go":      "its timer only takes sessions off a list and closes them",
}

// TestGoroutinesRecover: one panic in a bare goroutine ends the process, and
// with it everybody's session (threats, finding 3).
func TestGoroutinesRecover(t *testing.T) {
	files := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || onlyForTests(path) {
			return err
		}
		files++
		if bare[path] != "" {
			return nil
		}
		for _, fault := range bareGoroutines(t, path, nil) {
			t.Error(fault)
		}
		return nil
	})
	if err != nil || files < 20 {
		t.Fatalf("looked at %d files: %v", files, err)
	}
}

// onlyForTests says that a package only serves tests.
func onlyForTests(path string) bool {
	return strings.HasSuffix(filepath.Base(filepath.Dir(path)), "test")
}

func TestGoroutinesRecover_Control(t *testing.T) {
	for src, want := range map[string]int{
		`package p; func f() { go g() }`:                                                 1,
		`package p; func f() { go func() { g() }() }`:                                    1,
		`package p; func f() { time.AfterFunc(1, func() { g() }) }`:                      1,
		`package p; func f() { context.AfterFunc(c, g) }`:                                1,
		`package p; func f() { go s.guard("x", g); time.AfterFunc(1, p.hangUp) }`:        0,
		`package p; func f() { context.AfterFunc(c, func() { s.guard("x", g) }) }`:       0,
		`package p; func f() { go func() { defer s.guarded(); g() }() }`:                 0,
		`package p; func f() { time.AfterFunc(1, func() { g(); s.guard("x", g) }) }`:     1,
		`package p; func f() { h(func() { go g() }) }`:                                   1,
		`package p; func f() { go func() { defer close(c); _ = db.Safely(g)() }() }`:     0,
		`package p; func f() { go func() { defer close(c); db.Safely(g) }() }`:           1,
		`package p; func f() { go func() { defer h(); _ = db.Safely(g)() }() }`:          1,
		`package p; func f() { go func() { _ = db.Safely(g)(); h() }() }`:                1,
		`package p; func f() { go func() { defer func() { recover() }(); g() }(); g() }`: 0,
	} {
		if got := bareGoroutines(t, "p.go", src); len(got) != want {
			t.Errorf("%s: found %d, want %d: %q", src, len(got), want, got)
		}
	}
}

func bareGoroutines(t *testing.T, path string, src any) (faults []string) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, src, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if start := startOf(n); start != nil && !recovers(start) {
			faults = append(faults, set.Position(n.Pos()).String()+": a goroutine starts here without a guard")
		}
		return true
	})
	return faults
}

// startOf is what a node runs on a goroutine of its own, if it does.
func startOf(n ast.Node) ast.Expr {
	switch n := n.(type) {
	case *ast.GoStmt:
		if lit, ok := n.Call.Fun.(*ast.FuncLit); ok {
			return lit
		}
		return n.Call
	case *ast.CallExpr:
		if nameOf(n.Fun) == "AfterFunc" && len(n.Args) == 2 {
			return n.Args[1]
		}
	}
	return nil
}

func recovers(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CallExpr:
		return guards[nameOf(e.Fun)]
	case *ast.FuncLit:
		return recoversFirst(e.Body.List)
	}
	return harmless[nameOf(e)]
}

// recoversFirst: the body is one guarded call, after which at most something is
// closed, or one of its leading defers recovers.
func recoversFirst(body []ast.Stmt) bool {
	if rest := afterClosing(body); len(rest) == 0 || len(rest) == 1 && isGuarded(rest[0]) {
		return true
	}
	for _, s := range body {
		deferred, ok := s.(*ast.DeferStmt)
		if !ok {
			return false
		}
		if lit, ok := deferred.Call.Fun.(*ast.FuncLit); ok && callsRecover(lit) || guards[nameOf(deferred.Call.Fun)] {
			return true
		}
	}
	return false
}

// afterClosing leaves out the leading defers that only close something.
func afterClosing(body []ast.Stmt) []ast.Stmt {
	for i, s := range body {
		if d, ok := s.(*ast.DeferStmt); !ok || nameOf(d.Call.Fun) != "close" && !harmless[nameOf(d.Call.Fun)] {
			return body[i:]
		}
	}
	return nil
}

// isGuarded says that a statement is a call of a guard, or of what db.Safely
// makes of a function.
func isGuarded(s ast.Stmt) bool {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		e = s.Rhs[0]
	}
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	if made, ok := call.Fun.(*ast.CallExpr); ok {
		return nameOf(made.Fun) == "Safely"
	}
	return guards[nameOf(call.Fun)] || harmless[nameOf(call.Fun)]
}

func callsRecover(lit *ast.FuncLit) (found bool) {
	ast.Inspect(lit, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && nameOf(call.Fun) == "recover" {
			found = true
		}
		return !found
	})
	return found
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
