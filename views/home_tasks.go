package views

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

func (h *home) fetchTasks(actor policy.Actor) tea.Cmd {
	return fetchTasks(h.kit, actor, &h.doing, db.TaskQuery{Span: policy.TasksWeek}, func(a tasksAnswer) { h.todo = a })
}

// todayBlock are the tasks of today, what is late on top, and how many follow
// this week.
func (h *home) todayBlock() homeBlock {
	t := &h.kit.t.Task
	b := homeBlock{title: t.Today, least: 3, none: t.NothingToday}
	today := 0
	for _, task := range h.todo.all {
		if !policy.TasksToday.Holds(task.Due, h.todo.now) {
			continue
		}
		late := "  "
		if task.Due.Overdue(h.todo.now) {
			late = "! "
		}
		today++
		b.items = append(b.items, plain(late+joinNonEmpty(" ", task.Due.Clock(), h.kit.taskWords(task)), h.kit.taskStyle(task, h.todo.now), func() tea.Cmd { return h.kit.openTask(&h.opens, task) }))
	}
	if week := len(h.todo.all) - today; week > 0 {
		b.aside = h.kit.st.faint.of(fmt.Sprintf("%s: %s", t.Spans[policy.TasksWeek], h.kit.num(week)))
	}
	return b
}
