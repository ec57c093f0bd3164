package db

import (
	"context"
	"strings"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Holdings is what a person leaves behind, counted.
type Holdings struct {
	Customers   int64 // to hand over
	Deals       int64 // open ones, which go with the customers
	Keys        int64
	Sessions    int64
	Invitations int64
	Codes       int64 // recovery codes
	Asked       int64 // grants to others that wait for a second admin
	Planned     int64 // departures of others that they ordered
}

const holdingsSQL = `select owned_by($1) as customers, deals_of($1) as deals,
  (select count(*) from keys where person_id = $1 and removed_at is null) as keys,
  (select count(*) from sessions where person_id = $1 and ended_at is null) as sessions,
  (select count(*) from invitations where person_id = $1 and used_at is null and voided_at is null and expires_at > now()) as invitations,
  (select count(*) from recovery_codes where person_id = $1 and used_at is null) as codes,
  (select count(*) from grants where granted_by = $1 and person_id <> $1 and pending and ended_at is null) as asked,
  (select count(*) from departures where ordered_by = $1 and left_at is null and cancelled_at is null) as planned`

// Holdings counts what a person would leave behind.
func (tx *Tx) Holdings(ctx context.Context, person int32) (Holdings, error) {
	return one(collect[Holdings](ctx, tx, holdingsSQL, person))
}

// Done is what a person did of one kind.
type Done struct {
	Act      policy.Act
	N        int64 // how often
	Subjects int64 // how many different people and companies
	Last     time.Time
}

const actsOfSQL = `select act, n, subjects, last from acts_of($1, $2, $3) order by subjects desc, n desc, act`

// ActsOf counts what a person did between two instants.
func (tx *Tx) ActsOf(ctx context.Context, person int32, since, till time.Time) ([]Done, error) {
	return collect[Done](ctx, tx, actsOfSQL, person, since, till)
}

// Export is one file that a person took out.
type Export struct {
	At       time.Time
	Act      policy.Act
	Format   text.Line
	Subjects int64 // how many people and companies were in it
	session  string
	last     time.Time
}

type exportRow struct {
	At      time.Time
	Session string
	Act     policy.Act
	N       int64
	Detail  []byte
}

const exportsOfSQL = `select at, session, act, coalesce(n, 0) as n, detail from exports_of($1)`

// exportPause is how far apart pages of one export may be: its beginning and
// each page are a transaction, and a row in the log.
const exportPause = time.Minute

// ExportsOf gives what a person took out, ever.
func (tx *Tx) ExportsOf(ctx context.Context, person int32) ([]Export, error) {
	rows, err := collect[exportRow](ctx, tx, exportsOfSQL, person)
	if err != nil {
		return nil, err
	}
	var all []Export
	for _, r := range rows {
		detail, err := tx.store.Keys.Open(detailPlace, 0, r.Detail)
		if err != nil {
			return nil, err
		}
		format, _, _ := strings.Cut(string(detail), ",") // what follows says how many
		page := Export{At: r.At, Act: r.Act, Format: text.New(format), Subjects: r.N, session: r.Session, last: r.At}
		if n := len(all); n > 0 && all[n-1].goesOn(page) {
			all[n-1].Subjects += page.Subjects
			all[n-1].last = page.At
			continue
		}
		all = append(all, page)
	}
	return all, nil
}

// goesOn says whether page belongs to the same file.
func (e Export) goesOn(page Export) bool {
	return e.session == page.session && e.Act == page.Act && e.Format == page.Format && page.At.Sub(e.last) <= exportPause
}

// Viewed is somebody whose data a person saw or took out.
type Viewed struct {
	ID   int64
	Name text.Line // empty when the customer is there no more
	N    int64
	Last time.Time
}

type viewedRow struct {
	ID   int64
	N    int64
	Last time.Time
}

const whomSQL = `select s as id, count(*) as n, max(a.at) as last from audit a, unnest(a.subjects) s
where a.actor = $1 and not a.refused and a.at > $2 and a.at <= $3 group by s order by last desc, s limit $4 offset $5`

// SubjectsOf gives whose data a person saw or took out, the last first, and
// notes them as seen in their turn.
func (tx *Tx) SubjectsOf(ctx context.Context, person int32, since, till time.Time, limit, offset int) ([]Viewed, error) {
	rows, err := collect[viewedRow](ctx, tx, whomSQL, person, since, till, limit, offset)
	if err != nil {
		return nil, err
	}
	all, ids, at := make([]Viewed, len(rows)), make([]int64, len(rows)), map[int64]int{}
	for i, r := range rows {
		all[i], ids[i], at[r.ID] = Viewed{ID: r.ID, N: r.N, Last: r.Last}, r.ID, i
	}
	heads, err := tx.heads(ctx, ids)
	for _, h := range heads {
		all[at[h.ID]].Name = h.Name()
	}
	tx.Saw(ids...)
	return all, err
}
