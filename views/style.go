package views

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// style is a prefix of SGR made once per session: rendering by it is joining
// strings, which at hundreds of cells a key is what there is time for.
type style string

const reset = "\x1b[m"

func (s style) of(text string) string {
	if s == "" || text == "" {
		return text
	}
	return string(s) + text + reset
}

// styles are the meanings that screens have. None is told by colour alone: a
// word or a sign always says the same.
type styles struct {
	accent style // where you are, what is selected
	strong style
	faint  style // not for you now
	due    style
	danger style // overdue or destructive
	good   style
	sel    style // the line under the cursor
	field  style // an input
	here   style // the input being typed in
}

func newStyles(dark, noColor bool) styles {
	pick := lipgloss.LightDark(dark)
	fg := func(light, dark string) ansi.Style {
		s := ansi.Style{}
		if noColor {
			return s
		}
		return s.ForegroundColor(pick(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	bg := func(s ansi.Style, light, dark string) ansi.Style {
		return s.BackgroundColor(pick(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	st := styles{
		accent: sgr(fg("#005f87", "#5fafd7").Bold()),
		strong: sgr(ansi.Style{}.Bold()),
		faint:  sgr(fg("#6c6c6c", "#8a8a8a")),
		due:    sgr(fg("#875f00", "#ffaf5f")),
		danger: sgr(fg("#af0000", "#ff8787")),
		good:   sgr(fg("#005f00", "#87d787")),
	}
	if noColor {
		st.faint, st.sel = "", sgr(ansi.Style{}.Reverse(true))
		st.field, st.here = "", sgr(ansi.Style{}.Underline(true))
		return st
	}
	st.sel = sgr(bg(fg("#000000", "#ffffff"), "#d7e7ef", "#1c3a4a"))
	st.here = sgr(bg(fg("#000000", "#ffffff"), "#e4eef2", "#26343c"))
	return st
}

func sgr(s ansi.Style) style {
	if len(s) == 0 {
		return ""
	}
	return style(s.String())
}

func blank(n int) string { return strings.Repeat(" ", max(n, 0)) }
