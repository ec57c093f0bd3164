package ops_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// TestGuard_everyText: wherever a free text comes in, one that the guard asks
// about is kept only for a reason, which is in the log without the text.
func TestGuard_everyText(t *testing.T) {
	b := newTrade(t)
	client := b.customer(t, "Kok")
	d := b.deal(t, "Dakkapel", 100)
	task, err := b.CreateTask(t.Context(), b.sander, toDo("bellen", b.lead.ID, "2026-12-01"), ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	pet := policy.Field{Entity: policy.OfPerson, Name: text.New("Voorkeur"), Kind: policy.TextField, Ground: policy.Ground{Purpose: policy.Quotes, Basis: policy.Contract}, Months: 12, Readers: policy.FieldReaders}
	if pet.ID, err = b.SaveField(t.Context(), b.marit, pet, text.New("for quotes")); err != nil {
		t.Fatal(err)
	}
	for name, keep := range b.keepers(client, d, task, pet) {
		t.Run(name, func(t *testing.T) {
			if err := keep(t.Context(), "koffie om tien uur"); err != nil {
				t.Fatalf("harmless: %v", err)
			}
			err := keep(t.Context(), "heeft een hernia")
			found, ok := errors.AsType[*policy.Found](err)
			if !ok || policy.KindOf(err) != policy.Invalid || !slices.Equal(found.Kinds(), []policy.DangerKind{policy.DangerHealth}) {
				t.Fatalf("kept without a reason: %v", err)
			}
			if err := keep(policy.Despite(t.Context(), text.New("bsn 123456782")), "heeft een hernia"); err == nil {
				t.Error("a number went into the log as the reason")
			}
			if err := keep(policy.Despite(t.Context(), text.New("tilt niet: "+name)), "heeft een hernia"); err != nil {
				t.Fatal(err)
			}
			b.logged(t, name)
		})
	}
}

// keepers keep a text, each in one way in which it can come in.
func (b trade) keepers(client db.Customer, d db.Deal, task db.Task, field policy.Field) map[string]func(context.Context, string) error {
	key := ops.NewRequestKey
	return map[string]func(context.Context, string) error{
		"note": func(ctx context.Context, s string) error {
			_, err := b.AddNote(ctx, b.sander, client.ID, text.NewBlock(s), false, key())
			return err
		},
		"activity": func(ctx context.Context, s string) error {
			a := db.Activity{Customer: client.ID, Deed: policy.DeedCall, At: time.Now()}
			a.Outcome = text.New(s)
			_, err := b.AddActivity(ctx, b.sander, a, key())
			return err
		},
		"activity put right": func(ctx context.Context, s string) error {
			a := db.Activity{Customer: client.ID, Deed: policy.DeedCall, At: time.Now().Add(-time.Hour)}
			made, err := b.AddActivity(ctx, b.sander, a, key())
			if err != nil {
				return err
			}
			made.Outcome = text.New(s)
			_, err = b.UpdateActivity(ctx, b.sander, made, key())
			return err
		},
		"quick line": func(ctx context.Context, s string) error {
			u, err := b.Understand(ctx, b.sander, "bellen morgen over "+s, client.ID)
			if err != nil {
				return err
			}
			_, err = b.KeepQuick(ctx, b.sander, u, client.ID, key())
			return err
		},
		"new task": func(ctx context.Context, s string) error {
			_, err := b.CreateTask(ctx, b.sander, toDo(s, client.ID, "2026-12-01"), key())
			return err
		},
		"task": func(ctx context.Context, s string) error {
			now, err := b.GetTask(ctx, b.sander, task.ID)
			now.Text = text.NewBlock(s)
			return errors.Join(err, b.UpdateTask(ctx, b.sander, now))
		},
		"new deal": func(ctx context.Context, s string) error {
			one := db.Deal{Customer: client.ID}
			one.Title = text.New(s)
			_, err := b.CreateDeal(ctx, b.sander, one, false, key())
			return err
		},
		"deal": func(ctx context.Context, s string) error {
			now, err := b.ViewDeal(ctx, b.sander, d.ID)
			if err != nil {
				return err
			}
			now.Next = text.New(s)
			_, err = b.UpdateDeal(ctx, b.sander, now.Deal, key())
			return err
		},
		"why a deal is lost": func(ctx context.Context, s string) error {
			one := db.Deal{Customer: client.ID}
			one.Title = text.New("Serre")
			one, err := b.CreateDeal(ctx, b.sander, one, false, key())
			if err != nil {
				return err
			}
			_, err = b.CloseDeal(ctx, b.sander, one.ID, policy.StageLost, text.New(s), key())
			return err
		},
		"own field": func(ctx context.Context, s string) error {
			now, err := b.GetCustomer(ctx, b.sander, client.ID)
			if err != nil {
				return err
			}
			now.Values = now.Values.Set(field.ID, text.New(s))
			_, err = b.UpdateCustomer(ctx, b.sander, now, key())
			return err
		},
		"new customer": func(ctx context.Context, s string) error {
			c := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: client.Grounds}
			c.Family, c.Source = text.New("Ott"), text.New(s)
			_, err := b.CreateCustomer(ctx, b.sander, c, key())
			return err
		},
		"invoice asked for": func(ctx context.Context, s string) error {
			return b.AskInvoice(ctx, b.sander, client.ID, text.New("advies"), text.NewBlock(s), key())
		},
		"invoice": func(ctx context.Context, s string) error {
			i := db.Invoice{Customer: client.ID}
			i.Debtor, i.Subject = text.New("Kok"), text.New(s)
			_, err := b.CreateInvoice(ctx, b.fatima, i, key())
			return err
		},
		"consent": func(ctx context.Context, s string) error {
			_, err := b.RecordConsent(ctx, b.sander, ops.Recording{Customer: client.ID, Purpose: policy.Newsletter, Kind: policy.Given, How: policy.OnPhone, Language: "nl", Remark: text.NewBlock(s)}, key())
			return err
		},
	}
}

