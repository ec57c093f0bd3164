package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
)

// PurposeStanding is how a person stands to one purpose now.
type PurposeStanding struct {
	db.Purpose
	Basis   policy.Basis // "": none
	State   policy.ConsentState
	Blocked *policy.Blocked // nil: may be used
}

// ConsentSight is on what a record stands, and what was said.
type ConsentSight struct {
	Customer int64
	Purposes []PurposeStanding // those of the organisation that matter here
	Events   []db.Consent      // the latest first
	On       time.Time
}

// ListConsents is how a person stands to each purpose at a moment (zero: now), and
// all that was said until then.
func (o *Ops) ListConsents(ctx context.Context, actor policy.Actor, customer int64, on time.Time) (s ConsentSight, err error) {
	err = o.act(ctx, actor, policy.ConsentList, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(customer)
		s, err = consentsOf(ctx, tx, customer, on)
		return err
	})
	return s, err
}

func consentsOf(ctx context.Context, tx *db.Tx, customer int64, on time.Time) (s ConsentSight, err error) {
	if on.IsZero() || on.After(tx.Now) {
		on = tx.Now
	}
	s = ConsentSight{Customer: customer, On: on}
	standings, err := tx.ListStandings(ctx, []int64{customer})
	if err != nil {
		return s, err
	}
	standing, seen := standings[customer]
	if !seen {
		return s, policy.ErrAbsent()
	}
	purposes, err := tx.ListPurposes(ctx)
	if err != nil {
		return s, err
	}
	for _, p := range purposes {
		if st := standingOn(standing, p, on); !p.Retired || st.Basis != "" || st.State.Is != "" {
			s.Purposes = append(s.Purposes, st)
		}
	}
	all, err := tx.ListConsents(ctx, customer)
	for _, c := range all {
		if !c.At.After(on) {
			s.Events = append([]db.Consent{c}, s.Events...)
		}
	}
	return s, err
}

func standingOn(s policy.Standing, p db.Purpose, on time.Time) PurposeStanding {
	st := PurposeStanding{Purpose: p, State: policy.StateOn(s.Events, p.Name, p.Marketing, on), Blocked: policy.MayUse(s, p.PurposeRules, "", on)}
	for _, g := range s.Grounds {
		if g.Purpose == p.Name {
			st.Basis = g.Basis
		}
	}
	return st
}

// undecidedMost is how many records that stand on nothing are shown at once.
const undecidedMost = 200

// ListUndecided gives the records that stand on nothing, the longest waiting
// first: each is to get a basis, or to go (art. 6(1) GDPR).
func (o *Ops) ListUndecided(ctx context.Context, actor policy.Actor) (rows []db.Row, err error) {
	err = o.act(ctx, actor, policy.CustomerList, policy.Resource{}, func(tx *db.Tx) error {
		rows, err = tx.ListGroundless(ctx, undecidedMost)
		return err
	})
	return rows, err
}

// Reasking is who may be asked again for a consent, and how many may not.
type Reasking struct {
	Rows []ReaskRow
	Left []LeftCount // whose consent lacks something, but who may not be mailed at all
	More bool        // there are more than are shown
}

// ReaskRow is somebody whose consent is too old, runs out soon or can't be proven.
type ReaskRow struct {
	db.Row
	Why   policy.Why // "" while it still counts
	Since time.Time
}

// reaskMost is how many are shown at once, reaskSoon how long before its end a
// consent may be asked for anew.
const (
	reaskMost = 500
	reaskSoon = 90 * 24 * time.Hour
)

// ListReasking gives whom to ask again for their consent to a purpose. Asking by
// mail is marketing itself, so only those are on it who may be mailed now: for
// this purpose still, or for other marketing.
func (o *Ops) ListReasking(ctx context.Context, actor policy.Actor, name policy.Purpose) (r Reasking, err error) {
	err = o.act(ctx, actor, policy.ConsentList, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(0, string(name))
		r, err = reasking(ctx, tx, name)
		return err
	})
	return r, err
}

func reasking(ctx context.Context, tx *db.Tx, name policy.Purpose) (r Reasking, err error) {
	purposes, err := tx.ListPurposes(ctx)
	if err != nil {
		return r, err
	}
	p, err := policy.FindPurpose(db.Rules(purposes), name)
	if err != nil {
		return r, err
	}
	left, found := map[policy.Why]int{}, map[int64]ReaskRow{}
	var ids []int64
	err = walkReasking(ctx, tx, db.Rules(purposes), p, func(id int64, row ReaskRow, may bool) {
		switch {
		case !may:
			left[row.Why]++
		case len(ids) == reaskMost:
			r.More = true
		default:
			ids, found[id] = append(ids, id), row
		}
	})
	if err != nil {
		return r, err
	}
	r.Left = countsOf(left)
	rows, err := tx.RowsOf(ctx, ids)
	for _, row := range rows {
		f := found[row.ID]
		f.Row = row
		r.Rows = append(r.Rows, f)
	}
	return r, err
}

// walkReasking goes along those whose consent lacks something, with whether they
// may be mailed about it.
func walkReasking(ctx context.Context, tx *db.Tx, rules []policy.PurposeRules, p policy.PurposeRules, visit func(id int64, row ReaskRow, may bool)) error {
	const size = 1000
	for after, more := int64(0), true; more; {
		page, err := tx.ConsentHolders(ctx, p.Name, after, size)
		if err != nil {
			return err
		}
		standings, err := tx.ListStandings(ctx, page)
		if err != nil {
			return err
		}
		for _, id := range page {
			if why, since, ask := policy.Reask(standings[id], p, tx.Now, reaskSoon); ask {
				visit(id, ReaskRow{Why: why, Since: since}, why == "" || policy.MayMail(standings[id], rules, tx.Now))
			}
			after = id
		}
		more = len(page) == size
	}
	return nil
}

// EndOfDay is the last moment of a day, as 2026-03-31, in the organisation's zone;
// zero for "".
func (o *Ops) EndOfDay(ctx context.Context, day string) (time.Time, error) {
	start, _, err := o.dayOf(ctx, day)
	if start.IsZero() {
		return start, err
	}
	return start.AddDate(0, 0, 1).Add(-time.Microsecond), err
}

// StartOfDay is its first moment; zero, which is now, for today and "".
func (o *Ops) StartOfDay(ctx context.Context, day string) (time.Time, error) {
	start, today, err := o.dayOf(ctx, day)
	if today {
		return time.Time{}, err
	}
	return start, err
}

func (o *Ops) dayOf(ctx context.Context, day string) (start time.Time, today bool, err error) {
	d, err := ParseDay(day)
	if err != nil || d.IsZero() {
		return d, false, onField(err, "at")
	}
	now, err := o.Store.Wall(ctx)
	start = time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, now.Location())
	return start, start.Equal(time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())), err
}
