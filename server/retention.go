package server

import (
	"fmt"
	"strings"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type retentionCommands struct {
	List    retentionList    `cmd:"" help:"How long what is kept, from when, and who agreed to it."`
	Set     retentionSet     `cmd:"" help:"Propose a change, with --reason; another person agrees to it before it counts."`
	Approve retentionApprove `cmd:"" help:"Agree to what waits of a rule, the default too: before that it erases nothing."`
	Drop    retentionDrop    `cmd:"" help:"Take a change back that nobody has agreed to."`
	DryRun  retentionDryRun  `cmd:"" name:"dry-run" help:"Whom each rule would take, how many, who is held, and a sample. For the privacy officer, with --reason."`
	Holds   retentionHolds   `cmd:"" help:"Who is kept beyond the term, until when and why."`
	Hold    retentionHold    `cmd:"" help:"Keep a customer for a claim, through a day: no rule and no request erases it until then."`
	Keep    retentionKeep    `cmd:"" help:"Keep a customer longer for a documented reason, through a day."`
	Release retentionRelease `cmd:"" help:"End a hold before its day."`
	Ended   retentionEnded   `cmd:"" help:"Note when a contract or a procedure ended, from which terms count."`
	Figures retentionFigures `cmd:"" help:"How many left in each year; no figure under ten."`
}

type retentionList struct{ format }

func (cmd *retentionList) Run(c *call) error {
	actor := c.as(policy.RetentionList)
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	all, err := c.ops.Retention(c.ctx, actor)
	if err != nil {
		return err
	}
	return list(c, cmd.format, ruleColumns(colleagues), all)
}

func ruleColumns(colleagues map[int32]db.Colleague) []column[db.Rule] {
	return []column[db.Rule]{
		{"rule", func(r db.Rule) any { return string(r.Key) }},
		{"term", func(r db.Rule) any { return r.Term.String() }},
		{"from", func(r db.Rule) any { return string(r.Start) }},
		{"purpose", func(r db.Rule) any { return strings.TrimSpace(string(r.Purpose) + " " + string(r.Basis)) }},
		{"counted", func(r db.Rule) any { return r.Statistics }},
		{"rests_on", func(r db.Rule) any { return r.Source }},
		{"version", func(r db.Rule) any { return r.Version }},
		{"agreed_by", func(r db.Rule) any { return colleagues[r.ApprovedBy].Login }},
		{"waits", func(r db.Rule) any { return waits(r) }},
		{"proposed_by", func(r db.Rule) any { return colleagues[proposal(r).ProposedBy].Login }},
		{"reason", func(r db.Rule) any { return proposal(r).Reason }},
	}
}

// waits is what of a rule nobody has agreed to.
func waits(r db.Rule) string {
	switch {
	case r.Waits != nil:
		return r.Waits.Term.String() + " " + string(r.Waits.Start)
	case !r.Approved:
		return r.Term.String() + " " + string(r.Start)
	}
	return ""
}

func proposal(r db.Rule) db.Rule {
	if r.Waits != nil {
		return *r.Waits
	}
	return r
}

type retentionSet struct {
	Rule       string `arg:"" help:"The rule, from retention list, or a new name for a purpose."`
	Term       string `help:"As \"2 years\", \"18 months\" or \"4 weeks\"." placeholder:"TERM"`
	Start      string `help:"contact, contract or procedure." placeholder:"EVENT"`
	Purpose    string `help:"For a rule of your own: what stands on this purpose." placeholder:"PURPOSE"`
	Basis      string `help:"For a rule of your own: and on this basis." placeholder:"BASIS"`
	Statistics *bool  `help:"Count who leaves, without names." negatable:""`
}

func (cmd *retentionSet) Run(c *call) (err error) {
	change := ops.RuleChange{Key: policy.RuleKey(cmd.Rule), Purpose: policy.Purpose(cmd.Purpose), Statistics: cmd.Statistics}
	if cmd.Term != "" {
		if change.Term, err = policy.ParseRetentionTerm(cmd.Term); err != nil {
			return err
		}
	}
	if cmd.Start != "" {
		if change.Start, err = policy.ParseStart(cmd.Start); err != nil {
			return err
		}
	}
	if cmd.Basis != "" {
		if change.Basis, err = policy.ParseBasis(cmd.Basis); err != nil {
			return err
		}
	}
	version, err := c.ops.ProposeRule(c.ctx, c.as(policy.RetentionSet), change, c.reason)
	if err != nil {
		return err
	}
	return c.tell("Version %d of %s waits for another person to agree: retention approve.", version, cmd.Rule)
}

type retentionApprove struct {
	Rule string `arg:"" help:"The rule, from retention list."`
}

func (cmd *retentionApprove) Run(c *call) error {
	if err := c.ops.AnswerRule(c.ctx, c.as(policy.RetentionApprove), policy.RuleKey(cmd.Rule), true); err != nil {
		return err
	}
	return c.tell("The rule counts from the next night on; see retention dry-run for whom it takes.")
}

type retentionDrop struct {
	Rule string `arg:"" help:"The rule, from retention list."`
}

func (cmd *retentionDrop) Run(c *call) error {
	if err := c.ops.AnswerRule(c.ctx, c.as(policy.RetentionSet), policy.RuleKey(cmd.Rule), false); err != nil {
		return err
	}
	return c.tell("The change is taken back.")
}

type retentionDryRun struct {
	format
	On     string `help:"As if it were this day." placeholder:"DATE"`
	Sample int    `help:"How many names of each rule." default:"20" placeholder:"N"`
}

// planned is a line of the dry run: a rule, or one whom it would take.
type planned struct {
	plan ops.RulePlan
	row  *ops.PlanRow
}

func (cmd *retentionDryRun) Run(c *call) (err error) {
	var on time.Time
	if cmd.On != "" {
		if on, err = ops.ParseDay(cmd.On); err != nil {
			return err
		}
	}
	plans, err := c.ops.PlanRetention(c.ctx, c.as(policy.RetentionPlan), on, cmd.Sample)
	if err != nil {
		return err
	}
	var lines []planned
	for _, p := range plans {
		lines = append(lines, planned{p, nil})
		for i := range p.Sample {
			lines = append(lines, planned{p, &p.Sample[i]})
		}
	}
	return list(c, cmd.format, planColumns, lines)
}

var planColumns = []column[planned]{
	{"rule", func(p planned) any { return string(p.plan.Key) }},
	{"leaving", func(p planned) any {
		if p.row != nil {
			return nil
		}
		return p.plan.Due
	}},
	{"put_away", func(p planned) any {
		if p.row != nil {
			return nil
		}
		return p.plan.Away
	}},
	{"erased_next", func(p planned) any {
		if p.row != nil {
			return nil
		}
		return p.plan.Gone
	}},
	{"held", func(p planned) any { return heldWords(p) }},
	{"id", func(p planned) any {
		if p.row == nil {
			return nil
		}
		return p.row.ID
	}},
	{"name", func(p planned) any {
		if p.row == nil {
			return nil
		}
		return p.row.Name()
	}},
	{"leaves_on", func(p planned) any {
		if p.row == nil {
			return nil
		}
		return day(p.row.On)
	}},
	{"because", func(p planned) any {
		if p.row == nil {
			return nil
		}
		return string(p.row.Start) + " " + day(p.row.Since)
	}},
}

func heldWords(p planned) any {
	if p.row != nil {
		return nil
	}
	var parts []string
	for _, h := range []policy.HeldBy{policy.HeldLegally, policy.HeldLonger, policy.HeldStill, policy.HeldRequest, policy.HeldUnpaid, policy.HeldDeal} {
		if n := p.plan.Held[h]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", h, n))
		}
	}
	return strings.Join(parts, ", ")
}

