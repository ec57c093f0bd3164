package ops_test

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// two are records of one customer, with something of each kind on both.
type two struct {
	desk
	winner, loser, firm db.Customer
	deal, kept          db.Deal
	tag                 int32
}

func newTwo(t *testing.T) *two {
	t.Helper()
	d := newDesk(t)
	w := &two{desk: d, winner: d.customer}
	w.winner.Version = 1
	firm := db.Customer{Kind: policy.Company, Status: policy.Client, Grounds: d.customer.Grounds}
	firm.Family = text.New("Bouwbedrijf Kuipers BV")
	w.firm = d.adds(t, d.sander, firm)
	c := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: []policy.Ground{{Purpose: policy.Quotes, Basis: policy.Contract}}}
	c.Given, c.Family = text.New("J."), text.New("Janssen")
	c.Mails, c.Phones = []db.Labelled{{Value: text.New("jan.jansen@example.nl")}}, []db.Labelled{{Value: text.New("+31612345678")}}
	c.Companies = []db.Membership{{Company: w.firm.ID, Name: w.firm.Family, Role: text.New("secret-role"), Main: true}}
	var err error
	if w.tag, err = d.AddTag(t.Context(), d.marit, text.New("vip")); err != nil {
		t.Fatal(err)
	}
	c.Tags = []int32{w.tag}
	w.loser = d.adds(t, d.sander, c)
	changed := w.loser
	changed.Version = 1
	changed.Website = text.New("https://jansen.example")
	if w.loser, err = d.UpdateCustomer(t.Context(), d.sander, changed, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	w.hang(t)
	w.winner, w.loser = w.now(t, w.winner.ID), w.now(t, w.loser.ID)
	return w
}

