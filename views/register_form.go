package views

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// newRegisterForm is an entry of a register, a new one when it has no version.
func newRegisterForm(k *kit, e db.RegisterEntry) *shortForm {
	rules, _ := policy.FindRegister(string(e.Register))
	fields := make([]*field, len(rules.Fields))
	for i, f := range rules.Fields {
		label := cmpOr(k.t.Register.Field[f.Name], f.Name)
		if f.Kind == policy.EntryChoice {
			fields[i] = choiceField(f.Name, label, k.entryOptions(f), slices.Index(f.Choices, e.Values[f.Name].String())+1)
			continue
		}
		fields[i] = textField(f.Name, label, e.Values[f.Name].String()).hinted(k.say(f.About))
	}
	s := newShortForm(k, k.say(rules.Title), fields)
	request := ops.NewRequestKey()
	s.form.save = func() tea.Cmd { return saveEntry(s, rules, e, request) }
	return s
}

// entryOptions begin with nothing chosen.
func (k *kit) entryOptions(f policy.EntryField) []option {
	options := []option{{text: "-"}}
	for _, c := range f.Choices {
		options = append(options, option{text: cmpOr(k.t.Register.Choice[c], c), hint: c})
	}
	return options
}

func saveEntry(s *shortForm, rules policy.RegisterRules, e db.RegisterEntry, request ops.RequestKey) tea.Cmd {
	acts, actor, values := s.kit.Ops, s.kit.Actor, policy.Values{}
	for _, f := range rules.Fields {
		value := s.form.value(f.Name)
		if fd := s.form.field(f.Name); f.Kind == policy.EntryChoice {
			value = fd.options[fd.chosen].hint
		}
		if err := rules.Set(values, f.Name, value); err != nil {
			return s.kit.fail(err)
		}
	}
	e.Values = values
	return submit(s, func(ctx context.Context) (int64, error) { return acts.WriteEntry(ctx, actor, e, request) },
		func(int64) tea.Cmd { return tea.Batch(closeView(s), notify(noteGood, s.kit.t.Register.Saved)) })
}
