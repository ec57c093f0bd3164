package views

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// FieldActs are those on fields of the organisation's own.
type FieldActs interface {
	ListFields(context.Context, policy.Actor) ([]policy.Field, error)
	SaveField(ctx context.Context, actor policy.Actor, f policy.Field, why text.Line) (int32, error)
	FieldCatalogue(context.Context, policy.Actor) (ops.Catalogue, error)
	CountFields(ctx context.Context, actor policy.Actor, progress func(done int)) error
	DropField(ctx context.Context, actor policy.Actor, id int32, typed, why text.Line, progress func(done int)) error
}

// fieldEntries are what the palette offers on fields.
func fieldEntries(k *kit) []entry {
	t := &k.t.Field
	return []entry{{name: "fields", title: t.To, hint: t.ToHint, act: policy.FieldUsage, run: func(string) tea.Cmd { return goTo(newFields(k)) }}}
}

// fieldsView is the catalogue: every field, and how much it is used, so that one
// that nobody needs can be dropped.
type fieldsView struct {
	kit     *kit
	cat     ops.Catalogue
	known   bool
	list    roster
	asks    latest
	does    latest
	going   string // what the clock is doing for us, with a place for how far
	far     *progress
	working latest
}

// fieldLine is a row of the catalogue.
type fieldLine struct {
	policy.Field // ID 0: comes with the program
	use          db.FieldUse
}

func newFields(k *kit) *fieldsView { return &fieldsView{kit: k} }

func (v *fieldsView) Title() string { return v.kit.t.Field.Title }
func (v *fieldsView) Init() tea.Cmd { return v.load() }
func (v *fieldsView) Wake() tea.Cmd { return v.load() }
func (v *fieldsView) Leave()        { v.asks.drop() }

func (v *fieldsView) load() tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	return ask(v.kit, &v.asks, func(ctx context.Context) (ops.Catalogue, error) {
		return acts.FieldCatalogue(ctx, actor)
	}, func(cat ops.Catalogue, err error) tea.Cmd {
		if err != nil {
			return v.kit.fail(err)
		}
		v.cat, v.known, v.kit.defs = cat, true, cat.Fields
		return nil
	})
}

// sweptMsg comes now and then while the clock works for this screen.
type sweptMsg struct{ view *fieldsView }

func (v *fieldsView) tick() tea.Cmd {
	return tea.Tick(200*time.Millisecond, func(time.Time) tea.Msg { return sweptMsg{v} })
}

func (v *fieldsView) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(sweptMsg); ok && m.view == v && v.working.busy {
		return v.tick()
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.list.press(key.String()) {
		return nil
	}
	line, on := v.list.item().(fieldLine)
	own := on && line.ID != 0
	switch name := key.String(); {
	case name == "ctrl+r":
		return v.load()
	case name == "a" && v.kit.may(policy.FieldWrite):
		return open(newFieldForm(v.kit, policy.Field{Entity: v.entityHere(line, on), Kind: policy.TextField, Months: 24, Readers: policy.FieldReaders}))
	case (name == "e" || name == "enter") && own && v.kit.may(policy.FieldWrite):
		return open(newFieldForm(v.kit, line.Field))
	case name == "r" && own && v.kit.may(policy.FieldWrite):
		return v.retire(line.Field)
	case name == "x" && own && v.kit.may(policy.FieldDrop):
		return v.drop(line)
	case name == "c" && v.kit.may(policy.FieldCount):
		return v.count()
	}
	return nil
}

func (v *fieldsView) entityHere(line fieldLine, on bool) policy.FieldEntity {
	if on {
		return line.Entity
	}
	return policy.OfPerson
}

