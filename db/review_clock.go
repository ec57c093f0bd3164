package db

import (
	"context"
	"crypto/ed25519"
	"time"

	"balie/policy"
	"balie/policy/text"
)

const (
	// One that was missed and would not be due within its quarter is left to
	// the next.
	openReviewSQL = `insert into reviews (period, reason, since, until, due_at)
select $1, $2, ($3::timestamptz at time zone $5 - interval '3 months') at time zone $5, $3, d.due
from (select ` + reviewDueSQL + ` as due) d where d.due < $4 on conflict (period) do nothing`
	unreadyReviewsSQL = `select id::bigint from reviews where ready_at is null order by id`
	dueReviewsSQL     = `select id::bigint from reviews r where ready_at is not null and closed_at is null
  and (due_at <= now() or not exists (select from review_items i where i.review_id = r.id and i.signed_at is null)) order by id`
	openReviewsSQL = `select id::bigint from reviews where ready_at is not null and closed_at is null order by id`
)

// OpenReview opens the review of a quarter, which looks back on the one before
// it, and says whether it did.
func (tx *Tx) OpenReview(ctx context.Context, p Period) (opened bool, err error) {
	zone, days, err := tx.reviewTerms(ctx)
	if err != nil {
		return false, err
	}
	reason := tx.store.Keys.Seal(reviewReasonPlace, 0, nil)
	return tx.did(ctx, openReviewSQL, p.Key, reason, p.From, p.To, zone, days)
}

// UnreadyReviews gives those whose snapshot is not whole.
func (tx *Tx) UnreadyReviews(ctx context.Context) ([]int64, error) {
	return tx.ids(ctx, unreadyReviewsSQL)
}

// DueReviews gives those that are to be closed: their time has come, or all is
// signed.
func (tx *Tx) DueReviews(ctx context.Context) ([]int64, error) { return tx.ids(ctx, dueReviewsSQL) }

// OpenReviews gives those in which decisions can be made.
func (tx *Tx) OpenReviews(ctx context.Context) ([]int64, error) { return tx.ids(ctx, openReviewsSQL) }

const reviewStaffSQL = `select p.id, coalesce(p.team_id, 0) as team,
  array(select g.role from grants g where g.person_id = p.id and p.joined_at is not null and p.revoked_at is null
    and not g.pending and g.ended_at is null and (g.until is null or g.until > now())) as roles,
  coalesce((select d.deputy_id from review_deputies d where d.person_id = p.id and (d.until is null or d.until > now())), 0) as deputy
from people p order by p.id`

// Staff gives everybody, in order of number, for the choice of a reviewer.
func (tx *Tx) Staff(ctx context.Context) ([]policy.Staff, error) {
	return collect[policy.Staff](ctx, tx, reviewStaffSQL)
}

const unreviewedSQL = `select distinct g.person_id::bigint from grants g join people p on p.id = g.person_id join reviews r on r.id = $1
where (r.person_id is null or g.person_id = r.person_id) and (r.role is null or g.role = r.role)
  and p.revoked_at is null and not g.pending and g.ended_at is null and (g.until is null or g.until > now()) and g.since <= r.opened_at
  and not exists (select from review_items i where i.review_id = r.id and i.grant_id = g.id)
order by 1 limit $2`

// Unreviewed gives the next people of whose grants a review has no snapshot yet.
func (tx *Tx) Unreviewed(ctx context.Context, review int32, limit int) ([]int64, error) {
	return tx.ids(ctx, unreviewedSQL, review, limit)
}

const (
	insertItemSQL = `insert into review_items (review_id, grant_id, person_id, role, reviewer, by, snapshot, viewed)
values ($1, $2, $3, $4, nullif($5, 0), $6, $7, $8) on conflict do nothing`
	readyReviewSQL = `update reviews set ready_at = now() where id = $1 and ready_at is null`
	setUsualSQL    = `update review_items set usual = $3 where review_id = $1 and grant_id = $2`
	// What others in a role saw, by their newest review of the last half year.
	roleViewedSQL = `select distinct on (i.person_id) i.person_id, i.viewed from review_items i join reviews r on r.id = i.review_id
where i.role = $1 and r.opened_at > now() - interval '6 months' order by i.person_id, i.review_id desc`
)

// ReadyReview says that the snapshot is whole.
func (tx *Tx) ReadyReview(ctx context.Context, review int32) error {
	return tx.must(ctx, readyReviewSQL, review)
}

// ViewedIn gives by person whose data, how many, those in a role saw.
func (tx *Tx) ViewedIn(ctx context.Context, role policy.Role) (map[int32]int, error) {
	type seen struct {
		PersonID int32
		Viewed   int
	}
	rows, err := collect[seen](ctx, tx, roleViewedSQL, role)
	by := make(map[int32]int, len(rows))
	for _, r := range rows {
		by[r.PersonID] = r.Viewed
	}
	return by, err
}

