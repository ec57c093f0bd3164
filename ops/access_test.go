package ops_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/ops/dossier"
	"balie/policy"
	"balie/policy/text"
	"balie/views"
)

// asked is a request of the lead's for access, by somebody who was identified.
func (b trade) asked(t testing.TB, kind policy.RequestKind) db.Request {
	t.Helper()
	r := b.recorded(t, b.pieter, kind, 0, b.lead.ID)
	if _, err := b.IdentifyRequest(t.Context(), b.pieter, r.ID, 0, true, text.NewBlock("order number"), text.NewBlock("12")); err != nil {
		t.Fatal(err)
	}
	return r
}

// live fills the lead's record with something of each kind, each with a word of
// its own.
func (b trade) live(t testing.TB) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c, err := b.GetCustomer(ctx, b.sander, b.lead.ID)
	must(err)
	c.Given, c.Mail, c.Source = text.New("Ilse"), text.New("ilse@baert.example"), text.New("word-source")
	c.Mails = []db.Labelled{{Value: c.Mail}}
	c.Phones = []db.Labelled{{Value: text.New("+31612345678")}}
	c.Address.Street = text.New("word-street 1")
	_, err = b.UpdateCustomer(ctx, b.sander, c, ops.NewRequestKey())
	must(err)
	_, err = b.AddNote(ctx, b.sander, c.ID, text.NewBlock("word-note"), true, ops.NewRequestKey())
	must(err)
	a := db.Activity{Customer: c.ID, Deed: policy.DeedCall, At: time.Now().Add(-time.Hour), Minutes: 12}
	a.Subject, a.Outcome = text.New("word-call"), text.New("word-outcome")
	_, err = b.AddActivity(ctx, b.sander, a, ops.NewRequestKey())
	must(err)
	_, err = b.CreateTask(ctx, b.sander, toDo("word-task", c.ID, "2026-01-01"), ops.NewRequestKey())
	must(err)
	d := b.deal(t, "word-deal", 100)
	_, err = b.MoveDeal(ctx, b.sander, d.ID, 0, stageQuote, text.Line{}, ops.NewRequestKey())
	must(err)
	other := b.customer(t, "Elders")
	own := db.Deal{Customer: other.ID, Value: 1, Parts: []db.Part{{Contact: c.ID, Part: text.New("word-part")}}}
	own.Title = text.New("secret-of-others")
	_, err = b.CreateDeal(ctx, b.sander, own, false, ops.NewRequestKey())
	must(err)
	must(b.AskInvoice(ctx, b.sander, c.ID, text.New("word-invoice"), text.NewBlock("word-remark"), ops.NewRequestKey()))
	tag, err := b.AddTag(ctx, b.marit, text.New("word-tag"))
	must(err)
	_, err = b.Retag(ctx, b.sander, []int64{c.ID}, tag, true)
	must(err)
	b.consented(t)
	b.billedBefore(t)
}

