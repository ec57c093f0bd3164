package server

import (
	"balie/db"
	"balie/policy"
)

type tagCommands struct {
	List tagsList `cmd:"" help:"All tags, those no longer in use too."`
}

type tagsList struct{ format }

func (cmd *tagsList) Run(c *call) error {
	tags, err := c.ops.ListTags(c.ctx, c.as(policy.TagList))
	if err != nil {
		return err
	}
	return list(c, cmd.format, tagColumns, tags)
}

var tagColumns = []column[db.Tag]{
	{"id", func(t db.Tag) any { return t.ID }},
	{"name", func(t db.Tag) any { return t.Name }},
	{"retired", func(t db.Tag) any { return t.RetiredAt }},
}
