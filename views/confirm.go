package views

import (
	tea "charm.land/bubbletea/v2"
)

// confirm asks before something that can't be taken back easily. Enter alone
// never means yes: it may have been typed ahead.
type confirm struct {
	k        *kit
	question string
	details  []string
	yes      func() tea.Cmd
}

func newConfirm(k *kit, question string, details []string, yes func() tea.Cmd) *confirm {
	return &confirm{k, question, details, yes}
}

func (c *confirm) Update(msg tea.Msg) (bool, tea.Cmd) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	switch key.String() {
	case c.k.t.YesKey, "y":
		return true, c.yes()
	case "n", "esc":
		return true, nil
	}
	return false, nil
}

func (c *confirm) View(w, height int) []string {
	lines := wrap(c.question, w)
	for i, l := range lines {
		lines[i] = c.k.st.strong.of(l)
	}
	for _, d := range c.details {
		lines = append(lines, wrap(d, w)...)
	}
	keys := c.k.st.strong.of(c.k.t.YesKey) + " " + c.k.t.Yes + "   " + c.k.st.strong.of("n") + " " + c.k.t.No
	return append(lines[:min(len(lines), max(height-2, 0))], "", keys)
}

func (c *confirm) Cursor() (x, y int, ok bool) { return 0, 0, false }
