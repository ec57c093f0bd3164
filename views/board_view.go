package views

import (
	"strings"

	"balie/db"
	"balie/policy"
)

const (
	laneWidth  = 23 // the least a column takes, its border aside
	cardHeight = 3
)

// View is a line of search, the heads of the columns, and the cards below.
func (v *board) View(w, height int) string {
	lines := []string{v.top(w)}
	if !v.known {
		return join(append(lines, "   "+v.kit.st.faint.of(v.kit.t.Loading)))
	}
	shown := v.fitLanes(w)
	room := max((w-1-2*len(shown))/max(len(shown), 1), 1)
	cards := max((height-3)/cardHeight, 1)
	blocks := make([][]string, len(shown))
	for i := range shown {
		blocks[i] = v.laneLines(v.first+i, room, cards)
	}
	for row := range 2 + cards*cardHeight {
		var b strings.Builder
		b.WriteByte(' ')
		for i := range shown {
			b.WriteString(blocks[i][row])
			b.WriteString(v.kit.st.faint.of(" │"))
		}
		lines = append(lines, b.String())
	}
	if len(v.data.Deals.Rows) == 0 && len(lines) > 4 {
		lines[4] = "   " + v.kit.st.faint.of(v.kit.t.Deal.None)
	}
	return join(lines[:min(len(lines), height)])
}

// fitLanes are the columns for which there is room, the one under the cursor
// among them.
func (v *board) fitLanes(w int) []lane {
	n := min(max((w-1)/(laneWidth+2), 1), len(v.cols))
	v.first = max(min(v.first, v.at, len(v.cols)-n), v.at-n+1, 0)
	return v.cols[v.first : v.first+n]
}

func (v *board) top(w int) string {
	shown, _ := v.find.View(30)
	if v.typing {
		shown = v.kit.st.here.of(shown)
	}
	var sum policy.Cents
	for _, l := range v.cols {
		if l.stage.Meaning == policy.StageOpen {
			sum += l.sum
		}
	}
	whose := ""
	if v.query.Owner != 0 {
		whose = v.kit.colleague(v.query.Owner) + " · "
	}
	left, right := "", ""
	if v.first > 0 {
		left = "« "
	}
	if n := (w - 1) / (laneWidth + 2); v.first+n < len(v.cols) {
		right = " " + v.kit.stageName(v.cols[v.first+max(n, 1)].stage) + " »"
	}
	return spread(" / "+shown, whose+left+v.kit.money(sum)+" "+v.kit.t.Deal.Open+right, w-1)
}

func (v *board) Cursor() (x, y int, ok bool) {
	_, x = v.find.View(30)
	return x + 3, 0, v.typing
}

// laneLines is a column: its head, a rule, and as many cards as there is room
// for.
func (v *board) laneLines(i, w, cards int) []string {
	l := &v.cols[i]
	l.top = max(min(l.top, l.at, len(l.deals)-cards), l.at-cards+1, 0)
	name := v.kit.stageName(l.stage)
	if l.stage.Retired {
		name += " (" + v.kit.t.Deal.Retired + ")"
	}
	head := spread(name, padLeft(v.kit.num(len(l.deals)), 3)+" "+padLeft(v.kit.shortMoney(l.sum), 6), w)
	if i == v.at {
		head = v.kit.st.accent.of(head)
	} else {
		head = v.kit.st.strong.of(head)
	}
	lines := make([]string, 0, 2+cards*cardHeight)
	lines = append(lines, head, v.kit.st.faint.of(strings.Repeat("─", w)))
	for n := l.top; n < min(l.top+cards, len(l.deals)); n++ {
		lines = append(lines, v.card(l.deals[n], l.stage, i == v.at && n == l.at, w)...)
	}
	if more := len(l.deals) - l.top - cards; more > 0 {
		lines[len(lines)-1] = v.kit.st.faint.of(padLeft("… +"+v.kit.num(more), w))
	}
	for len(lines) < cap(lines) {
		lines = append(lines, blank(w))
	}
	return lines
}

// card is a deal in two lines, with an empty one below.
func (v *board) card(d db.Deal, s db.Stage, here bool, w int) []string {
	sign := " "
	if here {
		sign = "▸"
	}
	stay, ageing := v.kit.stay(d, s)
	st := v.kit.st.faint
	if ageing {
		stay, st = "!"+stay, v.kit.st.due
	}
	first := sign + spread(d.Title.String(), v.kit.shortMoney(d.Value), w-1)
	right := stay + " " + cut(v.kit.initials(d.Owner), 4)
	name := d.Name.String()
	if d.Restricted {
		name = "! " + v.kit.t.Restricted + " " + name
	}
	name = pad(" "+name, w-width(right)-1)
	if here {
		return []string{v.kit.st.sel.of(pad(first, w)), v.kit.st.sel.of(name + " " + right), blank(w)}
	}
	return []string{pad(first, w), v.kit.st.faint.of(name) + " " + st.of(right), blank(w)}
}