// SetUsual writes what is usual for a grant.
func (tx *Tx) SetUsual(ctx context.Context, i ReviewItem, usual int) error {
	return tx.must(ctx, setUsualSQL, i.ReviewID, i.GrantID, usual)
}

const (
	unescalatedSQL = reviewItemSQL + ` where i.review_id = $1 and i.decision = '' and i.level < $2 order by i.grant_id`
	orphansSQL     = reviewItemSQL + ` where i.review_id = $1 and i.decision = '' and i.signed_at is null
  and (i.reviewer is null or not exists (select from people p join grants g on g.person_id = p.id
    where p.id = i.reviewer and p.revoked_at is null and g.role in ('manager', 'privacy', 'admin')
      and not g.pending and g.ended_at is null and (g.until is null or g.until > now()))) order by i.grant_id`
	escalateSQL  = `update review_items set level = $3, version = version + 1 where review_id = $1 and grant_id = $2`
	replaceSQL   = `update review_items set reviewer = nullif($3, 0), by = $4, version = version + 1 where review_id = $1 and grant_id = $2`
	undecidedSQL = reviewItemSQL + ` where i.review_id = $1 and i.decision = '' order by i.role = 'admin', i.grant_id desc limit $2 for update of i`
	settleSQL    = `update review_items set decision = $3, reason = $4, decided_at = now(), version = version + 1
where review_id = $1 and grant_id = $2 and decision = ''`
	closeItemsSQL  = `update review_items set signed_at = now() where review_id = $1 and signed_at is null`
	closeReviewSQL = `update reviews set closed_at = now(), record = $2, digest = $3 where id = $1 and closed_at is null`
)

// Unescalated gives undecided grants that are to be escalated to a level.
func (tx *Tx) Unescalated(ctx context.Context, review int32, level int) ([]ReviewItem, error) {
	return tx.reviewItems(ctx, unescalatedSQL, review, level)
}

// Orphans gives undecided grants whose reviewer has left or may review no more.
func (tx *Tx) Orphans(ctx context.Context, review int32) ([]ReviewItem, error) {
	return tx.reviewItems(ctx, orphansSQL, review)
}

// Escalate lets more people decide on a grant.
func (tx *Tx) Escalate(ctx context.Context, i ReviewItem, level int) error {
	if err := tx.must(ctx, escalateSQL, i.ReviewID, i.GrantID, level); err != nil {
		return err
	}
	return tx.AddStep(ctx, i.ReviewID, i.GrantID, "escalated", map[int]string{
		policy.EscalatedToOfficer: string(policy.ByOfficer), policy.EscalatedToAdmin: string(policy.ByAdmin),
	}[level])
}

// Replace chooses another reviewer for a grant whose reviewer is gone.
func (tx *Tx) Replace(ctx context.Context, i ReviewItem, to int32, by policy.ReviewBy, login string) error {
	if err := tx.must(ctx, replaceSQL, i.ReviewID, i.GrantID, to, by); err != nil {
		return err
	}
	return tx.AddStep(ctx, i.ReviewID, i.GrantID, string(by), login)
}

// Undecided gives the next grants that nobody decided on, and holds decisions
// on them off. Admins come last and the oldest of them at the very end: he is
// the one who stays.
func (tx *Tx) Undecided(ctx context.Context, review int32, limit int) ([]ReviewItem, error) {
	return tx.reviewItems(ctx, undecidedSQL, review, limit)
}

// Settle says what became of a grant by itself.
func (tx *Tx) Settle(ctx context.Context, i ReviewItem, d policy.Decision, why text.Line) error {
	reason := tx.store.Keys.Seal(reviewAnswerPlace, int64(i.GrantID), []byte(why.String()))
	if err := tx.must(ctx, settleSQL, i.ReviewID, i.GrantID, d, reason); err != nil {
		return err
	}
	return tx.AddStep(ctx, i.ReviewID, i.GrantID, string(d), why.String())
}

// CloseItems lets nothing in a review be changed any more.
func (tx *Tx) CloseItems(ctx context.Context, review int32) error {
	_, err := tx.Exec(ctx, closeItemsSQL, review)
	return err
}

// CloseReview keeps the signed record and its digest.
func (tx *Tx) CloseReview(ctx context.Context, review int32, record, digest []byte) error {
	return tx.must(ctx, closeReviewSQL, review, tx.store.Keys.Seal(recordPlace, int64(review), record), digest)
}

// PublicKey is what a signed record is checked with.
func (tx *Tx) PublicKey() ed25519.PublicKey { return tx.store.Keys.Public() }

// SignRecord signs with the installation's key, as checkpoints of the log are.
func (tx *Tx) SignRecord(message []byte) []byte { return tx.store.Keys.Sign(message) }

