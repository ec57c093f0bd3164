package db_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/db/dbtest"
	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

func line(s string) text.Line { return text.New(s) }

// searchable is a store whose search rows are whole.
func searchable(t testing.TB) *db.Store {
	s := dbtest.New(t)
	rebuild(t, s)
	return s
}

func rebuild(t testing.TB, s *db.Store) {
	t.Helper()
	if err := s.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
}

// crowd are n customers of whom nothing can be read, numbered from 1; activity is
// SQL by their number n.
func crowd(t *testing.T, owner policy.Actor, n int, activity string) {
	t.Helper()
	dbtest.Exec(t, "insert into subject_keys select n, 1, '' from generate_series(1, $1) n", n)
	dbtest.Exec(t, `insert into customers (id, kind, scope, status, last_activity, created_at, created_by, updated_at, request, head, body)
		select n, 1, $1, 1 + n % 3, `+activity+`, now(), $1, now(), gen_random_uuid(), '', '' from generate_series(1, $2) n`, owner.ID, n)
	dbtest.Exec(t, "analyze customers")
}

func person(owner int32, given, prefix, family string) *db.New {
	c := &db.New{Request: request()}
	c.Kind, c.Owner, c.Status = policy.Person, owner, policy.Lead
	c.Given, c.Prefix, c.Family = line(given), line(prefix), line(family)
	c.Grounds = []policy.Ground{{Purpose: policy.Quotes, Basis: policy.Contract}}
	return c
}

func request() (r [16]byte) {
	for i := range r {
		r[i] = byte(rand.IntN(256))
	}
	return r
}

