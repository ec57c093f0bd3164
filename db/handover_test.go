package db_test

import (
	"context"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
)

// Restriction (art. 18 GDPR) keeps a customer from being used, whatever a
// screen may have asked for; somebody must still look after it.
func TestRetag_Restricted(t *testing.T) {
	s := searchable(t)
	sander := dbtest.Person(t, s, "sander", policy.Sales, "noord")
	sofie := dbtest.Person(t, s, "sofie", policy.Sales, "noord")
	free, held := person(sander.ID, "Jan", "", "Vrij"), person(sander.ID, "Ilse", "", "Vast")
	add(t, s, sander, free, held)
	dbtest.Exec(t, `update customers set restricted = true where id = $1`, held.ID)
	tag := dbtest.Query[int32](t, `insert into tags (name) values ('beurs') returning id`)
	both := []int64{free.ID, held.ID}
	as(t, s, sander, func(ctx context.Context, tx *db.Tx) error {
		changed, err := tx.Retag(ctx, both, tag, true)
		if len(changed) != 1 {
			t.Errorf("%d were tagged, want the free one", len(changed))
		}
		return err
	})
	if id := dbtest.Query[int64](t, `select customer_id from customer_tags where tag_id = $1`, tag); id != free.ID {
		t.Errorf("%d has the tag, want %d", id, free.ID)
	}
	as(t, s, sander, func(ctx context.Context, tx *db.Tx) error {
		moved, err := tx.HandOver(ctx, both, sofie.ID)
		if len(moved) != 2 {
			t.Errorf("%d went to a colleague, want both", len(moved))
		}
		return err
	})
}
