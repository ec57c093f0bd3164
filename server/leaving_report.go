package server

import (
	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type usersLeaving struct {
	format
	Login    string `arg:"" optional:"" help:"The login name; without it, everybody who leaves."`
	Days     int    `help:"Over how many days to count." default:"90"`
	Subjects bool   `help:"Whose data they saw, by name: for the privacy officer, with --reason."`
}

func (cmd *usersLeaving) Run(c *call) error {
	if cmd.Login == "" {
		all, err := c.ops.Departures(c.ctx, c.as(policy.PersonList), 0)
		if err != nil {
			return err
		}
		return list(c, cmd.format, departureColumns, all)
	}
	actor := c.furthest(policy.PersonReport, policy.Admin)
	person, err := c.find(c.as(policy.PersonList), cmd.Login)
	if err != nil {
		return err
	}
	if cmd.Subjects {
		return cmd.subjects(c, person)
	}
	r, err := c.ops.LeavingReport(c.ctx, actor, person, cmd.Days)
	if err != nil {
		return err
	}
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	return reportOf(c, cmd.format, r, colleagues)
}

func (cmd *usersLeaving) subjects(c *call, person int32) error {
	actor := c.as(policy.CustomerSeenBy)
	var all []db.Viewed
	for {
		page, err := c.ops.LeavingSubjects(c.ctx, actor, person, cmd.Days, len(all))
		if err != nil {
			return err
		}
		if all = append(all, page...); len(page) == 0 {
			return list(c, cmd.format, viewedColumns, all)
		}
	}
}

var viewedColumns = []column[db.Viewed]{
	{"id", func(v db.Viewed) any { return v.ID }},
	{"name", func(v db.Viewed) any { return v.Name }},
	{"times", func(v db.Viewed) any { return v.N }},
	{"last_at", func(v db.Viewed) any { return v.Last }},
}

// reportOf is one object, or for people a part below the other.
func reportOf(c *call, f format, r ops.Leaver, colleagues map[int32]db.Colleague) error {
	columns := leaverColumns(c, colleagues)
	if f.CSV {
		return list(c, f, doneColumns, r.Acts)
	}
	if f.JSON {
		return show(c, f, append(columns, leaverParts(c, colleagues)...), r)
	}
	if err := show(c, f, columns, r); err != nil {
		return err
	}
	for _, part := range []func() error{
		func() error { return list(c, f, heldColumns(colleagues), r.Person.Grants) },
		func() error { return list(c, f, doneColumns, r.Acts) },
		func() error { return list(c, f, exportColumns, r.Exports) },
		func() error { return list(c, f, checkColumns(c, colleagues), r.Checks) },
	} {
		if err := writeLine(c.out, nil); err != nil {
			return err
		}
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func leaverColumns(c *call, colleagues map[int32]db.Colleague) []column[ops.Leaver] {
	departure := func(value func(db.Departure) any) func(ops.Leaver) any {
		return func(r ops.Leaver) any {
			if r.Departure == nil {
				return nil
			}
			return value(*r.Departure)
		}
	}
	return []column[ops.Leaver]{
		{"login", func(r ops.Leaver) any { return r.Person.Login }},
		{"name", func(r ops.Leaver) any { return r.Person.Name }},
		{"state", func(r ops.Leaver) any { return stateOf(r.Person) }},
		{"due", departure(func(d db.Departure) any { return d.Due })},
		{"left", departure(func(d db.Departure) any { return d.LeftAt })},
		{"why", departure(func(d db.Departure) any { return d.Reason })},
		{"by", departure(func(d db.Departure) any { return colleagues[d.OrderedBy].Login })},
		{"takes_over", departure(func(d db.Departure) any { return colleagues[d.Heir].Login })},
		{"owned", departure(func(d db.Departure) any { return d.Owned })},
		{"handed_over", departure(func(d db.Departure) any { return d.Handed })},
		{"counted_since", func(r ops.Leaver) any { return r.Since }},
		{"counted_until", func(r ops.Leaver) any { return r.Till }},
	}
}

// leaverParts are the lists of the report as members of one object.
func leaverParts(c *call, colleagues map[int32]db.Colleague) []column[ops.Leaver] {
	return []column[ops.Leaver]{
		{"grants", func(r ops.Leaver) any { return objects(heldColumns(colleagues), r.Person.Grants) }},
		{"acts", func(r ops.Leaver) any { return objects(doneColumns, r.Acts) }},
		{"exports", func(r ops.Leaver) any { return objects(exportColumns, r.Exports) }},
		{"checklist", func(r ops.Leaver) any { return objects(checkColumns(c, colleagues), r.Checks) }},
	}
}

func heldColumns(colleagues map[int32]db.Colleague) []column[db.Grant] {
	return append(
		grantColumns[:len(grantColumns):len(grantColumns)],
		column[db.Grant]{"by", func(g db.Grant) any { return colleagues[g.GrantedBy].Login }},
		column[db.Grant]{"ended_by", func(g db.Grant) any { return colleagues[g.EndedBy].Login }},
		column[db.Grant]{"ended_why", func(g db.Grant) any { return g.EndReason }},
	)
}

var doneColumns = []column[db.Done]{
	{"act", func(d db.Done) any { return string(d.Act) }},
	{"times", func(d db.Done) any { return d.N }},
	{"subjects", func(d db.Done) any { return d.Subjects }},
	{"last_at", func(d db.Done) any { return d.Last }},
}

var exportColumns = []column[db.Export]{
	{"exported", func(e db.Export) any { return e.At }},
	{"act", func(e db.Export) any { return string(e.Act) }},
	{"format", func(e db.Export) any { return e.Format }},
	{"subjects", func(e db.Export) any { return e.Subjects }},
}

func checkColumns(c *call, colleagues map[int32]db.Colleague) []column[db.Check] {
	return []column[db.Check]{
		{"line", func(k db.Check) any { return k.Position }},
		{"check", func(k db.Check) any { return c.speech.check(k.Item) }},
		{"done", func(k db.Check) any { return utc(k.TickedAt) }},
		{"by", func(k db.Check) any { return colleagues[k.TickedBy].Login }},
	}
}

// check is a line of the checklist in words.
func (l speech) check(item string) string { return text.Clean(l.say(policy.CheckText(item))) }
