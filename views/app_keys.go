package views

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// press gives a key to the dialog, to the screen that takes letters, or to the
// app and then the screen.
func (a *app) press(key tea.KeyPressMsg) tea.Cmd {
	a.note = noteMsg{}
	name := key.String()
	switch {
	case name == "ctrl+c":
		return a.quit()
	case a.helping:
		a.helping = false
		return nil
	case a.dialog != nil:
		return a.inDialog(key)
	case name == "ctrl+k":
		return a.openPalette()
	case name == "esc":
		return a.escape()
	case a.typing():
		return a.toTop(key)
	}
	return a.shortcut(name, key)
}

func (a *app) shortcut(name string, key tea.KeyPressMsg) tea.Cmd {
	switch name {
	case "?":
		a.helping = true
		return nil
	case ":":
		return a.openPalette()
	case "q":
		return a.quit()
	case "-":
		return a.swap()
	}
	return a.toTop(key)
}

// openPalette opens it before the next key can come: who types ahead types into
// it, not onto the screen below.
func (a *app) openPalette() tea.Cmd {
	a.dialog = newPalette(a.kit, "")
	return nil
}

func (a *app) typing() bool {
	t, ok := a.top().(typer)
	return ok && t.Typing()
}

func (a *app) escape() tea.Cmd {
	if e, ok := a.top().(escaper); ok {
		if cmd, done := e.Escape(); done {
			return cmd
		}
	}
	return a.back()
}

func (a *app) inDialog(msg tea.Msg) tea.Cmd {
	was := a.dialog
	done, cmd := was.Update(msg)
	if done && a.dialog == was {
		a.dialog = nil
	}
	return cmd
}

func (a *app) pasted(msg tea.Msg) tea.Cmd {
	if a.dialog != nil {
		return a.inDialog(msg)
	}
	if p, ok := a.top().(paster); a.typing() || ok && p.Pastes() {
		return a.toTop(msg)
	}
	return nil // keys are typed, not pasted
}

// wheel is three times the arrow.
func (a *app) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	code := tea.KeyDown
	if msg.Button == tea.MouseWheelUp {
		code = tea.KeyUp
	} else if msg.Button != tea.MouseWheelDown {
		return nil
	}
	if a.helping || a.typing() {
		return nil
	}
	to := a.toTop
	if a.dialog != nil {
		to = a.inDialog
	}
	key := tea.KeyPressMsg{Code: code}
	return tea.Batch(to(key), to(key), to(key))
}

// quit ends the program, and asks first if something would be lost.
func (a *app) quit() tea.Cmd {
	for _, v := range a.stack {
		if d, ok := v.(drafter); ok && d.Draft() {
			a.dialog = newConfirm(a.kit, a.kit.t.QuitDraft, nil, func() tea.Cmd { return tea.Quit })
			return nil
		}
	}
	a.leave(a.stack)
	return tea.Quit
}

func rolesOf(acts Acts, actor policy.Actor) func(context.Context) (policy.Actor, error) {
	return func(ctx context.Context) (policy.Actor, error) { return acts.Roles(ctx, actor) }
}
