package ops_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// office is the acts over a fresh database with people in it.
type office struct {
	*ops.Ops
	sander, sofie, marit policy.Actor
}

func newOffice(t *testing.T) office {
	s := dbtest.New(t)
	if err := s.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	return office{
		ops.New(s, slog.New(slog.NewTextHandler(io.Discard, nil))),
		dbtest.Person(t, s, "sander", policy.Sales, "noord"),
		dbtest.Person(t, s, "sofie", policy.Sales, "noord"),
		dbtest.Person(t, s, "marit", policy.Manager, "noord"),
	}
}

func (o office) spool(t *testing.T, file string) *ops.Spool {
	t.Helper()
	s, err := ops.NewSpool(strings.NewReader(file), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

var fair = ops.Import{Source: text.New("beurs"), Ground: policy.Ground{Purpose: policy.Quotes, Basis: policy.Contract}}

func quiet(int, int) {}

const book = `Voornaam;Tussenvoegsel;Achternaam;Bedrijf;E-mail;Telefoon;Postcode;Plaats;Lievelingskleur
Jan;van;Dam;Van Dam Bouw BV;jan@vandam.example;06 12345678;1234ab;Utrecht;rood
Ilse;;Baert;Van Dam Bouw BV;ilse@vandam.example;;;;
;;;Kuipers BV;info@kuipers.example;;;;
Piet;;Fout;;geen adres;;;;
Jan;van;Dam;;JAN@vandam.example;;;;
`

func TestImport_WholeWay(t *testing.T) {
	o := newOffice(t)
	file := o.spool(t, book)
	in := fair
	in.DryRun = true
	dry, err := o.RunImport(t.Context(), o.sander, file, in, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if n := dbtest.Query[int64](t, "select count(*) from customers"); n != 0 || dry.ID != 0 {
		t.Fatalf("a dry run wrote %d customers", n)
	}
	in.DryRun = false
	got, err := o.RunImport(t.Context(), o.sander, file, in, quiet)
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]*ops.Report{"dry run": dry, "run": got} {
		if r.Created != 3 || r.Companies != 1 || r.Refused != 1 || r.Duplicates != 1 || len(r.Unmapped) != 1 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	page, err := o.FindCustomers(t.Context(), o.sander, db.Query{Text: "van dam"})
	if err != nil || len(page.Rows) != 3 {
		t.Errorf("found %d by company: %v", len(page.Rows), err)
	}
	if page, _ := o.FindCustomers(t.Context(), o.sofie, db.Query{}); len(page.Rows) != 0 {
		t.Errorf("a colleague sees %d of them", len(page.Rows))
	}
	var rejects bytes.Buffer
	if err := o.WriteRejects(file, got, policy.Message.String, &rejects); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(rejects.String(), "Fout") || !strings.Contains(rejects.String(), "5") {
		t.Errorf("bad rows: %s", rejects.String())
	}
	if _, err := o.RunImport(t.Context(), o.sander, file, in, quiet); policy.KindOf(err) != policy.Conflict {
		t.Errorf("the same file again: %v", err)
	}
	if _, err := o.RevertImport(t.Context(), o.sofie, got.ID); policy.KindOf(err) != policy.Absent {
		t.Errorf("a colleague reverts it: %v", err)
	}
	gone, err := o.RevertImport(t.Context(), o.sander, got.ID)
	if err != nil || gone != 4 {
		t.Fatalf("reverted %d: %v", gone, err)
	}
	for _, table := range []string{"customers", "subject_keys", "search_tokens", "memberships", "bases"} {
		if n := dbtest.Query[int64](t, "select count(*) from "+table); n != 0 {
			t.Errorf("%d rows of %s are left", n, table)
		}
	}
}

func TestImport_LargeOneRebuildsSearch(t *testing.T) {
	o := newOffice(t)
	var b strings.Builder
	b.WriteString("name,email\n")
	for i := range 6000 {
		fmt.Fprintf(&b, "Naam%d Familie%d,m%d@klant.example\n", i, i, i)
	}
	file := o.spool(t, b.String())
	r, err := o.RunImport(t.Context(), o.sander, file, fair, quiet)
	if err != nil || r.Created != 6000 {
		t.Fatalf("%+v: %v", r, err)
	}
	page, err := o.FindCustomers(t.Context(), o.sander, db.Query{Text: "familie5999"})
	if err != nil || len(page.Rows) != 1 {
		t.Errorf("found %d: %v", len(page.Rows), err)
	}
	if gone, err := o.RevertImport(t.Context(), o.sander, r.ID); gone != 6000 || err != nil {
		t.Errorf("reverted %d: %v", gone, err)
	}
}

func TestImport_RefusesWithoutSourceOrBasis(t *testing.T) {
	o := newOffice(t)
	file := o.spool(t, book)
	for name, in := range map[string]ops.Import{
		"no source":                        {Ground: fair.Ground},
		"no ground":                        {Source: fair.Source},
		"marketing on legitimate interest": {Source: fair.Source, Ground: policy.Ground{Purpose: policy.Marketing, Basis: policy.Interest}},
	} {
		if _, err := o.RunImport(t.Context(), o.sander, file, in, quiet); policy.KindOf(err) != policy.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ops.NewSpool(io.MultiReader(strings.NewReader(book), cut{}), 1<<20); policy.KindOf(err) != policy.Invalid {
		t.Errorf("a cut file: %v", err)
	}
	if _, err := ops.NewSpool(strings.NewReader(book), 100); policy.KindOf(err) != policy.Invalid {
		t.Errorf("a file over the limit: %v", err)
	}
}

type cut struct{}

func (cut) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// What is exported can be imported again, equal.
func TestExport_RoundTrip(t *testing.T) {
	o := newOffice(t)
	if _, err := o.RunImport(t.Context(), o.sander, o.spool(t, book), fair, quiet); err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	if got, err := o.ExportCustomers(t.Context(), o.sander, ops.Export{Format: "csv"}, &first); err != nil || got.N != 4 {
		t.Fatalf("exported %d: %v", got.N, err)
	}
	if _, err := o.RunImport(t.Context(), o.sofie, o.spool(t, first.String()), fair, quiet); err != nil {
		t.Fatal(err)
	}
	if _, err := o.ExportCustomers(t.Context(), o.sofie, ops.Export{Format: "csv"}, &second); err != nil {
		t.Fatal(err)
	}
	if want := strings.ReplaceAll(first.String(), "sander", "sofie"); second.String() != want {
		t.Errorf("got\n%s\nwant\n%s", second.String(), want)
	}
	for format, want := range map[string]string{"json": `"family"`, "vcard": "VERSION:4.0"} {
		var out bytes.Buffer
		if _, err := o.ExportCustomers(t.Context(), o.sander, ops.Export{Format: format}, &out); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%s: %v\n%s", format, err, out.String())
		}
	}
}
