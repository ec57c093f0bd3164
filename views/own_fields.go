package views

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
	"balie/policy/text"
)

// fieldsMsg are the organisation's own fields that the actor may know of.
type fieldsMsg struct {
	fields []policy.Field
	err    error
}

func (k *kit) learnFields() tea.Cmd {
	actor := k.Actor
	if !k.may(policy.FieldList) {
		return nil
	}
	return func() tea.Msg {
		fields, err := k.Ops.ListFields(k.Ctx, actor)
		return fieldsMsg{fields, err}
	}
}

// ownFields are the questions of a form on the organisation's own fields. One
// that is retired is only asked about where something stands in it.
func (k *kit) ownFields(entity policy.FieldEntity, values policy.FieldValues) (fields []*field) {
	for _, f := range policy.VisibleFields(k.defs, entity, k.Actor.Role) {
		held := values[f.ID]
		if f.Retired && held.IsZero() {
			continue
		}
		fd := k.ownField(f, held)
		fd.note = k.fieldTerms(f)
		if len(fields) == 0 {
			fd.head = k.t.Field.Own
		}
		fields = append(fields, fd)
	}
	return fields
}

func (k *kit) ownField(f policy.Field, held text.Line) *field {
	switch f.Kind {
	case policy.ChoiceField, policy.YesNoField:
		options, at := k.ownOptions(f, held)
		return choiceField(f.Key(), f.Label(k.Lang), options, at)
	}
	shown := k.fieldValue(f, held)
	if f.Kind == policy.DateField {
		shown = held.String() // as it is typed
	}
	return textField(f.Key(), f.Label(k.Lang), shown).looked().hinted(k.t.Field.KindHint[f.Kind])
}

// ownOptions are nothing, what is offered, and what stands there though it is
// offered no more. The hint of each is what is kept.
func (k *kit) ownOptions(f policy.Field, held text.Line) (options []option, at int) {
	options = []option{{text: "–"}}
	add := func(kept, name string) {
		if kept == held.String() {
			at = len(options)
		}
		options = append(options, option{text: name, hint: kept})
	}
	if f.Kind == policy.YesNoField {
		add("yes", k.t.Yes)
		add("no", k.t.No)
		return options, at
	}
	for _, c := range f.Choices {
		if kept := fmt.Sprintf("#%d", c.ID); !c.Retired || kept == held.String() {
			add(kept, c.Name.String())
		}
	}
	return options, at
}

// ownValues are what stands in a form's own fields, over what stood there. What
// can't be read stays as it was typed, for saving to refuse.
func (k *kit) ownValues(f *form, was policy.FieldValues) policy.FieldValues {
	for _, fd := range f.fields {
		id, own := policy.ParseFieldKey(fd.name)
		def, known := policy.FindField(k.defs, id)
		if !own || !known {
			continue
		}
		value := text.New(fd.value())
		if len(fd.options) > 0 {
			value = text.New(fd.options[fd.chosen].hint)
		} else if kept, err := def.Parse(fd.value()); err == nil {
			value = kept
		}
		was = was.Set(id, value)
	}
	return was
}

// checkOwn looks at an own field the way saving will; false for another one.
func (k *kit) checkOwn(fd *field) bool {
	id, own := policy.ParseFieldKey(fd.name)
	if !own {
		return false
	}
	fd.err, fd.good = "", ""
	def, known := policy.FindField(k.defs, id)
	if !known || fd.in == nil {
		return true
	}
	if _, err := def.Parse(fd.value()); err != nil {
		fd.err = k.sentence(err)
	}
	return true
}

// fieldTerms say why a field may be kept, for how long, and who sees it.
func (k *kit) fieldTerms(f policy.Field) string {
	term := fmt.Sprintf(k.t.Field.Kept, k.num(f.Months))
	if f.Entity == policy.OfDeal {
		term = fmt.Sprintf(k.t.Field.KeptDeal, k.num(f.Months))
	}
	said := joinNonEmpty(" · ", k.purposeName(f.Ground.Purpose), k.t.basis(f.Ground.Basis), term, fmt.Sprintf(k.t.Field.SeenBy, k.readers(f)))
	if f.Retired {
		said += " · " + k.t.Field.Retired
	}
	return said
}

func (k *kit) readers(f policy.Field) string {
	var names []string
	for _, r := range policy.InOrder(f.Readers) {
		names = append(names, k.t.role(r))
	}
	return strings.Join(names, ", ")
}

// fieldValue is what stands in a field, as a person reads it.
func (k *kit) fieldValue(f policy.Field, held text.Line) string {
	switch f.Kind {
	case policy.DateField:
		if day, err := time.Parse(time.DateOnly, held.String()); err == nil {
			return k.date(day)
		}
	case policy.NumberField:
		if k.Lang == "nl" {
			return strings.Replace(held.String(), ".", ",", 1)
		}
	case policy.YesNoField:
		return map[string]string{"yes": k.t.Yes, "no": k.t.No}[held.String()]
	}
	return f.Show(held)
}

// fieldLabel is the name of a field in the history; one that was dropped has
// none any more.
func (k *kit) fieldLabel(name string) string {
	id, own := policy.ParseFieldKey(name)
	if !own {
		return k.t.fieldName(name)
	}
	if f, ok := policy.FindField(k.defs, id); ok {
		return f.Label(k.Lang)
	}
	return k.t.Field.Gone
}

// toldOwn is a value of the history of an own field.
func (k *kit) toldOwn(name, value string) (string, bool) {
	id, own := policy.ParseFieldKey(name)
	if !own {
		return "", false
	}
	f, _ := policy.FindField(k.defs, id)
	return k.fieldValue(f, text.New(value)), true
}

// filledFields are the own fields in which something stands, by name.
func (k *kit) filledFields(fields []policy.Field, values policy.FieldValues) (all []policy.Field) {
	for _, f := range fields {
		if !values[f.ID].IsZero() {
			all = append(all, f)
		}
	}
	return all
}

// ownLine is what stands in the own fields of a customer, in as few lines as it
// takes.
func (c *customer) ownLines(w int) []string {
	var parts []string
	for _, f := range c.kit.filledFields(c.sight.Fields, c.sight.Values) {
		parts = append(parts, f.Label(c.kit.Lang)+": "+c.kit.fieldValue(f, c.sight.Values[f.ID]))
	}
	if len(parts) == 0 {
		return nil
	}
	return append(indentBy(wrap(strings.Join(parts, " · "), w-4), "  "), "")
}

func indentBy(lines []string, by string) []string {
	for i := range lines {
		lines[i] = by + lines[i]
	}
	return lines
}

// ownPrivacy says of each own field in which something stands why it may.
func (c *customer) ownPrivacy(w int) (lines []string) {
	for _, f := range c.kit.filledFields(c.sight.Fields, c.sight.Values) {
		lines = append(lines, c.kit.label(f.Label(c.kit.Lang), c.kit.fieldTerms(f), w)...)
	}
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	return lines
}
