package views

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

func (k *kit) mergingCustomers() merging[db.Customer] {
	return merging[db.Customer]{
		fields: db.AllFields, title: func(c db.Customer) string { return c.Name().String() }, label: k.fieldLabel, told: k.told, save: k.Ops.UpdateCustomer,
		about: func(c db.Customer) db.Record { return db.Record{Kind: policy.RecordCustomer, ID: c.ID} },
		saved: func(before, after db.Customer) tea.Cmd {
			k.remember(before, after)
			k.Drafts.forget(k.Actor.ID, fmt.Sprintf("customer.%d.%d", after.Kind, after.ID))
			return notify(noteGood, fmt.Sprintf(k.t.Saved, after.Name().String()))
		},
	}
}

func (k *kit) mergingDeals() merging[db.Deal] {
	acts := k.Ops
	return merging[db.Deal]{
		fields: db.AllDealFields, title: func(d db.Deal) string { return d.Title.String() },
		label: func(field string) string { return cmpOr(k.t.Deal.Fields[field], k.fieldLabel(field)) },
		told:  func(field, value string) string { return k.toldDeal(nil, field, value) },
		save: func(ctx context.Context, actor policy.Actor, d db.Deal, request ops.RequestKey) (db.Deal, error) {
			c, err := acts.UpdateDeal(ctx, actor, d, request)
			return c.After, err
		},
		about: func(d db.Deal) db.Record { return db.Record{Kind: policy.RecordDeal, ID: d.ID} },
		saved: func(before, after db.Deal) tea.Cmd {
			k.changedDeal(ops.DealChange{Before: before, After: after})
			return notify(noteGood, fmt.Sprintf(k.t.Deal.Saved, after.Title.String()))
		},
	}
}

func (k *kit) mergingTasks() merging[db.Task] {
	acts, t := k.Ops, &k.t.Task
	return merging[db.Task]{
		fields: fixed(db.TaskFields), title: k.taskWords,
		label: func(field string) string {
			return map[string]string{"kind": t.Kind, "title": t.What, "due": t.Due, "repeat": t.Repeat, "priority": t.Priority, "assignee": t.Assignee, "text": t.Remark}[field]
		},
		told: k.toldTask,
		save: func(ctx context.Context, actor policy.Actor, task db.Task, _ ops.RequestKey) (db.Task, error) {
			return task, acts.UpdateTask(ctx, actor, task)
		},
		about: func(task db.Task) db.Record { return db.Record{Kind: policy.RecordTask, ID: task.ID} },
		saved: func(_, _ db.Task) tea.Cmd { return notify(noteGood, t.Saved) },
	}
}

func (k *kit) toldTask(field, value string) string {
	switch field {
	case "kind":
		return k.t.Task.Deeds[policy.Deed(value)]
	case "repeat":
		return cmpOr(k.t.Task.Repeats[policy.Repeat(value)], k.t.Task.NoRepeat)
	case "priority":
		n, _ := strconv.Atoi(value)
		return k.t.Task.Priorities[policy.Priority(n)]
	case "assignee":
		return k.told("owner", value)
	}
	return value
}

func (k *kit) mergingInvoices() merging[db.Invoice] {
	acts, t := k.Ops, &k.t.Invoice
	return merging[db.Invoice]{
		fields: fixed(db.InvoiceFields), title: func(i db.Invoice) string { return i.Debtor.String() },
		label: func(field string) string {
			return map[string]string{
				"debtor": t.Debtor, "attention": t.Attention, "address": t.Street, "vat": t.VATNumber, "mail": t.Mail, "subject": t.About,
				"reference": t.Reference, "remark": t.Remark, "lines": t.Lines,
			}[field]
		},
		told: func(_, value string) string { return value },
		save: func(ctx context.Context, actor policy.Actor, i db.Invoice, _ ops.RequestKey) (db.Invoice, error) {
			return i, acts.UpdateInvoice(ctx, actor, i)
		},
		about: func(i db.Invoice) db.Record { return db.Record{Kind: policy.RecordInvoice, ID: i.ID} },
		saved: func(_, _ db.Invoice) tea.Cmd { return notify(noteGood, t.Saved) },
	}
}

// fixed are fields that are the same whatever the states hold.
func fixed[T any](all []db.FieldOf[T]) func(...*T) []db.FieldOf[T] {
	return func(...*T) []db.FieldOf[T] { return all }
}

// submitOr is submit for a change of what somebody else may have changed
// meanwhile: then both are shown, to choose.
func submitOr[T any](s *shortForm, of merging[T], before, mine T, request ops.RequestKey) tea.Cmd {
	if s.does.busy {
		return nil
	}
	actor := s.kit.Actor
	return ask(s.kit, &s.does, func(ctx context.Context) (T, error) {
		return of.save(ctx, actor, mine, request)
	}, func(after T, err error) tea.Cmd {
		stale, both := db.AsStaleOf[T](err)
		if err != nil && !both {
			s.refused(err)
			return nil
		}
		s.form.changed = false
		s.kit.Drafts.forget(s.kit.Actor.ID, s.kept)
		if both {
			return replace(s, newMerge(s.kit, of, before, stale))
		}
		return tea.Batch(closeView(s), of.saved(before, after))
	})
}
