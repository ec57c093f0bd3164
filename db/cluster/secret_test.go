package cluster

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

func causes(err error) (all []error) {
	for ; err != nil; err = errors.Unwrap(err) {
		all = append(all, err)
	}
	return all
}

func TestAllowLogin(t *testing.T) {
	c := mustStart(t, config(openDir(t)))
	exec1(t, c, `create role "odd ""name"`)
	url := c.URL("postgres", `odd "name`)
	if conn, err := pgx.Connect(t.Context(), url); err == nil {
		conn.Close(t.Context())
		t.Fatal("a role without login got in")
	}
	if err := c.AllowLogin(t.Context(), `odd "name`); err != nil {
		t.Fatal(err)
	}
	if got := query(t, url, "select current_user::text"); got != `odd "name` {
		t.Errorf("logged in as %q", got)
	}
	wrong := secret{c.secret.Sealed}.url(c.socketDir, "postgres", Superuser)
	wrong = strings.Replace(wrong, c.secret.password(Superuser), "guess", 1)
	if conn, err := pgx.Connect(t.Context(), wrong); err == nil {
		conn.Close(t.Context())
		t.Error("a guessed password got in")
	}
}

// The log and the argument lists are open to more eyes than the data.
func TestNothingLeaks(t *testing.T) {
	for _, loose := range []bool{false, true} {
		cfg := config(openDir(t))
		if loose { // the control: with PostgreSQL's defaults the name is there
			cfg.Settings["log_min_messages"] = "warning"
		}
		c := mustStart(t, cfg)
		conn, err := pgx.Connect(t.Context(), c.admin())
		if err != nil {
			t.Fatal(err)
		}
		conn.Exec(t.Context(), "select 'Planted Person'::int")
		conn.Close(t.Context())
		text := arguments(t, c)
		mustStop(t, c)
		log, err := os.ReadFile(c.place.log())
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(log), "Planted"); got != loose {
			t.Errorf("log_min_messages=%q: personal data in the log: %v", cfg.Settings["log_min_messages"], got)
		}
		if text += string(log); strings.Contains(text, c.secret.password(Superuser)) || strings.Contains(text, c.secret.Reveal()) {
			t.Error("the password is in the log or in an argument list")
		}
	}
	if text := fmt.Sprintf("%v %+v %#v", secret{}, secret{}, secret{}); !strings.Contains(text, "sealed") {
		t.Errorf("a secret prints as %s", text)
	}
}

func arguments(t *testing.T, c *Cluster) string {
	t.Helper()
	pid := postmaster(t, c)
	var all []byte
	for _, pid := range append(users(c.place.data()), parent(t, pid)) {
		line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		all = append(all, line...)
	}
	if !strings.Contains(string(all), "balie-postgres") {
		t.Fatal("no arguments found: this test shows nothing")
	}
	return string(all)
}
