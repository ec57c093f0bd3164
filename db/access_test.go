package db_test

import (
	"slices"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
	"balie/policy/text"
)

// Every column that says whom a row is about is gathered for an answer under art.
// 15 GDPR, or left out for a reason. A table added tomorrow fails this.
func TestLint_everyTableInAccess(t *testing.T) {
	store := dbtest.New(t)
	known := []string{}
	for _, h := range db.HeldIn {
		known = append(known, h.Column)
	}
	for name, why := range db.NotHeld {
		if why == "" || slices.Contains(known, name) {
			t.Errorf("%s is left out for no reason, or gathered as well", name)
		}
		known = append(known, name)
	}
	var about []string
	err := store.As(t.Context(), dbtest.Person(t, store, "pieter", policy.Privacy, "").For(text.New("test")), policy.RequestGather, func(tx *db.Tx) (err error) {
		about, err = tx.ColumnsAbout(t.Context())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range about {
		if !slices.Contains(known, name) {
			t.Errorf("%s is about customers: gather it in db/access.go (HeldIn), or say in NotHeld why not", name)
		}
	}
	for _, name := range known {
		if !slices.Contains(about, name) && !slices.Contains([]string{"customers.id", "audit.subjects", "imports.id"}, name) {
			t.Errorf("there is no %s any more", name)
		}
	}
}
