package server

import (
	"encoding/hex"
	"strconv"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type leftCount = ops.LeftCount

type consentCommands struct {
	List      consentsList      `cmd:"" help:"How one of your customers stands to each purpose, now or on a date; --events for what was said."`
	Give      consentsGive      `cmd:"" help:"Record a consent: how, when, and to which words."`
	Offer     consentsOffer     `cmd:"" help:"Record that a customer was offered to opt out when the address came with a sale: soft opt-in."`
	Withdraw  consentsWithdraw  `cmd:"" help:"Record a withdrawal. It counts at once and can't be taken back."`
	Object    consentsObject    `cmd:"" help:"Record an objection (art. 21 GDPR). It counts at once; one to marketing is to all of it."`
	Lift      consentsLift      `cmd:"" help:"Record that a person takes the objection back."`
	Attach    consentsAttach    `cmd:"" help:"Keep a file of at most 25 MB, from stdin, as evidence of an event."`
	Evidence  consentsEvidence  `cmd:"" help:"Write a file of evidence to stdout."`
	Prove     consentsProve     `cmd:"" help:"The chain of evidence on a consent on a date, signed; balie verify checks it offline."`
	Reask     consentsReask     `cmd:"" help:"Whose consent is too old, runs out or can't be proven, of those who may be mailed."`
	Undecided consentsUndecided `cmd:"" help:"Records that stand on nothing: each is to get a basis, or to go."`
}

type consentsList struct {
	format
	Subject int64  `arg:"" help:"The number of the customer, from a list."`
	On      string `help:"As it was at the end of this day, as 2026-03-31." placeholder:"DAY"`
	Events  bool   `help:"What was said, the latest first."`
}

func (cmd *consentsList) Run(c *call) error {
	actor := c.as(policy.ConsentList)
	on, err := c.ops.EndOfDay(c.ctx, cmd.On)
	if err != nil {
		return err
	}
	s, err := c.ops.ListConsents(c.ctx, actor, cmd.Subject, on)
	if err != nil {
		return err
	}
	if !cmd.Events {
		return list(c, cmd.format, standingColumns(c), s.Purposes)
	}
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	return list(c, cmd.format, eventColumns(colleagues), s.Events)
}

func standingColumns(c *call) []column[ops.PurposeStanding] {
	return []column[ops.PurposeStanding]{
		{"purpose", func(s ops.PurposeStanding) any { return string(s.Name) }},
		{"basis", func(s ops.PurposeStanding) any { return string(s.Basis) }},
		{"state", func(s ops.PurposeStanding) any { return string(s.State.Is) }},
		{"since", func(s ops.PurposeStanding) any { return s.State.Since }},
		{"objected", func(s ops.PurposeStanding) any { return s.State.Objected }},
		{"may_be_used", func(s ops.PurposeStanding) any { return s.Blocked == nil }},
		{"why_not", func(s ops.PurposeStanding) any {
			if s.Blocked == nil {
				return ""
			}
			return c.speech.say(s.Blocked.Message()) + " " + c.speech.say(s.Blocked.Law())
		}},
	}
}

func eventColumns(colleagues map[int32]db.Colleague) []column[db.Consent] {
	return []column[db.Consent]{
		{"event", func(e db.Consent) any { return e.ID }},
		{"at", func(e db.Consent) any { return e.At }},
		{"purpose", func(e db.Consent) any { return string(e.Purpose) }},
		{"what", func(e db.Consent) any { return string(e.Kind) }},
		{"how", func(e db.Consent) any { return string(e.How) }},
		{"recorded", func(e db.Consent) any { return e.Recorded }},
		{"by", func(e db.Consent) any { return colleagues[e.Person].Login }},
		{"wording", func(e db.Consent) any { return hex.EncodeToString(e.Wording)[:min(12, 2*len(e.Wording))] }},
		{"evidence", func(e db.Consent) any {
			return each(e.Evidence, func(v db.Evidence) string { return strconv.FormatInt(v.ID, 10) + " " + v.Name.String() })
		}},
		{"address", func(e db.Consent) any { return e.Address }},
		{"remark", func(e db.Consent) any { return e.Remark }},
	}
}

// statement are the flags of whatever a person says.
type statement struct {
	Subject int64          `arg:"" help:"The number of the customer, from a list."`
	Purpose policy.Purpose `required:"" help:"Of which purpose, from purposes list: one yes never covers two."`
	How     policy.Channel `required:"" help:"How it was said: form, mail, phone or paper."`
	On      string         `help:"The day on which it was said, if not now, as 2026-03-31." placeholder:"DAY"`
	Remark  string         `help:"What else to know of it."`
	Address string         `help:"The mail address or phone number that it is about."`
}

// agreeing are those of a yes besides.
type agreeing struct {
	Language string `help:"In which language it was asked: nl or en." enum:"nl,en" default:"nl"`
	Wording  string `help:"The beginning of the hash of what was asked, if not the present wording; see purposes show --versions." placeholder:"HASH"`
	Evidence string `help:"The name of a file of at most 25 MB that comes on stdin: a scan, a recording." placeholder:"FILE"`
}

func (s statement) record(c *call, kind policy.ConsentKind, a agreeing) error {
	at, err := c.ops.StartOfDay(c.ctx, s.On)
	if err != nil {
		return err
	}
	actor := c.as(policy.ConsentRecord)
	if err := policy.Can(actor, policy.ConsentRecord, policy.Resource{}); err != nil {
		return err
	}
	file, err := a.file(c)
	if err != nil {
		return err
	}
	id, err := c.ops.RecordConsent(c.ctx, actor, ops.Recording{
		Customer: s.Subject, Purpose: s.Purpose, Kind: kind, How: s.How, At: at, Language: a.Language, Wording: a.Wording,
		Remark: text.NewBlock(s.Remark), Address: text.New(s.Address),
	}, ops.NewRequestKey())
	if err == nil && file != nil {
		defer file.Close()
		_, err = c.ops.AddEvidence(c.ctx, actor, id, text.New(a.Evidence), file)
	}
	if err != nil {
		return err
	}
	return writeLine(c.out, strconv.AppendInt(nil, id, 10))
}

// file reads the evidence whole before anything is recorded.
func (a agreeing) file(c *call) (*ops.Spool, error) {
	if a.Evidence == "" {
		return nil, nil
	}
	return ops.NewSpool(c.in, ops.EvidenceMost)
}

type consentsGive struct {
	statement
	agreeing
}

func (cmd *consentsGive) Run(c *call) error { return cmd.record(c, policy.Given, cmd.agreeing) }

type consentsOffer struct {
	statement
	agreeing
}

func (cmd *consentsOffer) Run(c *call) error { return cmd.record(c, policy.Offered, cmd.agreeing) }

type consentsWithdraw struct{ statement }

func (cmd *consentsWithdraw) Run(c *call) error { return cmd.record(c, policy.Withdrawn, agreeing{}) }

type consentsObject struct{ statement }

func (cmd *consentsObject) Run(c *call) error { return cmd.record(c, policy.Objected, agreeing{}) }

type consentsLift struct{ statement }

func (cmd *consentsLift) Run(c *call) error { return cmd.record(c, policy.Lifted, agreeing{}) }

type consentsAttach struct {
	Event int64  `arg:"" help:"The number of the event, from consents list --events."`
	Name  string `arg:"" help:"The name of the file."`
}

func (cmd *consentsAttach) Run(c *call) error {
	actor := c.as(policy.ConsentRecord)
	if err := policy.Can(actor, policy.ConsentRecord, policy.Resource{}); err != nil {
		return err
	}
	file, err := ops.NewSpool(c.in, ops.EvidenceMost)
	if err != nil {
		return err
	}
	defer file.Close()
	id, err := c.ops.AddEvidence(c.ctx, actor, cmd.Event, text.New(cmd.Name), file)
	if err != nil {
		return err
	}
	return writeLine(c.out, strconv.AppendInt(nil, id, 10))
}

type consentsEvidence struct {
	File int64 `arg:"" help:"The number of the file, from consents list --events."`
}

func (cmd *consentsEvidence) Run(c *call) error {
	_, err := c.ops.ReadEvidence(c.ctx, c.as(policy.ConsentProve), cmd.File, c.out)
	return err
}

type consentsProve struct {
	Subject int64          `arg:"" help:"The number of the customer, from a list."`
	Purpose policy.Purpose `required:"" help:"Of which purpose, from purposes list."`
	On      string         `help:"As it was at the end of this day, as 2026-03-31; now without it." placeholder:"DAY"`
}

func (cmd *consentsProve) Run(c *call) error {
	on, err := c.ops.EndOfDay(c.ctx, cmd.On)
	if err != nil {
		return err
	}
	p, err := c.ops.ProveConsent(c.ctx, c.as(policy.ConsentProve), cmd.Subject, cmd.Purpose, on)
	if err != nil {
		return err
	}
	_, err = c.out.Write(p.Bytes())
	return err
}

type consentsReask struct {
	format
	Purpose policy.Purpose `arg:"" help:"Of which purpose, from purposes list."`
}

func (cmd *consentsReask) Run(c *call) error {
	r, err := c.ops.ListReasking(c.ctx, c.as(policy.ConsentList), cmd.Purpose)
	if err != nil {
		return err
	}
	if len(r.Left) > 0 {
		c.note("%s", c.speech.say(policy.Message{Key: "Left out, because a mail that asks is marketing itself and they may not be mailed: %s.", Args: []any{c.leftWords(r.Left)}}))
	}
	return list(c, cmd.format, []column[ops.ReaskRow]{
		{"id", func(r ops.ReaskRow) any { return r.ID }},
		{"name", func(r ops.ReaskRow) any { return r.Name() }},
		{"mail", func(r ops.ReaskRow) any { return r.Mail }},
		{"why", func(r ops.ReaskRow) any { return string(r.Why) }},
		{"since", func(r ops.ReaskRow) any { return r.Since }},
	}, r.Rows)
}

type consentsUndecided struct{ format }

func (cmd *consentsUndecided) Run(c *call) error {
	actor := c.as(policy.CustomerList)
	rows, err := c.ops.ListUndecided(c.ctx, actor)
	if err != nil {
		return err
	}
	owners, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	return list(c, cmd.format, customerColumns(owners), rows)
}
