package views

import (
	"context"
	"fmt"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// retentionPlan is the dry run: whom each rule takes today, and who is held.
type retentionPlan struct {
	kit   *kit
	plans []ops.RulePlan
	known bool
	list  roster
	width int
	asks  latest
}

func newRetentionPlan(k *kit) *retentionPlan { return &retentionPlan{kit: k} }

func (p *retentionPlan) Title() string { return p.kit.t.Retention.PlanTitle }
func (p *retentionPlan) Init() tea.Cmd { return p.load() }
func (p *retentionPlan) Leave()        { p.asks.drop() }

func (p *retentionPlan) load() tea.Cmd {
	acts, actor := p.kit.Ops, p.kit.Actor
	return ask(p.kit, &p.asks, func(ctx context.Context) ([]ops.RulePlan, error) {
		return acts.PlanRetention(ctx, actor, time.Time{}, 0)
	}, func(plans []ops.RulePlan, err error) tea.Cmd {
		if err != nil {
			return p.kit.needReason(err)
		}
		p.plans, p.known = plans, true
		p.list.put(p.rows(p.width))
		return nil
	})
}

func (p *retentionPlan) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || p.list.press(key.String()) {
		return nil
	}
	if row, on := p.list.item().(ops.PlanRow); on && key.String() == "enter" {
		return open(newCustomer(p.kit, row.ID, row.Name().String()))
	}
	if key.String() == "ctrl+r" {
		return p.load()
	}
	return nil
}

func (p *retentionPlan) Keys() []binding {
	_, on_ := p.list.item().(ops.PlanRow)
	return []binding{on("enter", p.kit.t.KeyOpenLinked).unless(on_, p.kit.t.OffNothing), on("ctrl+r", p.kit.t.People.Reload)}
}

func (p *retentionPlan) View(w, height int) string {
	p.width = w
	if !p.known {
		return "\n   " + p.kit.st.faint.of(p.kit.t.Loading)
	}
	p.list.put(p.rows(w))
	return join(block(p.list.lines(p.kit.st, w, height), w, height))
}

func (p *retentionPlan) rows(w int) (rows []rosterRow) {
	t := &p.kit.t.Retention
	for _, plan := range p.plans {
		due := t.PlanNone
		if plan.Due > 0 {
			due = p.kit.num(plan.Due)
		}
		head := fmt.Sprintf(t.PlanRule, upperFirst(t.rule(plan.Key)), due)
		if plan.Away > 0 {
			head += " · " + fmt.Sprintf(t.PlanAway, p.kit.num(plan.Away), p.kit.num(plan.Gone))
		}
		if held := p.kit.heldWords(plan.Held); held != "" {
			head += " · " + fmt.Sprintf(t.PlanHeld, held)
		}
		rows = append(rows, rosterRow{text: head, st: p.kit.st.strong})
		for _, row := range plan.Sample {
			because := fmt.Sprintf(t.Because, t.Starts[row.Start], p.kit.day(row.Since))
			rows = append(rows, rosterRow{
				id: strconv.FormatInt(row.ID, 10), item: row,
				text: columns([]int{20, 22, max(w-48, 20)}, row.Name().String(), p.kit.endsOn(row.On).text, because),
			})
		}
		if more := plan.Due - len(plan.Sample); more > 0 && len(plan.Sample) > 0 {
			rows = append(rows, rosterRow{text: fmt.Sprintf(t.PlanMore, p.kit.num(more)), st: p.kit.st.faint})
		}
		rows = append(rows, rosterRow{})
	}
	return rows
}

// holdsView lists who is kept beyond the term.
type holdsView struct {
	kit   *kit
	all   []db.Hold
	known bool
	list  roster
	width int
	asks  latest
	does  latest
}

func newHolds(k *kit) *holdsView { return &holdsView{kit: k} }

func (h *holdsView) Title() string { return h.kit.t.Retention.HoldsTitle }
func (h *holdsView) Init() tea.Cmd { return h.load() }
func (h *holdsView) Wake() tea.Cmd { return h.load() }
func (h *holdsView) Leave()        { h.asks.drop() }

