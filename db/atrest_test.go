package db_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"unicode/utf16"

	"balie/db"
	"balie/db/cluster"
	"balie/db/cluster/clustertest"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// plants are what nobody may find in the database's files, and by what each
// got there.
var plants = []string{
	"Qwijbrandt", "Zwaluwvanger", "Vlinderzaag", "qwijbrandt@plantage.example", "+31612349876",
	"Kwetterkade", "Heimelijkheid", "Stroopwafelfabriek", "Directeurtje", "Beursbezoekje",
	"www.plantage.example", "Verdwenenreden", "Zoekterm", "Hernoemdester",
	"Schuldenaarster", "Regelomschrijving", "Factuuropmerking", "Bankafschriftje", "Onderwerpelijk",
}

// All that tells about a person is sealed before it reaches PostgreSQL: no copy
// of its files, no dump and no log of changes has any of it (design 5).
func TestSealedAtRest(t *testing.T) {
	store := dbtest.New(t)
	if err := store.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	plantAll(t, store)
	dbtest.Exec(t, "create table plain (name text); ")
	dbtest.Exec(t, "insert into plain values ('Openlijkheid')")
	dbtest.Exec(t, "checkpoint")

	dump := pgDump(t)
	found := map[string]bool{}
	for _, plant := range append(plants, "Openlijkheid") {
		found[plant] = holds(dump, plant)
	}
	size := len(dump)
	eachFile(t, func(content []byte) {
		size += len(content)
		for plant, known := range found {
			found[plant] = known || holds(content, plant)
		}
	})
	if !found["Openlijkheid"] {
		t.Error("the control: a plain row was not found, so nothing would be")
	}
	for _, plant := range plants {
		if found[plant] {
			t.Errorf("%s stands readable in the database", plant)
		}
	}
	t.Logf("%d plants not found in %d MB of dump, tables and WAL", len(plants), size>>20)
}

func plantAll(t *testing.T, store *db.Store) {
	o := ops.New(store, slog.New(slog.DiscardHandler))
	ctx, line := t.Context(), text.New
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	pieter := dbtest.Person(t, store, "pieter", policy.Privacy, "")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	company := db.Customer{Kind: policy.Company, Status: policy.Client, Grounds: []policy.Ground{{Purpose: policy.Delivery, Basis: policy.Contract}}}
	company.Family = line("Stroopwafelfabriek")
	company, err := o.CreateCustomer(ctx, sander, company, ops.NewRequestKey())
	must(err)
	c := db.Customer{Kind: policy.Person, Status: policy.Client, Grounds: company.Grounds}
	c.Given, c.Family = line("Zwaluwvanger"), line("Qwijbrandt")
	c.Mails = []db.Labelled{{Label: line("Vlinderzaag"), Value: line("qwijbrandt@plantage.example")}}
	c.Phones = []db.Labelled{{Value: line("+31612349876")}}
	c.Address.Street, c.Website, c.Source = line("Kwetterkade 1"), line("www.plantage.example"), line("Beursbezoekje")
	c.Companies = []db.Membership{{Company: company.ID, Role: line("Directeurtje"), Main: true}}
	c, err = o.CreateCustomer(ctx, sander, c, ops.NewRequestKey())
	must(err)
	_, err = o.AddNote(ctx, sander, c.ID, text.NewBlock("Heimelijkheid\nop een regel"), true, ops.NewRequestKey())
	must(err)
	c, err = o.GetCustomer(ctx, sander, c.ID)
	must(err)
	c.Family = line("Hernoemdester")
	_, err = o.UpdateCustomer(ctx, sander, c, ops.NewRequestKey())
	must(err)
	for _, q := range []string{"Zoekterm", "hernoemd"} {
		_, err = o.FindCustomers(ctx, sander, db.Query{Text: q, Limit: 10})
		must(err)
	}
	_, err = o.ViewCustomer(ctx, pieter.For(line("Verdwenenreden")), c.ID)
	must(err)
	plantInvoice(t, o, store)
	_, err = store.SealLog(ctx)
	must(err)
}

