package db

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"balie/policy"
	"balie/policy/text"
)

// Update is a change of one customer: the version that it was made on, and the
// request key that makes a repeated commit harmless.
type Update struct {
	Customer // as it should become; Version is the one that was read
	Request  [16]byte
	Act      policy.Act
}

// Stale says that somebody changed the customer since it was read.
type Stale = StaleOf[Customer]

// StaleOf says that somebody changed something since it was read. Mine is what
// was asked for, Theirs what stands there now.
type StaleOf[T any] struct{ Mine, Theirs T }

func (*StaleOf[T]) Error() string { return "changed by somebody else meanwhile" }

// GetForUpdate opens a customer and locks it until the transaction ends.
func (tx *Tx) GetForUpdate(ctx context.Context, id int64) (Customer, error) {
	c, err := tx.lock(ctx, id)
	return c.Customer, err
}

func (tx *Tx) lock(ctx context.Context, id int64) (opened, error) {
	cs, err := tx.getCustomers(ctx, selectForUpdate, []int64{id})
	if err != nil {
		return opened{}, err
	}
	if len(cs) == 0 {
		return opened{}, policy.ErrAbsent()
	}
	return cs[0], nil
}

// UpdateCustomer writes the change, its history and its search tokens. A
// *Stale error (of kind Conflict) carries both versions.
func (tx *Tx) UpdateCustomer(ctx context.Context, u Update) (Customer, error) {
	old, err := tx.lock(ctx, u.ID)
	if err != nil {
		return Customer{}, err
	}
	if old.Version != u.Version {
		if done, err := tx.applied(ctx, u); done || err != nil {
			return old.Customer, err
		}
		return Customer{}, staleError(u.Customer, old.Customer)
	}
	if u.Values, err = tx.filled(ctx, policy.EntityOf(old.Kind), old.Values, u.Values); err != nil {
		return Customer{}, err
	}
	changes := Diff(old.Customer, u.Customer)
	if len(changes) == 0 {
		return old.Customer, nil
	}
	if old.Restricted && tx.Actor.Role != policy.Privacy {
		return Customer{}, policy.ErrRestricted()
	}
	if err := tx.MayEnter(ctx, u.Customer, old.Customer); err != nil {
		return Customer{}, err
	}
	return tx.rewrite(ctx, old, u, changes)
}

func staleError(mine, theirs Customer) error {
	return policy.Errorf(policy.Conflict, "Somebody else changed this customer meanwhile: look at both and choose.").
		Because(&Stale{mine, theirs})
}

// AsStale takes the two versions out of an error.
func AsStale(err error) (*Stale, bool) { return AsStaleOf[Customer](err) }

// AsStaleOf is AsStale for anything that has versions.
func AsStaleOf[T any](err error) (*StaleOf[T], bool) { return errors.AsType[*StaleOf[T]](err) }

const selectApplied = `select exists (select from history where customer_id = $1 and version = $2 and request = $3 and person_id = $4)`

// applied says whether this very request was carried out before, its answer
// lost on the way.
func (tx *Tx) applied(ctx context.Context, u Update) (done bool, err error) {
	err = tx.QueryRow(ctx, selectApplied, u.ID, u.Version+1, u.Request, tx.Actor.ID).Scan(&done)
	return done, err
}

const updateCustomer = `update customers set status = $2, last_activity = $3, updated_at = $4, version = version + 1, head = $5, body = $6 where id = $1`

