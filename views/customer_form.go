package views

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// customerForm adds or changes a person or company.
type customerForm struct {
	kit *kit
	form
	before  db.Customer // as it was read; the zero ID is a new one
	links   []db.Membership
	tagged  []int32
	request ops.RequestKey // of this one intention, until it is done
	left    map[string]bool
	saving  latest
	dupes   latest
}

func newCustomerForm(k *kit, kind policy.CustomerKind) *customerForm {
	c := db.Customer{Kind: kind, Status: policy.Lead, Owner: k.Actor.ID}
	c.Grounds = []policy.Ground{policy.DefaultGround(policy.ByHand, c.Status)}
	return editForm(k, c)
}

func editForm(k *kit, c db.Customer) *customerForm {
	f := &customerForm{kit: k, before: c, links: c.Companies, tagged: c.Tags, request: ops.NewRequestKey(), left: map[string]bool{}}
	f.form = form{k: k, onLeave: f.leftField, onType: f.typedField, save: f.store}
	f.fields = f.build(c)
	return f
}

// openEdit reads the customer first: a form needs all of it and its version.
func openEdit(k *kit, id int64) tea.Cmd {
	actor := k.Actor
	return ask(k, &k.lately, func(ctx context.Context) (db.Customer, error) {
		return k.Ops.GetCustomer(ctx, actor, id)
	}, func(c db.Customer, err error) tea.Cmd {
		if err != nil {
			return k.needReason(err)
		}
		return open(editForm(k, c))
	})
}

func (f *customerForm) Title() string {
	switch {
	case f.before.ID != 0:
		return fmt.Sprintf(f.kit.t.EditTitle, f.before.Name().String())
	case f.before.Kind == policy.Company:
		return f.kit.t.NewCompany
	}
	return f.kit.t.NewPerson
}

func (f *customerForm) Typing() bool { return true }
func (f *customerForm) Draft() bool  { return f.changed }

// draftKey is one per person for a new customer of a kind, and one per record.
func (f *customerForm) draftKey() string {
	return fmt.Sprintf("customer.%d.%d", f.before.Kind, f.before.ID)
}

// customerDraft is what is kept of the form. The version that it began with
// makes a change by others meanwhile show.
type customerDraft struct{ before, now db.Customer }

// Init goes on with a draft, if there is one.
func (f *customerForm) Init() tea.Cmd {
	d, ok := f.kit.Drafts.find(f.kit.Actor.ID, f.draftKey(), f.kit.Now())
	if !ok {
		return nil
	}
	if was, isMine := d.state.(customerDraft); isMine {
		f.before, f.links, f.tagged = was.before, was.now.Companies, was.now.Tags
		f.fields = f.build(was.now)
		f.changed = true
		return notify(noteGood, fmt.Sprintf(f.kit.t.DraftTaken, f.kit.ago(d.at)))
	}
	return nil
}

func (f *customerForm) keep() {
	f.kit.Drafts.keep(f.kit.Actor.ID, f.draftKey(), draft{
		title: f.Title(), at: f.kit.Now(), state: customerDraft{f.before, f.collect()},
	})
}

func (f *customerForm) Keys() []binding {
	keys := []binding{on("ctrl+s", f.kit.t.KeySave), on("tab", f.kit.t.KeyNextField)}
	if fd := f.here(); len(fd.options) > 0 || fd.press != nil {
		keys = append(keys, on(f.chooseKey(fd), f.kit.t.KeyChoose))
	}
	return append(keys, on("esc", f.kit.t.KeyCancel), on("ctrl+x", f.kit.t.KeyDiscard).unless(f.changed, f.kit.t.OffNothing))
}

func (f *customerForm) chooseKey(fd *field) string {
	if fd.press != nil {
		return "enter"
	}
	return "← →"
}

func (f *customerForm) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch name := key.String(); {
		case name == "ctrl+x":
			return f.discard()
		case (name == "backspace" || name == "delete") && f.here().name == "companies":
			f.links = nil
			f.typed(f.here())
			return nil
		}
	}
	return f.form.Update(msg)
}

// Escape leaves; what was typed stays as a draft.
func (f *customerForm) Escape() (tea.Cmd, bool) {
	if !f.changed {
		return nil, false
	}
	return tea.Batch(closeView(f), notify(noteWarn, f.kit.t.DraftLeft)), true
}

func (f *customerForm) discard() tea.Cmd {
	return show(newConfirm(f.kit, f.kit.t.DiscardAsk, nil, func() tea.Cmd {
		f.changed = false
		f.kit.Drafts.forget(f.kit.Actor.ID, f.draftKey())
		return closeView(f)
	}))
}

// store saves. The same request goes again after a lost answer.
func (f *customerForm) store() tea.Cmd {
	if f.saving.busy {
		return nil
	}
	if wrong := f.firstWrong(); wrong != nil {
		f.at = slices.Index(f.fields, wrong)
		return nil
	}
	c := f.collect()
	actor, request := f.kit.Actor, f.request
	return ask(f.kit, &f.saving, func(ctx context.Context) (db.Customer, error) {
		if c.ID == 0 {
			return f.kit.Ops.CreateCustomer(ctx, actor, c, request)
		}
		return f.kit.Ops.UpdateCustomer(ctx, actor, c, request)
	}, f.stored)
}

func (f *customerForm) stored(c db.Customer, err error) tea.Cmd {
	if stale, ok := db.AsStale(err); ok {
		f.changed = false // the draft goes on in the merge question
		return replace(f, newMerge(f.kit, f.kit.mergingCustomers(), f.before, stale))
	}
	if err != nil {
		if f.blame(err) {
			return nil
		}
		return f.kit.needReason(err)
	}
	f.changed = false
	f.kit.Drafts.forget(f.kit.Actor.ID, f.draftKey())
	f.kit.opened(c)
	if f.before.ID != 0 {
		f.kit.remember(f.before, c)
		return tea.Batch(closeView(f), notify(noteGood, fmt.Sprintf(f.kit.t.Saved, c.Name().String())))
	}
	return tea.Batch(replace(f, newCustomer(f.kit, c.ID, c.Name().String())), notify(noteGood, fmt.Sprintf(f.kit.t.Added, c.Name().String())))
}

func (f *customerForm) View(w, height int) string {
	if f.saving.busy {
		return f.form.View(w, height-1) + "\n  " + f.kit.st.faint.of(f.kit.t.FormSaving)
	}
	return f.form.View(w, height)
}
