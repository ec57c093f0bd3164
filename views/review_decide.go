package views

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// confirm asks only where several are confirmed or something stands out: one
// confirmation can be taken back.
func (v *reviewView) confirm() tea.Cmd {
	items := v.targets()
	unused, more := v.flagged(items)
	do := func() tea.Cmd {
		return v.decide(items, ops.ReviewDecision{ReviewAnswer: db.ReviewAnswer{Decision: policy.Confirmed}})
	}
	if len(items) == 1 && unused+more == 0 {
		return do()
	}
	details := v.preview(items)
	if unused+more > 0 {
		details = append(details, v.kit.st.due.of(fmt.Sprintf(v.kit.t.Access.ConfirmFlagged, unused, more)))
	}
	return show(newConfirm(v.kit, fmt.Sprintf(v.kit.t.Access.ConfirmAsk, v.counted(items)), details, do))
}

func (v *reviewView) flagged(items []db.ReviewItem) (unused, more int) {
	for _, i := range items {
		use := i.Use(v.sheet.Review.Since)
		if use.Unused() {
			unused++
		}
		if use.More() {
			more++
		}
	}
	return unused, more
}

// preview names whom it is about, and how many of which role.
func (v *reviewView) preview(items []db.ReviewItem) []string {
	byRole := map[policy.Role]int{}
	for _, i := range items {
		byRole[i.Role]++
	}
	var counts, lines []string
	for _, r := range policy.Roles {
		if byRole[r] > 0 {
			counts = append(counts, fmt.Sprintf("%s %d", v.kit.t.role(r), byRole[r]))
		}
	}
	lines = append(lines, fmt.Sprintf(v.kit.t.Access.OutOf, len(items), strings.Join(counts, ", ")))
	for _, i := range items[:min(len(items), namesShown)] {
		lines = append(lines, "· "+v.kit.colleague(i.PersonID)+" — "+v.kit.t.role(i.Role))
	}
	if rest := len(items) - namesShown; rest > 0 {
		lines = append(lines, v.kit.st.faint.of(fmt.Sprintf(v.kit.t.AndMore, v.kit.num(rest))))
	}
	return lines
}

// counted is one by name and role, or several by number.
func (v *reviewView) counted(items []db.ReviewItem) string {
	if len(items) == 1 {
		return v.kit.colleague(items[0].PersonID) + " — " + v.kit.t.role(items[0].Role)
	}
	return v.kit.num(len(items))
}

func (v *reviewView) revoke() tea.Cmd {
	t, items := &v.kit.t.Access, v.targets()
	return v.kit.because(t.ReasonAsk, t.ReasonHint, func(why text.Line) tea.Cmd {
		return v.askEffect(t.RevokeAsk, items, "", ops.ReviewDecision{ReviewAnswer: db.ReviewAnswer{Decision: policy.Revoked, Reason: why}})
	})
}

// askEffect warns of what takes effect at once.
func (v *reviewView) askEffect(question string, items []db.ReviewItem, note string, d ops.ReviewDecision) tea.Cmd {
	details := append(v.preview(items), v.kit.st.due.of(v.kit.t.Access.Effect))
	if note != "" {
		details = append(details, note)
	}
	return show(newConfirm(v.kit, fmt.Sprintf(question, v.counted(items)), details, func() tea.Cmd { return v.decide(items, d) }))
}

// change asks for an earlier end or another role, and why.
func (v *reviewView) change() tea.Cmd {
	t, items := &v.kit.t.Access, v.targets()
	options := []option{{text: t.EarlierEnd}}
	var roles []policy.Role
	for _, r := range policy.Roles {
		if r != policy.Admin && r != policy.Privacy {
			options, roles = append(options, option{text: v.kit.t.role(r)}), append(roles, r)
		}
	}
	return show(newChoose(v.kit, t.ChangeHow, options, func(n int) tea.Cmd {
		if n == 0 {
			return show(newPrompt(v.kit, t.LastDayAsk, t.LastDayHint, isDay, func(day string) tea.Cmd {
				return v.changeTo(items, ops.ReviewDecision{LastDay: day}, "")
			}))
		}
		d := ops.ReviewDecision{ReviewAnswer: db.ReviewAnswer{Change: policy.ReviewChange{Role: roles[n-1]}}}
		return v.changeTo(items, d, t.PendingNote)
	}))
}

func isDay(s string) error {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return policy.Errorf(policy.Invalid, "Write the last day as 2027-01-31.")
	}
	return nil
}

