package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// jobsView is what the clock does by itself, and how that went.
type jobsView struct {
	kit   *kit
	all   []ops.JobStatus
	known bool
	list  roster
	width int
	asks  latest
	does  latest
}

func newJobs(k *kit) *jobsView { return &jobsView{kit: k} }

// jobEntries are what the palette offers.
func jobEntries(k *kit) []entry {
	return []entry{{name: "jobs", title: k.t.Jobs.Jobs, act: policy.JobList, run: func(string) tea.Cmd { return goTo(newJobs(k)) }}}
}

func (j *jobsView) Title() string { return j.kit.t.Jobs.Jobs }
func (j *jobsView) Init() tea.Cmd { return j.load() }
func (j *jobsView) Wake() tea.Cmd { return j.load() }
func (j *jobsView) Leave()        { j.asks.drop() } // what was begun by hand goes on

func (j *jobsView) load() tea.Cmd {
	acts, actor := j.kit.Ops, j.kit.Actor
	return ask(j.kit, &j.asks, func(ctx context.Context) ([]ops.JobStatus, error) {
		return acts.ListJobs(ctx, actor)
	}, func(all []ops.JobStatus, err error) tea.Cmd {
		if err != nil {
			return j.kit.fail(err)
		}
		j.all, j.known = all, true
		j.list.put(j.rows(j.width))
		return nil
	})
}

func (j *jobsView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || j.list.press(key.String()) {
		return nil
	}
	if key.String() == "ctrl+r" {
		return j.load()
	}
	s, ok := j.list.item().(ops.JobStatus)
	if !ok {
		return nil
	}
	switch key.String() {
	case "enter":
		return open(newJob(j.kit, s))
	case "r":
		return runJob(j.kit, &j.does, s, j.load)
	case "D":
		return tryJob(j.kit, &j.does, s)
	}
	return nil
}

func (j *jobsView) Keys() []binding {
	t := &j.kit.t.Jobs
	_, ok := j.list.item().(ops.JobStatus)
	return []binding{
		on("enter", t.KeyHistory).unless(ok, j.kit.t.Loading),
		on("r", t.KeyRun).unless(j.kit.may(policy.JobRun), t.OnlyAdmin),
		on("D", t.KeyDry).unless(j.kit.may(policy.JobRun), t.OnlyAdmin),
		on("ctrl+r", j.kit.t.People.Reload),
	}
}

func (j *jobsView) View(w, height int) string {
	t := &j.kit.t.Jobs
	j.width = w
	j.list.put(j.rows(w))
	lines := []string{"   " + j.kit.st.faint.of(cut(j.columns(w, t.Job, t.LastRun, t.Outcome, t.Next), w-4))}
	if !j.known {
		return join(append(lines, "   "+j.kit.st.faint.of(j.kit.t.Loading)))
	}
	return join(over(lines, &j.list, j.detail(w), j.kit, w, height))
}

func (j *jobsView) columns(w int, name, last, outcome, next string) string {
	return columns([]int{24, 15, max(w-4-3-54, 8), 15}, name, last, outcome, next)
}

func (j *jobsView) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(j.all))
	for i, s := range j.all {
		words, st := j.kit.jobOutcome(s.Last)
		last := "–"
		if s.Ran() {
			last = j.kit.about(s.Last.ClaimedAt)
		}
		rows[i] = rosterRow{id: s.Name, item: s, st: st, text: j.columns(w, j.kit.jobName(s.Name), last, words, j.kit.about(s.Upcoming()))}
	}
	return rows
}

// over is a list with all about the selected line below it.
func over(head []string, list *roster, detail []string, k *kit, w, height int) []string {
	room := max(height-len(head)-len(detail), 3)
	return append(append(head, block(list.lines(k.st, w, room), w, min(room, len(list.rows)))...), detail...)
}

// detail is all about the selected job.
func (j *jobsView) detail(w int) []string {
	s, ok := j.list.item().(ops.JobStatus)
	if !ok {
		return nil
	}
	t := &j.kit.t.Jobs
	lines := []string{
		"", " " + j.kit.st.faint.of(s.Name+" · "+t.Every[s.Every]+" · "+fmt.Sprintf(t.Due, j.kit.near(s.Next))),
	}
	if s.Ran() {
		lines = append(lines, indent(j.kit.jobDetail(s.Last, w-6), w)...)
	}
	return lines
}
