package server

import (
	"strings"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type registerCommands struct {
	List   registersList   `cmd:"" help:"The entries of a register: processors, inventory, recipients or breaches."`
	Show   registersShow   `cmd:"" help:"One entry, with its versions."`
	Fields registersFields `cmd:"" help:"What an entry of a register has."`
	Add    registersAdd    `cmd:"" help:"Record an entry."`
	Set    registersSet    `cmd:"" help:"Change fields of an entry; the version before is kept."`
	Retire registersRetire `cmd:"" help:"An entry no longer counts; --back: it does again."`
}

// registered is the register that a command is about.
type registered struct {
	Register string `arg:"" help:"processors, inventory, recipients or breaches."`
}

type registersList struct {
	format
	registered
}

func (cmd *registersList) Run(c *call) error {
	rules, err := policy.FindRegister(cmd.Register)
	if err != nil {
		return err
	}
	all, err := c.ops.ListRegister(c.ctx, c.as(rules.Register.Read()), rules.Register)
	if err != nil {
		return err
	}
	return list(c, cmd.format, entryColumns(rules, func(s ops.RegisterSight) ops.RegisterSight { return s }), all)
}

// entryColumns are the fields of a register. Of a breach also how it stands.
func entryColumns[T any](rules policy.RegisterRules, of func(T) ops.RegisterSight) []column[T] {
	columns := []column[T]{{"id", func(t T) any { return of(t).ID }}, {"version", func(t T) any { return of(t).Version }}}
	if rules.Register == policy.Breaches {
		columns = append(columns,
			column[T]{"state", func(t T) any { return string(of(t).State) }},
			column[T]{"due", func(t T) any { return of(t).Due.Due }})
	}
	for _, f := range rules.Fields {
		columns = append(columns, column[T]{f.Name, func(t T) any { return of(t).Values[f.Name].String() }})
	}
	return append(columns, column[T]{"retired", func(t T) any { return of(t).Retired }}, column[T]{"changed", func(t T) any { return of(t).At }})
}

type registersShow struct {
	format
	registered
	ID       int64 `arg:"" help:"Its number, from registers list."`
	Versions bool  `help:"All its versions, the latest first."`
}

func (cmd *registersShow) Run(c *call) error {
	rules, err := policy.FindRegister(cmd.Register)
	if err != nil {
		return err
	}
	s, err := c.ops.ViewEntry(c.ctx, c.as(rules.Register.Read()), rules.Register, cmd.ID)
	if err != nil {
		return err
	}
	if cmd.Versions {
		return list(c, cmd.format, entryColumns(rules, func(e db.RegisterEntry) ops.RegisterSight { return ops.RegisterSight{RegisterEntry: e} }), s.History)
	}
	return show(c, cmd.format, entryColumns(rules, func(s ops.RegisterSight) ops.RegisterSight { return s }), s)
}

type registersFields struct {
	format
	registered
}

func (cmd *registersFields) Run(c *call) error {
	rules, err := policy.FindRegister(cmd.Register)
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[policy.EntryField]{
		{"field", func(f policy.EntryField) any { return f.Name }},
		{"kind", func(f policy.EntryField) any { return string(f.Kind) }},
		{"needed", func(f policy.EntryField) any { return f.Needed }},
		{"about", func(f policy.EntryField) any { return c.speech.say(f.About) }},
	}, rules.Fields)
}

// pairs are the fields that a command gives.
type pairs struct {
	Values []string `arg:"" name:"field=value" help:"Fields, from registers fields; twice quoted when there are blanks."`
}

func (p pairs) into(rules policy.RegisterRules, v policy.Values) error {
	for _, pair := range p.Values {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			return policy.Errorf(policy.Invalid, "%q is not FIELD=VALUE, as name=archive.", text.Clean(pair)).On("field")
		}
		if err := rules.Set(v, name, value); err != nil {
			return err
		}
	}
	return nil
}

type registersAdd struct {
	registered
	pairs
}

func (cmd *registersAdd) Run(c *call) error {
	rules, err := policy.FindRegister(cmd.Register)
	if err != nil {
		return err
	}
	e := db.RegisterEntry{Register: rules.Register, Values: policy.Values{}}
	if err := cmd.into(rules, e.Values); err != nil {
		return err
	}
	id, err := c.ops.WriteEntry(c.ctx, c.as(rules.Register.Write()), e, ops.NewRequestKey())
	if err != nil {
		return err
	}
	return c.tell("Recorded as %d.", id)
}

type registersSet struct {
	registered
	ID int64 `arg:"" help:"Its number, from registers list."`
	pairs
}

func (cmd *registersSet) Run(c *call) error {
	rules, err := policy.FindRegister(cmd.Register)
	if err != nil {
		return err
	}
	return c.changeEntry(rules, cmd.ID, func(e *db.RegisterEntry) error { return cmd.into(rules, e.Values) })
}

type registersRetire struct {
	registered
	ID   int64 `arg:"" help:"Its number, from registers list."`
	Back bool  `help:"It counts again."`
}

func (cmd *registersRetire) Run(c *call) error {
	rules, err := policy.FindRegister(cmd.Register)
	if err != nil {
		return err
	}
	return c.changeEntry(rules, cmd.ID, func(e *db.RegisterEntry) error { e.Retired = !cmd.Back; return nil })
}

func (c *call) changeEntry(rules policy.RegisterRules, id int64, change func(*db.RegisterEntry) error) error {
	err := c.ops.ChangeEntry(c.ctx, c.as(rules.Register.Write()), rules.Register, id, change, ops.NewRequestKey())
	if err != nil {
		return err
	}
	return c.tell("Recorded as %d.", id)
}

type breachCommands struct {
	Affected breachesAffected `cmd:"" help:"Whom the account of a breach saw or took out while it lasted, from the log."`
	Letter   breachesLetter   `cmd:"" help:"The letter to the authority or to the people concerned, as text."`
}

type breachesAffected struct {
	format
	ID int64 `arg:"" help:"The breach, from registers list breaches."`
}

func (cmd *breachesAffected) Run(c *call) error {
	all, err := c.ops.Affected(c.ctx, c.as(policy.CustomerSeenBy), cmd.ID)
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[db.Viewed]{
		{"id", func(v db.Viewed) any { return v.ID }},
		{"name", func(v db.Viewed) any { return v.Name }},
		{"times", func(v db.Viewed) any { return v.N }},
		{"last", func(v db.Viewed) any { return v.Last }},
	}, all)
}

type breachesLetter struct {
	ID   int64  `arg:"" help:"The breach, from registers list breaches."`
	To   string `help:"authority or subjects." default:"authority"`
	Lang string `help:"nl or en." default:"nl"`
}

func (cmd *breachesLetter) Run(c *call) error {
	letter, err := c.ops.BreachLetter(c.ctx, c.as(policy.BreachList), cmd.ID, ops.Letter(cmd.To), cmd.Lang)
	if err != nil {
		return err
	}
	return c.line(strings.TrimRight(letter, "\n"))
}
