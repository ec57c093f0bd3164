package ops_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// shop is an office whose salesperson has more customers than one may export
// on the own word.
func newShop(t *testing.T) office {
	o := newOffice(t)
	dbtest.Exec(t, `insert into settings (key, version, value, by) values ('export.alone', 1, '"3"', 1)`)
	for i := range 5 {
		c := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: []policy.Ground{fair.Ground}}
		c.Given, c.Family = text.New("Jan"), text.New(fmt.Sprintf("Janssen%c", 'a'+i))
		if _, err := o.CreateCustomer(t.Context(), o.sander, c, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func (o office) export(t *testing.T, e ops.Export) (int, error) {
	t.Helper()
	e.Format = "csv"
	got, err := o.ExportCustomers(t.Context(), o.sander.For(text.New("moving to a new phone")), e, io.Discard)
	return got.N, err
}

func (o office) waiting(t *testing.T, who policy.Actor) (all []db.Approval) {
	t.Helper()
	found, err := o.ListApprovals(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range found {
		if a.State == policy.ApprovalWaiting {
			all = append(all, a)
		}
	}
	return all
}

// toldOfExports counts what of exports is on somebody's first screen.
func (o office) toldOfExports(t *testing.T, who policy.Actor) (n int) {
	t.Helper()
	all, err := o.Attention(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if a.Opens == "approvals" {
			n++
		}
	}
	return n
}

func TestExport_SecondPerson(t *testing.T) {
	o := newShop(t)
	_, err := o.ExportCustomers(t.Context(), o.sander, ops.Export{Format: "csv"}, io.Discard)
	wantKind(t, "without a reason", err, policy.Invalid)
	for range 2 {
		_, err = o.export(t, ops.Export{})
		wantKind(t, "before an answer", err, policy.Denied)
	}
	asked := o.waiting(t, o.marit)
	if len(asked) != 1 || asked[0].Size != 6 || !asked[0].Whole || asked[0].Reason.String() != "moving to a new phone" {
		t.Fatalf("the manager is asked %+v", asked)
	}
	if seen := o.waiting(t, o.sofie); seen != nil {
		t.Errorf("a colleague sees %+v", seen)
	}
	wantKind(t, "a colleague in sales answers", o.AnswerApproval(t.Context(), o.sofie, asked[0].ID, true, text.Line{}), policy.Denied)
	if err := o.AnswerApproval(t.Context(), o.marit, asked[0].ID, true, text.Line{}); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "a second answer", o.AnswerApproval(t.Context(), o.marit, asked[0].ID, false, text.New("no")), policy.Conflict)
	_, err = o.export(t, ops.Export{Raw: true})
	wantKind(t, "another export than agreed to", err, policy.Denied)
	if n, err := o.export(t, ops.Export{}); n != 5 || err != nil {
		t.Errorf("%d were exported after the answer: %v", n, err)
	}
	_, err = o.export(t, ops.Export{})
	wantKind(t, "the same answer a second time", err, policy.Denied)
}

func TestExport_Refused(t *testing.T) {
	o := newShop(t)
	_, err := o.export(t, ops.Export{})
	wantKind(t, "before an answer", err, policy.Denied)
	id := o.waiting(t, o.sander)[0].ID
	wantKind(t, "a refusal without a reason", o.AnswerApproval(t.Context(), o.marit, id, false, text.Line{}), policy.Invalid)
	if err := o.AnswerApproval(t.Context(), o.marit, id, false, text.New("use the search")); err != nil {
		t.Fatal(err)
	}
	_, err = o.export(t, ops.Export{})
	if err == nil || !strings.Contains(err.Error(), "was refused today") || len(o.waiting(t, o.marit)) > 0 {
		t.Errorf("after the refusal: %v", err)
	}
	dbtest.Exec(t, `update approvals set answered_at = answered_at - interval '25 hours'`)
	_, err = o.export(t, ops.Export{})
	wantKind(t, "a day later", err, policy.Denied)
	if len(o.waiting(t, o.marit)) != 1 {
		t.Error("a day after the refusal nobody is asked")
	}
}

// What one exports on the own word adds up over a day, and an answer holds for
// a day.
func TestExport_Day(t *testing.T) {
	o := newShop(t)
	part := func(name string) ops.Export { return ops.Export{Query: db.Query{Text: name}} }
	for _, name := range []string{"janssena", "janssenb", "janssenc"} {
		if n, err := o.export(t, part(name)); n != 1 || err != nil {
			t.Fatalf("%s: %d, %v", name, n, err)
		}
	}
	_, err := o.export(t, part("janssend"))
	wantKind(t, "a fourth customer of three", err, policy.Denied)
	if err := o.AnswerApproval(t.Context(), o.marit, o.waiting(t, o.marit)[0].ID, true, text.Line{}); err != nil {
		t.Fatal(err)
	}
	dbtest.Exec(t, `update approvals set answered_at = answered_at - interval '25 hours'`)
	_, err = o.export(t, part("janssend"))
	wantKind(t, "by an answer of yesterday", err, policy.Denied)
	dbtest.Exec(t, `update exports set at = at - interval '25 hours'`)
	if n, err := o.export(t, part("janssend")); n != 1 || err != nil {
		t.Errorf("a day later: %d, %v", n, err)
	}
}

// Where nobody else could agree the export goes on, and the officer is told.
func TestExport_Alone(t *testing.T) {
	o := newShop(t)
	dbtest.Exec(t, `update people set revoked_at = now() where login = 'marit'`)
	if n, err := o.export(t, ops.Export{}); n != 5 || err != nil {
		t.Fatalf("with nobody to ask: %d, %v", n, err)
	}
	pieter := dbtest.Person(t, o.Store, "pieter", policy.Privacy, "")
	if told := o.toldOfExports(t, pieter); told != 1 {
		t.Errorf("the officer is told %d times", told)
	}
	_, err := o.export(t, ops.Export{})
	wantKind(t, "with an officer who could agree", err, policy.Denied)
	if told := o.toldOfExports(t, pieter); told != 2 {
		t.Errorf("the officer is told %d times", told)
	}
}

// Row security by itself: ops that forgot to ask would get no export begun and
// no page logged. The control takes each guard away.
func TestExport_RowSecurity(t *testing.T) {
	begin := func(size int, approval int32) func(*db.Tx) error {
		return func(tx *db.Tx) error {
			_, err := tx.BeginExport(t.Context(), size, approval)
			return err
		}
	}
	page := func(tx *db.Tx) error {
		p, err := tx.BeginExport(t.Context(), 3, 0)
		if err == nil {
			_, _, _, err = tx.ExportPage(t.Context(), p, db.Query{Limit: 5}, func(ids []int64) ([]int64, error) { return ids, nil })
		}
		return err
	}
	alone := func(tx *db.Tx) error {
		_, err := tx.AskApproval(t.Context(), db.Approval{Size: 9, Alone: true}, []byte{})
		return err
	}
	for _, c := range []struct {
		what, guard string
		do          func(*db.Tx) error
	}{
		{"more than one may", "alter policy begin_sales on exports with check (true)", begin(4, 0)},
		{"a request without an answer", "alter policy begin_sales on exports with check (true)", begin(5, 1)},
		{"a page beyond its export", "drop trigger count_export on audit", page},
		{"alone beside a manager", "alter policy ask_sales on approvals with check (true)", alone},
	} {
		t.Run(c.what, func(t *testing.T) {
			o := newShop(t)
			_, err := o.export(t, ops.Export{})
			wantKind(t, "the export", err, policy.Denied) // and is asked for, as request 1
			do := func() error { return o.Store.As(t.Context(), o.sander, policy.CustomerExport, c.do) }
			wantKind(t, "guarded", do(), policy.Absent)
			dbtest.Exec(t, c.guard)
			if c.what != "a page beyond its export" {
				dbtest.Exec(t, "drop trigger count_export on audit") // what is begun here takes no page
			}
			if err := do(); err != nil {
				t.Errorf("the control, without its guard: %v", err)
			}
		})
	}
}
