package db

import (
	"context"
	"slices"
	"time"

	"balie/db/seal"
	"balie/policy"
)

// Merge is a merge that can be undone.
type Merge struct {
	ID     int64
	Winner int64
	Into   string // the winner's name
	Loser  int64
	Name   string // the loser's, as it was
	At     time.Time
	By     int32
	Until  time.Time
}

type mergeRow struct {
	ID       int64
	Winner   int64
	Loser    int64
	At       time.Time
	By       int32
	Until    time.Time
	Material []byte
	Head     []byte
	KekEpoch int
	Wrapped  []byte
}

const (
	mergeColumns = `select g.id, g.winner, g.loser, g.at, g.by, g.until, g.material, c.head, k.kek_epoch, k.wrapped
		from merges g join customers c on c.id = g.winner join subject_keys k on k.subject_id = c.id
		where g.undone_at is null and g.until > now() and g.material is not null`
	selectMerges  = mergeColumns + ` and ($1 = 0 or g.winner = $1) order by g.id desc limit 200`
	selectMerge   = mergeColumns + ` and g.loser = $1 order by g.id desc limit 1`
	restoreSQL    = `select merge_restore($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nullif($11::bigint, 0), $12, $13, $14)`
	undoneMerge   = `update merges set undone_at = now(), undone_by = $2, material = null where id = $1`
	dismissedPair = `insert into duplicates (a, b, score, found_at, seen_at, dismissed_at, dismissed_by) values ($1, $2, 0, now(), now(), now(), $3)
		on conflict (a, b) do update set dismissed_at = now(), dismissed_by = excluded.dismissed_by`
	selectThere = `select id from customers where id = any($1)`
	endMerges   = `update merges set material = null where id in (select id from merges where material is not null and until < now() limit 500)`
)

// Unmerged is what undoing a merge gave.
type Unmerged struct {
	Winner, Loser Customer
	Stayed        []string // fields, and tables of rows, that somebody changed since: the winner keeps them
}

// ListMerges are the merges into a customer, or with 0 all that the actor may
// see, as long as they can be undone; latest first.
func (tx *Tx) ListMerges(ctx context.Context, winner int64) ([]Merge, error) {
	rows, err := collect[mergeRow](ctx, tx, selectMerges, winner)
	if err != nil {
		return nil, err
	}
	out := make([]Merge, len(rows))
	for i, r := range rows {
		if out[i], err = tx.openMerge(r); err != nil {
			return nil, err
		}
		tx.Saw(r.Winner)
	}
	return out, nil
}

func (tx *Tx) openMerge(r mergeRow) (Merge, error) {
	out := Merge{ID: r.ID, Winner: r.Winner, Loser: r.Loser, At: r.At, By: r.By, Until: r.Until}
	key, err := tx.store.Keys.Unwrap(r.Winner, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
	if err != nil {
		return out, err
	}
	var head Head
	if err := openJSON(key, headPlace, r.Head, &head); err != nil {
		return out, err
	}
	var m material
	err = openJSON(key, materialPlace, r.Material, &m)
	out.Into, out.Name = head.Name().String(), m.Loser.Name().String()
	return out, err
}

// Unmerge makes two customers again of those that were merged. What somebody
// changed since stays with the winner.
func (tx *Tx) Unmerge(ctx context.Context, loser int64) (u Unmerged, err error) {
	r, err := one(collect[mergeRow](ctx, tx, selectMerge, loser))
	if err != nil {
		return u, policy.Errorf(policy.Absent, "There is no merge of this customer that can be undone: that is possible for 30 days.").Because(err)
	}
	winner, err := tx.lock(ctx, r.Winner)
	if err != nil {
		return u, err
	}
	var m material
	if err := openJSON(winner.key, materialPlace, r.Material, &m); err != nil {
		return u, err
	}
	contacts, err := tx.contactsOf(ctx, winner.Customer)
	if err != nil {
		return u, err
	}
	back, err := tx.restore(ctx, r.ID, m)
	if err != nil {
		return u, err
	}
	if u.Stayed, err = tx.moveBack(ctx, winner, back, m.Moved); err != nil {
		return u, err
	}
	if err := tx.refusedSince(ctx, winner.ID, back.ID, r.At); err != nil {
		return u, err
	}
	if u.Winner, err = tx.unwrite(ctx, winner, m, &u); err != nil {
		return u, err
	}
	u.Loser = back.Customer
	if err := tx.reindexed(ctx, contacts, back.ID); err != nil {
		return u, err
	}
	return u, tx.closeMerge(ctx, r.ID, winner.ID, back)
}

// closeMerge notes the end of it, and that the two are two.
func (tx *Tx) closeMerge(ctx context.Context, id, winner int64, back opened) error {
	batch, loser := newBatch(), back.ID
	tx.queueHistory(batch, back.key, loser, back.Version, policy.CustomerUnmerge, newRequest(), nil)
	batch.Queue(undoneMerge, id, tx.Actor.ID)
	batch.Queue(dismissedPair, min(winner, loser), max(winner, loser), tx.Actor.ID)
	tx.Saw(winner, loser)
	return tx.SendBatch(ctx, batch).Close()
}

// restore makes the loser as it was, under a new key.
func (tx *Tx) restore(ctx context.Context, id int64, m material) (opened, error) {
	c := m.Loser
	key, wrapped := tx.store.Keys.NewKey(c.ID)
	c.Version++
	head, body := sealJSON(key, headPlace, c.Head), sealJSON(key, bodyPlace, c.Body)
	err := tx.QueryRow(ctx, restoreSQL, id, wrapped.Epoch, wrapped.Key, int16(c.Kind), c.Owner, int16(c.Status), c.LastActivity,
		c.CreatedAt, m.CreatedBy, c.Version, c.Import, m.Request, head, body).Scan(&c.Owner)
	if err != nil {
		return opened{}, err
	}
	if c.Companies, err = tx.still(ctx, c.Companies); err != nil {
		return opened{}, err
	}
	b := newCustomerBatch(tx)
	b.hang(&New{Customer: c}, key)
	batch := newBatch()
	b.queueHung(batch)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return opened{}, err
	}
	return opened{Customer: c, key: key}, tx.indexNew(ctx, []*New{{Customer: c}})
}

