package db

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"balie/policy/text"
)

const selectCreated = `select id from customers where created_by = $1 and request = $2`

// GetCreated is the customer that the actor's request made.
func (tx *Tx) GetCreated(ctx context.Context, request [16]byte) (Customer, error) {
	var id int64
	if err := tx.QueryRow(ctx, selectCreated, tx.Actor.ID, request).Scan(&id); err != nil {
		return Customer{}, err
	}
	return tx.GetCustomer(ctx, id)
}

// Count is how many customers of a sort there are.
type Count struct {
	Status int16
	Kind   int16
	Owner  int32
	N      int64
}

// CustomerCounts are the only thing of customers that an auditor sees.
func (tx *Tx) CustomerCounts(ctx context.Context) ([]Count, error) {
	return collect[Count](ctx, tx, `select status, kind, owner, n from customer_counts() order by owner, status, kind`)
}

// retagged is the sorted list of tags with one put in or taken out.
func retagged(tags []int32, tag int32, on bool) []int32 {
	out := slices.DeleteFunc(slices.Clone(tags), func(t int32) bool { return t == tag })
	if on {
		out = append(out, tag)
	}
	slices.Sort(out)
	return out
}

func newBatch() *pgx.Batch { return &pgx.Batch{} }

func newRequest() (r [16]byte) {
	rand.Read(r[:])
	return r
}

func ownerText(id int32) text.Line { return text.New(fmt.Sprintf("#%d", id)) }
