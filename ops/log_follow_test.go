package ops_test

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// A follower is shown each row once, also one whose transaction commits late,
// and what is shown is logged; what is not is not.
func TestFollowLog(t *testing.T) {
	store := dbtest.New(t)
	o := ops.New(store, slog.New(slog.DiscardHandler))
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	arend := dbtest.Person(t, store, "arend", policy.Auditor, "")
	pieter := dbtest.Person(t, store, "pieter", policy.Privacy, "")
	act := func() { _, _ = o.CountOwn(t.Context(), sander) }
	act()
	q := db.LogQuery{Limit: 50}
	page, err := o.ListLog(t.Context(), arend, q)
	if err != nil {
		t.Fatal(err)
	}
	f := follower{t: t, ops: o, who: arend, q: q, mark: page.Mark, seen: map[int64]int{}}
	for _, r := range page.Rows {
		f.seen[r.ID]++
	}
	f.look(1) // the first page's own row
	if n := f.look(0); n != 0 {
		t.Errorf("nothing happened, and %d rows appeared", n)
	}
	// Two who follow don't feed each other.
	other := follower{t: t, ops: o, who: pieter, q: q, mark: page.Mark, seen: map[int64]int{}}
	for range 3 {
		other.look(-1)
		f.look(-1)
	}
	if n := f.look(0) + other.look(0); n != 0 {
		t.Errorf("followers were shown their own following: %d rows", n)
	}

	late, commit := writing(t)
	act()
	act()
	f.look(2) // of later transactions, which committed first
	f.look(0)
	if newest := slices.Max(slices.Collect(maps.Keys(f.seen))); newest < late {
		t.Errorf("row %d is no lower than the newest seen, %d: a follower by id would do", late, newest)
	}
	commit()
	f.look(1)
	f.q.Person = pieter.ID
	act()
	f.look(0) // of another
	for id, n := range f.seen {
		if n != 1 {
			t.Errorf("row %d was shown %d times", id, n)
		}
	}
	if n := dbtest.Query[int64](t, `select count(*) from audit where actor = $1 and fields = '{follow}'`, arend.ID); n != 3 {
		t.Errorf("what was shown while following was logged %d times, want 3", n)
	}
}

// writing writes a row like the first, in a transaction that commits later; it
// gives the row's id.
func writing(t *testing.T) (id int64, commit func()) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dbtest.AdminURL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = tx.QueryRow(t.Context(), `insert into audit (at, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac)
		select at, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac from audit order by id limit 1 returning id`).Scan(&id)
	if err != nil {
		t.Fatal(err)
	}
	return id, func() {
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

type follower struct {
	t    *testing.T
	ops  *ops.Ops
	who  policy.Actor
	q    db.LogQuery
	mark db.LogMark
	seen map[int64]int
}

// look wants so many rows, -1: however many.
func (f *follower) look(want int) int {
	f.t.Helper()
	rows, next, err := f.ops.FollowLog(f.t.Context(), f.who, f.q, f.mark)
	if err != nil {
		f.t.Fatal(err)
	}
	f.mark = next
	for _, r := range rows {
		f.seen[r.ID]++
	}
	if want >= 0 && len(rows) != want {
		f.t.Errorf("%d rows appeared, want %d", len(rows), want)
	}
	return len(rows)
}
