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

func TestActivity(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	company := db.Customer{Kind: policy.Company, Status: policy.Client, Grounds: d.customer.Grounds}
	company.Family = text.New("Kuipers BV")
	firm := d.adds(t, d.sander, company)
	contact := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: d.customer.Grounds, Companies: []db.Membership{{Company: firm.ID, Main: true}}}
	contact.Given, contact.Family, contact.Mails = text.New("Ilse"), text.New("Kuipers"), []db.Labelled{{Value: text.New("Ilse@kuipers.example")}}
	d.adds(t, d.sander, contact)
	const mail = "From: %s\nTo: %s\nSubject: =?utf-8?q?Offerte_caf=C3=A9?=\nDate: Sun, 1 Nov 2020 08:00:00 +0100\n\nAkkoord.\n"
	read := func(who policy.Actor, customer int64, from, to string) (ops.MailRead, error) {
		return d.ReadMail(ctx, who, customer, strings.NewReader(fmt.Sprintf(mail, from, to)))
	}

	t.Run("a pasted mail", func(t *testing.T) {
		for _, c := range []struct{ from, to, want string }{
			{"Ilse <ILSE@kuipers.example>", "sander@balie.example", "in true Ilse Kuipers"},
			{"sander@balie.example", "x@example.nl, ilse@kuipers.example", "out true Ilse Kuipers"},
			{"Eve <eve@example.org>", "sander@balie.example", " false Eve"},
		} {
			m, err := read(d.sander, firm.ID, c.from, c.to)
			must(t, err)
			if got := fmt.Sprint(m.Way, " ", m.Known, " ", m.People); got != c.want {
				t.Errorf("%s to %s: %s, want %s", c.from, c.to, got, c.want)
			}
			if m.Subject.String() != "Offerte café" || m.Text.String() != "Akkoord." || m.At.UTC().Hour() != 7 {
				t.Errorf("%+v", m.Activity)
			}
		}
		if _, err := read(d.zuid, firm.ID, "a@b.example", "c@d.example"); policy.KindOf(err) != policy.Absent {
			t.Errorf("another team: %v", err)
		}
		if _, err := d.ReadMail(ctx, d.sander, firm.ID, strings.NewReader("Dag Sander")); policy.KindOf(err) != policy.Invalid {
			t.Errorf("no mail: %v", err)
		}
		long, err := d.ReadMail(ctx, d.sander, firm.ID, strings.NewReader(fmt.Sprintf(mail, "a@b.example", "c@d.example")+strings.Repeat("é", 30_000)))
		must(t, err)
		if _, err := d.AddActivity(ctx, d.sander, long.Activity, ops.NewRequestKey()); err != nil || !long.Cut {
			t.Errorf("a long one: cut %t, %v", long.Cut, err)
		}
	})

	m, err := read(d.sander, firm.ID, "ilse@kuipers.example", "sander@balie.example")
	must(t, err)
	made, err := d.AddActivity(ctx, d.sander, m.Activity, ops.NewRequestKey())
	must(t, err)

	t.Run("put right", func(t *testing.T) {
		better := made
		better.Outcome, better.People, better.Minutes = text.New("secret-outcome"), text.New("Ilse, Karel"), 20
		for _, who := range []policy.Actor{d.zuid, d.fatima, d.pieter} {
			if _, err := d.UpdateActivity(ctx, who, better, ops.NewRequestKey()); err == nil {
				t.Errorf("%s changes it", who.Login)
			}
		}
		request := ops.NewRequestKey()
		for range 2 { // a repeated request is harmless
			c, err := d.UpdateActivity(ctx, d.marit, better, request)
			must(t, err)
			if c.After.Version != 2 || c.After.Way != policy.WayIn || c.After.Author != d.sander.ID {
				t.Errorf("%+v", c.After)
			}
		}
		_, err := d.UpdateActivity(ctx, d.sander, better, ops.NewRequestKey())
		if stale, ok := db.AsStaleOf[db.Activity](err); !ok || stale.Theirs.Minutes != 20 {
			t.Errorf("two at once: %v", err)
		}
		s, err := d.ViewActivity(ctx, d.sander, made.ID)
		must(t, err)
		if len(s.History) != 1 || s.History[0].Person != d.marit.ID || len(s.History[0].Changes) != 3 || s.Name.String() != "Kuipers BV" {
			t.Errorf("history: %+v", s.History)
		}
		if n := dbtest.Query[int](t, `select count(*)::int from activity_history h where h::text like '%secret%' or encode(h.detail, 'escape') like '%secret%'`); n != 0 {
			t.Error("the history is readable in the database")
		}
		back, err := d.UndoActivity(ctx, d.marit, 2, made, ops.NewRequestKey())
		must(t, err)
		if back.Minutes != 0 || back.Version != 3 {
			t.Errorf("taken back: %+v", back)
		}
		dbtest.Exec(t, `update activities set updated_at = updated_at - interval '11 minutes'`)
		if _, err := d.UndoActivity(ctx, d.marit, 3, better, ops.NewRequestKey()); policy.KindOf(err) != policy.Conflict {
			t.Errorf("too late: %v", err)
		}
	})

	t.Run("what became of a task", func(t *testing.T) {
		for _, customer := range []int64{firm.ID, 0} {
			task := d.task(t, d.sander, toDo("offer", customer, "2026-01-01"))
			task.Title, task.Assignee = text.New("secret-title"), d.sofie.ID
			must(t, d.UpdateTask(ctx, d.sander, task))
			_, _, err := d.DoTask(ctx, d.sofie, task.ID, 0) // who may not see the customer
			must(t, err)
			must(t, d.UndoTask(ctx, d.sofie, task.ID, 3))
			past, err := d.TaskHistory(ctx, d.marit, task.ID)
			must(t, err)
			var got []string
			for _, p := range past {
				line := fmt.Sprint(p.Version, p.Act, p.Person == d.sofie.ID)
				for _, c := range p.Changes {
					line += " " + c.Field
				}
				got = append(got, line)
			}
			if want := "4task.dotrue done, 3task.dotrue, 2task.writefalse title assignee"; strings.Join(got, ", ") != want {
				t.Errorf("history: %s, want %s", strings.Join(got, ", "), want)
			}
			if _, err := d.TaskHistory(ctx, d.zuid, task.ID); policy.KindOf(err) != policy.Absent {
				t.Errorf("another team: %v", err)
			}
		}
	})
}
