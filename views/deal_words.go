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
	"balie/policy/text"
)

func (k *kit) stageName(s db.Stage) string { return cmpOr(s.Name.String(), k.t.Deal.Words[s.Word]) }

func (k *kit) pipelineName(p db.Pipeline) string {
	return cmpOr(p.Name.String(), k.t.Deal.Words[p.Word])
}

// shortMoney fits a column: €950, €8.4k, €88k, €1.2M.
func (k *kit) shortMoney(c policy.Cents) string {
	point := "."
	if k.Lang == "nl" {
		point = ","
	}
	scaled := func(n policy.Cents, unit string) string {
		if n < 100 { // tenths
			return fmt.Sprintf("€%d%s%d%s", n/10, point, n%10, unit)
		}
		return "€" + k.num(int(n/10)) + unit
	}
	switch euro := c / 100; {
	case euro < 1000:
		return "€" + k.num(int(euro))
	case euro < 1_000_000:
		return scaled(euro/100, "k")
	}
	return scaled(c/10_000_000, "M")
}

// initials are those of a colleague: SdW.
func (k *kit) initials(id int32) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(k.colleague(id)) {
		for _, r := range word {
			b.WriteRune(r)
			break
		}
	}
	return b.String()
}

// stay is how long a deal is in its stage, and whether that is too long.
func (k *kit) stay(d db.Deal, s db.Stage) (string, bool) {
	now := k.Now()
	return fmt.Sprintf(k.t.Deal.Days, policy.DaysBetween(d.StageSince, now)), s.Ageing(d.StageSince, now)
}

// toldDeal is a value of a deal's history as a person reads it.
func (k *kit) toldDeal(pipes []db.Pipeline, field, value string) string {
	if own, ok := k.toldOwn(field, value); ok {
		return own
	}
	var id int32
	switch field {
	case "owner":
		return k.told(field, value)
	case "stage":
		if _, err := fmt.Sscanf(value, "#%d", &id); err == nil {
			s, _ := ops.FindStage(pipes, id)
			return k.stageName(s)
		}
	case "value":
		if c, err := policy.ParseCents(value); err == nil {
			return k.money(c)
		}
	case "expected":
		if day, err := time.Parse(time.DateOnly, value); err == nil {
			return k.date(day)
		}
	}
	return value
}

// changedDeal remembers what stood there before an own change.
func (k *kit) changedDeal(c ops.DealChange) {
	if c.After.Version == c.Before.Version {
		return
	}
	acts, request, name := k.Ops, ops.NewRequestKey(), c.Before.Title.String()
	k.undo = &undo{
		question: func(ago string) string { return fmt.Sprintf(k.t.Deal.UndoWhat, name, ago) },
		at:       k.Now(), id: c.Before.Customer,
		run: func(ctx context.Context, actor policy.Actor) (int, error) {
			_, err := acts.UndoDeal(ctx, actor, c.After.Version, c.Before, request)
			return 1, err
		},
		said: func(int) string { return fmt.Sprintf(k.t.Deal.Undone, name) },
	}
}

// moveDeal moves a deal, after asking why when it is won or lost.
func (k *kit) moveDeal(does *latest, d db.Deal, to db.Stage, then func(ops.DealChange, error) tea.Cmd) tea.Cmd {
	if does.busy {
		return nil
	}
	request := ops.NewRequestKey()
	move := func(why string) tea.Cmd {
		acts, actor := k.Ops, k.Actor
		return ask(k, does, func(ctx context.Context) (ops.DealChange, error) {
			return acts.MoveDeal(ctx, actor, d.ID, d.Version, to.ID, text.New(why), request)
		}, func(c ops.DealChange, err error) tea.Cmd {
			if err != nil {
				return tea.Batch(then(c, err), k.fail(err))
			}
			k.changedDeal(c)
			return tea.Batch(then(c, nil), notify(noteGood, fmt.Sprintf(k.t.Deal.Moved, c.After.Title.String(), k.stageName(to))))
		})
	}
	switch t := &k.t.Deal; to.Meaning {
	case policy.StageLost:
		return show(newPrompt(k, t.LostAsk, t.LostHint, needed, move))
	case policy.StageWon:
		return show(newPrompt(k, t.WonAsk, t.WonHint, nil, move))
	}
	return move("")
}
