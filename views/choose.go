package views

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db/seal"
)

// option is one thing to choose. Its text is clean.
type option struct {
	text string
	hint string
	on   bool // of a set: chosen now
}

// choose is a short list to pick from, narrowed by typing. With many, space
// switches options on and off and enter takes the set.
type choose struct {
	k     *kit
	title string
	in    *input
	all   []option
	shown []int
	at    int
	many  bool
	// keepAll is for options that were found by what is typed.
	keepAll bool
	then    func([]int) tea.Cmd
}

// newChoose lets one be picked.
func newChoose(k *kit, title string, all []option, then func(int) tea.Cmd) *choose {
	c := &choose{k: k, title: title, in: newInput(""), all: all, then: func(is []int) tea.Cmd { return then(is[0]) }}
	c.narrow()
	return c
}

// newChooseMany lets a set be picked.
func newChooseMany(k *kit, title string, all []option, then func([]int) tea.Cmd) *choose {
	c := &choose{k: k, title: title, in: newInput(""), all: all, then: then, many: true}
	c.narrow()
	return c
}

func (c *choose) Update(msg tea.Msg) (bool, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return true, nil
		case "up", "ctrl+p", "shift+tab":
			c.at = max(c.at-1, 0)
			return false, nil
		case "down", "ctrl+n", "tab":
			c.at = min(c.at+1, max(len(c.shown)-1, 0))
			return false, nil
		case "enter":
			return c.enter()
		case "space":
			if c.many && len(c.shown) > 0 {
				o := &c.all[c.shown[c.at]]
				o.on = !o.on
				return false, nil
			}
		}
	}
	if c.in.Update(msg) {
		c.narrow()
	}
	return false, nil
}

func (c *choose) enter() (bool, tea.Cmd) {
	if c.many {
		var is []int
		for i, o := range c.all {
			if o.on {
				is = append(is, i)
			}
		}
		return true, c.then(is)
	}
	if len(c.shown) == 0 {
		return false, nil
	}
	return true, c.then([]int{c.shown[c.at]})
}

// narrow keeps the options in which the letters typed occur in order.
func (c *choose) narrow() {
	c.shown, c.at = c.shown[:0], 0
	for i, o := range c.all {
		if c.keepAll || fuzzy(o.text+" "+o.hint, c.in.value()) {
			c.shown = append(c.shown, i)
		}
	}
}

// fuzzy says whether the letters of want occur in have in that order.
func fuzzy(have, want string) bool {
	rest := seal.Fold(have)
	for _, r := range seal.Fold(want) {
		i := strings.IndexRune(rest, r)
		if i < 0 {
			return false
		}
		rest = rest[i+len(string(r)):]
	}
	return true
}

// chooseRows is how many options a drawer shows at most.
const chooseRows = 10

func (c *choose) View(w, height int) []string {
	shown, _ := c.in.View(max(w-width(c.title)-2, 1))
	lines := []string{c.k.st.strong.of(c.title) + "  " + c.k.st.here.of(shown)}
	rows := min(chooseRows, max(height-2, 1), max(len(c.shown), 1))
	from := max(min(c.at-rows/2, len(c.shown)-rows), 0)
	for i := from; i < from+rows && i < len(c.shown); i++ {
		lines = append(lines, c.row(c.all[c.shown[i]], i == c.at, w))
	}
	if len(c.shown) == 0 {
		lines = append(lines, c.k.st.faint.of(c.k.t.NothingFits))
	}
	return append(lines, c.k.st.faint.of(c.help()))
}

func (c *choose) help() string {
	if c.many {
		return c.k.t.ChooseManyHelp
	}
	return c.k.t.ChooseHelp
}

func (c *choose) row(o option, here bool, w int) string {
	mark := ""
	if c.many {
		mark = "[ ] "
		if o.on {
			mark = "[x] "
		}
	}
	if here {
		return c.k.st.sel.of(pad("▸ "+mark+o.text+"  "+o.hint, w))
	}
	return "  " + mark + o.text + "  " + c.k.st.faint.of(o.hint)
}

func (c *choose) Cursor() (x, y int, ok bool) {
	_, x = c.in.View(max(c.k.Width-width(c.title)-6, 1))
	return width(c.title) + 2 + x, 0, true
}
