package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// settingsView is what the organisation decides; an admin changes it.
type settingsView struct {
	kit   *kit
	all   []db.Setting
	known bool
	list  roster
	width int
	asks  latest
	does  latest
}

func newSettings(k *kit) *settingsView { return &settingsView{kit: k} }

func (s *settingsView) Title() string { return s.kit.t.Own.SettingsAll }
func (s *settingsView) Init() tea.Cmd { return s.load() }
func (s *settingsView) Wake() tea.Cmd { return s.load() }
func (s *settingsView) Leave()        { s.asks.drop() }

func (s *settingsView) load() tea.Cmd {
	acts, actor := s.kit.Ops, s.kit.Actor
	return ask(s.kit, &s.asks, func(ctx context.Context) ([]db.Setting, error) {
		return acts.ListSettings(ctx, actor)
	}, func(all []db.Setting, err error) tea.Cmd {
		if err != nil {
			return s.kit.fail(err)
		}
		s.all, s.known = all, true
		s.list.put(s.rows(s.width))
		return nil
	})
}

func (s *settingsView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || s.list.press(key.String()) {
		return nil
	}
	it, ok := s.list.item().(db.Setting)
	switch {
	case key.String() == "ctrl+r":
		return s.load()
	case ok && key.String() == "enter" && s.kit.may(policy.SettingChange):
		return s.change(it)
	}
	return nil
}

// change asks for the value, checked as it will be again, and then why.
func (s *settingsView) change(it db.Setting) tea.Cmd {
	t := &s.kit.t.Own
	def, err := policy.FindSetting(it.Key)
	if err != nil {
		return s.kit.fail(err)
	}
	check := func(value string) error { return policy.CheckSetting(it.Key, policy.SettingValue(value), s.held) }
	question := s.kit.say(def.About) + " (" + string(it.Key) + ")"
	return show(newPrompt(s.kit, question, fmt.Sprintf(t.ChangeHint, s.valued(it)), check, func(value string) tea.Cmd {
		return s.kit.because(fmt.Sprintf(t.Changed, string(it.Key), value), t.ChangeWhy, func(why text.Line) tea.Cmd {
			return s.decide(it.Key, policy.SettingValue(value), why)
		})
	}))
}

func (s *settingsView) decide(key policy.SettingKey, value policy.SettingValue, why text.Line) tea.Cmd {
	acts, actor, t := s.kit.Ops, s.kit.Actor, &s.kit.t.Own
	return perform(s.kit, &s.does, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.Decide(ctx, actor, key, value, why)
	}, func(struct{}) string { return fmt.Sprintf(t.Changed, string(key), string(value)) }, s.load)
}

func (s *settingsView) held(key policy.SettingKey) policy.SettingValue {
	for _, it := range s.all {
		if it.Key == key {
			return it.Value
		}
	}
	return ""
}

func (s *settingsView) Keys() []binding {
	_, ok := s.list.item().(db.Setting)
	return []binding{
		on("enter", s.kit.t.Own.Change).unless(ok && s.kit.may(policy.SettingChange), s.kit.t.People.OnlyAdmin),
		on("ctrl+r", s.kit.t.People.Reload),
	}
}

func (s *settingsView) View(w, height int) string {
	if !s.known {
		return "   " + s.kit.st.faint.of(s.kit.t.Loading)
	}
	s.width = w
	s.list.put(s.rows(w))
	return join(s.list.lines(s.kit.st, w, height))
}

// rows have what a setting means below it.
func (s *settingsView) rows(w int) []rosterRow {
	var rows []rosterRow
	for _, it := range s.all {
		def, err := policy.FindSetting(it.Key)
		if err != nil {
			continue
		}
		decided := s.kit.t.Own.Default
		if it.At != nil {
			decided = s.kit.day(*it.At) + ", " + s.kit.by(it.By)
		}
		rows = append(rows, rosterRow{
			id: string(it.Key), item: it, text: columns([]int{24, 26, 40}, string(it.Key), s.valued(it), decided),
		})
		for _, l := range wrap(s.kit.say(def.About), min(w-6, formWidth)) {
			rows = append(rows, rosterRow{text: "  " + l, st: s.kit.st.faint})
		}
	}
	return rows
}

// valued is a value with its unit.
func (s *settingsView) valued(it db.Setting) string {
	value := text.Clean(string(it.Value))
	if def, err := policy.FindSetting(it.Key); err == nil && def.Unit != "" {
		value += " " + cmpOr(s.kit.t.Own.Units[def.Unit], def.Unit)
	}
	return value
}
