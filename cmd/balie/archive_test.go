package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"balie/db/cluster"
)

// wantMoved takes an archive of the installation, as an owner who is no
// superuser, and fills another, empty one from it.
func (h *hosted) wantMoved(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	pass, file := filepath.Join(dir, "pass"), filepath.Join(dir, "firm.balie")
	write(t, pass, "correct horse battery\n")
	if out, err := balie("archive", "export", file, "--passphrase-file", pass); err != nil {
		t.Fatalf("archive export: %v\n%s", err, out)
	}
	if out, err := balie("archive", "export", file, "--passphrase-file", pass); err == nil {
		t.Errorf("an archive was written over another one: %s", out)
	}
	if out, err := balie("archive", "import", file, "--passphrase-file", pass); err == nil || !strings.Contains(out, "in use") {
		t.Errorf("an archive goes over an installation in use: %v\n%s", err, out)
	}
	h.exec(t, h.private.URL("postgres", cluster.Superuser), "create database second owner landlord")
	second := strings.Replace(h.url("landlord", "owner-secret"), "/balie?", "/second?", 1)
	t.Setenv("BALIE_DATA", filepath.Join(dir, "second"))
	t.Setenv("BALIE_KEYRING", filepath.Join(dir, "second", "keyring.json"))
	if err := os.Mkdir(filepath.Join(dir, "second"), 0o700); err != nil {
		t.Fatal(err)
	}
	url := filepath.Join(dir, "url")
	write(t, url, second)
	t.Setenv("BALIE_OWNER_URL_FILE", url)
	wrong := filepath.Join(dir, "wrong")
	write(t, wrong, "incorrect horse battery\n")
	if out, err := balie("archive", "import", file, "--passphrase-file", wrong); err == nil || !strings.Contains(out, "doesn't open") {
		t.Errorf("another passphrase: %v\n%s", err, out)
	}
	if out, err := balie("archive", "import", file, "--passphrase-file", pass); err != nil {
		t.Fatalf("archive import: %v\n%s", err, out)
	}
	conn, err := pgx.Connect(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var bare, off int
	if err := conn.QueryRow(t.Context(), `select count(*) filter (where not relforcerowsecurity),
		(select count(*) from pg_trigger where not tgisinternal and tgenabled = 'D') from pg_class
		where relkind = 'r' and relnamespace = 'public'::regnamespace`).Scan(&bare, &off); err != nil || bare > 0 || off > 0 {
		t.Errorf("%d tables without row security, %d triggers off: %v", bare, off, err)
	}
	if out, err := balie("doctor"); !strings.Contains(out, "ok     the keyring is this database's") || !strings.Contains(out, "ok     roles, and forced row security") {
		t.Errorf("doctor of what was moved: %v\n%s", err, out)
	}
}
