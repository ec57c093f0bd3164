// Package sample invents a firm's customers: a supplier of kitchens, bathrooms
// and floors in the Netherlands and Belgium. Nobody in it exists; all mail
// addresses are in the reserved domain .example.
package sample

import (
	"iter"
	"math/rand/v2"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Firm draws customers. The same seed and time give the same ones.
type Firm struct {
	*tables
	r    *rand.Rand
	now  time.Time
	tags []int32
	own  []policy.Field // what customers and deals have besides
}

// New readies a firm whose customers were active in the three years before
// now, and carry some of tags.
func New(seed uint64, now time.Time, tags []int32) *Firm {
	return &Firm{newTables(), rand.New(rand.NewPCG(seed, 0)), now, tags, nil}
}

// Case is customers that belong together: a company with its people, or one
// person. Private is a note for the owner's eyes, mostly none.
type Case struct {
	Company *db.New
	People  []*db.New
	Private text.Block
}

// Cases gives exactly n customers, without end if n is negative.
func (f *Firm) Cases(n int) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for n != 0 {
			c := f.next(n)
			n -= c.Size()
			if !yield(c) {
				return
			}
		}
	}
}

// Size is how many customers a case is.
func (c Case) Size() int {
	if c.Company == nil {
		return len(c.People)
	}
	return 1 + len(c.People)
}

func (f *Firm) next(room int) Case {
	at := f.place()
	var c Case
	if f.chance(0.38) {
		c = f.business(at, room)
	} else {
		c.People = []*db.New{f.household(at)}
	}
	if f.chance(0.01) {
		c.Private = text.NewBlock(f.private.draw(f.r))
	}
	return c
}

// Belgium is a quarter of the firm's market. Large towns come first in the
// table and are drawn more often.
func (f *Firm) place() place {
	country := "NL"
	if f.chance(0.25) {
		country = "BE"
	}
	all := f.places[country]
	x := f.r.Float64()
	return all[int(x*x*float64(len(all)))]
}

func (f *Firm) chance(p float64) bool { return f.r.Float64() < p }

func (f *Firm) pick(list ...string) string { return list[f.r.IntN(len(list))] }

// base is what every customer has.
func (f *Firm) base(kind policy.CustomerKind, at place) *db.New {
	c := &db.New{}
	c.Kind, c.Status = kind, f.status()
	c.LastActivity = f.activity(c.Status)
	c.Address = f.address(at)
	c.Language = text.New(map[string]string{"nl": "nl", "fy": "nl", "vl": "nl", "wa": "fr"}[at.people])
	c.Source = text.New(f.pick("website", "showroom", "beurs", "aanbeveling", "telefoon"))
	c.Grounds = []policy.Ground{policy.DefaultGround(policy.ByHand, c.Status)}
	for _, tag := range f.tags {
		if f.chance(0.9 / float64(len(f.tags))) {
			c.Tags = append(c.Tags, tag)
		}
	}
	if f.chance(0.15) {
		c.Note = text.NewBlock(f.notes.draw(f.r))
	}
	for i := range c.Request {
		c.Request[i] = byte(f.r.Uint32())
	}
	return c
}

func (f *Firm) status() policy.Status {
	switch x := f.r.Float64(); {
	case x < 0.25:
		return policy.Lead
	case x < 0.85:
		return policy.Client
	}
	return policy.Former
}

// activity is recent for many and long ago for some; with the former it ended
// more than a year ago.
func (f *Firm) activity(s policy.Status) time.Time {
	const span = 3 * 365 * 24 * time.Hour
	x := f.r.Float64()
	ago := time.Duration(x * x * float64(span))
	if s == policy.Former {
		ago = span/3 + time.Duration(x*float64(span)*2/3)
	}
	return f.now.Add(-ago).Truncate(time.Second)
}
