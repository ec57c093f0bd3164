package views

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// jobView is the history of one job: its runs that did something.
type jobView struct {
	kit    *kit
	status ops.JobStatus
	known  bool
	list   roster
	width  int
	asks   latest
	does   latest
}

func newJob(k *kit, s ops.JobStatus) *jobView { return &jobView{kit: k, status: s} }

func (j *jobView) Title() string { return j.kit.jobName(j.status.Name) }
func (j *jobView) Init() tea.Cmd { return j.load() }
func (j *jobView) Wake() tea.Cmd { return j.load() }
func (j *jobView) Leave()        { j.asks.drop() }

func (j *jobView) load() tea.Cmd {
	acts, actor, name := j.kit.Ops, j.kit.Actor, j.status.Name
	return ask(j.kit, &j.asks, func(ctx context.Context) (ops.JobStatus, error) {
		return acts.GetJob(ctx, actor, name)
	}, func(s ops.JobStatus, err error) tea.Cmd {
		if err != nil {
			return j.kit.fail(err)
		}
		j.status, j.known = s, true
		j.list.put(j.rows(j.width))
		return nil
	})
}

func (j *jobView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || j.list.press(key.String()) {
		return nil
	}
	switch key.String() {
	case "r":
		return runJob(j.kit, &j.does, j.status, j.load)
	case "D":
		return tryJob(j.kit, &j.does, j.status)
	case "ctrl+r":
		return j.load()
	}
	return nil
}

func (j *jobView) Keys() []binding {
	t := &j.kit.t.Jobs
	return []binding{
		on("r", t.KeyRun).unless(j.kit.may(policy.JobRun), t.OnlyAdmin),
		on("D", t.KeyDry).unless(j.kit.may(policy.JobRun), t.OnlyAdmin),
		on("ctrl+r", j.kit.t.People.Reload),
	}
}

func (j *jobView) View(w, height int) string {
	t := &j.kit.t.Jobs
	j.width = w
	j.list.put(j.rows(w))
	lines := []string{"   " + j.kit.st.faint.of(cut(j.columns(w, t.Period, t.LastRun, t.Took, t.Node, t.Outcome), w-4))}
	switch {
	case !j.known:
		return join(append(lines, "   "+j.kit.st.faint.of(j.kit.t.Loading)))
	case len(j.status.Runs) == 0:
		return join(append(lines, indent(wrap(t.NoRuns, w-6), w)...))
	}
	detail := []string{""}
	if r, ok := j.list.item().(db.JobRun); ok {
		detail = append(detail, indent(j.kit.jobDetail(r, w-6), w)...)
	}
	return join(over(lines, &j.list, detail, j.kit, w, height))
}

func (j *jobView) columns(w int, period, when, took, node, outcome string) string {
	return columns([]int{17, 15, 7, 10, max(w-4-4-49, 8)}, period, when, took, node, outcome)
}

func (j *jobView) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(j.status.Runs))
	for i, r := range j.status.Runs {
		words, st := j.kit.jobOutcome(r)
		rows[i] = rosterRow{
			id: r.Period, item: r, st: st,
			text: j.columns(w, text.Clean(r.Period), j.kit.about(r.ClaimedAt), took(r), text.Clean(r.Node), words),
		}
	}
	return rows
}

// took is how long a run lasted, short enough for a column.
func took(r db.JobRun) string {
	if r.EndedAt == nil {
		return "–"
	}
	switch d := r.EndedAt.Sub(r.ClaimedAt); {
	case d < time.Second:
		return "< 1 s"
	case d < time.Minute:
		return d.Round(time.Second).String()
	default:
		return d.Round(time.Minute).String()[:max(len(d.Round(time.Minute).String())-2, 1)]
	}
}
