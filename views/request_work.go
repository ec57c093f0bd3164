package views

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// work does what was asked, each kind by its own screen.
func (v *request) work() tea.Cmd {
	if why := v.off(policy.StepWork); why != "" {
		return notify(noteWarn, why)
	}
	switch v.sight.Kind {
	case policy.Access, policy.Portability:
		return open(newAnswer(v.kit, v.id))
	case policy.Erasure:
		return v.erase()
	case policy.Restriction:
		return v.askRestrict()
	case policy.Objection:
		return v.askObjection()
	}
	return v.rectify()
}

// erase shows what goes and what stays, and erases as this request asks.
func (v *request) erase() tea.Cmd {
	if !v.sight.Facts.Known { // erased before; only the step is still to be taken
		return open(newWorkForm(v))
	}
	v.reasoned()
	k, acts, actor, id, version, subject := v.kit, v.kit.Ops, v.kit.Actor, v.id, v.sight.Version, v.sight.Subject
	to := fmt.Sprintf(k.t.Answer.AnswerTo, v.sight.From, v.sight.Contact)
	form := newErase(k, subject, v.sight.From, func(s *shortForm) tea.Cmd {
		return submit(s, func(ctx context.Context) (ops.RequestSight, error) {
			return acts.WorkRequest(ctx, actor, id, version, ops.RequestWork{})
		}, func(sight ops.RequestSight) tea.Cmd {
			k.forgetErased(subject)
			v.sight = sight
			return tea.Batch(closeView(s), notify(noteGood, fmt.Sprintf(k.t.Erasure.Erased, subject)))
		})
	})
	preview := form.above
	form.above = func(w int) []string {
		return append(preview(w), indentBy(wrap(k.st.due.of(to), w-4), "  ")...)
	}
	return open(form)
}

func (v *request) askRestrict() tea.Cmd {
	return show(newConfirm(v.kit, fmt.Sprintf(v.kit.t.Erasure.RestrictAsk, v.sight.From), []string{v.kit.t.Erasure.RestrictDetail}, func() tea.Cmd {
		return v.carryOut(ops.RequestWork{})
	}))
}

func (v *request) carryOut(w ops.RequestWork) tea.Cmd {
	acts, actor, id, version := v.kit.Ops, v.kit.Actor, v.id, v.sight.Version
	return v.step(func(ctx context.Context) (ops.RequestSight, error) {
		return acts.WorkRequest(ctx, actor, id, version, w)
	})
}

// askObjection asks against what the objection is: marketing of any kind first,
// of which no more is asked.
func (v *request) askObjection() tea.Cmd {
	purposes := slices.DeleteFunc(slices.Clone(v.kit.purposes), func(p policy.PurposeRules) bool {
		return p.Retired || !p.Marketing && !slices.Contains(p.Bases, policy.Interest)
	})
	slices.SortStableFunc(purposes, func(a, b policy.PurposeRules) int { return rankMarketing(a) - rankMarketing(b) })
	options := make([]option, len(purposes))
	for i, p := range purposes {
		options[i] = option{text: p.Title.In(v.kit.Lang)}
	}
	return show(newChooseMany(v.kit, v.kit.t.Answer.Against, options, func(at []int) tea.Cmd {
		var w ops.RequestWork
		for _, i := range at {
			w.Purposes = append(w.Purposes, purposes[i].Name)
		}
		if len(at) == 0 {
			return open(newWorkForm(v))
		}
		return v.carryOut(w)
	}))
}

func rankMarketing(p policy.PurposeRules) int {
	if p.Marketing {
		return 0
	}
	return 1
}

// rectify leads to the record, or notes what was put right.
func (v *request) rectify() tea.Cmd {
	t := &v.kit.t.Answer
	return show(newChoose(v.kit, t.Rectify, []option{{text: t.RectifyOpen}, {text: t.RectifyNote}}, func(i int) tea.Cmd {
		if i == 0 {
			return v.customer()
		}
		return open(newWorkForm(v))
	}))
}
