package views

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy/text"
)

// recent is a customer that was opened in this session.
type recent struct {
	id      int64
	name    text.Line
	company text.Line
	at      time.Time
}

// maxRecents is how many are remembered.
const maxRecents = 10

func (k *kit) opened(c db.Customer) {
	k.recents = slices.DeleteFunc(k.recents, func(r recent) bool { return r.id == c.ID })
	r := recent{id: c.ID, name: c.Name(), at: k.Now()}
	if len(c.Companies) > 0 {
		r.company = c.Companies[0].Name
	}
	k.recents = append([]recent{r}, k.recents...)
	k.recents = k.recents[:min(len(k.recents), maxRecents)]
}

// undo is the last own change, as long as it can be taken back.
type undo struct {
	before  db.Customer
	version int // that the change made
	at      time.Time
	request ops.RequestKey
}

// undoWindow is how long a change can be taken back.
const undoWindow = 10 * time.Minute

// remember keeps what stood there before an own change.
func (k *kit) remember(before, after db.Customer) {
	if after.Version == before.Version {
		return // nothing changed
	}
	k.undo = &undo{before: before, version: after.Version, at: k.Now(), request: ops.NewRequestKey()}
}

// takeBack undoes the last own change, after a question that names it.
func (k *kit) takeBack() tea.Cmd {
	u := k.undo
	switch {
	case u == nil:
		return notify(noteWarn, k.t.OffNoUndo)
	case k.Now().Sub(u.at) > undoWindow:
		k.undo = nil
		return notify(noteWarn, k.t.UndoTooLate)
	}
	question := fmt.Sprintf(k.t.UndoWhat, u.before.Name().String(), k.ago(u.at))
	return show(newConfirm(k, question, []string{k.st.faint.of(k.t.UndoLimits)}, func() tea.Cmd { return k.undoIt(u) }))
}

func (k *kit) undoIt(u *undo) tea.Cmd {
	actor := k.Actor
	return ask(k, &k.lately, func(ctx context.Context) (db.Customer, error) {
		return k.Ops.UndoChange(ctx, actor, u.before.ID, u.version, u.before, u.request)
	}, func(c db.Customer, err error) tea.Cmd {
		if _, stale := db.AsStale(err); stale {
			k.undo = nil
			return notify(noteWarn, k.t.UndoStale)
		}
		if err != nil {
			return k.fail(err)
		}
		k.undo = nil
		return tea.Batch(send(changedMsg{c.ID}), notify(noteGood, fmt.Sprintf(k.t.Undone, c.Name().String())))
	})
}

// changedMsg tells the screen on top that a customer is another now.
type changedMsg struct{ id int64 }
