package ops_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func (o office) file(t *testing.T, name string) *ops.Spool {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	return o.spool(t, string(content))
}

// take imports a file and holds it to how many rows it should bring.
func (o office) take(t *testing.T, actor policy.Actor, rows ops.Rows, name string, created, refused int) *ops.Report {
	t.Helper()
	in := fair
	in.Rows = rows
	dry := in
	dry.DryRun = true
	tried, err := o.RunImport(t.Context(), actor, o.file(t, name), dry, quiet)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	r, err := o.RunImport(t.Context(), actor, o.file(t, name), in, quiet)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if r.Created != created || r.Refused != refused || r.Companies != 0 {
		t.Errorf("%s: %+v", name, r)
	}
	if tried.Created != r.Created || tried.Refused != r.Refused || tried.ID != 0 {
		t.Errorf("%s: the dry run said otherwise: %+v", name, tried)
	}
	return r
}

type soldDeal struct {
	Title, Customer, Value, Stage, Expected, Why string
	Closed                                       string
}

func (o office) sold(t *testing.T, actor policy.Actor) map[string]soldDeal {
	t.Helper()
	all := map[string]soldDeal{}
	for _, closed := range []bool{false, true} {
		b, err := o.DealBoard(t.Context(), actor, db.DealQuery{Closed: closed, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range b.Deals.Rows {
			s, err := o.ViewDeal(t.Context(), actor, d.ID)
			if err != nil {
				t.Fatal(err)
			}
			one := soldDeal{Title: d.Title.String(), Customer: d.Name.String(), Value: d.Value.String(), Stage: b.Stage(d.Stage).Word, Why: s.Why.String()}
			if !d.Expected.IsZero() {
				one.Expected = d.Expected.Format(time.DateOnly)
			}
			if !d.ClosedAt.IsZero() {
				one.Closed = d.ClosedAt.UTC().Format(time.DateOnly)
			}
			all[one.Title] = one
		}
	}
	return all
}

// TestImport_OtherSystems: what HubSpot, EspoCRM and SuiteCRM export comes in,
// known by its header, with whose it is.
func TestImport_OtherSystems(t *testing.T) {
	o := newOffice(t)
	o.take(t, o.sander, ops.CompanyRows, "hubspot_companies", 2, 0)
	o.take(t, o.sander, ops.ContactRows, "hubspot_contacts", 2, 0)
	o.take(t, o.sander, ops.CompanyRows, "espocrm_accounts", 1, 0)
	o.take(t, o.sander, ops.ContactRows, "espocrm_contacts", 1, 0)
	o.take(t, o.sander, ops.CompanyRows, "suitecrm_accounts", 1, 0)
	o.take(t, o.sander, ops.ContactRows, "suitecrm_contacts", 1, 0)
	o.livesAt(t, map[string]string{"Bakker Bouw BV": "Nijverheidsweg 3, 3534 AM Utrecht", "Mulder Meubels": "Coolsingel 5, 3011 AD Rotterdam", "Hans Mulder": "Coolsingel 5, 3011 AD Rotterdam", "Visser Vis": "Havenstraat 1, 1013 AA Amsterdam"})
	deals := o.take(t, o.sander, ops.DealRows, "hubspot_deals", 3, 1)
	o.take(t, o.sander, ops.DealRows, "espocrm_opportunities", 1, 0)
	o.take(t, o.sander, ops.DealRows, "suitecrm_opportunities", 1, 0)
	calls := o.take(t, o.sander, ops.ActivityRows, "hubspot_calls", 2, 0)
	o.take(t, o.sander, ops.ActivityRows, "espocrm_meetings", 1, 0)
	o.take(t, o.sander, ops.ActivityRows, "suitecrm_calls", 1, 0)
	o.take(t, o.sander, ops.ActivityRows, "suitecrm_meetings", 1, 0)
	notes := o.take(t, o.sander, ops.ActivityRows, "suitecrm_notes", 1, 0)

	want := map[string]soldDeal{
		"Keuken kantine": {"Keuken kantine", "Bakker Bouw BV", "12500.50", "negotiation", "2026-12-15", "", ""},
		"Vloer hal":      {"Vloer hal", "De Linde Zorg", "4200.00", "won", "2025-11-20", "", "2025-11-19"},
		"Badkamers":      {"Badkamers", "Mieke de Groot", "31000.00", "lost", "2025-06-30", "Te duur", "2025-06-29"},
		"Koelvitrine":    {"Koelvitrine", "Visser Vis", "8400.00", "quote", "2026-10-01", "", ""},
		"Showroom 2026":  {"Showroom 2026", "Mulder Meubels", "15000.00", "negotiation", "2026-09-30", "", ""},
	}
	if diff := cmp.Diff(want, o.sold(t, o.sander)); diff != "" {
		t.Error(diff)
	}
	o.saysOfCustomers(t)
	if len(o.sold(t, o.sofie)) != 0 {
		t.Error("a colleague sees the deals")
	}

	// The same deals in another file are known again.
	changed := bytes.ReplaceAll([]byte(read(t, "hubspot_deals")), []byte("Onbekend BV"), []byte("Bakker Bouw BV"))
	in := ops.Import{Rows: ops.DealRows, Source: text.New("HubSpot")}
	again, err := o.RunImport(t.Context(), o.sander, o.spool(t, string(changed)), in, quiet)
	if err != nil || again.Created != 1 || again.Duplicates != 3 {
		t.Errorf("a second time: %+v %v", again, err)
	}
	// A file for another command says which.
	if _, err := o.RunImport(t.Context(), o.sander, o.file(t, "hubspot_deals"), fair, quiet); err == nil || !strings.Contains(err.Error(), "deals import") {
		t.Errorf("deals as contacts: %v", err)
	}
	for id, want := range map[int64]int{deals.ID: 3, calls.ID: 2, notes.ID: 1} {
		if _, err := o.RevertImport(t.Context(), o.sofie, id); policy.KindOf(err) != policy.Absent {
			t.Errorf("a colleague takes it back: %v", err)
		}
		if gone, err := o.RevertImport(t.Context(), o.sander, id); err != nil || gone != want {
			t.Errorf("%d taken back, want %d: %v", gone, want, err)
		}
	}
	if n := len(o.sold(t, o.sander)); n != 3 {
		t.Errorf("%d deals are left", n)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func (o office) saysOfCustomers(t *testing.T) {
	t.Helper()
	got := map[string]string{}
	page, err := o.FindCustomers(t.Context(), o.sander, db.Query{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range page.Rows {
		s, err := o.ViewCustomer(t.Context(), o.sander, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		if len(s.Companies) > 0 {
			said = append(said, "of "+s.Companies[0].Name.String())
		}
		for _, a := range s.Activities {
			said = append(said, strings.Join([]string{string(a.Deed), a.Subject.String(), a.At.UTC().Format("2006-01-02 15:04"), (time.Duration(a.Minutes) * time.Minute).String(), a.Outcome.String()}, "|"))
		}
		for _, n := range s.Notes {
			said = append(said, n.At.UTC().Format("2006-01-02 15:04")+" "+strings.ReplaceAll(n.Text.String(), "\n", "/"))
		}
		got[r.Name().String()] = strings.Join(said, "; ")
	}
	want := map[string]string{
		"Bakker Bouw BV": "call|Levertijd besproken|2026-01-06 10:30|7m0s|Connected",
		"De Linde Zorg":  "",
		"Jan Bakker":     "of Bakker Bouw BV",
		"Mieke de Groot": "of De Linde Zorg; call|Geen gehoor|2026-01-07 08:00|0s|No answer",
		"Visser Vis":     "meeting|Kennismaking|2026-02-10 09:00|1h15m0s|Held",
		"Piet Visser":    "of Visser Vis",
		"Hans Mulder":    "of Mulder Meubels; meeting|Opmeten|2026-02-16 08:00|1h30m0s|Held",
		"Mulder Meubels": "call|Offerte nagebeld|2026-02-13 14:00|15m0s|Held; 2026-02-14 08:00 Sleutel/Ligt bij de buren",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// livesAt: of two addresses the one that counts came in, whole.
func (o office) livesAt(t *testing.T, want map[string]string) {
	t.Helper()
	page, err := o.FindCustomers(t.Context(), o.sander, db.Query{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range page.Rows {
		s, err := o.ViewCustomer(t.Context(), o.sander, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if a := s.Address; a.Street.String() != "" {
			got[r.Name().String()] = fmt.Sprintf("%s, %s %s", a.Street, a.Postcode, a.City)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

const oldBooks = `Factuurnummer;Factuurdatum;Vervaldatum;Klant;Totaal;BTW;Betaald;Onderwerp
2019-001;03-02-2019;17-02-2019;Kuipers BV;1.210,00;210,00;1.210,00;Keuken
2019-002;28-02-2019;;Onbekend;50,00;;;Los
2019-003;31-02-2019;;Onbekend;50,00;;;Geen dag
;01-03-2019;;Onbekend;50,00;;;Geen nummer
`

// TestImport_OldInvoices: history beside the own series, for finance alone.
func TestImport_OldInvoices(t *testing.T) {
	o := newOffice(t)
	fatima := dbtest.Person(t, o.Store, "fatima", policy.Finance, "noord")
	if _, err := o.RunImport(t.Context(), o.sander, o.spool(t, book), fair, quiet); err != nil {
		t.Fatal(err)
	}
	in := ops.Import{Rows: ops.InvoiceRows, Source: text.New("oude boekhouding")}
	if _, err := o.RunImport(t.Context(), o.sander, o.spool(t, oldBooks), in, quiet); policy.KindOf(err) != policy.Denied {
		t.Errorf("sales imports invoices: %v", err)
	}
	r, err := o.RunImport(t.Context(), fatima, o.spool(t, oldBooks), in, quiet)
	if err != nil || r.Created != 2 || r.Refused != 2 {
		t.Fatalf("%+v %v", r, err)
	}
	var b bytes.Buffer
	if n, err := o.ExportPastInvoices(t.Context(), fatima, "csv", &b); err != nil || n != 2 {
		t.Fatalf("%d, %v", n, err)
	}
	if want := "2019-001,2019-02-03,2019-02-17,Kuipers BV"; !strings.Contains(b.String(), want) || !strings.Contains(b.String(), "1000.00,210.00,1210.00,1210.00") {
		t.Errorf("written as %s", b.String())
	}
	if n := dbtest.Query[int64](t, "select count(*) from past_invoices i join customers c on c.id = i.customer_id and c.scope = i.scope"); n != 1 {
		t.Errorf("%d have a customer", n)
	}
	if n := dbtest.Query[int64](t, "select count(*) from invoices"); n != 0 {
		t.Errorf("%d are in the own series", n)
	}
	if gone, err := o.RevertPastInvoices(t.Context(), fatima, r.ID); err != nil || gone != 2 {
		t.Errorf("%d taken back: %v", gone, err)
	}
	if n := dbtest.Query[int64](t, "select count(*) from subject_keys k where not exists (select from customers c where c.id = k.subject_id)"); n != 0 {
		t.Errorf("%d keys are left", n)
	}
}

// The acts of this file go through the same door; the tests above hold them.
func init() {
	elsewhere = append(elsewhere, "ExportDeals", "ExportActivities", "ExportPastInvoices", "RevertPastInvoices")
}
