package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/db/cluster/clustertest"
	"balie/db/dbtest"
	"balie/db/seal"
	"balie/ops"
	"balie/policy"
)

// outpost is another machine: it has the public key, heads, and a login that can
// read the log. The thief owns the database, and holds the keyring as well.
type outpost struct {
	url, key, heads string
	store           *db.Store
	keyring         *seal.Keyring
}

// newOutpost keeps a log as a node does, of which the heads go to a file and to
// the server's own log.
func newOutpost(t *testing.T) outpost {
	t.Helper()
	dir := t.TempDir()
	keyring, err := seal.Create(filepath.Join(dir, "keyring.json"))
	if err != nil {
		t.Fatal(err)
	}
	dbtest.New(t)
	o := outpost{store: dbtest.Node(t, keyring), keyring: keyring, key: filepath.Join(dir, "log.pem"), heads: filepath.Join(dir, "heads")}
	t.Setenv("BALIE_DATA", dir)
	pem, err := balie("audit", "public-key")
	if err != nil {
		t.Fatal(err, pem)
	}
	write(t, o.key, pem)
	dbtest.Exec(t, "create role log_reader login in role balie_verifier")
	t.Cleanup(func() { dbtest.Exec(t, "drop role log_reader") })
	o.url = clustertest.As(t, dbtest.AdminURL(t), "log_reader")
	return o
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// work has somebody do three things at a time, each under a checkpoint of its
// own.
func (o outpost) work(t *testing.T, who policy.Actor, times int) (heads string) {
	t.Helper()
	for range times {
		for range 3 {
			if err := o.store.As(t.Context(), who, policy.ProfileView, func(*db.Tx) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}
		made, err := o.store.SealLog(t.Context())
		if err != nil || len(made) != 1 {
			t.Fatal(made, err)
		}
		heads += made[0].String() + "\n"
	}
	return heads
}

func (o outpost) verify(heads ...string) (string, error) {
	args := []string{"audit", "verify", "--database", o.url, "--public-key", o.key}
	for _, h := range heads {
		args = append(args, "--heads", h)
	}
	return balie(args...)
}

const (
	saveLog    = "create schema kept; create table kept.audit as table audit; create table kept.checkpoints as table checkpoints"
	restoreLog = "delete from audit; delete from checkpoints; insert into audit overriding system value table kept.audit; insert into checkpoints table kept.checkpoints; drop schema kept cascade"
)

// A database owner who lies is found out on another machine (threat 21): 5 of 5.
// The last three leave nothing wrong inside, so only the heads tell.
func TestAuditVerify_liar(t *testing.T) {
	o := newOutpost(t)
	sander := dbtest.Person(t, o.store, "sander", policy.Sales, "noord")
	write(t, o.heads, o.work(t, sander, 2))
	dbtest.Exec(t, strings.ReplaceAll(saveLog, "kept", "old")) // a dump of that day
	older, newer := o.heads, o.heads+".newer"
	write(t, newer, o.work(t, sander, 2))
	anew := func() {
		dbtest.Exec(t, "delete from checkpoints; delete from audit where id = 5")
		if _, err := o.store.SealLog(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	exec := func(sql string) func() { return func() { dbtest.Exec(t, sql) } }
	for _, lie := range []struct {
		name string
		tell func()
		want string
		only bool // the heads alone tell
	}{
		{"edit", exec("update audit set actor = 99 where id = 5"), "row 5 (checkpoint 2) was edited", false},
		{"delete", exec("delete from audit where id = 7"), "row 7 (checkpoint 3) is missing", false},
		{"cut the tail", exec("delete from audit where id > 9; delete from checkpoints where n > 3"), "checkpoint 4 is missing, though its head was noted outside", true},
		{"chain anew, with the firm's own key", anew, "checkpoint 1 is not the one whose head was noted outside", true},
		{"old dump", exec("delete from audit; delete from checkpoints; insert into audit overriding system value table old.audit; insert into checkpoints table old.checkpoints"), "checkpoint 3 is missing, though its head was noted outside", true},
	} {
		dbtest.Exec(t, saveLog)
		lie.tell()
		out, err := o.verify(older, newer)
		blind, blindErr := o.verify(emptyFile(t))
		dbtest.Exec(t, restoreLog)
		if err == nil || !strings.Contains(out, lie.want) {
			t.Errorf("%s: want %q, got %v\n%s", lie.name, lie.want, err, out)
		}
		if lie.only && blindErr != nil {
			t.Errorf("%s: the control: without heads it should go unnoticed, got\n%s", lie.name, blind)
		}
	}
	if out, err := o.verify(older, newer); err != nil || !strings.Contains(out, "intact: checkpoints 1 to 4: 12 rows, 1 to 12") || !strings.Contains(out, "4 heads") {
		t.Errorf("the truth: %v\n%s", err, out)
	}
}

func emptyFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "none")
	write(t, path, "")
	return path
}

// What is missing is said, and nothing is taken for good that was not checked.
func TestAuditVerify_usage(t *testing.T) {
	o := newOutpost(t)
	if out, err := o.verify(); err == nil || !strings.Contains(out, "--heads") {
		t.Errorf("without heads: %v %s", err, out)
	}
	if out, err := o.verify(o.heads + ".gone"); err == nil || !strings.Contains(out, "no such file") {
		t.Errorf("heads that are not there: %v %s", err, out)
	}
	write(t, o.key, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")
	if out, err := o.verify(emptyFile(t)); err == nil || !strings.Contains(out, "no public key") {
		t.Errorf("a key that is none: %v %s", err, out)
	}
}

// Heads are told in the server's log when asked for, and verify reads them there.
func TestKeepLog_told(t *testing.T) {
	o := newOutpost(t)
	sander := dbtest.Person(t, o.store, "sander", policy.Sales, "noord")
	var log bytes.Buffer
	acts := ops.New(o.store, slog.New(slog.NewJSONHandler(&log, nil)))
	acts.Heads, acts.HeadsLog = o.heads, true
	ctx, stop := context.WithCancel(t.Context())
	kept := make(chan error, 1)
	go func() { kept <- acts.KeepLog(ctx, 5*time.Millisecond) }()
	if err := o.store.As(t.Context(), sander, policy.ProfileView, func(*db.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(10 * time.Second); dbtest.Query[int64](t, "select count(*) from checkpoints") == 0; {
		if time.Now().After(end) {
			t.Fatal("nothing is sealed")
		}
	}
	stop()
	<-kept
	journal := filepath.Join(t.TempDir(), "journal")
	write(t, journal, "Nov 22 05:11:36 crm balie[12]: "+log.String())
	if out, err := o.verify(journal); err != nil || !strings.Contains(out, "1 heads kept outside") {
		t.Errorf("%v\n%s\n%s", err, out, log.String())
	}
	dbtest.Exec(t, "delete from audit; delete from checkpoints")
	if out, err := o.verify(journal); err == nil || !strings.Contains(out, "checkpoint 1 is missing, though its head was noted") {
		t.Errorf("all is gone: %v\n%s", err, out)
	}
}
