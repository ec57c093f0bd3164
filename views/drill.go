package views

import (
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// drills lists the rehearsals of an answer and an erasure, and does one.
type drills struct {
	kit   *kit
	all   []db.Drill
	known bool
	list  roster
	asks  latest
	does  latest
}

func newDrills(k *kit) *drills { return &drills{kit: k} }

func (d *drills) Title() string { return d.kit.t.Answer.Drills }
func (d *drills) Init() tea.Cmd { return d.load() }
func (d *drills) Wake() tea.Cmd { return d.load() }
func (d *drills) Leave()        { d.asks.drop() }

func (d *drills) load() tea.Cmd {
	acts, actor := d.kit.Ops, d.kit.Actor
	return ask(d.kit, &d.asks, func(ctx context.Context) ([]db.Drill, error) { return acts.ListDrills(ctx, actor) },
		func(all []db.Drill, err error) tea.Cmd {
			if err != nil {
				return d.kit.fail(err)
			}
			d.all, d.known = all, true
			return nil
		})
}

func (d *drills) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || d.list.press(key.String()) {
		return nil
	}
	switch {
	case key.String() == "r" && d.kit.may(policy.DrillRun) && !d.does.busy:
		acts, actor, say := d.kit.Ops, d.kit.Actor, Say
		return perform(d.kit, &d.does, func(ctx context.Context) (db.Drill, error) { return acts.RunDrill(ctx, actor, say) },
			func(one db.Drill) string { return d.kit.say(ops.DrillSaid(one, d.kit.Zone)) }, d.load)
	case key.String() == "ctrl+r":
		return d.load()
	}
	return nil
}

func (d *drills) Keys() []binding {
	return []binding{on("r", d.kit.t.Answer.KeyDrill).unless(d.kit.may(policy.DrillRun), d.kit.t.OffRole), on("ctrl+r", d.kit.t.People.Reload)}
}

func (d *drills) View(w, height int) string {
	t := &d.kit.t.Answer
	lines := indent(wrap(t.DrillAbout, min(w-6, 100)), w)
	lines = append(lines, "", "   "+d.kit.st.faint.of(cut(d.columns(w, t.When, t.By, t.Seconds, t.ErasedIn, t.Entries, t.Complete), w-4)))
	switch {
	case d.does.busy:
		lines = append(lines, "   "+d.kit.st.faint.of(t.Drilling))
	case !d.known:
		lines = append(lines, "   "+d.kit.st.faint.of(d.kit.t.Loading))
	case len(d.all) == 0:
		lines = append(lines, indent(wrap(t.NoDrills, min(w-6, formWidth)), w)...)
	}
	d.list.put(d.rows(w))
	return join(append(lines, d.list.lines(d.kit.st, w, max(height-len(lines), 0))...))
}

func (d *drills) columns(w int, when, by, seconds, erased, entries, complete string) string {
	if w < 110 {
		return columns([]int{13, 10, 12, 10, 9, max(w-4-5-13-10-12-10-9, 8)}, when, by, seconds, erased, entries, complete)
	}
	return columns([]int{22, 20, 16, 16, 16, max(w-4-5-22-20-16*3, 10)}, when, by, seconds, erased, entries, complete)
}

func (d *drills) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(d.all))
	for i, one := range d.all {
		complete, st := d.kit.t.Answer.Whole, d.kit.st.good
		if len(one.Wrong) > 0 {
			complete, st = "! "+strings.Join(one.Wrong, ", "), d.kit.st.danger
		}
		rows[i] = rosterRow{id: strconv.FormatInt(one.ID, 10), item: one, st: st, text: d.columns(w, d.kit.near(one.At), d.kit.colleague(one.PersonID),
			policy.Seconds(one.Answer).In(d.kit.Lang), policy.Seconds(one.Erasure).In(d.kit.Lang), d.kit.num(one.Entries), complete)}
	}
	return rows
}
