package db_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/db/cluster/clustertest"
	"balie/db/dbtest"
)

// verifier connects as a login that was made as the migration says.
func verifier(t *testing.T) *pgx.Conn {
	t.Helper()
	dbtest.Exec(t, "create role log_reader login in role balie_verifier")
	t.Cleanup(func() { dbtest.Exec(t, "drop role log_reader") })
	conn, err := pgx.Connect(t.Context(), clustertest.As(t, dbtest.AdminURL(t), "log_reader"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// Who verifies from outside reads the log and its checkpoints, and nothing else.
func TestVerifier(t *testing.T) {
	store, _, heads := keptLog(t)
	conn := verifier(t)
	report, err := db.VerifyWith(t.Context(), conn, store.Keys.Public(), strings.NewReader(heads))
	if err != nil || !report.OK() || report.Rows != 12 || report.Heads != 4 {
		t.Errorf("%+v, %v", report, err)
	}
	var read []string
	for _, table := range tables(t) {
		if _, err := conn.Exec(t.Context(), "select * from "+table+" limit 0"); err == nil {
			read = append(read, table)
		}
		for _, change := range []string{"insert into %s default values", "delete from %s", "truncate %s"} {
			if _, err := conn.Exec(t.Context(), strings.Replace(change, "%s", table, 1)); err == nil {
				t.Errorf("the verifier can %s %s", change, table)
			}
		}
	}
	if got := strings.Join(read, " "); got != "audit checkpoints" {
		t.Errorf("the verifier reads %q", got)
	}
	for _, f := range []string{"me('admin')", "log_about(1)", "exposure(1, 'UTC', null, 1)", "customer_counts()"} {
		if _, err := conn.Exec(t.Context(), "select from "+f); err == nil {
			t.Errorf("the verifier can call %s", f)
		}
	}
}

func tables(t *testing.T) []string {
	t.Helper()
	all := dbtest.Query[[]string](t, `select array_agg(relname::text order by relname) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`)
	if len(all) < 20 {
		t.Fatalf("only %v", all)
	}
	return all
}

// Heads may be in several files, and among the lines of a log that others
// collected; what is torn or strange does no harm.
func TestVerifyLog_severalHeads(t *testing.T) {
	store, _, heads := keptLog(t)
	lines := strings.Fields(strings.ReplaceAll(heads, " ", "="))
	noted := func(i int) string { return strings.Replace(lines[i], "=", " ", 1) }
	write := func(name, content string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	files := []string{
		write("heads", noted(0)+"\n"+noted(1)[:20]), // torn by a crash
		write("journal", "Nov 22 05:11:36 crm balie[12]: something else\n"+
			`Nov 22 05:11:37 crm balie[12]: {"time":"2026-11-22T05:11:37Z","level":"INFO","msg":"`+db.HeadWord+" "+noted(3)+`"}`+"\n"),
	}
	open := func() db.Report {
		f, err := db.OpenHeads(files...)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		report, err := store.VerifyLog(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	if report := open(); !report.OK() || report.Heads != 2 {
		t.Errorf("%+v", report)
	}
	runAll(t, "delete from audit where id > 9; delete from checkpoints where n > 3")
	named(t, open(), "checkpoint 4 is missing, though its head was noted outside: the log's end was cut off")
	if _, err := db.OpenHeads(files[0], filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file of heads that isn't there was left out in silence")
	}
}