func (w *two) now(t *testing.T, id int64) db.Customer {
	t.Helper()
	c, err := w.GetCustomer(t.Context(), w.sander, id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// mails says whether the newsletter may go to a customer.
func (w *two) mails(t *testing.T, id int64) string {
	t.Helper()
	why := "may"
	err := w.Store.As(t.Context(), w.sander, policy.CustomerList, func(tx *db.Tx) error {
		_, left, err := w.Gate(t.Context(), tx, policy.Newsletter, "", []int64{id})
		for _, l := range left {
			why = string(l.Why)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return why
}

func (d desk) adds(t *testing.T, actor policy.Actor, c db.Customer) db.Customer {
	t.Helper()
	c, err := d.CreateCustomer(t.Context(), actor, c, ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// hang puts something of every kind on the loser.
func (w *two) hang(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	for _, n := range []struct {
		who     policy.Actor
		say     string
		private bool
	}{{w.sander, "secret-note", false}, {w.marit, "secret-private", true}} {
		if _, err := w.AddNote(ctx, n.who, w.loser.ID, text.NewBlock(n.say), n.private, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
	}
	for i, d := range []*db.Deal{&w.deal, &w.kept} {
		d.Customer, d.Title = w.loser.ID, text.New([]string{"secret-deal", "secret-kept"}[i])
		d.Parts = []db.Part{{Contact: w.loser.ID, Part: text.New("secret-part")}}
		made, err := w.CreateDeal(ctx, w.sander, *d, false, ops.NewRequestKey())
		if err != nil {
			t.Fatal(err)
		}
		made.Next = text.New("secret-next")
		change, err := w.UpdateDeal(ctx, w.sander, made, ops.NewRequestKey())
		if err != nil {
			t.Fatal(err)
		}
		*d = change.After
	}
	w.task(t, w.sander, toDo("secret-task", w.loser.ID, "2026-01-01"))
	for _, said := range []struct {
		who  int64
		kind policy.ConsentKind
	}{{w.loser.ID, policy.Given}, {w.loser.ID, policy.Withdrawn}, {w.winner.ID, policy.Given}} {
		r := ops.Recording{Customer: said.who, Purpose: policy.Newsletter, Kind: said.kind, How: policy.OnPhone, Language: "nl", Remark: text.NewBlock("secret-remark")}
		if _, err := w.RecordConsent(ctx, w.sander, r, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
	}
	a := db.Activity{Customer: w.loser.ID, Deed: policy.DeedCall, At: time.Now().Add(-time.Hour)}
	a.Subject = text.New("secret-call")
	if _, err := w.AddActivity(ctx, w.sander, a, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
}

// tells is all that a person reads of a customer, in one line.
func (w *two) tells(t *testing.T, who policy.Actor, id int64) string {
	t.Helper()
	s, err := w.ViewCustomer(t.Context(), who, id)
	if err != nil {
		t.Fatal(err)
	}
	past, err := w.CustomerHistory(t.Context(), who, id)
	if err != nil {
		t.Fatal(err)
	}
	parts := []string{s.Name().String()}
	for _, f := range db.Fields {
		parts = append(parts, f.Name+"="+f.Tell(&s.Customer))
	}
	for _, n := range s.Notes {
		parts = append(parts, n.Text.String())
	}
	for _, d := range s.Deals {
		parts = append(parts, w.tellsDeal(t, who, d.ID))
	}
	for _, k := range s.Tasks {
		parts = append(parts, k.Title.String())
	}
	for _, a := range s.Activities {
		parts = append(parts, a.Subject.String())
	}
	for _, h := range past {
		parts = append(parts, string(h.Act))
	}
	return strings.Join(parts, "\n")
}

func (w *two) tellsDeal(t *testing.T, who policy.Actor, id int64) string {
	t.Helper()
	d, err := w.ViewDeal(t.Context(), who, id)
	if err != nil {
		t.Fatal(err)
	}
	line := d.Title.String() + " " + d.Next.String()
	for _, p := range d.Parts {
		line += " " + p.Part.String()
	}
	for _, h := range d.History {
		line += " " + string(h.Act)
	}
	return line
}

// finds is the names that a search shows.
func (w *two) finds(t *testing.T, words string) string {
	t.Helper()
	page, err := w.FindCustomers(t.Context(), w.sander, db.Query{Text: words})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range page.Rows {
		names = append(names, r.Name().String())
	}
	return strings.Join(names, ", ")
}

func number(id int64) string { return strconv.FormatInt(id, 10) }

func (w *two) merge(t *testing.T) db.Merged {
	t.Helper()
	p, err := w.GetPair(t.Context(), w.sander, w.winner.ID, w.loser.ID)
	if err != nil {
		t.Fatal(err)
	}
	done, err := w.MergeCustomers(t.Context(), w.sander, db.Merging{Winner: db.Joined(p.A, p.B), Loser: p.B.ID, Version: p.B.Version, Request: ops.NewRequestKey()}, false)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestMerge(t *testing.T) {
	w := newTwo(t)
	before := w.tells(t, w.sander, w.loser.ID)
	private := w.tells(t, w.marit, w.loser.ID)

	t.Run("rights", func(t *testing.T) {
		m := db.Merging{Winner: w.winner, Loser: w.loser.ID, Version: w.loser.Version}
		for _, who := range []policy.Actor{w.sofie, w.zuid} {
			if _, err := w.MergeCustomers(t.Context(), who, m, false); policy.KindOf(err) != policy.Absent {
				t.Errorf("%s of another team merges: %v", who.Login, err)
			}
		}
		for _, who := range []policy.Actor{w.fatima, w.anna} {
			if _, err := w.MergeCustomers(t.Context(), who, m, false); policy.KindOf(err) != policy.Denied {
				t.Errorf("%s merges: %v", who.Role, err)
			}
		}
		m.Version++
		if _, err := w.MergeCustomers(t.Context(), w.sander, m, false); policy.KindOf(err) != policy.Conflict {
			t.Errorf("an old version: %v", err)
		}
		dry := db.Merging{Winner: w.winner, Loser: w.loser.ID, Version: w.loser.Version}
		if done, err := w.MergeCustomers(t.Context(), w.marit, dry, true); err != nil || done.Moved["notes"] != 2 {
			t.Errorf("a dry run: %v, %v", done.Moved, err)
		}
		if got := w.tells(t, w.sander, w.loser.ID); got != before {
			t.Errorf("a dry run left\n%s\nof\n%s", got, before)
		}
	})

	if got := w.mails(t, w.winner.ID) + " " + w.mails(t, w.loser.ID); got != "may withdrawn" {
		t.Fatalf("before: %s", got)
	}
	done := w.merge(t)
	t.Logf("moved: %v", done.Moved)
	t.Run("merged", func(t *testing.T) {
		got := w.tells(t, w.sander, w.winner.ID)
		for _, want := range []string{
			"Jan Jansen", "jan.jansen@example.nl", "+31612345678", "secret-role", "https://jansen.example", "secret-note", "secret-deal", "secret-next",
			"secret-part", "secret-task", "secret-call", "deal.update", "customer.merge", "customer.update", "quotes: contract", "delivery: contract",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%q is lost in %s", want, got)
			}
		}
		if why := w.mails(t, w.winner.ID); why != "withdrawn" {
			t.Errorf("the loser withdrew, and now: %s", why)
		}
		err := w.Store.As(t.Context(), w.sander, policy.ConsentList, func(tx *db.Tx) error {
			all, err := tx.ListConsents(t.Context(), w.winner.ID)
			if err == nil && (len(all) != 4 || all[0].Remark.String() != "secret-remark") {
				t.Errorf("consents: %v", all)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if strings.Contains(got, "secret-private") {
			t.Error("another's private note is shown")
		}
		if !strings.Contains(w.tells(t, w.marit, w.winner.ID), "secret-private") {
			t.Error("a private note is lost")
		}
		if n := dbtest.Query[int](t, `select count(*)::int from subject_keys where subject_id = `+number(w.loser.ID)); n != 0 {
			t.Error("the loser's key is left")
		}
		for text, want := range map[string]string{"jansen@example": "Jan Jansen", "Janssen": ""} {
			if found := w.finds(t, text); found != want {
				t.Errorf("%q finds %q, want %q", text, found, want)
			}
		}
	})

	t.Run("undone", func(t *testing.T) {
		// Since then somebody worked on one deal, wrote a note and gave another phone.
		kept, err := w.ViewDeal(t.Context(), w.sander, w.kept.ID)
		if err != nil {
			t.Fatal(err)
		}
		was := w.tellsDeal(t, w.sander, w.kept.ID)
		kept.Next = text.New("later")
		if _, err := w.UpdateDeal(t.Context(), w.sander, kept.Deal, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
		if _, err := w.AddNote(t.Context(), w.sander, w.winner.ID, text.NewBlock("later-note"), false, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
		now, err := w.GetCustomer(t.Context(), w.sander, w.winner.ID)
		if err != nil {
			t.Fatal(err)
		}
		now.Website = text.New("https://later.example")
		if _, err := w.UpdateCustomer(t.Context(), w.sander, now, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
		if _, err := w.UnmergeCustomers(t.Context(), w.sofie, w.loser.ID); policy.KindOf(err) != policy.Absent {
			t.Errorf("a colleague undoes it: %v", err)
		}
		u, err := w.UnmergeCustomers(t.Context(), w.sander, w.loser.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(u.Stayed, " "); got != "deals website" {
			t.Errorf("what stays is told as %q", got)
		}
		back := w.tells(t, w.sander, w.loser.ID)
		want := strings.Replace(strings.Replace(before, was+"\n", "", 1), "secret-call\n", "secret-call\ncustomer.unmerge\n", 1)
		if back != want {
			t.Errorf("the loser came back as\n%s\nwant\n%s", back, want)
		}
		if got := w.tells(t, w.marit, w.loser.ID); !strings.Contains(private, "secret-private") || !strings.Contains(got, "secret-private") {
			t.Error("the private note did not come back")
		}
		left := w.tells(t, w.sander, w.winner.ID)
		for _, want := range []string{"later-note", "secret-kept", "https://later.example", "delivery: contract"} {
			if !strings.Contains(left, want) {
				t.Errorf("%q did not stay: %s", want, left)
			}
		}
		for _, gone := range []string{"secret-note", "secret-deal", "jan.jansen@example.nl", "quotes"} {
			if strings.Contains(left, gone) {
				t.Errorf("%q stayed: %s", gone, left)
			}
		}
		if got := w.mails(t, w.winner.ID) + " " + w.mails(t, w.loser.ID); got != "withdrawn withdrawn" {
			t.Errorf("after: %s", got)
		}
		if found := w.finds(t, "Janssen"); found != "J. Janssen" {
			t.Errorf("the loser is found as %q", found)
		}
		if _, err := w.UnmergeCustomers(t.Context(), w.sander, w.loser.ID); policy.KindOf(err) != policy.Absent {
			t.Errorf("undone twice: %v", err)
		}
	})

	t.Run("shredded", func(t *testing.T) {
		w.loser, _ = w.GetCustomer(t.Context(), w.sander, w.loser.ID)
		w.merge(t)
		if n := dbtest.Query[int](t, `select count(*)::int from merges where material is not null`); n != 1 {
			t.Fatalf("%d merges have material", n)
		}
		dbtest.Exec(t, `update merges set until = now() - interval '1 second'`)
		if _, err := w.UnmergeCustomers(t.Context(), w.sander, w.loser.ID); policy.KindOf(err) != policy.Absent {
			t.Errorf("undone too late: %v", err)
		}
		if _, err := w.RunJob(t.Context(), w.anna, "merges.end", false); err != nil {
			t.Fatal(err)
		}
		if n := dbtest.Query[int](t, `select count(*)::int from merges where material is not null`); n != 0 {
			t.Error("what it takes to undo is kept beyond its time")
		}
	})

	t.Run("erased", w.erased)
}

// says records events of a person on the newsletter, one after the other.
func (w *two) says(t *testing.T, id int64, kinds ...policy.ConsentKind) {
	t.Helper()
	for _, kind := range kinds {
		r := ops.Recording{Customer: id, Purpose: policy.Newsletter, Kind: kind, How: policy.OnPhone, Language: "nl"}
		_, err := w.RecordConsent(t.Context(), w.sander, r, ops.NewRequestKey())
		must(t, err)
	}
}

// piet is a further customer, with nothing but a name and an address for mail.
func (w *two) piet(t *testing.T, mail string) db.Customer {
	t.Helper()
	c := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: w.winner.Grounds}
	c.Family, c.Mails = text.New("Pieters"), []db.Labelled{{Value: text.New(mail)}}
	return w.adds(t, w.sander, c)
}

// erased is the erasure of people who were merged: nothing is left by which the
// other record could be made again, and who got the other's data hears of it.
func (w *two) erased(t *testing.T) {
	ctx := t.Context()
	loser := w.piet(t, "piet@example.nl")
	w.says(t, loser.ID, policy.Objected)
	_, err := w.ExportCustomers(ctx, w.sander, ops.Export{Format: "csv"}, io.Discard)
	must(t, err)
	winner := w.piet(t, "p.pieters@example.nl")
	w.says(t, winner.ID, policy.Objected, policy.Lifted, policy.Given)
	if got := w.mails(t, winner.ID) + " " + w.mails(t, loser.ID); got != "may objected" {
		t.Fatalf("before: %s", got)
	}
	w.winner, w.loser = w.now(t, winner.ID), w.now(t, loser.ID)
	w.merge(t)
	if why := w.mails(t, winner.ID); why != "objected" {
		t.Errorf("one of the two objected and the other took one back, and now: %s", why)
	}
	undone := w.piet(t, "pp@example.nl")
	w.winner, w.loser = w.now(t, winner.ID), w.now(t, undone.ID)
	w.merge(t)
	_, err = w.UnmergeCustomers(ctx, w.sander, undone.ID)
	must(t, err)
	rows := func() string {
		return dbtest.Query[string](t, fmt.Sprintf(`select coalesce(string_agg(loser || case when material is null then ' ended' else ' kept' end, ', ' order by id), '') from merges where winner = %d`, winner.ID))
	}
	if got, want := rows(), fmt.Sprintf("%d kept, %d ended", loser.ID, undone.ID); got != want {
		t.Fatalf("merges: %s, want %s", got, want)
	}
	_, err = w.Erase(ctx, w.pieter, undone.ID)
	must(t, err)
	if got, want := rows(), fmt.Sprintf("%d kept", loser.ID); got != want {
		t.Errorf("merges: %s, want %s", got, want)
	}
	c, err := w.Erase(ctx, w.pieter, winner.ID)
	must(t, err)
	if len(c.Recipients) != 1 {
		t.Errorf("the other's data went to one: %v", c.Recipients)
	}
	e, err := w.GetErasure(ctx, w.pieter, winner.ID)
	must(t, err)
	if got := rows(); got != "" || e.Untold != 1 {
		t.Errorf("merges: %s; %d recipients to tell", got, e.Untold)
	}
	if n := dbtest.Query[int](t, fmt.Sprintf(`select count(*)::int from subject_keys where subject_id in (%d, %d, %d)`, winner.ID, loser.ID, undone.ID)); n != 0 {
		t.Errorf("%d keys are left", n)
	}
	if _, err := w.UnmergeCustomers(ctx, w.pieter, loser.ID); policy.KindOf(err) != policy.Absent {
		t.Errorf("an erased person comes back: %v", err)
	}
}
