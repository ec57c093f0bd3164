package db

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

const insertDeal = `insert into deals (customer_id, scope, owner, stage_id, stage_since, value, expected, closed_at, created_at, created_by, updated_at, request, head, body, import_id)
	values ($1, $2, $3, $4, $13, $6, $7, $8, $5, $9, $5, $10, $11, $12, nullif($14::bigint, 0)) returning id`

// AddDeal writes a deal with a customer and gives it back with its id. scope is
// the customer's owner.
func (tx *Tx) AddDeal(ctx context.Context, d Deal, scope int32, request [16]byte) (Deal, error) {
	key, err := tx.customerKey(ctx, d.Customer)
	if err != nil {
		return d, err
	}
	if d.Values, err = tx.filled(ctx, policy.OfDeal, nil, d.Values); err != nil {
		return d, err
	}
	d.CreatedAt, d.UpdatedAt, d.Version = tx.Now, tx.Now, 1
	err = tx.QueryRow(ctx, insertDeal, d.Customer, scope, d.Owner, d.Stage, tx.Now, d.Value, orNull(d.Expected), orNull(d.ClosedAt), tx.Actor.ID, request,
		sealJSON(key, dealHeadPlace, d.DealHead), sealJSON(key, dealBodyPlace, d.DealBody), d.StageSince, d.Import).Scan(&d.ID)
	if err != nil {
		return d, err
	}
	if err := tx.addParts(ctx, d.ID, d.Parts); err != nil {
		return d, err
	}
	tx.Saw(d.Customer)
	tx.About(d.Customer, "deal")
	_, err = tx.Exec(ctx, touchCustomer, d.Customer, d.StageSince)
	return d, err
}

const insertPart = `insert into deal_contacts (deal_id, contact_id, part) values ($1, $2, $3)`

func (tx *Tx) addParts(ctx context.Context, deal int64, parts []Part) error {
	for _, p := range parts {
		key, err := tx.customerKey(ctx, p.Contact)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, insertPart, deal, p.Contact, key.Seal(dealPartPlace, []byte(p.Part.String()))); err != nil {
			return err
		}
		tx.Saw(p.Contact)
	}
	return nil
}

// DealUpdate is a change of one deal: the version that it was made on, and the
// request key that makes a repeated commit harmless.
type DealUpdate struct {
	Deal    // as it should become; Version is the one that was read
	Request [16]byte
	Act     policy.Act
}

// UpdateDeal writes the change and its history, and gives both states. An error
// that holds a *StaleOf[Deal] carries both versions.
func (tx *Tx) UpdateDeal(ctx context.Context, u DealUpdate) (before, after Deal, err error) {
	old, err := tx.oneDeal(ctx, lockDeal, u.ID)
	if err != nil {
		return before, after, err
	}
	if old.Version != u.Version {
		if done, err := tx.dealApplied(ctx, u); done || err != nil {
			return old.Deal, old.Deal, err
		}
		return before, after, policy.Errorf(policy.Conflict, "Somebody else changed this deal meanwhile: look at it again.").
			Because(&StaleOf[Deal]{u.Deal, old.Deal})
	}
	if u.Values, err = tx.filled(ctx, policy.OfDeal, old.Values, u.Values); err != nil {
		return before, after, err
	}
	changes := DiffOf(AllDealFields(&old.Deal, &u.Deal), old.Deal, u.Deal)
	if len(changes) == 0 {
		return old.Deal, old.Deal, nil
	}
	after, err = tx.rewriteDeal(ctx, old, u, changes)
	return old.Deal, after, err
}

const selectDealApplied = `select exists (select from deal_history where deal_id = $1 and version = $2 and request = $3 and person_id = $4)`

func (tx *Tx) dealApplied(ctx context.Context, u DealUpdate) (done bool, err error) {
	err = tx.QueryRow(ctx, selectDealApplied, u.ID, u.Version+1, u.Request, tx.Actor.ID).Scan(&done)
	return done, err
}

