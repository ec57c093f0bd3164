package ops

import (
	"context"
	"errors"
	"slices"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// reviewJobs open the review of each quarter, remind of what is undecided, and
// close what is due or signed by all.
func (o *Ops) reviewJobs() []Job {
	return []Job{
		{Name: "review.open", Spec: "0 0 1 1,4,7,10 *", Every: db.Quarterly, Run: openReview},
		{Name: "review.remind", Spec: "0 6 * * *", Every: db.Daily, Run: remindReviews},
		{Name: "review.close", Spec: "* * * * *", Every: db.EveryMinute, Run: closeReviews},
	}
}

// batcher is one transaction of the clock: of a job's run, or by itself.
type batcher func(context.Context, policy.Act, func(*db.Tx) error) error

// alone is a batcher outside of a job.
func (o *Ops) alone(ctx context.Context, act policy.Act, fn func(*db.Tx) error) error {
	err := o.act(ctx, policy.System(policy.Clock), act, policy.Resource{}, fn)
	if errors.Is(err, ErrIdle) {
		return nil
	}
	return err
}

// openReview begins the review of the quarter and takes its snapshot. What an
// earlier run began, it goes on with.
func openReview(ctx context.Context, r *Run) error {
	err := r.Batch(ctx, policy.ReviewOpen, func(tx *db.Tx) error {
		opened, err := tx.OpenReview(ctx, r.Period)
		if err == nil && !opened {
			err = ErrIdle
		}
		tx.Detail(r.Period.Key)
		r.Count("reviews", 1)
		return err
	})
	if err != nil {
		return err
	}
	return fillReviews(ctx, r.Batch, r.Count)
}

// people of whom one transaction takes the snapshot.
const fillBatch = 20

// fillReviews completes the snapshots that are not whole yet, batch by batch: a
// crash between two leaves nothing double, and the next run goes on.
func fillReviews(ctx context.Context, batch batcher, count func(string, int)) error {
	for more := true; more; {
		err := batch(ctx, policy.ReviewOpen, func(tx *db.Tx) (err error) {
			if more, err = fillSome(ctx, tx, count); err == nil && !more {
				return ErrIdle
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// fillSome does a batch of the first review that is not whole; false when none is.
func fillSome(ctx context.Context, tx *db.Tx, count func(string, int)) (bool, error) {
	ids, err := tx.UnreadyReviews(ctx)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	r, err := tx.GetReview(ctx, int32(ids[0]))
	if err != nil {
		return false, err
	}
	tx.About(int64(r.ID))
	people, err := tx.Unreviewed(ctx, r.ID, fillBatch)
	if err != nil {
		return false, err
	}
	if len(people) == 0 {
		return true, readyReview(ctx, tx, r)
	}
	staff, err := tx.Staff(ctx)
	for _, id := range people {
		if err == nil {
			err = fillPerson(ctx, tx, r, int32(id), staff, count)
		}
	}
	return true, err
}

func fillPerson(ctx context.Context, tx *db.Tx, r db.Review, id int32, staff []policy.Staff, count func(string, int)) error {
	p, err := tx.GetPerson(ctx, id)
	if err != nil {
		return err
	}
	reviewer, by := policy.Reviewer(staffOf(staff, id), staff)
	for _, g := range p.Grants {
		if !g.Live(tx.Now) || g.Since.After(r.OpenedAt) || r.Role != "" && g.Role != r.Role {
			continue
		}
		if err := tx.AddItem(ctx, r, p, g, reviewer, by); err != nil {
			return err
		}
		count("grants", 1)
	}
	return nil
}

func staffOf(all []policy.Staff, id int32) policy.Staff {
	for _, s := range all {
		if s.ID == id {
			return s
		}
	}
	return policy.Staff{ID: id}
}

// readyReview works out what is usual, which takes all snapshots, and lets the
// reviewers begin.
func readyReview(ctx context.Context, tx *db.Tx, r db.Review) error {
	items, err := tx.ReviewItems(ctx, r.ID)
	if err != nil {
		return err
	}
	seen := map[policy.Role]map[int32]int{}
	for _, i := range items {
		if seen[i.Role] == nil {
			if seen[i.Role], err = tx.ViewedIn(ctx, i.Role); err != nil {
				return err
			}
		}
		if usual, known := policy.Usual(i.Snapshot.Earlier, others(seen[i.Role], i.PersonID)); known {
			if err := tx.SetUsual(ctx, i, usual); err != nil {
				return err
			}
		}
	}
	if err := tx.AddStep(ctx, r.ID, 0, "opened", ""); err != nil {
		return err
	}
	return tx.ReadyReview(ctx, r.ID)
}

func others(seen map[int32]int, person int32) []int {
	var all []int
	for id, n := range seen {
		if id != person {
			all = append(all, n)
		}
	}
	return all
}

// remindReviews widens who may decide as the due date comes near, and finds
// another reviewer for what waits for one who has gone.
func remindReviews(ctx context.Context, r *Run) error {
	return r.Batch(ctx, policy.ReviewRemind, func(tx *db.Tx) error {
		n, err := escalate(ctx, tx)
		if err == nil && n == 0 {
			err = ErrIdle
		}
		r.Count("escalated", n)
		return err
	})
}

func escalate(ctx context.Context, tx *db.Tx) (n int, err error) {
	ids, err := tx.OpenReviews(ctx)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		r, err := tx.GetReview(ctx, int32(id))
		if err != nil {
			return n, err
		}
		raised, err := raise(ctx, tx, r)
		if err != nil {
			return n, err
		}
		moved, err := adopt(ctx, tx, r)
		if n += raised + moved; err != nil {
			return n, err
		}
	}
	return n, nil
}

// raise escalates what is still undecided so short before the due date.
func raise(ctx context.Context, tx *db.Tx, r db.Review) (int, error) {
	officer, err := tx.Setting(ctx, policy.ReviewOfficerDays)
	if err != nil {
		return 0, err
	}
	admin, err := tx.Setting(ctx, policy.ReviewAdminDays)
	if err != nil {
		return 0, err
	}
	level := policy.ReviewLevel(r.Due.Sub(tx.Now), officer.Int(), admin.Int())
	items, err := tx.Unescalated(ctx, r.ID, level)
	for _, i := range items {
		if err == nil {
			err = tx.Escalate(ctx, i, level)
		}
	}
	return len(items), err
}

// adopt finds a reviewer for what waits for one who has left, was demoted or
// never was there.
func adopt(ctx context.Context, tx *db.Tx, r db.Review) (n int, err error) {
	items, err := tx.Orphans(ctx, r.ID)
	if err != nil || len(items) == 0 {
		return 0, err
	}
	staff, err := tx.Staff(ctx)
	if err != nil {
		return 0, err
	}
	colleagues, err := tx.Colleagues(ctx)
	for _, i := range items {
		to, by := policy.Reviewer(staffOf(staff, i.PersonID), staff)
		if to == i.Reviewer || err != nil {
			continue
		}
		err = tx.Replace(ctx, i, to, by, colleagues[to].Login)
		n++
	}
	return n, err
}

// closeReviews ends what is due: who was not confirmed is suspended, and the
// record is signed. It first completes snapshots that a crash left unfinished.
func closeReviews(ctx context.Context, r *Run) error {
	if err := fillReviews(ctx, r.Batch, r.Count); err != nil {
		return err
	}
	return settleReviews(ctx, r.Batch, r.Count)
}

func settleReviews(ctx context.Context, batch batcher, count func(string, int)) error {
	for more := true; more; {
		err := batch(ctx, policy.ReviewClose, func(tx *db.Tx) (err error) {
			if more, err = closeSome(ctx, tx, count); err == nil && !more {
				return ErrIdle
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// closeBatch is how many grants one transaction suspends.
const closeBatch = 50

// closeSome does a batch of the first review that is to be closed; false when
// none is.
func closeSome(ctx context.Context, tx *db.Tx, count func(string, int)) (bool, error) {
	ids, err := tx.DueReviews(ctx)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	r, err := tx.GetReview(ctx, int32(ids[0]))
	if err != nil {
		return false, err
	}
	tx.About(int64(r.ID))
	// Before the grants, in the order in which everybody locks.
	_, lasting, err := tx.Admins(ctx)
	if err != nil {
		return false, err
	}
	items, err := tx.Undecided(ctx, r.ID, closeBatch)
	if err != nil {
		return false, err
	}
	if len(items) == 0 {
		return true, finishReview(ctx, tx, r)
	}
	staff, err := tx.Staff(ctx)
	if err != nil {
		return false, err
	}
	for _, i := range items {
		d, err := suspendItem(ctx, tx, i, staff, &lasting)
		if err != nil {
			return false, err
		}
		count(string(d), 1)
	}
	return true, tx.TellNodes(ctx)
}

var (
	whySuspended = text.New("not confirmed in the access review")
	whyLastAdmin = text.New("the last admin stays, though nobody confirmed it")
	whyNobody    = text.New("stays, because nobody else is there to review it")
	whyEndedElse = text.New("ended before anybody decided")
)

// suspendItem ends a grant that nobody confirmed. The last admin stays, and so
// does what nobody could have reviewed: suspending it would lock out a firm of
// one, and tell nobody anything.
func suspendItem(ctx context.Context, tx *db.Tx, i db.ReviewItem, staff []policy.Staff, lasting *int) (policy.Decision, error) {
	g, err := tx.LockGrant(ctx, i.GrantID)
	if err != nil {
		return "", err
	}
	admin := slices.Contains(staffOf(staff, i.PersonID).Roles, policy.Admin) && lastingAdmin(g, tx.Now)
	reviewer, _ := policy.Reviewer(staffOf(staff, i.PersonID), staff)
	switch {
	case g.EndedAt != nil || g.Until != nil && !g.Until.After(tx.Now):
		return policy.Ended, tx.Settle(ctx, i, policy.Ended, whyEndedElse)
	case reviewer == 0:
		return policy.Kept, tx.Settle(ctx, i, policy.Kept, whyNobody)
	case admin && *lasting <= 1:
		return policy.Kept, tx.Settle(ctx, i, policy.Kept, whyLastAdmin)
	}
	if admin {
		*lasting--
	}
	if err := tx.EndGrant(ctx, g, whySuspended); err != nil {
		return "", err
	}
	return policy.Suspended, tx.Settle(ctx, i, policy.Suspended, whySuspended)
}

// finishReview signs what was decided.
func finishReview(ctx context.Context, tx *db.Tx, r db.Review) error {
	if err := tx.AddStep(ctx, r.ID, 0, "closed", ""); err != nil {
		return err
	}
	if err := tx.CloseItems(ctx, r.ID); err != nil {
		return err
	}
	record, err := makeRecord(ctx, tx, r)
	if err != nil {
		return err
	}
	digest := record.Digest()
	tx.Detail("record sha256:" + digest.String())
	return tx.CloseReview(ctx, r.ID, record.Bytes(), digest[:])
}
