package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"balie/db/cluster"
)

// hosted is somebody else's PostgreSQL as one rents it: over TCP, with a
// password, and an owner who may make roles and is no superuser.
type hosted struct {
	private *cluster.Cluster
	address string
}

func newHosted(t *testing.T) *hosted {
	t.Helper()
	private, err := cluster.Start(t.Context(), cluster.Config{Dir: filepath.Join(openDir(t), "pg"), Temporary: true, Settings: map[string]string{"fsync": "off"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = private.Stop(context.Background()) })
	h := &hosted{private: private}
	_, own := newProxy(t, private.URL("postgres", cluster.Superuser))
	u, err := url.Parse(own)
	if err != nil {
		t.Fatal(err)
	}
	h.address = net.JoinHostPort(u.Query().Get("host"), u.Query().Get("port"))
	h.exec(t, private.URL("postgres", cluster.Superuser),
		"create role landlord login createrole password 'owner-secret'", "create database balie owner landlord")
	return h
}

func (h *hosted) url(role, password string) string {
	return fmt.Sprintf("postgres://%s:%s@%s/balie?sslmode=disable", role, password, h.address)
}

func (h *hosted) exec(t *testing.T, url string, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for _, sql := range statements {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
}

// TestInstallation_Hosted walks what the README says for somebody else's
// PostgreSQL: init as the owner, a password for balie_login, serve, doctor.
func TestInstallation_Hosted(t *testing.T) {
	h := newHosted(t)
	c := installation(t)
	owner, login := h.url("landlord", "owner-secret"), h.url(loginRole, "login-secret")
	for name, secret := range map[string]string{"BALIE_OWNER_URL_FILE": owner, "BALIE_DATABASE_URL_FILE": login} {
		path := filepath.Join(t.TempDir(), "url")
		if err := os.WriteFile(path, []byte(secret+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv(name, path)
	}
	h.exec(t, h.private.URL("postgres", cluster.Superuser), "alter role landlord nocreaterole")
	if out, err := balie("init", "--login", "anna", "--name", "Anna"); err == nil || !strings.Contains(out, "CREATEROLE") {
		t.Errorf("init as one who may make no roles: %v %s", err, out)
	}
	h.exec(t, h.private.URL("postgres", cluster.Superuser), "alter role landlord createrole")
	first := wantInit(t)
	if out, err := balie("doctor"); err == nil || !strings.Contains(out, "WRONG  the serving login connects") {
		t.Errorf("doctor before balie_login has a password: %v %s", err, out)
	}
	h.exec(t, owner, "alter role balie_login password 'login-secret'")
	if again := wantInit(t); again == first {
		t.Error("init gives the same code twice")
	}
	wantServed(t, c)
	for _, command := range [][]string{{"doctor"}, {"migrate"}, {"audit", "verify"}} {
		if out, err := balie(command...); err != nil {
			t.Errorf("%v: %v\n%s", command, err, out)
		}
	}
	h.wantHarmSeen(t, owner)
	t.Setenv("BALIE_OWNER_URL_FILE", "")
	if out, err := balie("doctor"); err != nil || !strings.Contains(out, "-      schema, keyring against database") {
		t.Errorf("doctor without the owner's URL: %v\n%s", err, out)
	}
	if out, err := balie("migrate"); err == nil || !strings.Contains(out, "BALIE_OWNER_URL_FILE") {
		t.Errorf("migrate without the owner's URL: %v\n%s", err, out)
	}
	wantServed(t, c)
	h.wantOwnerRefused(t)
	t.Run("moved", func(t *testing.T) {
		owned := filepath.Join(t.TempDir(), "url")
		write(t, owned, owner)
		t.Setenv("BALIE_OWNER_URL_FILE", owned)
		h.wantMoved(t)
	})
}

// wantHarmSeen is the control: the owner can weaken the rules, and the doctor
// says so.
func (h *hosted) wantHarmSeen(t *testing.T, owner string) {
	t.Helper()
	h.exec(t, owner, "alter table customers no force row level security")
	if out, err := balie("doctor"); err == nil || !strings.Contains(out, "customers is not under forced row security") {
		t.Errorf("doctor does not see what the owner did: %v\n%s", err, out)
	}
	h.exec(t, owner, "alter table customers force row level security")
}

// wantOwnerRefused: to serve as the owner is a mistake that is named.
func (h *hosted) wantOwnerRefused(t *testing.T) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(path, []byte(h.url("landlord", "owner-secret")), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("BALIE_DATABASE_URL_FILE", path)
	if out, err := balie("doctor"); err == nil || !strings.Contains(out, "connects as landlord: use balie_login") {
		t.Errorf("doctor of a service that connects as the owner: %v\n%s", err, out)
	}
}
