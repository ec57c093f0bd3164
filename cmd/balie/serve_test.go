package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db/cluster"
)

// installation points the environment at a fresh one with a private PostgreSQL.
func installation(t *testing.T) config {
	t.Helper()
	dir := openDir(t)
	for name, value := range map[string]string{
		"BALIE_DATA": dir, "BALIE_DATABASE_URL": "", "BALIE_LISTEN": "127.0.0.1:0", "BALIE_METRICS": freePort(t), "BALIE_NODE": "test",
	} {
		t.Setenv(name, value)
	}
	c, err := fromEnvironment()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

var invitationCode = regexp.MustCompile(`Invitation code ([A-Z2-7-]{20,})`)

func TestInstallation(t *testing.T) {
	c := installation(t)
	if out, err := balie("serve"); err == nil || !strings.Contains(out, "balie init") {
		t.Errorf("serve before init: %v %s", err, out)
	}
	first := wantInit(t)
	keyring, _ := os.ReadFile(c.Keyring)
	if again := wantInit(t); again == first {
		t.Error("init gives the same code twice")
	}
	if kept, _ := os.ReadFile(c.Keyring); string(kept) != string(keyring) {
		t.Fatal("init replaced the keyring")
	}
	wantServed(t, c)
	wantDoctor(t, c)
	if out, err := balie("audit", "verify"); err != nil || !strings.Contains(out, "as it was written") {
		t.Errorf("audit verify: %v %s", err, out)
	}
	if out, err := balie("migrate"); err != nil {
		t.Errorf("migrate: %v %s", err, out)
	}
	// A lost keyring is a loss; a new one in its place would hide that.
	if err := os.Rename(c.Keyring, c.Keyring+".away"); err != nil {
		t.Fatal(err)
	}
	if out, err := balie("init", "--login", "anna", "--name", "Anna"); err == nil || !strings.Contains(out, "offline copy") {
		t.Errorf("init beside a database whose keyring is lost: %v %s", err, out)
	}
	if _, err := os.Stat(c.Keyring); err == nil {
		t.Error("init made a new keyring beside a database that it can't open")
	}
}

func wantInit(t *testing.T) (code string) {
	t.Helper()
	out, err := balie("init", "--login", "anna", "--name", "Anna de Wit")
	found := invitationCode.FindStringSubmatch(out)
	if err != nil || found == nil || !strings.Contains(out, "keyring") || !strings.Contains(out, "join@") {
		t.Fatalf("init: %v %s", err, out)
	}
	return found[1]
}

// wantServed starts the service, asks how it is, and stops it as systemd does.
func wantServed(t *testing.T, c config) {
	t.Helper()
	cmd := exec.Command("balie", "serve")
	log := &lockedBuffer{}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	for end := time.Now().Add(time.Minute); !strings.Contains(log.String(), `"msg":"ready"`); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never ready: %s", log)
		}
	}
	if got := get(t, c.Metrics, "/healthz"); got != "ok\n" {
		t.Errorf("/healthz: %q", got)
	}
	if got := get(t, c.Metrics, "/metrics"); !strings.Contains(got, "balie_sessions 0\n") {
		t.Errorf("/metrics: %q", got)
	}
	cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v\n%s", err, log)
	}
	if strings.Contains(log.String(), "Anna") {
		t.Errorf("a name is in the log: %s", log)
	}
}

func get(t *testing.T, address, path string) string {
	t.Helper()
	resp, err := http.Get("http://" + address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// wantDoctor: each thing that is made wrong is named, and the rest is well.
func wantDoctor(t *testing.T, c config) {
	t.Helper()
	if out, err := balie("doctor"); err != nil {
		t.Errorf("doctor of a sound installation: %s", out)
	}
	for _, w := range []struct {
		what string
		harm func() error
		mend func() error
		says string
	}{
		{"keyring", func() error { return os.Chmod(c.Keyring, 0o640) }, func() error { return os.Chmod(c.Keyring, 0o600) }, "WRONG  keyring"},
		{"host key", func() error { return os.Chmod(c.HostKey, 0o604) }, func() error { return os.Chmod(c.HostKey, 0o600) }, "WRONG  host key"},
		{"row security", harmDatabase(t, c, "alter table customers no force row level security"), harmDatabase(t, c, "alter table customers force row level security"), "customers is not under forced row security"},
		{"login role", harmDatabase(t, c, "alter role balie_login bypassrls"), harmDatabase(t, c, "alter role balie_login nobypassrls"), "balie_login gets past row security"},
		{"search", harmDatabase(t, c, "truncate search_ready"), func() error { return nil }, "WRONG  search"},
		{"schema", harmDatabase(t, c, "update balie_schema.version set version = version - 1"), harmDatabase(t, c, "update balie_schema.version set version = version + 1"), "run balie migrate"},
	} {
		if err := w.harm(); err != nil {
			t.Fatalf("%s: %v", w.what, err)
		}
		if out, err := balie("doctor"); err == nil || !strings.Contains(out, w.says) {
			t.Errorf("doctor does not see the harmed %s: %v\n%s", w.what, err, out)
		}
		if err := w.mend(); err != nil {
			t.Fatalf("%s: %v", w.what, err)
		}
	}
}

// Metrics are for this machine alone.
func TestListenLocal(t *testing.T) {
	for _, address := range []string{":0", "0.0.0.0:0", "nonsense"} {
		if l, err := listenLocal(address); err == nil {
			l.Close()
			t.Errorf("%s is taken", address)
		}
	}
	l, err := listenLocal("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

func TestPrivate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "secret")
	for _, c := range []struct {
		file, dir os.FileMode
		ok        bool
	}{{0o600, 0o700, true}, {0o400, 0o755, true}, {0o640, 0o700, false}, {0o604, 0o700, false}, {0o600, 0o777, false}} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		os.Chmod(path, c.file)
		os.Chmod(dir, c.dir)
		if err := private(path); (err == nil) != c.ok {
			t.Errorf("file %04o in directory %04o: %v", c.file, c.dir, err)
		}
		os.Remove(path)
	}
}

// harmDatabase runs SQL as superuser, for which it starts the private
// PostgreSQL.
func harmDatabase(t *testing.T, c config, sql string) func() error {
	return func() error {
		private, err := cluster.Start(t.Context(), cluster.Config{Dir: c.clusterDir()})
		if err != nil {
			return err
		}
		defer private.Stop(context.Background())
		conn, err := pgx.Connect(t.Context(), private.URL(databaseName, cluster.Superuser))
		if err != nil {
			return err
		}
		defer conn.Close(context.Background())
		_, err = conn.Exec(t.Context(), sql)
		return err
	}
}