func (v *reviewView) changeTo(items []db.ReviewItem, d ops.ReviewDecision, note string) tea.Cmd {
	t := &v.kit.t.Access
	return v.kit.because(t.ReasonAsk, t.ReasonHint, func(why text.Line) tea.Cmd {
		d.Decision, d.Reason = policy.Changed, why
		return v.askEffect(t.ChangeAsk, items, note, d)
	})
}

// tally is how a decision on several went.
type tally struct {
	done  int
	first error // of those on which it went wrong
}

// decide does the same on each, as it was read: what somebody else decided
// meanwhile is left alone, and said.
func (v *reviewView) decide(items []db.ReviewItem, d ops.ReviewDecision) tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	clear(v.marks)
	return perform(v.kit, &v.does, func(ctx context.Context) (t tally, err error) {
		for _, i := range items {
			d.Review, d.Grant, d.Version = i.ReviewID, i.GrantID, i.Version
			if err := acts.DecideReview(ctx, actor, d); err == nil {
				t.done++
			} else if t.first == nil {
				t.first = err
			}
		}
		if t.done == 0 {
			err = t.first
		}
		return t, err
	}, v.told, func() tea.Cmd {
		v.decided = true
		return v.load()
	})
}

func (v *reviewView) told(t tally) string {
	if t.first != nil {
		return fmt.Sprintf(v.kit.t.Access.DoneSome, t.done, v.kit.sentence(t.first))
	}
	return fmt.Sprintf(v.kit.t.Access.Done, t.done)
}

func (v *reviewView) undo1() tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	i, _ := v.here()
	return perform(v.kit, &v.does, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.UndoReview(ctx, actor, i.ReviewID, i.GrantID, i.Version)
	}, func(struct{}) string { return v.kit.t.Access.Undone }, v.load)
}

func (v *reviewView) sign() tea.Cmd {
	acts, actor, id, t := v.kit.Ops, v.kit.Actor, v.id, &v.kit.t.Access
	return show(newConfirm(v.kit, t.SignAsk, []string{t.SignDetail}, func() tea.Cmd {
		return perform(v.kit, &v.does, func(ctx context.Context) (int, error) { return acts.SignReview(ctx, actor, id) },
			func(n int) string { return fmt.Sprintf(t.SignedNote, n) }, v.load)
	}))
}

// reviewers asks which colleague, of those who may review.
func (v *reviewView) reviewers(question string, but int32, then func(policy.Staff) tea.Cmd) tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	return ask(v.kit, &v.does, func(ctx context.Context) ([]policy.Staff, error) { return acts.ListReviewers(ctx, actor) },
		func(all []policy.Staff, err error) tea.Cmd {
			if err != nil {
				return v.kit.fail(err)
			}
			all = slices.DeleteFunc(all, func(s policy.Staff) bool { return s.ID == but })
			options := make([]option, len(all))
			for n, s := range all {
				options[n] = option{text: v.kit.colleague(s.ID), hint: v.rolesOf(s)}
			}
			return show(newChoose(v.kit, question, options, func(n int) tea.Cmd { return then(all[n]) }))
		})
}

func (v *reviewView) rolesOf(s policy.Staff) string {
	words := make([]string, len(s.Roles))
	for i, r := range s.Roles {
		words[i] = v.kit.t.role(r)
	}
	return strings.Join(words, ", ")
}

func (v *reviewView) assign() tea.Cmd {
	t, acts, actor := &v.kit.t.Access, v.kit.Ops, v.kit.Actor
	i, _ := v.here()
	return v.reviewers(t.AssignTo, i.PersonID, func(to policy.Staff) tea.Cmd {
		return v.kit.because(t.ReasonAsk, t.ReasonHint, func(why text.Line) tea.Cmd {
			return perform(v.kit, &v.does, func(ctx context.Context) (struct{}, error) {
				return struct{}{}, acts.AssignReview(ctx, actor, i.ReviewID, i.GrantID, to.ID, why)
			}, func(struct{}) string { return fmt.Sprintf(t.AssignedNote, v.kit.colleague(to.ID)) }, v.load)
		})
	})
}

// away lets a colleague stand in for the actor.
func (v *reviewView) away() tea.Cmd {
	t, acts, actor := &v.kit.t.Access, v.kit.Ops, v.kit.Actor
	return v.reviewers(t.AwayTo, v.kit.Actor.ID, func(to policy.Staff) tea.Cmd {
		return v.kit.because(t.ReasonAsk, t.ReasonHint, func(why text.Line) tea.Cmd {
			return perform(v.kit, &v.does, func(ctx context.Context) (int, error) {
				return acts.SetDeputy(ctx, actor, ops.Deputising{Deputy: to.ID, Reason: why})
			}, func(n int) string { return fmt.Sprintf(t.AwayNote, v.kit.colleague(to.ID), n) }, v.load)
		})
	})
}
