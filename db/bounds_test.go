package db_test

import (
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
)

// A name that a thousand have makes no bucket larger than the others: who turns
// a page would have to wait for all of it to be opened.
func TestBuckets_ofOneName(t *testing.T) {
	s := searchable(t)
	sander := dbtest.Person(t, s, "sander", policy.Sales, "noord")
	cs := make([]*db.New, 1000)
	for i := range cs {
		cs[i] = person(sander.ID, "Jan", "de", "Jong")
	}
	add(t, s, sander, cs...)
	const largest = `select max(n) from (select count(*) n from search_tokens group by token, bucket) x`
	if n := dbtest.Query[int64](t, largest); n != 1000 {
		t.Errorf("the control: before any bounds are cut, a bucket has %d", n)
	}
	rebuild(t, s)
	if n := dbtest.Query[int64](t, largest); n > 60 {
		t.Errorf("a bucket has %d customers", n)
	}
	if got := find(t, s, sander, db.Query{Limit: 77}); len(got) != 1000 {
		t.Errorf("the pages show %d of them", len(got))
	}
}
