package db_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"balie/db/dbtest"
	"balie/policy"
)

var statement = regexp.MustCompile(`(?is)^\s*(select|insert|update|delete|with)\s`)

// sources finds each whole SQL statement of the package: constants and literals
// joined by +. What is built at run time is left to the tests that run it.
func sources(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files, consts := map[string]*ast.File{}, map[string]ast.Expr{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || name == "lint.go" || strings.HasPrefix(name, "archive_") {
			continue // the lint reads the catalogue, and an archive all, as the owner
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = f
		ast.Inspect(f, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok {
				for i, v := range spec.Values {
					consts[spec.Names[i].Name] = v
				}
			}
			return true
		})
	}
	found := map[string]string{}
	for name, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			sql, whole := eval(e, consts)
			if whole && statement.MatchString(sql) {
				found[sql] = name
			}
			_, sum := e.(*ast.BinaryExpr)
			return !sum // its parts are no statements
		})
	}
	return found
}

// eval is the text of a constant expression.
func eval(e ast.Expr, consts map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.Ident:
		if v, ok := consts[e.Name]; ok {
			return eval(v, consts)
		}
	case *ast.BinaryExpr:
		left, ok := eval(e.X, consts)
		right, also := eval(e.Y, consts)
		return left + right, ok && also && e.Op == token.ADD
	}
	return "", false
}

var servingRoles = []string{"sales", "manager", "finance", "privacy", "admin", "auditor", "door", "clock", "sealer", "indexer", "founder"}

// Every query is planned as the roles that serve: one that none may run has a
// right missing, or a column renamed.
func TestEveryQuery(t *testing.T) {
	dbtest.New(t)
	conn := superuser(t)
	queries := sources(t)
	if len(queries) < 40 {
		t.Fatalf("only %d queries found", len(queries))
	}
	for sql, file := range queries {
		if roles, err := runnable(t, conn, sql); len(roles) == 0 {
			t.Errorf("%s: nobody can run %q: %v", file, sql, err)
		}
	}
	if roles, _ := runnable(t, conn, "select secret, 1 from totp, audit"); len(roles) > 0 {
		t.Errorf("the control: %v can read what none should", roles)
	}
	t.Logf("%d queries planned", len(queries))
}

func runnable(t *testing.T, conn *pgx.Conn, sql string) (roles []string, last error) {
	t.Helper()
	ctx := t.Context()
	for _, role := range servingRoles {
		tx, err := conn.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		_, err = tx.Exec(ctx, "set local role balie_"+role)
		if err == nil {
			_, err = tx.Exec(ctx, "prepare q as "+sql, pgx.QueryExecModeSimpleProtocol)
		}
		var n int
		if err == nil {
			err = tx.QueryRow(ctx, "select coalesce(cardinality(parameter_types), 0) from pg_prepared_statements where name = 'q'").Scan(&n)
		}
		if err == nil {
			args := ""
			if n > 0 {
				args = "(" + strings.TrimSuffix(strings.Repeat("null,", n), ",") + ")"
			}
			_, err = tx.Exec(ctx, fmt.Sprintf("explain execute q%s", args), pgx.QueryExecModeSimpleProtocol)
		}
		if err == nil {
			roles = append(roles, role)
		} else {
			last = err
		}
		if err := tx.Rollback(ctx); err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Exec(ctx, "deallocate q") // prepared statements outlive a rollback
	}
	return roles, last
}

// The sweep walks along an index, whoever stands on a rule's purpose: gathering
// these for each batch took half of a night's work.
func TestWalk_inOrder(t *testing.T) {
	store := dbtest.New(t)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	crowd(t, sander, 20000, "case when n % 10 = 1 then now() - interval '20 years' else now() - n * interval '2 hours' end")
	dbtest.Exec(t, "insert into bases select n, 'recruitment', 'contract', now() from generate_series(1, 20000, 10) n")
	dbtest.Exec(t, "analyze bases")
	walks := 0
	for sql := range sources(t) {
		if !strings.Contains(sql, "c.id > 0") {
			continue
		}
		walks++
		if way := plan(t, sql, "now() - interval '15 years', 0, 'recruitment', 'contract', '-infinity', 0, 250"); strings.Contains(way, "hashed") || !strings.Contains(way, "customers_activity") {
			t.Errorf("%s\n%s", sql, way)
		}
	}
	if walks != 1 {
		t.Errorf("%d walks along everybody", walks)
	}
}

// plan is how PostgreSQL carries a query out for the clock.
func plan(t *testing.T, sql, args string) string {
	t.Helper()
	conn := superuser(t)
	for _, sql := range []string{"set role balie_clock", "prepare q as " + sql} {
		if _, err := conn.Exec(t.Context(), sql, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := conn.Query(t.Context(), "explain execute q("+args+")", pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}
