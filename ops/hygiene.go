package ops

import (
	"context"
	"strings"

	"balie/db"
	"balie/policy"
)

// What the hygiene job counts, by the words of its history.
const (
	countGroundless = "stand on nothing"
	countReask      = "consents to ask again"
	countDead       = "with a dead address"
	countStale      = "went out, now refused"
	countIdleRoles  = "roles not used"
	countIdleKeys   = "keys not used"
	countFields     = "fields not used"
	countDespite    = "kept for a reason"
	countTwins      = "look like one"
)

const hygieneJob = "hygiene.look"

// hygieneJobs look, once a week, for what should not be there any more.
func (o *Ops) hygieneJobs() []Job {
	return []Job{{Name: hygieneJob, Spec: "40 4 * * 1", Every: db.Weekly, Run: lookForDirt}}
}

// lookForDirt counts, and shows nobody: the lists behind the figures are for
// those who may see them.
func lookForDirt(ctx context.Context, r *Run) error {
	return r.Batch(ctx, policy.HygieneLook, func(tx *db.Tx) error {
		tx.Detail(hygieneJob)
		for _, c := range []struct {
			what  string
			count func(context.Context, *db.Tx) (int, error)
		}{
			{countGroundless, func(ctx context.Context, tx *db.Tx) (int, error) { return tx.CountGroundless(ctx, 1<<30) }},
			{countReask, countReasking},
			{countTwins, func(ctx context.Context, tx *db.Tx) (int, error) { return tx.CountDuplicates(ctx) }},
			{countDead, func(ctx context.Context, tx *db.Tx) (int, error) { return tx.CountDeadMails(ctx) }},
			{countStale, countStaleMembers},
			{countIdleRoles, func(ctx context.Context, tx *db.Tx) (int, error) {
				all, err := tx.IdleGrants(ctx)
				return len(all), err
			}},
			{countIdleKeys, countKeysIdle},
			{countFields, countFieldsIdle},
			{countDespite, func(ctx context.Context, tx *db.Tx) (int, error) { return tx.CountDespite(ctx) }},
		} {
			n, err := c.count(ctx, tx)
			if err != nil {
				return err
			}
			r.Count(c.what, n)
		}
		return nil
	})
}

// countReasking is how many may be asked again for a consent.
func countReasking(ctx context.Context, tx *db.Tx) (n int, err error) {
	purposes, err := tx.ListPurposes(ctx)
	if err != nil {
		return 0, err
	}
	rules := db.Rules(purposes)
	for _, p := range rules {
		if !p.AsksConsent() || p.Retired {
			continue
		}
		err := walkReasking(ctx, tx, rules, p, func(_ int64, _ ReaskRow, may bool) {
			if may {
				n++
			}
		})
		if err != nil {
			return 0, err
		}
	}
	return n, nil
}

func countKeysIdle(ctx context.Context, tx *db.Tx) (int, error) {
	days, err := tx.Setting(ctx, policy.KeysFlagDays)
	if err != nil {
		return 0, err
	}
	idle, err := tx.IdleKeys(ctx, days.Int())
	return len(idle), err
}

// countFieldsIdle are fields of the organisation's own that nothing stands in, or
// that nobody filled in for a year, by the last count.
func countFieldsIdle(ctx context.Context, tx *db.Tx) (n int, err error) {
	all, err := tx.ListFieldUse(ctx)
	for _, u := range all {
		_, own := policy.ParseFieldKey(u.Field)
		if own && (u.Filled == 0 || u.UsedAt != nil && u.UsedAt.Before(tx.Now.AddDate(-1, 0, 0))) {
			n++
		}
	}
	return n, err
}

// StaleMember is somebody on a mailing list that went out, who may not be used
// for its purpose any more: whoever holds the file is to take him off.
type StaleMember struct {
	db.Row
	Audience db.Audience
	Why      policy.Why
}

// staleMost is how many are shown at once.
const staleMost = 500

// walkStale goes along the lists that went out last, with those whom the gate
// leaves out now.
func walkStale(ctx context.Context, tx *db.Tx, visit func(db.LastExport, LeftOut) bool) error {
	lists, err := tx.LastExports(ctx)
	if err != nil {
		return err
	}
	for _, l := range lists {
		if err := staleOf(ctx, tx, l, visit); err != nil {
			return err
		}
	}
	return nil
}

