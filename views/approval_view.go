package views

import (
	"fmt"

	"balie/db"
	"balie/policy"
)

// View is the list, and below it all about the selected request.
func (a *approvals) View(w, height int) string {
	t := &a.kit.t.Approvals
	a.width = w
	a.list.put(a.rows(w))
	lines := []string{"   " + a.kit.st.faint.of(cut(columns(approvalColumns(w), t.State, t.Who, t.Customers, t.Asked, t.Reason), w-4))}
	if !a.known {
		return join(append(lines, "   "+a.kit.st.faint.of(a.kit.t.Loading)))
	}
	if len(a.all) == 0 {
		for _, l := range wrap(fmt.Sprintf(t.None, a.kit.Host), min(w-6, formWidth)) {
			lines = append(lines, "   "+a.kit.st.faint.of(l))
		}
		return join(lines)
	}
	below := a.about(w)
	rows := max(height-len(lines)-len(below), 1)
	lines = append(lines, block(a.list.lines(a.kit.st, w, rows), w, rows)...)
	return join(append(lines, below...))
}

// approvalColumns are: state, who, customers, asked, reason.
func approvalColumns(w int) []int {
	if w < 120 {
		return []int{9, 16, 9, 16, max(w-4-4-50, 8)}
	}
	return []int{14, 32, 12, 20, w - 4 - 4 - 78}
}

func (a *approvals) rows(w int) []rosterRow {
	cols := approvalColumns(w)
	rows := make([]rosterRow, len(a.all))
	for i, r := range a.all {
		rows[i] = rosterRow{
			id: fmt.Sprint(r.ID), item: r, st: a.stateStyle(r),
			text: columns(cols, a.stateOf(r), a.kit.colleague(r.Person), padLeft(a.kit.num(r.Size), min(cols[2], 9)), a.kit.near(r.AskedAt), r.Reason.String()),
		}
	}
	return rows
}

func (a *approvals) stateOf(r db.Approval) string {
	if r.Alone {
		return a.kit.t.Approvals.Alone
	}
	return a.kit.t.Approvals.States[r.State]
}

func (a *approvals) stateStyle(r db.Approval) style {
	switch {
	case r.Alone:
		return a.kit.st.due
	case r.State == policy.ApprovalWaiting, r.State == policy.ApprovalAgreed:
		return ""
	}
	return a.kit.st.faint
}

// about is all of the selected request, in a few lines.
func (a *approvals) about(w int) []string {
	t := &a.kit.t.Approvals
	r, ok := a.here()
	if !ok {
		return nil
	}
	what := t.Part
	if r.Whole {
		what = t.Whole
	}
	if r.Raw {
		what += ", " + t.Raw
	}
	lines := []string{""}
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, a.kit.label(name, value, w)...)
		}
	}
	add(t.What, fmt.Sprintf(t.UpTo, a.kit.num(r.Size), what, a.kit.t.role(r.Role)))
	add(t.Reason, r.Reason.String())
	add(t.Answer, a.answerOf(r))
	if r.UsedAt != nil {
		add(t.Used, a.kit.near(*r.UsedAt))
	}
	return lines
}

func (a *approvals) answerOf(r db.Approval) string {
	t := &a.kit.t.Approvals
	switch {
	case r.Alone:
		return t.AloneLong
	case r.AnsweredAt == nil:
		return t.NotYet
	}
	said := t.SaidNo
	if r.Agreed {
		said = t.SaidYes
	}
	return joinNonEmpty(" · ", fmt.Sprintf(said, a.kit.colleague(r.AnsweredBy), a.kit.near(*r.AnsweredAt)), r.Answer.String())
}
