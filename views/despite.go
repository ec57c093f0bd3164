package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// despite is the guard's question: what a text seems to hold, and why it must be
// kept. A reason does the act again with it; without one the author goes back to
// the text.
type despite struct {
	k     *kit
	found *policy.Found
	why   *prompt
	leave func() tea.Cmd
}

// askDespite asks about what the guard found in what fn was about to keep.
func askDespite[T any](k *kit, l *latest, found *policy.Found, fn func(context.Context) (T, error), then func(T, error) tea.Cmd, leave func() tea.Cmd) tea.Cmd {
	check := func(reason string) error { return ops.CheckDespite(text.New(reason)) }
	return show(&despite{k, found, newPrompt(k, k.t.DespiteAsk, k.t.DespiteHint, check, func(reason string) tea.Cmd {
		return ask(k, l, func(ctx context.Context) (T, error) { return fn(policy.Despite(ctx, text.New(reason))) }, then)
	}), leave})
}

func (d *despite) Update(msg tea.Msg) (bool, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "esc" {
		return true, d.leave()
	}
	return d.why.Update(msg)
}

// despiteMost is how many words the question names.
const despiteMost = 4

func (d *despite) above(w int) (lines []string) {
	for i, a := range d.found.Alarms {
		if i == despiteMost {
			return append(lines, d.k.st.due.of("…"))
		}
		said := fmt.Sprintf("! “%s”: %s (%s)", text.New(a.Word).Cut(24), d.k.say(a.Kind.Words()), d.k.say(a.Kind.Law()))
		for _, l := range wrap(said, w) {
			lines = append(lines, d.k.st.due.of(l))
		}
	}
	return lines
}

func (d *despite) View(w, height int) []string { return append(d.above(w), d.why.View(w, height)...) }

func (d *despite) Cursor() (x, y int, ok bool) {
	x, y, ok = d.why.Cursor()
	return x, y + len(d.above(d.k.Width-4)), ok
}

// looked is a field that the guard looks at while one types.
func (f *field) looked() *field { f.look = saidFree; return f }

// lookedName is looked for a name or an address: only its numbers count.
func (f *field) lookedName() *field { f.look = saidName; return f }

// gaze is how the guard reads a field.
type gaze int

const (
	notLooked gaze = iota
	saidFree
	saidName
)

// alarm says what a text that is being typed seems to hold; "" for nothing.
func (k *kit) alarm(s string, how gaze) string {
	if how == notLooked {
		return ""
	}
	alarms := policy.Alarms([]policy.Said{{Text: s, Name: how == saidName}}, nil)
	if len(alarms) == 0 {
		return ""
	}
	return k.sentence(alarms[0].Kind.Ask())
}
