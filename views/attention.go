package views

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// heed is what waits for somebody, on top of the first screen.
type heed struct {
	kit  *kit
	all  []ops.Attention
	asks latest
}

func (h *heed) fetch(actor policy.Actor) tea.Cmd {
	acts := h.kit.Ops
	return ask(h.kit, &h.asks, func(ctx context.Context) ([]ops.Attention, error) {
		return acts.Attention(ctx, actor)
	}, func(all []ops.Attention, err error) tea.Cmd { h.all = all; return h.kit.fail(err) })
}

// lines has one line each, of at most so many around the selected one: the
// role's own things keep their room.
func (h *heed) lines(at, w, most int) []string {
	if len(h.all) == 0 {
		return nil
	}
	lines := []string{"  " + h.kit.st.accent.of(h.kit.t.Jobs.WaitsFor), ""}
	from := max(min(at-most+1, len(h.all)-most), 0)
	to := min(from+most, len(h.all))
	for i := from; i < to; i++ {
		lines = append(lines, h.line(i, i == at, w))
	}
	if more := len(h.all) - (to - from); more > 0 {
		lines = append(lines, "    "+h.kit.st.faint.of(fmt.Sprintf(h.kit.t.Jobs.AndMore, h.kit.num(more))))
	}
	return append(lines, "")
}

func (h *heed) line(i int, selected bool, w int) string {
	words, st := "! "+text.Clean(h.kit.say(h.all[i].What)), h.kit.st.due
	if h.all[i].Grave {
		st = h.kit.st.danger
	}
	if selected {
		return "  " + h.kit.st.sel.of(pad("▸ "+words, w-4))
	}
	return "    " + st.of(cut(words, w-6))
}

// open runs the line of the palette that shows it.
func (h *heed) open(i int) tea.Cmd { return h.kit.runLine(h.all[i].Opens) }

// runLine runs a whole line of the palette: a name, and what comes after it.
func (k *kit) runLine(line string) tea.Cmd {
	name, arg, _ := strings.Cut(line, " ")
	for _, e := range k.entries() {
		if e.name == name {
			return k.runEntry(e, strings.TrimSpace(arg))
		}
	}
	return notify(noteWarn, k.t.PaletteUnknown)
}
