package views

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// forecast is what may be sold month by month: whole, and weighted by the
// chances of the stages.
type forecast struct {
	kit    *kit
	owner  int32
	months []db.Forecast
	today  time.Time
	known  bool
	asks   latest
	top    int
}

func newForecast(k *kit) *forecast { return &forecast{kit: k} }

func (v *forecast) Title() string { return v.kit.t.Deal.Forecast }
func (v *forecast) Init() tea.Cmd { return v.load() }
func (v *forecast) Wake() tea.Cmd { return v.load() }
func (v *forecast) Leave()        { v.asks.drop() }

// forecasted is an answer with the day by which it tells what is late.
type forecasted struct {
	months []db.Forecast
	today  time.Time
}

func (v *forecast) load() tea.Cmd { return v.look(v.kit.Actor) }

// Refresh looks again because a colleague changed something.
func (v *forecast) Refresh() tea.Cmd { return v.look(v.kit.Actor.Looking()) }

func (v *forecast) look(actor policy.Actor) tea.Cmd {
	acts, owner := v.kit.Ops, v.owner
	return ask(v.kit, &v.asks, func(ctx context.Context) (f forecasted, err error) {
		f.months, f.today, err = acts.ForecastDeals(ctx, actor, 0, owner)
		return f, err
	}, func(f forecasted, err error) tea.Cmd {
		if err != nil {
			return v.kit.needReason(err)
		}
		v.months, v.today, v.known = f.months, f.today, true
		return nil
	})
}

func (v *forecast) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch key.String() {
	case "f":
		return v.kit.chooseWhose(func(id int32) tea.Cmd { v.owner = id; return v.load() })
	case "down", "j":
		v.top++
	case "up", "k":
		v.top = max(v.top-1, 0)
	case "ctrl+r":
		return v.load()
	}
	return nil
}

func (v *forecast) Keys() []binding {
	return []binding{on("f", v.kit.t.Deal.KeyWhose), on("↑↓", v.kit.t.KeyMove), on("ctrl+r", v.kit.t.People.Reload), on("-", v.kit.t.KeyBack)}
}

const forecastWidths = 13 + 7 + 3*16

func (v *forecast) View(w, height int) string {
	t := &v.kit.t.Deal
	whose := t.Everybody
	if v.owner != 0 {
		whose = v.kit.colleague(v.owner)
	}
	lines := []string{
		spread(" "+v.kit.st.accent.of(t.Forecast), whose, w-1), "",
		" " + v.kit.st.faint.of(pad(t.Month, 13)+padLeft(t.Number, 7)+padLeft(t.Full, 16)+padLeft(t.Weighted, 16)+padLeft(t.Won, 16)),
	}
	if v.known && len(v.months) == 0 {
		return join(append(lines, " "+v.kit.st.faint.of(t.ForecastNone)))
	}
	v.top = max(min(v.top, len(v.months)-max(height-5, 1)), 0)
	for _, m := range v.months[v.top:] {
		if len(lines) < height-1 {
			lines = append(lines, v.monthLine(m, w))
		}
	}
	return join(append(lines, " "+v.kit.st.strong.of(v.monthText(t.Title, v.total()))))
}

func (v *forecast) total() (sum db.Forecast) {
	for _, m := range v.months {
		sum.Number, sum.Full, sum.Weighted, sum.Won = sum.Number+m.Number, sum.Full+m.Full, sum.Weighted+m.Weighted, sum.Won+m.Won
	}
	return sum
}

func (v *forecast) monthText(name string, m db.Forecast) string {
	won := ""
	if m.Won != 0 {
		won = v.kit.money(m.Won)
	}
	return pad(name, 13) + padLeft(v.kit.num(int(m.Number)), 7) + padLeft(v.kit.money(m.Full), 16) + padLeft(v.kit.money(m.Weighted), 16) + padLeft(won, 16)
}

// monthLine is a month with a bar: dark is weighted, light the rest of the
// whole. A month that is over, with deals still open, is late.
func (v *forecast) monthLine(m db.Forecast, w int) string {
	name, late := v.kit.t.Deal.NoMonth, false
	if m.Month != nil {
		name = fmt.Sprintf("%s %d", v.kit.t.Months[m.Month.Month()-1], m.Month.Year())
		late = m.Number > 0 && m.Month.Before(time.Date(v.today.Year(), v.today.Month(), 1, 0, 0, 0, 0, time.UTC))
	}
	if late {
		name = "!" + name
	}
	most := policy.Cents(1)
	for _, o := range v.months {
		most = max(most, o.Full)
	}
	line := v.monthText(name, m)
	if late {
		line = v.kit.st.due.of(line)
	}
	room := min(w-forecastWidths-4, 80)
	if room < 6 {
		return " " + line
	}
	full, weighted := share(m.Full, most, room), share(m.Weighted, most, room)
	return " " + line + "  " + v.kit.st.accent.of(strings.Repeat("█", weighted)) + v.kit.st.faint.of(strings.Repeat("░", max(full-weighted, 0)))
}

// share is how many of n columns a part of the most takes.
func share(part, most policy.Cents, n int) int {
	return int(int64(n) * int64(max(part, 0)) / int64(max(most, 1)))
}