func (h *holdsView) load() tea.Cmd {
	acts := h.kit.Ops
	return h.kit.needReasonFor(func() tea.Cmd {
		actor := h.kit.Actor
		return ask(h.kit, &h.asks, func(ctx context.Context) ([]db.Hold, error) {
			return acts.ListHolds(ctx, actor, 0, false)
		}, func(all []db.Hold, err error) tea.Cmd {
			if err != nil {
				return h.kit.fail(err)
			}
			h.all, h.known = all, true
			h.list.put(h.rows(h.width))
			return nil
		})
	})
}

func (h *holdsView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || h.list.press(key.String()) {
		return nil
	}
	one, on := h.list.item().(db.Hold)
	switch {
	case key.String() == "ctrl+r":
		return h.load()
	case on && key.String() == "enter":
		return open(newCustomer(h.kit, one.Customer, one.Name.String()))
	case on && key.String() == "x":
		t, acts, actor := &h.kit.t.Retention, h.kit.Ops, h.kit.Actor
		return h.kit.because(t.EndAsk, t.EndHint, func(why text.Line) tea.Cmd {
			return perform(h.kit, &h.does, func(ctx context.Context) (struct{}, error) {
				return struct{}{}, acts.EndHold(ctx, actor, one.ID, why)
			}, func(struct{}) string { return t.EndDone }, h.load)
		})
	}
	return nil
}

func (h *holdsView) Keys() []binding {
	_, on_ := h.list.item().(db.Hold)
	return []binding{
		on("enter", h.kit.t.KeyOpenLinked).unless(on_, h.kit.t.OffNothing), on("x", h.kit.t.Retention.KeyEnd).unless(on_, h.kit.t.OffNothing),
		on("ctrl+r", h.kit.t.People.Reload),
	}
}

func holdWidths(w int) []int { return []int{22, 22, 13, max(w-64, 12)} }

func (h *holdsView) View(w, height int) string {
	t := &h.kit.t.Retention
	h.width = w
	h.list.put(h.rows(w))
	lines := []string{"   " + h.kit.st.faint.of(cut(columns(holdWidths(w), h.kit.t.Who, t.HoldSort, t.HoldUntil, t.Reason), w-4))}
	switch {
	case !h.known:
		return join(append(lines, "   "+h.kit.st.faint.of(h.kit.t.Loading)))
	case len(h.all) == 0:
		return join(append(lines, indent(wrap(t.NoHolds, min(w-6, formWidth)), w)...))
	}
	room := max(height-len(lines), 1)
	return join(append(lines, block(h.list.lines(h.kit.st, w, room), w, room)...))
}

func (h *holdsView) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(h.all))
	for i, one := range h.all {
		rows[i] = rosterRow{
			id: strconv.FormatInt(one.ID, 10), item: one,
			text: columns(holdWidths(w), one.Name.String(), h.kit.t.Retention.Held[one.Sort], h.kit.day(one.Until), one.Reason.String()),
		}
	}
	return rows
}

// newHoldForm keeps a customer longer.
func newHoldForm(k *kit, c db.Customer) *shortForm {
	t := &k.t.Retention
	sorts := []policy.HeldBy{policy.HeldLegally, policy.HeldLonger}
	fields := []*field{
		choiceField("sort", t.HoldSort, []option{{text: t.Held[sorts[0]]}, {text: t.Held[sorts[1]]}}, 1),
		textField("until", t.HoldUntil, ""), textField("reason", t.HoldWhy, ""),
	}
	fields[1].hint, fields[2].hint = t.UntilHint, t.HoldWhyHint
	s := newShortForm(k, fmt.Sprintf(t.HoldTitle, c.Name()), fields)
	s.form.save = func() tea.Cmd {
		until, err := ops.ParseDay(s.form.value("until"))
		if err != nil {
			s.form.blame(onField(err, "until"))
			return nil
		}
		acts, actor := k.Ops, k.Actor
		hold := db.Hold{Customer: c.ID, Sort: sorts[fields[0].chosen], Until: until, Reason: text.New(s.form.value("reason"))}
		return submit(s, func(ctx context.Context) (int64, error) { return acts.AddHold(ctx, actor, hold) },
			func(int64) tea.Cmd {
				return tea.Sequence(closeView(s), send(changedMsg{c.ID}), notify(noteGood, t.HoldDone))
			})
	}
	return s
}
