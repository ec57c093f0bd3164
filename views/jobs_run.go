package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// runJob runs a job by hand, after a yes.
func runJob(k *kit, does *latest, s ops.JobStatus, again func() tea.Cmd) tea.Cmd {
	t, acts, actor := &k.t.Jobs, k.Ops, k.Actor
	if !k.may(policy.JobRun) {
		return notify(noteWarn, t.OnlyAdmin)
	}
	detail := fmt.Sprintf(t.RunDetail, k.t.Jobs.Every[s.Every])
	return show(newConfirm(k, fmt.Sprintf(t.RunAsk, k.jobName(s.Name)), []string{detail}, func() tea.Cmd {
		return tea.Batch(notify(noteGood, t.Busy), perform(k, does, func(ctx context.Context) (ops.JobOutcome, error) {
			return acts.RunJob(ctx, actor, s.Name, false)
		}, func(o ops.JobOutcome) string {
			if len(o.Counts) == 0 {
				return t.RanIdle
			}
			return fmt.Sprintf(t.Ran, k.jobCounts(o.Counts))
		}, again))
	}))
}

// tryJob shows what a job would do.
func tryJob(k *kit, does *latest, s ops.JobStatus) tea.Cmd {
	acts, actor := k.Ops, k.Actor
	if !k.may(policy.JobRun) {
		return notify(noteWarn, k.t.Jobs.OnlyAdmin)
	}
	if does.busy {
		return notify(noteWarn, k.t.Loading)
	}
	return ask(k, does, func(ctx context.Context) (ops.JobOutcome, error) {
		return acts.RunJob(ctx, actor, s.Name, true)
	}, func(o ops.JobOutcome, err error) tea.Cmd {
		if err != nil {
			return k.fail(err)
		}
		return show(&rehearsal{k, s.Name, o})
	})
}

// rehearsal is what a dry run would have done. Any key closes it.
type rehearsal struct {
	kit     *kit
	name    string
	outcome ops.JobOutcome
}

func (r *rehearsal) Update(msg tea.Msg) (bool, tea.Cmd) {
	_, key := msg.(tea.KeyPressMsg)
	return key, nil
}

func (r *rehearsal) Cursor() (x, y int, ok bool) { return 0, 0, false }

func (r *rehearsal) View(w, height int) []string {
	t := &r.kit.t.Jobs
	lines := []string{r.kit.st.strong.of(fmt.Sprintf(t.DryTitle, r.kit.jobName(r.name))), ""}
	words := t.DryIdle
	if len(r.outcome.Counts) > 0 {
		words = r.kit.jobCounts(r.outcome.Counts)
	}
	lines = append(append(lines, wrap(words, w)...), "", r.kit.st.faint.of(t.DryNote))
	return lines[:min(len(lines), height)]
}
