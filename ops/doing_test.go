package ops_test

import (
	"context"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// listed is a session as it is on the hub, last used a while ago.
func (f firm) listed(c colleague, idle time.Duration) {
	f.t.Helper()
	active := time.Now().Add(-idle)
	_, err := f.Hub.Add(ops.Live{
		Session: c.Session, Actor: c.Actor, Since: active, Close: func(policy.Message) {},
		Active: func() time.Time { return active },
	})
	if err != nil {
		f.t.Fatal(err)
	}
}

// Everybody's sessions say what kind of thing they do, and never about whom.
func TestListSessions_doing(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sofie := f.hire(anna.Actor, "sofie", policy.Sales)
	f.listed(sofie, 10*time.Minute)
	if _, err := f.ListSettings(t.Context(), sofie.Actor); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Colleagues(t.Context(), sofie.Actor); err != nil { // by the way
		t.Fatal(err)
	}
	var got db.Session
	until(t, 10*time.Second, func() bool {
		all, err := f.ListSessions(t.Context(), anna.Actor, sofie.ID)
		if err != nil || len(all) != 1 {
			t.Fatal(err, all)
		}
		got = all[0]
		return got.Doing == policy.SettingList
	})
	idle := dbtest.Query[time.Time](t, "select now()").Sub(got.LastActive)
	if idle < 9*time.Minute || idle > 11*time.Minute {
		t.Errorf("idle for %v", idle)
	}
	// A row that somebody is changing is passed over, not waited for.
	held := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = f.Store.As(context.Background(), anna.Actor, policy.SessionClose, func(tx *db.Tx) error {
			_, err := tx.EndSession(context.Background(), sofie.Session, db.EndClosed)
			held <- struct{}{}
			<-held
			return err
		})
	}()
	<-held
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	noted, terms, err := f.Store.NoteDoing(ctx, []db.Doing{{Session: sofie.Session}, {Session: anna.Session}})
	if err != nil || len(noted) != 1 || noted[0] != anna.Session {
		t.Errorf("noted %v: %v", noted, err)
	}
	if terms != (db.Terms{}) {
		t.Errorf("nobody decided %+v", terms)
	}
	held <- struct{}{}
	<-done
}

// A node hears of limits that the organisation changed.
func TestTerms(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	if got := f.Hub.Terms(); got != (ops.Terms{Idle: 30 * time.Minute, Longest: 12 * time.Hour}) {
		t.Errorf("at first %+v", got)
	}
	for key, value := range map[policy.SettingKey]policy.SettingValue{policy.SessionIdleMinutes: "7", policy.SessionHours: "3"} {
		if err := f.Decide(t.Context(), anna.Actor, key, value, line("stricter")); err != nil {
			t.Fatal(err)
		}
	}
	until(t, 10*time.Second, func() bool { return f.Hub.Terms() == ops.Terms{Idle: 7 * time.Minute, Longest: 3 * time.Hour} })
	// The absolute one holds by the database's clock as well.
	closed := make(chan policy.Message, 1)
	sofie := f.hire(anna.Actor, "sofie", policy.Sales)
	if _, err := f.Hub.Add(ops.Live{Session: sofie.Session, Actor: sofie.Actor, Since: time.Now(), Close: func(why policy.Message) { closed <- why }}); err != nil {
		t.Fatal(err)
	}
	dbtest.Exec(t, "update sessions set started_at = now() - interval '179 minutes' where id = $1", sofie.Session)
	all, err := f.Store.Standing(t.Context(), []string{sofie.Session})
	if err != nil || len(all) != 1 || !all[0].Open {
		t.Errorf("a minute before: %+v, %v", all, err)
	}
	dbtest.Exec(t, "update sessions set started_at = now() - interval '181 minutes' where id = $1", sofie.Session)
	if why := <-closed; why.Key != ops.TooLong.Key {
		t.Errorf("closed with %q", why)
	}
}

// A sign-in from an address never used before stands out, to its person at the
// next one and to the admin.
func TestWelcome_newAddress(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sofie := f.hire(anna.Actor, "sofie", policy.Sales)
	in := func(address string) ops.Welcome {
		t.Helper()
		f.fresh()
		claim, err := f.Recognise(t.Context(), sofie.Login, sofie.key)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := f.ProveCode(t.Context(), claim, f.code(sofie.secret, 0), address)
		if err != nil {
			t.Fatal(err)
		}
		_, w, err := f.BeginSession(t.Context(), proof, ops.SessionInfo{ID: address + t.Name() + time.Now().String(), Address: address, Node: "test"})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	if w := in(home); says(w, "never signed in from") || w.LastFrom != home {
		t.Errorf("the first sign-in stood out: %+v", w)
	}
	in("203.0.113.9")
	if w := in(home); !says(w, "came from 203.0.113.9") || w.LastFrom != "203.0.113.9" {
		t.Errorf("not told: %+v", w)
	}
	if w := in("203.0.113.9"); says(w, "never signed in from") { // the control
		t.Errorf("told of an address that is known: %v", w.Notices)
	}
	all, err := f.ListSessions(t.Context(), anna.Actor, sofie.ID)
	if err != nil || len(all) != 5 {
		t.Fatal(err, len(all))
	}
	for i, s := range all {
		if s.NewAddress != (i == 2) {
			t.Errorf("session %d from %s: %v", i, s.Address, s.NewAddress)
		}
	}
}
