// Package dbtest gives tests a migrated database of their own and people who
// live in it.
package dbtest

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/db/cluster"
	"balie/db/cluster/clustertest"
	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// urls has the admin's URL of each test's database, by the test's name.
var urls sync.Map

// New opens a store on a fresh database, as the role that serves.
func New(tb testing.TB) *db.Store {
	tb.Helper()
	urls.Store(tb.Name(), clustertest.New(tb, clustertest.Template(tb, "balie", db.Migrate)))
	return Node(tb, seal.New())
}

// On opens a store on a migrated database that the test brings along, such as
// one that it will kill.
func On(tb testing.TB, adminURL, loginURL string) *db.Store {
	tb.Helper()
	urls.Store(tb.Name(), adminURL)
	s, err := db.Open(loginURL, seal.New())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Close)
	return s
}

// Faked opens a store on a migrated database of its own server, whose clock set
// puts.
func Faked(tb testing.TB) (store *db.Store, set func(time.Time)) {
	tb.Helper()
	f := clustertest.Fake(tb)
	admin := f.URL("postgres", cluster.Superuser)
	if err := db.Migrate(tb.Context(), admin); err != nil {
		tb.Fatal(err)
	}
	if err := f.AllowLogin(tb.Context(), "balie_login"); err != nil {
		tb.Fatal(err)
	}
	return On(tb, admin, f.URL("postgres", "balie_login")), func(now time.Time) { f.Set(tb, now) }
}

// Node opens another store on the test's database, as a second node would: pass
// the first one's Keys.
func Node(tb testing.TB, keys *seal.Keyring) *db.Store {
	tb.Helper()
	s, err := db.Open(LoginURL(tb), keys)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Close)
	return s
}

// AdminURL connects to the test's database as superuser and owner. Subtests
// share their parent's database.
func AdminURL(tb testing.TB) string {
	tb.Helper()
	for name := tb.Name(); name != ""; {
		if u, ok := urls.Load(name); ok {
			return u.(string)
		}
		name = name[:max(0, strings.LastIndexByte(name, '/'))]
	}
	tb.Fatal("dbtest.New was not called in this test")
	return ""
}

// login lets one test at a time change the role: PostgreSQL refuses two.
var login sync.Mutex

// LoginURL connects to the test's database as balie_login.
func LoginURL(tb testing.TB) string {
	tb.Helper()
	login.Lock()
	defer login.Unlock()
	return clustertest.As(tb, AdminURL(tb), "balie_login")
}

// Exec runs SQL as superuser, past row security: to prepare what a test needs.
func Exec(tb testing.TB, sql string, args ...any) {
	tb.Helper()
	conn := connect(tb)
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), sql, args...); err != nil {
		tb.Fatalf("%s: %v", sql, err)
	}
}

// Query gives one value as superuser, past row security: to look at what
// really is there. A query without rows gives the zero value.
func Query[T any](tb testing.TB, sql string, args ...any) T {
	tb.Helper()
	conn := connect(tb)
	defer conn.Close(context.Background())
	var zero T
	rows, err := conn.Query(context.Background(), sql, args...)
	if err != nil {
		tb.Fatalf("%s: %v", sql, err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[T])
	if err != nil {
		tb.Fatalf("%s: %v", sql, err)
	}
	return append(all, zero)[0]
}

func connect(tb testing.TB) *pgx.Conn {
	tb.Helper()
	conn, err := pgx.Connect(context.Background(), AdminURL(tb)) // cleanups outlive the test's context
	if err != nil {
		tb.Fatal(err)
	}
	return conn
}

const addPerson = `with t as (insert into teams (name) select $3 where $3 <> ''
    on conflict (name) do update set name = excluded.name returning id),
  p as (insert into people (id, login, name, team_id, joined_at)
    select $1, $2, $4, (select id from t), now() returning id, team_id),
  g as (insert into grants (person_id, role, reason) select id, $5, $6 from p)
select coalesce(team_id, 0) from p`

// Person makes a live person with one role, named as the login name, in a team
// ("" for none).
func Person(tb testing.TB, store *db.Store, login string, role policy.Role, team string) policy.Actor {
	tb.Helper()
	id := Query[int32](tb, "select nextval('people_id_seq')::int")
	name := store.Keys.Seal("people.name", int64(id), []byte(login))
	reason := store.Keys.Seal("grants.reason", int64(id), []byte("a test"))
	teamID := Query[int32](tb, addPerson, id, login, team, name, role, reason)
	return policy.Actor{
		ID: id, Login: login, Name: text.New(login), Role: role, Held: []policy.Role{role},
		Team: teamID, Session: "test-" + login,
	}
}
