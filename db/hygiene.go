package db

import (
	"context"
	"time"

	"balie/policy"
)

// IdleGrant is a role that somebody holds and did not use for a quarter.
type IdleGrant struct {
	PersonID int32
	Role     policy.Role
	Since    time.Time // that it was given
}

const (
	idleGrants = `select g.person_id, g.role, g.since from grants g join people p on p.id = g.person_id
where p.joined_at is not null and p.revoked_at is null and not g.pending and g.ended_at is null and (g.until is null or g.until > now())
  and g.since < now() - interval '3 months' and not exists (select from audit a
    where a.actor = g.person_id and a.role = g.role and not a.refused and is_use(a.act) and a.at > now() - interval '3 months')
order by g.since, g.id limit 500`
	lastExports = `select distinct on (e.audience_id) e.id, e.audience_id, a.purpose, a.means from audience_exports e
join audiences a on a.id = e.audience_id where a.retired_at is null and e.at > now() - interval '1 year' order by e.audience_id, e.id desc`
	countDuplicates = `select count(*)::int from duplicates where dismissed_at is null`
	exportMembers   = `select customer_id from audience_members where export_id = $1 and customer_id > $2 order by customer_id limit $3`
	countDespite    = `select count(*)::int from audit where at > now() - interval '30 days' and fields && $1`
)

// IdleGrants gives roles that nobody used for a quarter.
func (tx *Tx) IdleGrants(ctx context.Context) ([]IdleGrant, error) {
	return collect[IdleGrant](ctx, tx, idleGrants)
}

// LastExport is the last time that a mailing list in use went out.
type LastExport struct {
	ID         int64
	AudienceID int32
	Purpose    policy.Purpose
	Means      policy.Means
}

// LastExports gives those of the last year.
func (tx *Tx) LastExports(ctx context.Context) ([]LastExport, error) {
	return collect[LastExport](ctx, tx, lastExports)
}

// ExportMembers are the next who were on a list after one.
func (tx *Tx) ExportMembers(ctx context.Context, export, after int64, most int) ([]int64, error) {
	return tx.ids(ctx, exportMembers, export, after, most)
}

// CountDespite is how often, in 30 days, something was kept that the guard asks
// about.
func (tx *Tx) CountDespite(ctx context.Context) (n int, err error) {
	err = tx.QueryRow(ctx, countDespite, despiteFields()).Scan(&n)
	return n, err
}

// CountDuplicates is how many pairs of customers look like one and were not
// looked at.
func (tx *Tx) CountDuplicates(ctx context.Context) (n int, err error) {
	err = tx.QueryRow(ctx, countDuplicates).Scan(&n)
	return n, err
}

func despiteFields() (all []string) {
	for _, k := range policy.DangerKinds {
		all = append(all, DespitePrefix+string(k))
	}
	return all
}
