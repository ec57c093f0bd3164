package ops_test

import (
	"fmt"
	"strings"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// hangsOnCustomers finds every column in which the number of a customer can
// stand: those that refer to customers, and those that are named so.
const hangsOnCustomers = `select string_agg(distinct r.relname || '.' || a.attname, ' ') from pg_class r join pg_attribute a on a.attrelid = r.oid
	left join pg_constraint c on c.conrelid = r.oid and c.conkey[1] = a.attnum and c.contype = 'f' and c.confrelid = 'customers'::regclass
	where r.relnamespace = 'public'::regnamespace and r.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.atttypid = 'int8'::regtype
	and (c.oid is not null or a.attname in ('customer_id', 'subject_id', 'contact_id', 'company_id'))`

// afterErasure are the columns in which the number stays: it is all that does.
var afterErasure = map[string]bool{
	"erasures.subject_id": true, "erasure_recipients.subject_id": true, "suppressions.subject_id": true,
	// What was asked and done stays in the register; its texts went with the key.
	"requests.subject_id": true, "request_steps.subject_id": true, "request_systems.subject_id": true,
}

// plants put a row of the customer into tables to which no act of the test's
// does; {id} is the customer, {by} a person. A new table that hangs on customers
// fails the test until it is planted, and so erased.
var plants = map[string]string{
	"merges.winner": "insert into merges (winner, loser, at, by, until) values ({id}, 999999, now(), {by}, now())",
	"duplicates.a":  "insert into duplicates (a, b, score, found_at, seen_at) select {id}, max(id), 70, now(), now() from customers having max(id) > {id}",
	"duplicates.b":  "insert into duplicates (a, b, score, found_at, seen_at) select min(id), {id}, 70, now(), now() from customers having min(id) < {id}",
	"task_history":  "insert into task_history select id, 9, {id}, now(), {by}, '', gen_random_uuid(), '{}', '' from tasks where customer_id = {id}",
	"consents":      "insert into consents (customer_id, purpose, kind, how, at, marketing, recorded_at, person_id, session, detail, request) values ({id}, 'newsletter', 'withdrawn', 'form', now(), false, now(), {by}, '', '', gen_random_uuid())",
	"dead_mails":    "insert into dead_mails (customer_id, digest, by) values ({id}, sha256('x'), {by})",
	"groundless":    "insert into groundless (customer_id, since) values ({id}, now()) on conflict do nothing",
	"audience_members": `with a as (insert into audiences (purpose, means, head, by) values ('newsletter', 'mail', '', {by}) returning id),
		e as (insert into audience_exports (audience_id, person_id, hash, manifest) select id, {by}, sha256(''), '{}' from a returning id)
		insert into audience_members (export_id, customer_id) select id, {id} from e`,
	"past_invoices": `with i as (insert into imports (person_id, source, file_hash, rows) values ({by}, '', gen_random_uuid()::text::bytea, 1) returning id)
		insert into past_invoices (id, customer_id, scope, issued_on, kept_through, net, tax, total, paid, created_at, created_by, import_id, request, head)
		select nextval('subject_ids'), {id}, {by}, current_date, current_date, 0, 0, 0, 0, now(), {by}, i.id, gen_random_uuid(), '' from i`,
	"legal_holds":      "insert into legal_holds (customer_id, sort, until, reason, person_id) values ({id}, 'keep', current_date + 9, '', {by})",
	"retention_events": "insert into retention_events (customer_id, event, on_date, person_id) values ({id}, 'contract', current_date, {by})",
	"archived":         "insert into archived (customer_id, rule) values ({id}, 'lead')",
}

// erasable is a company and its contact with something in every table.
func (d desk) erasable(t *testing.T, mail string) (company, contact db.Customer) {
	t.Helper()
	ctx := t.Context()
	tag, err := d.AddTag(ctx, d.marit, text.New("erasable "+mail))
	must(t, err)
	c := db.Customer{Kind: policy.Company, Status: policy.Client, Grounds: []policy.Ground{{Purpose: policy.Delivery, Basis: policy.Contract}}}
	c.Family, c.Mails = text.New("Kuipers Timmerwerk"), []db.Labelled{{Value: text.New("info@" + mail)}}
	company, err = d.CreateCustomer(ctx, d.sander, c, ops.NewRequestKey())
	must(t, err)
	p := db.Customer{Kind: policy.Person, Status: policy.Client, Grounds: c.Grounds, Companies: []db.Membership{{Company: company.ID, Main: true, Role: text.New("buyer")}}}
	p.Given, p.Family = text.New("Karel"), text.New("Kuipers")
	p.Mails, p.Phones = []db.Labelled{{Value: text.New("karel@" + mail)}}, []db.Labelled{{Value: text.New("+31612345678")}}
	contact, err = d.CreateCustomer(ctx, d.sander, p, ops.NewRequestKey())
	must(t, err)
	_, err = d.Retag(ctx, d.sander, []int64{company.ID, contact.ID}, tag, true)
	must(t, err)
	for _, id := range []int64{company.ID, contact.ID} {
		_, err = d.AddNote(ctx, d.sander, id, text.NewBlock("likes oak"), false, ops.NewRequestKey())
		must(t, err)
		d.task(t, d.sander, toDo("offer", id, "2026-01-01"))
		a := db.Activity{Customer: id, Deed: policy.DeedCall, At: day("2026-01-01"), Minutes: 5}
		a.Subject = text.New("oak")
		_, err = d.AddActivity(ctx, d.sander, a, ops.NewRequestKey())
		must(t, err)
		deal := db.Deal{Customer: id, Value: 100}
		deal.Title = text.New("dormer")
		if id == company.ID {
			deal.Parts = []db.Part{{Contact: contact.ID, Part: text.New("decides")}}
		}
		_, err = d.CreateDeal(ctx, d.sander, deal, false, ops.NewRequestKey())
		must(t, err)
		must(t, d.AskInvoice(ctx, d.sander, id, text.New("dormer"), text.Block{}, ops.NewRequestKey()))
		for _, sql := range plants {
			dbtest.Exec(t, strings.NewReplacer("{id}", fmt.Sprint(id), "{by}", fmt.Sprint(d.sander.ID)).Replace(sql))
		}
	}
	return company, contact
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// rowsOf counts rows with the customer's number, by column.
func rowsOf(t *testing.T, ids ...int64) map[string]int64 {
	t.Helper()
	found := map[string]int64{}
	for _, column := range strings.Fields(dbtest.Query[string](t, hangsOnCustomers)) {
		table, name, _ := strings.Cut(column, ".")
		found[column] = dbtest.Query[int64](t, fmt.Sprintf("select count(*) from %s where %s = any($1)", table, name), ids)
	}
	return found
}

func TestErase(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	decideLetterhead(t, d.Ops, d.anna)
	company, contact := d.erasable(t, "kuipers.example")

	t.Run("the plan tells of every table, and nothing is done by it", func(t *testing.T) {
		before := rowsOf(t, company.ID, contact.ID)
		for column, n := range before {
			if n == 0 && !afterErasure[column] && !strings.HasPrefix(column, "erasure") {
				t.Errorf("nothing was planted in %s: plant a row, and see that erasure takes it", column)
			}
		}
		p, err := d.PlanErasure(ctx, d.pieter, company.ID)
		must(t, err)
		told := map[string]bool{}
		for _, h := range p.Goes {
			told[h.Table] = true
		}
		for _, table := range []string{"notes", "deals", "tasks", "activities", "history", "bases", "customer_tags", "memberships"} {
			if !told[table] {
				t.Errorf("the plan is silent about %s: %v", table, p.Goes)
			}
		}
		if len(p.Contacts) != 1 || p.Drafts != 1 || p.Marks != 1 {
			t.Errorf("plan: %d contacts, %d drafts, %d marks", len(p.Contacts), p.Drafts, p.Marks)
		}
		if after := rowsOf(t, company.ID, contact.ID); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("the plan changed something: %v, before %v", after, before)
		}
	})

	t.Run("only the officer, with a reason", func(t *testing.T) {
		for _, who := range []policy.Actor{d.sander, d.marit, d.fatima, d.anna, d.pieter.For(text.Line{})} {
			if _, err := d.Erase(ctx, who, contact.ID); policy.KindOf(err) != policy.Denied {
				t.Errorf("%s erases: %v", who.Role, err)
			}
		}
		// PostgreSQL refuses by itself, were policy wrong.
		err := d.Store.As(ctx, d.sander, policy.CustomerView, func(tx *db.Tx) error {
			_, err := tx.Erase(ctx, []db.Erasing{{ID: contact.ID}})
			return err
		})
		if policy.KindOf(err) != policy.Absent {
			t.Errorf("row security lets sales erase: %v", err)
		}
		err = d.Store.As(ctx, d.pieter.For(text.Line{}), policy.ErasureList, func(tx *db.Tx) error {
			gone, err := tx.Erase(ctx, []db.Erasing{{ID: contact.ID}})
			if len(gone) > 0 {
				t.Error("row security lets the officer erase without a reason")
			}
			return err
		})
		must(t, err)
	})

	// One invoice is issued and paid, one issued and unpaid.
	page, _, err := d.ListInvoices(ctx, d.fatima, db.InvoiceQuery{Customer: contact.ID})
	must(t, err)
	i, err := d.EditInvoice(ctx, d.fatima, page.Rows[0].ID, func(i *db.Invoice) error { i.Lines, i.Address = draft(100).Lines, draft(100).Address; return nil })
	must(t, err)
	issued, err := d.IssueInvoice(ctx, d.fatima, i.ID, i.Version+1)
	must(t, err)

	t.Run("no row of the erased is left, and nothing opens", func(t *testing.T) {
		keys := dbtest.Query[int64](t, "select count(*) from subject_keys")
		c, err := d.Erase(ctx, d.pieter, company.ID)
		must(t, err)
		if c.Subject != company.ID || c.By != "pieter" || len(c.Erased) < 8 {
			t.Errorf("certificate: %+v", c)
		}
		_, err = d.Erase(ctx, d.pieter, contact.ID)
		must(t, err)
		for column, n := range rowsOf(t, company.ID, contact.ID) {
			if n != 0 && !afterErasure[column] {
				t.Errorf("%s: %d rows are left", column, n)
			}
		}
		if left := dbtest.Query[int64](t, "select count(*) from subject_keys"); left != keys-3 { // two customers and a draft
			t.Errorf("%d keys, before %d", left, keys)
		}
		if n := dbtest.Query[int64](t, "select count(*) from invoices where issued_on is null"); n != 0 {
			t.Errorf("%d drafts are left", n)
		}
		found, err := d.FindCustomers(ctx, d.sander, db.Query{Text: "kuip"})
		must(t, err)
		if len(found.Rows) != 0 {
			t.Errorf("search still finds %v", found.Rows)
		}
		if _, err := d.Erase(ctx, d.pieter, contact.ID); policy.KindOf(err) != policy.Conflict {
			t.Errorf("erased twice: %v", err)
		}
	})

	t.Run("the invoice stays, whole for the tax office", func(t *testing.T) {
		s, err := d.ViewInvoice(ctx, d.fatima, issued.ID)
		must(t, err)
		if s.Customer != 0 || !strings.Contains(s.Debtor.String()+s.Attention.String(), "Kuipers") || s.Mail.IsZero() {
			t.Errorf("an unpaid invoice: %+v", s.Invoice)
		}
		e, err := d.GetErasure(ctx, d.pieter, contact.ID)
		must(t, err)
		if e.Invoices != 2 || e.KeptUntil.IsZero() || len(e.Certificate.Kept) != 4 || e.Certificate.Kept[0].Until == "" {
			t.Errorf("kept: %+v, %+v", e.Erasure, e.Certificate.Kept)
		}
	})

	t.Run("the certificate proves itself and names nobody", func(t *testing.T) {
		e, err := d.GetErasure(ctx, d.pieter, contact.ID)
		must(t, err)
		if _, err := ops.ReadCertificate(e.File, d.Store.Keys.Public()); err != nil {
			t.Error(err)
		}
		forged := []byte(strings.Replace(string(e.File), "pieter", "nobody", 1))
		if _, err := ops.ReadCertificate(forged, nil); err == nil {
			t.Error("a forged certificate is taken")
		}
		for _, word := range []string{"Kuipers", "Karel", "kuipers.example", "612345678"} {
			if strings.Contains(string(e.File), word) {
				t.Errorf("the certificate says %q", word)
			}
		}
	})

	t.Run("nobody comes back by hand or by a list, but on record", func(t *testing.T) { comesBack(t, d, contact) })
}

// comesBack tries to bring in one who was erased.
func comesBack(t *testing.T, d desk, was db.Customer) {
	ctx := t.Context()
	again := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: was.Grounds}
	again.Family, again.Mails = text.New("Kuipers"), []db.Labelled{{Value: text.New("KAREL@kuipers.example")}}
	_, err := d.CreateCustomer(ctx, d.sander, again, ops.NewRequestKey())
	if policy.KindOf(err) != policy.Conflict || !strings.Contains(err.Error(), "suppressions lift") {
		t.Errorf("entry: %v", err)
	}
	twin(t, d, was)
	other := d.customer
	other.Phones = []db.Labelled{{Value: text.New("06 12345678")}}
	if _, err := d.UpdateCustomer(ctx, d.sander, other, ops.NewRequestKey()); policy.KindOf(err) != policy.Conflict {
		t.Errorf("the number at another customer: %v", err)
	}
	report := importOf(t, d, "name,mail\nKarel Kuipers,karel@kuipers.example\nPiet Pieters,piet@example.nl\n")
	if report.Refused != 1 || report.Created != 1 || !strings.Contains(report.Fates[0].Reason.String(), "was erased") {
		t.Errorf("import: %+v", report)
	}
	if _, err := d.LiftSuppression(ctx, d.sander, "karel@kuipers.example", text.New("came in")); policy.KindOf(err) != policy.Denied {
		t.Errorf("sales lifts: %v", err)
	}
	if _, err := d.LiftSuppression(ctx, d.pieter, "karel@kuipers.example", text.New("came to the counter and ordered")); err != nil {
		t.Error(err)
	}
	if _, err := d.CreateCustomer(ctx, d.sander, again, ops.NewRequestKey()); err != nil {
		t.Errorf("after lifting: %v", err)
	}
	all, err := d.ListSuppressions(ctx, d.pieter, true)
	must(t, err)
	if len(all) != 3 || all[1].Reason.String() == "" && all[0].Reason.String() == "" {
		t.Errorf("the list: %+v", all)
	}
}