// consented has the lead agree, with a file that proves it, be asked, and be on a
// mailing list that went out.
func (b trade) consented(t testing.TB) {
	ctx := t.Context()
	event := b.says(t, b.lead, policy.Newsletter, policy.Given)
	spool, err := ops.NewSpool(strings.NewReader("word-scan"), ops.EvidenceMost)
	if err != nil {
		t.Fatal(err)
	}
	defer spool.Close()
	if _, err = b.AddEvidence(ctx, b.sander, event, text.New("../word-file.txt"), spool); err != nil {
		t.Fatal(err)
	}
	asking := ops.Recording{Customer: b.lead.ID, Purpose: policy.Marketing, How: policy.OnForm, Language: "nl"}
	if _, _, err = b.AskConsent(ctx, b.sander, asking, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	list := db.Audience{Purpose: policy.Newsletter, Means: policy.ByMail, AudienceHead: db.AudienceHead{Name: text.New("word-list")}}
	id, err := b.AddAudience(ctx, b.sander, list)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.ExportAudience(ctx, b.sander, id, io.Discard); err != nil {
		t.Fatal(err)
	}
}

// billedBefore gives the lead an invoice of another system.
func (b trade) billedBefore(t testing.TB) {
	ctx := t.Context()
	err := b.Store.As(ctx, b.fatima, policy.InvoiceImport, func(tx *db.Tx) error {
		file, err := tx.AddImport(ctx, "invoices", text.New("books"), []byte("1"), 1)
		if err != nil {
			return err
		}
		i := db.PastInvoice{Customer: b.lead.ID, Scope: b.sander.ID, IssuedOn: time.Now(), Total: 100, Import: file}
		i.Number, i.Debtor = text.New("word-old"), text.New("Baert")
		return tx.AddPastInvoice(ctx, i, ops.NewRequestKey())
	})
	if err != nil {
		t.Fatal(err)
	}
}

var lived = strings.Fields(`word-source word-street word-note word-call word-outcome word-task word-deal word-part word-invoice word-remark word-tag word-file
	word-list word-old ilse@baert.example +31612345678 contract nieuwsbrief`)

// TestAccess: everything that is held about a person is in the answer, and nothing
// of others until somebody has looked.
func TestAccess(t *testing.T) {
	b := newTrade(t)
	b.live(t)
	r := b.asked(t, policy.Access)
	t.Run("every row of every table is counted", func(t *testing.T) { b.countsAll(t) })
	t.Run("names of others hold it up", func(t *testing.T) { b.holdsUp(t, r) })
	t.Run("what goes out", func(t *testing.T) { b.goesOut(t, r) })
	t.Run("a drill", func(t *testing.T) { b.drills(t) })
}

// countsAll: what the officer counts is what there is, and something was planted
// in each table.
func (b trade) countsAll(t *testing.T) {
	err := b.Store.As(t.Context(), b.pieter, policy.RequestGather, func(tx *db.Tx) error {
		counts, err := tx.CountHeld(t.Context(), b.lead.ID)
		if err != nil {
			return err
		}
		for _, h := range db.HeldIn {
			if there := dbtest.Query[int](t, "select count(*) from "+h.From(), b.lead.ID); there != counts[h.Column] || there == 0 && !rarely[h.Column] {
				t.Errorf("%s: the officer counts %d of %d rows", h.Column, counts[h.Column], there)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// rarely are those in which nobody lives who stands on something and belongs to
// no company.
var rarely = map[string]bool{"groundless.customer_id": true, "memberships.contact_id": true, "payments.invoice_id": true, "merges.winner": true, "task_history.customer_id": true, "activity_history.activity_id": true, "invoice_reminders.invoice_id": true, "dead_mails.customer_id": true, "legal_holds.customer_id": true, "retention_events.customer_id": true, "archived.customer_id": true, "request_systems.request_id": true}

// stretches are the marks of an answer in the order of reading, with what stands
// there.
func stretches(a ops.AccessSight) (at []db.Stretch, found []string) {
	for _, t := range a.Texts {
		for _, m := range t.Marks {
			_, text, _ := m.In(t)
			at, found = append(at, m.Stretch), append(found, text)
		}
	}
	return at, found
}

var othersNamed = []string{"../word-file.txt", "Fenna van der Kok", "fenna@kok.example", "06-87654321", "Wit", "Sander"}

func (b trade) holdsUp(t *testing.T, r db.Request) {
	ctx := t.Context()
	kok, err := b.GetCustomer(ctx, b.sander, b.customer(t, "van der Kok").ID)
	if err != nil {
		t.Fatal(err)
	}
	kok.Given = text.New("Fenna")
	if _, err := b.UpdateCustomer(ctx, b.sander, kok, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	note := "Ilse Baert belde. Fenna van der Kok komt mee, fenna@kok.example, 06-87654321. Grote Markt is dicht. Vraag het mevrouw De Wit of Sander, of de buurman. Haar eigen 06 12345678 klopt."
	if _, err := b.AddNote(ctx, b.sander, b.lead.ID, text.NewBlock(note), false, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.GatherAccess(ctx, b.marit, r.ID, "nl", views.Say); policy.KindOf(err) != policy.Denied {
		t.Errorf("a manager gathers: %v", err)
	}
	a, err := b.GatherAccess(ctx, b.pieter, r.ID, "en", views.Say)
	if err != nil {
		t.Fatal(err)
	}
	at, found := stretches(a)
	if diff := cmp.Diff(othersNamed, found); diff != "" {
		t.Fatal(diff)
	}
	if _, err := b.ReleaseAccess(ctx, b.pieter, r.ID, "", ops.Closing{}, views.Say); policy.KindOf(err) != policy.Conflict {
		t.Errorf("released before anybody looked: %v", err)
	}
	decide := func(places []db.Stretch, redact bool) {
		t.Helper()
		if err := b.MarkAccess(ctx, b.pieter, r.ID, places, redact); err != nil {
			t.Fatal(err)
		}
		a.Texts = ops.Decided(a.Texts, places, redact)
	}
	decide(at[1:5], true)
	decide(a.Occurrences("de buurman"), true) // by eye
	if _, err := b.ReleaseAccess(ctx, b.pieter, r.ID, "", ops.Closing{}, views.Say); err == nil {
		t.Error("released with two left")
	}
	decide([]db.Stretch{at[0], at[5]}, false)
	again, err := b.GatherAccess(ctx, b.pieter, r.ID, "nl", views.Say)
	if err != nil || again.Open() != 0 || a.Open() != 0 {
		t.Errorf("%d are open, on the screen %d: %v", again.Open(), a.Open(), err)
	}
	if at, _ := stretches(again); len(at) != 7 {
		t.Errorf("%d marks, want the six and the one by eye", len(at))
	}
	if err := b.MarkAccess(ctx, b.pieter, r.ID, []db.Stretch{{Place: "zz", End: 1}}, true); policy.KindOf(err) != policy.Invalid {
		t.Errorf("a place that is none: %v", err)
	}
}

func (b trade) goesOut(t *testing.T, r db.Request) {
	ctx := t.Context()
	if _, err := b.ReleaseAccess(ctx, b.pieter, r.ID, "", ops.Closing{Recipient: "age1wrong"}, views.Say); policy.KindOf(err) != policy.Invalid {
		t.Errorf("to no key: %v", err)
	}
	byAge, err := b.ReleaseAccess(ctx, b.pieter, r.ID, "nl", ops.Closing{Age: true}, views.Say)
	if err != nil {
		t.Fatal(err)
	}
	checkFiles(t, openedByAge(t, byAge))
	out, err := b.ReleaseAccess(ctx, b.pieter, r.ID, "nl", ops.Closing{}, views.Say)
	if err != nil || out.Redacted != 5 {
		t.Fatalf("%d left out, %v", out.Redacted, err)
	}
	if _, err := dossier.Open(out.Archive, byAge.Passphrase); err == nil {
		t.Error("any password opens it")
	}
	files, err := dossier.Open(out.Archive, out.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	checkFiles(t, files)
	if s, err := b.ViewRequest(ctx, b.pieter, r.ID); err != nil || !s.Facts.Worked || s.Facts.Next() != policy.StepDecide {
		t.Errorf("%+v, %v", s.Facts, err)
	}
}

func openedByAge(t *testing.T, r ops.Released) map[string][]byte {
	t.Helper()
	key, err := age.NewScryptIdentity(r.Passphrase.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	plain, err := age.Decrypt(bytes.NewReader(r.Archive), key)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	files, err := dossier.Files(whole)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func checkFiles(t *testing.T, files map[string][]byte) {
	for _, name := range []string{"overview.html", "data.json"} {
		for _, word := range lived {
			if !strings.Contains(strings.ReplaceAll(string(files[name]), "&#43;", "+"), word) {
				t.Errorf("%s lacks %q", name, word)
			}
		}
	}
	for name, data := range files {
		for _, gone := range append([]string{"secret-of-others", "de buurman"}, othersNamed[1:5]...) {
			if strings.Contains(string(data), gone) {
				t.Errorf("%s has %q", name, gone)
			}
		}
	}
	if data := string(files["data.json"]); !strings.Contains(data, "Sander") || !strings.Contains(data, "Grote Markt") {
		t.Error("what was kept is gone")
	}
	if string(files["files/1-__word-file.txt"]) != "word-scan" {
		t.Errorf("the file: %q", slices.Sorted(maps.Keys(files)))
	}
	for _, said := range []string{"Waarvoor uw gegevens", "art. 15(1)(h)", "Autoriteit Persoonsgegevens", "word-source", "art. 20", "een jaar na het laatste contact"} {
		if !strings.Contains(string(files["overview.html"]), said) {
			t.Errorf("the page lacks %q", said)
		}
	}
	if !bytes.HasPrefix(files["overview.pdf"], []byte("%PDF")) || !strings.Contains(string(files["fields.csv"]), "notes.csv,text") {
		t.Errorf("%d bytes of PDF, fields:\n%s", len(files["overview.pdf"]), files["fields.csv"])
	}
	// What was provided or observed can be taken along, on a contract; what
	// colleagues wrote is theirs.
	taken := string(files["portable/data.json"])
	if !strings.Contains(taken, "ilse@baert.example") || strings.Contains(taken, "word-note") || strings.Contains(taken, "word-outcome") {
		t.Errorf("to take along: %s", taken)
	}
	var parsed struct {
		Sections map[string]struct{ Fields, Entries []map[string]string }
	}
	if err := json.Unmarshal(files["portable/data.json"], &parsed); err != nil || len(parsed.Sections["record"].Entries) < 5 || parsed.Sections["record"].Fields[0]["meaning"] == "" {
		t.Errorf("%+v, %v", parsed, err)
	}
}

// drills: one is complete and changes nothing; what is not gathered, not known or
// not erased is told.
func (b trade) drills(t *testing.T) {
	ctx := t.Context()
	run := func() db.Drill {
		t.Helper()
		d, err := b.RunDrill(ctx, b.pieter.For(text.Line{}), views.Say)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	people, keys := dbtest.Query[int](t, "select count(*) from customers"), dbtest.Query[int](t, "select count(*) from subject_keys")
	if d := run(); len(d.Wrong) > 0 || d.Answer <= 0 || d.Erasure <= 0 || d.Entries == 0 || d.Columns < len(db.HeldIn) {
		t.Errorf("%+v", d)
	}
	if dbtest.Query[int](t, "select count(*) from customers") != people || dbtest.Query[int](t, "select count(*) from subject_keys") != keys || dbtest.Query[int](t, "select count(*) from erasures") != 0 {
		t.Error("the drill erased somebody")
	}
	dbtest.Exec(t, "create table oddments (customer_id bigint references customers)")
	dbtest.Exec(t, "create function keeps() returns trigger language plpgsql as 'begin return null; end'")
	for _, table := range []string{"history", "search_tokens"} {
		dbtest.Exec(t, "create trigger keeps before delete on "+table+" for each row execute function keeps()")
	}
	whole := db.HeldIn
	db.HeldIn = append(slices.Clone(whole), db.Held{Column: "customers.id", Section: "nowhere", Part: true})
	d := run()
	for range 60 { // the one by chance may be somebody of whom no history is kept
		if slices.Contains(d.Wrong, "erasure: history.customer_id") {
			break
		}
		d = run()
	}
	db.HeldIn = whole
	dbtest.Exec(t, "drop table oddments; drop function keeps() cascade")
	if diff := cmp.Diff([]string{"oddments.customer_id", "access: customers.id", "erasure: history.customer_id", "erasure: oddments.customer_id", "erasure: search"}, d.Wrong); diff != "" {
		t.Error(diff)
	}
	if _, err := b.RunDrill(ctx, b.marit, views.Say); policy.KindOf(err) != policy.Denied {
		t.Errorf("a manager: %v", err)
	}
	told := waiting(t, b, b.pieter, "drill")
	if len(told) != 1 || !strings.HasPrefix(told[0], "Privacy drill: not complete, 5 things") {
		t.Errorf("on the first screen stands %q", told)
	}
}
