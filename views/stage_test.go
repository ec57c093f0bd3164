package views

import (
	"cmp"
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// stage runs the program without a terminal: what commands answer is given back
// at once, in order.
type stage struct {
	tb       testing.TB
	app      *app
	quit     bool
	patience time.Duration
}

func sessionOf(acts Acts, role policy.Role) *Session {
	return &Session{
		Ctx: context.Background(), Ops: acts, Lang: "en", Width: 80, Height: 24, Dark: true,
		Actor:   policy.Actor{ID: 3, Login: "sander", Name: text.New("Sander de Wit"), Role: role, Held: []policy.Role{role}, Team: 1, Session: "s1"},
		Welcome: ops.Welcome{LastAt: noon.Add(-20 * time.Hour), LastFrom: "10.1.2.9", LastKey: text.New("laptop")},
		Now:     func() time.Time { return noon },
	}
}

func newStage(tb testing.TB, s *Session) *stage { return play(tb, s, 0) }

// patientStage waits for a real database.
func patientStage(tb testing.TB, s *Session) *stage { return play(tb, s, 10*time.Second) }

func play(tb testing.TB, s *Session, patience time.Duration) *stage {
	tb.Helper()
	st := &stage{tb: tb, app: newApp(s), patience: patience}
	st.run(st.app.begin())
	return st
}

// run carries out a command and all that follow from it.
func (s *stage) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	select {
	case msg := <-done:
		s.give(msg)
	case <-time.After(cmp.Or(s.patience, 50*time.Millisecond)): // the clock's tick, or an answer that is held
	}
}

func (s *stage) give(msg tea.Msg) {
	switch v := reflect.ValueOf(msg); {
	case msg == nil, msg == minuteMsg{}: // the clock would go on for ever
	case v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]():
		for i := range v.Len() {
			s.run(v.Index(i).Interface().(tea.Cmd))
		}
	default:
		if _, ok := msg.(tea.QuitMsg); ok {
			s.quit = true
			return
		}
		s.run(s.app.update(msg))
	}
}

// named are keys that tests write by name.
var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown},
	"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "backspace": {Code: tea.KeyBackspace}, "space": {Code: tea.KeySpace, Text: " "},
	"ctrl+s": {Code: 's', Mod: tea.ModCtrl}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+k": {Code: 'k', Mod: tea.ModCtrl},
	"ctrl+x": {Code: 'x', Mod: tea.ModCtrl}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "end": {Code: tea.KeyEnd},
}

// press presses keys: names, or letters one by one.
func (s *stage) press(keys ...string) *stage {
	for _, k := range keys {
		if k == "paste" {
			s.paste(table)
			continue
		}
		if key, ok := named[k]; ok {
			s.give(key)
			continue
		}
		for _, r := range k {
			key := tea.KeyPressMsg{Code: r, Text: string(r)}
			if r == ' ' {
				key = named["space"]
			}
			s.give(key)
		}
	}
	return s
}

func (s *stage) paste(text string) *stage { s.give(tea.PasteMsg{Content: text}); return s }

// shown is the screen without colours.
func (s *stage) shown() string { return ansi.Strip(s.app.View()) }

func (s *stage) wants(parts ...string) *stage {
	s.tb.Helper()
	for _, p := range parts {
		if !strings.Contains(s.shown(), p) {
			s.tb.Errorf("the screen doesn't show %q:\n%s", p, s.shown())
		}
	}
	return s
}

func (s *stage) wantsNot(parts ...string) *stage {
	s.tb.Helper()
	for _, p := range parts {
		if strings.Contains(s.shown(), p) {
			s.tb.Errorf("the screen shows %q:\n%s", p, s.shown())
		}
	}
	return s
}
