package server

import (
	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
)

type auditCommands struct {
	List   auditList   `cmd:"" help:"What was done and seen, latest first, as far as you may know."`
	Export auditExport `cmd:"" help:"All of that in a file, however much it is."`
	Verify auditVerify `cmd:"" help:"Check that nobody changed the log; exit code 1 if somebody did."`
}

// choosing are the filters of the log, which all hold together.
type choosing struct {
	User    string `help:"Only of this colleague." placeholder:"LOGIN"`
	Act     string `help:"Only this act, as customer.view."`
	Subject int64  `help:"Only about this customer." placeholder:"ID"`
	Refused bool   `help:"Only what was refused."`
	Kept    bool   `help:"Only what was kept for a reason though it seems sensitive."`
	Time    string `help:"Only then, in the organisation's time zone: yesterday, 3d, 2h, 2026-12-31, 2026-12-31T09:00..12:00, 2026-12-01.." placeholder:"TIME"`
	Since   string `help:"Only since that day or time." placeholder:"TIME"`
	Until   string `help:"Only until that day or time, which is within it." placeholder:"TIME"`
}

func (f choosing) query(c *call, colleagues map[int32]db.Colleague) (db.LogQuery, error) {
	if err := policy.CheckAct(policy.Act(f.Act)); err != nil {
		return db.LogQuery{}, err
	}
	q := db.LogQuery{Act: policy.Act(f.Act), Subject: f.Subject, RefusedOnly: f.Refused, Despite: f.Kept}
	if f.User != "" {
		if q.Person = idOf(colleagues, f.User); q.Person == 0 {
			return q, policy.ErrAbsent()
		}
	}
	written := f.Time
	if f.Since != "" || f.Until != "" {
		if written != "" {
			return q, usageError{"use --time, or --since and --until"}
		}
		written = f.Since + ".." + f.Until
	}
	if written == "" {
		return q, nil
	}
	now, err := c.ops.Wall(c.ctx)
	if err != nil {
		return q, err
	}
	span, err := policy.ParseSpan(written, now)
	q.Since, q.Until = span.Since, span.Until
	return q, err
}

type auditList struct {
	format
	choosing
	Limit int `help:"At most so many." default:"50"`
}

func (cmd *auditList) Run(c *call) error {
	actor := c.furthest(policy.AuditView, policy.Auditor, policy.Privacy, policy.Manager)
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	q, err := cmd.query(c, colleagues)
	if err != nil {
		return err
	}
	var rows []db.LogRow
	for len(rows) < cmd.Limit {
		q.Limit = min(pageSize, cmd.Limit-len(rows))
		page, err := c.ops.ListLog(c.ctx, actor, q)
		if err != nil {
			return err
		}
		rows = append(rows, page.Rows...)
		if q.After = page.Next; page.Next == (db.LogPlace{}) {
			break
		}
	}
	return list(c, cmd.format, logColumns(colleagues), rows)
}

type auditExport struct {
	format
	choosing
}

// Run holds one page of rows at a time, however many there are.
func (cmd *auditExport) Run(c *call) error {
	if !cmd.JSON && !cmd.CSV {
		return usageError{"say --csv or --json"}
	}
	actor := c.furthest(policy.AuditExport, policy.Auditor, policy.Privacy, policy.Manager)
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	q, err := cmd.query(c, colleagues)
	if err != nil {
		return err
	}
	name := "csv"
	if cmd.JSON {
		name = "json"
	}
	n := 0
	rows := counted(c.ops.ExportLog(c.ctx, actor, q, name), &n)
	columns := append(logColumns(colleagues), column[db.LogRow]{"subject_ids", func(r db.LogRow) any { return idList(r.Subjects) }})
	if cmd.JSON {
		err = writeJSON(c.out, columns, rows)
	} else {
		err = sheet.WriteCSV(c.out, names(columns), cells(columns, rows), sheet.CSV{})
	}
	if err == nil {
		c.note("%s", c.speech.say(policy.Message{Key: "Rows of the log exported: %d.", Args: []any{n}}))
	}
	return err
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
	{"intact", func(r db.Report) any { return each(r.Ranges, db.Range.String) }},
	{"faults", func(r db.Report) any { return each(r.Faults, db.Fault.String) }},
}
