package views

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// TestTypedAhead: what comes in one piece is for the screen that its first key
// opens. Without waiting, "/haas" adds somebody by its first a.
func TestTypedAhead(t *testing.T) {
	for name, test := range map[string]struct {
		give func(*app, tea.Msg) tea.Cmd
		want string
	}{
		"it waits":    {(*app).inTurn, "/ haas"},
		"the control": {(*app).update, "▸ a person"},
	} {
		s := newStage(t, sessionOf(newFakeActs(), policy.Sales))
		var cmds []tea.Cmd
		for _, r := range "/haas" {
			cmds = append(cmds, test.give(s.app, tea.KeyPressMsg{Code: r, Text: string(r)}))
		}
		for len(cmds) > 0 {
			cmd := cmds[0]
			if cmds = cmds[1:]; cmd == nil {
				continue
			}
			switch msg := cmd().(type) {
			case tea.BatchMsg:
				cmds = append(cmds, msg...)
			default:
				cmds = append(cmds, test.give(s.app, msg))
			}
		}
		if got := s.shown(); !strings.Contains(got, test.want) {
			t.Errorf("%s: no %q on\n%s", name, test.want, got)
		}
	}
}

// TestTypedAhead_nothingOpens: a key that opens nothing holds up the next ones for
// a moment only, and never the one that leaves.
func TestTypedAhead_nothingOpens(t *testing.T) {
	s := newStage(t, sessionOf(newFakeActs(), policy.Sales))
	s.app.ahead.waits, s.app.ahead.turn = true, 7
	s.app.inTurn(tea.KeyPressMsg{Code: '?', Text: "?"})
	s.app.inTurn(overdueMsg{6})
	if s.app.helping {
		t.Error("an older turn ended the waiting")
	}
	if s.app.inTurn(overdueMsg{7}); !s.app.helping {
		t.Error("the key is lost")
	}
	s.app.ahead.waits = true
	if cmd := s.app.inTurn(named["ctrl+c"]); cmd == nil || cmd() != (tea.QuitMsg{}) {
		t.Error("ctrl+c waits")
	}
}
