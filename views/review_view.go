package views

import (
	"fmt"
	"strings"

	"balie/db"
	"balie/policy"
)

func (v *reviewView) View(w, height int) string {
	t := &v.kit.t.Access
	if !v.known {
		return "   " + v.kit.st.faint.of(v.kit.t.Loading)
	}
	lines := []string{v.top(w)}
	below := []string{""}
	for _, l := range wrap(v.note(), w-4) {
		below = append(below, "  "+v.kit.st.faint.of(l))
	}
	v.room = max(height-len(lines)-len(below), 1)
	rows := v.grid.View(w, v.room)
	if len(v.items) == 0 {
		rows = append(rows, "   "+v.kit.st.faint.of(t.NothingHere))
	}
	return join(append(append(lines, block(rows, w, min(v.room, len(rows)))...), below...))
}

// top says when it is due and how far it is.
func (v *reviewView) top(w int) string {
	t, r := &v.kit.t.Access, v.sheet.Review
	state, st := v.kit.reviewState(r)
	part, done := t.All, 0
	if v.mine {
		part = t.OnlyMine
	}
	for _, i := range v.items {
		if i.Decision != policy.Undecided {
			done++
		}
	}
	what := v.kit.reviewOf(r)
	if !r.Reason.IsZero() {
		what += ": " + cut(r.Reason.String(), 24)
	}
	return spread(" "+st.of(state)+" · "+what, fmt.Sprintf(t.Progress, done, len(v.items))+" · "+part, w-1)
}

func (v *reviewView) note() string {
	if !v.sheet.Review.Open() {
		return fmt.Sprintf(v.kit.t.Access.ClosedNote, v.kit.Host, v.id)
	}
	return v.kit.t.Access.Suspends
}

func (v *reviewView) cells(row int) []cell {
	i := v.items[row]
	use := i.Use(v.sheet.Review.Since)
	used, usedStyle := v.kit.t.Access.Never, style("")
	if i.Snapshot.LastUsed != nil {
		used = v.kit.ago(*i.Snapshot.LastUsed)
	}
	viewed, viewedStyle := v.kit.num(i.Viewed), style("")
	if use.More() {
		viewed, viewedStyle = viewed+" ▲", v.kit.st.due
	}
	if use.Unused() {
		usedStyle = v.kit.st.due
	}
	usual := "–"
	if i.Usual != nil {
		usual = v.kit.num(*i.Usual)
	}
	decision, st := v.decisionOf(i, use)
	return []cell{
		{v.kit.colleague(i.PersonID), ""},
		{v.kit.t.role(i.Role), ""},
		{v.kit.monthOf(i.Snapshot.Since), ""},
		{used, usedStyle},
		{viewed, viewedStyle},
		{usual, v.kit.st.faint},
		{decision, st},
		{v.kit.colleague(i.Reviewer), v.kit.st.faint},
		{v.whyOf(i), ""},
	}
}

// decisionOf is what was decided, or what stands out.
func (v *reviewView) decisionOf(i db.ReviewItem, use policy.ReviewUse) (string, style) {
	t := &v.kit.t.Access
	switch {
	case i.Decision == policy.Confirmed:
		return t.Decisions[i.Decision], v.kit.st.good
	case i.Decision != policy.Undecided:
		return t.Decisions[i.Decision], v.kit.st.danger
	case i.PersonID == v.kit.Actor.ID:
		return t.SelfRow, v.kit.st.faint
	case use.Unused():
		return t.Unused, v.kit.st.due
	case use.More():
		return t.More, v.kit.st.due
	}
	return t.Decisions[policy.Undecided], v.kit.st.faint
}

func (v *reviewView) whyOf(i db.ReviewItem) string {
	t := &v.kit.t.Access
	parts := []string{i.Reason.String()}
	if i.NewRole != "" {
		parts = append(parts, "→ "+v.kit.t.role(i.NewRole))
	}
	if i.NewUntil != nil {
		parts = append(parts, t.TillWhen+" "+v.kit.day(*i.NewUntil))
	}
	if i.Again != nil {
		parts = append(parts, fmt.Sprintf(t.Again, v.kit.day(*i.Again)))
	}
	return strings.TrimPrefix(strings.Join(parts, " · "), " · ")
}
