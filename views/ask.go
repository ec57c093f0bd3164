package views

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// latest numbers what a screen asks, so that the answer to an older question is
// dropped when it comes late. One latest serves one kind of question.
type latest struct {
	n    int
	busy bool
	stop context.CancelFunc
}

// drop makes the answer under way a late one, and cancels the work.
func (l *latest) drop() {
	l.n++
	l.busy = false
	if l.stop != nil {
		l.stop()
	}
}

// answerMsg brings an answer home to the update loop; use runs there.
type answerMsg struct {
	err error
	use func() tea.Cmd
}

// ask runs fn beside the update loop and then in it, unless something newer was
// asked meanwhile. fn must touch nothing that screens hold. What the guard asks
// about is done again with a reason, whatever it is.
func ask[T any](k *kit, l *latest, fn func(context.Context) (T, error), then func(T, error) tea.Cmd) tea.Cmd {
	l.drop()
	n := l.n
	ctx, stop := context.WithCancel(k.Ctx)
	l.busy, l.stop = true, stop
	return func() tea.Msg {
		defer stop()
		v, err := fn(ctx)
		return answerMsg{err, func() tea.Cmd {
			if n != l.n {
				return nil
			}
			l.busy = false
			found, asks := errors.AsType[*policy.Found](err)
			if asks {
				return askDespite(k, l, found, fn, then, func() tea.Cmd { return then(v, err) })
			}
			return then(v, err)
		}}
	}
}

// answered uses an answer, and remembers whether the database is there.
func (k *kit) answered(msg answerMsg) tea.Cmd {
	switch {
	case msg.err == nil:
		k.banner = ""
	case policy.KindOf(msg.err) == policy.Unavailable && k.Ctx.Err() == nil && !errors.Is(msg.err, context.Canceled):
		k.banner = k.sentence(msg.err)
	case policy.KindOf(msg.err) == policy.Internal:
		k.Log.Error("screen", "session", k.Actor.Session, "err", msg.err)
	}
	return msg.use()
}

// fail shows an error in one sentence below the screen.
func (k *kit) fail(err error) tea.Cmd {
	if err == nil || errors.Is(err, context.Canceled) {
		return nil
	}
	return notify(noteBad, k.sentence(err))
}
