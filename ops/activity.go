package ops

import (
	"context"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ListActivities are the calls, mails and meetings with a customer.
func (o *Ops) ListActivities(ctx context.Context, actor policy.Actor, customer int64) (all []db.Activity, err error) {
	err = o.act(ctx, actor, policy.ActivityView, policy.Resource{}, func(tx *db.Tx) error {
		if _, err := tx.GetCustomer(ctx, customer); err != nil {
			return err
		}
		all, err = tx.ListActivities(ctx, customer)
		return err
	})
	return all, err
}

// maxMinutes is a week.
const maxMinutes = 7 * 24 * 60

// CheckActivity says what is wrong with one, by field.
func CheckActivity(a db.Activity) error {
	if err := a.Deed.Check(); err != nil {
		return err
	}
	switch {
	case a.Customer == 0:
		return policy.Errorf(policy.Invalid, "What happened is kept with a customer: name one who can be found.").On("who")
	case a.Deed == policy.DeedToDo:
		return policy.Errorf(policy.Invalid, "What happened is a call, a mail or a meeting.").On("kind")
	case a.Minutes < 0 || a.Minutes > maxMinutes:
		return policy.Errorf(policy.Invalid, "A length is in minutes, from 0 to a week.").On("minutes")
	case len(a.Text.String()) > maxNote:
		return policy.Errorf(policy.Invalid, "The remark is too long: keep it under %d characters.", maxNote).On("text")
	}
	for field, line := range map[string]text.Line{"subject": a.Subject, "people": a.People, "outcome": a.Outcome} {
		if len(line.String()) > maxField {
			return policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxField).On(field)
		}
	}
	return nil
}

// AddActivity notes what happened; a repeated request notes it once.
func (o *Ops) AddActivity(ctx context.Context, actor policy.Actor, a db.Activity, request RequestKey) (db.Activity, error) {
	if err := CheckActivity(a); err != nil {
		return a, err
	}
	made := a
	err := o.act(ctx, actor, policy.ActivityAdd, policy.Resource{}, func(tx *db.Tx) (err error) {
		if err := happened(tx, a.At); err != nil {
			return err
		}
		if err := guard(ctx, tx, saidOfActivity(a), nil); err != nil {
			return err
		}
		made, err = tx.AddActivity(ctx, a, request)
		return err
	})
	if db.Repeated(err) {
		return made, nil
	}
	return made, err
}
