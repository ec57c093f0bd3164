package views

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// offerDraft asks at the start whether to go on with what was being typed when
// the connection ended. The form itself puts the draft back.
func (a *app) offerDraft() tea.Cmd {
	_, d, ok := a.Drafts.newest(a.Actor.ID, a.Now())
	if !ok {
		return nil
	}
	form := a.formOf(d)
	if form == nil {
		return nil
	}
	details := []string{d.title, a.st.faint.of(fmt.Sprintf(a.t.DraftAge, a.ago(d.at)))}
	return show(newConfirm(a.kit, a.t.DraftOffer, details, func() tea.Cmd { return open(form) }))
}

func (k *kit) formOf(d draft) view {
	switch was := d.state.(type) {
	case customerDraft:
		return editForm(k, was.before)
	case noteDraft:
		return newNoteForm(k, was.customer)
	}
	return nil
}
