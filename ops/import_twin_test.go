package ops_test

import (
	"strings"
	"testing"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// A list with people and companies who are there already, spelled in other ways,
// beside others who only share an address with them.
func TestImport_twins(t *testing.T) {
	o := newOffice(t)
	run := func(who policy.Actor, twins ops.TwinRows, dry bool, file string) *ops.Report {
		t.Helper()
		in := fair
		in.Twins, in.DryRun = twins, dry
		r, err := o.RunImport(t.Context(), who, o.spool(t, file), in, quiet)
		must(t, err)
		return r
	}
	run(o.sander, ops.SkipTwins, false, "voornaam,achternaam,e-mail,bedrijf\nJan,Jansen,jan.jansen@example.nl,\n,,,Kuipers BV\n")
	const again = "voornaam,achternaam,e-mail,telefoon,bedrijf\n" +
		"J.,Janssen,jan.jansen@example.nl,06 12345678,\n" + // the same, with a phone
		"Ineke,de Vries,jan.jansen@example.nl,,\n" + // shares the address
		",,,,Kuipers B.V.\n" +
		"Kees,Kuipers,kees@kuipers.example,,Kuipers B.V.\n" +
		"Ineke,de Vries,JAN.jansen@example.nl,,\n"
	for _, dry := range []bool{true, false} {
		r := run(o.sander, ops.FillTwins, dry, again)
		if r.Created != 2 || r.Companies != 0 || r.Filled != 1 || r.Duplicates != 2 {
			t.Errorf("dry %t: %+v", dry, r)
		}
		jan := o.whole(t, "Jan Jansen")
		if has := len(jan.Phones) == 1; has == dry {
			t.Errorf("dry %t: phones %v", dry, jan.Phones)
		}
		if jan.ID == 0 {
			t.Fatal("the row's name took the place of the one there")
		}
	}
	kees := o.whole(t, "Kees Kuipers")
	if len(kees.Companies) != 1 || kees.Companies[0].Name.String() != "Kuipers BV" {
		t.Errorf("the company spelled in another way: %v", kees.Companies)
	}
	past, err := o.CustomerHistory(t.Context(), o.sander, o.whole(t, "Jan Jansen").ID)
	must(t, err)
	if past[0].Act != policy.ImportRun {
		t.Errorf("history: %+v", past[0])
	}
	// A colleague hears nothing of customers that are not hers.
	r := run(o.sofie, ops.SkipTwins, true, again)
	if r.Created != 4 || r.Duplicates != 1 || r.Filled != 0 {
		t.Errorf("a colleague's list: %+v", r)
	}
	for _, f := range r.Fates {
		if strings.Contains(f.Reason.String(), "number") {
			t.Errorf("a colleague is told: %s", f.Reason)
		}
	}
	if r = run(o.sander, ops.AddTwins, true, again+"Piet,Pieters,,,\n"); r.Created != 6 {
		t.Errorf("all the same: %+v", r)
	}
}

// whole is the one customer of sander's of that name.
func (o office) whole(t *testing.T, name string) (c db.Customer) {
	t.Helper()
	page, err := o.FindCustomers(t.Context(), o.sander, db.Query{Text: name})
	must(t, err)
	for _, r := range page.Rows {
		if r.Name().String() == name {
			c, err = o.GetCustomer(t.Context(), o.sander, r.ID)
			must(t, err)
		}
	}
	return c
}
