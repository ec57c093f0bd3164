package db

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
	"balie/policy/text"
)

// Review is one access review. The counts are of what the actor sees of it.
type Review struct {
	ID       int32
	Period   string      // "2026-Q4"; "" for one outside the quarters
	PersonID int32       // of one person
	Role     policy.Role // or of one role
	Reason   text.Line
	OpenedAt time.Time
	OpenedBy int32     // 0: the clock
	Since    time.Time // what is looked back on
	Until    time.Time
	Due      time.Time
	ReadyAt  *time.Time // the snapshot is whole
	ClosedAt *time.Time
	Total    int // grants
	Done     int
	Mine     int // those that the actor reviews
	MineDone int
	Unsigned int // of those
}

// Open says whether decisions can still be made.
func (r Review) Open() bool { return r.ClosedAt == nil }

type reviewRow struct {
	ID       int32
	Period   string
	PersonID int32
	Role     policy.Role
	Reason   []byte
	OpenedAt time.Time
	OpenedBy int32
	Since    time.Time
	Until    time.Time
	DueAt    time.Time
	ReadyAt  *time.Time
	ClosedAt *time.Time
	Total    int
	Done     int
	Mine     int
	MineDone int
	Unsigned int
}

const (
	reviewSQL = `select r.id, coalesce(r.period, '') as period, coalesce(r.person_id, 0) as person_id, coalesce(r.role, '') as role, r.reason,
  r.opened_at, coalesce(r.opened_by, 0) as opened_by, r.since, r.until, r.due_at, r.ready_at, r.closed_at, i.total, i.done, i.mine, i.mine_done, i.unsigned
from reviews r cross join lateral (select count(*) as total, count(*) filter (where decision <> '') as done,
  count(*) filter (where reviewer = $1) as mine, count(*) filter (where reviewer = $1 and decision <> '') as mine_done,
  count(*) filter (where (reviewer = $1 or decided_by = $1) and signed_at is null) as unsigned
  from review_items where review_id = r.id) i`
	listReviewsSQL = reviewSQL + ` order by r.closed_at is not null, r.id desc limit 200`
	getReviewSQL   = reviewSQL + ` where r.id = $2`
)

const reviewReasonPlace = "reviews.reason"

func (tx *Tx) reviews(ctx context.Context, sql string, args ...any) ([]Review, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Review, error) {
		r, err := pgx.RowToStructByName[reviewRow](row)
		if err != nil {
			return Review{}, err
		}
		why, err := tx.store.Keys.Open(reviewReasonPlace, 0, r.Reason)
		return Review{
			r.ID, r.Period, r.PersonID, r.Role, text.New(string(why)), r.OpenedAt, r.OpenedBy,
			r.Since, r.Until, r.DueAt, r.ReadyAt, r.ClosedAt, r.Total, r.Done, r.Mine, r.MineDone, r.Unsigned,
		}, err
	})
}

// ListReviews gives those that the actor has to do with, open ones first.
func (tx *Tx) ListReviews(ctx context.Context) ([]Review, error) {
	return tx.reviews(ctx, listReviewsSQL, tx.Actor.ID)
}

// GetReview gives one.
func (tx *Tx) GetReview(ctx context.Context, id int32) (Review, error) {
	return one(tx.reviews(ctx, getReviewSQL, tx.Actor.ID, id))
}

// ReviewItem is one grant under review.
type ReviewItem struct {
	ReviewID  int32
	GrantID   int32
	PersonID  int32
	Role      policy.Role
	Reviewer  int32 // 0: nobody
	By        policy.ReviewBy
	MovedBy   int32 // who gave it to the reviewer
	Level     int
	Snapshot  Snapshot
	Viewed    int
	Usual     *int // nil: nothing is usual yet
	Decision  policy.Decision
	Reason    text.Line
	DecidedBy int32
	DecidedAt *time.Time
	NewRole   policy.Role
	NewUntil  *time.Time
	SignedBy  int32
	SignedAt  *time.Time
	Version   int32
	Again     *time.Time // when the role was given again after it
}

