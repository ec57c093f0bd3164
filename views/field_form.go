package views

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
	"balie/policy/text"
)

// readerSets are who can be let see a field beside the privacy officer.
var readerSets = [3][]policy.Role{{policy.Sales, policy.Manager, policy.Privacy}, {policy.Manager, policy.Privacy}, {policy.Sales, policy.Privacy}}

// newFieldForm adds a field of the organisation's own, or changes one: what it
// belongs to and its kind stay.
func newFieldForm(k *kit, f policy.Field) *shortForm {
	t := &k.t.Field
	title := t.FormChange
	var fields []*field
	if f.ID == 0 {
		title = t.FormNew
		fields = append(fields, choiceField("entity", t.Of, worded(policy.FieldEntities, t.Entity), slices.Index(policy.FieldEntities, f.Entity)),
			choiceField("kind", t.Kind, worded(policy.FieldKinds, t.Kinds), slices.Index(policy.FieldKinds, f.Kind)))
	}
	fields = append(fields, textField("name", t.Name, f.Name.String()).hinted(t.NameHint), textField("english", t.English, f.English.String()).hinted(t.EnglishHint))
	if f.ID == 0 || f.Kind == policy.ChoiceField {
		fields = append(fields, textField("choices", t.Choices, offered(f)).hinted(t.ChoicesHint))
	}
	set := slices.IndexFunc(readerSets[:], func(rs []policy.Role) bool { return slices.Equal(rs, policy.InOrder(f.Readers)) })
	months := ""
	if f.Months > 0 {
		months = strconv.Itoa(f.Months)
	}
	names := k.purposeNames([]policy.Ground{f.Ground})
	fields = append(fields, choiceField("purpose", t.Purpose, k.purposeOptions(names)[1:], max(slices.Index(names, f.Ground.Purpose), 0)),
		choiceField("basis", t.Basis, k.basisOptions(), slices.Index(policy.Bases, f.Ground.Basis)),
		textField("months", t.Months, months).hinted(t.MonthsHint),
		choiceField("readers", t.Readers, []option{{text: t.ReaderSets[0]}, {text: t.ReaderSets[1]}, {text: t.ReaderSets[2]}}, set),
		textField("reason", t.Why, "").hinted(t.WhyHint))
	s := newShortForm(k, title, fields)
	s.form.save = func() tea.Cmd { return saveField(s, f) }
	return s
}

// worded are options for values, in the words of a table.
func worded[T ~string](all []T, words map[T]string) []option {
	options := make([]option, len(all))
	for i, v := range all {
		options[i] = option{text: words[v]}
	}
	return options
}

func (k *kit) basisOptions() []option {
	options := make([]option, len(policy.Bases))
	for i, b := range policy.Bases {
		options[i] = option{text: k.t.basis(b)}
	}
	return options
}

func offered(f policy.Field) string {
	var names []string
	for _, c := range f.Choices {
		if !c.Retired {
			names = append(names, c.Name.String())
		}
	}
	return strings.Join(names, ", ")
}

// askedField is the field as the form has it.
func askedField(form *form, f policy.Field) policy.Field {
	chosen := func(name string) int { return form.field(name).chosen }
	if f.ID == 0 {
		f.Entity, f.Kind = policy.FieldEntities[chosen("entity")], policy.FieldKinds[chosen("kind")]
	}
	f.Name, f.English = text.New(form.value("name")), text.New(form.value("english"))
	if typed := form.value("choices"); f.Kind == policy.ChoiceField && typed != offered(f) {
		f = f.Rechoose(strings.Split(typed, ","))
	}
	f.Ground = policy.Ground{Purpose: policy.Purpose(form.field("purpose").options[chosen("purpose")].hint), Basis: policy.Bases[chosen("basis")]}
	f.Months, _ = strconv.Atoi(form.value("months")) // what is no number is refused as none
	f.Readers = readerSets[chosen("readers")]
	return f
}

func saveField(s *shortForm, was policy.Field) tea.Cmd {
	acts, actor, f, why := s.kit.Ops, s.kit.Actor, askedField(s.form, was), text.New(s.form.value("reason"))
	return submit(s, func(ctx context.Context) (int32, error) { return acts.SaveField(ctx, actor, f, why) },
		func(int32) tea.Cmd {
			return tea.Batch(closeView(s), s.kit.learnFields(), notify(noteGood, fmt.Sprintf(s.kit.t.Field.Saved, f.Label(s.kit.Lang))))
		})
}
