package server

import (
	"cmp"
	"fmt"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type contactCommands struct {
	List    contactsList    `cmd:"" help:"People that you may see."`
	Show    contactsShow    `cmd:"" help:"One of them, with notes."`
	Import  contactsImport  `cmd:"" help:"Read a file from stdin: CSV as other systems export it, XLSX or vCards. All rows or, on a failure, none."`
	Revert  importRevert    `cmd:"" help:"Take back an import of your own, within a day."`
	Export  contactsExport  `cmd:"" help:"Write what you may see to stdout."`
	Bounced contactsBounced `cmd:"" help:"Read mail addresses from stdin, one on a line, that mail came back from: mailing lists leave them out."`
	Seen    seen            `cmd:"" help:"Who has seen one of them, by day."`

	Erase      contactsErase      `cmd:"" help:"Erase a person or company for good; with --dry-run, only say what that does. For the privacy officer, with --reason."`
	Restrict   contactsRestrict   `cmd:"" help:"Keep it but use it no more (art. 18 GDPR). For the privacy officer, with --reason."`
	Unrestrict contactsUnrestrict `cmd:"" help:"End a restriction. For the privacy officer, with --reason."`
}

// finding are the flags of lists of customers.
type finding struct {
	format
	Search string `help:"Beginnings of words of the name, company, mail address or phone number." placeholder:"TEXT"`
	Limit  int    `help:"At most so many, up to 1000; 0 for all, if they are no more." default:"50"`
	Sort   string `help:"name, activity, owner or status." enum:"name,activity,owner,status" default:"name"`
	narrowing
}

type contactsList struct{ finding }

func (cmd *contactsList) Run(c *call) error { return cmd.run(c, policy.Person) }

// pageSize is how many customers one transaction, and one row of the log, shows.
const pageSize = 200

func (f finding) run(c *call, kind policy.CustomerKind) error {
	if f.Limit < 0 || f.Limit > policy.ListMost {
		return usageError{fmt.Sprintf("--limit is from 0 to %d; for more, see contacts export", policy.ListMost)}
	}
	actor := c.as(policy.CustomerList)
	where, err := f.where(c, policy.ContactList)
	if err != nil {
		return err
	}
	q := db.Query{Text: f.Search, Kind: kind, Sort: db.Sort(f.Sort), Where: where}
	var rows []db.Row
	for more := true; more && (f.Limit == 0 || len(rows) < f.Limit); {
		if len(rows) == policy.ListMost {
			return policy.Errorf(policy.Denied, "A list shows at most %d customers: narrow it with --search, or use contacts export.", policy.ListMost)
		}
		q.Limit = min(pageSize, cmp.Or(f.Limit, policy.ListMost)-len(rows))
		page, err := c.ops.FindCustomers(c.ctx, actor, q)
		if err != nil {
			return err
		}
		rows = append(rows, page.Rows...)
		q.After, more = page.Next, page.More
	}
	owners, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	return list(c, f.format, customerColumns(owners), rows)
}

func customerColumns(owners map[int32]db.Colleague) []column[db.Row] {
	return []column[db.Row]{
		{"id", func(r db.Row) any { return r.ID }},
		{"name", func(r db.Row) any { return r.Name() }},
		{"company", func(r db.Row) any { return r.Company }},
		{"mail", func(r db.Row) any { return r.Mail }},
		{"phone", func(r db.Row) any { return r.Phone }},
		{"status", func(r db.Row) any { return r.Status.String() }},
		{"owner", func(r db.Row) any { return owners[r.Owner].Login }},
		{"last_activity", func(r db.Row) any { return r.LastActivity }},
	}
}

type contactsShow struct{ showing }

type showing struct {
	format
	ID int64 `arg:"" help:"The number, from a list."`
}

func (cmd *contactsShow) Run(c *call) error { return cmd.run(c) }

func (s showing) run(c *call) error {
	actor := c.as(policy.CustomerView)
	sight, err := c.ops.ViewCustomer(c.ctx, actor, s.ID)
	if err != nil {
		return err
	}
	owners, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	columns := append(sightColumns(owners), column[ops.Sight]{"fields", func(s ops.Sight) any { return valuesOf(s.Fields, s.Values) }})
	return show(c, s.format, columns, sight)
}

func sightColumns(owners map[int32]db.Colleague) []column[ops.Sight] {
	return []column[ops.Sight]{
		{"id", func(s ops.Sight) any { return s.ID }},
		{"kind", func(s ops.Sight) any { return s.Kind.String() }},
		{"name", func(s ops.Sight) any { return s.Name() }},
		{"companies", func(s ops.Sight) any { return companiesOf(s.Companies) }},
		{"contacts", func(s ops.Sight) any { return contactsOf(s.Contacts) }},
		{"mail", func(s ops.Sight) any { return labelled(s.Mails) }},
		{"phone", func(s ops.Sight) any { return labelled(s.Phones) }},
		{"street", func(s ops.Sight) any { return s.Address.Street }},
		{"postcode", func(s ops.Sight) any { return s.Address.Postcode }},
		{"city", func(s ops.Sight) any { return s.Address.City }},
		{"country", func(s ops.Sight) any { return s.Address.Country }},
		{"language", func(s ops.Sight) any { return s.Language }},
		{"website", func(s ops.Sight) any { return s.Website }},
		{"kvk", func(s ops.Sight) any { return s.KvK }},
		{"vat", func(s ops.Sight) any { return s.VAT }},
		{"status", func(s ops.Sight) any { return s.Status.String() }},
		{"owner", func(s ops.Sight) any { return owners[s.Owner].Login }},
		{"grounds", func(s ops.Sight) any { return groundsOf(s.Grounds) }},
		{"source", func(s ops.Sight) any { return s.Source }},
		{"created", func(s ops.Sight) any { return s.CreatedAt }},
		{"last_activity", func(s ops.Sight) any { return s.LastActivity }},
		{"notes", func(s ops.Sight) any { return notesOf(s.Notes, owners) }},
	}
}

func companiesOf(all []db.Membership) []string {
	return each(all, func(m db.Membership) string { return joined(m.Name, m.Role) })
}

func contactsOf(all []db.Row) []string {
	return each(all, func(r db.Row) string { return r.Name().String() })
}

func labelled(all []db.Labelled) []string {
	return each(all, func(l db.Labelled) string { return joined(l.Value, l.Label) })
}

func groundsOf(all []policy.Ground) []string {
	return each(all, func(g policy.Ground) string { return string(g.Purpose) + ": " + string(g.Basis) })
}

func notesOf(all []db.Note, authors map[int32]db.Colleague) []string {
	return each(all, func(n db.Note) string {
		return when(n.At) + " " + authors[n.Author].Login + ": " + n.Text.String()
	})
}

// joined is a value with what it is for.
func joined(value, what text.Line) string {
	if what.IsZero() {
		return value.String()
	}
	return value.String() + " (" + what.String() + ")"
}

func each[T any](all []T, say func(T) string) []string {
	out := make([]string, len(all))
	for i, one := range all {
		out[i] = say(one)
	}
	return out
}
