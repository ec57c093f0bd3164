package views

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// fetchPipe asks what stands in each stage.
func (h *home) fetchPipe() tea.Cmd {
	actor := h.kit.Actor
	return ask(h.kit, &h.piped, func(ctx context.Context) (ops.Pipe, error) {
		return h.kit.Ops.PipelineSums(ctx, actor)
	}, func(p ops.Pipe, err error) tea.Cmd { h.pipe = p; return h.kit.fail(err) })
}

// pipeLines are a bar for each open stage of the first pipeline that has deals,
// and what was won this month.
func (h *home) pipeLines(w int) []string {
	t := &h.kit.t.Deal
	if h.kit.Actor.Role == policy.Privacy {
		return nil
	}
	title := t.HomePipe
	if h.kit.Actor.Role == policy.Manager {
		title = t.HomeTeamPipe
	}
	sums := map[int32]db.StageSum{}
	for _, s := range h.pipe.Sums {
		sums[s.Stage] = s
	}
	var open, won, most policy.Cents
	for _, s := range h.pipe.Sums {
		stage, _ := ops.FindStage(h.pipe.Pipelines, s.Stage)
		switch stage.Meaning {
		case policy.StageOpen:
			open, most = open+s.Value, max(most, s.Value)
		case policy.StageWon:
			won += s.Value
		}
	}
	lines := []string{spread(h.kit.st.accent.of(title), h.kit.shortMoney(open)+" "+t.Open, w), ""}
	if len(sums) == 0 {
		return append(lines, append(wrap(t.NoDeals, w), "")...)
	}
	for _, p := range h.pipe.Pipelines {
		for _, s := range p.Stages {
			if sum, ok := sums[s.ID]; s.Meaning == policy.StageOpen && (ok || !s.Retired && p.ID == h.pipe.Pipelines[0].ID) {
				lines = append(lines, h.pipeLine(h.kit.stageName(s), sum.Value, most, w))
			}
		}
	}
	return append(lines, pad(t.WonMonth, w-7)+padLeft(h.kit.shortMoney(won), 7), "")
}

func (h *home) pipeLine(name string, value, most policy.Cents, w int) string {
	room := max(w-12-7, 2)
	return fmt.Sprintf("%s%s%s", pad(name, 12), h.kit.st.accent.of(pad(strings.Repeat("█", share(value, most, room)), room)), padLeft(h.kit.shortMoney(value), 7))
}
