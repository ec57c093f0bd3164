package views

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// figures is the privacy officer's dashboard: numbers, each of which leads to the
// rows behind it.
type figures struct {
	kit   *kit
	all   []ops.Figure
	known bool
	list  roster
	width int
	asks  latest
}

func newFigures(k *kit) *figures { return &figures{kit: k} }

func (v *figures) Title() string { return v.kit.t.Hygiene.Figures }
func (v *figures) Init() tea.Cmd { return v.load() }
func (v *figures) Wake() tea.Cmd { return v.load() }
func (v *figures) Leave()        { v.asks.drop() }

func (k *kit) fetchFigures(l *latest, actor policy.Actor, then func([]ops.Figure)) tea.Cmd {
	acts := k.Ops
	return ask(k, l, func(ctx context.Context) ([]ops.Figure, error) { return acts.PrivacyFigures(ctx, actor) },
		func(all []ops.Figure, err error) tea.Cmd {
			if err == nil {
				then(all)
			}
			return k.fail(err)
		})
}

func (v *figures) load() tea.Cmd {
	return v.kit.fetchFigures(&v.asks, v.kit.Actor, func(all []ops.Figure) {
		v.all, v.known = all, true
		v.list.put(v.rows(v.width))
	})
}

func (v *figures) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.list.press(key.String()) {
		return nil
	}
	switch key.String() {
	case "enter":
		if f, on := v.list.item().(ops.Figure); on {
			return v.kit.runLine(f.Opens)
		}
	case "ctrl+r":
		return v.load()
	}
	return nil
}

func (v *figures) Keys() []binding {
	_, onRow := v.list.item().(ops.Figure)
	return []binding{on("enter", v.kit.t.KeyOpen).unless(onRow, v.kit.t.OffNothing), on("ctrl+r", v.kit.t.People.Reload), on("-", v.kit.t.KeyBack)}
}

func (v *figures) View(w, height int) string {
	v.width = w
	v.list.put(v.rows(w))
	if !v.known {
		return "\n   " + v.kit.st.faint.of(v.kit.t.Loading)
	}
	lines := append([]string{""}, block(v.list.lines(v.kit.st, w, height-4), w, max(height-4, 1))...)
	return join(append(lines, indent(v.kit.hint(v.kit.t.Hygiene.Note, w), w)...))
}

func (v *figures) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(v.all))
	for i, f := range v.all {
		rows[i] = rosterRow{id: strconv.Itoa(i), item: f, st: v.kit.figureStyle(f), text: v.kit.figureLine(f, min(w-4, formWidth))}
	}
	return rows
}

// figureLine is a figure in w columns: what, how many, when it was counted.
func (k *kit) figureLine(f ops.Figure, w int) string {
	line := padLeft(k.num(f.N), 7) + "  " + k.say(f.What)
	if f.At.IsZero() {
		return cut(line, w)
	}
	return spread(cut(line, w-12), k.day(f.At), w)
}

func (k *kit) figureStyle(f ops.Figure) style {
	switch {
	case f.N == 0:
		return k.st.faint
	case f.Grave:
		return k.st.danger
	case f.Idle:
		return ""
	}
	return k.st.due
}

// figuresBlock is the dashboard on the officer's first screen.
func (h *home) figuresBlock() homeBlock {
	b := homeBlock{title: h.kit.t.Hygiene.Figures, least: 8}
	for _, f := range h.figures {
		b.items = append(b.items, homeItem{
			open: func() tea.Cmd { return h.kit.runLine(f.Opens) },
			draw: func(w int, here bool) string {
				line := h.kit.figureLine(f, w)
				if here {
					return line
				}
				return h.kit.figureStyle(f).of(line)
			},
		})
	}
	return b
}

// privacyHome is the figures, which need no reason, and the customers, which do.
func (h *home) privacyHome(w, height int) []string {
	if h.kit.Actor.Reason.IsZero() {
		hint := indent(wrap(h.kit.t.PrivacyHome, w-6), w)
		lines := h.columns(w, max(height-len(hint)-1, 3), []int{1}, []homeBlock{h.figuresBlock()})
		return append(append(lines, ""), hint...)
	}
	if w >= threeColumns {
		return h.columns(w, height, []int{1, 1, 1}, []homeBlock{h.figuresBlock()}, append([]homeBlock{h.activeBlock()}, h.leavingBlock(w/3)...), []homeBlock{h.recentBlock()})
	}
	return h.columns(w, height, []int{4, 3}, []homeBlock{h.figuresBlock()}, append([]homeBlock{h.activeBlock()}, append(h.leavingBlock(w*3/7), h.recentBlock())...))
}
