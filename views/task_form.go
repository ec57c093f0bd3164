package views

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// newTaskForm changes an open task.
func newTaskForm(k *kit, task db.Task) *shortForm {
	t := &k.t.Task
	people := k.teamMates(task.Assignee)
	s := newShortForm(k, t.FormTitle, []*field{
		choiceField("kind", t.Kind, optionsOf(policy.Deeds, func(d policy.Deed) string { return t.Deeds[d] }), slices.Index(policy.Deeds, task.Deed)),
		textField("title", t.What, task.Title.String()).looked(),
		hinted(textField("due", t.Due, joinNonEmpty(" ", task.Due.Day.Format(time.DateOnly), task.Due.Clock())), t.DueHint),
		choiceField("repeat", t.Repeat, optionsOf(policy.Repeats, func(r policy.Repeat) string { return cmpOr(t.Repeats[r], t.NoRepeat) }), slices.Index(policy.Repeats, task.Repeat)),
		choiceField("priority", t.Priority, optionsOf(policy.Priorities, func(p policy.Priority) string { return t.Priorities[p] }), slices.Index(policy.Priorities, task.Priority)),
		choiceField("assignee", t.Assignee, optionsOf(people, k.colleague), slices.Index(people, task.Assignee)),
		textField("text", t.Remark, task.Text.String()).looked(),
	})
	s.about = db.Record{Kind: policy.RecordTask, ID: task.ID}
	s.above = func(w int) []string {
		return []string{" " + k.st.strong.of(cut(cmpOr(task.Name.String(), t.NoCustomer), w-2))}
	}
	s.form.onType = func(f *field) { k.checkDue(f) }
	s.form.save = func() tea.Cmd {
		changed, err := s.task(task, people)
		if err != nil {
			s.form.blame(err)
			return nil
		}
		return submitOr(s, s.kit.mergingTasks(), task, changed, ops.NewRequestKey())
	}
	return s
}

func optionsOf[T any](all []T, words func(T) string) []option {
	out := make([]option, len(all))
	for i, v := range all {
		out[i] = option{text: words(v)}
	}
	return out
}

// checkDue says below the field which day was understood.
func (k *kit) checkDue(f *field) {
	if f.name != "due" {
		return
	}
	f.good, f.warn = "", ""
	due, err := policy.ParseDue(f.value(), k.Now().In(k.Zone))
	if err != nil {
		f.warn = k.sentence(err)
		return
	}
	f.good = k.weekdayDate(due)
}

// task is the task as the form has it.
func (s *shortForm) task(t db.Task, people []int32) (db.Task, error) {
	due, err := policy.ParseDue(s.form.value("due"), s.kit.Now().In(s.kit.Zone))
	if err != nil {
		return t, err
	}
	t.Due, t.Title, t.Text = due, text.New(s.form.value("title")), text.NewBlock(s.form.value("text"))
	t.Deed, t.Repeat, t.Priority = policy.Deeds[s.form.field("kind").chosen], policy.Repeats[s.form.field("repeat").chosen], policy.Priorities[s.form.field("priority").chosen]
	t.Assignee = people[s.form.field("assignee").chosen]
	return t, nil
}

// teamMates are those to whom a task can be given: the own team, oneself, and
// whose it is.
func (k *kit) teamMates(holder int32) []int32 {
	all := []int32{holder}
	if holder != k.Actor.ID {
		all = append(all, k.Actor.ID)
	}
	first := len(all)
	for id, p := range k.people {
		if !p.Gone && p.TeamID != 0 && p.TeamID == k.Actor.Team && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	slices.SortFunc(all[first:], func(a, b int32) int { return strings.Compare(k.colleague(a), k.colleague(b)) })
	return all
}
