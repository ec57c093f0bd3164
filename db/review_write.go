package db

import (
	"context"
	"time"

	"balie/policy"
	"balie/policy/text"
)

const (
	startReviewSQL = `insert into reviews (person_id, role, reason, opened_by, since, until, due_at)
select nullif($1, 0), nullif($2, ''), $3, $4, (now() at time zone $5 - interval '3 months') at time zone $5, now(), ` + reviewDueSQL + ` returning id`
	reviewDueSQL = `(date_trunc('day', now() at time zone $5) + make_interval(days => $6) + interval '17 hours') at time zone $5`
)

// StartReview begins one of a person (0: of nobody in particular) or of a role,
// outside the quarters. The clock then takes its snapshot.
func (tx *Tx) StartReview(ctx context.Context, person int32, role policy.Role, why text.Line) (id int32, err error) {
	zone, days, err := tx.reviewTerms(ctx)
	if err != nil {
		return 0, err
	}
	reason := tx.store.Keys.Seal(reviewReasonPlace, 0, []byte(why.String()))
	err = tx.QueryRow(ctx, startReviewSQL, person, role, reason, tx.Actor.ID, zone, days).Scan(&id)
	return id, err
}

// reviewTerms are in which zone and after how many days a review is due.
func (tx *Tx) reviewTerms(ctx context.Context) (zone string, days int, err error) {
	z, err := tx.Setting(ctx, policy.TimeZone)
	if err != nil {
		return "", 0, err
	}
	d, err := tx.Setting(ctx, policy.ReviewDays)
	return string(z), d.Int(), err
}

// ReviewAnswer is what a reviewer decides on a grant.
type ReviewAnswer struct {
	Decision policy.Decision // confirm, change or revoke
	Reason   text.Line
	Change   policy.ReviewChange // of a change
}

const (
	decideItemSQL = `update review_items set decision = $4, reason = $5, decided_by = $6, decided_at = now(), new_role = nullif($7, ''), new_until = $8, version = version + 1
where review_id = $1 and grant_id = $2 and version = $3`
	undoItemSQL = `update review_items set decision = '', reason = null, decided_by = null, decided_at = null, version = version + 1
where review_id = $1 and grant_id = $2 and version = $3 and decision = 'confirm'`
	moveItemSQL = `update review_items set reviewer = $4, by = $5, moved_by = $6, version = version + 1
where review_id = $1 and grant_id = $2 and version = $3`
	signItemsSQL = `update review_items set signed_at = now(), signed_by = $2 where review_id = $1 and decided_by = $2 and signed_at is null`
	addStepSQL   = `insert into review_steps (review_id, grant_id, by, what, detail) values ($1, nullif($2, 0), nullif($3, 0), $4, $5)`
)

// errReviewed tells the second of two who decide at once.
func errReviewed() error {
	return policy.Errorf(policy.Conflict, "Somebody else has decided on this already: look again.")
}

// DecideItem writes a decision on a grant as it was read; one that changed
// meanwhile is a conflict.
func (tx *Tx) DecideItem(ctx context.Context, i ReviewItem, a ReviewAnswer) error {
	why := tx.store.Keys.Seal(reviewAnswerPlace, int64(i.GrantID), []byte(a.Reason.String()))
	return tx.onItem(ctx, i, string(a.Decision), a.Reason.String(), decideItemSQL,
		i.ReviewID, i.GrantID, i.Version, a.Decision, why, tx.Actor.ID, a.Change.Role, a.Change.Until)
}

// UndoItem takes a confirmation back. The others have taken effect.
func (tx *Tx) UndoItem(ctx context.Context, i ReviewItem) error {
	return tx.onItem(ctx, i, "undo", "", undoItemSQL, i.ReviewID, i.GrantID, i.Version)
}

// MoveItem gives a grant to another reviewer.
func (tx *Tx) MoveItem(ctx context.Context, i ReviewItem, to int32, by policy.ReviewBy, detail string) error {
	return tx.onItem(ctx, i, string(by), detail, moveItemSQL, i.ReviewID, i.GrantID, i.Version, to, by, tx.Actor.ID)
}

// onItem changes a grant under review as it was read, and keeps the step. The
// step is first: who gives the work away no longer sees it.
func (tx *Tx) onItem(ctx context.Context, i ReviewItem, what, detail, sql string, args ...any) error {
	if err := tx.AddStep(ctx, i.ReviewID, i.GrantID, what, detail); err != nil {
		return err
	}
	done, err := tx.did(ctx, sql, args...)
	if err == nil && !done {
		err = errReviewed()
	}
	return err
}