// Snapshot is what was so when the review opened.
type Snapshot struct {
	Login     string        `json:"login"`
	Name      text.Line     `json:"name"`
	Team      text.Line     `json:"team"`
	Joined    bool          `json:"joined"`
	Since     time.Time     `json:"since"`
	Until     *time.Time    `json:"until,omitempty"`
	Reason    text.Line     `json:"reason"`
	GrantedBy int32         `json:"granted_by,omitempty"`
	Keys      []SnapshotKey `json:"keys"`
	LastSeen  *time.Time    `json:"last_sign_in,omitempty"`
	LastUsed  *time.Time    `json:"last_used,omitempty"`
	Acts      []SnapshotAct `json:"acts"`
	Earlier   []int         `json:"earlier"` // subjects seen in the quarters before, the oldest first
}

// SnapshotKey is a key that let the person in then.
type SnapshotKey struct {
	Name     text.Line  `json:"name"`
	Kind     string     `json:"kind"`
	Added    time.Time  `json:"added"`
	LastUsed *time.Time `json:"last_used,omitempty"`
}

// SnapshotAct is one kind of act, in the quarter looked back on.
type SnapshotAct struct {
	Act      policy.Act `json:"act"`
	Times    int64      `json:"times"`
	Subjects int64      `json:"subjects"`
	Days     int64      `json:"days"`
	Last     time.Time  `json:"last"`
}

// Case is what policy needs to decide who may do what with it.
func (i ReviewItem) Case() policy.ReviewCase {
	return policy.ReviewCase{Person: i.PersonID, Reviewer: i.Reviewer, Decided: i.DecidedBy, Level: i.Level, Signed: i.SignedAt != nil}
}

// Use is how the grant was used since then.
func (i ReviewItem) Use(since time.Time) policy.ReviewUse {
	use := policy.ReviewUse{Viewed: i.Viewed, Since: i.Snapshot.Since, From: since}
	if i.Usual != nil {
		use.Usual, use.Known = *i.Usual, true
	}
	if i.Snapshot.LastUsed != nil {
		use.LastUsed = *i.Snapshot.LastUsed
	}
	return use
}

type reviewItemRow struct {
	ReviewID  int32
	GrantID   int32
	PersonID  int32
	Role      policy.Role
	Reviewer  int32
	By        policy.ReviewBy
	MovedBy   int32
	Level     int
	Snapshot  []byte
	Viewed    int
	Usual     *int
	Decision  policy.Decision
	Reason    []byte
	DecidedBy int32
	DecidedAt *time.Time
	NewRole   policy.Role
	NewUntil  *time.Time
	SignedBy  int32
	SignedAt  *time.Time
	Version   int32
	Again     *time.Time
}

const (
	reviewItemSQL = `select i.review_id, i.grant_id, i.person_id, i.role, coalesce(i.reviewer, 0) as reviewer, i.by, coalesce(i.moved_by, 0) as moved_by,
  i.level, i.snapshot, i.viewed, i.usual, i.decision, i.reason, coalesce(i.decided_by, 0) as decided_by, i.decided_at,
  coalesce(i.new_role, '') as new_role, i.new_until, coalesce(i.signed_by, 0) as signed_by, i.signed_at, i.version,
  (select min(g.since) from grants g where i.decision in ('suspended', 'revoke') and g.person_id = i.person_id and g.role = i.role and g.id > i.grant_id) as again
from review_items i`
	reviewItemsSQL   = reviewItemSQL + ` where i.review_id = $1 order by i.person_id, i.grant_id`
	ownItemsSQL      = reviewItemSQL + ` where i.person_id = $1 order by i.review_id desc, i.grant_id limit 200`
	getReviewItemSQL = reviewItemSQL + ` where i.review_id = $1 and i.grant_id = $2`
)

const (
	snapshotPlace     = "review_items.snapshot"
	reviewAnswerPlace = "review_items.reason"
)

