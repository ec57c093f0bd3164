package views

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// newRequestForm records what somebody asks; c is the customer whom it is about,
// if it is known.
func newRequestForm(k *kit, c db.Customer) *shortForm {
	t := &k.t.Request
	kinds, channels := make([]option, len(policy.RequestKinds)), make([]option, len(policy.RequestChannels))
	for i, kind := range policy.RequestKinds {
		kinds[i] = option{text: t.Kinds[kind]}
	}
	for i, ch := range policy.RequestChannels {
		channels[i] = option{text: t.Channels[ch]}
	}
	s := newShortForm(k, t.FormTitle, []*field{
		choiceField("kind", t.Asks, kinds, 0), textField("from", t.From, c.Name().String()), textField("contact", t.Contact, c.Mail.String()).hinted(t.ContactHint),
		choiceField("channel", t.Channel, channels, 0), textField("received", t.Received, k.Now().In(k.Zone).Format("2006-01-02")),
		textField("asks", t.InOwnWords, ""), choiceField("language", t.Language, []option{{text: "nl"}, {text: "en"}}, 0),
	})
	request := ops.NewRequestKey()
	s.form.save = func() tea.Cmd {
		r, err := requestOf(s.form, c.ID)
		if err != nil {
			s.form.blame(err)
			return nil
		}
		acts, actor := k.Ops, k.Actor
		return submit(s, func(ctx context.Context) (db.Request, error) { return acts.RecordRequest(ctx, actor, r, request) },
			func(made db.Request) tea.Cmd {
				return tea.Batch(s.instead(newRequest(k, made.ID)), notify(noteGood, t.Noted))
			})
	}
	return s
}

func requestOf(f *form, customer int64) (r db.Request, err error) {
	r.Kind, r.Channel = policy.RequestKinds[f.field("kind").chosen], policy.RequestChannels[f.field("channel").chosen]
	r.Subject, r.Language = customer, text.New(f.value("language"))
	r.From, r.Contact, r.Asks = text.New(f.value("from")), text.New(f.value("contact")), text.NewBlock(f.value("asks"))
	if r.Received, err = policy.ParseDate(f.value("received")); err != nil {
		err = policy.Errorf(policy.Invalid, "Say on which day it came in, as 2026-12-31.").On("received")
	}
	return r, err
}

// stepForm asks what a step of a request needs, and takes it.
func stepForm(v *request, title string, fields []*field, act func(ctx context.Context, f func(string) text.Block) (ops.RequestSight, error)) *shortForm {
	s := newShortForm(v.kit, title, fields)
	s.above = func(w int) []string { return v.due(w) }
	s.form.save = func() tea.Cmd {
		typed := map[string]text.Block{}
		for _, fd := range fields {
			typed[fd.name] = text.NewBlock(fd.value())
		}
		return submit(s, func(ctx context.Context) (ops.RequestSight, error) {
			return act(ctx, func(name string) text.Block { return typed[name] })
		}, func(sight ops.RequestSight) tea.Cmd {
			v.sight = sight
			return tea.Batch(closeView(s), notify(noteGood, v.kit.t.Request.Noted))
		})
	}
	return s
}

func newIdentityForm(v *request) *shortForm {
	t := &v.kit.t.Request
	outcome := choiceField("outcome", t.Outcome, []option{{text: t.Proven}, {text: t.NotProven}}, 0)
	acts, actor, id, version := v.kit.Ops, v.kit.Actor, v.id, v.sight.Version
	return stepForm(v, t.Steps[policy.StepIdentity], []*field{
		textField("asked", t.AskedWhat, "").hinted(t.IdentityHint), textField("said", t.Answered, ""), outcome,
	}, func(ctx context.Context, f func(string) text.Block) (ops.RequestSight, error) {
		return acts.IdentifyRequest(ctx, actor, id, version, f("outcome").String() == t.Proven, f("asked"), f("said"))
	})
}

