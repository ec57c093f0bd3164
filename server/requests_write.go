package server

import (
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
	"balie/views"
)

type requestsAdd struct {
	Kind     string `arg:"" help:"What is asked: access, rectification, erasure, restriction, portability or objection."`
	From     string `required:"" help:"Who asks." placeholder:"NAME"`
	Channel  string `help:"How it came: mail, phone, letter, website, in person or other." default:"mail"`
	Received string `help:"The day on which it came in, as 2026-01-31; otherwise today." placeholder:"DATE"`
	Contact  string `help:"Where the answer goes." placeholder:"TEXT"`
	Asks     string `help:"What is asked, in the person's own words." placeholder:"TEXT"`
	Language string `help:"Of the answer: nl or en." enum:"nl,en" default:"nl"`
	Customer int64  `help:"The customer whom it is about, by number, when there is one." placeholder:"N"`
}

func (cmd *requestsAdd) Run(c *call) error {
	actor := c.as(policy.RequestRecord)
	kind, err := policy.ParseRequestKind(cmd.Kind)
	if err != nil {
		return err
	}
	r := db.Request{Kind: kind, Channel: policy.RequestChannel(cmd.Channel), Subject: cmd.Customer}
	r.From, r.Contact, r.Asks, r.Language = text.New(cmd.From), text.New(cmd.Contact), text.NewBlock(cmd.Asks), text.New(cmd.Language)
	if r.Received, err = c.dayOf(actor, cmd.Received); err != nil {
		return err
	}
	made, err := c.ops.RecordRequest(c.ctx, actor, r, ops.NewRequestKey())
	if err != nil {
		return err
	}
	return writeLine(c.out, []byte(made.Name()))
}

// dayOf reads a day; "" is today.
func (c *call) dayOf(actor policy.Actor, s string) (policy.Date, error) {
	if s != "" {
		return policy.ParseDate(s)
	}
	return c.ops.RequestToday(c.ctx, actor)
}

// oneRequest is the request that a command is about.
type oneRequest struct {
	Request string `arg:"" help:"The number of the request, as 2026-031."`
}

// on performs an act on it and shows what it is then.
func (r oneRequest) on(c *call, act func(actor policy.Actor, id int64) (ops.RequestSight, error)) error {
	actor, id, err := r.find(c)
	if err != nil {
		return err
	}
	s, err := act(actor, id)
	if err != nil {
		return err
	}
	return show(c, format{}, requestColumns(c.speech), s)
}

type requestsIdentity struct {
	oneRequest
	Asked    string `required:"" help:"What was asked to establish who it is." placeholder:"TEXT"`
	Answered string `required:"" help:"What was answered." placeholder:"TEXT"`
	Failed   bool   `help:"It was not established."`
}

func (cmd *requestsIdentity) Run(c *call) error {
	return cmd.on(c, func(actor policy.Actor, id int64) (ops.RequestSight, error) {
		return c.ops.IdentifyRequest(c.ctx, actor, id, 0, !cmd.Failed, text.NewBlock(cmd.Asked), text.NewBlock(cmd.Answered))
	})
}

type requestsPause struct {
	oneRequest
	Question string    `required:"" help:"The question about identity that stops the clock." placeholder:"TEXT"`
	At       time.Time `help:"When it was asked, as 2026-01-31T14:05:00+01:00; otherwise now." placeholder:"TIME"`
}

func (cmd *requestsPause) Run(c *call) error {
	return cmd.on(c, func(actor policy.Actor, id int64) (ops.RequestSight, error) {
		return c.ops.PauseRequest(c.ctx, actor, id, 0, text.NewBlock(cmd.Question), cmd.At)
	})
}

type requestsResume struct {
	oneRequest
	Answer string    `required:"" help:"What was answered." placeholder:"TEXT"`
	At     time.Time `help:"When, as 2026-01-31T14:05:00+01:00; otherwise now." placeholder:"TIME"`
}

func (cmd *requestsResume) Run(c *call) error {
	return cmd.on(c, func(actor policy.Actor, id int64) (ops.RequestSight, error) {
		return c.ops.ResumeRequest(c.ctx, actor, id, 0, text.NewBlock(cmd.Answer), cmd.At)
	})
}

type requestsLink struct {
	oneRequest
	Customer int64 `arg:"" help:"The customer whom it is about, by number."`
}

func (cmd *requestsLink) Run(c *call) error {
	return cmd.on(c, func(actor policy.Actor, id int64) (ops.RequestSight, error) {
		return c.ops.LinkRequest(c.ctx, actor, id, 0, cmd.Customer)
	})
}

type requestsSystem struct {
	oneRequest
	Add     string `help:"Add this one to the checklist." placeholder:"NAME" xor:"what"`
	Keeper  string `help:"Who looks after it." placeholder:"NAME"`
	Done    int    `help:"It is done in the system on this line." placeholder:"LINE" xor:"what"`
	Open    int    `help:"It is not done after all." placeholder:"LINE" xor:"what"`
	Outcome string `help:"What was done there." placeholder:"TEXT"`
}

