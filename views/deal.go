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

// deal is one deal whole, with what happened to it.
type deal struct {
	kit   *kit
	id    int64
	sight ops.DealSight
	known bool
	asks  latest
	does  latest
	top   int
}

func newDeal(k *kit, id int64) *deal { return &deal{kit: k, id: id} }

func (v *deal) Title() string {
	if v.known {
		return v.sight.Title.String()
	}
	return v.kit.t.Deal.Deal
}

func (v *deal) Init() tea.Cmd { return v.load() }
func (v *deal) Wake() tea.Cmd { return v.load() }
func (v *deal) Leave()        { v.asks.drop() }

func (v *deal) load() tea.Cmd { return v.look(v.kit.Actor) }

// Refresh looks again because a colleague changed something.
func (v *deal) Refresh() tea.Cmd { return v.look(v.kit.Actor.Looking()) }

func (v *deal) look(actor policy.Actor) tea.Cmd {
	acts, id := v.kit.Ops, v.id
	return ask(v.kit, &v.asks, func(ctx context.Context) (ops.DealSight, error) {
		return acts.ViewDeal(ctx, actor, id)
	}, func(s ops.DealSight, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(closeView(v), v.kit.fail(err))
		}
		v.sight, v.known, v.kit.defs = s, true, s.Fields
		return nil
	})
}

func (v *deal) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(changedMsg); ok {
		return v.load()
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || !v.known {
		return nil
	}
	switch key.String() {
	case "e":
		if v.kit.may(policy.DealUpdate) {
			return open(newDealForm(v.kit, v.sight.Deal, v.sight.Parts))
		}
	case "m":
		return v.chooseStage()
	case "c":
		return open(newCustomer(v.kit, v.sight.Customer, v.sight.Name.String()))
	case "z":
		return v.kit.takeBack()
	case "down", "j":
		v.top++
	case "up", "k":
		v.top = max(v.top-1, 0)
	case "ctrl+r":
		return v.load()
	}
	return nil
}

// chooseStage moves the deal to any stage in use, of any pipeline.
func (v *deal) chooseStage() tea.Cmd {
	if !v.kit.may(policy.DealMove) {
		return notify(noteWarn, v.kit.t.OffRole)
	}
	var stages []db.Stage
	var options []option
	for _, p := range v.sight.Pipelines {
		for _, s := range p.Stages {
			if s.Retired || s.ID == v.sight.Stage {
				continue
			}
			hint := ""
			if len(v.sight.Pipelines) > 1 {
				hint = v.kit.pipelineName(p)
			}
			stages, options = append(stages, s), append(options, option{text: v.kit.stageName(s), hint: hint})
		}
	}
	return show(newChoose(v.kit, v.kit.t.Deal.MoveTo, options, func(i int) tea.Cmd {
		return v.kit.moveDeal(&v.does, v.sight.Deal, stages[i], func(ops.DealChange, error) tea.Cmd { return v.load() })
	}))
}

func (v *deal) Keys() []binding {
	t := &v.kit.t.Deal
	return []binding{
		on("e", v.kit.t.KeyEdit).unless(v.kit.may(policy.DealUpdate), v.kit.t.OffRole), on("m", t.KeyMoveTo).unless(v.kit.may(policy.DealMove), v.kit.t.OffRole),
		on("c", t.Customer), on("z", v.kit.t.KeyUndo).unless(v.kit.undo != nil, v.kit.t.OffNoUndo), on("↑↓", v.kit.t.KeyMove), on("ctrl+r", v.kit.t.People.Reload), on("-", v.kit.t.KeyBack),
	}
}

func (v *deal) View(w, height int) string {
	if !v.known {
		return "   " + v.kit.st.faint.of(v.kit.t.Loading)
	}
	lines := append(v.factLines(w), v.pastLines(w)...)
	v.top = max(min(v.top, len(lines)-height), 0)
	return join(lines[v.top:min(len(lines), v.top+height)])
}

func (v *deal) factLines(w int) []string {
	t, s := &v.kit.t.Deal, v.sight
	stage, _ := ops.FindStage(s.Pipelines, s.Stage)
	stay, ageing := v.kit.stay(s.Deal, stage)
	where := v.kit.stageName(stage) + " · " + stay
	if stage.Meaning == policy.StageOpen {
		where += " · " + fmt.Sprintf(t.MayWin, stage.Probability) + " = " + v.kit.money(stage.Weighted(s.Value))
	}
	if ageing {
		where += "  " + v.kit.st.due.of("! "+t.Ageing)
	}
	name := s.Name.String() + " · " + v.kit.t.status(s.Status)
	if s.Restricted {
		name += "  " + v.kit.st.due.of("! "+v.kit.t.Restricted)
	}
	lines := []string{"", " " + spread(v.kit.st.strong.of(cut(s.Title.String(), w-24)), v.kit.st.strong.of(v.kit.money(s.Value)), w-2), " " + cut(name, w-2), ""}
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, v.kit.label(name, value, w)...)
		}
	}
	add(t.Stage, where)
	add(t.Expected, v.kit.date(s.Expected))
	add(t.Next, s.Next.String())
	add(t.Owner, v.kit.colleague(s.Owner))
	for i, p := range s.Parts {
		head := ""
		if i == 0 {
			head = t.Parts
		}
		add(head, joinNonEmpty(" · ", p.Name.String(), p.Part.String()))
	}
	add(t.Why, s.Why.String())
	for _, f := range v.kit.filledFields(s.Fields, s.Values) {
		add(f.Label(v.kit.Lang), v.kit.fieldValue(f, s.Values[f.ID]))
	}
	for i, l := range wrapBlock(s.Remark.String(), max(w-26, 10)) {
		head := ""
		if i == 0 {
			head = t.Remark
		}
		add(head, l)
	}
	return lines
}

// pastLines are the changes, the latest first.
func (v *deal) pastLines(w int) []string {
	if len(v.sight.History) == 0 {
		return nil
	}
	lines := []string{"", "  " + v.kit.st.accent.of(v.kit.t.Deal.History)}
	label := func(field string) string { return cmpOr(v.kit.t.Deal.Fields[field], v.kit.fieldLabel(field)) }
	lines = append(lines, v.kit.pastLines(v.sight.History, w, label, func(field, value string) string { return v.kit.toldDeal(v.sight.Pipelines, field, value) })...)
	return lines
}

// dealLines are the deals of a customer, for its tab.
func (c *customer) dealLines(w int) []string {
	if len(c.sight.Deals) == 0 {
		return []string{"  " + c.kit.t.Deal.NoTab}
	}
	lines := make([]string, len(c.sight.Deals))
	for i, d := range c.sight.Deals {
		s, _ := ops.FindStage(c.sight.Pipes, d.Stage)
		stay, ageing := c.kit.stay(d, s)
		if ageing {
			stay = "! " + stay
		}
		line := strings.TrimRight(columns([]int{max(w-60, 20), 14, 16, 8, 12}, d.Title.String(), padLeft(c.kit.money(d.Value), 14), c.kit.stageName(s), padLeft(stay, 8), c.kit.date(d.Expected)), " ")
		lines[i] = "   " + cut(line, w-4)
		if i == c.at {
			lines[i] = c.kit.st.sel.of(pad(" ▸ "+line, w-1))
		}
	}
	return lines
}
