package db

import (
	"context"
	"slices"
	"time"

	"balie/policy"
)

// Merging is two customers that are to become one.
type Merging struct {
	Winner  Customer // as it should become; Version is the one that was read
	Loser   int64
	Version int // of the loser that was read
	Request [16]byte
}

// material is what it takes to undo a merge. It is kept under the winner's key.
type material struct {
	Loser       Customer           `json:"l"`
	CreatedBy   int32              `json:"c"`
	Request     [16]byte           `json:"r"`
	Before      Customer           `json:"b"` // the winner
	After       Customer           `json:"a"`
	Hidden      policy.FieldValues `json:"h,omitempty"` // of the winner, from the actor
	HiddenAfter policy.FieldValues `json:"i,omitempty"`
	Moved       []moved            `json:"m"`
}

const (
	materialPlace = "merges.material"
	insertMerge   = `insert into merges (winner, loser, at, by, until, material) values ($1, $2, $3::timestamptz, $4, $3::timestamptz + $5::interval, $6)`
	selectMaker   = `select created_by, request from customers where id = $1`
)

// errMerged says that there is nothing to merge any more.
func errMerged() *policy.Error {
	return policy.Errorf(policy.Conflict, "One of the two was changed meanwhile: look at both again.")
}

// Merge makes one customer of two: the winner as it was decided, with all that
// hangs on both. What was sealed under the loser's key is sealed anew under the
// winner's, and the loser's key is destroyed at once: so there is one key to
// shred when this person is to be erased, also while the merge can be undone.
func (tx *Tx) Merge(ctx context.Context, m Merging) (Merged, error) {
	winner, loser, done, err := tx.lockBoth(ctx, m)
	if err != nil || done {
		return Merged{Customer: winner.Customer}, err
	}
	if err := mayMerge(winner.Customer, loser.Customer); err != nil {
		return Merged{}, err
	}
	kept := material{Loser: loser.Customer, Before: winner.Customer, Hidden: winner.hidden}
	kept.Loser.Values = loser.hidden.And(loser.Values)
	if err := tx.QueryRow(ctx, selectMaker, loser.ID).Scan(&kept.CreatedBy, &kept.Request); err != nil {
		return Merged{}, err
	}
	winner.hidden = loser.hidden.And(winner.hidden)
	kept.HiddenAfter = winner.hidden
	after := m.Winner
	after.LastActivity = later(winner.LastActivity, loser.LastActivity)
	told, err := tx.saidBy(ctx, winner.ID, loser.ID)
	if err != nil {
		return Merged{}, err
	}
	if after.Grounds, err = tx.groundsOf(ctx, after.Grounds, told); err != nil {
		return Merged{}, err
	}
	u := Update{Customer: after, Request: m.Request, Act: policy.CustomerMerge}
	if kept.After, err = tx.rewrite(ctx, winner, u, Diff(winner.Customer, after)); err != nil {
		return Merged{}, err
	}
	if kept.Moved, err = tx.absorb(ctx, winner, loser); err != nil {
		return Merged{}, err
	}
	if err := tx.recordNo(ctx, winner.ID, told.still, "Stood in one of two records of this person that became one."); err != nil {
		return Merged{}, err
	}
	_, err = tx.Exec(ctx, insertMerge, winner.ID, loser.ID, tx.Now, tx.Actor.ID, policy.MergeTime, sealJSON(winner.key, materialPlace, kept))
	tx.Saw(winner.ID, loser.ID)
	tx.About(winner.ID)
	return kept.merged(), err
}

// Merged is the customer that became of two, and how many rows of which tables
// went to it.
type Merged struct {
	Customer
	Moved map[string]int
}

func (m material) merged() Merged {
	out := Merged{m.After, map[string]int{}}
	for _, r := range m.Moved {
		out.Moved[r.Table] += len(r.Keys)
	}
	return out
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// lockBoth locks the two in the order of their numbers. done says that this very
// request was carried out before.
func (tx *Tx) lockBoth(ctx context.Context, m Merging) (winner, loser opened, done bool, err error) {
	open, err := tx.getCustomers(ctx, selectForUpdate, []int64{m.Winner.ID, m.Loser})
	if err != nil {
		return winner, loser, false, err
	}
	for _, o := range open {
		if o.ID == m.Winner.ID {
			winner = o
		} else {
			loser = o
		}
	}
	if winner.ID != 0 && loser.ID == 0 {
		if done, err = tx.applied(ctx, Update{Customer: m.Winner, Request: m.Request}); done || err != nil {
			return winner, loser, done, err
		}
	}
	if winner.ID == 0 || loser.ID == 0 {
		return winner, loser, false, policy.ErrAbsent()
	}
	if winner.Version != m.Winner.Version || loser.Version != m.Version {
		return winner, loser, false, errMerged()
	}
	return winner, loser, false, nil
}

func mayMerge(a, b Customer) error {
	if a.Kind != b.Kind {
		return policy.Errorf(policy.Invalid, "A person and a company can't become one.")
	}
	if a.Restricted || b.Restricted {
		return policy.Errorf(policy.Denied, "This customer's data are restricted (art. 18 GDPR): keep them, but don't use them.")
	}
	return nil
}

// absorb moves all that hangs on the loser, and ends it.
func (tx *Tx) absorb(ctx context.Context, winner, loser opened) ([]moved, error) {
	rows, err := tx.tokenRowsOf(ctx, []opened{loser})
	if err != nil {
		return nil, err
	}
	if err := tx.deleteTokens(ctx, rows); err != nil {
		return nil, err
	}
	contacts, err := tx.contactsOf(ctx, loser.Customer)
	if err != nil {
		return nil, err
	}
	all, err := tx.moveAll(ctx, loser, winner)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `select merge_drop($1, $2)`, loser.ID, winner.ID); err != nil {
		return nil, err
	}
	return all, tx.reindexed(ctx, contacts, winner.ID)
}

// contactsOf are the people of a company whom the actor may see, opened.
func (tx *Tx) contactsOf(ctx context.Context, c Customer) ([]Customer, error) {
	if c.Kind != policy.Company {
		return nil, nil
	}
	ids, err := tx.ids(ctx, `select contact_id from memberships where company_id = $1`, c.ID)
	if err != nil {
		return nil, err
	}
	return tx.peek(ctx, ids)
}

// reindexed lets contacts be found by the company, if they belong to it now.
func (tx *Tx) reindexed(ctx context.Context, before []Customer, company int64) error {
	ids := make([]int64, len(before))
	for i, c := range before {
		ids[i] = c.ID
	}
	after, err := tx.peek(ctx, ids)
	if err != nil {
		return err
	}
	for _, c := range after {
		if !slices.ContainsFunc(c.Companies, func(m Membership) bool { return m.Company == company }) {
			continue
		}
		i := slices.IndexFunc(before, func(b Customer) bool { return b.ID == c.ID })
		if err := tx.moveTokens(ctx, before[i], namesOf(before[i].Companies), c, namesOf(c.Companies)); err != nil {
			return err
		}
	}
	return nil
}