const (
	updateDeal = `update deals set owner = $2, stage_id = $3, stage_since = $4, value = $5, expected = $6, closed_at = $7,
		updated_at = $8, version = version + 1, head = $9, body = $10 where id = $1`
	// correctDeal is for the privacy officer, who only puts words right.
	correctDeal       = `update deals set updated_at = $2, version = version + 1, head = $3, body = $4 where id = $1`
	insertDealHistory = `insert into deal_history (deal_id, version, at, person_id, act, request, fields, detail) values ($1, $2, $3, $4, $5, $6, $7, $8)`
)

func (tx *Tx) rewriteDeal(ctx context.Context, old openedDeal, u DealUpdate, changes []Change) (Deal, error) {
	d := u.Deal
	d.Customer, d.Name, d.Version, d.CreatedAt, d.UpdatedAt = old.Customer, old.Name, old.Version+1, old.CreatedAt, tx.Now
	batch := &pgx.Batch{}
	full := d.DealBody
	full.Values = old.hidden.And(d.Values)
	head, body := sealJSON(old.key, dealHeadPlace, d.DealHead), sealJSON(old.key, dealBodyPlace, full)
	if tx.Actor.Role == policy.Privacy {
		batch.Queue(correctDeal, d.ID, tx.Now, head, body)
	} else {
		batch.Queue(updateDeal, d.ID, d.Owner, d.Stage, d.StageSince, d.Value, orNull(d.Expected), orNull(d.ClosedAt), tx.Now, head, body)
		batch.Queue(touchCustomer, d.Customer, tx.Now)
	}
	batch.Queue(insertDealHistory, d.ID, d.Version, tx.Now, tx.Actor.ID, string(u.Act), u.Request, fieldsOf(changes), sealJSON(old.key, dealHistoryPlace, changes))
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return d, err
	}
	tx.About(d.Customer, fieldsOf(changes)...)
	return d, tx.replaceParts(ctx, d.ID, old.Parts, d.Parts)
}

const deleteParts = `delete from deal_contacts where deal_id = $1 and contact_id = any($2)`

// replaceParts leaves those alone that the actor doesn't see.
func (tx *Tx) replaceParts(ctx context.Context, deal int64, old, parts []Part) error {
	if slices.EqualFunc(old, parts, samePart) {
		return nil
	}
	gone := make([]int64, len(old))
	for i, p := range old {
		gone[i] = p.Contact
	}
	if _, err := tx.Exec(ctx, deleteParts, deal, gone); err != nil {
		return err
	}
	return tx.addParts(ctx, deal, parts)
}

func samePart(a, b Part) bool { return a.Contact == b.Contact && a.Part == b.Part }

// FreshDeal refuses to take back the change that made a version when that is
// too long ago by the database's clock, or somebody else's.
func (tx *Tx) FreshDeal(ctx context.Context, id int64, version int) error {
	d, err := tx.LockDeal(ctx, id)
	if err == nil && d.Version == version && tx.Now.Sub(d.UpdatedAt) > policy.UndoTime {
		err = policy.Errorf(policy.Conflict, "This change is more than ten minutes ago: change it back by hand.")
	}
	return err
}

const selectDealHistory = `select h.version, h.at, h.person_id, h.act, h.detail, k.kek_epoch, k.wrapped
	from deal_history h join deals d on d.id = h.deal_id join subject_keys k on k.subject_id = d.customer_id
	where h.deal_id = $1 order by h.version desc limit 200`

// DealHistory is what happened to a deal, latest first.
func (tx *Tx) DealHistory(ctx context.Context, d Deal) ([]Past, error) {
	out, err := tx.pasts(ctx, d.Customer, dealHistoryPlace, selectDealHistory, d.ID)
	if err != nil {
		return nil, err
	}
	fields, err := tx.ListFields(ctx)
	return tx.withoutHidden(fields, out), err
}
