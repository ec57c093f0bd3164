package views

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// fakeJoin accepts one code.
type fakeJoin struct {
	refused error // of StartJoin
	tried   []string
}

func (f *fakeJoin) StartJoin(context.Context, ops.Invited) (ops.Joining, error) {
	return ops.Joining{
		Name: text.New("Nora Claes"), Login: "nora", Secret: policy.Seal("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
		URL: policy.Seal(joinURL), Fingerprint: fingerprintOf("Yk3aB"), InviterName: text.New("Anna Peeters"),
	}, f.refused
}

func (f *fakeJoin) ConfirmJoin(_ context.Context, _ ops.Joining, code policy.Sealed) ([]policy.Sealed, error) {
	f.tried = append(f.tried, code.Reveal())
	if code.Reveal() != "123456" {
		return nil, policy.Errorf(policy.Invalid, "That code does not belong to this secret: type the newest one, and let the phone set its clock by itself.").On("code")
	}
	return fakeCodes(), nil
}

// joiner is a new colleague in front of the program.
type joiner struct {
	*testing.T
	*joinView
	quit bool
}

func newJoiner(t *testing.T, acts JoinActs, set func(*JoinSession)) *joiner {
	t.Helper()
	s := &JoinSession{Ctx: t.Context(), Ops: acts, Lang: "en", Width: 80, Height: 24, Dark: true, Host: "crm.example.be"}
	if set != nil {
		set(s)
	}
	j := &joiner{T: t, joinView: NewJoin(s).(*joinView)}
	j.give(j.Init()())
	return j
}

func (j *joiner) give(msg tea.Msg) {
	if _, ok := msg.(tea.QuitMsg); ok {
		j.quit = true
		return
	}
	if _, cmd := j.Update(msg); cmd != nil {
		j.give(cmd())
	}
}

func (j *joiner) press(keys ...string) *joiner {
	for _, k := range keys {
		if key, ok := named[k]; ok {
			j.give(key)
			continue
		}
		for _, r := range k {
			j.give(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	return j
}

func (j *joiner) wants(parts ...string) {
	j.Helper()
	shown := ansi.Strip(j.View())
	for _, p := range parts {
		if !strings.Contains(shown, p) {
			j.Errorf("the screen doesn't show %q:\n%s", p, shown)
		}
	}
}

func TestJoin(t *testing.T) {
	acts := &fakeJoin{}
	j := newJoiner(t, acts, nil)
	j.wants("Welcome, Nora Claes", "Anna Peeters", "JBSW Y3DP", "SHA256:Yk3aB", "█")
	j.press("12", "enter").wants("six digits")
	if len(acts.tried) != 0 {
		t.Fatalf("a part of a code was tried: %q", acts.tried)
	}
	j.press("x3y456", "enter") // letters are no digits
	j.wants("1  AAAA-EFGH-IJKL-MNOP-QRST-UVWX", "10  JJJJ", "Write them down")
	j.press("enter", "esc", "q").wants("10  JJJJ") // not by a key pressed too often
	j.press("y").wants("ssh nora@crm.example.be")
	if strings.Contains(j.View(), "JJJJ") {
		t.Error("the codes are still shown")
	}
	if j.press("enter"); !j.quit {
		t.Error("it did not end")
	}
}

func TestJoin_wrongCode(t *testing.T) {
	acts := &fakeJoin{}
	j := newJoiner(t, acts, nil)
	j.press("654321", "enter").wants("does not belong", "JBSW Y3DP", "█")
	j.give(tea.PasteMsg{Content: " 123 456\n"}) // as a phone shows it
	j.press("enter").wants("AAAA-EFGH")
	if want := []string{"654321", "123456"}; strings.Join(acts.tried, " ") != strings.Join(want, " ") {
		t.Errorf("tried %q", acts.tried)
	}
}

// Leaving before the proof keeps nothing: ops was asked for nothing.
func TestJoin_leave(t *testing.T) {
	acts := &fakeJoin{}
	j := newJoiner(t, acts, nil).press("123456", "esc")
	if !j.quit || len(acts.tried) != 0 {
		t.Errorf("quit %v, tried %q", j.quit, acts.tried)
	}
	acts.refused = policy.Errorf(policy.Denied, "This key can't be used here: make a new one with ssh-keygen -t ed25519.")
	newJoiner(t, acts, nil).wants("This key can't be used here", "Nothing was stored")
}

func TestJoin_fit(t *testing.T) {
	for _, set := range []func(*JoinSession){
		nil,
		func(s *JoinSession) { s.Lang, s.Dark = "nl", false },
		func(s *JoinSession) { s.NoColor = true },
		func(s *JoinSession) { s.ASCII, s.Lang = true, "nl" },
		func(s *JoinSession) { s.Width, s.Height = 200, 50 },
		func(s *JoinSession) { s.Width, s.Height, s.ASCII = 200, 60, true },
		func(s *JoinSession) { s.Width, s.Height = 40, 12 },
		func(s *JoinSession) { s.Width, s.Height = 1, 1 },
	} {
		for _, keys := range [][]string{nil, {"654321", "enter"}, {"123456", "enter"}, {"123456", "enter", "y"}} {
			j := newJoiner(t, &fakeJoin{}, set).press(keys...)
			wantFit(t, "join", j.View(), j.kit.Width, j.kit.Height, j.kit.ASCII)
		}
	}
}

// The code on the screen is the one that was asked for, beside the words.
func TestJoin_scans(t *testing.T) {
	for _, set := range []func(*JoinSession){nil, func(s *JoinSession) { s.Width, s.Height = 200, 50 }} {
		j := newJoiner(t, &fakeJoin{}, set)
		lines := strings.Split(j.View(), "\n")
		p := paperFor(true, true, true)
		quiet, ok := j.code.fit(p, j.kit.Width-textBeside-2, j.kit.Height)
		if !ok {
			t.Fatal("no room for the code")
		}
		w, h := j.code.size(p, quiet)
		for i := range h {
			lines[i] = ansi.Truncate(lines[i], w, "")
		}
		seen := pixels(lines[:h], p)
		for y := range j.code.side {
			for x := range j.code.side {
				if seen(x+quiet, y+quiet) != j.code.dark(x, y) {
					t.Fatalf("module %d,%d is not what it should be", x, y)
				}
			}
		}
	}
}
