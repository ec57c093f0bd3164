package db

import (
	"context"
	"time"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Import is one file that was read in: of customers, or of what belongs to them.
type Import struct {
	ID         int64
	Kind       string // what its rows are
	At         time.Time
	Source     text.Line
	Rows       int
	RevertedAt *time.Time
}

type importRow struct {
	ID         int64
	Kind       string
	At         time.Time
	Source     []byte
	Rows       int
	RevertedAt *time.Time
}

const (
	importPlace   = "imports.source"
	insertImport  = `insert into imports (person_id, at, source, file_hash, rows, kind) values ($1, $2, $3, $4, $5, $6) returning id`
	selectImports = `select id, kind, at, source, rows, reverted_at from imports where person_id = $1 order by id desc limit 100`
)

// AddImport notes the file; the same one twice is a Conflict.
func (tx *Tx) AddImport(ctx context.Context, kind string, source text.Line, hash []byte, rows int) (id int64, err error) {
	sealed := tx.store.Keys.Seal(importPlace, 0, []byte(source.String()))
	err = tx.QueryRow(ctx, insertImport, tx.Actor.ID, tx.Now, sealed, hash, rows, kind).Scan(&id)
	return id, err
}

// ListImports are the actor's own, latest first.
func (tx *Tx) ListImports(ctx context.Context) ([]Import, error) {
	return tx.imports(ctx, selectImports, tx.Actor.ID)
}

func (tx *Tx) imports(ctx context.Context, sql string, id any) ([]Import, error) {
	rows, err := collect[importRow](ctx, tx, sql, id)
	if err != nil {
		return nil, err
	}
	out := make([]Import, len(rows))
	for i, r := range rows {
		source, err := tx.store.Keys.Open(importPlace, 0, r.Source)
		if err != nil {
			return nil, err
		}
		out[i] = Import{r.ID, r.Kind, r.At, text.New(string(source)), r.Rows, r.RevertedAt}
	}
	return out, nil
}

// SearchStale leaves the search rows to a rebuild. It waits for one that is
// under way: much was written already, and must not be lost to impatience.
func (tx *Tx) SearchStale(ctx context.Context) error {
	if _, err := tx.Exec(ctx, `set local lock_timeout = '10min'`); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `select search_stale()`)
	return err
}

// keptUp is up to how many customers search is kept up with one by one, if not
// larger than an eighth of all: beyond, rebuilding it is sooner done, but nobody
// can search meanwhile.
const keptUp = 5000

// openTogether is how many customers are opened at once at most, for memory's sake.
const openTogether = 25_000

// KeptUp is that number as search stands now.
func (tx *Tx) KeptUp(ctx context.Context) (n int, err error) {
	err = tx.QueryRow(ctx, `select greatest($1, coalesce(max(rows), 0) / 8) from search_ready`, keptUp).Scan(&n)
	return n, err
}

// RevertImport erases what an import brought and nobody changed since, and
// says how many these were and whether search must be rebuilt.
func (tx *Tx) RevertImport(ctx context.Context, id int64) (gone int, stale bool, err error) {
	if gone, done, err := tx.revertRows(ctx, id); done || err != nil {
		return gone, false, err
	}
	most, err := tx.KeptUp(ctx)
	if err != nil {
		return 0, false, err
	}
	most = min(most, openTogether)
	ids, err := tx.ids(ctx, `select id from customers where import_id = $1 and version = 1 limit $2`, id, most+1)
	if err != nil {
		return 0, false, err
	}
	stale = len(ids) > most
	var rows tokenRows
	if stale {
		err = tx.SearchStale(ctx)
	} else {
		rows, err = tx.tokensToDrop(ctx, ids)
	}
	if err != nil {
		return 0, false, err
	}
	var erased []int64
	if err := tx.QueryRow(ctx, `select revert_import($1)`, id).Scan(&erased); err != nil {
		return 0, false, err
	}
	if erased == nil {
		return 0, false, policy.Errorf(policy.Absent, "There is no import of yours from the last day with this number.")
	}
	tx.About(id)
	tx.entry.Subjects = erased
	return len(erased), stale, tx.deleteTokens(ctx, rows.only(erased))
}

// revertRows takes back an import of other things than customers.
func (tx *Tx) revertRows(ctx context.Context, id int64) (gone int, done bool, err error) {
	var subjects []int64
	if err := tx.QueryRow(ctx, `select gone, subjects from revert_rows($1)`, id).Scan(&gone, &subjects); err != nil {
		return 0, false, err
	}
	tx.About(id)
	tx.Saw(subjects...)
	return gone, gone >= 0, nil
}

func (tx *Tx) tokensToDrop(ctx context.Context, ids []int64) (tokenRows, error) {
	cs, err := tx.getCustomers(ctx, selectWhole, ids)
	if err != nil {
		return tokenRows{}, err
	}
	return tx.tokenRowsOf(ctx, cs)
}

// tokenRowsOf are the search rows of customers as they stand.
func (tx *Tx) tokenRowsOf(ctx context.Context, cs []opened) (rows tokenRows, err error) {
	bounds, err := tx.bounds(ctx)
	if err != nil {
		return rows, err
	}
	for _, c := range cs {
		names := make([]string, len(c.Companies)) // opened with the customer
		for i, m := range c.Companies {
			names[i] = m.Name.String()
		}
		rows.add(c.Customer, bucketOf(bounds, c.Customer), tx.store.tokens(c.Customer, names))
	}
	return rows, nil
}

// only are the rows of some customers.
func (r tokenRows) only(ids []int64) (out tokenRows) {
	keep := map[int64]bool{}
	for _, id := range ids {
		keep[id] = true
	}
	for i, id := range r.ids {
		if keep[id] {
			out.tokens, out.ids = append(out.tokens, r.tokens[i]), append(out.ids, id)
			out.scopes, out.buckets = append(out.scopes, r.scopes[i]), append(out.buckets, r.buckets[i])
		}
	}
	return out
}

type tokenOwner struct {
	Token      int64
	CustomerID int64
}

// CompanyKey makes spellings of one company's name equal; "" for no name.
func CompanyKey(name text.Line) string { return seal.Fold(name.String()) }

// FindCompany is the visible company of that name and owner, 0 for none.
func (tx *Tx) FindCompany(ctx context.Context, name text.Line, owner int32) (id int64, err error) {
	token := tx.store.Keys.Twin(companySpace, CompanyKey(name))
	ids, err := tx.ids(ctx, `select customer_id from search_tokens where token = $1 and scope = $2 order by customer_id limit 1`, token, owner)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}
