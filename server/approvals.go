package server

import (
	"balie/db"
	"balie/policy"
)

type approvalCommands struct {
	List   approvalsList   `cmd:"" help:"Requests for exports that take a second person, and your own."`
	Agree  approvalsAgree  `cmd:"" help:"Agree to a colleague's export; it holds once, for a day."`
	Refuse approvalsRefuse `cmd:"" help:"Refuse a colleague's export, with a --reason."`
}

type approvalsList struct{ format }

func (cmd *approvalsList) Run(c *call) error {
	actor := c.as(policy.ApprovalList)
	all, err := c.ops.ListApprovals(c.ctx, actor)
	if err != nil {
		return err
	}
	who, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	return list(c, cmd.format, approvalColumns(who), all)
}

func approvalColumns(who map[int32]db.Colleague) []column[db.Approval] {
	return []column[db.Approval]{
		{"id", func(a db.Approval) any { return a.ID }},
		{"state", func(a db.Approval) any { return string(a.State) }},
		{"who", func(a db.Approval) any { return who[a.Person].Login }},
		{"role", func(a db.Approval) any { return string(a.Role) }},
		{"customers", func(a db.Approval) any { return a.Size }},
		{"everything", func(a db.Approval) any { return a.Whole }},
		{"raw", func(a db.Approval) any { return a.Raw }},
		{"asked", func(a db.Approval) any { return a.AskedAt }},
		{"reason", func(a db.Approval) any { return a.Reason }},
		{"answered_by", func(a db.Approval) any { return who[a.AnsweredBy].Login }},
		{"answered", func(a db.Approval) any { return a.AnsweredAt }},
		{"answer", func(a db.Approval) any { return a.Answer }},
		{"alone", func(a db.Approval) any { return a.Alone }},
		{"used", func(a db.Approval) any { return a.UsedAt }},
	}
}

type approvalsAgree struct {
	ID int32 `arg:"" help:"The number of the request, from approvals list."`
}

func (cmd *approvalsAgree) Run(c *call) error {
	if err := c.ops.AnswerApproval(c.ctx, c.as(policy.ApprovalAnswer), cmd.ID, true, c.reason); err != nil {
		return err
	}
	return c.tell("The export may go ahead, once, within a day.")
}

type approvalsRefuse struct {
	ID int32 `arg:"" help:"The number of the request, from approvals list."`
}

func (cmd *approvalsRefuse) Run(c *call) error {
	if err := c.ops.AnswerApproval(c.ctx, c.as(policy.ApprovalAnswer), cmd.ID, false, c.reason); err != nil {
		return err
	}
	return c.tell("The export is refused.")
}