// twin is a second record of one who was erased, which nobody may write to.
func twin(t *testing.T, d desk, was db.Customer) {
	t.Helper()
	digests := dbtest.Query[[]string](t, "select array_agg(id::text) from suppressions")
	dbtest.Exec(t, "update suppressions set lifted_at = now(), lifted_by = $1, lift_reason = ''", d.pieter.ID)
	c := db.Customer{Kind: policy.Person, Status: policy.Client, Grounds: was.Grounds}
	c.Family, c.Mails = text.New("K."), was.Mails
	c, err := d.CreateCustomer(t.Context(), d.sander, c, ops.NewRequestKey())
	must(t, err)
	for _, listed := range []bool{false, true} {
		if listed {
			dbtest.Exec(t, "update suppressions set lifted_at = null, lifted_by = null, lift_reason = null where id::text = any($1)", digests)
		}
		must(t, d.Store.As(t.Context(), d.sander, policy.CustomerList, func(tx *db.Tx) error {
			_, left, err := d.Gate(t.Context(), tx, policy.Delivery, "", []int64{c.ID})
			if len(left) == 1 != listed || listed && left[0].Why != policy.WhySuppressed {
				t.Errorf("on the list %v, and the gate leaves out %v", listed, left)
			}
			return err
		}))
	}
	_, err = d.Erase(t.Context(), d.pieter, c.ID)
	must(t, err)
}

