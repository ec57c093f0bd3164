package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
)

// noteForm writes a note about a customer, for the team or for oneself.
type noteForm struct {
	kit      *kit
	customer db.Customer
	text     *editor
	private  bool
	alarm    string // what the guard says of it
	request  ops.RequestKey
	saving   latest
	x, y     int
}

func newNoteForm(k *kit, c db.Customer) *noteForm {
	return &noteForm{kit: k, customer: c, text: newEditor(""), request: ops.NewRequestKey()}
}

func (n *noteForm) Title() string { return n.kit.t.NoteTitle }
func (n *noteForm) Typing() bool  { return true }
func (n *noteForm) Draft() bool   { return !n.text.value().IsZero() }
func (n *noteForm) key() string   { return fmt.Sprintf("note.%d", n.customer.ID) }

// Init goes on with a draft of this note, if there is one.
func (n *noteForm) Init() tea.Cmd {
	d, ok := n.kit.Drafts.find(n.kit.Actor.ID, n.key(), n.kit.Now())
	if !ok {
		return nil
	}
	if was, isNote := d.state.(noteDraft); isNote {
		n.text.set(was.text)
		n.private, n.alarm = was.private, n.kit.alarm(was.text, saidFree)
		return notify(noteGood, fmt.Sprintf(n.kit.t.DraftTaken, n.kit.ago(d.at)))
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
	n.kit.Drafts.keep(n.kit.Actor.ID, n.key(), draft{
		title: n.kit.t.NoteTitle + ": " + n.customer.Name().String(), at: n.kit.Now(),
		state: noteDraft{n.customer, n.text.value().String(), n.private},
	})
}

func (n *noteForm) Keys() []binding {
	return []binding{on("ctrl+s", n.kit.t.KeySave), on("tab", n.kit.t.KeyVisibility), on("esc", n.kit.t.KeyCancel)}
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
		n.alarm = n.kit.alarm(n.text.value().String(), saidFree)
		n.keep()
	}
	return nil
}

// Escape leaves; what was typed stays as a draft.
func (n *noteForm) Escape() (tea.Cmd, bool) {
	if !n.Draft() {
		n.kit.Drafts.forget(n.kit.Actor.ID, n.key())
		return nil, false
	}
	return tea.Batch(closeView(n), notify(noteWarn, n.kit.t.DraftLeft)), true
}

func (n *noteForm) save() tea.Cmd {
	if n.saving.busy {
		return nil
	}
	body := n.text.value()
	actor, id, private, request := n.kit.Actor, n.customer.ID, n.private, n.request
	return ask(n.kit, &n.saving, func(ctx context.Context) (db.Note, error) {
		return n.kit.Ops.AddNote(ctx, actor, id, body, private, request)
	}, n.saved)
}

func (n *noteForm) saved(_ db.Note, err error) tea.Cmd {
	if err != nil {
		return n.kit.fail(err)
	}
	n.text.set("")
	n.kit.Drafts.forget(n.kit.Actor.ID, n.key())
	return tea.Batch(closeView(n), notify(noteGood, n.kit.t.NoteSaved))
}

func (n *noteForm) View(w, height int) string {
	who := "(•) " + n.kit.t.ForTeam + "   ( ) " + n.kit.t.ForMe
	if n.private {
		who = "( ) " + n.kit.t.ForTeam + "   (•) " + n.kit.t.ForMe
	}
	lines := []string{
		" " + n.kit.st.strong.of(cut(n.customer.Name().String(), w-2)),
		" " + n.kit.st.faint.of("tab ") + who, "",
	}
	room := min(w-4, formWidth)
	var alarm []string
	if n.alarm != "" {
		alarm = wrap("! "+n.alarm, w-4)
	}
	shown, x, y := n.text.View(room, max(height-4-max(len(alarm), 1), 1))
	n.x, n.y = x+2, y+3
	for _, l := range shown {
		lines = append(lines, "  "+n.kit.st.here.of(pad(l, room)))
	}
	status := n.kit.t.NoteHint
	if n.saving.busy {
		status = n.kit.t.FormSaving
	}
	if len(alarm) > 0 {
		lines = append(lines, "")
		for _, l := range alarm {
			lines = append(lines, "  "+n.kit.st.due.of(l))
		}
		return join(lines)
	}
	return join(append(lines, "", "  "+n.kit.st.faint.of(cut(status, w-4))))
}

// Cursor stands in the text.
func (n *noteForm) Cursor() (x, y int, ok bool) { return n.x, n.y, true }
