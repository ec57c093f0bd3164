package ops_test

import (
	"bytes"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// TestHygiene: the weekly look counts what should be gone, the officer reads the
// figures without a reason, and each list shows the rows to who may see them.
func TestHygiene(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	anna := dbtest.Person(t, b.Store, "anna", policy.Admin, "")
	stays, leaves := b.withMail(t, "Aalbers", policy.Client), b.withMail(t, "Bakker", policy.Client)
	for _, c := range []db.Customer{stays, leaves} {
		b.says(t, c, policy.Newsletter, policy.Given)
	}
	a := db.Audience{Purpose: policy.Newsletter}
	a.Name = text.New("Lente")
	id, err := b.AddAudience(ctx, b.sander, a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.ExportAudience(ctx, b.sander, id, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	before := b.figures(t, anna)
	b.says(t, leaves, policy.Newsletter, policy.Withdrawn)
	if n, err := b.NoteBounces(ctx, b.sander, []string{"Aalbers@Example.nl ", "elsewhere@example.nl"}); err != nil || n.Noted != 1 || n.Unknown != 1 {
		t.Errorf("%+v, %v", n, err)
	}
	if n, err := b.NoteBounces(ctx, b.sofie, []string{"bakker@example.nl"}); err != nil || n.Noted != 0 {
		t.Errorf("a colleague of another team noted %+v, %v", n, err)
	}
	if _, err := b.AddNote(policy.Despite(ctx, text.New("tilt niet")), b.sander, stays.ID, text.NewBlock("hernia"), false, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	dbtest.Exec(t, "delete from bases where customer_id = $1", b.lead.ID)
	dbtest.Exec(t, "update grants set since = since - interval '1 year' where person_id = $1", b.fatima.ID)
	after := b.figures(t, anna)
	for opens, more := range map[string]int{"undecided": 1, "bounced": 1, "stale": 1, "idle": 1, "despite": 1, "breaches": 0} {
		if after[opens] != before[opens]+more {
			t.Errorf("%s: %d, then %d", opens, before[opens], after[opens])
		}
	}
	stale, err := b.ListStale(ctx, b.sander)
	if err != nil || len(stale) != 1 || stale[0].ID != leaves.ID || stale[0].Why != policy.WhyWithdrawn || stale[0].Audience.Name.String() != "Lente" {
		t.Errorf("%+v, %v", stale, err)
	}
	if stale, err := b.ListStale(ctx, b.sofie); err != nil || len(stale) != 0 {
		t.Errorf("another team sees %+v, %v", stale, err)
	}
	if idle, err := b.ListIdleGrants(ctx, b.pieter); err != nil || len(idle) != 1 || idle[0].PersonID != b.fatima.ID {
		t.Errorf("%+v, %v", idle, err)
	}
	b.deadAddress(t, id, stays)
}

// deadAddress: a list leaves it out and says why; another address ends it.
func (b trade) deadAddress(t *testing.T, list int32, c db.Customer) {
	t.Helper()
	ctx := t.Context()
	m, err := b.ExportAudience(ctx, b.sander, list, &bytes.Buffer{})
	if err != nil || m.Number != 0 || leftBy(m.Left)[policy.WhyDead] != 1 {
		t.Errorf("%+v, %v", m, err)
	}
	now, err := b.GetCustomer(ctx, b.sander, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	now.Mails = []db.Labelled{{Value: text.New("new@example.nl")}}
	if _, err := b.UpdateCustomer(ctx, b.sander, now, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	if rows, err := b.ListDeadMails(ctx, b.sander); err != nil || len(rows) != 0 {
		t.Errorf("still dead: %+v, %v", rows, err)
	}
	if m, err := b.ExportAudience(ctx, b.sander, list, &bytes.Buffer{}); err != nil || m.Number != 1 {
		t.Errorf("%+v, %v", m, err)
	}
}

// figures runs the weekly look and gives the officer's figures, by where they
// lead; he has given no reason.
func (b trade) figures(t *testing.T, admin policy.Actor) map[string]int {
	t.Helper()
	if _, err := b.RunJob(t.Context(), admin, "hygiene.look", false); err != nil {
		t.Fatal(err)
	}
	all, err := b.PrivacyFigures(t.Context(), b.pieter.For(text.Line{}))
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]int{}
	for _, f := range all {
		by[f.Opens] += f.N
	}
	return by
}
