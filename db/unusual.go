package db

import (
	"context"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Unusual is a time in which somebody saw many more customers than usual. It
// names no customer; the log has whom.
type Unusual struct {
	ID           int32
	Person       int32
	Role         policy.Role
	Began, Until time.Time
	policy.Viewing
	Exported int // of those opened
	Peak     int // the highest score in an hour
	policy.Measure
	SettledAt *time.Time
	SettledBy int32
	Outcome   policy.UnusualOutcome
	Note      text.Line
}

type unusualRow struct {
	ID, PersonID    int32
	Role            string
	Began, Until    time.Time
	Opened, Listed  int
	Exported, Score int
	Usual, Bar      int
	Newcomer        bool
	SettledAt       *time.Time
	SettledBy       int32
	Outcome         string
	Note            []byte
}

const unusualNotePlace = "unusual.note"

const (
	unusualSQL = `select id, person_id, role, began, until, opened, listed, exported, score, usual, bar, newcomer,
  settled_at, coalesce(settled_by, 0) as settled_by, coalesce(outcome, '') as outcome, note from unusual`
	listUnusualSQL = unusualSQL + ` where $1 or settled_at is null order by settled_at is not null, until desc limit $2`
	getUnusualSQL  = unusualSQL + ` where id = $1`
	episodeSQL     = unusualSQL + ` where person_id = $1 and until >= $2 and began <= $3 order by until desc limit 1`
	openUnusualSQL = `select count(*) from unusual where settled_at is null`
	flagUnusualSQL = `insert into unusual (person_id, role, began, until, opened, listed, exported, score, usual, bar, newcomer)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	// An episode keeps the figures of its worst hour.
	growUnusualSQL = `update unusual set until = greatest(until, $2), role = $3, opened = $4, listed = $5, exported = $6, score = $7, usual = $8, bar = $9
where id = $1`
	lengthenUnusualSQL = `update unusual set until = greatest(until, $2) where id = $1`
	settleUnusualSQL   = `update unusual set settled_at = $2, settled_by = $3, outcome = $4, note = $5 where id = $1 and settled_at is null`
)

func (tx *Tx) unusual(ctx context.Context, sql string, args ...any) ([]Unusual, error) {
	rows, err := collect[unusualRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Unusual, len(rows))
	for i, r := range rows {
		if all[i], err = tx.store.openUnusual(r); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (s *Store) openUnusual(r unusualRow) (Unusual, error) {
	u := Unusual{
		ID: r.ID, Person: r.PersonID, Role: policy.Role(r.Role), Began: r.Began, Until: r.Until,
		Viewing: policy.Viewing{Opened: r.Opened, Listed: r.Listed}, Exported: r.Exported, Peak: r.Score,
		Measure:   policy.Measure{Usual: r.Usual, Bar: r.Bar, Newcomer: r.Newcomer},
		SettledAt: r.SettledAt, SettledBy: r.SettledBy, Outcome: policy.UnusualOutcome(r.Outcome),
	}
	if r.Note == nil {
		return u, nil
	}
	note, err := s.Keys.Open(unusualNotePlace, int64(r.ID), r.Note)
	u.Note = text.New(string(note))
	return u, err
}

// ListUnusual gives what waits to be settled, the latest first, and after it
// with all what was settled.
func (tx *Tx) ListUnusual(ctx context.Context, all bool, limit int) ([]Unusual, error) {
	return tx.unusual(ctx, listUnusualSQL, all, limit)
}

// GetUnusual gives one.
func (tx *Tx) GetUnusual(ctx context.Context, id int32) (Unusual, error) {
	return one(tx.unusual(ctx, getUnusualSQL, id))
}

// CountUnusual is how many wait to be settled.
func (tx *Tx) CountUnusual(ctx context.Context) (n int, err error) {
	err = tx.QueryRow(ctx, openUnusualSQL).Scan(&n)
	return n, err
}

// EpisodeOf gives the flag to which an hour of a person belongs, if there is
// one: what is less than gap apart is one episode.
func (tx *Tx) EpisodeOf(ctx context.Context, v Viewer, gap time.Duration) (Unusual, bool, error) {
	all, err := tx.unusual(ctx, episodeSQL, v.PersonID, v.Hour.Add(-gap), v.Hour.Add(time.Hour+gap))
	return append(all, Unusual{})[0], len(all) > 0, err
}

// FlagUnusual keeps a new one.
func (tx *Tx) FlagUnusual(ctx context.Context, v Viewer, m policy.Measure) error {
	tx.About(int64(v.PersonID))
	_, err := tx.Exec(ctx, flagUnusualSQL, v.PersonID, v.Role, v.Hour, v.Hour.Add(time.Hour), v.Opened, v.Listed, v.Exported,
		v.Viewing().Score(), m.Usual, m.Bar, m.Newcomer)
	return err
}

// GrowUnusual adds an hour to an episode, and says whether that made it longer
// or graver.
func (tx *Tx) GrowUnusual(ctx context.Context, u Unusual, v Viewer, m policy.Measure) (bool, error) {
	until, score := v.Hour.Add(time.Hour), v.Viewing().Score()
	if score <= u.Peak && !until.After(u.Until) {
		return false, nil
	}
	tx.About(int64(v.PersonID))
	if score <= u.Peak {
		_, err := tx.Exec(ctx, lengthenUnusualSQL, u.ID, until)
		return true, err
	}
	_, err := tx.Exec(ctx, growUnusualSQL, u.ID, until, v.Role, v.Opened, v.Listed, v.Exported, score, m.Usual, m.Bar)
	return true, err
}

// SettleUnusual keeps what an officer found out. What was settled meanwhile stays.
func (tx *Tx) SettleUnusual(ctx context.Context, id int32, outcome policy.UnusualOutcome, note text.Line) error {
	sealed := tx.store.Keys.Seal(unusualNotePlace, int64(id), []byte(note.String()))
	tag, err := tx.Exec(ctx, settleUnusualSQL, id, tx.Now, tx.Actor.ID, string(outcome), sealed)
	if err == nil && tag.RowsAffected() == 0 {
		err = policy.Errorf(policy.Conflict, "This is settled already: look again.")
	}
	return err
}
