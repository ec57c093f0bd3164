package ops_test

import (
	"bytes"
	"strings"
	"testing"

	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// TestOwnColumns: an import fills in the organisation's own fields by their
// names, refuses what they can't hold, and the export carries them, each for who
// sees it.
func TestOwnColumns(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	b.field(t, named("Schoenmaat", policy.NumberField))
	b.field(t, named("Branche", policy.ChoiceField).Rechoose([]string{"bouw", "zorg"}))
	b.field(t, named("Kredietlimiet", policy.NumberField), policy.Manager)
	file, err := ops.NewSpool(strings.NewReader("family,schoenmaat,branche,kredietlimiet\nBakker,\"42,5\",Bouw,5000\nKok,groot,bouw,1\nVisser,,zorg,2\n"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in := ops.Import{Source: text.New("fair"), Ground: policy.Ground{Purpose: policy.Quotes, Basis: policy.Interest}}
	report, err := b.RunImport(ctx, b.sander, file, in, func(_, _ int) {})
	if err != nil || report.Created != 2 || report.Refused != 1 || report.Fates[0].Reason.Key != "%s is a number: digits with at most one comma or point, as 1250,50." {
		t.Fatalf("%+v, %v", report, err)
	}
	if len(report.Unmapped) != 1 {
		t.Errorf("left out: %q", report.Unmapped)
	}
	var out bytes.Buffer
	if _, err := b.ExportCustomers(ctx, b.sander, ops.Export{Format: "csv"}, &out); err != nil {
		t.Fatal(err)
	}
	if s := out.String(); !strings.Contains(s, "tags,Branche,Schoenmaat") || !strings.Contains(s, ",bouw,42.5") || strings.Contains(s, "Kredietlimiet") {
		t.Errorf("%s", s)
	}
	if _, err := b.ExportCustomers(ctx, b.marit, ops.Export{Format: "json"}, &out); err != nil || !strings.Contains(out.String(), `"Kredietlimiet":""`) {
		t.Errorf("%v: %s", err, out.String())
	}
}