func staleOf(ctx context.Context, tx *db.Tx, l db.LastExport, visit func(db.LastExport, LeftOut) bool) error {
	p, err := tx.GetPurpose(ctx, l.Purpose)
	if err != nil {
		return err
	}
	const page = 1000
	for after, more := int64(0), true; more; {
		ids, err := tx.ExportMembers(ctx, l.ID, after, page)
		if err != nil {
			return err
		}
		_, left, err := gate(ctx, tx, p.PurposeRules, l.Means, ids)
		if err != nil {
			return err
		}
		for _, one := range left {
			if !visit(l, one) {
				return nil
			}
		}
		if more = len(ids) == page; more {
			after = ids[page-1]
		}
	}
	return nil
}

func countStaleMembers(ctx context.Context, tx *db.Tx) (n int, err error) {
	err = walkStale(ctx, tx, func(db.LastExport, LeftOut) bool { n++; return true })
	return n, err
}

// ListStale gives those on lists that went out whom the gate refuses now.
func (o *Ops) ListStale(ctx context.Context, actor policy.Actor) (all []StaleMember, err error) {
	err = o.act(ctx, actor, policy.ConsentList, policy.Resource{}, func(tx *db.Tx) error {
		var ids []int64
		found := map[int64][]StaleMember{}
		err := walkStale(ctx, tx, func(l db.LastExport, left LeftOut) bool {
			if left.Why == policy.WhyHidden {
				return true
			}
			if found[left.ID] == nil {
				ids = append(ids, left.ID)
			}
			found[left.ID] = append(found[left.ID], StaleMember{Audience: db.Audience{ID: l.AudienceID}, Why: left.Why})
			return len(ids) < staleMost
		})
		if err != nil {
			return err
		}
		all, err = namedStale(ctx, tx, ids, found)
		return err
	})
	return all, err
}

func namedStale(ctx context.Context, tx *db.Tx, ids []int64, found map[int64][]StaleMember) (all []StaleMember, err error) {
	lists, err := tx.ListAudiences(ctx)
	if err != nil {
		return nil, err
	}
	by := map[int32]db.Audience{}
	for _, a := range lists {
		by[a.ID] = a
	}
	rows, err := tx.RowsOf(ctx, ids)
	for _, row := range rows {
		for _, m := range found[row.ID] {
			m.Row, m.Audience = row, by[m.Audience.ID]
			all = append(all, m)
		}
	}
	return all, err
}

// ListIdleGrants gives roles that nobody used for a quarter.
func (o *Ops) ListIdleGrants(ctx context.Context, actor policy.Actor) (all []db.IdleGrant, err error) {
	err = o.act(ctx, actor, policy.AuditView, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.IdleGrants(ctx)
		return err
	})
	return all, err
}

// deadMost is how many with a dead address are shown, and bouncesMost how many
// addresses are noted at once.
const (
	deadMost    = 200
	bouncesMost = 10_000
)

// ListDeadMails gives customers whom mail does not reach any more, as was noted.
func (o *Ops) ListDeadMails(ctx context.Context, actor policy.Actor) (rows []db.Row, err error) {
	err = o.act(ctx, actor, policy.CustomerList, policy.Resource{}, func(tx *db.Tx) error {
		rows, err = tx.ListDeadMails(ctx, deadMost)
		return err
	})
	return rows, err
}

// Bounced is what became of addresses that were noted as dead.
type Bounced struct {
	Noted   int // addresses of customers
	Unknown int // addresses of nobody whom the actor sees
}

// NoteBounces notes addresses that mail came back from.
func (o *Ops) NoteBounces(ctx context.Context, actor policy.Actor, mails []string) (b Bounced, err error) {
	if len(mails) == 0 || len(mails) > bouncesMost {
		return b, policy.Errorf(policy.Invalid, "Give between 1 and %d mail addresses, one on a line.", bouncesMost)
	}
	err = o.act(ctx, actor, policy.MailBounce, policy.Resource{}, func(tx *db.Tx) error {
		if err := tx.SearchReady(ctx); err != nil {
			return err
		}
		asks := make([]db.Exact, len(mails))
		for i, m := range mails {
			asks[i] = db.ExactMail(policy.MailKey(strings.TrimSpace(m)))
		}
		found, err := tx.FindExact(ctx, asks)
		if err != nil {
			return err
		}
		for i, m := range mails {
			ids := found[asks[i]]
			if len(ids) == 0 {
				b.Unknown++
				continue
			}
			if err := tx.AddDeadMail(ctx, strings.TrimSpace(m), ids); err != nil {
				return err
			}
			b.Noted++
		}
		return nil
	})
	return b, err
}
