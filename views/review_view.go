package views

import (
	"fmt"
	"strings"

	"balie/db"
	"balie/policy"
)

func (v *reviewView) View(w, height int) string {
	t := &v.t.Access
	if !v.known {
		return "   " + v.st.faint.of(v.t.Loading)
	}
	lines := []string{v.top(w)}
	below := []string{""}
	for _, l := range wrap(v.note(), w-4) {
		below = append(below, "  "+v.st.faint.of(l))
	}
	v.room = max(height-len(lines)-len(below), 1)
	rows := v.grid.View(w, v.room)
	if len(v.items) == 0 {
		rows = append(rows, "   "+v.st.faint.of(t.NothingHere))
	}
	return join(append(append(lines, block(rows, w, min(v.room, len(rows)))...), below...))
}

// top says when it is due and how far it is.
func (v *reviewView) top(w int) string {
	t, r := &v.t.Access, v.sheet.Review
	state, st := v.reviewState(r)
	part, done := t.All, 0
	if v.mine {
		part = t.OnlyMine
	}
	for _, i := range v.items {
		if i.Decision != policy.Undecided {
			done++
		}
	}
	what := v.reviewOf(r)
	if !r.Reason.IsZero() {
		what += ": " + cut(r.Reason.String(), 24)
	}
	return spread(" "+st.of(state)+" · "+what, fmt.Sprintf(t.Progress, done, len(v.items))+" · "+part, w-1)
}

func (v *reviewView) note() string {
	if !v.sheet.Review.Open() {
		return fmt.Sprintf(v.t.Access.ClosedNote, v.Host, v.id)
	}
	return v.t.Access.Suspends
}

func (v *reviewView) cells(row int) []cell {
	i := v.items[row]
	use := i.Use(v.sheet.Review.Since)
	used, usedStyle := v.t.Access.Never, style("")
	if i.Snapshot.LastUsed != nil {
		used = v.ago(*i.Snapshot.LastUsed)
	}
	viewed, viewedStyle := v.num(i.Viewed), style("")
	if use.More() {
		viewed, viewedStyle = viewed+" ▲", v.st.due
	}
	if use.Unused() {
		usedStyle = v.st.due
	}
	usual := "–"
	if i.Usual != nil {
		usual = v.num(*i.Usual)
	}
	decision, st := v.decisionOf(i, use)
	return []cell{
		{v.colleague(i.PersonID), ""},
		{v.t.role(i.Role), ""},
		{v.monthOf(i.Snapshot.Since), ""},
		{used, usedStyle},
		{viewed, viewedStyle},
		{usual, v.st.faint},
		{decision, st},
		{v.colleague(i.Reviewer), v.st.faint},
		{v.whyOf(i), ""},
	}
}

// decisionOf is what was decided, or what stands out.
func (v *reviewView) decisionOf(i db.ReviewItem, use policy.ReviewUse) (string, style) {
	t := &v.t.Access
	switch {
	case i.Decision == policy.Confirmed:
		return t.Decisions[i.Decision], v.st.good
	case i.Decision != policy.Undecided:
		return t.Decisions[i.Decision], v.st.danger
	case i.PersonID == v.Actor.ID:
		return t.SelfRow, v.st.faint
	case use.Unused():
		return t.Unused, v.st.due
	case use.More():
		return t.More, v.st.due
	}
	return t.Decisions[policy.Undecided], v.st.faint
}

func (v *reviewView) whyOf(i db.ReviewItem) string {
	t := &v.t.Access
	parts := []string{i.Reason.String()}
	if i.NewRole != "" {
		parts = append(parts, "→ "+v.t.role(i.NewRole))
	}
	if i.NewUntil != nil {
		parts = append(parts, t.TillWhen+" "+v.day(*i.NewUntil))
	}
	if i.Again != nil {
		parts = append(parts, fmt.Sprintf(t.Again, v.day(*i.Again)))
	}
	return strings.TrimPrefix(strings.Join(parts, " · "), " · ")
}