func (v *fieldsView) Keys() []binding {
	t := &v.kit.t.Field
	line, ok := v.list.item().(fieldLine)
	writes := v.kit.may(policy.FieldWrite)
	own := func(may bool) (bool, string) {
		switch {
		case !may:
			return false, v.kit.t.OffRole
		case !ok:
			return false, t.Pick
		}
		return line.ID != 0, t.OnlyOwn
	}
	can, why := own(writes)
	retire := t.KeyRetire
	if line.Retired {
		retire = t.KeyBack
	}
	return []binding{
		on("a", t.KeyAdd).unless(writes, v.kit.t.OffRole), on("e", v.kit.t.KeyEdit).unless(can, why), on("r", retire).unless(can, why), on("x", t.KeyDrop).unless(can, why),
		on("c", t.KeyCount).unless(v.kit.may(policy.FieldCount), v.kit.t.OffRole), on("↑↓", v.kit.t.KeyMove), on("ctrl+r", v.kit.t.People.Reload), on("-", v.kit.t.KeyBack),
	}
}

// retire takes a field off the forms, or puts it back.
func (v *fieldsView) retire(f policy.Field) tea.Cmd {
	f.Retired = !f.Retired
	acts, actor := v.kit.Ops, v.kit.Actor
	return v.kit.because(f.Label(v.kit.Lang)+": "+v.kit.t.Field.RetireWhy, v.kit.t.Field.WhyHint, func(why text.Line) tea.Cmd {
		return perform(v.kit, &v.does, func(ctx context.Context) (int32, error) { return acts.SaveField(ctx, actor, f, why) },
			func(int32) string { return fmt.Sprintf(v.kit.t.Field.Saved, f.Label(v.kit.Lang)) }, v.load)
	})
}

func (v *fieldsView) count() tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	return v.sweep(v.kit.t.Field.Counting, v.kit.t.Field.CountedNow, func(ctx context.Context, progress func(int)) error {
		return acts.CountFields(ctx, actor, progress)
	})
}

// drop asks for the name, and why, and says before how much goes.
func (v *fieldsView) drop(line fieldLine) tea.Cmd {
	t, acts, actor, name := &v.kit.t.Field, v.kit.Ops, v.kit.Actor, line.Name.String()
	hint := t.DropUnknown
	if !line.use.CountedAt.IsZero() {
		hint = fmt.Sprintf(t.DropHint, v.kit.num(int(line.use.Filled)), v.kit.num(int(line.use.Total)), v.kit.ago(line.use.CountedAt))
	}
	same := func(typed string) error {
		if typed != name {
			return policy.Errorf(policy.Invalid, "Type the name of the field, %s, to drop it with all that stands in it.", name)
		}
		return nil
	}
	return show(newPrompt(v.kit, fmt.Sprintf(t.DropAsk, name), hint, same, func(typed string) tea.Cmd {
		return v.kit.because(t.DropWhy, t.WhyHint, func(why text.Line) tea.Cmd {
			return v.sweep(t.Sweeping, fmt.Sprintf(t.Dropped, name), func(ctx context.Context, progress func(int)) error {
				return acts.DropField(ctx, actor, line.ID, text.New(typed), why, progress)
			})
		})
	}))
}

// sweep shows how far the clock is in what was asked for.
func (v *fieldsView) sweep(going, done string, act func(context.Context, func(int)) error) tea.Cmd {
	if v.working.busy {
		return nil
	}
	far := &progress{}
	v.going, v.far = going, far
	return tea.Batch(v.tick(), ask(v.kit, &v.working, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, act(ctx, func(n int) { far.set(n, 0) })
	}, func(_ struct{}, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(v.load(), v.kit.fail(err))
		}
		return tea.Batch(v.load(), notify(noteGood, done))
	}))
}

func (v *fieldsView) View(w, height int) string {
	t := &v.kit.t.Field
	if !v.known {
		return "   " + v.kit.st.faint.of(v.kit.t.Loading)
	}
	v.list.put(v.rows(w))
	lines := []string{"   " + v.kit.st.faint.of(cut(v.columns(w, t.Name, t.Kind, t.Filled, t.Used, t.Purpose), w-4))}
	below := v.story(w)
	room := max(height-len(lines)-len(below), 0)
	lines = append(lines, block(v.list.lines(v.kit.st, w, room), w, room)...)
	return join(append(lines, below...))
}

