package ops

import (
	"log/slog"
	"testing"
	"time"

	"balie/db/dbtest"
	"balie/policy"
)

func TestSteady(t *testing.T) {
	start := time.Date(2026, 3, 29, 1, 30, 0, 0, time.UTC)
	var s steady
	for i, c := range []struct{ local, database, want time.Duration }{
		{0, 0, 0},
		{10 * time.Second, 10 * time.Second, 10 * time.Second},
		{20 * time.Second, 26 * time.Second, 20 * time.Second}, // a slow answer
		{30 * time.Second, 30 * time.Minute, 0},
		{40 * time.Second, 30*time.Minute + 10*time.Second, 10 * time.Second},
		{50 * time.Second, 50 * time.Second, 0}, // and back
		{90 * time.Second, 90 * time.Second, 40 * time.Second},
	} {
		if got := s.hear(start.Add(c.database), start.Add(c.local)); got != c.want {
			t.Errorf("word %d: even for %v, want %v", i, got, c.want)
		}
	}
}

// A session that nobody vouches for ends; those that a node serves don't, nor
// any just after the database's clock leapt.
func TestPulse(t *testing.T) {
	store := dbtest.New(t)
	o := New(store, slog.New(slog.DiscardHandler))
	o.Hub.admit(true)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "")
	dbtest.Exec(t, `with k as (insert into keys (person_id, fingerprint, public_key, name) values ($1, 'f', '', 'k') returning id)
		insert into sessions (id, person_id, key_id, address, node) select s, $1, id, '', 'n' from k, unnest(array['served', 'lost', 'fresh']) s`, sander.ID)
	dbtest.Exec(t, `update sessions set seen_at = now() - interval '31 seconds' where id in ('served', 'lost')`)
	if _, err := o.Hub.Add(Live{Session: "served", Actor: sander}); err != nil {
		t.Fatal(err)
	}
	open := func() string {
		return dbtest.Query[string](t, `select string_agg(id, ' ' order by id) from sessions where ended_at is null`)
	}
	var leapt, even steady
	if err := o.pulse(t.Context(), &leapt); err != nil || open() != "fresh lost served" {
		t.Errorf("without knowing how the clock goes, open is %q: %v", open(), err)
	}
	even = leapt
	even.since = even.since.Add(-lostAfter)
	if err := o.pulse(t.Context(), &even); err != nil || open() != "fresh served" {
		t.Errorf("open is %q: %v", open(), err)
	}
}