func (tx *Tx) rewrite(ctx context.Context, old opened, u Update, changes []Change) (Customer, error) {
	c := u.Customer
	c.Head = c.Head.withFirst(c.Body)
	body := c.Body
	body.Values = old.hidden.And(c.Values)
	c.Kind, c.Owner, c.Version, c.UpdatedAt = old.Kind, old.Owner, old.Version+1, tx.Now
	if err := tx.reindex(ctx, old.Customer, c); err != nil {
		return c, err
	}
	batch := &pgx.Batch{}
	batch.Queue(updateCustomer, c.ID, c.Status, c.LastActivity, tx.Now, sealJSON(old.key, headPlace, c.Head), sealJSON(old.key, bodyPlace, body))
	tx.queueHung(batch, old, c)
	tx.queueHistory(batch, old.key, c.ID, c.Version, u.Act, u.Request, changes)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return c, err
	}
	tx.About(c.ID, fieldsOf(changes)...)
	if err := tx.rectify(ctx, old.Customer, c); err != nil {
		return c, err
	}
	if err := tx.dropDead(ctx, old.Customer, c); err != nil {
		return c, err
	}
	if c.Kind == policy.Company && c.Name() != old.Name() {
		return c, tx.reindexContacts(ctx, c.ID, old.Name(), c.Name())
	}
	return c, nil
}

// queueHung replaces what hangs on the customer, as far as it changed.
func (tx *Tx) queueHung(batch *pgx.Batch, old opened, c Customer) {
	changed := Customer{ID: c.ID}
	if !slices.Equal(old.Grounds, c.Grounds) {
		batch.Queue(`delete from bases where customer_id = $1`, c.ID)
		changed.Grounds = c.Grounds
	}
	if !slices.Equal(old.Tags, c.Tags) {
		batch.Queue(`delete from customer_tags where customer_id = $1`, c.ID)
		changed.Tags = c.Tags
	}
	if !slices.Equal(old.Companies, c.Companies) {
		batch.Queue(`delete from memberships where contact_id = $1`, c.ID)
		changed.Companies = c.Companies
	}
	b := newCustomerBatch(tx)
	b.hang(&New{Customer: changed}, old.key)
	b.queueHung(batch)
}

// reindex replaces the tokens that differ between two states of a customer.
func (tx *Tx) reindex(ctx context.Context, old, c Customer) error {
	oldNames, err := tx.companyNames(ctx, old.Companies)
	if err != nil {
		return err
	}
	names, err := tx.companyNames(ctx, c.Companies)
	if err != nil {
		return err
	}
	return tx.moveTokens(ctx, old, oldNames, c, names)
}

func (tx *Tx) moveTokens(ctx context.Context, old Customer, oldNames []string, c Customer, names []string) error {
	bounds, err := tx.bounds(ctx)
	if err != nil {
		return err
	}
	was, is := tx.store.tokens(old, oldNames), tx.store.tokens(c, names)
	from, to := bucketOf(bounds, old), bucketOf(bounds, c)
	var gone, come tokenRows
	if from == to {
		was, is = without(was, is), without(is, was)
	}
	gone.add(old, from, was)
	come.add(c, to, is)
	if err := tx.deleteTokens(ctx, gone); err != nil {
		return err
	}
	return tx.insertTokens(ctx, come)
}

// without is a less b; both are sorted.
func without(a, b []int64) []int64 {
	return slices.DeleteFunc(slices.Clone(a), func(t int64) bool {
		_, in := slices.BinarySearch(b, t)
		return in
	})
}

// reindexContacts lets the contacts of a renamed company be found under its new
// name.
func (tx *Tx) reindexContacts(ctx context.Context, company int64, was, is text.Line) error {
	ids, err := tx.ids(ctx, `select contact_id from memberships where company_id = $1`, company)
	if err != nil || len(ids) == 0 {
		return err
	}
	seen := len(tx.entry.Subjects)
	cs, err := tx.getCustomers(ctx, selectWhole, ids)
	tx.entry.Subjects = tx.entry.Subjects[:seen] // opened by the program, shown to nobody
	if err != nil {
		return err
	}
	for _, c := range cs {
		names, err := tx.companyNames(ctx, c.Companies)
		if err != nil {
			return err
		}
		old := append(slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == is.String() }), was.String())
		if err := tx.moveTokens(ctx, c.Customer, old, c.Customer, names); err != nil {
			return err
		}
	}
	return nil
}
