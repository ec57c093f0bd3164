package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Board is deals with what one needs to show them.
type Board struct {
	Pipelines []db.Pipeline
	Deals     db.DealPage
	Now       time.Time // by the database's clock
	Today     time.Time // in the organisation's zone
}

// Stage finds one of the board's stages.
func (b Board) Stage(id int32) db.Stage { s, _ := FindStage(b.Pipelines, id); return s }

// FindStage finds a stage and its pipeline.
func FindStage(all []db.Pipeline, id int32) (s db.Stage, p db.Pipeline) {
	for _, p := range all {
		for _, s := range p.Stages {
			if s.ID == id {
				return s, p
			}
		}
	}
	return s, p
}

// DealBoard is the deals that the actor may see, with the pipelines.
func (o *Ops) DealBoard(ctx context.Context, actor policy.Actor, q db.DealQuery) (b Board, err error) {
	err = o.act(ctx, actor, policy.DealList, policy.Resource{}, func(tx *db.Tx) error {
		b.Now = tx.Now
		if b.Today, err = tx.Today(ctx); err != nil {
			return err
		}
		if b.Pipelines, err = tx.ListPipelines(ctx); err != nil {
			return err
		}
		b.Deals, err = tx.ListDeals(ctx, q)
		return err
	})
	return b, err
}

// DealSight is all that the detail screen shows of one deal.
type DealSight struct {
	db.Deal
	Pipelines []db.Pipeline
	Fields    []policy.Field // the organisation's own
	History   []db.Past
	Now       time.Time
	Today     time.Time
}

// ViewDeal opens one deal with its history.
func (o *Ops) ViewDeal(ctx context.Context, actor policy.Actor, id int64) (s DealSight, err error) {
	err = o.act(ctx, actor, policy.DealView, policy.Resource{}, func(tx *db.Tx) error {
		s.Now = tx.Now
		if s.Deal, err = tx.GetDeal(ctx, id); err != nil {
			return err
		}
		if s.Today, err = tx.Today(ctx); err != nil {
			return err
		}
		if s.Pipelines, err = tx.ListPipelines(ctx); err != nil {
			return err
		}
		if s.Fields, err = tx.ListFields(ctx); err != nil {
			return err
		}
		s.History, err = tx.DealHistory(ctx, s.Deal)
		return err
	})
	return s, err
}

// CreateDeal adds a deal with a customer: in the first stage of the first
// pipeline as of now, and the work of the customer's owner, unless it says
// otherwise.
// convert makes a lead a customer in the same act. A repeated request gives the
// deal that was made before.
func (o *Ops) CreateDeal(ctx context.Context, actor policy.Actor, d db.Deal, convert bool, request RequestKey) (made db.Deal, err error) {
	if err := CheckDeal(d); err != nil {
		return d, err
	}
	err = o.act(ctx, actor, policy.DealCreate, policy.Resource{}, func(tx *db.Tx) error {
		if err := guard(ctx, tx, saidOfDeal(d), nil); err != nil {
			return err
		}
		made, err = addDeal(ctx, tx, d, convert, request)
		return err
	})
	if db.Repeated(err) {
		err = o.act(ctx, actor, policy.DealView, policy.Resource{}, func(tx *db.Tx) error {
			made, err = tx.MadeDeal(ctx, request)
			return err
		})
	}
	return made, err
}

func addDeal(ctx context.Context, tx *db.Tx, d db.Deal, convert bool, request RequestKey) (db.Deal, error) {
	c, err := tx.GetForUpdate(ctx, d.Customer)
	if err != nil {
		return d, err
	}
	if c.Restricted {
		return d, errRestricted()
	}
	if d.Owner == 0 {
		d.Owner = c.Owner
	}
	stage, err := firstStage(ctx, tx, d.Stage)
	if err != nil {
		return d, err
	}
	d.Name = c.Name()
	since := d.StageSince
	if err := enter(tx, &d, stage); err != nil {
		return d, err
	}
	startedAt(&d, since)
	if convert || stage.Meaning == policy.StageWon {
		if err := becomeClient(ctx, tx, c, request); err != nil {
			return d, err
		}
	}
	return tx.AddDeal(ctx, d, c.Owner, request)
}

func errRestricted() error {
	return policy.Errorf(policy.Invalid, "This customer's data are restricted (art. 18 GDPR): keep them, but don't use them.")
}

