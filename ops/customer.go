package ops

import (
	"context"
	"crypto/rand"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// RequestKey makes a repeated or half-known commit be applied once: the caller
// keeps it from the first try to the last.
type RequestKey [16]byte

// NewRequestKey makes one, for one thing that a person means to do.
func NewRequestKey() RequestKey {
	var k RequestKey
	rand.Read(k[:])
	return k
}

// LookAtRows gives those of a list's customers that the actor still sees, as they
// are now, in no order.
func (o *Ops) LookAtRows(ctx context.Context, actor policy.Actor, ids []int64) (rows []db.Row, err error) {
	err = o.act(ctx, actor, policy.CustomerList, policy.Resource{}, func(tx *db.Tx) error {
		rows, err = tx.ListRows(ctx, ids)
		return err
	})
	return rows, err
}

// FindCustomers is a page of a list: those of the query that the actor may see.
func (o *Ops) FindCustomers(ctx context.Context, actor policy.Actor, q db.Query) (page db.Page, err error) {
	err = o.act(ctx, actor, policy.CustomerList, policy.Resource{}, func(tx *db.Tx) error {
		page, err = tx.FindCustomers(ctx, q)
		return err
	})
	return page, err
}

// GetCustomer opens one customer.
func (o *Ops) GetCustomer(ctx context.Context, actor policy.Actor, id int64) (c db.Customer, err error) {
	err = o.act(ctx, actor, policy.CustomerView, policy.Resource{}, func(tx *db.Tx) error {
		c, err = tx.GetCustomer(ctx, id)
		return err
	})
	return c, err
}

// Sight is all that the detail screen shows of one customer.
type Sight struct {
	db.Customer
	Notes    []db.Note
	Contacts []db.Row // of a company
	Invoices []db.Settlement

	Activities []db.Activity
	Tasks      []db.Task // open
	Done       []db.Task
	Deals      []db.Deal // open ones, and those closed lately
	Pipes      []db.Pipeline
	Stay       Stay           // when it leaves
	Fields     []policy.Field // the organisation's own
}

// ViewCustomer opens a customer with what hangs on it, as one view in the log.
func (o *Ops) ViewCustomer(ctx context.Context, actor policy.Actor, id int64) (s Sight, err error) {
	err = o.act(ctx, actor, policy.CustomerView, policy.Resource{}, func(tx *db.Tx) error {
		var terms db.LeavingTerms
		err := tx.Together(ctx, tx.CustomerOf(id, &s.Customer), tx.NotesOf(id, &s.Notes), tx.ActivitiesOf(id, &s.Activities),
			tx.TasksOf(id, &s.Tasks, &s.Done), tx.DealsOf(id, &s.Deals), tx.SettlementsOf(id, &s.Invoices), tx.LeavingOf(id, &terms))
		if err != nil {
			return err
		}
		s.Stay = leaving(terms, tx.Now)
		if s.Fields, err = tx.ListFields(ctx); err != nil { // read with the customer
			return err
		}
		return tx.Together(ctx, s.rest(tx)...)
	})
	return s, err
}

// rest is what some customers have: the stages of their deals, the people of a
// company.
func (s *Sight) rest(tx *db.Tx) (reads []db.Read) {
	if len(s.Deals) > 0 {
		reads = append(reads, tx.Pipelines(&s.Pipes))
	}
	if s.Kind == policy.Company {
		reads = append(reads, tx.ContactsOf(s.ID, &s.Contacts))
	}
	return reads
}

// CreateCustomer adds a person or company, owned by the actor unless it says
// otherwise, and gives it back with its id.
func (o *Ops) CreateCustomer(ctx context.Context, actor policy.Actor, c db.Customer, request RequestKey) (db.Customer, error) {
	if c.Owner == 0 {
		c.Owner = actor.ID
	}
	if err := CheckCustomer(&c, o.Country); err != nil {
		return c, err
	}
	added := &db.New{Customer: c, Request: request}
	err := o.act(ctx, actor, policy.CustomerCreate, policy.Resource{}, func(tx *db.Tx) error {
		if err := checkGroundsNow(ctx, tx, nil, c.Grounds); err != nil {
			return onField(err, "grounds")
		}
		if err := guard(ctx, tx, saidOfCustomer(c), nil); err != nil {
			return err
		}
		err := tx.AddCustomers(ctx, []*db.New{added}, false)
		tx.About(added.ID)
		return err
	})
	if err != nil {
		if found, done := o.created(ctx, actor, request); done {
			return found, nil
		}
	}
	return added.Customer, err
}

// created finds what an earlier try with the same request made.
func (o *Ops) created(ctx context.Context, actor policy.Actor, request RequestKey) (c db.Customer, ok bool) {
	err := o.act(ctx, actor, policy.CustomerView, policy.Resource{}, func(tx *db.Tx) (err error) {
		c, err = tx.GetCreated(ctx, request)
		return err
	})
	return c, err == nil
}

// UpdateCustomer changes one customer. When somebody else did so since it was
// read, the error is a Conflict from which db.AsStale gives both versions.
func (o *Ops) UpdateCustomer(ctx context.Context, actor policy.Actor, c db.Customer, request RequestKey) (after db.Customer, err error) {
	if err := CheckCustomer(&c, o.Country); err != nil {
		return c, err
	}
	err = o.act(ctx, actor, policy.CustomerUpdate, policy.Resource{}, func(tx *db.Tx) error {
		before, err := tx.ListStandings(ctx, []int64{c.ID})
		if err != nil {
			return err
		}
		if err := checkGroundsNow(ctx, tx, before[c.ID].Grounds, c.Grounds); err != nil {
			return onField(err, "grounds")
		}
		was := func() (db.Customer, error) { return tx.GetForUpdate(ctx, c.ID) }
		if err := guard(ctx, tx, saidOfCustomer(c), formerly(was, saidOfCustomer)); err != nil {
			return err
		}
		after, err = tx.UpdateCustomer(ctx, db.Update{Customer: c, Request: request, Act: policy.CustomerUpdate})
		return err
	})
	return after, err
}

// HandOver gives customers to a colleague, and says which of them moved.
func (o *Ops) HandOver(ctx context.Context, actor policy.Actor, ids []int64, to int32) (moved []int64, err error) {
	if len(ids) == 0 || len(ids) > maxBulk {
		return nil, policy.Errorf(policy.Invalid, "Choose between 1 and %d customers.", maxBulk)
	}
	err = o.act(ctx, actor, policy.CustomerHandOver, policy.Resource{}, func(tx *db.Tx) error {
		moved, err = tx.HandOver(ctx, ids, to)
		return err
	})
	return moved, err
}

// maxBulk is how many customers one act takes at a time.
const maxBulk = 5000

// Retag adds a tag to customers or removes it, and gives those that changed.
func (o *Ops) Retag(ctx context.Context, actor policy.Actor, ids []int64, tag int32, on bool) (changed []int64, err error) {
	if len(ids) == 0 || len(ids) > maxBulk {
		return nil, policy.Errorf(policy.Invalid, "Choose between 1 and %d customers.", maxBulk)
	}
	err = o.act(ctx, actor, policy.CustomerUpdate, policy.Resource{}, func(tx *db.Tx) error {
		may, err := touchable(ctx, tx, ids)
		if err == nil {
			changed, err = tx.Retag(ctx, may, tag, on)
		}
		return err
	})
	return changed, err
}

// CustomerHistory is what changed about a customer, latest first.
func (o *Ops) CustomerHistory(ctx context.Context, actor policy.Actor, id int64) (past []db.Past, err error) {
	err = o.act(ctx, actor, policy.CustomerView, policy.Resource{}, func(tx *db.Tx) error {
		past, err = tx.ListHistory(ctx, id)
		return err
	})
	return past, err
}

// Duplicates are customers that the actor may see that look like c. Of others
// nothing is said: the job that looks for them tells those who may see both.
func (o *Ops) Duplicates(ctx context.Context, actor policy.Actor, c db.Customer) (twins []db.Twin, err error) {
	_ = CheckCustomer(&c, o.Country) // brings numbers into the form in which they are kept
	err = o.act(ctx, actor, policy.CustomerList, policy.Resource{}, func(tx *db.Tx) error {
		twins, err = tx.Duplicates(ctx, c)
		return err
	})
	return twins, err
}

// ListNotes are the notes on a customer that the actor may read.
func (o *Ops) ListNotes(ctx context.Context, actor policy.Actor, customer int64) (notes []db.Note, err error) {
	err = o.act(ctx, actor, policy.NoteView, policy.Resource{}, func(tx *db.Tx) error {
		notes, err = tx.ListNotes(ctx, customer)
		return err
	})
	return notes, err
}

// maxNote is the length of a note in characters.
const maxNote = 20_000

// AddNote writes a note about a customer.
func (o *Ops) AddNote(ctx context.Context, actor policy.Actor, customer int64, body text.Block, private bool, request RequestKey) (n db.Note, err error) {
	if body.IsZero() {
		return n, policy.Errorf(policy.Invalid, "The note is empty: write something first.").On("note")
	}
	if len(body.String()) > maxNote {
		return n, policy.Errorf(policy.Invalid, "The note is too long: keep it under %d characters.", maxNote).On("note")
	}
	err = o.act(ctx, actor, policy.NoteCreate, policy.Resource{}, func(tx *db.Tx) error {
		if err := guard(ctx, tx, []policy.Said{said("note", body)}, nil); err != nil {
			return err
		}
		n, err = tx.AddNote(ctx, db.Note{Customer: customer, Text: body, Private: private}, request)
		return err
	})
	return n, err
}

// CustomerCounts are what an auditor may know of customers.
func (o *Ops) CustomerCounts(ctx context.Context, actor policy.Actor) (counts []db.Count, err error) {
	err = o.act(ctx, actor, policy.CustomerCount, policy.Resource{}, func(tx *db.Tx) error {
		counts, err = tx.CustomerCounts(ctx)
		return err
	})
	return counts, err
}

// act asks policy and then goes through the door. What policy refuses is logged
// like what row security refuses.
func (o *Ops) act(ctx context.Context, actor policy.Actor, act policy.Act, res policy.Resource, fn func(*db.Tx) error) error {
	return o.Store.As(ctx, actor, act, func(tx *db.Tx) error {
		if err := policy.Can(actor, act, res); err != nil {
			return err
		}
		if !actor.Again {
			o.Hub.did(actor.Session, act)
		}
		return fn(tx)
	})
}
