package ops_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

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
}

var lived = strings.Fields("word-source word-street word-note word-call word-outcome word-task word-deal word-part word-invoice word-remark ilse@baert.example +31612345678 contract")

// Everything that is held about a person is in the answer, and nothing of others:
// to read, on paper, and as data.
func TestAccess_whole(t *testing.T) {
	b := newTrade(t)
	b.live(t)
	ctx := t.Context()
	r := b.asked(t, policy.Access)
	out, err := b.ReleaseAccess(ctx, b.pieter, r.ID, "nl", "", views.Say)
	if err != nil {
		t.Fatal(err)
	}
	key, err := age.NewScryptIdentity(out.Passphrase.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	files, err := dossier.Open(out.Archive, key)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"overview.html", "data.json"} {
		for _, word := range lived {
			if !strings.Contains(strings.ReplaceAll(string(files[name]), "&#43;", "+"), word) {
				t.Errorf("%s lacks %q", name, word)
			}
		}
		if strings.Contains(string(files[name]), "secret-of-others") {
			t.Errorf("%s tells about others", name)
		}
	}
	for _, said := range []string{"Waarvoor uw gegevens", "art. 15(1)(h)", "Autoriteit Persoonsgegevens", "word-source", "art. 20"} {
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
	var parsed struct{ Sections map[string]struct{ Fields, Entries []map[string]string } }
	if err := json.Unmarshal(files["portable/data.json"], &parsed); err != nil || len(parsed.Sections["record"].Entries) < 5 || parsed.Sections["record"].Fields[0]["meaning"] == "" {
		t.Errorf("%+v, %v", parsed, err)
	}
	if wrong, err := age.NewScryptIdentity("another-passphrase"); err != nil {
		t.Fatal(err)
	} else if _, err := dossier.Open(out.Archive, wrong); err == nil {
		t.Error("any passphrase opens it")
	}
	if s, err := b.ViewRequest(ctx, b.pieter, r.ID); err != nil || !s.Facts.Worked || s.Facts.Next() != policy.StepDecide {
		t.Errorf("%+v, %v", s.Facts, err)
	}
	if _, err := b.GatherAccess(ctx, b.marit, r.ID, "nl", views.Say); policy.KindOf(err) != policy.Denied {
		t.Errorf("a manager gathers: %v", err)
	}
}

// Names, addresses and numbers of others hold the answer up until somebody has
// looked at each, and what is left out is in no file.
func TestAccess_others(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	b.live(t)
	kok, err := b.GetCustomer(ctx, b.sander, b.customer(t, "van der Kok").ID)
	if err != nil {
		t.Fatal(err)
	}
	kok.Given = text.New("Fenna")
	if _, err := b.UpdateCustomer(ctx, b.sander, kok, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	note := "Ilse Baert belde. Fenna van der Kok komt mee, fenna@kok.example, 06-87654321. Grote Markt is dicht. Vraag het mevrouw De Wit of Sander. Haar eigen 06 12345678 klopt."
	if _, err := b.AddNote(ctx, b.sander, b.lead.ID, text.NewBlock(note), false, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	r := b.asked(t, policy.Access)
	a, err := b.GatherAccess(ctx, b.pieter, r.ID, "en", views.Say)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range a.Marks {
		got = append(got, m.Text)
	}
	want := []string{"Fenna van der Kok", "fenna@kok.example", "06-87654321", "Wit", "Sander"}
	if !slices.Equal(got, want) {
		t.Errorf("marked %q, want %q", got, want)
	}
	if _, err := b.ReleaseAccess(ctx, b.pieter, r.ID, "", "", views.Say); policy.KindOf(err) != policy.Conflict {
		t.Errorf("released before anybody looked: %v", err)
	}
	ids := func(from, to int) (all []string) {
		for _, m := range a.Marks[from:to] {
			all = append(all, m.ID)
		}
		return all
	}
	if err := b.MarkAccess(ctx, b.pieter, r.ID, ids(0, 4), true); err != nil {
		t.Fatal(err)
	}
	if _, err := b.ReleaseAccess(ctx, b.pieter, r.ID, "", "", views.Say); err == nil {
		t.Error("released with one left")
	}
	if err := b.MarkAccess(ctx, b.pieter, r.ID, ids(4, 5), false); err != nil {
		t.Fatal(err)
	}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	out, err := b.ReleaseAccess(ctx, b.pieter, r.ID, "", id.Recipient().String(), views.Say)
	if err != nil || out.Redacted != 4 {
		t.Fatalf("%d, %v", out.Redacted, err)
	}
	files, err := dossier.Open(out.Archive, id)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		for _, gone := range want[:4] {
			if strings.Contains(string(data), gone) {
				t.Errorf("%s has %q", name, gone)
			}
		}
	}
	if !strings.Contains(string(files["data.json"]), "Sander") || !strings.Contains(string(files["data.json"]), "Grote Markt") {
		t.Error("what was kept is gone")
	}
	// Another text at the same place is another place.
	if _, err := b.AddNote(ctx, b.sander, b.lead.ID, text.NewBlock("Bel Fenna van der Kok."), false, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	if a, err = b.GatherAccess(ctx, b.pieter, r.ID, "en", views.Say); err != nil || a.Open() != 1 {
		t.Errorf("%d open, %v", a.Open(), err)
	}
}

// Every column that says whom a row is about is gathered, or left out for a
// reason. A table added tomorrow fails this.
func TestAccess_everyTable(t *testing.T) {
	dbtest.New(t)
	known := append(slices.Clone(db.HeldIn), "customers.id", "imports.id", "deal_history.deal_id", "payments.invoice_id")
	for name, why := range db.NotHeld {
		if why == "" {
			t.Errorf("%s is left out for no reason", name)
		}
		known = append(known, name)
	}
	found := dbtest.Query[[]string](t, `select array_agg(distinct c.relname || '.' || a.attname) from pg_class c
		join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and f.confrelid = 'customers'::regclass and f.conkey = array[a.attnum]
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
		and (f.oid is not null or a.attname ~ '^(customer|contact|company|subject|person_of)_id$|^(customers|contacts|subjects|subject)$')`)
	if len(found) < 15 {
		t.Fatalf("only found %q", found)
	}
	for _, name := range found {
		if !slices.Contains(known, name) {
			t.Errorf("%s is about customers: gather it in db/access.go (HeldIn), or say in NotHeld why not", name)
		}
	}
	for _, name := range known {
		table, column, _ := strings.Cut(name, ".")
		if !dbtest.Query[bool](t, fmt.Sprintf(`select exists (select from information_schema.columns where table_schema = 'public' and table_name = '%s' and column_name = '%s')`, table, column)) {
			t.Errorf("there is no %s any more", name)
		}
	}
}

// A person with a thousand entries is answered within a second.
func TestAccess_thousand(t *testing.T) {
	b := newTrade(t)
	b.live(t)
	r := b.asked(t, policy.Access)
	for n := range 1000 {
		if _, err := b.AddNote(t.Context(), b.sander, b.lead.ID, text.NewBlock(fmt.Sprintf("Belde over offerte %d, komt dinsdag terug op de Grote Markt in Utrecht.", n)), false, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	out, err := b.ReleaseAccess(t.Context(), b.pieter, r.ID, "nl", "", views.Say)
	if err != nil || out.Entries < 1000 {
		t.Fatalf("%d entries, %v", out.Entries, err)
	}
	t.Logf("%d entries in %v, %d KB", out.Entries, time.Since(began).Round(time.Millisecond), len(out.Archive)/1024)
}