// still are the companies that are still there.
func (tx *Tx) still(ctx context.Context, ms []Membership) ([]Membership, error) {
	ids := make([]int64, len(ms))
	for i, m := range ms {
		ids[i] = m.Company
	}
	there, err := tx.ids(ctx, selectThere, ids)
	return slices.DeleteFunc(ms, func(m Membership) bool { return !slices.Contains(there, m.Company) }), err
}

// moveBack gives the loser its rows again, but for those that somebody has worked
// on since; it says of which tables some stayed.
func (tx *Tx) moveBack(ctx context.Context, winner, back opened, all []moved) (stayed []string, err error) {
	tables, err := tx.movables(ctx)
	if err != nil {
		return nil, err
	}
	var went []moved
	for _, t := range tables {
		i := slices.IndexFunc(all, func(m moved) bool { return m.Table == t.Tab && m.Column == t.Col })
		if i < 0 {
			continue
		}
		m, err := tx.moveSome(ctx, t, winner, back, all[i], keysIn(went, t.Via))
		if err != nil {
			return nil, err
		}
		went = append(went, m)
		if t.Via == "" && len(m.Keys) < len(all[i].Keys) {
			stayed = append(stayed, t.Tab)
		}
	}
	return stayed, nil
}

// moveSome moves back the rows that went and are as they were.
func (tx *Tx) moveSome(ctx context.Context, t movable, winner, back opened, went moved, parents []int64) (moved, error) {
	holder := winner.ID
	if t.Via != "" {
		holder = back.ID
	}
	rows, err := collect[movedRow](ctx, tx, mergeRowsSQL, t.Tab, t.Col, holder, parents)
	if err != nil {
		return moved{}, err
	}
	var some []movedRow
	var was []int64
	for _, r := range rows {
		i := slices.Index(went.Keys, r.Key)
		if t.Via == "" && (i < 0 || went.Marks[i] != r.Mark) {
			continue
		}
		some = append(some, r)
		if t.Renumber {
			was = append(was, went.Was[i])
		}
	}
	return tx.move(ctx, t, winner, back, some, was)
}

// unwrite gives the winner's fields back what they were, as far as nobody changed
// them since, and writes in both histories what happened.
func (tx *Tx) unwrite(ctx context.Context, winner opened, m material, u *Unmerged) (Customer, error) {
	after := winner.Customer
	for _, f := range AllFields(&winner.Customer, &m.Before, &m.After) {
		was, merged, is := f.Tell(&m.Before), f.Tell(&m.After), f.Tell(&winner.Customer)
		switch {
		case was == merged:
		case merged == is:
			f.Copy(&after, &m.Before)
		default:
			u.Stayed = append(u.Stayed, f.Name)
		}
	}
	if after.Elsewhere == m.After.Elsewhere {
		after.Elsewhere = m.Before.Elsewhere
	}
	if winner.hidden.Equal(m.HiddenAfter) {
		winner.hidden = m.Hidden
	}
	var err error
	if after.Companies, err = tx.still(ctx, after.Companies); err != nil {
		return after, err
	}
	return tx.rewrite(ctx, winner, Update{Customer: after, Request: newRequest(), Act: policy.CustomerUnmerge}, Diff(winner.Customer, after))
}

// EndMerges forgets what undoing merges would take whose time is over, some at a
// time, and says of how many.
func (tx *Tx) EndMerges(ctx context.Context) (int, error) {
	tag, err := tx.Exec(ctx, endMerges)
	return int(tag.RowsAffected()), err
}
