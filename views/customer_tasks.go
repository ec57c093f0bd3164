package views

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// deeds are what was done with the customer: calls, mails, meetings, tasks.
func (c *customer) deeds() (all []happening) {
	for _, a := range c.sight.Activities {
		all = append(all, happening{at: a.At, what: c.kit.t.Task.Happened[a.Deed], text: c.activityText(a), who: c.kit.colleague(a.Author)})
	}
	for _, t := range c.sight.Done {
		what := c.kit.t.Task.DoneWord
		if t.Deed != policy.DeedToDo {
			what = c.kit.t.Task.Happened[t.Deed]
		}
		all = append(all, happening{at: *t.DoneAt, what: what, text: t.Title.String(), who: c.kit.colleague(t.DoneBy)})
	}
	return all
}

// activityText is all that is kept of one, in as many lines as it has parts.
func (c *customer) activityText(a db.Activity) string {
	t := &c.kit.t.Task
	length, with, outcome := "", "", ""
	if a.Minutes > 0 {
		length = fmt.Sprintf(t.Minutes, a.Minutes)
	}
	if !a.People.IsZero() {
		with = t.With + " " + a.People.String()
	}
	if !a.Outcome.IsZero() {
		outcome = t.Outcome + " " + a.Outcome.String()
	}
	return joinNonEmpty("\n", joinNonEmpty(" · ", c.kit.t.Activity.Ways[a.Way], a.Subject.String(), with, length), outcome, someLines(a.Text.String()))
}

// someLines are the first of a long text, as of a mail; o shows it whole.
func someLines(s string) string {
	lines := strings.SplitN(s, "\n", maxLines+1)
	if len(lines) <= maxLines {
		return s
	}
	return strings.Join(lines[:maxLines], "\n") + " …"
}

const maxLines = 4

// tasksTab is the tab's name with how many tasks are open.
func (c *customer) tasksTab() string {
	if n := len(c.sight.Tasks); n > 0 {
		return c.kit.t.Task.Tab + " " + c.kit.num(n)
	}
	return c.kit.t.Task.Tab
}

// taskHere is the open task under the cursor.
func (c *customer) taskHere() (t db.Task, ok bool) {
	if c.tab != tasksTab || c.at >= len(c.sight.Tasks) {
		return t, false
	}
	return c.sight.Tasks[c.at], true
}

// doHere does the task under the cursor.
func (c *customer) doHere() tea.Cmd {
	if t, ok := c.taskHere(); ok {
		return c.kit.doTask(&c.does, t)
	}
	return nil
}

// selectable is how many lines of the tab the cursor goes along; 0: it scrolls.
func (c *customer) selectable() int { return len(c.selectableIDs()) }

func (c *customer) selectableIDs() (ids []int64) {
	switch c.tab {
	case contactsTab:
		for _, l := range c.linked() {
			ids = append(ids, l.id)
		}
	case tasksTab:
		for _, t := range c.sight.Tasks {
			ids = append(ids, t.ID)
		}
	case dealsTab:
		for _, d := range c.sight.Deals {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

func (c *customer) taskLines(w int) []string {
	if len(c.sight.Tasks) == 0 {
		return []string{"  " + c.kit.t.Task.NoneHere}
	}
	now := c.kit.Now().In(c.kit.Zone)
	lines := make([]string, len(c.sight.Tasks))
	for i, t := range c.sight.Tasks {
		t.Name = text.Line{} // it stands above
		line := strings.TrimRight(c.kit.taskLine(t, now, w-5, true), " ")
		lines[i] = "   " + c.kit.taskStyle(t, now).of(line)
		if i == c.at {
			lines[i] = c.kit.st.sel.of(pad(" ▸ "+line, w-1))
		}
	}
	return lines
}