// newPauseForm stops the clock, or lets it go on.
func newPauseForm(v *request) *shortForm {
	t := &v.kit.t.Request
	acts, actor, id, version := v.kit.Ops, v.kit.Actor, v.id, v.sight.Version
	if v.sight.Facts.Stands {
		return stepForm(v, t.KeyResume, []*field{textField("said", t.Answered, "")},
			func(ctx context.Context, f func(string) text.Block) (ops.RequestSight, error) {
				return acts.ResumeRequest(ctx, actor, id, version, f("said"), v.kit.Now())
			})
	}
	return stepForm(v, t.KeyPause, []*field{textField("asked", t.AskedWhat, "").hinted(t.PauseHint)},
		func(ctx context.Context, f func(string) text.Block) (ops.RequestSight, error) {
			return acts.PauseRequest(ctx, actor, id, version, f("asked"), v.kit.Now())
		})
}

func newExtendForm(v *request) *shortForm {
	t := &v.kit.t.Request
	acts, actor, id, version := v.kit.Ops, v.kit.Actor, v.id, v.sight.Version
	return stepForm(v, t.KeyExtend, []*field{textField("reasons", t.Reasons, "").hinted(t.ReasonsHint)},
		func(ctx context.Context, f func(string) text.Block) (ops.RequestSight, error) {
			return acts.ExtendRequest(ctx, actor, id, version, f("reasons"))
		})
}

var rulings = []policy.RequestDecision{policy.Granted, policy.Partly, policy.Refused, policy.CalledOff}

func newRulingForm(v *request) *shortForm {
	t := &v.kit.t.Request
	decisions := make([]option, len(rulings))
	for i, d := range rulings {
		decisions[i] = option{text: t.Decisions[d]}
	}
	grounds := []option{{text: t.NoGround}}
	for _, g := range policy.RefusalGrounds {
		grounds = append(grounds, option{text: t.Grounds[g], hint: v.kit.say(g.Said())})
	}
	at := max(slices.Index(rulings, v.sight.Decision), 0)
	decision, ground := choiceField("decision", t.Decision, decisions, at), choiceField("ground", t.Ground, grounds, 0)
	acts, actor, id, version := v.kit.Ops, v.kit.Actor, v.id, v.sight.Version
	return stepForm(v, t.KeyDecide, []*field{decision, ground, textField("why", t.Why, "").hinted(t.WhyHint)},
		func(ctx context.Context, f func(string) text.Block) (ops.RequestSight, error) {
			r := ops.RequestRuling{Decision: rulings[decision.chosen], Why: f("why")}
			if ground.chosen > 0 {
				r.Ground = policy.RefusalGrounds[ground.chosen-1]
			}
			return acts.DecideRequest(ctx, actor, id, version, r)
		})
}

func newSentForm(v *request) *shortForm {
	t := &v.kit.t.Request
	acts, actor, id, version := v.kit.Ops, v.kit.Actor, v.id, v.sight.Version
	return stepForm(v, t.Steps[policy.StepSend], []*field{
		textField("sent", t.SentWhat, ""), textField("to", t.SentTo, v.sight.Contact.String()).hinted(t.SentHint),
	}, func(ctx context.Context, f func(string) text.Block) (ops.RequestSight, error) {
		return acts.AnswerRequest(ctx, actor, id, version, f("sent"), f("to"))
	})
}

// newWorkForm notes what was done by hand, as putting data right.
func newWorkForm(v *request) *shortForm {
	t := &v.kit.t.Request
	acts, actor, id, version := v.kit.Ops, v.kit.Actor, v.id, v.sight.Version
	return stepForm(v, t.Steps[policy.StepWork], []*field{textField("done", t.WorkWhat, "").hinted(t.WorkHints[v.sight.Kind])},
		func(ctx context.Context, f func(string) text.Block) (ops.RequestSight, error) {
			return acts.WorkRequest(ctx, actor, id, version, ops.RequestWork{Done: f("done")})
		})
}
