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

// sweep is one run. What it decides by is read anew in each batch: a rule that
// somebody takes back meanwhile takes nobody any more.
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
	for _, step := range []func(context.Context) error{s.look, s.putAway, s.erase, s.invoices, s.bare, s.fold} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// look reads what the run starts by.
func (s *sweep) look(ctx context.Context) error {
	return s.Batch(ctx, policy.SystemJob, func(tx *db.Tx) error {
		return orElse(s.read(ctx, tx), ErrIdle)
	})
}

func (s *sweep) read(ctx context.Context, tx *db.Tx) error {
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

// again does batches until there is nothing more to do. Each reads the rules, and
// says whether there is more.
func (s *sweep) again(ctx context.Context, act policy.Act, batch func(*db.Tx) (more bool, err error)) error {
	for more := true; more; {
		err := s.Batch(ctx, act, func(tx *db.Tx) error {
			err := s.read(ctx, tx)
			if err == nil {
				more, err = batch(tx)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// putAway walks along each rule that somebody agreed to.
func (s *sweep) putAway(ctx context.Context) error {
	for _, r := range s.schedule {
		if !r.Approved || r.Key == policy.RuleInvoice {
			continue
		}
		w := &db.Walk{Rule: r, Before: r.Term.Latest(s.now)}
		err := s.again(ctx, policy.RetentionArchive, func(tx *db.Tx) (bool, error) { return s.putAwayBy(ctx, tx, w) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *sweep) putAwayBy(ctx context.Context, tx *db.Tx, w *db.Walk) (more bool, err error) {
	ids, err := tx.Next(ctx, w, s.most)
	if err != nil {
		return false, err
	}
	more = len(ids) == s.most
	kept, err := tx.ListKept(ctx, ids, s.zone)
	if err != nil {
		return false, err
	}
	var due []int64
	for _, k := range kept {
		if s.schedule.Leaves(k.Keeping, s.now).Due(s.now) {
			due = append(due, k.ID)
		}
	}
	if len(due) == 0 {
		return more, ErrIdle
	}
	put, err := tx.Archive(ctx, due, w.Rule.Key)
	tx.Detail(fmt.Sprintf("rule %s: %d", w.Rule.Key, len(put)))
	s.Count("put away", len(put))
	return more, err
}

// erase looks at all who were put away: whom something keeps by now comes back,
// and who waited long enough is erased.
func (s *sweep) erase(ctx context.Context) error {
	w := &db.Walk{}
	return s.again(ctx, policy.CustomerErase, func(tx *db.Tx) (bool, error) {
		w.Before = tx.Now
		ids, err := tx.NextArchived(ctx, w, s.most)
		if err != nil || len(ids) == 0 {
			return false, orElse(err, ErrIdle)
		}
		done, err := s.eraseBatch(ctx, tx, ids)
		if err == nil && !done {
			err = ErrIdle
		}
		return len(ids) == s.most, err
	})
}

// eraseBatch holds the rows before it decides, so that nothing can come between.
func (s *sweep) eraseBatch(ctx context.Context, tx *db.Tx, ids []int64) (done bool, err error) {
	kept, err := tx.HoldKept(ctx, ids, s.zone)
	if err != nil {
		return false, err
	}
	past, err := tx.ListPastKept(ctx, ids)
	if err != nil {
		return false, err
	}
	var es []db.Erasing
	var back []int64
	for _, k := range kept {
		l := s.schedule.Leaves(k.Keeping, s.now)
		switch {
		case k.Archived == nil: // somebody was faster
		case !l.Due(s.now):
			back = append(back, k.ID)
		case k.Archived.AddDate(0, 0, s.wait).After(s.now): // waits
		default:
			e, err := s.erasing(tx, k, l.Rule, past[k.ID])
			if err != nil {
				return false, err
			}
			es = append(es, e)
		}
	}
	if err := s.bringBack(ctx, tx, back); err != nil || len(es) == 0 {
		return len(back) > 0, err
	}
	gone, err := tx.Erase(ctx, es)
	s.Count("erased", len(gone))
	return true, err
}

func (s *sweep) bringBack(ctx context.Context, tx *db.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	back, err := tx.Unarchive(ctx, ids)
	s.Count("brought back", len(back))
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
	return s.again(ctx, policy.InvoiceExpire, func(tx *db.Tx) (bool, error) {
		r, ok := s.schedule.Find(policy.RuleInvoice)
		if !ok || !r.Approved {
			return false, ErrIdle
		}
		gone, err := tx.EraseInvoices(ctx, invoicesBefore(r, s.now), s.most)
		if err != nil || len(gone) == 0 {
			return false, orElse(err, ErrIdle)
		}
		tx.Detail(fmt.Sprintf("rule %s: %d", r.Key, len(gone)))
		s.Count("invoices erased", len(gone))
		return true, nil
	})
}

// bare takes mail addresses off the invoices of the erased that were paid since.
func (s *sweep) bare(ctx context.Context) error {
	return s.again(ctx, policy.InvoiceExpire, func(tx *db.Tx) (bool, error) {
		n, err := tx.BareInvoices(ctx, s.most)
		if err != nil || n == 0 {
			return false, orElse(err, ErrIdle)
		}
		s.Count("invoices bared", n)
		return true, nil
	})
}

// fold puts the small figures of years that are over together, and those of how
// many customers there are.
func (s *sweep) fold(ctx context.Context) error {
	return s.Batch(ctx, policy.RetentionArchive, func(tx *db.Tx) error {
		years, err := tx.FoldFigures(ctx)
		if err != nil {
			return err
		}
		counts, err := tx.FoldTallies(ctx)
		if err != nil || years+counts == 0 {
			return orElse(err, ErrIdle)
		}
		return nil
	})
}
