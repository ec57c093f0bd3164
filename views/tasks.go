package views

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// tasks lists what there is to do: today, this week, late, all, or done.
type tasks struct {
	kit *kit
	narrowed
	query db.TaskQuery
	all   []db.Task
	now   time.Time // on the organisation's wall, when the list was made
	known bool
	list  roster
	asks  latest
	does  latest
	width int
}

func newTasks(k *kit, span policy.TaskSpan) *tasks {
	return &tasks{kit: k, narrowed: narrowed{list: policy.TasksList}, query: db.TaskQuery{Span: span}}
}

func (v *tasks) Title() string { return v.kit.t.Task.Title }
func (v *tasks) Init() tea.Cmd { return v.load() }
func (v *tasks) Wake() tea.Cmd { return v.load() }
func (v *tasks) Leave()        { v.asks.drop() }

type tasksAnswer struct {
	all []db.Task
	now time.Time
}

// fetchTasks asks for a list and the time by which it was made.
func fetchTasks(k *kit, actor policy.Actor, l *latest, q db.TaskQuery, then func(tasksAnswer)) tea.Cmd {
	acts := k.Ops
	return ask(k, l, func(ctx context.Context) (a tasksAnswer, err error) {
		a.all, a.now, err = acts.ListTasks(ctx, actor, q)
		return a, err
	}, func(a tasksAnswer, err error) tea.Cmd {
		if err == nil {
			then(a)
		}
		return k.fail(err)
	})
}

func (v *tasks) load() tea.Cmd {
	v.kit.reminders = nil // one looks at them now
	return v.look(v.kit.Actor)
}

// Refresh looks again because a colleague changed something.
func (v *tasks) Refresh() tea.Cmd { return v.look(v.kit.Actor.Looking()) }

func (v *tasks) look(actor policy.Actor) tea.Cmd {
	acts, q := v.kit.Ops, v.query
	return ask(v.kit, &v.asks, func(ctx context.Context) (a tasksAnswer, err error) {
		a.all, a.now, err = acts.ListTasks(ctx, actor, q)
		return a, err
	}, func(a tasksAnswer, err error) tea.Cmd {
		if v.refused(err) {
			v.query.Where = v.cond
			return tea.Batch(v.kit.fail(err), v.load())
		}
		if err == nil {
			v.all, v.now, v.known = a.all, a.now, true
			v.list.put(v.rows(v.width))
		}
		return v.kit.fail(err)
	})
}

func (v *tasks) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(changedMsg); ok {
		return v.load()
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.list.press(key.String()) {
		return nil
	}
	if cmd, ok := v.kit.pressNarrow(v, key.String()); ok {
		return cmd
	}
	switch key.String() {
	case "tab", "]", "right":
		return v.turn(1)
	case "shift+tab", "[", "left":
		return v.turn(-1)
	case "a":
		return v.kit.quickly("", 0, "")
	case "E":
		if v.kit.Actor.Role == policy.Manager {
			v.query.Everyone = !v.query.Everyone
			return v.load()
		}
	case "z":
		return v.kit.takeBack()
	case "ctrl+r":
		return v.load()
	}
	if t, ok := v.list.item().(db.Task); ok {
		return v.onTask(key.String(), t)
	}
	return nil
}

func (v *tasks) onTask(key string, t db.Task) tea.Cmd {
	switch key {
	case "d":
		return v.kit.doTask(&v.does, t)
	case "enter", "e":
		return v.kit.openTask(&v.does, t)
	case "h":
		return open(newTaskPast(v.kit, t))
	case "o":
		if t.Customer != 0 {
			return open(newCustomer(v.kit, t.Customer, t.Name.String()))
		}
	}
	return nil
}

func (v *tasks) turn(by int) tea.Cmd {
	n := len(policy.TaskSpans)
	v.query.Span = policy.TaskSpans[(slices.Index(policy.TaskSpans, v.query.Span)+by+n)%n]
	v.list.at = 0
	return v.load()
}

// doTask notes that one is done, and remembers how to take that back.
func (k *kit) doTask(l *latest, t db.Task) tea.Cmd {
	if !k.may(policy.TaskDo) || t.DoneAt != nil || l.busy {
		return nil
	}
	acts, actor := k.Ops, k.Actor
	return ask(k, l, func(ctx context.Context) (next time.Time, err error) {
		_, next, err = acts.DoTask(ctx, actor, t.ID, t.Version)
		return next, err
	}, func(next time.Time, err error) tea.Cmd {
		if err != nil {
			return k.fail(err)
		}
		k.rememberDone(t)
		words := fmt.Sprintf(k.t.Task.DidIt, k.taskWords(t))
		if !next.IsZero() {
			words = fmt.Sprintf(k.t.Task.DidItNext, k.taskWords(t), k.date(next))
		}
		return tea.Batch(send(changedMsg{t.Customer}), notify(noteGood, words))
	})
}

func (k *kit) rememberDone(t db.Task) {
	acts, words := k.Ops, k.taskWords(t)
	k.undo = &undo{
		question: func(ago string) string { return fmt.Sprintf(k.t.Task.UndoAsk, words, ago) },
		at:       k.Now(), id: t.Customer,
		run: func(ctx context.Context, actor policy.Actor) (int, error) {
			return 1, acts.UndoTask(ctx, actor, t.ID, t.Version+1)
		},
		said: func(int) string { return fmt.Sprintf(k.t.Task.Undone, words) },
	}
}

// openTask opens one whole, to read or to change.
func (k *kit) openTask(l *latest, t db.Task) tea.Cmd {
	acts, actor := k.Ops, k.Actor
	return ask(k, l, func(ctx context.Context) (db.Task, error) {
		return acts.GetTask(ctx, actor, t.ID)
	}, func(whole db.Task, err error) tea.Cmd {
		if err != nil {
			return k.fail(err)
		}
		if whole.DoneAt != nil || !k.may(policy.TaskWrite) {
			return show(newConfirm(k, k.taskWords(whole), []string{whole.Text.String()}, func() tea.Cmd { return nil }))
		}
		return open(newTaskForm(k, whole))
	})
}

func (v *tasks) Keys() []binding {
	t := &v.kit.t.Task
	may := v.kit.may(policy.TaskDo)
	keys := []binding{
		on("d", t.KeyDone).unless(may, v.kit.t.OffRole), on("a", t.KeyAdd).unless(may, v.kit.t.OffRole), on("enter", t.KeyOpen),
		on("o", t.KeyCustomer), on("h", v.kit.t.Activity.KeyPast), on("[ ]", t.KeySpan),
	}
	if v.kit.Actor.Role == policy.Manager {
		keys = append(keys, on("E", t.KeyEveryone))
	}
	return append(append(keys, v.kit.narrowKeys()...), on("z", v.kit.t.KeyUndo).unless(v.kit.undo != nil, v.kit.t.OffNoUndo), on("ctrl+r", v.kit.t.People.Reload))
}

// Escape ends the filter.
func (v *tasks) Escape() (tea.Cmd, bool) { return v.widen(v) }

func (v *tasks) present() (string, []string) { return v.cond, nil }

func (v *tasks) showAs(filter string, _ []string) tea.Cmd {
	v.cond, v.query.Where, v.list.at = filter, filter, 0
	return v.load()
}
