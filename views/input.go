package views

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"balie/policy/text"
)

// maxInput is how many characters a field takes, well above what is kept.
const maxInput = 2000

// input is one line of text being typed. It is ours because bubbles' textinput
// pastes the server's own clipboard on ctrl+v, moves by code points, and keeps
// kilobytes per field. What it holds is clean from the first moment.
type input struct {
	clusters []string
	at       int // the cursor, in clusters
	secret   bool
}

func newInput(value string) *input {
	in := &input{}
	in.set(value)
	return in
}

func (in *input) set(value string) {
	in.clusters, in.at = nil, 0
	in.insert(value)
}

func (in *input) value() string { return strings.Join(in.clusters, "") }

// line is the value as it goes on.
func (in *input) line() text.Line { return text.New(in.value()) }

func (in *input) insert(s string) {
	if s = cleanTyped(s); s == "" {
		return
	}
	before, after := strings.Join(in.clusters[:in.at], ""), strings.Join(in.clusters[in.at:], "")
	head := clusters(cleanTyped(before + s)) // a mark joins the letter before it
	in.clusters = append(head, clusters(after)...)
	in.at = len(head)
	if len(in.clusters) > maxInput {
		in.clusters = in.clusters[:maxInput]
		in.at = min(in.at, maxInput)
	}
}

// cleanTyped is text.Clean that keeps a space at either end: the next word may
// be on its way.
func cleanTyped(s string) string {
	t := strings.TrimFunc(s, unicode.IsSpace)
	if t == "" {
		return strings.Repeat(" ", min(len([]rune(s)), 1))
	}
	var head, tail string
	if !strings.HasPrefix(s, t) {
		head = " "
	}
	if !strings.HasSuffix(s, t) {
		tail = " "
	}
	return head + text.Clean(t) + tail
}

func clusters(s string) []string {
	var out []string
	for s != "" {
		c, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		out, s = append(out, c), s[len(c):]
	}
	return out
}

// Update takes a key or a paste, and says whether it was for a line of text.
func (in *input) Update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		in.insert(msg.Content[:min(len(msg.Content), 4*maxInput)])
		return true
	case tea.KeyPressMsg:
		return in.press(msg)
	}
	return false
}

func (in *input) press(key tea.KeyPressMsg) bool {
	switch key.String() {
	case "left", "ctrl+b":
		in.at = max(in.at-1, 0)
	case "right", "ctrl+f":
		in.at = min(in.at+1, len(in.clusters))
	case "home", "ctrl+a":
		in.at = 0
	case "end", "ctrl+e":
		in.at = len(in.clusters)
	case "backspace", "ctrl+h":
		in.remove(in.at-1, in.at)
	case "delete", "ctrl+d":
		in.remove(in.at, in.at+1)
	case "ctrl+w", "alt+backspace":
		in.remove(in.word(), in.at)
	case "ctrl+u":
		in.remove(0, in.at)
	default:
		if key.Text == "" {
			return false
		}
		in.insert(key.Text)
	}
	return true
}

func (in *input) remove(from, to int) {
	from, to = max(from, 0), min(to, len(in.clusters))
	if from >= to {
		return
	}
	in.clusters = append(in.clusters[:from:from], in.clusters[to:]...)
	in.at = from
}

// word is where the word before the cursor begins.
func (in *input) word() int {
	i := in.at
	for i > 0 && in.clusters[i-1] == " " {
		i--
	}
	for i > 0 && in.clusters[i-1] != " " {
		i--
	}
	return i
}

// View shows the part around the cursor in exactly w columns, and tells the
// column of the cursor.
func (in *input) View(w int) (shown string, x int) {
	cells := in.clusters
	if in.secret {
		cells = make([]string, len(in.clusters))
		for i := range cells {
			cells[i] = "*"
		}
	}
	from := in.at
	for from > 0 && x+width(cells[from-1]) < w {
		from--
		x += width(cells[from])
	}
	return pad(ansi.Truncate(strings.Join(cells[from:], ""), max(w, 0), ""), w), x
}
