package db_test

import (
	"context"
	"slices"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
)

// A drill finds who is still in search, without a letter in their name too.
func TestLeftOf_search(t *testing.T) {
	s := searchable(t)
	sander := dbtest.Person(t, s, "sander", policy.Sales, "noord")
	pieter := dbtest.Person(t, s, "pieter", policy.Privacy, "").For(line("test"))
	for _, name := range []string{"Baert", "!!!"} {
		c := person(sander.ID, "", "", name)
		add(t, s, sander, c)
		as(t, s, pieter, func(ctx context.Context, tx *db.Tx) error {
			was, err := tx.GetCustomer(ctx, c.ID)
			if err != nil {
				return err
			}
			left, err := tx.LeftOf(ctx, was)
			if !slices.Contains(left, "search") {
				t.Errorf("of %s is left %q", name, left)
			}
			return err
		})
	}
}