// firstStage is the one asked for, or that in which deals begin.
func firstStage(ctx context.Context, tx *db.Tx, id int32) (db.Stage, error) {
	if id != 0 {
		return tx.GetStage(ctx, id)
	}
	all, err := tx.ListPipelines(ctx)
	if err != nil {
		return db.Stage{}, err
	}
	for _, p := range all {
		for _, s := range p.Stages {
			if !s.Retired && s.Meaning == policy.StageOpen {
				return s, nil
			}
		}
	}
	return db.Stage{}, policy.ErrAbsent()
}

// enter puts a deal into a stage as of now. Why one was lost has to be said.
func enter(tx *db.Tx, d *db.Deal, s db.Stage) error {
	if s.Retired {
		return policy.Errorf(policy.Invalid, "This stage is not used any more: choose another one.").On("stage")
	}
	d.Stage, d.StageSince, d.ClosedAt = s.ID, tx.Now, time.Time{}
	if s.Meaning != policy.StageOpen {
		d.ClosedAt = tx.Now
	}
	if s.Meaning == policy.StageLost && d.Why.IsZero() {
		return policy.Errorf(policy.Invalid, "Say why the deal is lost: the next one may be won by it.").On("why")
	}
	return nil
}

// startedAt lets a deal that comes from elsewhere keep since when it is in its
// stage; nobody is there before its time.
func startedAt(d *db.Deal, since time.Time) {
	if since.IsZero() || since.After(d.StageSince) {
		return
	}
	if d.StageSince = since; !d.ClosedAt.IsZero() {
		d.ClosedAt = since
	}
}

// becomeClient makes a lead a customer; others stay what they are.
func becomeClient(ctx context.Context, tx *db.Tx, c db.Customer, request RequestKey) error {
	if c.Status != policy.Lead {
		return nil
	}
	c.Status = policy.Client
	_, err := tx.UpdateCustomer(ctx, db.Update{Customer: c, Request: request, Act: policy.CustomerUpdate})
	return err
}

// DealChange is a deal before and after a change, which is what undo needs.
type DealChange struct{ Before, After db.Deal }

// UpdateDeal changes one deal, its stage aside. When somebody else did so since
// it was read, the error is a Conflict that holds a *db.StaleOf[db.Deal].
func (o *Ops) UpdateDeal(ctx context.Context, actor policy.Actor, d db.Deal, request RequestKey) (c DealChange, err error) {
	if err := CheckDeal(d); err != nil {
		return c, err
	}
	err = o.act(ctx, actor, policy.DealUpdate, policy.Resource{}, func(tx *db.Tx) error {
		now, err := tx.LockDeal(ctx, d.ID)
		if err != nil {
			return err
		}
		was := func() ([]policy.Said, error) { return saidOfDeal(now), nil }
		if err := guard(ctx, tx, saidOfDeal(d), was); err != nil {
			return err
		}
		d.Stage, d.StageSince, d.ClosedAt = now.Stage, now.StageSince, now.ClosedAt
		if actor.Role == policy.Privacy { // puts words right, and no more: art. 16 GDPR
			d.Value, d.Expected, d.Owner, d.Parts = now.Value, now.Expected, now.Owner, now.Parts
		}
		c.Before, c.After, err = tx.UpdateDeal(ctx, db.DealUpdate{Deal: d, Request: request, Act: policy.DealUpdate})
		return err
	})
	return c, err
}

// MoveDeal puts a deal that was read as version into another stage; why is said
// of one that is won or lost. Version 0 stands for what it is now. A lead with
// whom a deal is won is a customer then.
func (o *Ops) MoveDeal(ctx context.Context, actor policy.Actor, id int64, version int, stage int32, why text.Line, request RequestKey) (DealChange, error) {
	return o.moveDeal(ctx, actor, id, version, why, request, func(tx *db.Tx, _ db.Deal) (db.Stage, error) {
		return tx.GetStage(ctx, stage)
	})
}

