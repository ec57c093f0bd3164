package ops

import (
	"context"
	"io"
	"time"

	"balie/db"
	"balie/ops/paper"
	"balie/policy"
	"balie/policy/text"
)

// remindJobs note every morning of which invoices a reminder is due.
func (o *Ops) remindJobs() []Job {
	return []Job{{Name: "invoices.remind", Spec: "30 6 * * *", Every: db.Daily, Run: noteReminders}}
}

// remindersAtOnce is how many one transaction notes.
const remindersAtOnce = 500

var remindSettings = []policy.SettingKey{policy.InvoiceRemind1, policy.InvoiceRemind2, policy.InvoiceRemind3}

func noteReminders(ctx context.Context, r *Run) error {
	for more := true; more; {
		err := r.Batch(ctx, policy.InvoiceNote, func(tx *db.Tx) error {
			days := make([]int, len(remindSettings))
			for i, key := range remindSettings {
				value, err := tx.Setting(ctx, key)
				if err != nil {
					return err
				}
				days[i] = value.Int()
			}
			today, err := tx.Today(ctx)
			if err != nil {
				return err
			}
			n, err := tx.NoteReminders(ctx, today, days, remindersAtOnce)
			if more = n == remindersAtOnce; err == nil && n == 0 {
				return ErrIdle
			}
			r.Count("reminders due", n)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// WaitingReminders are those that are due, the oldest first, and today.
func (o *Ops) WaitingReminders(ctx context.Context, actor policy.Actor) (all []db.WaitingReminder, today time.Time, err error) {
	err = o.act(ctx, actor, policy.InvoiceList, policy.Resource{}, func(tx *db.Tx) error {
		if today, err = tx.Today(ctx); err != nil {
			return err
		}
		all, err = tx.ListWaitingReminders(ctx, 1000)
		return err
	})
	return all, today, err
}

// RemindInvoice makes a reminder of a late invoice, in "nl" or "en": the one that
// is due, or a further one. Its letter is kept; sending it is for people.
func (o *Ops) RemindInvoice(ctx context.Context, actor policy.Actor, id int64, lang string) (s InvoiceSight, r db.Reminder, err error) {
	err = o.act(ctx, actor, policy.InvoiceRemind, policy.Resource{}, func(tx *db.Tx) error {
		zone, err := tx.Setting(ctx, policy.TimeZone)
		if err != nil {
			return err
		}
		if _, err := viewInvoice(ctx, tx, id); err != nil { // one that isn't there, or is a draft
			return err
		}
		if _, err := tx.RemindInvoice(ctx, id, string(zone)); err != nil {
			return err
		}
		if s, err = viewInvoice(ctx, tx, id); err != nil {
			return err
		}
		r = nextReminder(s)
		r.Text = text.NewBlock(paper.ReminderText(s.Invoice, r.Level, lang, r.Open))
		if err := tx.KeepReminder(ctx, id, r); err != nil {
			return err
		}
		s.Letters, err = tx.ListReminders(ctx, id)
		return err
	})
	return s, r, err
}

// nextReminder is the one that waits, or of the level after the last.
func nextReminder(s InvoiceSight) db.Reminder {
	r := db.Reminder{Level: 1, DueOn: s.Today, Open: s.Facts().Open()}
	for _, l := range s.Letters {
		if l.MadeAt.IsZero() {
			r.Level, r.DueOn = l.Level, l.DueOn
			break
		}
		r.Level = min(l.Level+1, 3)
	}
	return r
}

// PrintReminder makes a reminder and writes its letter.
func (o *Ops) PrintReminder(ctx context.Context, actor policy.Actor, id int64, lang string, w io.Writer) error {
	s, r, err := o.RemindInvoice(ctx, actor, id, lang)
	if err != nil {
		return err
	}
	return paper.PDF(w, paper.Invoice{Invoice: s.Invoice, Level: r.Level}, lang, r.Open)
}