// logged wants the reason of an act in the log, the kind among the fields, and
// the text nowhere.
func (b trade) logged(t *testing.T, name string) {
	t.Helper()
	page, err := b.ListLog(t.Context(), b.pieter, db.LogQuery{Limit: 5})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range page.Rows {
		if strings.Contains(r.Detail.String(), "hernia") {
			t.Errorf("the log holds the text: %s", r.Detail)
		}
		if strings.HasSuffix(r.Detail.String(), "tilt niet: "+name) && slices.Contains(r.Fields, db.DespitePrefix+"health") {
			return
		}
	}
	t.Errorf("no reason in the log: %+v", page.Rows)
}

// TestGuard_change: what was asked about once is not asked again by the next
// change, and undo asks nothing; something new is.
func TestGuard_change(t *testing.T) {
	b := newTrade(t)
	d := b.deal(t, "Serre", 100)
	d.Remark = text.NewBlock("hernia")
	because := policy.Despite(t.Context(), text.New("tilt niet"))
	c, err := b.UpdateDeal(because, b.sander, d, ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	next := c.After
	next.Next = text.New("mailen")
	if c, err = b.UpdateDeal(t.Context(), b.sander, next, ops.NewRequestKey()); err != nil {
		t.Errorf("asked again: %v", err)
	}
	more := c.After
	more.Remark = text.NewBlock("hernia, kanker")
	if _, err := b.UpdateDeal(t.Context(), b.sander, more, ops.NewRequestKey()); err == nil {
		t.Error("something new went by")
	}
	if _, err := b.UndoDeal(t.Context(), b.sander, c.After.Version, c.Before, ops.NewRequestKey()); err != nil {
		t.Errorf("undo: %v", err)
	}
}

const sensitiveBook = `name,email,notes
Jan Jansen,jan@klant.example,belt liever
Piet Ziekenhuis,piet@klant.example,wil een offerte
Bea Bos,bea@klant.example,is zwanger
Kees Kok,kees@klant.example,BSN 123456782
`

// TestGuard_import: such rows are told and left out; a reason for the whole file
// keeps them and is in the log. A name is nothing to ask about.
func TestGuard_import(t *testing.T) {
	o := newOffice(t)
	for _, dry := range []bool{true, false} {
		in := fair
		in.DryRun = dry
		r, err := o.RunImport(t.Context(), o.sander, o.spool(t, sensitiveBook), in, quiet)
		if err != nil || r.Created != 2 || r.Refused != 2 || r.Warnings != 2 {
			t.Errorf("dry %v: %+v, %v", dry, r, err)
		}
	}
	in := fair
	in.Despite, in.Source = text.New("van hun huisarts"), text.New("praktijk")
	r, err := o.RunImport(t.Context(), o.sander, o.spool(t, sensitiveBook+"Cor Cool,cor@klant.example,\n"), in, quiet)
	if err != nil || r.Refused != 0 || r.Created != 3 || r.Duplicates != 2 {
		t.Errorf("with a reason: %+v, %v", r, err)
	}
	page, err := o.ListLog(t.Context(), dbtest.Person(t, o.Store, "pieter", policy.Privacy, "").For(text.New("look")), db.LogQuery{Act: policy.ImportRun, Limit: 1})
	if err != nil || len(page.Rows) != 1 || !strings.HasSuffix(page.Rows[0].Detail.String(), "van hun huisarts") || !slices.Contains(page.Rows[0].Fields, db.DespitePrefix+"bsn") {
		t.Errorf("%+v, %v", page.Rows, err)
	}
}
