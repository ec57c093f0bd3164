package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// noteForm writes a note about a customer, for the team or for oneself.
type noteForm struct {
	*kit
	customer db.Customer
	text     *editor
	private  bool
	warned   bool // the author knows of the number and goes on
	request  ops.RequestKey
	saving   latest
	x, y     int
}

func newNoteForm(k *kit, c db.Customer) *noteForm {
	return &noteForm{kit: k, customer: c, text: newEditor(""), request: ops.NewRequestKey()}
}

func (n *noteForm) Title() string { return n.t.NoteTitle }
func (n *noteForm) Typing() bool  { return true }
func (n *noteForm) Draft() bool   { return !n.text.value().IsZero() }
func (n *noteForm) key() string   { return fmt.Sprintf("note.%d", n.customer.ID) }

// Init goes on with a draft of this note, if there is one.
func (n *noteForm) Init() tea.Cmd {
	d, ok := n.Drafts.find(n.Actor.ID, n.key(), n.Now())
	if !ok {
		return nil
	}
	if was, isNote := d.state.(noteDraft); isNote {
		n.text.set(was.text)
		n.private = was.private
		return notify(noteGood, fmt.Sprintf(n.t.DraftTaken, n.ago(d.at)))
	}
	return nil
}

// noteDraft is what is kept of a note.
type noteDraft struct {
	customer db.Customer
	text     string
	private  bool
}

func (n *noteForm) keep() {
	n.Drafts.keep(n.Actor.ID, n.key(), draft{
		title: n.t.NoteTitle + ": " + n.customer.Name().String(), at: n.Now(),
		state: noteDraft{n.customer, n.text.value().String(), n.private},
	})
}

func (n *noteForm) Keys() []binding {
	return []binding{on("ctrl+s", n.t.KeySave), on("tab", n.t.KeyVisibility), on("esc", n.t.KeyCancel)}
}

func (n *noteForm) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "ctrl+s":
			return n.save()
		case "tab", "shift+tab":
			n.private = !n.private
			return nil
		}
	}
	if n.text.Update(msg) {
		n.warned = false
		n.keep()
	}
	return nil
}

// Escape leaves; what was typed stays as a draft.
func (n *noteForm) Escape() (tea.Cmd, bool) {
	if !n.Draft() {
		n.Drafts.forget(n.Actor.ID, n.key())
		return nil, false
	}
	return tea.Batch(closeView(n), notify(noteWarn, n.t.DraftLeft)), true
}

func (n *noteForm) save() tea.Cmd {
	if n.saving.busy {
		return nil
	}
	body := n.text.value()
	if hits := policy.FindBSN(body.String()); len(hits) > 0 && !n.warned {
		return show(newConfirm(n.kit, n.t.BSNAsk, []string{n.st.faint.of(n.t.BSNWhy)}, func() tea.Cmd {
			n.warned = true
			return n.save()
		}))
	}
	actor, id, private, request := n.Actor, n.customer.ID, n.private, n.request
	return ask(n.kit, &n.saving, func(ctx context.Context) (db.Note, error) {
		return n.Ops.AddNote(ctx, actor, id, body, private, request)
	}, n.saved)
}

func (n *noteForm) saved(_ db.Note, err error) tea.Cmd {
	if err != nil {
		return n.fail(err)
	}
	n.text.set("")
	n.Drafts.forget(n.Actor.ID, n.key())
	return tea.Batch(closeView(n), notify(noteGood, n.t.NoteSaved))
}

func (n *noteForm) View(w, height int) string {
	who := "(•) " + n.t.ForTeam + "   ( ) " + n.t.ForMe
	if n.private {
		who = "( ) " + n.t.ForTeam + "   (•) " + n.t.ForMe
	}
	lines := []string{
		" " + n.st.strong.of(cut(n.customer.Name().String(), w-2)),
		" " + n.st.faint.of("tab ") + who, "",
	}
	room := min(w-4, formWidth)
	shown, x, y := n.text.View(room, max(height-5, 1))
	n.x, n.y = x+2, y+3
	for _, l := range shown {
		lines = append(lines, "  "+n.st.here.of(pad(l, room)))
	}
	status := n.t.NoteHint
	if n.saving.busy {
		status = n.t.FormSaving
	}
	if hits := policy.FindBSN(n.text.value().String()); len(hits) > 0 {
		return join(append(lines, "", "  "+n.st.due.of("! "+cut(n.t.BSNWarn, w-6))))
	}
	return join(append(lines, "", "  "+n.st.faint.of(cut(status, w-4))))
}

// Cursor stands in the text.
func (n *noteForm) Cursor() (x, y int, ok bool) { return n.x, n.y, true }
