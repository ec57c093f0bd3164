package server

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type fieldCommands struct {
	List    fieldsList   `cmd:"" help:"All fields, those that come with the program too, and how many records fill each."`
	Add     fieldsAdd    `cmd:"" help:"A field of the own; prints its number."`
	Change  fieldsChange `cmd:"" help:"Change one."`
	Retire  fieldsRetire `cmd:"" help:"Have one filled in no more; what stands in it stays."`
	Count   fieldsCount  `cmd:"" help:"Count now; the clock does weekly."`
	Drop    fieldsDrop   `cmd:"" help:"Take one away with all that stands in it, for good."`
	Dropped fieldsGone   `cmd:"" help:"Those that were dropped, and how many values were deleted."`
}

type fieldsList struct {
	format
	Of  string `help:"Only of person, company or deal." enum:"person,company,deal," default:""`
	Own bool   `help:"Only the organisation's own."`
}

// fieldLine is a field with its use; ID 0 is one that comes with the program.
type fieldLine struct {
	policy.Field
	use db.FieldUse
}

func (cmd *fieldsList) Run(c *call) error {
	cat, err := c.ops.FieldCatalogue(c.ctx, c.as(policy.FieldUsage))
	if err != nil {
		return err
	}
	var lines []fieldLine
	for _, e := range policy.FieldEntities {
		if cmd.Of == "" || cmd.Of == string(e) {
			lines = append(lines, fieldLines(cat, e, cmd.Own)...)
		}
	}
	return list(c, cmd.format, fieldLineColumns, lines)
}

func fieldLines(cat ops.Catalogue, e policy.FieldEntity, own bool) (lines []fieldLine) {
	for _, f := range cat.Fields {
		if f.Entity == e {
			lines = append(lines, fieldLine{f, cat.Use[e][f.Key()]})
		}
	}
	for _, name := range db.CountedFields(e) {
		if !own {
			lines = append(lines, fieldLine{policy.Field{Entity: e, Name: text.New(name)}, cat.Use[e][name]})
		}
	}
	return lines
}

var fieldLineColumns = []column[fieldLine]{
	{"id", func(f fieldLine) any { return f.ID }},
	{"of", func(f fieldLine) any { return string(f.Entity) }},
	{"name", func(f fieldLine) any { return f.Name }},
	{"kind", func(f fieldLine) any { return string(f.Kind) }},
	{"choices", func(f fieldLine) any { return choiceNames(f.Field) }},
	{"purpose", func(f fieldLine) any { return string(f.Ground.Purpose) }},
	{"basis", func(f fieldLine) any { return string(f.Ground.Basis) }},
	{"months", func(f fieldLine) any { return f.Months }},
	{"seen_by", func(f fieldLine) any { return each(f.Readers, func(r policy.Role) string { return string(r) }) }},
	{"retired", func(f fieldLine) any { return f.Retired }},
	{"filled", func(f fieldLine) any { return f.use.Filled }},
	{"records", func(f fieldLine) any { return f.use.Total }},
	{"last_used", func(f fieldLine) any { return f.use.UsedAt }},
	{"counted", func(f fieldLine) any { return f.use.CountedAt }},
}

func choiceNames(f policy.Field) []string {
	names := []string{}
	for _, c := range f.Choices {
		if !c.Retired {
			names = append(names, c.Name.String())
		}
	}
	return names
}

// fieldFlags are what can be said of a field; what is left out stays.
type fieldFlags struct {
	English string   `help:"The name for who reads English." placeholder:"NAME"`
	Choices string   `help:"Of a field of choices: old > new calls one otherwise, one that is left out is offered no more." placeholder:"A,B"`
	Purpose string   `help:"What it is for: quotes, delivery, relationship …" placeholder:"PURPOSE"`
	Basis   string   `help:"On which basis: contract, interest, consent or obligation." placeholder:"BASIS"`
	Months  int      `help:"How long it is kept after the last contact, or the last change of a deal." placeholder:"N"`
	SeenBy  []string `help:"Who may see it and fill it in: sales, manager; privacy always may." placeholder:"ROLES"`
}

func (f fieldFlags) fill(to *policy.Field) error {
	if f.English != "" {
		to.English = text.New(f.English)
	}
	if f.Choices != "" {
		*to = to.Rechoose(strings.Split(f.Choices, ","))
	}
	if f.Purpose != "" {
		to.Ground.Purpose = policy.Purpose(text.Clean(f.Purpose))
	}
	if f.Basis != "" {
		basis, err := policy.ParseBasis(f.Basis)
		if err != nil {
			return err
		}
		to.Ground.Basis = basis
	}
	if f.Months != 0 {
		to.Months = f.Months
	}
	if len(f.SeenBy) > 0 {
		to.Readers = []policy.Role{policy.Privacy}
		for _, name := range f.SeenBy {
			r, err := policy.ParseRole(name)
			if err != nil {
				return err
			}
			if !slices.Contains(to.Readers, r) {
				to.Readers = append(to.Readers, r)
			}
		}
	}
	return nil
}

type fieldsAdd struct {
	Of   string `arg:"" help:"person, company or deal." enum:"person,company,deal"`
	Name string `arg:"" help:"Its name; it must not tell about a person."`
	Kind string `help:"text, number, date, choice or yesno." enum:"text,number,date,choice,yesno" default:"text"`
	fieldFlags
}

func (cmd *fieldsAdd) Run(c *call) error {
	f := policy.Field{Entity: policy.FieldEntity(cmd.Of), Name: text.New(cmd.Name), Kind: policy.FieldKind(cmd.Kind)}
	if err := cmd.fill(&f); err != nil {
		return err
	}
	id, err := c.ops.SaveField(c.ctx, c.as(policy.FieldWrite), f, c.reason)
	if err != nil {
		return err
	}
	return writeLine(c.out, []byte(fmt.Sprint(id)))
}