func (cmd *requestsSystem) Run(c *call) error {
	return cmd.on(c, func(actor policy.Actor, id int64) (ops.RequestSight, error) {
		if cmd.Done == 0 && cmd.Open == 0 {
			return c.ops.AddRequestSystem(c.ctx, actor, id, text.New(cmd.Add), text.New(cmd.Keeper))
		}
		return c.ops.TickRequestSystem(c.ctx, actor, id, max(cmd.Done, cmd.Open), cmd.Done > 0, text.New(cmd.Outcome))
	})
}

type requestsDecide struct {
	oneRequest
	Decision string `arg:"" help:"granted, partly or withdrawn." enum:"granted,partly,withdrawn"`
	Ground   string `help:"Of what is refused: unidentified, unfounded, excessive, others, duty, claims or unmet." placeholder:"GROUND"`
	Why      string `required:"" help:"What was done, or why not all of it." placeholder:"TEXT"`
}

func (cmd *requestsDecide) Run(c *call) error {
	return cmd.on(c, func(actor policy.Actor, id int64) (ops.RequestSight, error) {
		return c.ops.DecideRequest(c.ctx, actor, id, 0, ops.RequestRuling{
			Decision: policy.RequestDecision(cmd.Decision), Ground: policy.RefusalGround(cmd.Ground), Why: text.NewBlock(cmd.Why),
		})
	})
}

type requestsSent struct {
	oneRequest
	What string `required:"" help:"What was sent." placeholder:"TEXT"`
	To   string `required:"" help:"Where to, and how that address is known." placeholder:"TEXT"`
}

func (cmd *requestsSent) Run(c *call) error {
	return cmd.on(c, func(actor policy.Actor, id int64) (ops.RequestSight, error) {
		return c.ops.AnswerRequest(c.ctx, actor, id, 0, text.NewBlock(cmd.What), text.NewBlock(cmd.To))
	})
}

type requestsClose struct{ oneRequest }

func (cmd *requestsClose) Run(c *call) error {
	return cmd.on(c, func(actor policy.Actor, id int64) (ops.RequestSight, error) {
		return c.ops.CloseRequest(c.ctx, actor, id, 0)
	})
}

// write performs an act and prints the letter that tells of it.
func (r oneRequest) write(c *call, lang string, act func(actor policy.Actor, id int64) (ops.RequestSight, error)) error {
	actor, id, err := r.find(c)
	if err != nil {
		return err
	}
	if _, err := act(actor, id); err != nil {
		return err
	}
	letter, err := c.ops.RequestLetter(c.ctx, actor, id, lang, views.Say)
	if err != nil {
		return err
	}
	return writeLine(c.out, []byte(text.NewBlock(letter).String()))
}

type requestsExtend struct {
	oneRequest
	Why      string `required:"" help:"The reasons, as the person reads them." placeholder:"TEXT"`
	Language string `help:"Of the letter: nl or en; otherwise the person's." enum:",nl,en" default:""`
}

func (cmd *requestsExtend) Run(c *call) error {
	return cmd.write(c, cmd.Language, func(actor policy.Actor, id int64) (ops.RequestSight, error) {
		return c.ops.ExtendRequest(c.ctx, actor, id, 0, text.NewBlock(cmd.Why))
	})
}

type requestsRefuse struct {
	oneRequest
	Ground   string `required:"" help:"unidentified, unfounded, excessive, others, duty, claims or unmet." placeholder:"GROUND"`
	Why      string `required:"" help:"Why, as the person reads it." placeholder:"TEXT"`
	Language string `help:"Of the letter: nl or en; otherwise the person's." enum:",nl,en" default:""`
}

func (cmd *requestsRefuse) Run(c *call) error {
	return cmd.write(c, cmd.Language, func(actor policy.Actor, id int64) (ops.RequestSight, error) {
		return c.ops.DecideRequest(c.ctx, actor, id, 0, ops.RequestRuling{
			Decision: policy.Refused, Ground: policy.RefusalGround(cmd.Ground), Why: text.NewBlock(cmd.Why),
		})
	})
}

type requestsLetter struct {
	oneRequest
	Language string `help:"nl or en; otherwise the person's." enum:",nl,en" default:""`
}

func (cmd *requestsLetter) Run(c *call) error {
	return cmd.write(c, cmd.Language, func(policy.Actor, int64) (s ops.RequestSight, err error) { return s, nil })
}

type requestsWork struct {
	oneRequest
	Done    string   `help:"What was done by hand, as which data were put right." placeholder:"TEXT"`
	Against []string `help:"The purposes against which an objection is, as newsletter,marketing." placeholder:"PURPOSE"`
	Yes     bool     `help:"Don't ask before erasing."`
}

func (cmd *requestsWork) Run(c *call) error {
	return cmd.on(c, func(actor policy.Actor, id int64) (ops.RequestSight, error) {
		s, err := c.ops.ViewRequest(c.ctx, actor, id)
		if err == nil && s.Kind == policy.Erasure && !cmd.Yes {
			err = c.confirm("Erase %s for good? This can't be taken back. Type yes: ", s.From)
		}
		if err != nil {
			return s, err
		}
		w := ops.RequestWork{Done: text.NewBlock(cmd.Done)}
		for _, p := range cmd.Against {
			w.Purposes = append(w.Purposes, policy.Purpose(p))
		}
		return c.ops.WorkRequest(c.ctx, actor, id, 0, w)
	})
}
