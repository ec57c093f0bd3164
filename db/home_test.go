package db_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
)

// What home shows is the actor's own, or the team's; counting shows nobody's
// data, so it names nobody in the log.
func TestHome(t *testing.T) {
	s := searchable(t)
	sander := dbtest.Person(t, s, "sander", policy.Sales, "noord")
	sofie := dbtest.Person(t, s, "sofie", policy.Sales, "noord")
	marit := dbtest.Person(t, s, "marit", policy.Manager, "noord")
	other := dbtest.Person(t, s, "olaf", policy.Manager, "zuid")
	pieter := dbtest.Person(t, s, "pieter", policy.Privacy, "").For(line("test"))
	silent := func(who policy.Actor, name string, status policy.Status, years, days int) {
		c := person(who.ID, "", "", name)
		c.Status = status
		add(t, s, who, c)
		dbtest.Exec(t, `update customers set last_activity = now() - make_interval(years => $2, days => $3) where id = $1`, c.ID, years, days)
	}
	silent(sander, "Lead over", policy.Lead, 1, 5)
	silent(sander, "Lead soon", policy.Lead, 1, -50)
	silent(sander, "Lead later", policy.Lead, 1, -70)
	silent(sander, "Client of the same age", policy.Client, 1, 5)
	silent(sander, "Client soon", policy.Client, 2, -20)
	silent(sander, "Former over", policy.Former, 2, 30)
	silent(sander, "Client later", policy.Client, 2, -70)
	silent(sofie, "Of Sofie", policy.Lead, 3, 0)

	own := []string{"Former over", "Lead over", "Client soon", "Lead soon"}
	all := append([]string{"Of Sofie"}, own...)
	for _, c := range []struct {
		who    policy.Actor
		counts map[policy.Status]int64
		due    []string
	}{
		{sander, map[policy.Status]int64{policy.Lead: 3, policy.Client: 3, policy.Former: 1}, own},
		{sofie, map[policy.Status]int64{policy.Lead: 1}, all[:1]},
		{marit, map[policy.Status]int64{policy.Lead: 4, policy.Client: 3, policy.Former: 1}, all},
		{other, map[policy.Status]int64{}, nil},
		{pieter, map[policy.Status]int64{policy.Lead: 4, policy.Client: 3, policy.Former: 1}, all},
	} {
		as(t, s, c.who, func(ctx context.Context, tx *db.Tx) error {
			counts, err := tx.CountOwn(ctx)
			if diff := cmp.Diff(c.counts, counts); diff != "" {
				t.Errorf("%s counts: %s", c.who.Login, diff)
			}
			return err
		})
		if n := lastSubjects(t); n != 0 {
			t.Errorf("%s: counting shows %d in the log", c.who.Login, n)
		}
		if diff := cmp.Diff(c.due, leaving(t, s, c.who, 8)); diff != "" {
			t.Errorf("%s: leaving: %s", c.who.Login, diff)
		}
		if n := lastSubjects(t); n != len(c.due) {
			t.Errorf("%s: the log names %d of the %d seen", c.who.Login, n, len(c.due))
		}
	}
	if diff := cmp.Diff(all[:2], leaving(t, s, marit, 2)); diff != "" {
		t.Errorf("the first two: %s", diff)
	}
}

func leaving(t *testing.T, s *db.Store, a policy.Actor, limit int) (names []string) {
	t.Helper()
	as(t, s, a, func(ctx context.Context, tx *db.Tx) error {
		rows, err := tx.ListLeaving(ctx, policy.DefaultSchedule(), tx.Now.Add(60*24*time.Hour), limit)
		for _, r := range rows {
			names = append(names, r.Name().String())
		}
		return err
	})
	return names
}

func lastSubjects(t *testing.T) int {
	t.Helper()
	return dbtest.Query[int](t, `select cardinality(subjects) from audit order by id desc limit 1`)
}

// TestWalk_ofOnesOwn: who has no customers waits for no walk along everybody's,
// however PostgreSQL guesses; at a million it took a minute.
func TestWalk_ofOnesOwn(t *testing.T) {
	s := searchable(t)
	sander := dbtest.Person(t, s, "sander", policy.Sales, "noord")
	sofie := dbtest.Person(t, s, "sofie", policy.Sales, "zuid")
	marit := dbtest.Person(t, s, "marit", policy.Manager, "zuid")
	crowd(t, sander, 20000, "now() - n * interval '2 hours'")
	walked := func(who policy.Actor) (n int) {
		t.Helper()
		as(t, s, who, func(ctx context.Context, tx *db.Tx) error {
			if _, err := tx.ListLeaving(ctx, policy.DefaultSchedule(), tx.Now.Add(60*24*time.Hour), 8); err != nil {
				return err
			}
			if _, err := tx.FindCustomers(ctx, db.Query{Limit: 50, Sort: db.ByActivity}); err != nil {
				return err
			}
			return tx.QueryRow(ctx, "select pg_stat_get_xact_numscans('customers_activity'::regclass)").Scan(&n)
		})
		return n
	}
	for _, who := range []policy.Actor{sofie, marit} {
		if n := walked(who); n != 0 {
			t.Errorf("%s walks along everybody %d times", who.Login, n)
		}
	}
	dbtest.Exec(t, "drop index customers_activity")
	dbtest.Exec(t, "create index customers_activity on customers (last_activity, id)")
	if walked(sofie)+walked(marit) == 0 {
		t.Error("the control: an index that is open to all is not used either")
	}
}