// oneField names a field in a command.
type oneField struct {
	Of   string `arg:"" help:"person, company or deal." enum:"person,company,deal"`
	Name string `arg:"" help:"Its name, or number."`
}

func (o oneField) find(c *call, actor policy.Actor) (policy.Field, error) {
	return c.ops.FindField(c.ctx, actor, policy.FieldEntity(o.Of), o.Name)
}

type fieldsChange struct {
	oneField
	Rename string `help:"Another name." placeholder:"NAME"`
	fieldFlags
}

func (cmd *fieldsChange) Run(c *call) error {
	return cmd.save(c, func(f *policy.Field) error {
		if cmd.Rename != "" {
			f.Name = text.New(cmd.Rename)
		}
		return cmd.fill(f)
	})
}

func (o oneField) save(c *call, change func(*policy.Field) error) error {
	actor := c.as(policy.FieldWrite)
	if err := policy.Can(actor, policy.FieldWrite, policy.Resource{}); err != nil {
		return err
	}
	f, err := o.find(c, actor)
	if err != nil {
		return err
	}
	if err := change(&f); err != nil {
		return err
	}
	if _, err := c.ops.SaveField(c.ctx, actor, f, c.reason); err != nil {
		return err
	}
	return c.tell("The field %s is as you said.", f.Name.String())
}

type fieldsRetire struct {
	oneField
	Back bool `help:"Have it filled in again."`
}

func (cmd *fieldsRetire) Run(c *call) error {
	return cmd.save(c, func(f *policy.Field) error { f.Retired = !cmd.Back; return nil })
}

type fieldsCount struct{}

func (cmd *fieldsCount) Run(c *call) error {
	if err := c.ops.CountFields(c.ctx, c.as(policy.FieldCount), c.records()); err != nil {
		return err
	}
	return c.tell("Counted: fields list shows it.")
}

// records tells a terminal how many records were gone through.
func (c *call) records() func(int) {
	return func(done int) {
		if c.tty {
			_, _ = fmt.Fprintf(c.notes, "\r%d", done)
		}
	}
}

type fieldsDrop struct {
	oneField
	Confirm string `help:"The name once more, to delete all that stands in it; without it you see how much that is." placeholder:"NAME"`
}

func (cmd *fieldsDrop) Run(c *call) error {
	actor := c.as(policy.FieldDrop)
	if err := policy.Can(actor, policy.FieldDrop, policy.Resource{}); err != nil {
		return err
	}
	f, err := cmd.find(c, actor)
	if err != nil {
		return err
	}
	if cmd.Confirm == "" {
		return cmd.preview(c, actor, f)
	}
	if err := c.ops.DropField(c.ctx, actor, f.ID, text.New(cmd.Confirm), c.reason, c.records()); err != nil {
		return err
	}
	return c.tell("The field %s is dropped, with all that stood in it.", f.Name.String())
}

// preview says what would go, and drops nothing.
func (cmd *fieldsDrop) preview(c *call, actor policy.Actor, f policy.Field) error {
	cat, err := c.ops.FieldCatalogue(c.ctx, actor)
	if err != nil {
		return err
	}
	use := cat.Use[f.Entity][f.Key()]
	if use.CountedAt.IsZero() {
		return c.tell("Nothing was dropped. How many records fill %s was not counted yet: see fields count. To drop it, repeat its name after --confirm.", f.Name.String())
	}
	return c.tell("Nothing was dropped. %d of %d records fill %s, counted %s. To drop it with all that, repeat its name after --confirm.",
		use.Filled, use.Total, f.Name.String(), when(use.CountedAt))
}

type fieldsGone struct{ format }

func (cmd *fieldsGone) Run(c *call) error {
	actor := c.as(policy.FieldUsage)
	cat, err := c.ops.FieldCatalogue(c.ctx, actor)
	if err != nil {
		return err
	}
	who, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[db.DroppedField]{
		{"id", func(f db.DroppedField) any { return f.ID }},
		{"of", func(f db.DroppedField) any { return f.Entity }},
		{"name", func(f db.DroppedField) any { return f.Name }},
		{"dropped", func(f db.DroppedField) any { return f.DroppedAt }},
		{"by", func(f db.DroppedField) any { return who[f.DroppedBy].Login }},
		{"cleared", func(f db.DroppedField) any { return f.ClearedAt }},
		{"values_deleted", func(f db.DroppedField) any { return f.Cleared }},
	}, cat.Dropped)
}

// valued are the organisation's own fields of a record by name, for JSON; people
// and spreadsheets read them as name: value.
type valued map[string]string

func (v valued) String() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(v)) {
		parts = append(parts, name+": "+v[name])
	}
	return strings.Join(parts, ", ")
}

func valuesOf(fields []policy.Field, values policy.FieldValues) valued {
	v := valued{}
	for id, value := range values {
		if f, ok := policy.FindField(fields, id); ok {
			v[f.Name.String()] = f.Show(value)
		}
	}
	return v
}

// parseValues reads name=value as people type it; nothing after = empties one.
func parseValues(fields []policy.Field, entity policy.FieldEntity, was policy.FieldValues, given []string) (policy.FieldValues, error) {
	for _, one := range given {
		name, value, _ := strings.Cut(one, "=")
		f, err := policy.NamedField(fields, entity, name)
		if err != nil {
			return nil, err
		}
		kept, err := f.Parse(value)
		if err != nil {
			return nil, err
		}
		was = was.Set(f.ID, kept)
	}
	return was, nil
}