type retentionHolds struct {
	format
	Customer int64 `help:"Only of this customer, by number." placeholder:"N"`
	All      bool  `help:"Those that were ended too."`
}

func (cmd *retentionHolds) Run(c *call) error {
	actor := c.as(policy.RetentionHolds)
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	all, err := c.ops.ListHolds(c.ctx, actor, cmd.Customer, cmd.All)
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[db.Hold]{
		{"id", func(h db.Hold) any { return h.ID }},
		{"customer_id", func(h db.Hold) any { return h.Customer }},
		{"name", func(h db.Hold) any { return h.Name }},
		{"sort", func(h db.Hold) any { return string(h.Sort) }},
		{"until", func(h db.Hold) any { return day(h.Until) }},
		{"reason", func(h db.Hold) any { return h.Reason }},
		{"by", func(h db.Hold) any { return colleagues[h.Person].Login }},
		{"ended", func(h db.Hold) any { return h.EndedAt }},
		{"why", func(h db.Hold) any { return h.Why }},
	}, all)
}

// holding is a customer, and through which day it is kept.
type holding struct {
	Customer int64  `arg:"" help:"The customer's number, from a list."`
	Until    string `help:"The last day, as 2027-03-01." required:"" placeholder:"DATE"`
	Because  string `help:"Why, sealed with the customer." required:"" placeholder:"TEXT"`
}

