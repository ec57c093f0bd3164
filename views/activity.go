package views

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// activity is one call, mail or meeting whole, with what was changed of it.
type activity struct {
	kit   *kit
	id    int64
	sight ops.ActivitySight
	known bool
	asks  latest
	top   int
}

func newActivity(k *kit, id int64) *activity { return &activity{kit: k, id: id} }

func (v *activity) Title() string { return v.kit.t.Activity.Title }
func (v *activity) Init() tea.Cmd { return v.load() }
func (v *activity) Wake() tea.Cmd { return v.load() }
func (v *activity) Leave()        { v.asks.drop() }

func (v *activity) load() tea.Cmd {
	acts, actor, id := v.kit.Ops, v.kit.Actor, v.id
	return ask(v.kit, &v.asks, func(ctx context.Context) (ops.ActivitySight, error) {
		return acts.ViewActivity(ctx, actor, id)
	}, func(s ops.ActivitySight, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(closeView(v), v.kit.fail(err))
		}
		v.sight, v.known = s, true
		return nil
	})
}

func (v *activity) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(changedMsg); ok {
		return v.load()
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || !v.known {
		return nil
	}
	switch key.String() {
	case "e":
		if v.kit.may(policy.ActivityUpdate) {
			return open(newActivityForm(v.kit, v.sight.Activity))
		}
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

func (v *activity) Keys() []binding {
	return []binding{
		on("e", v.kit.t.KeyEdit).unless(v.kit.may(policy.ActivityUpdate), v.kit.t.OffRole), on("z", v.kit.t.KeyUndo).unless(v.kit.undo != nil, v.kit.t.OffNoUndo),
		on("↑↓", v.kit.t.KeyMove), on("ctrl+r", v.kit.t.People.Reload), on("-", v.kit.t.KeyBack),
	}
}

func (v *activity) View(w, height int) string {
	if !v.known {
		return "   " + v.kit.st.faint.of(v.kit.t.Loading)
	}
	lines := append([]string{"", " " + v.kit.st.strong.of(cut(v.sight.Name.String(), w-2)), ""}, v.kit.activityLines(v.sight.Activity, w)...)
	if len(v.sight.History) > 0 {
		lines = append(lines, "", "  "+v.kit.st.accent.of(v.kit.t.Activity.History))
		lines = append(lines, v.kit.pastLines(v.sight.History, w, v.kit.activityLabel, v.kit.toldActivity)...)
	}
	v.top = max(min(v.top, len(lines)-height), 0)
	return join(lines[v.top:min(len(lines), v.top+height)])
}

// activityLines are all that is kept of one, by name.
func (k *kit) activityLines(a db.Activity, w int) (lines []string) {
	t := &k.t.Activity
	add := func(name, value string) {
		if value == "" {
			return
		}
		for _, l := range wrapBlock(value, max(w-26, 10)) {
			lines = append(lines, k.label(name, l, w)...)
			name = ""
		}
	}
	add(t.Fields["kind"], joinNonEmpty(" · ", k.t.Task.Deeds[a.Deed], t.Ways[a.Way]))
	add(t.When, k.moment(a.At))
	if a.Minutes > 0 {
		add(t.Length, fmt.Sprintf(k.t.Task.Minutes, a.Minutes))
	}
	add(t.About, a.Subject.String())
	add(t.People, a.People.String())
	add(t.Outcome, a.Outcome.String())
	add(t.Text, a.Text.String())
	if a.Author != 0 {
		add(t.By, k.colleague(a.Author))
	}
	return lines
}

func (k *kit) activityLabel(field string) string { return k.t.Activity.Fields[field] }

// toldActivity is a field's value as a person reads it.
func (k *kit) toldActivity(field, value string) string {
	switch field {
	case "kind":
		return k.t.Task.Deeds[policy.Deed(value)]
	case "at":
		at, err := time.Parse(time.RFC3339, value)
		if err != nil {
			return value
		}
		return k.moment(at)
	}
	return value
}

// pastLines are changes, the latest first: when, what and by whom, and below it
// each field from what to what.
func (k *kit) pastLines(past []db.Past, w int, label func(string) string, told func(field, value string) string) (lines []string) {
	for _, p := range past {
		lines = append(lines, spread("  "+k.st.strong.of(k.moment(p.At))+"  "+k.t.actName(p.Act), k.colleague(p.Person), w-2))
		for _, ch := range p.Changes {
			from, to := told(ch.Field, ch.From.String()), told(ch.Field, ch.To.String())
			lines = append(lines, k.label("  "+label(ch.Field), cmpOr(from, k.t.Empty)+" → "+cmpOr(to, k.t.Empty), w)...)
		}
	}
	return lines
}