// ReviewItems gives the grants of a review that the actor may see.
func (tx *Tx) ReviewItems(ctx context.Context, review int32) ([]ReviewItem, error) {
	return tx.reviewItems(ctx, reviewItemsSQL, review)
}

// OwnReviewItems gives what was decided about the actor's own grants.
func (tx *Tx) OwnReviewItems(ctx context.Context) ([]ReviewItem, error) {
	return tx.reviewItems(ctx, ownItemsSQL, tx.Actor.ID)
}

// GetReviewItem gives one grant of a review.
func (tx *Tx) GetReviewItem(ctx context.Context, review, grant int32) (ReviewItem, error) {
	return one(tx.reviewItems(ctx, getReviewItemSQL, review, grant))
}

func (tx *Tx) reviewItems(ctx context.Context, sql string, args ...any) ([]ReviewItem, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (ReviewItem, error) {
		r, err := pgx.RowToStructByName[reviewItemRow](row)
		if err != nil {
			return ReviewItem{}, err
		}
		return tx.store.openItem(r)
	})
}

func (s *Store) openItem(r reviewItemRow) (ReviewItem, error) {
	i := ReviewItem{
		r.ReviewID, r.GrantID, r.PersonID, r.Role, r.Reviewer, r.By, r.MovedBy, r.Level,
		Snapshot{},
		r.Viewed, r.Usual,
		r.Decision,
		text.Line{},
		r.DecidedBy, r.DecidedAt, r.NewRole, r.NewUntil, r.SignedBy, r.SignedAt, r.Version, r.Again,
	}
	plain, err := s.Keys.Open(snapshotPlace, int64(r.GrantID), r.Snapshot)
	if err != nil {
		return i, err
	}
	if err := json.Unmarshal(plain, &i.Snapshot); err != nil || r.Reason == nil {
		return i, err
	}
	why, err := s.Keys.Open(reviewAnswerPlace, int64(r.GrantID), r.Reason)
	i.Reason = text.New(string(why))
	return i, err
}

// ReviewStep is one thing that happened in a review.
type ReviewStep struct {
	ID      int64
	GrantID int32 // 0: the review as a whole
	At      time.Time
	By      int32 // 0: the clock
	What    string
	Detail  text.Line
}

type reviewStepRow struct {
	ID      int64
	GrantID int32
	At      time.Time
	By      int32
	What    string
	Detail  []byte
}

const (
	reviewStepsSQL = `select id, coalesce(grant_id, 0) as grant_id, at, coalesce(by, 0) as by, what, detail from review_steps where review_id = $1 order by id`
	stepPlace      = "review_steps.detail"
)

// ReviewSteps gives what happened, in order, as far as the actor may see it.
func (tx *Tx) ReviewSteps(ctx context.Context, review int32) ([]ReviewStep, error) {
	rows, err := tx.Query(ctx, reviewStepsSQL, review)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (ReviewStep, error) {
		r, err := pgx.RowToStructByName[reviewStepRow](row)
		if err != nil {
			return ReviewStep{}, err
		}
		detail, err := tx.store.Keys.Open(stepPlace, int64(review), r.Detail)
		return ReviewStep{r.ID, r.GrantID, r.At, r.By, r.What, text.New(string(detail))}, err
	})
}

const reviewRecordSQL = `select record from reviews where id = $1 and record is not null`

const recordPlace = "reviews.record"

// ReviewRecord gives the signed record of a review that has closed.
func (tx *Tx) ReviewRecord(ctx context.Context, review int32) ([]byte, error) {
	var sealed []byte
	if err := tx.QueryRow(ctx, reviewRecordSQL, review).Scan(&sealed); err != nil {
		return nil, err
	}
	return tx.store.Keys.Open(recordPlace, int64(review), sealed)
}

func (tx *Tx) sealSnapshot(grant int32, s Snapshot) ([]byte, error) {
	plain, err := json.Marshal(s)
	return tx.store.Keys.Seal(snapshotPlace, int64(grant), plain), err
}
