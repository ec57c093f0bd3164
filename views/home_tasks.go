package views

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

func (h *home) fetchTasks() tea.Cmd {
	return fetchTasks(h.kit, h.kit.Actor, &h.doing, db.TaskQuery{Span: policy.TasksWeek}, func(a tasksAnswer) { h.todo = a })
}

// homeTasks is how many tasks home shows.
const homeTasks = 5

// todayLines are the tasks of today, what is late on top, and how many follow
// this week.
func (h *home) todayLines(w int) []string {
	if !h.kit.may(policy.TaskDo) {
		return nil
	}
	t := &h.kit.t.Task
	var today []db.Task
	for _, task := range h.todo.all {
		if policy.TasksToday.Holds(task.Due, h.todo.now) {
			today = append(today, task)
		}
	}
	lines := []string{h.kit.st.accent.of(t.Today), ""}
	for _, task := range today[:min(len(today), homeTasks)] {
		late := "  "
		if task.Due.Overdue(h.todo.now) {
			late = "! "
		}
		lines = append(lines, h.kit.taskStyle(task, h.todo.now).of(cut(late+joinNonEmpty(" ", task.Due.Clock(), h.kit.taskWords(task)), w)))
	}
	if len(today) == 0 {
		lines = append(lines, h.kit.st.faint.of(t.NothingToday))
	}
	if more := len(today) - homeTasks; more > 0 {
		lines = append(lines, "  "+h.kit.st.faint.of(fmt.Sprintf(t.AndMore, h.kit.num(more))))
	}
	if week := len(h.todo.all) - len(today); week > 0 {
		lines = append(lines, "  "+h.kit.st.faint.of(t.Spans[policy.TasksWeek]+": "+h.kit.num(week)))
	}
	return append(lines, "")
}
