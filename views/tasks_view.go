package views

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"balie/db"
	"balie/policy"
)

func (v *tasks) View(w, height int) string {
	v.width = w
	v.list.put(v.rows(w))
	lines := []string{v.tabs(w), ""}
	switch {
	case !v.known:
		lines = append(lines, "   "+v.kit.st.faint.of(v.kit.t.Loading))
	case len(v.all) == 0:
		lines = append(lines, indent(wrap(v.kit.t.Task.None, w-6), w)...)
	}
	return join(append(lines, v.list.lines(v.kit.st, w, max(height-len(lines), 0))...))
}

func (v *tasks) tabs(w int) string {
	names := make([]string, len(policy.TaskSpans))
	for i, s := range policy.TaskSpans {
		names[i] = " " + v.kit.t.Task.Spans[s] + " "
		if s == v.query.Span {
			names[i] = v.kit.st.accent.of("[" + v.kit.t.Task.Spans[s] + "]")
		}
	}
	whose := cut(v.words(), 40)
	if v.query.Everyone {
		whose = joinNonEmpty(" · ", whose, v.kit.t.Task.Team)
	}
	return spread(" "+strings.Join(names, " "), v.kit.st.faint.of(whose), w-2)
}

func (v *tasks) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(v.all))
	for i, t := range v.all {
		rows[i] = rosterRow{id: strconv.FormatInt(t.ID, 10), item: t, st: v.kit.taskStyle(t, v.now), text: v.kit.taskLine(t, v.now, w-4, v.query.Everyone)}
	}
	return rows
}

// taskLine is one task in a list: when, how urgent, what, for whom, and whose.
func (k *kit) taskLine(t db.Task, now time.Time, w int, whose bool) string {
	sign := map[policy.Priority]string{policy.PriorityHigh: "!"}[t.Priority]
	widths := []int{18, 1, 9, 0, 0}
	cells := []string{k.dueWords(t, now), sign, k.t.Task.Deeds[t.Deed], t.Title.String(), t.Name.String()}
	rest := w - 18 - 1 - 9 - 4
	if whose {
		rest -= 15
		widths, cells = append(widths, 14), append(cells, k.colleague(t.Assignee))
	}
	widths[4] = max(rest/2, 8)
	widths[3] = max(rest-widths[4], 8)
	return columns(widths, cells...)
}

// dueWords say when it is due the way people do, or when it was done.
func (k *kit) dueWords(t db.Task, now time.Time) string {
	if t.DoneAt != nil {
		return "✓ " + k.near(*t.DoneAt)
	}
	day := k.date(t.Due.Day)
	switch days := int(t.Due.Day.Sub(policy.Day(now)) / (24 * time.Hour)); days {
	case -1:
		day = k.t.Yesterday
	case 0:
		day = k.t.Today
	case 1:
		day = k.t.Task.Tomorrow
	case 2, 3, 4, 5, 6:
		day = k.t.Task.Weekdays[t.Due.Day.Weekday()]
	}
	return joinNonEmpty(" ", day, t.Due.Clock())
}

// taskStyle colours what is late; the day says it too.
func (k *kit) taskStyle(t db.Task, now time.Time) style {
	switch {
	case t.DoneAt != nil:
		return k.st.faint
	case t.Due.Overdue(now):
		return k.st.danger
	}
	return ""
}

// taskWords name a task in one line: call Jan Jansen: offer.
func (k *kit) taskWords(t db.Task) string {
	what := t.Name.String()
	if t.Deed != policy.DeedToDo {
		what = joinNonEmpty(" ", k.t.Task.Deeds[t.Deed], what)
	}
	return joinNonEmpty(": ", what, t.Title.String())
}

// understood is a quick line as it was read, in the words of the screen.
func (k *kit) understood(q policy.Quick, name string) string {
	t := &k.t.Task
	when := k.weekdayDate(q.Due)
	deed := t.Deeds[q.Deed]
	if q.Happened {
		deed = t.Happened[q.Deed]
	}
	more := ""
	if q.Minutes > 0 {
		more = fmt.Sprintf(t.Minutes, q.Minutes)
	}
	urgent := ""
	if q.Priority == policy.PriorityHigh {
		urgent = "!"
	}
	return joinNonEmpty(" · ", urgent, deed, cmpOr(q.Who, name), when, more, t.Repeats[q.Repeat], q.About)
}

// weekdayDate is a day in full with its time: fri 13 Mar 2026 10:00.
func (k *kit) weekdayDate(d policy.Due) string {
	return joinNonEmpty(" ", k.t.Task.Weekdays[d.Day.Weekday()], k.date(d.Day), d.Clock())
}