// CloseDeal moves a deal to the stage of its pipeline that means won or lost.
func (o *Ops) CloseDeal(ctx context.Context, actor policy.Actor, id int64, meaning policy.StageMeaning, why text.Line, request RequestKey) (DealChange, error) {
	return o.moveDeal(ctx, actor, id, 0, why, request, func(tx *db.Tx, d db.Deal) (db.Stage, error) {
		all, err := tx.ListPipelines(ctx)
		_, p := FindStage(all, d.Stage)
		for _, s := range p.Stages {
			if s.Meaning == meaning && !s.Retired {
				return s, err
			}
		}
		return db.Stage{}, orElse(err, policy.ErrAbsent())
	})
}

type stageFinder func(*db.Tx, db.Deal) (db.Stage, error)

func (o *Ops) moveDeal(ctx context.Context, actor policy.Actor, id int64, version int, why text.Line, request RequestKey, to stageFinder) (c DealChange, err error) {
	if len(why.String()) > maxField {
		return c, policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxField).On("why")
	}
	err = o.act(ctx, actor, policy.DealMove, policy.Resource{}, func(tx *db.Tx) error {
		d, err := tx.LockDeal(ctx, id)
		if err != nil {
			return err
		}
		if err := guard(ctx, tx, []policy.Said{said("why", why)}, nil); err != nil {
			return err
		}
		if version == 0 {
			version = d.Version
		}
		stage, err := to(tx, d)
		if err != nil {
			return err
		}
		if d.Version == version && d.Stage != stage.ID {
			if err := moveTo(ctx, tx, &d, stage, why, request); err != nil {
				return err
			}
		}
		d.Version = version
		c.Before, c.After, err = tx.UpdateDeal(ctx, db.DealUpdate{Deal: d, Request: request, Act: policy.DealMove})
		return err
	})
	return c, err
}

func moveTo(ctx context.Context, tx *db.Tx, d *db.Deal, s db.Stage, why text.Line, request RequestKey) error {
	if d.Restricted {
		return errRestricted()
	}
	d.Why = why
	if err := enter(tx, d, s); err != nil || s.Meaning != policy.StageWon || d.Status != policy.Lead {
		return err
	}
	c, err := tx.GetForUpdate(ctx, d.Customer)
	if err != nil {
		return err
	}
	return becomeClient(ctx, tx, c, request)
}

// UndoDeal takes back the actor's own latest change of a deal, a move as well. A
// lead who became a customer by it stays one.
func (o *Ops) UndoDeal(ctx context.Context, actor policy.Actor, version int, before db.Deal, request RequestKey) (after db.Deal, err error) {
	if err := CheckDeal(before); err != nil {
		return before, err
	}
	before.Version = version
	err = o.act(ctx, actor, policy.DealUpdate, policy.Resource{}, func(tx *db.Tx) error {
		if err := tx.FreshDeal(ctx, before.ID, version); err != nil {
			return err
		}
		_, after, err = tx.UpdateDeal(ctx, db.DealUpdate{Deal: before, Request: request, Act: policy.DealUpdate})
		return err
	})
	return after, err
}

// CheckDeal says what is wrong with a deal, by field.
func CheckDeal(d db.Deal) error {
	if d.Title.IsZero() {
		return policy.Errorf(policy.Invalid, "Say in a few words what the deal is about.").On("title")
	}
	if d.Value < 0 || d.Value > policy.MaxCents {
		return policy.Errorf(policy.Invalid, "A value is from 0 to a billion euro.").On("value")
	}
	for _, f := range db.DealFields {
		if f.Name != "remark" && f.Name != "parts" && len(f.Tell(&d)) > maxField {
			return policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxField).On(f.Name)
		}
	}
	if len(d.Remark.String()) > maxNote {
		return policy.Errorf(policy.Invalid, "The remark is too long: keep it under %d characters.", maxNote).On("remark")
	}
	return checkParts(d.Parts)
}

func checkParts(ps []db.Part) error {
	if len(ps) > 20 {
		return policy.Errorf(policy.Invalid, "At most %d contacts have a part in a deal.", 20).On("parts")
	}
	seen := map[int64]bool{}
	for _, p := range ps {
		if seen[p.Contact] || len(p.Part.String()) > maxField {
			return policy.Errorf(policy.Invalid, "Each contact has one part in a deal, in a few words.").On("parts")
		}
		seen[p.Contact] = true
	}
	return nil
}

// ParseParts reads contacts with their parts as people type them: 12 decides,
// 15 pays.
func ParseParts(s string) (all []db.Part, err error) {
	for one := range splitComma(s) {
		p, err := parsePart(one)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}
