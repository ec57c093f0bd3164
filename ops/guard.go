package ops

import (
	"context"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// guard looks at texts that are about to be kept. What it asks about needs a
// reason in the context (policy.Despite), which is recorded in the log with the
// kinds found, never with the text. before gives what stood there, of a change:
// it is read only when there is something to ask.
func guard(ctx context.Context, tx *db.Tx, now []policy.Said, before func() ([]policy.Said, error)) error {
	alarms := policy.Alarms(now, nil)
	if len(alarms) > 0 && before != nil {
		was, err := before()
		if err != nil {
			return err
		}
		alarms = policy.Alarms(now, was)
	}
	return overcome(ctx, tx, alarms)
}

// overcome lets alarms pass for a reason.
func overcome(ctx context.Context, tx *db.Tx, alarms []policy.Alarm) error {
	if len(alarms) == 0 {
		return nil
	}
	reason := policy.DespiteOf(ctx)
	if reason.IsZero() {
		return policy.Ask(alarms)
	}
	if err := CheckDespite(reason); err != nil {
		return err
	}
	tx.Despite((&policy.Found{Alarms: alarms}).Kinds(), reason)
	return nil
}

// CheckDespite says what is wrong with a reason for keeping what the guard asks
// about. It goes into the log, which outlives the customer's record.
func CheckDespite(reason text.Line) error {
	if reason.IsZero() || len(reason.String()) > maxField {
		return policy.Errorf(policy.Invalid, "Say in a few words why it must be kept: the reason goes into the log.").On("despite")
	}
	if len(policy.Alarms([]policy.Said{{Text: reason.String(), Name: true}}, nil)) > 0 {
		return policy.Errorf(policy.Invalid, "The reason goes into the log: say it without the number.").On("despite")
	}
	return nil
}

func said(field string, t interface{ String() string }) policy.Said {
	return policy.Said{Field: field, Text: t.String()}
}

func saidName(field string, t text.Line) policy.Said {
	return policy.Said{Field: field, Text: t.String(), Name: true}
}

func saidIn(values policy.FieldValues) (all []policy.Said) {
	for _, id := range values.IDs() {
		all = append(all, said(policy.FieldKey(id), values[id]))
	}
	return all
}

func saidOfCustomer(c db.Customer) []policy.Said {
	all := []policy.Said{
		saidName("given", c.Given), saidName("family", c.Family), saidName("street", c.Address.Street), saidName("city", c.Address.City),
		said("source", c.Source),
	}
	for _, m := range c.Companies {
		all = append(all, saidName("role", m.Role))
	}
	return append(all, saidIn(c.Values)...)
}

func saidOfActivity(a db.Activity) []policy.Said {
	return []policy.Said{said("subject", a.Subject), saidName("people", a.People), said("outcome", a.Outcome), said("text", a.Text)}
}

func saidOfTask(t db.Task) []policy.Said {
	return []policy.Said{said("title", t.Title), said("text", t.Text)}
}

func saidOfDeal(d db.Deal) []policy.Said {
	all := []policy.Said{said("title", d.Title), said("next", d.Next), said("why", d.Why), said("remark", d.Remark)}
	for _, p := range d.Parts {
		all = append(all, said("parts", p.Part))
	}
	return append(all, saidIn(d.Values)...)
}

func saidOfInvoice(i db.Invoice) []policy.Said {
	all := []policy.Said{
		saidName("debtor", i.Debtor), saidName("attention", i.Attention), saidName("street", i.Address.Street),
		said("subject", i.Subject), said("reference", i.Reference), said("remark", i.Remark),
	}
	for _, l := range i.Lines {
		all = append(all, said("lines", l.Text))
	}
	return all
}

func saidOfPast(p db.PastInvoice) []policy.Said {
	return []policy.Said{saidName("debtor", p.Debtor), said("subject", p.Subject), said("remark", p.Remark)}
}

// formerly gives what stood in something before, for guard.
func formerly[T any](get func() (T, error), texts func(T) []policy.Said) func() ([]policy.Said, error) {
	return func() ([]policy.Said, error) {
		was, err := get()
		return texts(was), err
	}
}