// SignItems signs all that the actor decided on in a review, and says how many.
func (tx *Tx) SignItems(ctx context.Context, review int32) (int, error) {
	tag, err := tx.Exec(ctx, signItemsSQL, review, tx.Actor.ID)
	return int(tag.RowsAffected()), err
}

// AddStep keeps something that happened in a review; grant is 0 for the review
// as a whole, which only the clock writes.
func (tx *Tx) AddStep(ctx context.Context, review, grant int32, what, detail string) error {
	_, err := tx.Exec(ctx, addStepSQL, review, grant, tx.Actor.ID, what, tx.store.Keys.Seal(stepPlace, int64(review), []byte(detail)))
	return err
}

const shortenGrantSQL = `update grants set until = $2 where id = $1 and ended_at is null`

// ShortenGrant brings the end of a grant nearer; PostgreSQL refuses more time.
func (tx *Tx) ShortenGrant(ctx context.Context, grant int32, until time.Time) error {
	return tx.must(ctx, shortenGrantSQL, grant, until)
}

// ReviewDeputy stands in for one who is away.
type ReviewDeputy struct {
	PersonID int32
	DeputyID int32
	Until    *time.Time // nil until further notice
	SetBy    int32
}

const (
	deputiesSQL  = `select person_id, deputy_id, until, set_by from review_deputies where until is null or until > now() order by person_id`
	setDeputySQL = `insert into review_deputies (person_id, deputy_id, until, set_by) values ($1, $2, $3, $4)
on conflict (person_id) do update set deputy_id = excluded.deputy_id, until = excluded.until, set_by = excluded.set_by, set_at = now()`
	dropDeputySQL = `delete from review_deputies where person_id = $1`
	reviewersSQL  = `select person_id, role from reviewers()`
	waitingSQL    = reviewItemSQL + ` where i.reviewer = $1 and i.decision = '' and i.signed_at is null order by i.review_id, i.grant_id`
)

// ListDeputies gives who is away now, and who stands in.
func (tx *Tx) ListDeputies(ctx context.Context) ([]ReviewDeputy, error) {
	return collect[ReviewDeputy](ctx, tx, deputiesSQL)
}

// SetDeputy says who reviews in the place of somebody.
func (tx *Tx) SetDeputy(ctx context.Context, d ReviewDeputy) error {
	_, err := tx.Exec(ctx, setDeputySQL, d.PersonID, d.DeputyID, d.Until, tx.Actor.ID)
	return err
}

// DropDeputy says that somebody is back.
func (tx *Tx) DropDeputy(ctx context.Context, person int32) error {
	_, err := tx.Exec(ctx, dropDeputySQL, person)
	return err
}

// WaitingFor gives the grants on which a reviewer has yet to decide, in all
// reviews.
func (tx *Tx) WaitingFor(ctx context.Context, reviewer int32) ([]ReviewItem, error) {
	return tx.reviewItems(ctx, waitingSQL, reviewer)
}

// Reviewers gives everybody who may review others now, with these roles alone.
func (tx *Tx) Reviewers(ctx context.Context) ([]policy.Staff, error) {
	type held struct {
		PersonID int32
		Role     policy.Role
	}
	rows, err := collect[held](ctx, tx, reviewersSQL)
	var all []policy.Staff
	for _, h := range rows {
		if n := len(all); n == 0 || all[n-1].ID != h.PersonID {
			all = append(all, policy.Staff{ID: h.PersonID})
		}
		s := &all[len(all)-1]
		s.Roles = append(s.Roles, h.Role)
	}
	return all, err
}

// ReviewWaiting is what one review wants of the actor.
type ReviewWaiting struct {
	ID       int32
	Period   string
	Due      time.Time `db:"due_at"`
	Waiting  int       // for a decision
	Unsigned int       // decided, but not signed
}

const reviewsWaitingSQL = `select id, period, due_at, waiting, unsigned from reviews_waiting($1)`

// ReviewsWaiting gives what waits for the actor as a reviewer, the most urgent
// first.
func (tx *Tx) ReviewsWaiting(ctx context.Context) ([]ReviewWaiting, error) {
	return collect[ReviewWaiting](ctx, tx, reviewsWaitingSQL, tx.Actor.Role)
}
