package ops

import (
	"cmp"
	"context"
	"slices"

	"balie/db"
	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// RequestSight is a request with what follows from it.
type RequestSight struct {
	db.Request
	Deadline policy.Deadline
	Facts    policy.RequestFacts
	Steps    []db.Step
	Systems  []db.OtherSystem
	Today    policy.Date
}

// DaysLeft is how many days are left until the legal date; below 0 it is over.
func (s RequestSight) DaysLeft() int { return s.Today.Until(s.Deadline.Due) }

// RequestQuery says which requests a list shows.
type RequestQuery struct {
	Closed bool // those that are closed, latest first; else the open ones, the first due first
	Text   string
	After  db.RequestCursor
	Limit  int
}

// RequestPage is the open requests, or a page of the closed ones.
type RequestPage struct {
	Rows []RequestSight
	Next db.RequestCursor
	More bool
}

// ListRequests gives the register, as far as the actor may see it.
func (o *Ops) ListRequests(ctx context.Context, actor policy.Actor, q RequestQuery) (page RequestPage, err error) {
	if q.Limit <= 0 || q.Limit > requestsPage {
		q.Limit = requestsPage
	}
	err = o.act(ctx, actor, policy.RequestList, policy.Resource{}, func(tx *db.Tx) error {
		t, err := termsOf(ctx, tx)
		if err != nil {
			return err
		}
		page, err = findRequests(ctx, tx, t, q)
		return err
	})
	return page, err
}

// findRequests fills a page; with words to find it goes on through those that
// don't fit.
func findRequests(ctx context.Context, tx *db.Tx, t terms, q RequestQuery) (page RequestPage, err error) {
	for {
		found, err := tx.ListRequests(ctx, q.Closed, q.After, q.Limit+1)
		if err != nil {
			return page, err
		}
		part := pageOf(t, q, found)
		page = RequestPage{append(page.Rows, part.Rows...), part.Next, part.More}
		if !part.More || q.Text == "" || len(page.Rows) >= q.Limit {
			return page, nil
		}
		q.After = part.Next
	}
}

const requestsPage = 200

func pageOf(t terms, q RequestQuery, found []db.Request) (page RequestPage) {
	if page.More = q.Closed && len(found) > q.Limit; page.More {
		found = found[:q.Limit]
		last := found[q.Limit-1]
		page.Next = db.RequestCursor{ClosedAt: last.ClosedAt, ID: last.ID}
	}
	for _, r := range found {
		if fits(r, q.Text) {
			page.Rows = append(page.Rows, t.sight(r, nil, nil))
		}
	}
	if !q.Closed {
		slices.SortStableFunc(page.Rows, func(a, b RequestSight) int { return cmp.Compare(a.DaysLeft(), b.DaysLeft()) })
	}
	return page
}

// fits says whether each word begins one of the number, the kind and who asks.
func fits(r db.Request, sought string) bool {
	have := seal.Words(r.Name() + " " + string(r.Kind) + " " + r.From.String() + " " + r.Contact.String())
	for _, w := range seal.Words(sought) {
		if !slices.ContainsFunc(have, func(h string) bool { return len(h) >= len(w) && h[:len(w)] == w }) {
			return false
		}
	}
	return true
}

// sight computes what follows from a request.
func (t terms) sight(r db.Request, steps []db.Step, systems []db.OtherSystem) RequestSight {
	term := r.Term()
	term.Now = t.now
	if r.Kind == policy.Access {
		term.Target = t.accessDays
	}
	s := RequestSight{Request: r, Deadline: t.Deadline(term), Steps: steps, Systems: systems, Today: policy.DateOf(t.now)}
	s.Facts = policy.RequestFacts{
		Kind: r.Kind, Known: r.Subject != 0 && !r.Erased, Erased: r.Erased, Identity: r.Identity, Worked: !r.WorkedAt.IsZero(), Decision: r.Decision,
		Sent: !r.SentAt.IsZero(), Closed: !r.ClosedAt.IsZero(), Stands: s.Deadline.Stands, Extended: term.Extended,
		Today: s.Today, Deadline: s.Deadline,
	}
	for _, o := range systems {
		if o.DoneAt.IsZero() {
			s.Facts.Systems++
		}
	}
	return s
}

// FindRequest gives the id of a request from its number, as 2026-031, to who may
// do an act to it.
func (o *Ops) FindRequest(ctx context.Context, actor policy.Actor, act policy.Act, name string) (id int64, err error) {
	year, number, err := policy.ParseRequestName(name)
	if err != nil {
		return 0, err
	}
	err = o.act(ctx, actor, act, policy.Resource{}, func(tx *db.Tx) error {
		id, err = tx.FindRequest(ctx, year, number)
		return err
	})
	return id, err
}

// handling gives the officer the reason that a request is: what is seen of its
// subject is seen for that.
func handling(actor policy.Actor) policy.Actor {
	if actor.Role == policy.Privacy && actor.Reason.IsZero() {
		return actor.For(text.New("a request of a data subject"))
	}
	return actor
}

// ViewRequest opens one with what happened to it, as far as the actor may see.
func (o *Ops) ViewRequest(ctx context.Context, actor policy.Actor, id int64) (s RequestSight, err error) {
	err = o.act(ctx, handling(actor), policy.RequestView, policy.Resource{}, func(tx *db.Tx) error {
		r, err := tx.GetRequest(ctx, id)
		if err == nil {
			s, err = seen(ctx, tx, r)
		}
		return err
	})
	return s, err
}

// seen adds what follows from a request; its way is the officer's to see.
func seen(ctx context.Context, tx *db.Tx, r db.Request) (s RequestSight, err error) {
	t, err := termsOf(ctx, tx)
	if err != nil {
		return s, err
	}
	var steps []db.Step
	var systems []db.OtherSystem
	if tx.Actor.Role == policy.Privacy {
		steps, systems, err = tx.RequestTrail(ctx, r)
	}
	return t.sight(r, steps, systems), err
}

// RecordRequest notes what somebody asked; whoever hears of it may. A repeated
// request key gives the one recorded before.
func (o *Ops) RecordRequest(ctx context.Context, actor policy.Actor, r db.Request, request RequestKey) (made db.Request, err error) {
	if err := checkRequest(r); err != nil {
		return r, err
	}
	actor = handling(actor)
	err = o.act(ctx, actor, policy.RequestRecord, policy.Resource{}, func(tx *db.Tx) error {
		t, err := termsOf(ctx, tx)
		if err != nil {
			return err
		}
		if r.Received.After(policy.DateOf(t.now)) {
			return policy.Errorf(policy.Invalid, "A request can't come in later than today.").On("received")
		}
		if made, err = tx.AddRequest(ctx, r, request); err != nil || tx.Actor.Role != policy.Privacy {
			return err
		}
		return takeUp(ctx, tx, &RequestSight{Request: made})
	})
	if db.Repeated(err) {
		err = o.act(ctx, actor, policy.RequestView, policy.Resource{}, func(tx *db.Tx) error {
			made, err = tx.MadeRequest(ctx, request)
			return err
		})
	}
	return made, err
}

func checkRequest(r db.Request) error {
	if _, err := policy.ParseRequestKind(string(r.Kind)); err != nil {
		return err
	}
	if err := policy.CheckRequestChannel(r.Channel); err != nil {
		return err
	}
	if r.Received.IsZero() {
		return policy.Errorf(policy.Invalid, "Say on which day it came in, as 2026-12-31.").On("received")
	}
	if r.From.IsZero() {
		return policy.Errorf(policy.Invalid, "Say who asks, as far as it is known.").On("from")
	}
	for field, line := range map[string]text.Line{"from": r.From, "contact": r.Contact} {
		if len(line.String()) > maxField {
			return policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxField).On(field)
		}
	}
	return checkWords(r.Asks, "asks")
}

func checkWords(b text.Block, field string) error {
	if len(b.String()) > maxNote {
		return policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxNote).On(field)
	}
	return nil
}
