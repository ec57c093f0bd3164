package server

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

type jobCommands struct {
	List jobsList `cmd:"" help:"What the clock does by itself: when last, how that went, when next."`
	Show jobsShow `cmd:"" help:"The runs of one job that did something, the latest first."`
	Run  jobsRun  `cmd:"" help:"Do a job now, for the period that fell due last."`
}

// tally is what a run did, in words for people and one object in JSON.
type tally map[string]int

func (t tally) String() string {
	parts := make([]string, 0, len(t))
	for _, what := range slices.Sorted(maps.Keys(t)) {
		parts = append(parts, fmt.Sprintf("%s %d", what, t[what]))
	}
	return strings.Join(parts, ", ")
}

func tallyOf(counts map[string]int) tally {
	if counts == nil {
		return tally{}
	}
	return counts
}

type jobsList struct{ format }

func (cmd *jobsList) Run(c *call) error {
	all, err := c.ops.ListJobs(c.ctx, c.as(policy.JobList))
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[ops.JobStatus]{
		{"job", func(s ops.JobStatus) any { return s.Name }},
		{"every", func(s ops.JobStatus) any { return string(s.Every) }},
		{"last", func(s ops.JobStatus) any { return sometime(s.Last.ClaimedAt) }},
		{"state", func(s ops.JobStatus) any { return string(s.Last.State) }},
		{"next", func(s ops.JobStatus) any { return s.Upcoming() }},
		{"tries", func(s ops.JobStatus) any { return s.Last.Tries }},
		{"outcome", func(s ops.JobStatus) any { return tallyOf(s.Last.Counts) }},
		{"error", func(s ops.JobStatus) any { return c.whyFailed(s.Last) }},
	}, all)
}

// whyFailed is the sentence kept about a failure, "" for a run that did not fail.
func (c *call) whyFailed(r db.JobRun) string {
	if r.Error == "" {
		return ""
	}
	return c.speech.say(r.Why())
}

type jobsShow struct {
	format
	Name string `arg:"" help:"The job, from jobs list."`
}

func (cmd *jobsShow) Run(c *call) error {
	s, err := c.ops.GetJob(c.ctx, c.as(policy.JobList), cmd.Name)
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[db.JobRun]{
		{"period", func(r db.JobRun) any { return r.Period }},
		{"due", func(r db.JobRun) any { return r.Due }},
		{"state", func(r db.JobRun) any { return string(r.State) }},
		{"began", func(r db.JobRun) any { return r.ClaimedAt }},
		{"ended", func(r db.JobRun) any { return r.EndedAt }},
		{"retry", func(r db.JobRun) any { return r.RetryAt }},
		{"node", func(r db.JobRun) any { return r.Node }},
		{"tries", func(r db.JobRun) any { return r.Tries }},
		{"outcome", func(r db.JobRun) any { return tallyOf(r.Counts) }},
		{"error", func(r db.JobRun) any { return c.whyFailed(r) }},
	}, s.Runs)
}

type jobsRun struct {
	format
	Name   string `arg:"" help:"The job, from jobs list."`
	DryRun bool   `help:"Show what would happen, and change nothing."`
}

func (cmd *jobsRun) Run(c *call) error {
	began := time.Now()
	done, err := c.ops.RunJob(c.ctx, c.as(policy.JobRun), cmd.Name, cmd.DryRun)
	if err != nil {
		return err
	}
	return show(c, cmd.format, []column[ops.JobOutcome]{
		{"job", func(o ops.JobOutcome) any { return o.Job }},
		{"period", func(o ops.JobOutcome) any { return o.Period.Key }},
		{"dry_run", func(o ops.JobOutcome) any { return o.Dry }},
		{"outcome", func(o ops.JobOutcome) any { return tallyOf(o.Counts) }},
		{"seconds", func(ops.JobOutcome) any { return time.Since(began).Round(time.Millisecond).Seconds() }},
	}, done)
}
