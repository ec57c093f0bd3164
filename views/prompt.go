package views

import (
	tea "charm.land/bubbletea/v2"
)

// prompt asks for one line. check says at once what is wrong with it.
type prompt struct {
	k     *kit
	label string
	hint  string
	in    *input
	check func(string) error
	then  func(string) tea.Cmd
	err   string
}

func newPrompt(k *kit, label, hint string, check func(string) error, then func(string) tea.Cmd) *prompt {
	return &prompt{k: k, label: label, hint: hint, in: newInput(""), check: check, then: then}
}

// secretly shows stars for what is typed.
func (p *prompt) secretly() *prompt { p.in.secret = true; return p }

func (p *prompt) Update(msg tea.Msg) (bool, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return true, nil
		case "enter":
			return p.enter()
		}
	}
	if p.in.Update(msg) {
		p.err = ""
	}
	return false, nil
}

func (p *prompt) enter() (bool, tea.Cmd) {
	value := p.in.line().String()
	if p.check != nil {
		if err := p.check(value); err != nil {
			p.err = p.k.sentence(err)
			return false, nil
		}
	}
	return true, p.then(value)
}

func (p *prompt) View(w, _ int) []string {
	shown, _ := p.in.View(max(w, 1))
	below := p.k.st.faint.of(p.hint)
	if p.err != "" {
		below = p.k.st.danger.of("! " + p.err)
	}
	return []string{p.k.st.strong.of(p.label), p.k.st.here.of(shown), below}
}

func (p *prompt) Cursor() (x, y int, ok bool) {
	_, x = p.in.View(max(p.k.Width, 1))
	return x, 1, true
}
