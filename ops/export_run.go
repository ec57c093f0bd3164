package ops

import (
	"context"
	"iter"

	"balie/db"
	"balie/policy"
)

// exportRun is an export under way: who may be used for its purpose, page by
// page, and how many were left out.
type exportRun struct {
	ops    *Ops
	actor  policy.Actor
	e      Export
	permit db.Permit
	n      int
	left   map[policy.Why]int
	// yes is the event, by its wording's hash, on which each stands who was let
	// through; nil where nobody asks.
	yes map[int64][]byte
	// dead are those of whom every mail address is known to be dead.
	dead map[int64]bool
}

// newExportRun asks the gate's question once before anybody is asked to agree: a
// purpose that isn't there is told at once.
func (o *Ops) newExportRun(ctx context.Context, actor policy.Actor, e Export) (*exportRun, error) {
	if e.Purpose != "" {
		if _, err := o.ViewPurpose(ctx, actor, e.Purpose); err != nil {
			return nil, err
		}
	}
	permit, err := o.beginExport(ctx, actor, e)
	return &exportRun{ops: o, actor: actor, e: e, permit: permit, left: map[policy.Why]int{}, yes: map[int64][]byte{}}, err
}

// customers are those that are let through, opened page by page.
func (r *exportRun) customers(ctx context.Context) iter.Seq2[db.Customer, error] {
	return func(yield func(db.Customer, error) bool) {
		q := r.e.Query
		for more := r.n < r.permit.Size; more; {
			q.Limit = min(exportPage, r.permit.Size-r.n)
			if q.Limit == 0 {
				yield(db.Customer{}, db.ErrExportGrew())
				return
			}
			var cs []db.Customer
			var err error
			if cs, q.After, more, err = r.page(ctx, q); err != nil {
				yield(db.Customer{}, err)
				return
			}
			for _, c := range cs {
				r.n++
				if !yield(c, nil) {
					return
				}
			}
		}
	}
}

func (r *exportRun) page(ctx context.Context, q db.Query) (cs []db.Customer, next db.Cursor, more bool, err error) {
	err = r.ops.act(ctx, r.actor, policy.CustomerExport, policy.Resource{}, func(tx *db.Tx) error {
		var left []LeftOut
		cs, next, more, err = tx.ExportPage(ctx, r.permit, q, func(ids []int64) (may []int64, err error) {
			may, left, err = r.gate(ctx, tx, ids)
			return may, err
		})
		if err == nil && r.e.Means == policy.ByMail {
			r.dead, err = tx.LeaveDeadMails(ctx, cs)
		}
		told := r.e.told()
		if len(left) > 0 {
			told += ", left out: " + toldLeft(CountLeft(left))
		}
		for _, l := range left {
			r.left[l.Why]++
		}
		tx.Detail(told)
		return err
	})
	return cs, next, more, err
}

// gate lets through whom the purpose allows or, without one, whose data is not
// restricted (art. 18 GDPR).
func (r *exportRun) gate(ctx context.Context, tx *db.Tx, ids []int64) (may []int64, left []LeftOut, err error) {
	standings, err := tx.ListStandings(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	rules := policy.PurposeRules{}
	if r.e.Purpose != "" {
		p, err := tx.GetPurpose(ctx, r.e.Purpose)
		if err != nil {
			return nil, nil, err
		}
		rules = p.PurposeRules
	}
	for _, id := range ids {
		s := standings[id]
		b := policy.MayUse(s, rules, r.e.Means, tx.Now)
		if r.e.Purpose == "" && (b == nil || b.Why != policy.WhyRestricted && b.Why != policy.WhySuppressed) {
			b = nil
		}
		if b != nil {
			left = append(left, LeftOut{id, *b})
			continue
		}
		may = append(may, id)
		r.yes[id] = policy.YesOn(s, rules, tx.Now)
	}
	return may, left, nil
}
