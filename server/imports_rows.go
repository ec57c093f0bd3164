package server

import (
	"cmp"
	"io"

	"balie/ops"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// rowsImport are the flags of an import of what belongs to customers who are
// there already.
type rowsImport struct {
	format
	Source  string `required:"" help:"Where it comes from, as another system (art. 14 GDPR)."`
	Map     string `help:"Corrections of columns: Column=field,Other=field." placeholder:"MAP"`
	DryRun  bool   `help:"Only say what would happen."`
	Rejects bool   `help:"Write the refused rows to stdout, with the reasons, to be mended."`
}

type dealsImport struct{ rowsImport }

func (cmd *dealsImport) Run(c *call) error { return cmd.run(c, ops.DealRows, policy.ImportRun) }

type activitiesImport struct{ rowsImport }

func (cmd *activitiesImport) Run(c *call) error {
	return cmd.run(c, ops.ActivityRows, policy.ImportRun)
}

type invoicesImport struct{ rowsImport }

func (cmd *invoicesImport) Run(c *call) error {
	return cmd.run(c, ops.InvoiceRows, policy.InvoiceImport)
}

func (cmd *rowsImport) run(c *call, rows ops.Rows, act policy.Act) error {
	actor := c.as(act)
	if err := policy.Can(actor, act, policy.Resource{}); err != nil {
		return err // before a file of megabytes is sent in vain
	}
	in := ops.Import{Rows: rows, Source: text.New(cmd.Source), Mapping: cmd.Map, DryRun: cmd.DryRun}
	return runImport(c, actor, in, cmd.format, cmd.Rejects)
}

// runImport takes the file in and says what became of its rows.
func runImport(c *call, actor policy.Actor, in ops.Import, f format, rejects bool) error {
	file, err := ops.NewSpool(c.in, cmp.Or(c.ops.Limits.Bytes, sheet.DefaultLimits().Bytes))
	if err != nil {
		return err
	}
	defer file.Close()
	report, err := c.ops.RunImport(c.ctx, actor, file, in, c.progress())
	if err != nil {
		return err
	}
	if rejects {
		return c.ops.WriteRejects(file, report, c.speech.say, c.out)
	}
	if in.DryRun && !f.JSON { // the fate of each row, and else the sums
		if err := list(c, f, fateColumns(c), report.Fates); err != nil || f.CSV {
			return err
		}
	}
	return show(c, f, importColumns, report)
}

type rowsExport struct {
	Format string `required:"" help:"csv, json or xlsx." enum:"csv,json,xlsx"`
}

type dealsExport struct{ rowsExport }

func (cmd *dealsExport) Run(c *call) error {
	return cmd.run(c, func(w io.Writer) (int, error) {
		return c.ops.ExportDeals(c.ctx, c.as(policy.DealList), cmd.Format, w)
	})
}

type activitiesExport struct{ rowsExport }

func (cmd *activitiesExport) Run(c *call) error {
	return cmd.run(c, func(w io.Writer) (int, error) {
		return c.ops.ExportActivities(c.ctx, c.as(policy.ActivityView), cmd.Format, w)
	})
}

type invoicesPast struct{ rowsExport }

func (cmd *invoicesPast) Run(c *call) error {
	return cmd.run(c, func(w io.Writer) (int, error) {
		return c.ops.ExportPastInvoices(c.ctx, c.as(policy.InvoiceExport), cmd.Format, w)
	})
}

func (cmd *rowsExport) run(c *call, export func(io.Writer) (int, error)) error {
	n, err := export(c.out)
	if err == nil && c.tty {
		c.note("%s", c.speech.say(policy.Message{Key: "Rows exported: %d.", Args: []any{n}}))
	}
	return err
}

// pastRevert is finance's, whose imports are of invoices.
type pastRevert struct {
	Import int64 `arg:"" help:"The number of the import, from its report."`
}

func (cmd *pastRevert) Run(c *call) error {
	gone, err := c.ops.RevertPastInvoices(c.ctx, c.as(policy.InvoiceImport), cmd.Import)
	return c.tookBack(gone, err)
}

func (c *call) tookBack(gone int, err error) error {
	if err != nil {
		return err
	}
	return c.tell("The import is taken back; rows removed: %d.", gone)
}
