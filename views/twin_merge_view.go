package views

import "fmt"

func (v *twinMerge) View(w, height int) string {
	t := &v.kit.t.Dupe
	if !v.known {
		return join([]string{"", " " + v.kit.st.faint.of(v.kit.t.Loading)})
	}
	col := max((w-22)/2, 10)
	lines := []string{""}
	for _, l := range wrap(t.MergeHelp, w-2) {
		lines = append(lines, " "+l)
	}
	if why := v.kit.likeness(v.pair.Likeness); why != "" {
		lines = append(lines, " "+v.kit.st.faint.of(cut(fmt.Sprintf("%d%%: %s", v.pair.Score, why), w-2)))
	}
	lines = append(
		lines, "",
		"   "+v.kit.st.faint.of(pad("", 16)+"  "+pad(t.Stays, col)+" "+cut(t.Goes, col)),
		"   "+v.kit.st.strong.of(pad("", 16)+"  "+pad(v.pair.A.Name().String(), col)+" "+cut(v.pair.B.Name().String(), col)),
	)
	if len(v.rows) == 0 {
		lines = append(lines, "   "+v.kit.st.faint.of(t.Nothing))
	}
	room := max(height-len(lines), 1)
	v.top = max(min(v.top, v.at), v.at-room+1, 0)
	for i := v.top; i < min(len(v.rows), v.top+room); i++ {
		lines = append(lines, v.row(i, col))
	}
	return join(lines)
}

func (v *twinMerge) row(i, col int) string {
	r := v.rows[i]
	a, b := "( ) ", "( ) "
	if r.takes != takesSecond {
		a = "(•) "
	}
	if r.takes != takesFirst {
		b = "(•) "
	}
	tell := func(s string) string { return cmpOr(v.kit.told(r.Name, s), v.kit.t.Empty) }
	line := pad(v.kit.t.fieldName(r.Name), 16) + "  " + pad(a+tell(r.Tell(&v.pair.A)), col) + " " + pad(b+tell(r.Tell(&v.pair.B)), col)
	if i == v.at {
		return v.kit.st.sel.of(" ▸ " + line)
	}
	return "   " + line
}
