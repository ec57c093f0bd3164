package views

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// offerDraft asks at the start whether to go on with what was being typed when
// the connection ended. The form itself puts the draft back.
func (a *app) offerDraft() tea.Cmd {
	key, d, ok := a.kit.Drafts.newest(a.kit.Actor.ID, a.kit.Now())
	if !ok {
		return nil
	}
	form := a.kit.formOf(d)
	if form == nil {
		return nil
	}
	details := []string{d.title, a.kit.st.faint.of(fmt.Sprintf(a.kit.t.DraftAge, a.kit.ago(d.at)))}
	return a.mayGoOn(key, d, func() tea.Cmd {
		return show(newConfirm(a.kit, a.kit.t.DraftOffer, details, func() tea.Cmd { return open(form) }))
	})
}

// formOf is the form of a draft; nil when the role worn can't save it.
func (k *kit) formOf(d draft) view {
	switch was := d.state.(type) {
	case customerDraft:
		if k.may(policy.CustomerUpdate) {
			return editForm(k, was.before)
		}
	case noteDraft:
		if k.may(policy.CustomerUpdate) {
			return newNoteForm(k, was.customer)
		}
	case invoiceDraft:
		if k.may(policy.InvoiceWrite) {
			return newInvoiceForm(k, was.before)
		}
	}
	return nil
}
