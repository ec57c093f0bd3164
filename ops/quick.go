package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Understood is a quick line as it was read, and the customers whom it may be
// about.
type Understood struct {
	policy.Quick
	Now  time.Time // on the organisation's wall
	Fits []db.Row
}

// fitsMost is how many customers a line offers to choose from.
const fitsMost = 8

// Understand reads a line and looks up whom it is about, unless that is known,
// and keeps nothing.
func (o *Ops) Understand(ctx context.Context, actor policy.Actor, line string, customer int64) (u Understood, err error) {
	if u.Now, err = o.Store.Wall(ctx); err != nil {
		return u, err
	}
	if customer != 0 {
		u.Quick, err = policy.ParseQuickOf(line, u.Now)
		return u, err
	}
	if u.Quick, err = policy.ParseQuick(line, u.Now); err != nil || u.Who == "" {
		return u, err
	}
	page, err := o.FindCustomers(ctx, actor, db.Query{Text: u.Who, Sort: db.ByName, Limit: fitsMost})
	u.Fits = page.Rows
	return u, err
}

// Kept is what became of a quick line: the one or the other.
type Kept struct {
	Task     db.Task
	Activity db.Activity
}

// KeepQuick keeps what a line said: an activity when it happened, else a task.
// customer is whom it is about, 0 for nobody.
func (o *Ops) KeepQuick(ctx context.Context, actor policy.Actor, u Understood, customer int64, request RequestKey) (k Kept, err error) {
	title := text.New(u.About)
	if customer == 0 {
		title = text.New(u.Title())
	}
	if u.Happened {
		k.Activity = db.Activity{Customer: customer, Deed: u.Deed, At: u.At(u.Now), Minutes: u.Minutes}
		k.Activity.Subject = title
		k.Activity, err = o.AddActivity(ctx, actor, k.Activity, request)
		return k, err
	}
	k.Task = db.Task{Customer: customer, Deed: u.Deed, Due: u.Due, Priority: u.Priority, Repeat: u.Repeat}
	k.Task.Title = title
	k.Task, err = o.CreateTask(ctx, actor, k.Task, request)
	return k, err
}