func as(t testing.TB, s *db.Store, a policy.Actor, fn func(context.Context, *db.Tx) error) {
	t.Helper()
	if err := s.As(t.Context(), a, policy.CustomerList, func(tx *db.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func add(t testing.TB, s *db.Store, a policy.Actor, cs ...*db.New) {
	t.Helper()
	as(t, s, a, func(ctx context.Context, tx *db.Tx) error { return tx.AddCustomers(ctx, cs, false) })
}

func find(t testing.TB, s *db.Store, a policy.Actor, q db.Query) []string {
	t.Helper()
	var names []string
	for {
		var page db.Page
		as(t, s, a, func(ctx context.Context, tx *db.Tx) (err error) {
			page, err = tx.FindCustomers(ctx, q)
			return err
		})
		for _, r := range page.Rows {
			names = append(names, r.Name().String())
		}
		if !page.More {
			return names
		}
		q.After = page.Next
	}
}

func TestCustomer_SearchOrderAndScope(t *testing.T) {
	s := searchable(t)
	sander := dbtest.Person(t, s, "sander", policy.Sales, "noord")
	sofie := dbtest.Person(t, s, "sofie", policy.Sales, "noord")
	marit := dbtest.Person(t, s, "marit", policy.Manager, "noord")
	pieter := dbtest.Person(t, s, "pieter", policy.Privacy, "").For(line("test"))
	other := dbtest.Person(t, s, "olaf", policy.Manager, "zuid")

	joris := person(sander.ID, "Joris", "van den", "Berg")
	joris.Mails = []db.Labelled{{Value: line("j.berg@bergbouw.example")}, {Value: line("prive@elders.example")}}
	joris.Phones = []db.Labelled{{Value: line("+31612345678")}}
	add(t, s, sander, joris, person(sander.ID, "Ilse", "", "Baert"), person(sander.ID, "Jan", "", "Müller"))
	add(t, s, sofie, person(sofie.ID, "Janneke", "de", "Vries"))

	for _, c := range []struct {
		who  policy.Actor
		text string
		want []string
	}{
		{sander, "", []string{"Ilse Baert", "Joris van den Berg", "Jan Müller"}},
		{sander, "j", []string{"Joris van den Berg", "Jan Müller"}},
		{sander, "muller", []string{"Jan Müller"}},
		{sander, "van den berg", []string{"Joris van den Berg"}},
		{sander, "va", []string{"Joris van den Berg"}},
		{sander, "bergbouw", []string{"Joris van den Berg"}},
		{sander, "bergboot", nil}, // shares six letters only
		{sander, "prive", []string{"Joris van den Berg"}},
		{sander, "j.berg@bergbouw.example", []string{"Joris van den Berg"}},
		{sander, "bergbouw.exam", []string{"Joris van den Berg"}}, // on the way to the end of a domain
		{sander, "prive@elders.ex", []string{"Joris van den Berg"}},
		{sander, "06 1234", []string{"Joris van den Berg"}},
		{sander, "+31612345678", []string{"Joris van den Berg"}},
		{sander, "berg jor", []string{"Joris van den Berg"}},
		{sander, "vries", nil}, // Sofie's
		{marit, "ja", []string{"Jan Müller", "Janneke de Vries"}},
		{marit, "", []string{"Ilse Baert", "Joris van den Berg", "Jan Müller", "Janneke de Vries"}},
		{pieter, "ja", []string{"Jan Müller", "Janneke de Vries"}},
		{other, "", nil},
	} {
		if got := find(t, s, c.who, db.Query{Text: c.text, Limit: 2}); !slices.Equal(got, c.want) {
			t.Errorf("%s seeks %q: got %q, want %q", c.who.Login, c.text, got, c.want)
		}
	}
	for _, sort := range db.Sorts {
		if got := find(t, s, marit, db.Query{Sort: sort, Limit: 2}); len(got) != 4 {
			t.Errorf("sorted by %s: %q", sort, got)
		}
	}
}

// A list must be in exact name order and whole, whatever the buckets, the
// pages and the changes since they were cut.
func TestCustomer_PagesInOrderAcrossBuckets(t *testing.T) {
	s := searchable(t)
	sander := dbtest.Person(t, s, "sander", policy.Sales, "noord")
	pieter := dbtest.Person(t, s, "pieter", policy.Privacy, "").For(line("test"))
	var cs []*db.New
	for i := range 1500 {
		cs = append(cs, person(sander.ID, "P"+strings.Repeat("x", i%7), "", fmt.Sprintf("Naam%c%c%d", 'a'+rand.IntN(26), 'a'+rand.IntN(26), i)))
	}
	add(t, s, sander, cs[:1200]...)
	rebuild(t, s)
	add(t, s, sander, cs[1200:]...)
	want := make([]string, len(cs))
	slices.SortFunc(cs, func(a, b *db.New) int {
		return strings.Compare(seal.Fold(a.Family.String()), seal.Fold(b.Family.String()))
	})
	for i, c := range cs {
		want[i] = c.Name().String()
	}
	for _, who := range []policy.Actor{sander, pieter} {
		if diff := cmp.Diff(want, find(t, s, who, db.Query{Limit: 77})); diff != "" {
			t.Errorf("%s: %s", who.Login, diff)
		}
	}
}

func TestCustomer_UpdateConflictAndRepeat(t *testing.T) {
	s := searchable(t)
	sander := dbtest.Person(t, s, "sander", policy.Sales, "noord")
	c := person(sander.ID, "Jan", "", "Jansen")
	add(t, s, sander, c)
	update := func(u db.Update) (out db.Customer, err error) {
		err = s.As(t.Context(), sander, policy.CustomerUpdate, func(tx *db.Tx) error {
			out, err = tx.UpdateCustomer(t.Context(), u)
			return err
		})
		return out, err
	}
	mine := c.Customer
	mine.Version, mine.Family = 1, line("Pietersen")
	u := db.Update{Customer: mine, Request: request(), Act: policy.CustomerUpdate}
	for range 2 { // the second is the same request, its answer lost on the way
		if got, err := update(u); err != nil || got.Version != 2 {
			t.Fatalf("version %d, %v", got.Version, err)
		}
	}
	if got := find(t, s, sander, db.Query{Text: "jansen"}); got != nil {
		t.Errorf("still found under the old name: %q", got)
	}
	if got := find(t, s, sander, db.Query{Text: "pieter"}); len(got) != 1 {
		t.Errorf("not found under the new name: %q", got)
	}
	u.Request, u.Customer.Given = request(), line("Piet")
	_, err := update(u)
	stale, ok := db.AsStale(err)
	if !ok || policy.KindOf(err) != policy.Conflict || stale.Theirs.Version != 2 {
		t.Fatalf("an update of an old version: %v", err)
	}
	as(t, s, sander, func(ctx context.Context, tx *db.Tx) error {
		past, err := tx.ListHistory(ctx, c.ID)
		if len(past) != 1 || past[0].Changes[0].From.String() != "Jansen" {
			t.Errorf("history: %+v", past)
		}
		return err
	})
}

func TestCustomer_HandOverAndCompanies(t *testing.T) {
	s := searchable(t)
	sander := dbtest.Person(t, s, "sander", policy.Sales, "noord")
	sofie := dbtest.Person(t, s, "sofie", policy.Sales, "noord")
	fatima := dbtest.Person(t, s, "fatima", policy.Finance, "")
	firm := person(sander.ID, "", "", "Van Dam Bouw BV")
	firm.Kind = policy.Company
	add(t, s, sander, firm)
	jan := person(sander.ID, "Jan", "", "Kok")
	jan.Companies = []db.Membership{{Company: firm.ID, Main: true, Role: line("inkoper")}}
	add(t, s, sander, jan)
	if got := find(t, s, sander, db.Query{Text: "van dam"}); len(got) != 2 {
		t.Errorf("found by company: %q", got)
	}
	renamed := firm.Customer
	renamed.Version, renamed.Family = 1, line("Kolibrie BV")
	as(t, s, sander, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.UpdateCustomer(ctx, db.Update{Customer: renamed, Request: request()})
		return err
	})
	if got := find(t, s, sander, db.Query{Text: "kolib"}); len(got) != 2 {
		t.Errorf("found by the company's new name: %q", got)
	}
	handOver := func(to int32) (moved []int64, err error) {
		err = s.As(t.Context(), sander, policy.CustomerHandOver, func(tx *db.Tx) error {
			moved, err = tx.HandOver(t.Context(), []int64{jan.ID}, to)
			return err
		})
		return moved, err
	}
	if got, err := handOver(fatima.ID); policy.KindOf(err) != policy.Invalid {
		t.Errorf("finance took over %v, %v", got, err)
	}
	if got, err := handOver(sofie.ID); len(got) != 1 {
		t.Fatalf("handed over %v, %v", got, err)
	}
	if got := find(t, s, sofie, db.Query{Text: "kok"}); len(got) != 1 {
		t.Errorf("the new owner finds %q", got)
	}
	if got := find(t, s, sander, db.Query{Text: "kok"}); got != nil {
		t.Errorf("the old owner finds %q", got)
	}
	err := s.As(t.Context(), sander, policy.CustomerView, func(tx *db.Tx) error {
		_, err := tx.GetCustomer(t.Context(), jan.ID)
		return err
	})
	if policy.KindOf(err) != policy.Absent {
		t.Errorf("the old owner opens it: %v", err)
	}
}

// What a rebuild derives is exactly what the writes had derived.
func TestCustomer_RebuildGivesTheSameTokens(t *testing.T) {
	s := searchable(t)
	sander := dbtest.Person(t, s, "sander", policy.Sales, "noord")
	for i := range 20 {
		add(t, s, sander, person(sander.ID, "Jan", "van", fmt.Sprintf("Test%d", i)))
	}
	const all = `select coalesce(md5(string_agg(concat_ws(',', token, scope, bucket, customer_id), ';' order by token, customer_id)), '') from search_tokens`
	before := dbtest.Query[string](t, all)
	rebuild(t, s)
	if after := dbtest.Query[string](t, all); before != after {
		t.Error("the rebuilt tokens differ from the written ones")
	}
	// While a rebuild holds the tables, a search says so soon.
	rebuilding, err := pgx.Connect(t.Context(), dbtest.AdminURL(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rebuilding.Exec(t.Context(), "begin; lock search_ready, search_tokens in access exclusive mode"); err != nil {
		t.Fatal(err)
	}
	if err := seek(t, s, sander); policy.KindOf(err) != policy.Unavailable {
		t.Errorf("search during a rebuild: %v", err)
	}
	rebuilding.Close(t.Context())
	dbtest.Exec(t, "truncate search_ready, search_tokens") // as after a crash
	if err := seek(t, s, sander); policy.KindOf(err) != policy.Unavailable {
		t.Errorf("search without its rows: %v, want it to wait", err)
	}
}

func seek(t *testing.T, s *db.Store, who policy.Actor) error {
	return s.As(t.Context(), who, policy.CustomerList, func(tx *db.Tx) error {
		_, err := tx.FindCustomers(t.Context(), db.Query{Text: "jan"})
		return err
	})
}
