package db_test

import (
	"testing"

	"balie/db"
	"balie/db/cluster/clustertest"
	"balie/db/dbtest"
	"balie/policy"
)

// Two nodes that start at once on an empty database must both find it ready.
func TestMigrate_twoAtOnce(t *testing.T) {
	url := clustertest.New(t, "")
	done := make(chan error)
	for range 2 {
		go func() { done <- db.Migrate(t.Context(), url) }()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestMigrate_neverBack(t *testing.T) {
	dbtest.New(t)
	dbtest.Exec(t, "update balie_schema.version set version = 9999")
	if err := db.Migrate(t.Context(), dbtest.AdminURL(t)); policy.KindOf(err) != policy.Conflict {
		t.Errorf("migrating a newer database gave %v, want a Conflict", err)
	}
}

func TestAs_roleNotHeld(t *testing.T) {
	store := dbtest.New(t)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	if err := store.As(t.Context(), sander, policy.ProfileView, func(*db.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := store.As(t.Context(), sander.As(policy.Admin), policy.ProfileView, func(*db.Tx) error { return nil }); policy.KindOf(err) != policy.Denied {
		t.Errorf("a role not held gave %v, want Denied", err)
	}
}
