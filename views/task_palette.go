package views

import (
	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// taskEntries are what the palette offers on tasks.
func taskEntries(k *kit) []entry {
	t := &k.t.Task
	return []entry{
		{name: "tasks", title: t.Title, hint: t.ToTasksHint, act: policy.TaskList, run: k.toTasks},
		{name: "do", title: t.QuickTitle, hint: t.QuickExample, act: policy.TaskWrite, run: func(line string) tea.Cmd { return k.quickly(line, 0, "") }},
	}
}

// toTasks goes to the list of a span, today's without one.
func (k *kit) toTasks(arg string) tea.Cmd {
	span := policy.TasksToday
	for _, s := range policy.TaskSpans {
		if arg == string(s) || arg == k.t.Task.Spans[s] {
			span = s
		}
	}
	list := func() tea.Cmd { return goTo(newTasks(k, span)) }
	if k.Actor.Role == policy.Privacy && k.Actor.Reason.IsZero() {
		return k.askReason(list)
	}
	return list()
}
