package server

import (
	"strings"

	"balie/ops"
	"balie/policy"
)

type documentCommands struct {
	List    documentsList    `cmd:"" help:"The privacy statement, the record of processing and the handbook page: published when, and whether practice differs."`
	Show    documentsShow    `cmd:"" help:"One of them as it would be now; --published: as it was published last."`
	Publish documentsPublish `cmd:"" help:"What is generated now is the text that counts, in both languages."`
}

type documentsList struct{ format }

func (cmd *documentsList) Run(c *call) error {
	all, err := c.ops.ListDocuments(c.ctx, c.as(policy.DocumentView))
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[ops.DocumentSight]{
		{"document", func(d ops.DocumentSight) any { return string(d.Kind) }},
		{"language", func(d ops.DocumentSight) any { return d.Language }},
		{"version", func(d ops.DocumentSight) any { return d.Version }},
		{"published", func(d ops.DocumentSight) any { return sometime(d.At) }},
		{"differs", func(d ops.DocumentSight) any { return d.Differs }},
	}, all)
}

type documentsShow struct {
	Document  string `arg:"" help:"statement, processing or handbook."`
	Lang      string `help:"nl or en." default:"nl" enum:"nl,en"`
	Published bool   `help:"As it was published last."`
}

func (cmd *documentsShow) Run(c *call) error {
	kind, err := policy.ParseDocument(cmd.Document)
	if err != nil {
		return err
	}
	all, err := c.ops.ListDocuments(c.ctx, c.as(policy.DocumentView))
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Kind == kind && d.Language == cmd.Lang && (d.Version > 0 || !cmd.Published) {
			body := d.Live
			if cmd.Published {
				body = d.Body
			}
			return c.line(strings.TrimRight(body, "\n"))
		}
	}
	return policy.Errorf(policy.Denied, "This was not published yet: the privacy officer does that with documents publish.")
}

type documentsPublish struct {
	Document string `arg:"" help:"statement, processing or handbook."`
}

func (cmd *documentsPublish) Run(c *call) error {
	kind, err := policy.ParseDocument(cmd.Document)
	if err != nil {
		return err
	}
	if err := c.ops.PublishDocument(c.ctx, c.as(policy.DocumentPublish), kind); err != nil {
		return err
	}
	return c.tell("Published: %s.", cmd.Document)
}
