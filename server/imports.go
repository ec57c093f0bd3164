package server

import (
	"time"

	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// importing are the flags of an import of customers.
type importing struct {
	format
	Source  string         `required:"" help:"Where the data comes from, as a fair or another system (art. 14 GDPR)."`
	Basis   policy.Basis   `required:"" help:"The lawful basis: contract, interest, consent or obligation."`
	Purpose policy.Purpose `help:"What for, as purposes list has it." default:"relationship"`
	Status  string         `help:"For rows that don't say: lead, customer or former." enum:"lead,customer,former" default:"lead"`
	Map     string         `help:"Corrections of columns: Column=field,Other=field." placeholder:"MAP"`
	DryRun  bool           `help:"Only say what would happen."`
	Again   bool           `help:"Also rows that look like customers who are there already." xor:"twins"`
	Fill    bool           `help:"Fill in what customers who are there already lack; reverting the import leaves that." xor:"twins"`
	Rejects bool           `help:"Write the refused rows to stdout, with the reasons, to be mended."`
}

type contactsImport struct{ importing }

func (cmd *contactsImport) Run(c *call) error { return cmd.run(c, ops.ContactRows) }

type companiesImport struct{ importing }

func (cmd *companiesImport) Run(c *call) error { return cmd.run(c, ops.CompanyRows) }

// run reads the whole file before anything else: what a cut connection leaves
// is refused by stdin.
func (cmd *importing) run(c *call, rows ops.Rows) error {
	basis, err := policy.ParseBasis(string(cmd.Basis))
	if err != nil {
		return err
	}
	purpose, err := policy.ParsePurpose(string(cmd.Purpose))
	if err != nil {
		return err
	}
	status, err := policy.ParseStatus(cmd.Status)
	if err != nil {
		return err
	}
	actor := c.as(policy.ImportRun)
	if err := policy.Can(actor, policy.ImportRun, policy.Resource{}); err != nil {
		return err // before a file of megabytes is sent in vain
	}
	return runImport(c, actor, ops.Import{
		Rows: rows, Source: text.New(cmd.Source), Ground: policy.Ground{Purpose: purpose, Basis: basis},
		Status: status, Mapping: cmd.Map, DryRun: cmd.DryRun, Twins: cmd.twins(),
	}, cmd.format, cmd.Rejects)
}

func fateColumns(c *call) []column[ops.Fate] {
	return []column[ops.Fate]{
		{"line", func(f ops.Fate) any { return f.Line }},
		{"outcome", func(f ops.Fate) any { return string(f.Outcome) }},
		{"name", func(f ops.Fate) any { return f.Name }},
		{"why", func(f ops.Fate) any { return c.speech.say(f.Reason) }},
	}
}

var importColumns = []column[*ops.Report]{
	{"import", func(r *ops.Report) any { return r.ID }},
	{"dry_run", func(r *ops.Report) any { return r.DryRun }},
	{"rows", func(r *ops.Report) any { return r.Rows }},
	{"created", func(r *ops.Report) any { return r.Created }},
	{"companies", func(r *ops.Report) any { return r.Companies }},
	{"duplicates", func(r *ops.Report) any { return r.Duplicates }},
	{"filled", func(r *ops.Report) any { return r.Filled }},
	{"refused", func(r *ops.Report) any { return r.Refused }},
	{"mapping", func(r *ops.Report) any { return text.New(r.Mapping) }},
	{"left_out_columns", func(r *ops.Report) any { return r.Unmapped }},
	{"unknown_tags", func(r *ops.Report) any { return r.Unknown }},
	{"perhaps_sensitive", func(r *ops.Report) any { return r.Warnings }},
}

// progress writes to a terminal now and then; a script hears nothing.
func (c *call) progress() func(done, total int) {
	var last time.Time
	return func(done, total int) {
		if !c.tty || done < total && time.Since(last) < time.Second/5 {
			return
		}
		last = time.Now()
		_, _ = c.notes.Write([]byte("\r" + c.speech.say(policy.Message{Key: "%d of %d", Args: []any{done, total}}) + "\x1b[K"))
		if done >= total {
			c.note("")
		}
	}
}

type importRevert struct {
	Import int64 `arg:"" help:"The number of the import, from its report."`
}

func (cmd *importRevert) Run(c *call) error {
	gone, err := c.ops.RevertImport(c.ctx, c.as(policy.ImportRevert), cmd.Import)
	return c.tookBack(gone, err)
}

// exporting are the flags of an export of customers.
type exporting struct {
	Format string `required:"" help:"csv, json, xlsx, vcard (version 4) or vcard3." enum:"csv,json,xlsx,vcard,vcard3"`
	Search string `help:"As in contacts list." placeholder:"TEXT"`
	narrowing
	Purpose policy.Purpose `help:"What it is going to be used for, from purposes list: who may not be used for that is left out." placeholder:"PURPOSE"`
	Means   policy.Means   `help:"By mail, phone or post, if the purpose knows several." placeholder:"MEANS"`
	Raw     bool           `help:"CSV exactly as it is, for moving to another system: not safe to open in a spreadsheet, and logged as such."`
}

type contactsExport struct{ exporting }

// Run writes companies as well, which belong to an address book.
func (cmd *contactsExport) Run(c *call) error { return cmd.run(c, 0) }

type companiesExport struct{ exporting }

func (cmd *companiesExport) Run(c *call) error { return cmd.run(c, policy.Company) }

func (cmd *exporting) run(c *call, kind policy.CustomerKind) error {
	e := ops.Export{Format: cmd.Format, Raw: cmd.Raw, Purpose: cmd.Purpose, Means: cmd.Means}
	where, err := cmd.where(c, policy.ContactList)
	if err != nil {
		return err
	}
	e.Query.Text, e.Query.Kind, e.Query.Where = cmd.Search, kind, where
	done, err := c.ops.ExportCustomers(c.ctx, c.as(policy.CustomerExport), e, c.out)
	if err != nil {
		return err
	}
	if c.tty {
		c.note("%s", c.speech.say(policy.Message{Key: "Customers exported: %d.", Args: []any{done.N}}))
	}
	if len(done.Left) > 0 {
		c.note("%s", c.speech.say(policy.Message{Key: "Left out: %s.", Args: []any{c.leftWords(done.Left)}}))
	}
	return nil
}

func (cmd *importing) twins() ops.TwinRows {
	switch {
	case cmd.Again:
		return ops.AddTwins
	case cmd.Fill:
		return ops.FillTwins
	}
	return ops.SkipTwins
}
