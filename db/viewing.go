package db

import (
	"context"
	"time"

	"balie/policy"
)

// Viewer is how much one person saw in one hour.
type Viewer struct {
	PersonID int32
	Hour     time.Time // its beginning
	Role     string    // in which most was done
	Opened   int
	Listed   int
	Exported int // of those opened
}

// Viewing is the figure that policy judges.
func (v Viewer) Viewing() policy.Viewing { return policy.Viewing{Opened: v.Opened, Listed: v.Listed} }

const (
	// viewersSQL counts the customers that each person saw in each hour from $1
	// to $2, each once. Only those are counted who may have seen enough ($4, in
	// names of lists): a sum is cheap, telling apart is not.
	viewersSQL = `with acts as (
  select actor, role, act, subjects, date_bin('1 hour', at, $1) as hour
  from audit where at >= $1 and at < $2 and actor <> 0 and not refused and act = any($3)
), busy as (
  select actor, hour, mode() within group (order by role) as role from acts group by 1, 2
  having sum(cardinality(subjects) * case act when 'customer.list' then 1 else $5 end) >= $4
), seen as (
  select a.actor, a.hour, s.subject, bool_or(a.act <> 'customer.list') as opened, bool_or(a.act = 'customer.export') as exported
  from acts a join busy using (actor, hour) cross join unnest(a.subjects) s(subject) group by 1, 2, 3
)
select b.actor as person_id, b.hour, b.role, count(*) filter (where opened)::int as opened,
  count(*) filter (where not opened)::int as listed, count(*) filter (where exported)::int as exported
from busy b join seen using (actor, hour) group by 1, 2, 3`
	foldSQL = `insert into viewing (person_id, hour, role, opened, listed, exported)
select person_id, hour, role, opened, listed, exported from (` + viewersSQL + `) v on conflict do nothing`
	lastFoldSQL  = `select max(hour) + interval '1 hour' from viewing`
	dropFoldsSQL = `delete from viewing where hour < $1`
	// What waits for an officer, or was taken further, is no part of what is usual.
	pastSQL = `select v.opened, v.listed from viewing v where v.hour >= $3 and v.hour <= $4
  and case when $2 = '' then v.person_id = $1 else v.role = $2 and v.person_id <> $1 end
  and not exists (select from unusual u where u.person_id = v.person_id and u.outcome is distinct from 'explained'
    and u.began < v.hour + interval '1 hour' and u.until > v.hour)`
)

func viewing(from, to time.Time, least int) []any {
	acts := make([]string, len(policy.ViewingActs))
	for i, a := range policy.ViewingActs {
		acts[i] = string(a)
	}
	return []any{from, to, acts, max(least*policy.ListedPerOpened, 1), policy.ListedPerOpened}
}

// Viewers gives those whose score in the hour before to may be above least.
func (tx *Tx) Viewers(ctx context.Context, to time.Time, least int) ([]Viewer, error) {
	return collect[Viewer](ctx, tx, viewersSQL, viewing(to.Add(-time.Hour), to, least)...)
}

// LastFold is the end of the last hour that was folded; zero before the first.
func (tx *Tx) LastFold(ctx context.Context) (at time.Time, err error) {
	var found *time.Time
	err = tx.QueryRow(ctx, lastFoldSQL).Scan(&found)
	return orZero(found), err
}

// FoldViewing keeps how much was seen in each hour between two full hours, and
// drops what is too old to count. It says how many lines there are more.
func (tx *Tx) FoldViewing(ctx context.Context, from, to time.Time) (int, error) {
	if _, err := tx.Exec(ctx, dropFoldsSQL, tx.Now.AddDate(0, 0, -policy.UsualDays-1)); err != nil {
		return 0, err
	}
	tag, err := tx.Exec(ctx, foldSQL, viewing(from, to, 0)...)
	return int(tag.RowsAffected()), err
}

// PastViewing gives the busy hours of a person, or with a role those of the others in
// it, in the days before to that count.
func (tx *Tx) PastViewing(ctx context.Context, person int32, role string, to time.Time) ([]policy.Viewing, error) {
	return collect[policy.Viewing](ctx, tx, pastSQL, person, role, to.AddDate(0, 0, -policy.UsualDays), to.Add(-time.Hour))
}

// HourViewers gives the folded hours from then on in which the score was above
// least.
func (tx *Tx) HourViewers(ctx context.Context, since time.Time, least int) ([]Viewer, error) {
	return collect[Viewer](ctx, tx, hourViewersSQL, since, least, policy.ListedPerOpened)
}

const hourViewersSQL = `select person_id, hour, role, opened, listed, exported from viewing
where hour >= $1 and opened + listed / $3 > $2 order by hour`
