package server

import (
	"fmt"
	"io"
	"strings"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/views"
)

type contactsErase struct {
	ID     int64 `arg:"" help:"The number, from a list."`
	DryRun bool  `help:"Only say what would go, what would stay, why and until when."`
	Yes    bool  `help:"Don't ask."`
	JSON   bool  `help:"The signed certificate instead of its text."`
}

func (cmd *contactsErase) Run(c *call) error {
	actor := c.as(policy.CustomerErase)
	if err := policy.Can(actor, policy.CustomerErase, policy.Resource{}); err != nil || !cmd.DryRun && cmd.Yes {
		return cmd.erase(c, actor) // what is refused there is logged
	}
	p, err := c.ops.PlanErasure(c.ctx, actor, cmd.ID)
	if err != nil {
		return err
	}
	out := c.notes
	if cmd.DryRun {
		out = c.out
	}
	if _, err := io.WriteString(out, strings.Join(views.PlanLines(string(c.speech), p), "\n")+"\n"); err != nil || cmd.DryRun {
		return err
	}
	if err := c.confirm("Erase %s for good? This can't be taken back. Type yes: ", p.Customer.Name()); err != nil {
		return err
	}
	return cmd.erase(c, actor)
}

func (cmd *contactsErase) erase(c *call, actor policy.Actor) error {
	if _, err := c.ops.Erase(c.ctx, actor, cmd.ID); err != nil {
		return err
	}
	return certificate(c, cmd.ID, cmd.JSON)
}

// certificate writes it as text, or as it was signed.
func certificate(c *call, subject int64, signed bool) error {
	e, err := c.ops.GetErasure(c.ctx, c.as(policy.ErasureList), subject)
	if err != nil {
		return err
	}
	if signed {
		return writeLine(c.out, e.File)
	}
	return writeLine(c.out, []byte(strings.Join(views.CertificateLines(string(c.speech), e.Certificate), "\n")))
}

type contactsRestrict struct {
	ID int64 `arg:"" help:"The number, from a list."`
}

func (cmd *contactsRestrict) Run(c *call) error {
	if changed, err := c.ops.Restrict(c.ctx, c.as(policy.CustomerRestrict), cmd.ID, true); err != nil || !changed {
		return c.unchanged(err)
	}
	return c.tell("Restricted: it is kept and shown, but not used (art. 18 GDPR).")
}

type contactsUnrestrict struct {
	ID int64 `arg:"" help:"The number, from a list."`
}

func (cmd *contactsUnrestrict) Run(c *call) error {
	if changed, err := c.ops.Restrict(c.ctx, c.as(policy.CustomerRestrict), cmd.ID, false); err != nil || !changed {
		return c.unchanged(err)
	}
	return c.tell("The restriction has ended.")
}

// unchanged tells of an act that had nothing to do, unless it failed.
func (c *call) unchanged(err error) error {
	if err != nil {
		return err
	}
	return c.tell("Nothing changed: it was so already.")
}

type erasureCommands struct {
	List        erasuresList        `cmd:"" help:"Who was erased, by number, when and by whom."`
	Show        erasuresShow        `cmd:"" help:"One of them, with those who are to be told of it."`
	Certificate erasuresCertificate `cmd:"" help:"What was erased and what stays, why and until when."`
	Told        erasuresTold        `cmd:"" help:"Note that a recipient was told (art. 19 GDPR)."`
}

type erasuresList struct {
	format
	Rule  string `help:"Only those by this rule of retention." placeholder:"RULE"`
	Limit int    `help:"At most so many." default:"200"`
}

func (cmd *erasuresList) Run(c *call) error {
	actor := c.as(policy.ErasureList)
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	all, err := c.ops.ListErasures(c.ctx, actor, db.ErasureQuery{Rule: cmd.Rule, Limit: cmd.Limit})
	if err != nil {
		return err
	}
	return list(c, cmd.format, erasureColumns(colleagues), all)
}

func erasureColumns(colleagues map[int32]db.Colleague) []column[ops.Erased] {
	return []column[ops.Erased]{
		{"id", func(e ops.Erased) any { return e.Subject }},
		{"kind", func(e ops.Erased) any { return e.Kind.String() }},
		{"at", func(e ops.Erased) any { return e.At }},
		{"by", func(e ops.Erased) any { return colleagues[e.Person].Login }},
		{"rule", func(e ops.Erased) any { return e.Rule }},
		{"invoices_kept", func(e ops.Erased) any { return e.Invoices }},
		{"kept_through", func(e ops.Erased) any { return day(e.KeptUntil) }},
		{"to_be_told", func(e ops.Erased) any { return e.Untold }},
		{"reason", func(e ops.Erased) any { return e.Reason }},
	}
}

type erasuresShow struct {
	format
	ID int64 `arg:"" help:"The number that the customer had."`
}

func (cmd *erasuresShow) Run(c *call) error {
	actor := c.as(policy.ErasureList)
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	e, err := c.ops.GetErasure(c.ctx, actor, cmd.ID)
	if err != nil {
		return err
	}
	columns := append(erasureColumns(colleagues), column[ops.Erased]{"recipients", func(e ops.Erased) any {
		return each(e.Recipients, func(r db.Recipient) string {
			told := ""
			if r.ToldAt != nil {
				told = ", told " + when(*r.ToldAt)
			}
			return fmt.Sprintf("%d: %s by %s %s%s", r.N, r.Act, colleagues[r.Person].Login, when(r.At), told)
		})
	}})
	return show(c, cmd.format, columns, e)
}

type erasuresCertificate struct {
	ID   int64 `arg:"" help:"The number that the customer had."`
	JSON bool  `help:"As it was signed."`
}

func (cmd *erasuresCertificate) Run(c *call) error { return certificate(c, cmd.ID, cmd.JSON) }

type erasuresTold struct {
	ID        int64 `arg:"" help:"The number that the customer had."`
	Recipient int   `arg:"" help:"The recipient's number, from erasures show."`
}

func (cmd *erasuresTold) Run(c *call) error {
	if err := c.ops.TellRecipient(c.ctx, c.as(policy.ErasureTell), cmd.ID, cmd.Recipient); err != nil {
		return err
	}
	return c.tell("It is noted.")
}

type suppressionCommands struct {
	List suppressionsList `cmd:"" help:"Addresses and numbers that may not come back by a list. They can't be read."`
	Lift suppressionsLift `cmd:"" help:"Let one in again whose owner came back by himself."`
}

type suppressionsList struct {
	format
	All bool `help:"Those that were lifted too."`
}

func (cmd *suppressionsList) Run(c *call) error {
	actor := c.as(policy.SuppressionList)
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	all, err := c.ops.ListSuppressions(c.ctx, actor, cmd.All)
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[db.Suppression]{
		{"id", func(s db.Suppression) any { return s.ID }},
		{"sort", func(s db.Suppression) any { return string(s.Sort) }},
		{"since", func(s db.Suppression) any { return s.Since }},
		{"erased", func(s db.Suppression) any { return s.Subject }},
		{"lifted", func(s db.Suppression) any { return s.LiftedAt }},
		{"by", func(s db.Suppression) any { return colleagues[s.LiftedBy].Login }},
		{"reason", func(s db.Suppression) any { return s.Reason }},
	}, all)
}

type suppressionsLift struct {
	Which string `arg:"" help:"The mail address or phone number, or its number on the list."`
}

func (cmd *suppressionsLift) Run(c *call) error {
	if _, err := c.ops.LiftSuppression(c.ctx, c.as(policy.SuppressionLift), cmd.Which, c.reason); err != nil {
		return err
	}
	return c.tell("It may come in again.")
}
