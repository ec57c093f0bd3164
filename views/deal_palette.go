package views

import (
	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// dealEntries are what the palette offers on deals.
func dealEntries(k *kit) []entry {
	t := &k.t.Deal
	return []entry{
		{name: "deals", title: t.ToDeals, hint: t.ToDealsHint, act: policy.DealList, run: func(arg string) tea.Cmd {
			return k.withReason(func() tea.Cmd { return goTo(newBoard(k, trimSlash(arg))) })
		}},
		{name: "deal-list", title: t.Mine, hint: t.ToDealsHint, act: policy.DealList, run: func(arg string) tea.Cmd {
			return k.withReason(func() tea.Cmd { return goTo(newDeals(k, trimSlash(arg))) })
		}},
		{name: "forecast", title: t.ToForecast, act: policy.DealList, run: func(string) tea.Cmd {
			return k.withReason(func() tea.Cmd { return goTo(newForecast(k)) })
		}},
		{name: "pipeline", title: t.ToPipeline, hint: t.NewPipeline, act: policy.PipelineManage, run: func(string) tea.Cmd {
			return goTo(newPipelineForm(k, db.Pipeline{}))
		}},
	}
}

// withReason asks the privacy officer first why customers are looked at.
func (k *kit) withReason(then func() tea.Cmd) tea.Cmd {
	if k.Actor.Role == policy.Privacy && k.Actor.Reason.IsZero() {
		return k.askReason(then)
	}
	return then()
}
