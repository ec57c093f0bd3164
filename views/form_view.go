package views

import "strings"

// labelWidth is the column of labels; formWidth keeps long lines readable.
const (
	labelWidth = 18
	formWidth  = 96
)

// View shows the part of the form around the field being filled in.
func (f *form) View(w, height int) string {
	w = min(w, formWidth)
	var lines []string
	var from, to int
	for i, fd := range f.fields {
		if fd.head != "" {
			lines = append(lines, "", " "+f.k.st.accent.of(fd.head))
		}
		if i == f.at {
			from = len(lines)
		}
		lines = append(lines, f.row(fd, i == f.at, w, len(lines))...)
		if i == f.at {
			to = len(lines)
		}
	}
	f.top = max(min(f.top, from-1), to+1-height, 0)
	f.cursorY = from - f.top
	return join(lines[min(f.top, len(lines)):min(f.top+height, len(lines))])
}

// row is a field with, below it, what is wrong or what to know.
func (f *form) row(fd *field, here bool, w, y int) []string {
	room := max(w-labelWidth-4, 1)
	label := pad(fd.label, labelWidth)
	if here {
		label = f.k.st.accent.of("▸ "+label) + " "
	} else {
		label = "  " + label + " "
	}
	lines := []string{" " + label + f.shown(fd, here, room)}
	if here && fd.hint != "" && fd.in == nil {
		lines[0] = cut(lines[0]+"   "+f.k.st.faint.of(fd.hint), w)
	}
	indent := blank(labelWidth + 4)
	add := func(st style, sign, text string) {
		for _, l := range wrap(sign+text, room) {
			lines = append(lines, indent+st.of(l))
		}
	}
	switch {
	case fd.err != "":
		add(f.k.st.danger, "! ", fd.err)
	case fd.warn != "":
		add(f.k.st.due, "! ", fd.warn)
	case here && fd.good != "":
		add(f.k.st.good, "✓ ", fd.good)
	}
	if here && fd.note != "" {
		add(f.k.st.faint, "", fd.note)
	}
	return lines
}

func (f *form) shown(fd *field, here bool, room int) string {
	switch {
	case fd.in != nil && here:
		shown, x := fd.in.View(room)
		f.cursorX = labelWidth + 4 + x
		if fd.in.value() == "" && fd.hint != "" {
			return f.k.st.here.of(" ") + f.k.st.faint.of(cut(fd.hint, room-1))
		}
		return f.k.st.here.of(shown)
	case fd.in != nil:
		if v := fd.in.line().String(); v != "" {
			return cut(v, room)
		}
		return f.k.st.faint.of("·")
	case len(fd.options) > 0:
		return f.choices(fd, here, room)
	}
	return cut(cmpOr(fd.value(), "·"), room)
}

// choices are shown side by side where they fit, else the chosen one alone.
func (f *form) choices(fd *field, here bool, room int) string {
	parts := make([]string, len(fd.options))
	total := 0
	for i, o := range fd.options {
		total += width(o.text) + 5
		parts[i] = "( ) " + o.text
		if i == fd.chosen {
			parts[i] = f.k.st.strong.of("(•) " + o.text)
		}
	}
	if total <= room {
		return strings.Join(parts, " ")
	}
	text := "‹ " + fd.options[fd.chosen].text + " ›"
	if here {
		return f.k.st.strong.of(text)
	}
	return text
}

// Cursor is valid after View.
func (f *form) Cursor() (x, y int, ok bool) {
	return f.cursorX, f.cursorY, f.here().in != nil
}