func (v *fieldsView) columns(w int, name, kind, filled, used, purpose string) string {
	names := 22
	if w >= 120 {
		names = 40
	}
	return pad(name, names) + " " + pad(kind, 10) + " " + padLeft(filled, 9) + "  " + pad(used, 14) + " " + purpose
}

// rows are the own fields of each entity, then those of the program.
func (v *fieldsView) rows(w int) []rosterRow {
	var rows []rosterRow
	for _, e := range policy.FieldEntities {
		rows = append(rows, rosterRow{text: v.kit.t.Field.Entity[e], st: v.kit.st.accent})
		for _, f := range v.cat.Fields {
			if f.Entity == e {
				rows = append(rows, v.row(w, fieldLine{f, v.cat.Use[e][f.Key()]}))
			}
		}
		for _, name := range db.CountedFields(e) {
			rows = append(rows, v.row(w, fieldLine{policy.Field{Entity: e, Name: text.New(v.builtIn(e, name))}, v.cat.Use[e][name]}))
		}
	}
	for _, d := range v.cat.Dropped {
		rows = append(rows, v.droppedRow(w, d))
	}
	return rows
}

// builtIn is the name of a field that comes with the program.
func (v *fieldsView) builtIn(e policy.FieldEntity, name string) string {
	if e == policy.OfDeal {
		return cmpOr(v.kit.t.Deal.Fields[name], name)
	}
	if e == policy.OfCompany && name == "family" {
		return v.kit.t.CompanyName
	}
	return v.kit.t.fieldName(name)
}

func (v *fieldsView) row(w int, f fieldLine) rosterRow {
	t := &v.kit.t.Field
	st, kind, filled, used := v.kit.st.faint, "", "", ""
	purpose := t.BuiltIn
	if f.ID != 0 {
		st, kind, purpose = "", t.Kinds[f.Kind], v.kit.purposeName(f.Ground.Purpose)
		if f.Retired {
			st, purpose = v.kit.st.faint, t.Retired
		}
	}
	if u := f.use; !u.CountedAt.IsZero() {
		filled, used = v.kit.num(int(u.Filled)), t.Never
		if u.UsedAt != nil {
			used = v.kit.ago(*u.UsedAt)
		}
		if f.ID != 0 && u.Filled == 0 {
			st, purpose = v.kit.st.due, "! "+t.Unused
		}
	}
	return rosterRow{id: string(f.Entity) + f.Key() + f.Name.String(), item: f, st: st, text: v.columns(w, "  "+f.Label(v.kit.Lang), kind, filled, used, purpose)}
}

// droppedRow says what became of a field that was dropped.
func (v *fieldsView) droppedRow(w int, d db.DroppedField) rosterRow {
	state := v.kit.t.Field.Clearing
	if d.ClearedAt != nil {
		state = fmt.Sprintf(v.kit.t.Field.Clear, v.kit.num(int(d.Cleared)))
	}
	return rosterRow{st: v.kit.st.faint, text: v.columns(w, text.Clean(d.Name), v.kit.t.Field.KeyDropped, "", v.kit.ago(d.DroppedAt), state)}
}

// story says of the selected one, in full, why it may be kept; and what was
// counted when.
func (v *fieldsView) story(w int) []string {
	t := &v.kit.t.Field
	said := t.NotCounted
	if line, ok := v.list.item().(fieldLine); ok {
		if !line.use.CountedAt.IsZero() {
			said = fmt.Sprintf(t.Counted, v.kit.ago(line.use.CountedAt))
		}
		if line.ID != 0 {
			said = joinNonEmpty(" · ", v.kit.fieldTerms(line.Field), v.choiceNames(line.Field)) + ". " + said
		}
	}
	if len(v.cat.Fields) == 0 {
		said = t.None + " " + said
	}
	if v.working.busy {
		said = fmt.Sprintf(v.going, v.kit.num(int(v.far.done.Load())))
	}
	return append([]string{""}, indentBy(wrap(said, w-4), "  ")...)
}

func (v *fieldsView) choiceNames(f policy.Field) string {
	var names []string
	for _, c := range f.Choices {
		if !c.Retired {
			names = append(names, c.Name.String())
		}
	}
	return strings.Join(names, ", ")
}
