package ops_test

import (
	"context"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
	"balie/policy/text"
)

func init() {
	acts["ListViews"] = func(ctx context.Context, b bench) error { _, err := b.ListViews(ctx, b.sander, ""); return err }
	acts["SaveView"] = func(ctx context.Context, b bench) error {
		_, err := b.SaveView(ctx, b.sander, viewOf("late", "activity>6mo"))
		return err
	}
	elsewhere = append(elsewhere, "GetView", "PlaceViews", "DeleteView", "SetStatus", "UndoStatus")
}

func viewOf(name, filter string) db.View {
	v := db.View{List: policy.ContactList}
	v.Name, v.Filter = text.New(name), filter
	return v
}

// Who sees, changes and deletes which view, by ops and by row security alike.
func TestView(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	zuid := dbtest.Person(t, b.Store, "zoe", policy.Sales, "zuid")
	loner := dbtest.Person(t, b.Store, "lon", policy.Sales, "")
	own, err := b.SaveView(ctx, b.sander, viewOf("Stil", "activity>6mo owner=me"))
	if err != nil {
		t.Fatal(err)
	}
	shared := viewOf("Beurs", "city~gent")
	shared.Shared = true
	if shared, err = b.SaveView(ctx, b.sander, shared); err != nil {
		t.Fatal(err)
	}
	sees := func(a policy.Actor, want ...int64) {
		t.Helper()
		all, err := b.ListViews(ctx, a, policy.ContactList)
		if err != nil {
			t.Fatal(err)
		}
		var ids []int64
		for _, v := range all {
			ids = append(ids, v.ID)
		}
		if len(ids) != len(want) || len(want) > 0 && ids[len(ids)-1] != want[len(want)-1] {
			t.Errorf("%s sees %v, want %v", a.Login, ids, want)
		}
	}
	sees(b.sander, own.ID, shared.ID)
	sees(b.sofie, shared.ID)
	sees(b.marit, shared.ID)
	sees(zuid)
	sees(loner)
	sees(b.pieter)

	refused := func(what string, err error, want policy.Kind) {
		t.Helper()
		if policy.KindOf(err) != want {
			t.Errorf("%s: %v", what, err)
		}
	}
	theirs := shared
	theirs.Owner = b.sofie.ID // as one would say to get past policy
	_, err = b.SaveView(ctx, b.sofie, theirs)
	refused("changed a colleague's", err, policy.Conflict)
	_, err = b.DeleteView(ctx, b.sofie, shared.ID)
	refused("deleted a colleague's", err, policy.Absent)
	_, err = b.DeleteView(ctx, b.marit, own.ID)
	refused("deleted what isn't shared", err, policy.Absent)
	lonely := viewOf("Alleen", "")
	lonely.Shared = true
	_, err = b.SaveView(ctx, loner, lonely)
	refused("shared with no team", err, policy.Invalid)
	_, err = b.SaveView(ctx, b.sander, viewOf("stil", ""))
	refused("the same name twice", err, policy.Conflict)
	_, err = b.SaveView(ctx, b.sander, viewOf("Fout", "tag=nobody"))
	refused("a tag that isn't there", err, policy.Invalid)
	_, err = b.ListViews(ctx, b.anna, "")
	refused("an admin", err, policy.Denied)

	stale := own
	own.Name = text.New("Lang stil")
	if own, err = b.SaveView(ctx, b.sander, own); err != nil || own.Version != 2 {
		t.Fatal(own, err)
	}
	_, err = b.SaveView(ctx, b.sander, stale)
	refused("an older version", err, policy.Conflict)
	if err := b.PlaceViews(ctx, b.sander, []int64{shared.ID, own.ID}); err != nil {
		t.Fatal(err)
	}
	sees(b.sander, shared.ID, own.ID)

	// Another team sees it as soon as its owner is there, and the old one no more.
	dbtest.Exec(t, `update people set team_id = (select id from teams where name = 'zuid') where login = 'sander'`)
	sees(zuid, shared.ID)
	sees(b.sofie)
	_, err = b.DeleteView(ctx, b.marit, shared.ID)
	refused("a manager of another team", err, policy.Absent)
	dbtest.Exec(t, `update people set team_id = (select id from teams where name = 'noord') where login = 'sander'`)
	gone, err := b.DeleteView(ctx, b.marit, shared.ID)
	if err != nil || gone.Name.String() != "Beurs" {
		t.Fatal(gone, err)
	}
	gone, err = b.DeleteView(ctx, b.sander, own.ID)
	if err != nil {
		t.Fatal(err)
	}
	gone.ID = 0 // undone: kept again
	if _, err = b.SaveView(ctx, b.sander, gone); err != nil {
		t.Fatal(err)
	}
	// What the database holds tells nothing.
	if dbtest.Query[bool](t, `select bool_or(position('activity'::bytea in body) > 0) from saved_views`) {
		t.Error("a filter is readable in the database")
	}
}