func importOf(t *testing.T, d desk, csv string) *ops.Report {
	t.Helper()
	file, err := ops.NewSpool(strings.NewReader(csv), 1<<20)
	must(t, err)
	defer file.Close()
	report, err := d.RunImport(t.Context(), d.sander, file, ops.Import{Source: text.New("fair"), Ground: policy.Ground{Purpose: policy.Quotes, Basis: policy.Contract}}, func(int, int) {})
	must(t, err)
	return report
}

func TestRestrict(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	decideLetterhead(t, d.Ops, d.anna)
	must(t, d.AskInvoice(ctx, d.sander, d.customer.ID, text.New("dormer"), text.Block{}, ops.NewRequestKey()))
	if _, err := d.Restrict(ctx, d.sander, d.customer.ID, true); policy.KindOf(err) != policy.Denied {
		t.Errorf("sales restricts: %v", err)
	}
	changed, err := d.Restrict(ctx, d.pieter, d.customer.ID, true)
	if err != nil || !changed {
		t.Fatal(changed, err)
	}
	c, err := d.GetCustomer(ctx, d.sander, d.customer.ID)
	must(t, err)
	if !c.Restricted {
		t.Error("it doesn't show")
	}
	c.Family = text.New("Janssen")
	if _, err := d.UpdateCustomer(ctx, d.sander, c, ops.NewRequestKey()); policy.KindOf(err) != policy.Denied || !strings.Contains(err.Error(), "art. 18") {
		t.Errorf("sales changes one that is restricted: %v", err)
	}
	write := func() error { // past the program's own check
		return d.Store.As(ctx, d.sander, policy.CustomerUpdate, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "update customers set head = head where id = $1", c.ID)
			return err
		})
	}
	if err := write(); policy.KindOf(err) != policy.Absent {
		t.Errorf("PostgreSQL lets it be changed: %v", err)
	}
	if _, err := d.UpdateCustomer(ctx, d.pieter, c, ops.NewRequestKey()); err != nil {
		t.Errorf("the officer rectifies: %v", err)
	}
	page, _, err := d.ListInvoices(ctx, d.fatima, db.InvoiceQuery{})
	must(t, err)
	if got := page.Rows[0].Debtor.String(); got != "Jan Janssen" {
		t.Errorf("the draft still says %q", got)
	}
	past, err := d.CustomerHistory(ctx, d.pieter, c.ID)
	must(t, err)
	if past[1].Act != policy.CustomerRestrict || past[1].Changes[0].To.String() != "request 12" {
		t.Errorf("history: %+v", past[1])
	}
	_, err = d.Restrict(ctx, d.pieter, c.ID, false)
	must(t, err)
	if err := write(); err != nil {
		t.Errorf("the control: not restricted any more, and yet %v", err)
	}
}
