package db

import (
	"context"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Mark stands for a mail address or phone number on the suppression list: a hash
// under a key that PostgreSQL doesn't have.
type Mark struct {
	Sort   policy.MarkSort
	Digest []byte
}

// mark is that of a value in the form in which customers have it.
func (s *Store) mark(sort policy.MarkSort, value string) Mark {
	if sort == policy.MailMark {
		value = policy.MailKey(value)
	}
	return Mark{sort, s.Keys.Digest("suppression."+string(sort), value)}
}

// marks are those of all addresses and numbers of a customer.
func (s *Store) marks(c Customer) (all []Mark) {
	for _, m := range c.Mails {
		all = append(all, s.mark(policy.MailMark, m.Value.String()))
	}
	for _, p := range c.Phones {
		all = append(all, s.mark(policy.PhoneMark, p.Value.String()))
	}
	return all
}

const selectSuppressed = `select digest from suppressions where digest = any($1) and lifted_at is null`

// Suppressed gives of each customer the first mark that is on the list, nil for
// none.
func (tx *Tx) Suppressed(ctx context.Context, cs []Customer) ([]*Mark, error) {
	marks := make([][]Mark, len(cs))
	var digests [][]byte
	for i, c := range cs {
		marks[i] = tx.store.marks(c)
		for _, m := range marks[i] {
			digests = append(digests, m.Digest)
		}
	}
	found := make([]*Mark, len(cs))
	listed, err := tx.listed(ctx, digests)
	for i, ms := range marks {
		for _, m := range ms {
			if listed[string(m.Digest)] && found[i] == nil {
				found[i] = &m
			}
		}
	}
	return found, err
}

// listed says which digests are on the list.
func (tx *Tx) listed(ctx context.Context, digests [][]byte) (map[string]bool, error) {
	on := map[string]bool{}
	if len(digests) == 0 {
		return on, nil
	}
	rows, err := collect[struct{ Digest []byte }](ctx, tx, selectSuppressed, digests)
	for _, r := range rows {
		on[string(r.Digest)] = true
	}
	return on, err
}

// MayEnter refuses a customer whose address or number is on the list and was not
// in before: what somebody holds already is for an erasure to take.
func (tx *Tx) MayEnter(ctx context.Context, c, before Customer) error {
	held := map[string]bool{}
	for _, m := range tx.store.marks(before) {
		held[string(m.Digest)] = true
	}
	var fresh Customer
	for _, m := range c.Mails {
		if !held[string(tx.store.mark(policy.MailMark, m.Value.String()).Digest)] {
			fresh.Mails = append(fresh.Mails, m)
		}
	}
	for _, p := range c.Phones {
		if !held[string(tx.store.mark(policy.PhoneMark, p.Value.String()).Digest)] {
			fresh.Phones = append(fresh.Phones, p)
		}
	}
	found, err := tx.Suppressed(ctx, []Customer{fresh})
	if err != nil || found[0] == nil {
		return err
	}
	return found[0].Sort.Suppressed()
}

// vet refuses new customers of whom one is on the list.
func (tx *Tx) vet(ctx context.Context, cs []*New) error {
	var all []Customer
	for _, c := range cs {
		if !c.Vetted {
			all = append(all, c.Customer)
		}
	}
	found, err := tx.Suppressed(ctx, all)
	for _, m := range found {
		if err == nil && m != nil {
			err = m.Sort.Suppressed()
		}
	}
	return err
}

const anySuppressed = `select exists (select from suppressions where lifted_at is null)`

// SuppressedAmong gives those of customers whose address or number is on the
// list: of one who was erased, a second record may have stayed. They are opened
// by the program and shown to nobody.
func (tx *Tx) SuppressedAmong(ctx context.Context, ids []int64) (map[int64]bool, error) {
	var some bool
	if err := tx.QueryRow(ctx, anySuppressed).Scan(&some); err != nil || !some {
		return nil, err
	}
	rows, err := collect[sealedRow](ctx, tx, selectWhole, ids)
	if err != nil {
		return nil, err
	}
	cs := make([]Customer, len(rows))
	for i, r := range rows {
		if cs[i], _, err = tx.store.openWhole(r); err != nil {
			return nil, err
		}
	}
	found, err := tx.Suppressed(ctx, cs)
	on := map[int64]bool{}
	for i, m := range found {
		on[cs[i].ID] = m != nil
	}
	return on, err
}

// Suppression is an entry of the list. It doesn't say of whom.
type Suppression struct {
	ID       int64
	Sort     policy.MarkSort
	Since    time.Time
	Subject  int64 // the number of who was erased; 0: put on by hand
	LiftedAt *time.Time
	LiftedBy int32
	Reason   text.Line // for lifting it
}

type suppressionRow struct {
	ID         int64
	Sort       policy.MarkSort
	Since      time.Time
	SubjectID  int64
	LiftedAt   *time.Time
	LiftedBy   int32
	LiftReason []byte
}

const (
	suppressionSQL      = `select id, sort, since, coalesce(subject_id, 0) as subject_id, lifted_at, coalesce(lifted_by, 0) as lifted_by, lift_reason from suppressions`
	listSuppressionsSQL = suppressionSQL + ` where $1 or lifted_at is null order by id desc limit 1000`
	findSuppressionSQL  = suppressionSQL + ` where digest = any($1) and lifted_at is null order by id limit 1`
	getSuppressionSQL   = suppressionSQL + ` where id = $1`
	liftSuppressionSQL  = `update suppressions set lifted_at = now(), lifted_by = $2, lift_reason = $3 where id = $1 and lifted_at is null`
)

const liftPlace = "suppressions.lift_reason"

func (tx *Tx) suppressions(ctx context.Context, sql string, args ...any) ([]Suppression, error) {
	rows, err := collect[suppressionRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Suppression, len(rows))
	for i, r := range rows {
		var why []byte
		if r.LiftReason != nil {
			if why, err = tx.store.Keys.Open(liftPlace, r.ID, r.LiftReason); err != nil {
				return nil, err
			}
		}
		all[i] = Suppression{r.ID, r.Sort, r.Since, r.SubjectID, r.LiftedAt, r.LiftedBy, text.New(string(why))}
	}
	return all, nil
}

// ListSuppressions gives the list, latest first; lifted entries too if asked.
func (tx *Tx) ListSuppressions(ctx context.Context, lifted bool) ([]Suppression, error) {
	return tx.suppressions(ctx, listSuppressionsSQL, lifted)
}

// GetSuppression gives an entry by its number.
func (tx *Tx) GetSuppression(ctx context.Context, id int64) (Suppression, error) {
	return one(tx.suppressions(ctx, getSuppressionSQL, id))
}

// FindSuppression is the entry of a mail address or phone number, in the form in
// which customers have them.
func (tx *Tx) FindSuppression(ctx context.Context, sort policy.MarkSort, value string) (Suppression, error) {
	return one(tx.suppressions(ctx, findSuppressionSQL, [][]byte{tx.store.mark(sort, value).Digest}))
}

// LiftSuppression takes an entry off the list. The row stays, with why.
func (tx *Tx) LiftSuppression(ctx context.Context, id int64, why text.Line) error {
	tx.About(id)
	return tx.must(ctx, liftSuppressionSQL, id, tx.Actor.ID, tx.store.Keys.Seal(liftPlace, id, []byte(why.String())))
}
