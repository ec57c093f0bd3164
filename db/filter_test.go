package db_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
	"balie/policy/text"
)

// asked is a condition, and what it says in plain Go.
type asked struct {
	expr string
	says func(db.Customer) bool
}

var filterCities = []string{"Gent", "'s-Hertogenbosch", "Den Haag", "Ürdorf", ""}

// filterWorld is a few hundred customers of all sorts, opened whole.
type filterWorld struct {
	*rand.Rand
	store *db.Store
	marit policy.Actor
	tags  []int32
	all   []db.Customer
	zone  *time.Location
}

func newFilterWorld(t *testing.T) *filterWorld {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	w := &filterWorld{Rand: rand.New(rand.NewPCG(11, 22)), store: searchable(t), zone: zone}
	sander := dbtest.Person(t, w.store, "sander", policy.Sales, "noord")
	w.marit = dbtest.Person(t, w.store, "marit", policy.Manager, "noord")
	as(t, w.store, w.marit, func(ctx context.Context, tx *db.Tx) error {
		for _, name := range []string{"vip", "nl", "Beurs 2026"} {
			id, err := tx.AddTag(ctx, name)
			if err != nil {
				return err
			}
			w.tags = append(w.tags, id)
		}
		return nil
	})
	for _, a := range []policy.Actor{sander, w.marit} {
		var some []*db.New
		for range 120 {
			some = append(some, w.draw(a.ID))
		}
		add(t, w.store, a, some...)
	}
	// Times of the last two years, also at the hours around midnight in which
	// the day on the wall isn't that in UTC.
	dbtest.Exec(t, `update customers set created_at = date_trunc('day', now()) - (id * 7919 % 700) * interval '1 day' + (id % 5 - 2) * interval '1 hour',
		last_activity = date_trunc('day', now()) - (id * 104729 % 500) * interval '1 day' + (id % 7 - 3) * interval '1 hour', restricted = id % 9 = 0`)
	var ids []int64
	for id := int64(1); id <= 400; id++ {
		ids = append(ids, id)
	}
	as(t, w.store, w.marit, func(ctx context.Context, tx *db.Tx) (err error) {
		w.all, err = tx.ExportCustomers(ctx, ids)
		return err
	})
	if len(w.all) != 240 {
		t.Fatalf("%d customers", len(w.all))
	}
	return w
}

func pick[T any](r *rand.Rand, all []T) T { return all[r.IntN(len(all))] }

func (w *filterWorld) draw(owner int32) *db.New {
	c := person(owner, pick(w.Rand, []string{"Jan", "Anaïs", "Zoë"}), "", pick(w.Rand, []string{"Jansen", "O'Neill", "Bakker"}))
	c.Kind, c.Status = policy.CustomerKind(1+w.IntN(2)), pick(w.Rand, policy.Statuses)
	c.Address.City, c.Address.Country = line(pick(w.Rand, filterCities)), line(pick(w.Rand, []string{"NL", "BE", ""}))
	c.Language, c.Source = line(pick(w.Rand, []string{"nl", "fr", ""})), line(pick(w.Rand, []string{"Fair, hall 3", "website"}))
	for range w.IntN(3) {
		c.Mails = append(c.Mails, db.Labelled{Value: line(fmt.Sprintf("m%d@example.%s", w.IntN(50), pick(w.Rand, []string{"nl", "be"})))})
	}
	if w.IntN(2) == 0 {
		c.Phones = []db.Labelled{{Value: line(fmt.Sprintf("+3161234%04d", w.IntN(9999)))}}
	}
	for _, t := range w.tags {
		if w.IntN(3) == 0 {
			c.Tags = append(c.Tags, t)
		}
	}
	if w.IntN(3) == 0 {
		c.Grounds = []policy.Ground{{Purpose: policy.Marketing, Basis: policy.Consent}, {Purpose: policy.Relationship, Basis: policy.Interest}}
	}
	return c
}

