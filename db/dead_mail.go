package db

import (
	"context"
	"slices"

	"balie/policy"
)

const (
	insertDeadMail  = `insert into dead_mails (customer_id, digest, by) select unnest($1::bigint[]), $2, $3 on conflict do nothing`
	selectDeadMails = `select customer_id, digest from dead_mails where customer_id = any($1)`
	listDeadMails   = `select customer_id from dead_mails group by customer_id order by min(at), customer_id limit $1`
	countDeadMails  = `select count(distinct customer_id)::int from dead_mails`
	dropDeadMails   = `delete from dead_mails where customer_id = $1 and digest <> all($2)`
)

type deadRow struct {
	CustomerID int64
	Digest     []byte
}

func (s *Store) deadMark(mail string) []byte { return s.Keys.Digest("deadmail", policy.MailKey(mail)) }

// AddDeadMail notes that mail no longer reaches an address of customers.
func (tx *Tx) AddDeadMail(ctx context.Context, mail string, customers []int64) error {
	tx.Saw(customers...)
	_, err := tx.Exec(ctx, insertDeadMail, customers, tx.store.deadMark(mail), tx.Actor.ID)
	return err
}

// CountDeadMails is how many customers have such an address.
func (tx *Tx) CountDeadMails(ctx context.Context) (n int, err error) {
	err = tx.QueryRow(ctx, countDeadMails).Scan(&n)
	return n, err
}

// ListDeadMails gives customers with such an address, the longest known first,
// and notes them as seen.
func (tx *Tx) ListDeadMails(ctx context.Context, most int) ([]Row, error) {
	ids, err := tx.ids(ctx, listDeadMails, most)
	if err != nil {
		return nil, err
	}
	return tx.RowsOf(ctx, ids)
}

// LeaveDeadMails takes such addresses out of customers that were opened, and
// says of whom nothing is left.
func (tx *Tx) LeaveDeadMails(ctx context.Context, cs []Customer) (none map[int64]bool, err error) {
	ids := make([]int64, len(cs))
	for i, c := range cs {
		ids[i] = c.ID
	}
	rows, err := collect[deadRow](ctx, tx, selectDeadMails, ids)
	dead, none := map[int64][]string{}, map[int64]bool{}
	for _, r := range rows {
		dead[r.CustomerID] = append(dead[r.CustomerID], string(r.Digest))
	}
	for i, c := range cs {
		if len(dead[c.ID]) == 0 {
			continue
		}
		cs[i].Mails = slices.DeleteFunc(slices.Clone(c.Mails), func(m Labelled) bool {
			return slices.Contains(dead[c.ID], string(tx.store.deadMark(m.Value.String())))
		})
		none[c.ID] = len(cs[i].Mails) == 0 && len(c.Mails) > 0
	}
	return none, err
}

// dropDead forgets addresses that a customer no longer has.
func (tx *Tx) dropDead(ctx context.Context, old, now Customer) error {
	if slices.Equal(old.Mails, now.Mails) {
		return nil
	}
	marks := [][]byte{}
	for _, m := range now.Mails {
		marks = append(marks, tx.store.deadMark(m.Value.String()))
	}
	_, err := tx.Exec(ctx, dropDeadMails, now.ID, marks)
	return err
}
