package ops_test

import (
	"log/slog"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/ops/sample"
	"balie/policy"
	"balie/policy/text"
)

// Pairs with a label go into an empty firm, each customer by itself; then the
// weekly job runs. What it finds is held against the labels: a pair that it finds
// and that is none, drawn so or by chance, counts against its precision.
func TestDuplicates_measured(t *testing.T) {
	store := dbtest.New(t)
	o := ops.New(store, slog.New(slog.DiscardHandler))
	sofie := dbtest.Person(t, store, "sofie", policy.Sales, "noord")
	anna := dbtest.Person(t, store, "anna", policy.Admin, "")
	const drawn = 1600
	pairs := sample.New(7, time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), nil).Pairs(drawn)
	firms := map[string]*db.New{}
	var companies, all []*db.New
	for _, p := range pairs {
		for _, c := range []*db.New{p.A, p.B} {
			c.Owner = sofie.ID
			for _, m := range c.Companies {
				if firms[m.Name.String()] == nil {
					firms[m.Name.String()] = companyOf(c, m)
					companies = append(companies, firms[m.Name.String()])
				}
			}
			all = append(all, c)
		}
	}
	add(t, o, sofie, companies)
	for _, c := range all {
		for i, m := range c.Companies {
			c.Companies[i].Company = firms[m.Name.String()].ID
		}
	}
	add(t, o, sofie, all)
	if err := store.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	done, err := o.RunJob(t.Context(), anna, "duplicates.find", false)
	if err != nil {
		t.Fatal(err)
	}
	if done.Counts["percent"] != 100 {
		t.Errorf("the progress ends at %v", done.Counts)
	}
	page, err := o.ListPairs(t.Context(), sofie, db.PairQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	measure(t, pairs, page.Rows, firms)
}

func companyOf(c *db.New, m db.Membership) *db.New {
	firm := &db.New{Request: ops.NewRequestKey()}
	firm.Kind, firm.Status, firm.Owner, firm.Grounds = policy.Company, c.Status, c.Owner, c.Grounds
	firm.Family = m.Name
	return firm
}

func add(t *testing.T, o *ops.Ops, actor policy.Actor, cs []*db.New) {
	t.Helper()
	if err := o.AddMany(t.Context(), actor, cs, true); err != nil {
		t.Fatal(err)
	}
}

// Floors that the figures may not sink below.
const (
	leastPrecision = 0.95
	leastRecall    = 0.90
)

func measure(t *testing.T, pairs []sample.Pair, found []db.Pair, firms map[string]*db.New) {
	t.Helper()
	type at [2]int64
	hit := map[at]db.Pair{}
	for _, p := range found {
		hit[at{p.A.ID, p.B.ID}] = p
	}
	right, same := map[string]int{}, map[string]int{}
	truly, twins, wrong := 0, 0, 0
	for _, p := range pairs {
		k := at{min(p.A.ID, p.B.ID), max(p.A.ID, p.B.ID)}
		got, ok := hit[k]
		delete(hit, k)
		if p.Same {
			same[p.Kind]++
			twins++
		}
		switch {
		case ok && p.Same:
			right[p.Kind]++
			truly++
		case ok:
			wrong++
			t.Logf("taken for one, %s (%d): %v | %v: %v", p.Kind, got.Score, p.A.Name(), p.B.Name(), got.Why)
		}
	}
	for _, p := range hit {
		wrong++
		t.Logf("taken for one by chance (%d): %v | %v: %v", p.Score, p.A.Name(), p.B.Name(), p.Why)
	}
	for kind, n := range same {
		t.Logf("%-30s %d of %d", kind, right[kind], n)
	}
	precision, recall := float64(truly)/float64(truly+wrong), float64(truly)/float64(twins)
	t.Logf("%d labelled pairs, %d of one customer: precision %.3f, recall %.3f", len(pairs), twins, precision, recall)
	if precision < leastPrecision || recall < leastRecall {
		t.Errorf("precision %.3f (floor %.2f), recall %.3f (floor %.2f)", precision, leastPrecision, recall, leastRecall)
	}
}

// TestAttention_pairs: a pair of two teams is counted for the privacy officer
// alone, one of a team for that team, and neither once it is in other hands.
func TestAttention_pairs(t *testing.T) {
	d := newDesk(t)
	told := func(who policy.Actor) (n any) {
		t.Helper()
		all, err := d.Attention(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range all {
			if a.Opens == "duplicates" {
				n = a.What.Args[0]
			}
		}
		return n
	}
	c := db.Customer{Kind: policy.Person, Status: policy.Client, Grounds: d.customer.Grounds}
	c.Given, c.Family, c.Mails = text.New("Ilse"), text.New("Baert"), []db.Labelled{{Value: text.New("ilse@baert.example")}}
	for _, who := range []policy.Actor{d.sander, d.zuid} {
		d.adds(t, who, c)
	}
	look := func() {
		t.Helper()
		if _, err := d.RunJob(t.Context(), d.anna, "duplicates.find", false); err != nil {
			t.Fatal(err)
		}
	}
	look()
	if told(d.pieter) != 1 || told(d.marit) != nil || told(d.zuid) != nil || told(d.sander) != nil {
		t.Errorf("of two teams: %v %v %v %v", told(d.pieter), told(d.marit), told(d.zuid), told(d.sander))
	}
	dbtest.Exec(t, "update customers set scope = $1 where scope = $2", d.sofie.ID, d.zuid.ID)
	if look(); told(d.pieter) != nil || told(d.marit) != 1 || told(d.sofie) != nil {
		t.Errorf("of one team: %v %v %v", told(d.pieter), told(d.marit), told(d.sofie))
	}
	dbtest.Exec(t, "update customers set scope = $1 where scope = $2", d.zuid.ID, d.sofie.ID)
	if told(d.marit) != nil {
		t.Errorf("who is in other hands counts still: %v", told(d.marit))
	}
	if look(); told(d.pieter) != 1 || told(d.marit) != nil {
		t.Errorf("of two teams again: %v %v", told(d.pieter), told(d.marit))
	}
}
