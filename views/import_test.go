package views

import (
	"context"
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/ops"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// Reading a file needs no database, so this part of the fake is the real thing.
func (f *fakeActs) PreviewImport(ctx context.Context, _ policy.Actor, file *ops.Spool, rows ops.Rows, corrections string) (ops.Preview, error) {
	return file.Preview(ctx, sheet.Limits{}, rows, nil, corrections)
}

func (f *fakeActs) RunImport(_ context.Context, _ policy.Actor, _ *ops.Spool, in ops.Import, progress func(done, total int)) (*ops.Report, error) {
	progress(1, 3)
	f.imported = append(f.imported, in)
	return &ops.Report{
		Rows: 1203, Created: 1180, Companies: 12, Duplicates: 20, Refused: 3, DryRun: in.DryRun, Unmapped: []string{"Fax" + f.evil},
		Fates: []ops.Fate{
			{Line: 7, Outcome: ops.Refused, Name: text.New("Jan" + f.evil), Reason: policy.Message{Key: "A mail address has a name, an @ and a domain without spaces, as in info@example.nl."}},
			{Line: 9, Outcome: ops.Duplicate, Name: text.New("Ilse Baert"), Reason: policy.Message{Key: "An earlier row of this file is the same customer."}},
		},
	}, f.did("import")
}

func (f *fakeActs) ListImports(context.Context, policy.Actor) ([]db.Import, error) {
	gone := noon.Add(-time.Hour)
	return []db.Import{
		{ID: 4, Kind: "contacts", At: noon.Add(-2 * time.Hour), Source: text.New("fair in Ghent" + f.evil), Rows: 1203},
		{ID: 3, Kind: "deals", At: noon.Add(-3 * time.Hour), Source: text.New("Outlook"), Rows: 12, RevertedAt: &gone},
		{ID: 2, At: noon.AddDate(0, 0, -9), Source: text.New("HubSpot"), Rows: 88},
	}, f.did("imports")
}

func (f *fakeActs) RevertImport(context.Context, policy.Actor, int64) (int, error) {
	return 7, f.did("revert")
}

func (f *fakeActs) RevertPastInvoices(context.Context, policy.Actor, int64) (int, error) {
	return 7, f.did("revert")
}

const table = "Naam;E-mail;Telefoon;Kleur\rJan Jansen;jan@example.org;0612345678;rood\rIlse Baert;ilse@example.org;;\r"

func TestImport(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press(":", "import", "enter")
	s.wants("ssh HOST contacts import", "fair in Ghent", "taken back")
	s.paste(table).wants("Columns of 2 rows", "mail", "jan@example.org", "leave out")
	s.press("ctrl+s").wants("Say where the data comes from")
	s.press("a fair", "ctrl+s").wants("Say for which purpose")
	s.press("left", "up", "right", "right", "right", "right", "right", "right", "ctrl+s").wants("newsletter can't stand on")
	s.press("up", "left", "left", "left", "left", "left").wants("quotes")
	s.press("down", "right", "right", "ctrl+s")
	s.wants("This is what would happen", "1,180", "Fax", "info@example.nl")
	if len(acts.imported) != 1 || !acts.imported[0].DryRun {
		t.Fatalf("the first run was no dry run: %+v", acts.imported)
	}
	s.press("I").wants("Import 1,180 customers now?")
	s.press("enter").wants("Import 1,180 customers now?") // enter alone is no yes
	s.press("y").wants("Imported")
	if last := acts.imported[len(acts.imported)-1]; last.DryRun || last.Source.String() != "a fair" || !strings.Contains(last.Mapping, "mail") {
		t.Errorf("imported %+v", last)
	}
	s.press("enter", "R", "y").wants("Taken back: 7 customers.")
	s.press("down", "R").wants("An import can be taken back within a day, once.")
}

// TestImport_rows: what belongs to customers stands on their grounds, so only the
// source is asked; finance brings in old invoices and nothing else.
func TestImport_rows(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press(":", "import", "enter")
	s.press("w").wants("companies", "activities").wantsNot("old invoices")
	s.press("deals", "enter").wants("ssh HOST deals import --source fair <")
	s.paste("Titel;Bedrijf;Waarde;Kleur\rDakkapel;Kuipers BV;1200;rood\r").wants("Columns of 1 rows", "Dakkapel", "value").wantsNot("Basis")
	s.press("ctrl+s").wants("Say where the data comes from")
	s.press("a fair", "ctrl+s").wants("This is what would happen")
	s.press("I").wants("Import 1,180 × deals now?").press("y").wants("Imported")
	if last := acts.imported[len(acts.imported)-1]; last.Rows != ops.DealRows || last.DryRun || last.Source.String() != "a fair" {
		t.Errorf("imported %+v", last)
	}
	s.press("enter").wants("deals import")
	newStage(t, sessionOf(acts, policy.Finance)).press(":", "import", "enter").wants("ssh HOST invoices import", "old invoices").press("w").wants("nothing else")
}
