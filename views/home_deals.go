package views

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// fetchPipe asks what stands in each stage.
func (h *home) fetchPipe(actor policy.Actor) tea.Cmd {
	return ask(h.kit, &h.piped, func(ctx context.Context) (ops.Pipe, error) {
		return h.kit.Ops.PipelineSums(ctx, actor)
	}, func(p ops.Pipe, err error) tea.Cmd { h.pipe = p; return h.kit.fail(err) })
}

// dealList opens the list of deals behind a figure.
func (h *home) dealList(change func(*db.DealQuery)) func() tea.Cmd {
	return func() tea.Cmd {
		v := newDeals(h.kit, "")
		change(&v.query)
		return goTo(v)
	}
}

// pipeBlock is a bar for each open stage that has deals, and what was won this
// month.
func (h *home) pipeBlock() homeBlock {
	t := &h.kit.t.Deal
	b := homeBlock{title: t.HomePipe, least: 4, none: t.NoDeals}
	if h.kit.Actor.Role == policy.Manager {
		b.title = t.HomeTeamPipe
	}
	sums := map[int32]db.StageSum{}
	var open, won, most policy.Cents
	for _, s := range h.pipe.Sums {
		sums[s.Stage] = s
		switch stage, _ := ops.FindStage(h.pipe.Pipelines, s.Stage); stage.Meaning {
		case policy.StageOpen:
			open, most = open+s.Value, max(most, s.Value)
		case policy.StageWon:
			won += s.Value
		}
	}
	if len(sums) == 0 {
		return b
	}
	b.aside = h.kit.shortMoney(open) + " " + t.Open
	for _, p := range h.pipe.Pipelines {
		for _, s := range p.Stages {
			if sum, ok := sums[s.ID]; s.Meaning == policy.StageOpen && (ok || !s.Retired && p.ID == h.pipe.Pipelines[0].ID) {
				lead := h.dealList(func(q *db.DealQuery) { q.Stage = s.ID })
				b.items = append(b.items, h.barItem(h.kit.stageName(s), h.kit.num(int(sum.Number)), sum.Value, 0, most, lead))
			}
		}
	}
	wonLine := homeItem{open: h.dealList(func(q *db.DealQuery) { q.Closed = true }), draw: func(w int, _ bool) string {
		return pad(t.WonMonth, w-7) + padLeft(h.kit.shortMoney(won), 7)
	}}
	b.items = append(b.items, wonLine)
	return b
}

// barItem is a name, how many, a bar, and an amount; the light part of the bar
// is what is not weighted.
func (h *home) barItem(name, number string, value, whole, most policy.Cents, open func() tea.Cmd) homeItem {
	return homeItem{open: open, draw: func(w int, here bool) string {
		room := max(w-12-5-8, 2)
		dark := share(value, most, room)
		light := max(share(whole, most, room)-dark, 0)
		bar := strings.Repeat("█", dark)
		if !here {
			bar = h.kit.st.accent.of(bar)
		}
		bar += strings.Repeat("░", light)
		return pad(name, 12) + padLeft(number, 4) + " " + pad(bar, room) + padLeft(h.kit.shortMoney(value), 8)
	}}
}

// fetchTeam asks how the team does.
func (h *home) fetchTeam(actor policy.Actor) tea.Cmd {
	return ask(h.kit, &h.teaming, func(ctx context.Context) (ops.Team, error) {
		return h.kit.Ops.TeamFigures(ctx, actor)
	}, func(t ops.Team, err error) tea.Cmd { h.team = t; return h.kit.fail(err) })
}

// forecastBlock is what may be sold month by month, weighted by the chances of
// the stages.
func (h *home) forecastBlock() homeBlock {
	t := &h.kit.t.Deal
	b := homeBlock{title: t.Forecast + " · " + strings.ToLower(t.Weighted), least: 3, none: t.ForecastNone}
	if h.team.Today.IsZero() {
		b.none = ""
	}
	most := policy.Cents(1)
	for _, m := range h.team.Months {
		most = max(most, m.Full)
	}
	first := time.Date(h.team.Today.Year(), h.team.Today.Month(), 1, 0, 0, 0, 0, time.UTC)
	for _, m := range h.team.Months {
		if m.Month == nil || m.Number == 0 {
			continue
		}
		name := fmt.Sprintf("%s %d", h.kit.t.Months[m.Month.Month()-1], m.Month.Year())
		if m.Month.Before(first) {
			name = "!" + name
		}
		lead := h.dealList(func(q *db.DealQuery) { q.Expected = *m.Month })
		b.items = append(b.items, h.barItem(name, h.kit.num(int(m.Number)), m.Weighted, m.Full, most, lead))
	}
	return b
}

// lateBlock are the deals that stay too long where they are.
func (h *home) lateBlock() homeBlock {
	t := &h.kit.t.Work
	b := homeBlock{title: t.Ageing, least: 3, none: t.NoneAgeing}
	if h.team.Today.IsZero() {
		b.none = ""
	}
	if len(h.team.Late) == 0 {
		return b
	}
	all := fmt.Sprintf(t.AllAgeing, h.kit.num(int(h.team.All.Number)), h.kit.shortMoney(h.team.All.Value))
	b.items = []homeItem{plain(all, h.kit.st.due, h.dealList(func(q *db.DealQuery) { q.Ageing = true }))}
	for _, d := range h.team.Late {
		s, _ := ops.FindStage(h.pipe.Pipelines, d.Stage)
		stay, _ := h.kit.stay(d, s)
		b.items = append(b.items, homeItem{
			open: func() tea.Cmd { return open(newDeal(h.kit, d.ID)) },
			draw: func(w int, _ bool) string {
				return pad(joinNonEmpty(" · ", d.Title.String(), d.Name.String()), w-16) + padLeft(stay, 7) + " " + padLeft(h.kit.shortMoney(d.Value), 8)
			},
		})
	}
	return b
}

// doingsBlock is what each colleague did since Monday; it leads to what the log
// has of that.
func (h *home) doingsBlock() homeBlock {
	t := &h.kit.t.Work
	b := homeBlock{title: t.Week, aside: h.kit.st.faint.of(t.WeekColumns), least: 3, none: t.NobodyYet}
	if h.team.Today.IsZero() {
		b.none = ""
	}
	for _, d := range h.team.Doings {
		b.items = append(b.items, homeItem{
			open: func() tea.Cmd {
				monday := time.Date(h.team.Week.Year(), h.team.Week.Month(), h.team.Week.Day(), 0, 0, 0, 0, h.kit.Zone)
				return goTo(newLog(h.kit, db.LogQuery{Person: d.Person, Since: monday}))
			},
			draw: func(w int, _ bool) string {
				return pad(h.kit.colleague(d.Person), w-24) + padLeft(h.kit.num(int(d.Happened)), 8) + padLeft(h.kit.num(int(d.Done)), 8) + padLeft(h.kit.num(int(d.Won)), 8)
			},
		})
	}
	return b
}
