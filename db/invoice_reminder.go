package db

import (
	"context"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Reminder is one that is due, or was made.
type Reminder struct {
	ID     int64
	Level  int16 // 1 to 3
	DueOn  time.Time
	MadeAt time.Time // zero: it waits
	MadeBy int32
	Open   policy.Cents // what was still to be paid then
	Text   text.Block   // of the letter
}

// WaitingReminder is one that is due, with its invoice.
type WaitingReminder struct {
	Reminder
	Invoice Invoice
}

const (
	reminderPlace = "invoice_reminders.body"
	// One waits at a time; the next comes when the one before was made, a week ago
	// at least.
	noteReminders = `insert into invoice_reminders (invoice_id, level, due_on)
		select i.id, n.level, i.due_on + d.days from invoices i
			cross join lateral (select coalesce(max(r.level), 0) + 1 as level, coalesce(bool_or(r.made_at is null), false) as waits from invoice_reminders r where r.invoice_id = i.id) n
			join unnest($2::smallint[], $3::int[]) d (level, days) on d.level = n.level
		where i.issued_on is not null and not i.settled and i.credits is null and i.total > 0 and not n.waits and d.days > 0 and i.due_on + d.days <= $1
			and (i.reminded_on is null or i.reminded_on <= $1 - 7)
		order by i.id limit $4 on conflict do nothing`
	selectReminders = `select id, level, due_on, made_at, coalesce(made_by, 0) as made_by, coalesce(open, 0) as open, body from invoice_reminders where invoice_id = $1 order by id`
	waitingFrom     = ` from invoice_reminders r join invoices i on i.id = r.invoice_id where r.made_at is null and not i.settled`
	selectWaitingR  = `select r.invoice_id, r.level, r.due_on` + waitingFrom + ` order by r.due_on, r.id limit $1`
	selectOfIDs     = `select ` + invoiceColumns + `null::bytea as body` + invoiceFrom + ` where i.id = any($1)`
	makeReminder    = `update invoice_reminders set made_at = now(), made_by = $2, open = $3, body = $4 where invoice_id = $1 and made_at is null`
	addReminder     = `insert into invoice_reminders (invoice_id, level, due_on, made_at, made_by, open, body) values ($1, $2, $3, now(), $4, $5, $6)`
)

// NoteReminders notes of which invoices a reminder is due today, some at a time,
// and says of how many. days are how long after its due date each level is; 0 for
// none.
func (tx *Tx) NoteReminders(ctx context.Context, today time.Time, days []int, most int) (int, error) {
	levels := make([]int16, len(days))
	for i := range days {
		levels[i] = int16(i + 1)
	}
	tag, err := tx.Exec(ctx, noteReminders, today, levels, days, most)
	return int(tag.RowsAffected()), err
}

type reminderRow struct {
	ID     int64
	Level  int16
	DueOn  time.Time
	MadeAt *time.Time
	MadeBy int32
	Open   policy.Cents
	Body   []byte
}

// ListReminders are those of an invoice, the first one first.
func (tx *Tx) ListReminders(ctx context.Context, invoice int64) ([]Reminder, error) {
	rows, err := collect[reminderRow](ctx, tx, selectReminders, invoice)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	key, err := tx.invoiceKey(ctx, invoice)
	if err != nil {
		return nil, err
	}
	all := make([]Reminder, len(rows))
	for n, r := range rows {
		all[n] = Reminder{ID: r.ID, Level: r.Level, DueOn: r.DueOn, MadeAt: orZero(r.MadeAt), MadeBy: r.MadeBy, Open: r.Open}
		if r.Body == nil {
			continue
		}
		letter, err := key.Open(reminderPlace, r.Body)
		if err != nil {
			return nil, err
		}
		all[n].Text = text.NewBlock(string(letter))
	}
	return all, nil
}

// KeepReminder keeps the letter of a reminder: of the one that waits, or of a
// further one that was made by hand.
func (tx *Tx) KeepReminder(ctx context.Context, invoice int64, r Reminder) error {
	key, err := tx.invoiceKey(ctx, invoice)
	if err != nil {
		return err
	}
	body := key.Seal(reminderPlace, []byte(r.Text.String()))
	done, err := tx.did(ctx, makeReminder, invoice, tx.Actor.ID, r.Open, body)
	if err != nil || done {
		return err
	}
	_, err = tx.Exec(ctx, addReminder, invoice, r.Level, r.DueOn, tx.Actor.ID, r.Open, body)
	return err
}

type waitingRow struct {
	InvoiceID int64
	Level     int16
	DueOn     time.Time
}

// ListWaitingReminders are those that are due and not made, the oldest first.
func (tx *Tx) ListWaitingReminders(ctx context.Context, most int) ([]WaitingReminder, error) {
	rows, err := collect[waitingRow](ctx, tx, selectWaitingR, most)
	if err != nil {
		return nil, err
	}
	ids, by := make([]int64, len(rows)), map[int64]Invoice{}
	for n, r := range rows {
		ids[n] = r.InvoiceID
	}
	all, err := tx.invoices(ctx, selectOfIDs, ids)
	for _, i := range all {
		by[i.ID] = i
	}
	out := make([]WaitingReminder, len(rows))
	for n, r := range rows {
		out[n] = WaitingReminder{Reminder{Level: r.Level, DueOn: r.DueOn}, by[r.InvoiceID]}
	}
	return out, err
}
