package server

import (
	"encoding/json"
	"strconv"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type audienceCommands struct {
	List   audiencesList   `cmd:"" help:"The mailing lists: saved selections, filtered at each use by what people stand on."`
	Add    audiencesAdd    `cmd:"" help:"Save a selection as a mailing list; prints its number."`
	Show   audiencesShow   `cmd:"" help:"How many one would reach now, how many it leaves out and why, and when it went out."`
	Export audiencesExport `cmd:"" help:"Write one as CSV to stdout, and its manifest to stderr. Both are kept on record."`
	Retire audiencesRetire `cmd:"" help:"Take one out of use."`
}

type audiencesList struct{ format }

func (cmd *audiencesList) Run(c *call) error {
	actor := c.as(policy.AudienceList)
	all, err := c.ops.ListAudiences(c.ctx, actor)
	if err != nil {
		return err
	}
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[db.Audience]{
		{"id", func(a db.Audience) any { return a.ID }},
		{"name", func(a db.Audience) any { return a.Name }},
		{"purpose", func(a db.Audience) any { return string(a.Purpose) }},
		{"means", func(a db.Audience) any { return string(a.Means) }},
		{"search", func(a db.Audience) any { return text.Clean(a.Query.Text) }},
		{"since", func(a db.Audience) any { return a.At }},
		{"by", func(a db.Audience) any { return colleagues[a.By].Login }},
	}, all)
}

type audiencesAdd struct {
	Name    string         `arg:"" help:"What it is called."`
	Purpose policy.Purpose `required:"" help:"For which purpose, from purposes list."`
	Means   policy.Means   `help:"mail, phone or post; without it the first that the purpose uses."`
	Search  string         `help:"As in contacts list." placeholder:"TEXT"`
	Status  string         `help:"Only leads, customers or former ones." enum:"lead,customer,former," default:""`
	Kind    string         `help:"Only persons or companies." enum:"person,company," default:""`
	Tag     string         `help:"Only with this tag." placeholder:"TAG"`
}

func (cmd *audiencesAdd) Run(c *call) error {
	actor := c.as(policy.AudienceWrite)
	a := db.Audience{Purpose: cmd.Purpose, Means: cmd.Means}
	a.Name, a.Query.Text = text.New(cmd.Name), cmd.Search
	if cmd.Status != "" {
		a.Query.Status, _ = policy.ParseStatus(cmd.Status) // one of those that the command line allows
	}
	a.Query.Kind = map[string]policy.CustomerKind{"person": policy.Person, "company": policy.Company}[cmd.Kind]
	if cmd.Tag != "" {
		tag, err := c.tagNamed(actor, cmd.Tag)
		if err != nil {
			return err
		}
		a.Query.Tag = tag
	}
	id, err := c.ops.AddAudience(c.ctx, actor, a)
	if err != nil {
		return err
	}
	return writeLine(c.out, strconv.AppendInt(nil, int64(id), 10))
}

func (c *call) tagNamed(actor policy.Actor, name string) (int32, error) {
	tags, err := c.ops.ListTags(c.ctx, actor)
	for _, t := range tags {
		if t.Name == name {
			return t.ID, nil
		}
	}
	if err == nil {
		err = policy.ErrAbsent()
	}
	return 0, err
}

type audienceRef struct {
	Audience int32 `arg:"" help:"The number of the mailing list."`
}

type audiencesShow struct {
	format
	audienceRef
}

func (cmd *audiencesShow) Run(c *call) error {
	s, err := c.ops.ViewAudience(c.ctx, c.as(policy.AudienceExport), cmd.Audience)
	if err != nil {
		return err
	}
	return show(c, cmd.format, []column[ops.AudienceSight]{
		{"id", func(s ops.AudienceSight) any { return s.ID }},
		{"name", func(s ops.AudienceSight) any { return s.Name }},
		{"purpose", func(s ops.AudienceSight) any { return string(s.Purpose) }},
		{"means", func(s ops.AudienceSight) any { return string(s.Means) }},
		{"may", func(s ops.AudienceSight) any { return s.May }},
		{"left_out", func(s ops.AudienceSight) any {
			return each(s.Left, func(l leftCount) string { return c.leftWords([]leftCount{l}) })
		}},
		{"exports", func(s ops.AudienceSight) any {
			return each(s.Exports, func(e db.AudienceExport) string { return string(e.Manifest) })
		}},
	}, s)
}

type audiencesExport struct{ audienceRef }

func (cmd *audiencesExport) Run(c *call) error {
	m, err := c.ops.ExportAudience(c.ctx, c.as(policy.AudienceExport), cmd.Audience, c.out)
	if err != nil {
		return err
	}
	manifest, err := json.Marshal(m)
	if err != nil {
		return err
	}
	c.note("%s", manifest)
	if len(m.Left) > 0 {
		c.note("%s", c.speech.say(policy.Message{Key: "Left out: %s.", Args: []any{c.leftWords(m.Left)}}))
	}
	return nil
}

type audiencesRetire struct{ audienceRef }

func (cmd *audiencesRetire) Run(c *call) error {
	if err := c.ops.RetireAudience(c.ctx, c.as(policy.AudienceWrite), cmd.Audience); err != nil {
		return err
	}
	return c.tell("The mailing list is out of use.")
}
