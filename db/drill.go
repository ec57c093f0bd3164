package db

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// Drill is a rehearsal: somebody by chance was answered and erased, and that was
// taken back.
type Drill struct {
	ID       int64
	At       time.Time
	PersonID int32
	Answer   time.Duration // gathering, writing and reading back the answer
	Erasure  time.Duration
	Entries  int
	Columns  int      // in which whom a row is about was looked for
	Wrong    []string // what was not complete, by name of a column or a check
}

const (
	listDrillsSQL  = `select id, at, person_id, answer, erasure, entries, columns, wrong from drills order by at desc, id desc limit $1`
	insertDrillSQL = `insert into drills (person_id, answer, erasure, entries, columns, wrong) values ($1, $2, $3, $4, $5, $6) returning id, at`
	randomSQL      = `select id from customers where id >= (select min(id) + floor(random() * (max(id) - min(id) + 1))::bigint from customers) order by id limit 1`
	rowsAboutSQL   = `select col, n from rows_about($1) order by col`
)

// ListDrills gives the latest first.
func (tx *Tx) ListDrills(ctx context.Context, most int) ([]Drill, error) {
	return collect[Drill](ctx, tx, listDrillsSQL, most)
}

// AddDrill keeps one.
func (tx *Tx) AddDrill(ctx context.Context, d Drill) (Drill, error) {
	d.PersonID = tx.Actor.ID
	err := tx.QueryRow(ctx, insertDrillSQL, d.PersonID, d.Answer, d.Erasure, d.Entries, d.Columns, orEmpty(d.Wrong)).Scan(&d.ID, &d.At)
	return d, err
}

// RandomCustomer is one by chance among those whom the actor may see.
func (tx *Tx) RandomCustomer(ctx context.Context) (id int64, err error) {
	err = tx.QueryRow(ctx, randomSQL).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = policy.Errorf(policy.Conflict, "There are no customers yet, so there is nobody to rehearse with.")
	}
	return id, err
}

// Rehearse runs fn and takes back all that it did, in the database and in what
// the log will say. Locks that fn took are let go.
func (tx *Tx) Rehearse(ctx context.Context, fn func() error) error {
	entry := tx.entry
	entry.Subjects, entry.Fields = slices.Clone(entry.Subjects), slices.Clone(entry.Fields)
	if _, err := tx.Exec(ctx, "savepoint rehearsal"); err != nil {
		return err
	}
	err := fn()
	tx.entry = entry
	if _, back := tx.Exec(ctx, "rollback to savepoint rehearsal"); back != nil {
		return fmt.Errorf("take the rehearsal back: %w", back)
	}
	return err
}

// afterErasure are columns in which the number stays: it tells that there was
// one, and under it nothing can be opened any more.
var afterErasure = []string{
	"requests.subject_id", "request_steps.subject_id", "request_systems.subject_id",
	"erasures.subject_id", "erasure_recipients.subject_id", "suppressions.subject_id",
}

// LeftOf says what of a customer is left after an erasure, by name of a column or
// a check; the caller holds the customer as it was.
func (tx *Tx) LeftOf(ctx context.Context, was Customer) (left []string, err error) {
	rows, err := collect[struct {
		Col string
		N   *int64
	}](ctx, tx, rowsAboutSQL, was.ID)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, errors.New("the drill sees no table")
	}
	for _, r := range rows {
		if r.N == nil || *r.N > 0 && !slices.Contains(afterErasure, r.Col) {
			left = append(left, r.Col)
		}
	}
	for _, check := range []func(context.Context, Customer) (string, error){tx.recordLeft, tx.requestsLeft, tx.searchLeft} {
		found, err := check(ctx, was)
		if err != nil {
			return nil, err
		}
		if found != "" {
			left = append(left, found)
		}
	}
	return left, nil
}

func (tx *Tx) recordLeft(ctx context.Context, was Customer) (string, error) {
	_, err := tx.GetCustomer(ctx, was.ID)
	switch {
	case err == nil:
		return "customers", nil
	case policy.KindOf(kinded(err)) == policy.Absent:
		return "", nil
	}
	return "", err
}

func (tx *Tx) requestsLeft(ctx context.Context, was Customer) (string, error) {
	all, err := tx.RequestsAbout(ctx, was.ID)
	for _, r := range all {
		steps, systems, err := tx.RequestTrail(ctx, r)
		if err != nil {
			return "", err
		}
		readable := !r.Erased || !r.From.IsZero() || !r.Asks.IsZero()
		for _, s := range steps {
			readable = readable || s.StepBody != StepBody{}
		}
		for _, s := range systems {
			readable = readable || s.SystemBody != SystemBody{}
		}
		if readable {
			return "requests", nil
		}
	}
	return "", err
}

// searchLeft looks only at the place where search would have them: many may share
// the first letters of a name.
func (tx *Tx) searchLeft(ctx context.Context, was Customer) (string, error) {
	bounds, err := tx.bounds(ctx)
	if err != nil {
		return "", err
	}
	before := candidate{Bucket: bucketOf(bounds, was), CustomerID: was.ID - 1}
	next, err := tx.candidates(ctx, filter{tokens: tx.store.queryTokens(Query{Text: was.Name().String()})}, before, 1)
	if err == nil && len(next) > 0 && next[0].CustomerID == was.ID {
		return "search", nil
	}
	return "", err
}
