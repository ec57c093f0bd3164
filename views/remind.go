package views

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
)

// remind asks each minute what came due since it was asked last. By the
// database's clock: the moment comes back with the answer.
func (a *app) remind() tea.Cmd {
	acts, actor, since := a.kit.Ops, a.kit.Actor, a.kit.remindedAt
	return ask(a.kit, &a.kit.minutely, func(ctx context.Context) (tasksAnswer, error) {
		all, now, err := acts.Reminders(ctx, actor, since)
		return tasksAnswer{all, now}, err
	}, a.cameDue)
}

// cameDue keeps what came due in the line above the keys until one looks at the
// tasks: a note would be gone with the next key.
func (a *app) cameDue(answer tasksAnswer, err error) tea.Cmd {
	if err != nil {
		return nil // asked again in a minute, from the same moment on
	}
	a.kit.remindedAt = answer.now
	if a.kit.reminders = append(a.kit.reminders, answer.all...); len(answer.all) > 0 && a.note.kind == noteGood {
		a.note = noteMsg{} // what went well stands there until the next key
	}
	return nil
}

// reminder is the line that tells what came due.
func (k *kit) reminder() string {
	t := k.reminders[len(k.reminders)-1]
	words := t.Due.Clock() + " " + k.taskWords(t)
	if more := len(k.reminders) - 1; more > 0 {
		words += " " + fmt.Sprintf(k.t.Task.AndMore, k.num(more))
	}
	return words + " — :tasks"
}

// reminding is what a session knows of the tasks that came due in it.
type reminding struct {
	reminders  []db.Task // not looked at yet, the last one last
	remindedAt time.Time
	minutely   latest
}