// ask draws a condition.
func (w *filterWorld) ask() asked {
	now := time.Now().In(w.zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, w.zone)
	s, city, tag := pick(w.Rand, policy.Statuses), pick(w.Rand, filterCities), w.IntN(3)
	n := 1 + w.IntN(300)
	back, on := today.AddDate(0, 0, -n), today.AddDate(0, 0, -n+1)
	quarter := time.Date(now.Year(), now.Month()-(now.Month()-1)%3, 1, 0, 0, 0, 0, w.zone)
	low, high := int64(w.IntN(200)), int64(100+w.IntN(200))
	is := func(expr string, says func(db.Customer) bool) asked { return asked{expr, says} }
	all := []asked{
		is("status="+s.String(), func(c db.Customer) bool { return c.Status == s }),
		is("status!="+s.String(), func(c db.Customer) bool { return c.Status != s }),
		is("status=lead,former", func(c db.Customer) bool { return c.Status != policy.Client }),
		is("soort=bedrijf", func(c db.Customer) bool { return c.Kind == policy.Company }),
		is("owner=sander", func(c db.Customer) bool { return c.Owner != w.marit.ID }),
		is("owner!=ik", func(c db.Customer) bool { return c.Owner != w.marit.ID }),
		is("tag="+[]string{"vip", "NL", `"beurs 2026"`}[tag], func(c db.Customer) bool { return slices.Contains(c.Tags, w.tags[tag]) }),
		is("tag!=vip,nl", func(c db.Customer) bool {
			return !slices.Contains(c.Tags, w.tags[0]) && !slices.Contains(c.Tags, w.tags[1])
		}),
		is("tag=leeg", func(c db.Customer) bool { return len(c.Tags) == 0 }),
		is("basis=toestemming", func(c db.Customer) bool { return len(c.Grounds) == 2 }),
		is("purpose!=marketing", func(c db.Customer) bool { return len(c.Grounds) == 1 }),
		is(fmt.Sprintf("activity<%dd", n), func(c db.Customer) bool {
			return !c.LastActivity.Before(back) && c.LastActivity.Before(today.AddDate(0, 0, 1))
		}),
		is(fmt.Sprintf("activity>%dd", n), func(c db.Customer) bool { return c.LastActivity.Before(back) }),
		is(fmt.Sprintf("created!=%dd..", n), func(c db.Customer) bool { return c.CreatedAt.Before(back) }),
		is("created="+back.Format(time.DateOnly), func(c db.Customer) bool { return !c.CreatedAt.Before(back) && c.CreatedAt.Before(on) }),
		is("created<=dit-kwartaal created>=this-quarter", func(c db.Customer) bool { return !c.CreatedAt.Before(quarter) }),
		is("restricted=yes", func(c db.Customer) bool { return c.Restricted }),
		is("import=empty", func(db.Customer) bool { return true }),
		is("import>0", func(db.Customer) bool { return false }),
		is(fmt.Sprintf("id=%d..%d,7", low, high), func(c db.Customer) bool { return c.ID >= low && c.ID <= high || c.ID == 7 }),
		is("mail=yes", func(c db.Customer) bool { return len(c.Mails) > 0 }),
		is("phone=no", func(c db.Customer) bool { return len(c.Phones) == 0 }),
		is("mail~.be", func(c db.Customer) bool {
			return slices.ContainsFunc(c.Mails, func(m db.Labelled) bool { return strings.HasSuffix(m.Value.String(), ".be") })
		}),
		is("city!=empty", func(c db.Customer) bool { return !c.Address.City.IsZero() }),
		is("land=nl", func(c db.Customer) bool { return c.Address.Country == text.New("NL") }),
		is("source!~FAIR", func(c db.Customer) bool { return c.Source.String() == "website" }),
		is(`bron="fair, hall 3"`, func(c db.Customer) bool { return c.Source.String() != "website" }),
		is("name~anais", func(c db.Customer) bool { return c.Given.String() == "Anaïs" }),
	}
	if city != "" {
		all = append(all, is(`plaats="`+strings.ToUpper(city)+`"`, func(c db.Customer) bool { return c.Address.City.String() == city }))
	}
	return pick(w.Rand, all)
}

// Pages of a filter hold what one finds by looking at each customer, in each
// order, however little a page looks through.
func TestFilter(t *testing.T) {
	w := newFilterWorld(t)
	rebuild(t, w.store) // so that there are several buckets
	db.LookThrough(t, 80, 80)
	hits, pages := 0, 0
	for i := range 45 {
		one, two := w.ask(), w.ask()
		q := db.Query{Where: one.expr + " " + two.expr, Sort: pick(w.Rand, db.Sorts), Limit: 20}
		var want, got []int64
		for _, c := range w.all {
			if one.says(c) && two.says(c) {
				want = append(want, c.ID)
			}
		}
		as(t, w.store, w.marit, func(ctx context.Context, tx *db.Tx) error {
			n, err := tx.CountCustomers(ctx, q)
			if n != len(want) {
				t.Errorf("%s: counted %d, want %d", q.Where, n, len(want))
			}
			for more := true; more && err == nil; pages++ {
				var page db.Page
				page, err = tx.FindCustomers(ctx, q)
				for _, r := range page.Rows {
					got = append(got, r.ID)
				}
				if q.Sort == db.ByActivity && !q.Whole && page.Looked > 80 {
					t.Errorf("%s: a page looked through %d", q.Where, page.Looked)
				}
				q.After, more = page.Next, page.More
				q.Whole = i%4 == 0
			}
			return err
		})
		slices.Sort(got)
		if hits += len(want); !slices.Equal(got, want) {
			t.Errorf("%s, by %s: found %v, want %v", q.Where, q.Sort, got, want)
		}
	}
	if hits < 500 || pages < 80 {
		t.Errorf("only %d hits on %d pages: the test is blunt", hits, pages)
	}
}

// A name that nobody has is told: to leave it out would show too much.
func TestFilter_Unknown(t *testing.T) {
	store := dbtest.New(t)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	for _, where := range []string{"tag=vipp", "owner=nobody", "colour=red"} {
		err := store.As(t.Context(), sander, policy.CustomerList, func(tx *db.Tx) error {
			_, err := tx.FindCustomers(t.Context(), db.Query{Where: where})
			return err
		})
		if policy.KindOf(err) != policy.Invalid {
			t.Errorf("%s: %v", where, err)
		}
	}
}
