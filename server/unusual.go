package server

import (
	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

type unusualCommands struct {
	List   unusualList   `cmd:"" help:"Who saw many more customers in an hour than usual, and waits to be settled."`
	Settle unusualSettle `cmd:"" help:"Say what it was."`
}

type unusualList struct {
	format
	All bool `help:"Those that are settled too."`
}

func (cmd *unusualList) Run(c *call) error {
	actor := c.as(policy.UnusualList)
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	flags, err := c.ops.ListUnusual(c.ctx, actor, cmd.All)
	if err != nil {
		return err
	}
	return list(c, cmd.format, unusualColumns(colleagues), flags)
}

func unusualColumns(colleagues map[int32]db.Colleague) []column[db.Unusual] {
	return []column[db.Unusual]{
		{"id", func(u db.Unusual) any { return u.ID }},
		{"who", func(u db.Unusual) any { return colleagues[u.Person].Login }},
		{"role", func(u db.Unusual) any { return string(u.Role) }},
		{"began", func(u db.Unusual) any { return u.Began }},
		{"until", func(u db.Unusual) any { return u.Until }},
		{"score", func(u db.Unusual) any { return u.Peak }},
		{"usual", func(u db.Unusual) any { return u.Usual }},
		{"bar", func(u db.Unusual) any { return u.Bar }},
		{"newcomer", func(u db.Unusual) any { return u.Newcomer }},
		{"opened", func(u db.Unusual) any { return u.Opened - u.Exported }},
		{"exported", func(u db.Unusual) any { return u.Exported }},
		{"listed", func(u db.Unusual) any { return u.Listed }},
		{"outcome", func(u db.Unusual) any { return string(u.Outcome) }},
		{"settled", func(u db.Unusual) any { return u.SettledAt }},
		{"by", func(u db.Unusual) any { return colleagues[u.SettledBy].Login }},
		{"note", func(u db.Unusual) any { return u.Note }},
	}
}

type unusualSettle struct {
	ID   int32  `arg:"" help:"The number, from unusual list."`
	As   string `help:"explained or further (taken further)." required:"" placeholder:"OUTCOME"`
	Note string `help:"What you found out." required:"" placeholder:"TEXT"`
}

func (cmd *unusualSettle) Run(c *call) error {
	actor := c.as(policy.UnusualSettle)
	outcome, err := policy.ParseUnusualOutcome(cmd.As)
	if err != nil {
		return err
	}
	if err := c.ops.SettleUnusual(c.ctx, actor, cmd.ID, outcome, text.New(cmd.Note)); err != nil {
		return err
	}
	return c.tell("It is settled.")
}
