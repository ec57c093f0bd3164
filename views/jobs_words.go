package views

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"balie/db"
	"balie/policy/text"
)

// jobName is a job in words; one that this program doesn't know, by its name.
func (k *kit) jobName(name string) string {
	if words := k.t.Jobs.Names[name]; words != "" {
		return words
	}
	return text.Clean(name)
}

// jobCounts is what a run did, in words: grants ended 3, invitations voided 1.
func (k *kit) jobCounts(counts map[string]int) string {
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		words := what
		if w := k.t.Jobs.Counts[what]; w != "" {
			words = w
		}
		parts = append(parts, text.Clean(words)+" "+k.num(counts[what]))
	}
	return strings.Join(parts, ", ")
}

// jobOutcome is how a run ended, or stands, with a colour that says the same.
func (k *kit) jobOutcome(r db.JobRun) (string, style) {
	t := &k.t.Jobs
	switch {
	case r.Job == "":
		return t.Never, k.st.faint
	case r.State == db.JobRunning:
		return fmt.Sprintf(t.Running, k.near(r.ClaimedAt), text.Clean(r.Node)), ""
	case r.State == db.JobFailed:
		return "! " + fmt.Sprintf(t.Failing, r.Tries), k.st.danger
	case r.State == db.JobStopped:
		return t.Stopped, k.st.due
	case len(r.Counts) == 0:
		return t.Idle, k.st.faint
	}
	return k.jobCounts(r.Counts), ""
}

// jobDetail tells all of a run in a few lines: how it went, why it failed, when
// it goes on.
func (k *kit) jobDetail(r db.JobRun, w int) []string {
	var lines []string
	add := func(st style, s string) {
		for _, l := range wrap(s, w) {
			lines = append(lines, st.of(l))
		}
	}
	if words, st := k.jobOutcome(r); words != "" {
		add(st, words)
	}
	if r.Error != "" {
		add(k.st.danger, k.say(r.Why()))
	}
	if r.RetryAt != nil {
		add(k.st.due, fmt.Sprintf(k.t.Jobs.Retry, k.near(*r.RetryAt)))
	}
	if r.State != db.JobDone && len(r.Counts) > 0 {
		add("", k.jobCounts(r.Counts))
	}
	return lines
}

// about is a moment of the next or the last months, short enough for a column:
// today 14:02, 23 nov 05:00.
func (k *kit) about(t time.Time) string {
	t = t.In(k.Zone)
	if now := k.Now().In(k.Zone); sameDay(t, now) || sameDay(t, now.AddDate(0, 0, -1)) {
		return k.near(t)
	}
	return fmt.Sprintf("%d %s %s", t.Day(), k.t.Months[t.Month()-1], t.Format("15:04"))
}