func plantInvoice(t *testing.T, o *ops.Ops, store *db.Store) {
	t.Helper()
	ctx, line := t.Context(), text.New
	fatima := dbtest.Person(t, store, "fatima", policy.Finance, "")
	anna := dbtest.Person(t, store, "anna", policy.Admin, "")
	for key, value := range map[policy.SettingKey]policy.SettingValue{
		policy.OrgName: "Firma", policy.OrgStreet: "Kade 1", policy.OrgCity: "Utrecht", policy.OrgVAT: "BE0403170701", policy.OrgIBAN: "NL91ABNA0417164300",
	} {
		if err := o.Decide(ctx, anna, key, value, line("letterhead")); err != nil {
			t.Fatal(err)
		}
	}
	var i db.Invoice
	i.Debtor, i.Subject, i.Remark = line("Schuldenaarster"), line("Onderwerpelijk"), text.NewBlock("Factuuropmerking")
	i.Address = db.Address{Street: line("Kwetterkade 1"), City: line("Gent"), Country: line("BE")}
	i.Lines = []db.InvoiceLine{{Text: line("Regelomschrijving"), InvoiceLine: policy.InvoiceLine{Quantity: 1000, Price: 100, VAT: policy.VATHigh}}}
	i, err := o.CreateInvoice(ctx, fatima, i, ops.NewRequestKey())
	if err == nil {
		i, err = o.IssueInvoice(ctx, fatima, i.ID, i.Version)
	}
	if err == nil {
		err = o.PayInvoice(ctx, fatima, i.ID, db.Payment{Amount: 1, Remark: line("Bankafschriftje")}, ops.NewRequestKey())
	}
	if err == nil {
		_, _, err = o.ListInvoices(ctx, fatima, db.InvoiceQuery{Text: "Schuldenaarster"})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func pgDump(t *testing.T) []byte {
	t.Helper()
	bin := dbtest.Query[string](t, "select setting from pg_config where name = 'BINDIR'")
	if found, err := exec.LookPath("pg_dump"); err == nil {
		bin = filepath.Dir(found)
	}
	dump, err := exec.Command(filepath.Join(bin, "pg_dump"), dbtest.AdminURL(t)).Output()
	if err != nil {
		t.Fatalf("pg_dump: %v", err)
	}
	return dump
}

// eachFile reads what the server has on its disk: tables, the unlogged ones
// too, and the log of changes.
func eachFile(t *testing.T, fn func([]byte)) {
	t.Helper()
	data := clusterData(t)
	oid := dbtest.Query[string](t, "select oid::text from pg_database where datname = current_database()")
	for _, dir := range []string{filepath.Join(data, "base", oid), filepath.Join(data, "pg_wal"), filepath.Join(data, "global")} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			fn(content)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func clusterData(t *testing.T) string {
	t.Helper()
	_ = clustertest.Cluster(t).URL("postgres", cluster.Superuser)
	return dbtest.Query[string](t, "select current_setting('data_directory')")
}

// holds looks for a word as such, in lower case, as UTF-16, in base64 at each
// offset and in hexadecimal.
func holds(content []byte, word string) bool {
	for _, form := range forms(word) {
		if bytes.Contains(content, form) {
			return true
		}
	}
	return false
}

func forms(word string) (all [][]byte) {
	for _, w := range [][]byte{[]byte(word), bytes.ToLower([]byte(word))} {
		wide := []byte{}
		for _, u := range utf16.Encode([]rune(string(w))) {
			wide = append(wide, byte(u), byte(u>>8))
		}
		all = append(all, w, wide, wide[1:], []byte(hex.EncodeToString(w)))
		for offset := range 3 {
			padded := base64.StdEncoding.EncodeToString(append(make([]byte, offset), w...))
			// What mixes with the neighbours is left off.
			all = append(all, []byte(padded[4:len(padded)-4]))
		}
	}
	return all
}
