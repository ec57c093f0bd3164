package views

import (
	"context"
	"fmt"
	"testing"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func (f *fakeActs) PlanErasure(_ context.Context, _ policy.Actor, id int64) (p ops.ErasurePreview, err error) {
	p.Customer = f.customers[id]
	p.Goes = []db.Hanging{{Table: "notes", N: 12}, {Table: "deals", N: 3}, {Table: "memberships", N: 2}, {Table: "history", N: 41}}
	p.Drafts, p.Contacts = 1, []db.Row{{ID: 7}}
	p.Twins = []db.Twin{{Customer: f.customers[1]}}
	p.Recipients = []db.Recipient{{N: 1, At: noon, Person: 4, Act: policy.CustomerExport}}
	for i := range 7 {
		p.Kept = append(p.Kept, ops.CertifiedKept{What: ops.KeptInvoice, Name: fmt.Sprint("2026-", i), Ground: "art. 17(3)(b) GDPR, art. 52(4) AWR", Until: "2033-12-31"})
	}
	return p, f.did(fmt.Sprint("plan ", id))
}

func (f *fakeActs) Erase(_ context.Context, _ policy.Actor, id int64) (ops.Certificate, error) {
	return ops.Certificate{Subject: id}, f.did(fmt.Sprint("erase ", id))
}

func (f *fakeActs) Restrict(_ context.Context, _ policy.Actor, id int64, on bool) (bool, error) {
	return true, f.did(fmt.Sprint("restrict ", id, " ", on))
}

func (f *fakeActs) ListErasures(context.Context, policy.Actor, db.ErasureQuery) ([]ops.Erased, error) {
	one, _ := f.GetErasure(context.Background(), policy.Actor{}, 4711)
	swept := ops.Erased{Erasure: db.Erasure{Subject: 12, Kind: policy.Company, At: noon.AddDate(0, -1, 0), Rule: "lead"}}
	return []ops.Erased{one, swept}, f.did("erasures")
}

func (f *fakeActs) GetErasure(context.Context, policy.Actor, int64) (ops.Erased, error) {
	e := ops.Erased{Reason: text.New("request 12" + f.evil)}
	e.Erasure = db.Erasure{Subject: 4711, Kind: policy.Person, At: noon, Person: 3, Invoices: 2, KeptUntil: noon.AddDate(7, 0, 0), Untold: 1}
	e.Certificate = ops.Certificate{
		Organisation: "Balie Bouw BV", Subject: 4711, Kind: "person", At: noon, By: "pieter",
		Erased: []ops.CertifiedCount{{What: "customers", N: 1}, {What: "notes", N: 12}},
		Kept:   []ops.CertifiedKept{{What: ops.KeptUnpaid, Name: "2026-1", Ground: "art. 52(4) AWR", Until: "2033-12-31"}, {What: ops.KeptSuppression, N: 2, Ground: "art. 21(3) GDPR"}, {What: ops.KeptLog, Ground: "art. 32 GDPR"}},
	}
	e.Recipients = []db.Recipient{{N: 1, At: noon, Person: 4, Act: policy.CustomerExport}, {N: 2, At: noon, Person: 4, Act: policy.CustomerExport, ToldAt: &e.At, ToldBy: 3}}
	return e, nil
}

func (f *fakeActs) TellRecipient(_ context.Context, _ policy.Actor, subject int64, n int) error {
	return f.did(fmt.Sprint("told ", subject, " ", n))
}

func (f *fakeActs) ListSuppressions(context.Context, policy.Actor, bool) ([]db.Suppression, error) {
	at := noon
	return []db.Suppression{
		{ID: 3, Sort: policy.MailMark, Since: noon, Subject: 4711},
		{ID: 2, Sort: policy.PhoneMark, Since: noon, Subject: 12, LiftedAt: &at, LiftedBy: 3, Reason: text.New("came back" + f.evil)},
	}, f.did("suppressions")
}

func (f *fakeActs) LiftSuppression(_ context.Context, _ policy.Actor, which string, why text.Line) (db.Suppression, error) {
	return db.Suppression{}, f.did(fmt.Sprint("lift ", which, " ", why))
}

var toCustomer = []string{"request 12", "enter", ":", "contacts", "enter", "enter"}

func TestErase(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Privacy)).press(toCustomer...).press("E")
	s.wants("12 notes", "invoice ×7", "through 2033-12-31", "Type the name", "have records of their own", "to be told (art. 19 GDPR): 1", "no way back")
	s.press("nobody", "ctrl+s").wants("this can't be taken back")
	if acts.count("erase 1") != 0 {
		t.Fatal("a mistyped name was taken for a yes")
	}
	s.press("ctrl+u", "Jansen", "ctrl+s").wants("The certificate is number 1", "Erased")
	if acts.count("erase 1") != 1 {
		t.Errorf("%v", acts.calls)
	}
	s.press("enter").wants("Certificate of erasure", "Customer 4711", "12  notes", "which is unpaid", "! to be told")
}

func TestErase_officersOnly(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter", "E", "R")
	if acts.count("plan 1") != 0 || s.app.dialog != nil {
		t.Error("sales may erase or restrict")
	}
}

func TestErasure_Frames(t *testing.T) {
	for _, look := range looks {
		for _, keys := range [][]string{{":", "erasures", "enter"}, {":", "erasures", "enter", "enter"}, {":", "suppressions", "enter"}, {":", "suppressions", "enter", "u"}, {"E"}, {"R"}} {
			s := sessionOf(newFakeActs(), policy.Privacy)
			s.Dark, s.NoColor, s.ASCII, s.Lang = look.dark, look.noColor, look.ascii, look.lang
			look.check(t, newStage(t, s).press(toCustomer...).press(keys...))
		}
	}
}