func (h holding) run(c *call, sort policy.HeldBy) error {
	until, err := ops.ParseDay(h.Until)
	if err != nil {
		return err
	}
	_, err = c.ops.AddHold(c.ctx, c.as(policy.RetentionHold), db.Hold{Customer: h.Customer, Sort: sort, Until: until, Reason: text.New(h.Because)})
	if err != nil {
		return err
	}
	return c.tell("It is kept through %s.", day(until))
}

type retentionHold struct{ holding }

func (cmd *retentionHold) Run(c *call) error { return cmd.run(c, policy.HeldLegally) }

type retentionKeep struct{ holding }

func (cmd *retentionKeep) Run(c *call) error { return cmd.run(c, policy.HeldLonger) }

type retentionRelease struct {
	Hold    int64  `arg:"" help:"The number of the hold, from retention holds."`
	Because string `help:"Why, sealed with the customer." required:"" placeholder:"TEXT"`
}

func (cmd *retentionRelease) Run(c *call) error {
	if err := c.ops.EndHold(c.ctx, c.as(policy.RetentionHold), cmd.Hold, text.New(cmd.Because)); err != nil {
		return err
	}
	return c.tell("The hold has ended.")
}

type retentionEnded struct {
	Customer int64  `arg:"" help:"The customer's number, from a list."`
	Event    string `arg:"" help:"contract or procedure." enum:"contract,procedure"`
	On       string `help:"The day on which it ended." required:"" placeholder:"DATE"`
}

func (cmd *retentionEnded) Run(c *call) error {
	on, err := ops.ParseDay(cmd.On)
	if err != nil {
		return err
	}
	if err := c.ops.RecordEnd(c.ctx, c.as(policy.RetentionEnd), cmd.Customer, policy.StartEvent(cmd.Event), on); err != nil {
		return err
	}
	return c.tell("It is noted: the term counts from %s.", day(on))
}

type retentionFigures struct{ format }

func (cmd *retentionFigures) Run(c *call) error {
	all, err := c.ops.RetentionFigures(c.ctx, c.as(policy.RetentionFigures))
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[db.Figure]{
		{"year", func(f db.Figure) any { return f.Year }},
		{"kind", func(f db.Figure) any {
			if f.Kind == 0 {
				return "all"
			}
			return f.Kind.String()
		}},
		{"status", func(f db.Figure) any {
			if f.Status == 0 {
				return ""
			}
			return f.Status.String()
		}},
		{"region", func(f db.Figure) any { return f.Region }},
		{"count", func(f db.Figure) any { return f.N }},
	}, all)
}
