package views

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// undo is the last thing done, as long as it can be taken back. The database's
// clock decides whether it still can; ours only saves the question.
type undo struct {
	question func(ago string) string
	at       time.Time
	id       int64                                            // the customer; 0 for several
	run      func(context.Context, policy.Actor) (int, error) // of how many
	said     func(n int) string
}

// remember keeps what stood there before an own change.
func (k *kit) remember(before, after db.Customer) {
	if after.Version == before.Version {
		return // nothing changed
	}
	acts, request, name := k.Ops, ops.NewRequestKey(), before.Name().String()
	k.undo = &undo{
		question: func(ago string) string { return fmt.Sprintf(k.t.UndoWhat, name, ago) },
		at:       k.Now(), id: before.ID,
		run: func(ctx context.Context, actor policy.Actor) (int, error) {
			_, err := acts.UndoChange(ctx, actor, before.ID, after.Version, before, request)
			return 1, err
		},
		said: func(int) string { return fmt.Sprintf(k.t.Undone, name) },
	}
}

// takeBack undoes the last own act, after a question that names it.
func (k *kit) takeBack() tea.Cmd {
	u := k.undo
	switch {
	case u == nil:
		return notify(noteWarn, k.t.OffNoUndo)
	case k.Now().Sub(u.at) > policy.UndoTime:
		k.undo = nil
		return notify(noteWarn, k.t.UndoTooLate)
	}
	limits := []string{k.st.faint.of(k.t.UndoLimits)}
	return show(newConfirm(k, u.question(k.ago(u.at)), limits, func() tea.Cmd { return k.undoIt(u) }))
}

func (k *kit) undoIt(u *undo) tea.Cmd {
	actor := k.Actor
	return ask(k, &k.lately, func(ctx context.Context) (int, error) { return u.run(ctx, actor) }, func(n int, err error) tea.Cmd {
		if err == nil || policy.KindOf(err) == policy.Conflict {
			k.undo = nil
		}
		if _, stale := db.AsStale(err); stale {
			return notify(noteWarn, k.t.UndoStale)
		}
		if err != nil {
			return k.fail(err)
		}
		return tea.Batch(send(changedMsg{u.id}), notify(noteGood, u.said(n)))
	})
}
