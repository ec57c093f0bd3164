package screen

import "strings"

// What a terminal is told at the start, and what undoes all of it. Autowrap is
// off so that a terminal which counts an emoji's columns otherwise than we do
// can spoil its own line only.
const (
	enter = "\x1b[?1049h\x1b[22;2t\x1b[?2004h\x1b[?7l\x1b[?25l"
	leave = "\x1b[?2026l\x1b[m\x1b[r\x1b[?2004l\x1b[?7h\x1b[?25h\x1b]2;\a\x1b[23;2t\x1b[?1049l"

	mouseOn  = "\x1b[?1000h\x1b[?1006h"
	mouseOff = "\x1b[?1006l\x1b[?1000l"

	syncOn  = "\x1b[?2026h" // terminals that don't know it ignore it
	syncOff = "\x1b[?2026l"
)

func (o Options) enter() string {
	seq := enter
	if o.Mouse {
		seq += mouseOn
	}
	if o.Title != "" {
		seq += "\x1b]2;" + plain(o.Title, 100) + "\a"
	}
	return seq
}

func (o Options) leave(farewell string) string {
	seq := leave
	if o.Mouse {
		seq = mouseOff + seq
	}
	if farewell == "" {
		return seq
	}
	for line := range strings.Lines(farewell) {
		seq += plain(strings.TrimRight(line, "\r\n"), MaxWidth) + "\r\n"
	}
	return seq
}

// plain is text without any style, safe to send.
func plain(text string, width int) string {
	var b strings.Builder
	for _, c := range appendCells(nil, text, width, 0) {
		b.WriteString(c.text)
	}
	return b.String()
}
