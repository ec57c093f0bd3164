package server

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"balie/db"
	"balie/db/cluster"
	"balie/db/dbtest"
	"balie/policy"
)

// mortal is a PostgreSQL of one test, which may kill it.
type mortal struct {
	*cluster.Cluster
	config cluster.Config
}

func newMortal(t *testing.T) *mortal {
	t.Helper()
	dir, err := os.MkdirTemp("", "balie-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cluster.Remove(context.Background(), filepath.Join(dir, "pg")); _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil { // PostgreSQL may run as somebody else
		t.Fatal(err)
	}
	// Without fsync, because it is the process that dies and not the machine.
	m := &mortal{config: cluster.Config{Dir: filepath.Join(dir, "pg"), Settings: map[string]string{"fsync": "off", "shared_buffers": "32MB"}}}
	m.start(t)
	t.Cleanup(func() { _ = m.Stop(context.Background()) })
	return m
}

func (m *mortal) start(t *testing.T) {
	t.Helper()
	var err error
	if m.Cluster, err = cluster.Start(t.Context(), m.config); err != nil {
		t.Fatal(err)
	}
}

// kill is kill -9 of the server itself: nothing is written down any more.
func (m *mortal) kill(t *testing.T) {
	t.Helper()
	if err := syscall.Kill(m.pid(t), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	select {
	case <-m.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("PostgreSQL survives kill -9")
	}
}

// pid is the server's: the first line of its lock file says so.
func (m *mortal) pid(t *testing.T) (pid int) {
	t.Helper()
	dir := dbtest.Query[string](t, "show data_directory")
	text, err := os.ReadFile(filepath.Join(dir, "postmaster.pid"))
	if err == nil {
		_, err = fmt.Sscan(string(text), &pid)
	}
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// database is a migrated one, and its house.
func (m *mortal) database(t *testing.T) *db.Store {
	t.Helper()
	admin := m.URL("postgres", cluster.Superuser)
	if err := db.Migrate(t.Context(), admin); err != nil {
		t.Fatal(err)
	}
	if err := m.AllowLogin(t.Context(), "balie_login"); err != nil {
		t.Fatal(err)
	}
	return dbtest.On(t, admin, m.URL("postgres", "balie_login"))
}

// TestDatabaseKilled: a session outlives PostgreSQL (threat 18). What was typed
// stays on the screen, the same key saves it once the server is back, once, and
// search comes back by itself.
func TestDatabaseKilled(t *testing.T) {
	m := newMortal(t)
	h := buildOn(t, m.database(t), Limits{}, nil)
	stopSearch := keepSearch(t, h)
	sofie := h.enrol(t, "sofie", policy.Sales, "")
	conn := sofie.dial(t)
	id := someCustomer(t, conn)
	term := open(t, conn, 120, 30)
	term.waitFor(t, "sofie")
	term.press(t, "c")
	term.waitFor(t, "Jan Jansen")
	term.press(t, "\r")
	term.seen(t, "stands on: contract")
	term.seen(t, "by an import") // the whole record
	term.press(t, "n")
	term.seen(t, "Write what helps")
	term.press(t, "before the crash")
	term.seen(t, "before the crash")

	stopSearch() // or it mends what the crash emptied before that is looked at
	m.kill(t)
	term.press(t, "\x13")
	term.seen(t, "The database can't be reached just now: what you typed is kept")
	term.press(t, " and after")
	term.seen(t, "before the crash and after")
	if got := command(t, conn, "contacts show "+id, ""); got.code != exitFailed || !strings.Contains(got.notes, "can't be reached") {
		t.Errorf("a command while the database is away: %+v", got)
	}

	m.start(t)
	if n := dbtest.Query[int64](t, "select count(*) from search_ready"); n != 0 {
		t.Fatal("the crash emptied nothing: this test shows nothing")
	}
	keepSearch(t, h)
	eventually(t, "the note is saved", func() bool {
		term.press(t, "\x13")
		time.Sleep(200 * time.Millisecond) // a person's pace
		return dbtest.Query[int64](t, "select count(*) from notes") > 0
	})
	got := command(t, conn, "contacts show "+id, "")
	if n := strings.Count(got.out, "before the crash and after"); n != 1 {
		t.Errorf("the note is there %d times: %+v", n, got)
	}
	eventually(t, "search is back", func() bool {
		return strings.Contains(command(t, conn, "contacts list --search jans", "").out, "Jan Jansen")
	})
	if s := ansi.Strip(term.out.String()); strings.Contains(s, "went wrong") {
		t.Errorf("the screen speaks of more: %s", tail(s))
	}
}

// seen waits until text stands on the screen; what is drawn are differences.
func (term *terminal) seen(t *testing.T, text string) {
	t.Helper()
	var e *vt.Emulator
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		e = vt.NewEmulator(120, 30)
		_, _ = e.WriteString(term.out.String())
		if strings.Contains(e.String(), text) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the screen never shows %q:\n%s", text, e.String())
		}
	}
}

func keepSearch(t *testing.T, h *house) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.ops.KeepSearch(ctx, 50*time.Millisecond) }()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return stop
}
