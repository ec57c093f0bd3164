package views

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"balie/db"
)

// taskPast is what was changed of a task, and by whom.
type taskPast struct {
	kit   *kit
	task  db.Task
	past  []db.Past
	known bool
	asks  latest
	top   int
}

func newTaskPast(k *kit, t db.Task) *taskPast { return &taskPast{kit: k, task: t} }

func (v *taskPast) Title() string { return v.kit.t.Activity.Past }
func (v *taskPast) Leave()        { v.asks.drop() }

func (v *taskPast) Init() tea.Cmd {
	acts, actor, id := v.kit.Ops, v.kit.Actor, v.task.ID
	return ask(v.kit, &v.asks, func(ctx context.Context) ([]db.Past, error) {
		return acts.TaskHistory(ctx, actor, id)
	}, func(past []db.Past, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(closeView(v), v.kit.fail(err))
		}
		v.past, v.known = past, true
		return nil
	})
}

func (v *taskPast) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "down", "j":
			v.top++
		case "up", "k":
			v.top = max(v.top-1, 0)
		}
	}
	return nil
}

func (v *taskPast) Keys() []binding {
	return []binding{on("↑↓", v.kit.t.KeyMove), on("-", v.kit.t.KeyBack)}
}

func (v *taskPast) View(w, height int) string {
	if !v.known {
		return "   " + v.kit.st.faint.of(v.kit.t.Loading)
	}
	lines := []string{"", " " + v.kit.st.strong.of(cut(v.kit.taskWords(v.task), w-2)), ""}
	if len(v.past) == 0 {
		lines = append(lines, "  "+v.kit.t.Activity.NoPast)
	}
	of := v.kit.mergingTasks()
	lines = append(lines, v.kit.pastLines(v.past, w, func(field string) string { return cmpOr(of.label(field), v.kit.activityLabel(field)) }, of.told)...)
	v.top = max(min(v.top, len(lines)-height), 0)
	return join(lines[v.top:min(len(lines), v.top+height)])
}
