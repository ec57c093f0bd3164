package ops_test

import (
	"context"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func (b trade) says(t testing.TB, c db.Customer, p policy.Purpose, k policy.ConsentKind) int64 {
	t.Helper()
	id, err := b.RecordConsent(t.Context(), b.sander, ops.Recording{Customer: c.ID, Purpose: p, Kind: k, How: policy.OnPhone, Language: "nl"}, ops.NewRequestKey())
	if err != nil {
		t.Fatalf("%s %s: %v", k, p, err)
	}
	return id
}

// gate asks the gate as somebody, and gives why one is left out.
func (b trade) gate(t testing.TB, actor policy.Actor, p policy.Purpose, id int64) (why policy.Why) {
	t.Helper()
	err := b.Store.As(t.Context(), actor, policy.CustomerList, func(tx *db.Tx) error {
		may, left, err := b.Gate(t.Context(), tx, p, "", []int64{id})
		if err == nil && len(may)+len(left) != 1 {
			t.Errorf("%d may, %d left out of one", len(may), len(left))
		}
		if len(left) > 0 {
			why = left[0].Why
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return why
}

// TestConsent_life: given on a wording, it opens the gate for its purpose alone;
// a withdrawal shuts it at once, and neither takes back what was written.
func TestConsent_life(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	if why := b.gate(t, b.sander, policy.Newsletter, b.lead.ID); why != policy.WhyNoBasis {
		t.Errorf("before anything was said: %q", why)
	}
	request := ops.NewRequestKey()
	r := ops.Recording{Customer: b.lead.ID, Purpose: policy.Newsletter, Kind: policy.Given, How: policy.OnPhone, Language: "nl", Remark: text.NewBlock("Kanarie zei ja")}
	first, err := b.RecordConsent(ctx, b.sander, r, request)
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.RecordConsent(ctx, b.sander, r, request) // the answer to the first was lost
	if err != nil || again != first {
		t.Errorf("%d, then %d: %v", first, again, err)
	}
	for p, want := range map[policy.Purpose]policy.Why{policy.Newsletter: "", policy.Marketing: policy.WhyNoBasis, policy.Calling: policy.WhyNoBasis} {
		if why := b.gate(t, b.sander, p, b.lead.ID); why != want {
			t.Errorf("after a yes to the newsletter, %s: %q, want %q", p, why, want)
		}
	}
	if why := b.gate(t, b.sofie, policy.Newsletter, b.lead.ID); why != policy.WhyHidden {
		t.Errorf("somebody else's customer: %q", why)
	}
	before, err := b.GetCustomer(ctx, b.sander, b.lead.ID)
	if err != nil || len(before.Grounds) != 2 {
		t.Fatalf("%+v, %v", before.Grounds, err)
	}
	b.says(t, b.lead, policy.Newsletter, policy.Withdrawn)
	if why := b.gate(t, b.sander, policy.Newsletter, b.lead.ID); why != policy.WhyWithdrawn {
		t.Errorf("after the withdrawal: %q", why)
	}
	// Neither an edit that was under way nor taking back one brings it back.
	_, err = b.UpdateCustomer(ctx, b.sander, before, ops.NewRequestKey())
	wantKind(t, "an edit from before the withdrawal", err, policy.Conflict)
	now, err := b.GetCustomer(ctx, b.sander, b.lead.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.UndoChange(ctx, b.sander, b.lead.ID, now.Version, before, ops.NewRequestKey()); err == nil {
		if why := b.gate(t, b.sander, policy.Newsletter, b.lead.ID); why != policy.WhyWithdrawn {
			t.Errorf("after undoing: %q", why)
		}
	}
	if n := dbtest.Query[int64](t, "select count(*) from consents"); n != 2 {
		t.Errorf("%d events", n)
	}
	const find = `select count(*) from (select c::text as row from consents c) x where row ilike '%kanarie%' or row like '%' || encode('Kanarie', 'hex') || '%'`
	if n := dbtest.Query[int64](t, find); n != 0 {
		t.Error("what was said stands in the database to read")
	}
}

// TestConsent_nothingLeft: an objection to one marketing ends all of it; a record
// whose last ground goes comes up to be decided, until it has one.
func TestConsent_nothingLeft(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	b.says(t, b.lead, policy.Newsletter, policy.Given)
	c, err := b.GetCustomer(ctx, b.sander, b.lead.ID)
	if err != nil {
		t.Fatal(err)
	}
	c.Grounds = []policy.Ground{{Purpose: policy.Newsletter, Basis: policy.Consent}}
	if _, err := b.UpdateCustomer(ctx, b.sander, c, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	groundless := func() int64 { return dbtest.Query[int64](t, "select count(*) from groundless") }
	if n := groundless(); n != 0 {
		t.Fatalf("%d records stand on nothing", n)
	}
	b.says(t, b.lead, policy.Calling, policy.Objected)
	if n := groundless(); n != 1 {
		t.Errorf("%d records stand on nothing after the objection", n)
	}
	_, err = b.RecordConsent(ctx, b.sander, ops.Recording{Customer: b.lead.ID, Purpose: policy.Newsletter, Kind: policy.Given, How: policy.OnPhone}, ops.NewRequestKey())
	wantKind(t, "a yes while an objection stands", err, policy.Invalid)
	b.says(t, b.lead, policy.Calling, policy.Lifted)
	b.says(t, b.lead, policy.Newsletter, policy.Given)
	if n := groundless(); n != 0 || b.gate(t, b.sander, policy.Newsletter, b.lead.ID) != "" {
		t.Errorf("%d records stand on nothing after a new yes", n)
	}
}

// TestConsent_doubleOptIn: pending until the link is used; the link works once,
// in time, and not when the person said no meanwhile.
func TestConsent_doubleOptIn(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	ask := func() policy.Sealed {
		t.Helper()
		_, token, err := b.AskConsent(ctx, b.sander, ops.Recording{Customer: b.lead.ID, Purpose: policy.Newsletter, How: policy.OnForm}, ops.NewRequestKey())
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	token := ask()
	if why := b.gate(t, b.sander, policy.Newsletter, b.lead.ID); why != policy.WhyPending {
		t.Errorf("asked: %q", why)
	}
	wantKind(t, "a token that nobody was sent", b.ConfirmConsent(ctx, policy.Seal("guess"), "web-1"), policy.Denied)
	if err := b.ConfirmConsent(ctx, token, "web-1"); err != nil {
		t.Fatal(err)
	}
	if why := b.gate(t, b.sander, policy.Newsletter, b.lead.ID); why != "" {
		t.Errorf("confirmed: %q", why)
	}
	wantKind(t, "the link again", b.ConfirmConsent(ctx, token, "web-2"), policy.Denied)
	late := ask()
	dbtest.Exec(t, "update optins set expires_at = now() - interval '1 second' where used_at is null")
	wantKind(t, "the link too late", b.ConfirmConsent(ctx, late, "web-3"), policy.Denied)
	refused := ask()
	b.says(t, b.lead, policy.Newsletter, policy.Withdrawn)
	wantKind(t, "the link after a no", b.ConfirmConsent(ctx, refused, "web-4"), policy.Denied)
	if n := dbtest.Query[int64](t, "select count(*) from consents where kind = 'given' and person_id is null and how = 'web'"); n != 1 {
		t.Errorf("%d yeses by web", n)
	}
	if n := dbtest.Query[int64](t, "select count(*) from optins where digest = convert_to($1, 'UTF8')", token.Reveal()); n != 0 {
		t.Error("the token itself is kept")
	}
}

// TestConsent_guards: what may not be recorded, by whom, and of whom.
func TestConsent_guards(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	try := func(actor policy.Actor, p policy.Purpose, k policy.ConsentKind) error {
		_, err := b.RecordConsent(ctx, actor, ops.Recording{Customer: b.lead.ID, Purpose: p, Kind: k, How: policy.OnPaper}, ops.NewRequestKey())
		return err
	}
	wantKind(t, "another team's customer", try(b.sofie, policy.Newsletter, policy.Given), policy.Absent)
	wantKind(t, "finance", try(b.fatima, policy.Newsletter, policy.Given), policy.Denied)
	wantKind(t, "privacy without a reason", try(b.pieter.For(text.Line{}), policy.Newsletter, policy.Given), policy.Denied)
	wantKind(t, "consent to delivery", try(b.sander, policy.Delivery, policy.Given), policy.Invalid)
	wantKind(t, "soft opt-in of a lead", try(b.sander, policy.Marketing, policy.Offered), policy.Invalid)
	wantKind(t, "objecting to a contract", try(b.sander, policy.Quotes, policy.Objected), policy.Invalid)
	wantKind(t, "no such purpose", try(b.sander, "spam", policy.Given), policy.Invalid)
	if err := try(b.pieter, policy.Newsletter, policy.Withdrawn); err != nil {
		t.Errorf("privacy with a reason: %v", err)
	}
	for _, sql := range []string{"update consents set kind = 'given'", "delete from consents", "delete from groundless"} {
		if err := b.Store.As(ctx, b.sander, policy.ConsentRecord, func(tx *db.Tx) error { _, err := tx.Exec(ctx, sql); return err }); err == nil {
			t.Errorf("a salesperson can %s", sql)
		}
	}
}

// TestSetPurpose: the officer decides by version; what was changed counts at once
// at the gate, and earlier wordings stay.
func TestSetPurpose(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	p, err := policy.FindPurpose(policy.Purposes, policy.Newsletter)
	if err != nil {
		t.Fatal(err)
	}
	b.says(t, b.lead, policy.Newsletter, policy.Given)
	p.Wording.NL, p.Retired = text.NewBlock("Ja, stuur maar."), true
	why := text.New("we stop")
	wantKind(t, "sales", b.SetPurpose(ctx, b.sander, p, 0, why), policy.Denied)
	wantKind(t, "without a reason", b.SetPurpose(ctx, b.pieter, p, 0, text.Line{}), policy.Invalid)
	if err := b.SetPurpose(ctx, b.pieter, p, 0, why); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "over what another decided", b.SetPurpose(ctx, b.pieter, p, 0, why), policy.Conflict)
	if why := b.gate(t, b.sander, policy.Newsletter, b.lead.ID); why != policy.WhyRetired {
		t.Errorf("a purpose out of use: %q", why)
	}
	s, err := b.ViewPurpose(ctx, b.sander, policy.Newsletter)
	if err != nil || s.Version != 1 || len(s.History) != 2 || len(s.Wordings) != 3 {
		t.Errorf("version %d, %d versions, %d wordings: %v", s.Version, len(s.History), len(s.Wordings), err)
	}
	p, err = policy.FindPurpose(policy.Purposes, policy.Recruitment)
	if err != nil {
		t.Fatal(err)
	}
	p.Name = "internships"
	if err := b.SetPurpose(context.WithoutCancel(ctx), b.pieter, p, 0, why); err != nil {
		t.Fatal(err)
	}
	c := b.lead
	c.Version, c.Grounds = 2, append(c.Grounds, policy.Ground{Purpose: "internships", Basis: policy.Consent}, policy.Ground{Purpose: "spam", Basis: policy.Consent})
	_, err = b.UpdateCustomer(ctx, b.sander, c, ops.NewRequestKey())
	wantKind(t, "a ground for a purpose that isn't there", err, policy.Invalid)
	c.Grounds = c.Grounds[:2]
	if _, err = b.UpdateCustomer(ctx, b.sander, c, ops.NewRequestKey()); err != nil {
		t.Errorf("a purpose of the organisation's own: %v", err)
	}
}
