package views

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// ahead is what was typed before the screen was there that the key before it
// opens. A slow line brings "/jan" in one piece, and all of it is for the search.
type ahead struct {
	waits bool
	turn  int
	typed []tea.Msg // keys and pastes
}

// aheadMost is how long what is typed waits. To open a screen takes no time; a
// command that asks the database may open none.
const aheadMost = 20 * time.Millisecond

// overdueMsg ends the waiting of a turn.
type overdueMsg struct{ turn int }

// inTurn is update, for which what is typed waits while the key before it may be
// opening something.
func (a *app) inTurn(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		return a.typed(msg)
	case openMsg, goMsg, closeMsg, swapMsg, dialogMsg, noteMsg:
		cmd := a.update(msg)
		return tea.Batch(cmd, a.release())
	case overdueMsg:
		if msg.turn != a.ahead.turn {
			return nil
		}
		return a.release()
	}
	return a.update(msg)
}

func (a *app) typed(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	leaves := ok && key.String() == "ctrl+c"
	if a.ahead.waits && !leaves {
		a.ahead.typed = append(a.ahead.typed, msg)
		return nil
	}
	text := a.dialog != nil || a.typing()
	cmd := a.update(msg)
	if cmd == nil || text || leaves {
		return cmd
	}
	a.ahead.turn++
	a.ahead.waits = true
	turn := a.ahead.turn
	return tea.Batch(cmd, tea.Tick(aheadMost, func(time.Time) tea.Msg { return overdueMsg{turn} }))
}

// release gives what has waited to what is there now; what that opens holds up
// the rest again.
func (a *app) release() tea.Cmd {
	waited := a.ahead.typed
	a.ahead.waits, a.ahead.typed = false, nil
	var cmds []tea.Cmd
	for _, msg := range waited {
		cmds = append(cmds, a.typed(msg))
	}
	return tea.Batch(cmds...)
}
