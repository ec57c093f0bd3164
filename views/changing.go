package views

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// onCustomer is a screen on one customer, 0 for a new one. It closes when the
// customer is not one's to see any more.
type onCustomer interface{ CustomerID() int64 }

func (c *customer) CustomerID() int64     { return c.id }
func (f *customerForm) CustomerID() int64 { return f.before.ID }
func (n *noteForm) CustomerID() int64     { return n.customer.ID }
func (e *exposure) CustomerID() int64     { return e.customer.ID }

// closeFromMsg closes a screen and those that were opened from it.
type closeFromMsg struct{ view view }

// tookRoles goes on with the roles that are held now. As long as the role worn
// is one of them the screens stay, and what is being typed in them; what they
// show is looked at anew, for it may reach less far.
func (a *app) tookRoles(actor policy.Actor, err error) tea.Cmd {
	if err != nil {
		return a.kit.fail(err)
	}
	was := a.kit.Actor
	a.kit.Actor = actor
	a.kit.recents, a.kit.undo = nil, nil // these may be out of reach now
	if actor.Role == was.Role {
		return tea.Batch(a.lookAnew(), a.tellHeld(was.Held))
	}
	said := a.kit.say(policy.Message{Key: a.kit.t.Leaving.RoleEnded, Args: []any{a.kit.t.role(was.Role), a.kit.t.role(actor.Role)}})
	return tea.Batch(a.restart(), a.offerDraft(), notify(noteWarn, said))
}

// lookAnew wakes the screen on top. A form does not wake: what was typed stays
// until it is known whether its customer may be seen.
func (a *app) lookAnew() tea.Cmd {
	cmds := []tea.Cmd{a.kit.learnPeople(), a.wake()}
	var asked []int64
	for _, v := range a.stack {
		on, ok := v.(onCustomer)
		if !ok || on.CustomerID() == 0 || slices.Contains(asked, on.CustomerID()) {
			continue
		}
		asked = append(asked, on.CustomerID())
		cmds = append(cmds, a.stillSees(on.CustomerID(), v))
	}
	return tea.Batch(cmds...)
}

// stillSees opens the customer of a screen as one would to look at it, and
// closes the screen when that is refused.
func (a *app) stillSees(id int64, v view) tea.Cmd {
	acts, actor, ctx := a.kit.Ops, a.kit.Actor, a.kit.Ctx
	return func() tea.Msg {
		if _, err := acts.GetCustomer(ctx, actor, id); policy.KindOf(err) == policy.Absent || policy.KindOf(err) == policy.Denied {
			return closeFromMsg{v}
		}
		return nil
	}
}

func (a *app) closeFrom(v view) tea.Cmd {
	i := slices.Index(a.stack, v)
	if i < 1 {
		return nil
	}
	a.leave(a.stack[i:])
	a.stack, a.last, a.dialog = a.stack[:i], nil, nil
	return tea.Batch(a.wake(), notify(noteWarn, a.kit.t.Leaving.NotYours))
}

// tellHeld says which roles came and went beside the one worn.
func (a *app) tellHeld(was []policy.Role) tea.Cmd {
	for _, r := range a.kit.Actor.Held {
		if !slices.Contains(was, r) {
			return notify(noteGood, fmt.Sprintf(a.kit.t.Leaving.RoleCame, a.kit.t.role(r)))
		}
	}
	for _, r := range was {
		if !slices.Contains(a.kit.Actor.Held, r) {
			return notify(noteWarn, fmt.Sprintf(a.kit.t.Leaving.RoleWent, a.kit.t.role(r)))
		}
	}
	return nil
}

// customerOf is whose draft it is, 0 for a new one.
func customerOf(d draft) int64 {
	switch was := d.state.(type) {
	case customerDraft:
		return was.before.ID
	case noteDraft:
		return was.customer.ID
	}
	return 0
}

// mayGoOn reads the customer of a draft first: who kept it may have lost the
// right to see it since. then runs only if the customer can be seen.
func (a *app) mayGoOn(form string, d draft, then func() tea.Cmd) tea.Cmd {
	id, acts, actor := customerOf(d), a.kit.Ops, a.kit.Actor
	if id == 0 {
		return then()
	}
	return ask(a.kit, &a.kit.drafted, func(ctx context.Context) (db.Customer, error) {
		return acts.GetCustomer(ctx, actor, id)
	}, func(_ db.Customer, err error) tea.Cmd {
		if policy.KindOf(err) == policy.Absent {
			a.kit.Drafts.forget(actor.ID, form)
		}
		if err != nil {
			return nil
		}
		return then()
	})
}
