package server

import (
	"time"

	"balie/db"
	"balie/policy"
)

type auditCommands struct {
	List   auditList   `cmd:"" help:"What was done and seen, latest first, as far as you may know."`
	Verify auditVerify `cmd:"" help:"Check that nobody changed the log; exit code 1 if somebody did."`
}

type auditList struct {
	format
	User    string    `help:"Only of this colleague." placeholder:"LOGIN"`
	Act     string    `help:"Only this act, as customer.view."`
	Subject int64     `help:"Only about this customer."`
	Refused bool      `help:"Only what was refused."`
	Since   time.Time `help:"Only since that day, as 2026-12-31." format:"2006-01-02"`
	Limit   int       `help:"At most so many." default:"50"`
}

func (cmd *auditList) Run(c *call) error {
	actor := c.furthest(policy.AuditView, policy.Auditor, policy.Privacy, policy.Manager)
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	q := db.LogQuery{Act: policy.Act(cmd.Act), Subject: cmd.Subject, RefusedOnly: cmd.Refused, Since: cmd.Since}
	if cmd.User != "" {
		if q.Person = idOf(colleagues, cmd.User); q.Person == 0 {
			return policy.ErrAbsent()
		}
	}
	var rows []db.LogRow
	for len(rows) < cmd.Limit {
		q.Limit = min(pageSize, cmd.Limit-len(rows))
		page, err := c.ops.ListLog(c.ctx, actor, q)
		if err != nil {
			return err
		}
		rows = append(rows, page.Rows...)
		if q.Before = page.Next; page.Next == 0 {
			break
		}
	}
	return list(c, cmd.format, logColumns(colleagues), rows)
}

func idOf(colleagues map[int32]db.Colleague, login string) int32 {
	for id, p := range colleagues {
		if p.Login == login {
			return id
		}
	}
	return 0
}

func logColumns(colleagues map[int32]db.Colleague) []column[db.LogRow] {
	return []column[db.LogRow]{
		{"id", func(r db.LogRow) any { return r.ID }},
		{"at", func(r db.LogRow) any { return r.At }},
		{"who", func(r db.LogRow) any { return colleagues[r.Actor].Login }},
		{"role", func(r db.LogRow) any { return string(r.Role) }},
		{"act", func(r db.LogRow) any { return string(r.Act) }},
		{"refused", func(r db.LogRow) any { return r.Refused }},
		{"about", func(r db.LogRow) any { return r.Ref }},
		{"subjects", func(r db.LogRow) any { return len(r.Subjects) }},
		{"fields", func(r db.LogRow) any { return r.Fields }},
		{"reason", func(r db.LogRow) any { return r.Reason }},
		{"detail", func(r db.LogRow) any { return r.Detail }},
		{"session", func(r db.LogRow) any { return r.Session }},
	}
}

type auditVerify struct{ format }

// errTampered makes the exit code tell what the report says.
var errTampered = policy.Errorf(policy.Conflict, "The log was changed. Keep the database as it is and tell the privacy officer.")

func (cmd *auditVerify) Run(c *call) error {
	report, err := c.ops.VerifyLog(c.ctx, c.as(policy.AuditVerify))
	if err != nil {
		return err
	}
	if err := show(c, cmd.format, reportColumns, report); err != nil || report.OK() {
		return err
	}
	return errTampered
}

var reportColumns = []column[db.Report]{
	{"ok", func(r db.Report) any { return r.OK() }},
	{"checkpoints", func(r db.Report) any { return r.Checkpoints }},
	{"rows", func(r db.Report) any { return r.Rows }},
	{"unsealed", func(r db.Report) any { return r.Unsealed }},
	{"heads_outside", func(r db.Report) any { return r.Heads }},
	{"intact_rows", func(r db.Report) any { return r.Intact }},
	{"intact_until", func(r db.Report) any { return sometime(r.IntactTo) }},
	{"faults", func(r db.Report) any { return faultsOf(r.Faults) }},
}

func faultsOf(all []db.Fault) []string {
	return each(all, func(f db.Fault) string { return f.What })
}
