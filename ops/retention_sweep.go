package ops

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"balie/db"
	"balie/policy"
)

// retentionJobs take out what is over, each night. A run that was cut off goes
// on with what is left: what was done is no longer there to do.
func (o *Ops) retentionJobs() []Job {
	return []Job{{Name: "retention.sweep", Spec: "30 2 * * *", Every: db.Daily, Run: o.sweepRetention}}
}

// sweepBatch is how many one transaction takes: others hardly wait for it.
const sweepBatch = 250

// sweep is one run.
type sweep struct {
	*Run
	schedule policy.Schedule
	zone     *time.Location
	now      time.Time
	org      policy.SettingValue
	wait     int // days for which one is put away before being erased
	most     int // in one transaction
}

func (o *Ops) sweepRetention(ctx context.Context, r *Run) error {
	s := &sweep{Run: r, most: cmp.Or(o.SweepBatch, sweepBatch)}
	if err := r.Batch(ctx, policy.SystemJob, func(tx *db.Tx) error {
		if err := s.begin(ctx, tx); err != nil {
			return err
		}
		return ErrIdle
	}); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{s.putAway, s.erase, s.invoices, s.bare, s.fold} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (s *sweep) begin(ctx context.Context, tx *db.Tx) error {
	rules, err := tx.ListRules(ctx)
	if err != nil {
		return err
	}
	if s.zone, err = tx.Zone(ctx); err != nil {
		return err
	}
	if s.org, err = tx.Setting(ctx, policy.OrgName); err != nil {
		return err
	}
	wait, err := tx.Setting(ctx, policy.RetentionWait)
	s.schedule, s.now, s.wait = db.Schedule(rules), tx.Now.In(s.zone), wait.Int()
	return err
}

// putAway walks along each rule that somebody agreed to.
func (s *sweep) putAway(ctx context.Context) error {
	for _, r := range s.schedule {
		if !r.Approved || r.Key == policy.RuleInvoice {
			continue
		}
		if err := s.putAwayBy(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func (s *sweep) putAwayBy(ctx context.Context, r policy.RetentionRule) error {
	w := &db.Walk{Rule: r, Before: r.Term.Latest(s.now)}
	for more := true; more; {
		err := s.Batch(ctx, policy.RetentionArchive, func(tx *db.Tx) error {
			ids, err := tx.Next(ctx, w, s.most)
			if err != nil {
				return err
			}
			more = len(ids) == s.most
			kept, err := tx.ListKept(ctx, ids, s.zone)
			if err != nil {
				return err
			}
			var due []int64
			for _, k := range kept {
				if s.schedule.Leaves(k.Keeping, s.now).Due(s.now) {
					due = append(due, k.ID)
				}
			}
			if len(due) == 0 {
				return ErrIdle
			}
			put, err := tx.Archive(ctx, due, r.Key)
			tx.Detail(fmt.Sprintf("rule %s: %d", r.Key, len(put)))
			s.Count("put away", len(put))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// erase erases who was put away long enough and is still due; the others come
// back.
func (s *sweep) erase(ctx context.Context) error {
	w := &db.Walk{}
	for more := true; more; {
		err := s.Batch(ctx, policy.CustomerErase, func(tx *db.Tx) error {
			before := *w
			w.Before = tx.Now.AddDate(0, 0, -s.wait)
			ids, err := tx.NextArchived(ctx, w, s.most)
			if more = len(ids) == s.most; err != nil || len(ids) == 0 {
				return orElse(err, ErrIdle)
			}
			if err := s.eraseBatch(ctx, tx, ids); err != nil {
				*w = before
				return err
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *sweep) eraseBatch(ctx context.Context, tx *db.Tx, ids []int64) error {
	kept, err := tx.ListKept(ctx, ids, s.zone)
	if err != nil {
		return err
	}
	past, err := tx.ListPastKept(ctx, ids)
	if err != nil {
		return err
	}
	var es []db.Erasing
	var back []int64
	for _, k := range kept {
		l := s.schedule.Leaves(k.Keeping, s.now)
		if !l.Due(s.now) {
			back = append(back, k.ID)
			continue
		}
		e, err := s.erasing(tx, k, l.Rule, past[k.ID])
		if err != nil {
			return err
		}
		es = append(es, e)
	}
	if len(back) > 0 {
		if _, err := tx.Unarchive(ctx, back); err != nil {
			return err
		}
		s.Count("brought back", len(back))
	}
	gone, err := tx.Erase(ctx, es)
	s.Count("erased", len(gone))
	return err
}

// erasing is one erasure with its certificate: whom the rule took, by number.
func (s *sweep) erasing(tx *db.Tx, k db.Kept, rule policy.RuleKey, past db.PastKept) (db.Erasing, error) {
	r, _ := s.schedule.Find(rule)
	c := Certificate{
		Organisation: string(s.org), Subject: k.ID, Kind: k.Kind.String(), At: tx.Now.UTC(), Rule: string(rule),
		Erased: []CertifiedCount{{"customers", 1}},
	}
	if k.Issued > 0 {
		c.Kept = append(c.Kept, CertifiedKept{What: KeptInvoice, Name: fmt.Sprintf("×%d", k.Issued), N: k.Issued, Ground: groundTax, Until: k.Through.Format(time.DateOnly)})
	}
	c.Kept = append(c.Kept, keptPast(past)...)
	c.Kept = append(c.Kept, CertifiedKept{What: KeptLog, Ground: groundLog})
	file, err := c.sign(tx.PublicKey(), tx.SignRecord)
	if err != nil {
		return db.Erasing{}, err
	}
	record, err := json.Marshal(erasureRecord{Certificate: file})
	return db.Erasing{ID: k.ID, Rule: string(rule), Record: record, Count: r.Statistics, Suppress: k.Objected}, err
}

// invoices erases those that no law keeps any longer.
func (s *sweep) invoices(ctx context.Context) error {
	r, ok := s.schedule.Find(policy.RuleInvoice)
	if !ok || !r.Approved {
		return nil
	}
	for more := true; more; {
		err := s.Batch(ctx, policy.InvoiceExpire, func(tx *db.Tx) error {
			gone, err := tx.EraseInvoices(ctx, invoicesBefore(r, s.now), s.most)
			if more = len(gone) > 0; err != nil || !more {
				return orElse(err, ErrIdle)
			}
			tx.Detail(fmt.Sprintf("rule %s: %d", r.Key, len(gone)))
			s.Count("invoices erased", len(gone))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bare takes mail addresses off the invoices of the erased that were paid since.
func (s *sweep) bare(ctx context.Context) error {
	for more := true; more; {
		err := s.Batch(ctx, policy.InvoiceExpire, func(tx *db.Tx) error {
			n, err := tx.BareInvoices(ctx, s.most)
			if more = n > 0; err != nil || !more {
				return orElse(err, ErrIdle)
			}
			s.Count("invoices bared", n)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// fold puts the small figures of years that are over together.
func (s *sweep) fold(ctx context.Context) error {
	return s.Batch(ctx, policy.RetentionArchive, func(tx *db.Tx) error {
		n, err := tx.FoldFigures(ctx)
		if err != nil || n == 0 {
			return orElse(err, ErrIdle)
		}
		return nil
	})
}