// reviewStretches is how many stretches of a quarter are counted: the one
// looked back on, and those before it.
const reviewStretches = 5

const (
	reviewBoundsSQL = `select array_agg(b order by b) from (
  select ($1::timestamptz at time zone $3 - n * interval '3 months') at time zone $3 as b from generate_series(0, $4::int - 1) n union select $2::timestamptz) all_bounds`
	reviewSeenSQL = `select stretch, viewed from review_seen($1, $2, $3)`
	reviewActsSQL = `select act, times, subjects, days, last from review_acts($1, $2, $3, $4, $5) order by subjects desc, times desc, act`
	reviewUsedSQL = `select review_used($1, $2, $3)`
	reviewKeysSQL = `select name, kind, added_at as added, last_used from keys where person_id = $1 and removed_at is null order by id`
)

// AddItem takes the snapshot of one grant and gives it to its reviewer. One that
// is there already stays as it is.
func (tx *Tx) AddItem(ctx context.Context, r Review, p Person, g Grant, reviewer int32, by policy.ReviewBy) error {
	snap, viewed, err := tx.snapshot(ctx, r, p, g)
	if err != nil {
		return err
	}
	sealed, err := tx.sealSnapshot(g.ID, snap)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, insertItemSQL, r.ID, g.ID, p.ID, g.Role, reviewer, by, sealed, viewed)
	return err
}

func (tx *Tx) snapshot(ctx context.Context, r Review, p Person, g Grant) (s Snapshot, viewed int, err error) {
	s = Snapshot{
		Login: p.Login, Name: p.Name, Team: p.Team, Joined: p.JoinedAt != nil, LastSeen: p.LastSeen,
		Since: g.Since, Until: g.Until, Reason: g.Reason, GrantedBy: g.GrantedBy,
	}
	zone, _, err := tx.reviewTerms(ctx)
	if err != nil {
		return s, 0, err
	}
	if s.Keys, err = tx.snapshotKeys(ctx, p.ID); err != nil {
		return s, 0, err
	}
	if s.Acts, err = collect[SnapshotAct](ctx, tx, reviewActsSQL, p.ID, g.Role, r.Since, r.Until, zone); err != nil {
		return s, 0, err
	}
	if err := tx.QueryRow(ctx, reviewUsedSQL, p.ID, g.Role, r.Until).Scan(&s.LastUsed); err != nil {
		return s, 0, err
	}
	s.Earlier, viewed, err = tx.seen(ctx, r, g, zone)
	return s, viewed, err
}

func (tx *Tx) snapshotKeys(ctx context.Context, person int32) ([]SnapshotKey, error) {
	type key struct {
		Name, Kind string
		Added      time.Time
		LastUsed   *time.Time
	}
	rows, err := collect[key](ctx, tx, reviewKeysSQL, person)
	keys := make([]SnapshotKey, len(rows))
	for i, k := range rows {
		keys[i] = SnapshotKey{text.New(k.Name), text.Clean(k.Kind), k.Added, k.LastUsed}
	}
	return keys, err
}

// seen counts whose data was seen in the quarter, and in those before it in
// which the grant stood all the time.
func (tx *Tx) seen(ctx context.Context, r Review, g Grant, zone string) (earlier []int, viewed int, err error) {
	var bounds []time.Time
	if err := tx.QueryRow(ctx, reviewBoundsSQL, r.Since, r.Until, zone, reviewStretches).Scan(&bounds); err != nil {
		return nil, 0, err
	}
	type stretch struct {
		Stretch int
		Viewed  int
	}
	rows, err := collect[stretch](ctx, tx, reviewSeenSQL, g.PersonID, g.Role, bounds)
	if err != nil {
		return nil, 0, err
	}
	counts := make([]int, reviewStretches+1)
	for _, s := range rows {
		counts[s.Stretch] = s.Viewed
	}
	earlier = []int{}
	for n := 1; n < reviewStretches; n++ {
		if !g.Since.After(bounds[n-1]) {
			earlier = append(earlier, counts[n])
		}
	}
	return earlier, counts[reviewStretches], nil
}

// The newest word on a grant counts.
const keptGrantsSQL = `select count(*)::int from (select distinct on (i.grant_id) i.grant_id, i.decision from review_items i
  where i.decision <> '' order by i.grant_id, i.review_id desc) newest
where decision = 'kept' and exists (select from grants g where g.id = newest.grant_id and g.ended_at is null and (g.until is null or g.until > now()))`

// KeptGrants counts those that stay though nobody confirmed them.
func (tx *Tx) KeptGrants(ctx context.Context) (n int, err error) {
	err = tx.QueryRow(ctx, keptGrantsSQL).Scan(&n)
	return n, err
}
