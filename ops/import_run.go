package ops

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// importBatch is how many rows are written at a time.
const importBatch = 2500

// importRun is one import under way, inside its transaction.
type importRun struct {
	ops      *Ops
	actor    policy.Actor
	file     *Spool
	in       Import
	preview  Preview
	progress func(done, total int)
	names    names
	tags     map[string]int32
	owners   map[string]int32
	deferred bool

	tx         *db.Tx
	report     *Report
	companies  map[string]int64 // by folded name
	seen       db.Matched       // earlier rows
	numbers    chan []int64     // for the rows of a batch each
	unnumbered int              // rows for which none are reserved yet
	requests   requests
	own        ownFields // that the file fills in
	guard      *rowGuard // of who reads the rows
}

// requests are the request keys of an import, one after the other: in their
// index, which each row is put in, they share a few pages.
type requests struct {
	first RequestKey
	n     atomic.Uint64
}

func (r *requests) next() RequestKey {
	k := r.first
	binary.BigEndian.PutUint64(k[8:], r.n.Add(1))
	return k
}

// pending is a row that is about to be written.
type pending struct {
	*db.New
	line    int
	company text.Line
	at      string // the company's number elsewhere
	role    text.Line
	match   db.RowToMatch // unless twins are to be added
}

func newImportRun(o *Ops, actor policy.Actor, file *Spool, in Import, p Preview, n names, progress func(int, int)) *importRun {
	run := &importRun{
		ops: o, actor: actor, file: file, in: in, preview: p, progress: progress,
		names: n, tags: map[string]int32{}, owners: map[string]int32{},
		companies: map[string]int64{}, seen: db.NewMatched(),
		numbers: make(chan []int64, sealedAhead), unnumbered: p.Rows,
		report: &Report{Rows: p.Rows, Unmapped: p.Mapping.Unmapped(), Mapping: p.Mapping.String(), DryRun: in.DryRun, bad: map[int]policy.Message{}},
	}
	run.requests.first = NewRequestKey()
	if in.DryRun || p.Rows == 0 {
		run.unnumbered = 0
		close(run.numbers)
	}
	for id, name := range n.tags {
		run.tags[strings.ToLower(name)] = id
	}
	for id, login := range n.logins {
		run.owners[login] = id
	}
	return run
}

func (r *importRun) all(ctx context.Context, tx *db.Tx) (err error) {
	r.tx = tx
	r.report.ID, err = tx.AddImport(ctx, string(cmp.Or(r.in.Rows, ContactRows)), r.in.Source, fileHash(r.file, r.preview.Mapping), r.preview.Rows)
	if err != nil {
		return err
	}
	if err := guard(ctx, tx, []policy.Said{said("source", r.in.Source)}, nil); err != nil {
		return err
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	most, err := tx.KeptUp(ctx)
	if err != nil {
		return err
	}
	r.deferred = r.preview.Rows > most
	rows, err := r.file.Open(r.ops.Limits)
	if err != nil {
		return err
	}
	if err := r.read(ctx, rows); err != nil {
		return err
	}
	tx.About(r.report.ID, "source", "grounds")
	r.report.Warnings = r.guard.rows
	r.guard.record(tx)
	if r.in.DryRun {
		r.report.ID = 0
		return errDry
	}
	if r.deferred = r.deferred && r.report.Created > 0; r.deferred {
		return tx.SearchStale(ctx)
	}
	return nil
}

// begin reads the own fields once more, if the file fills in some: none of them
// can be dropped until the import has ended.
func (r *importRun) begin(ctx context.Context) error {
	if !ownFieldsOf(r.names.fields, r.actor.Role).mapped(r.preview.Mapping) {
		return nil
	}
	fields, err := r.tx.FieldsToFill(ctx)
	r.own = ownFieldsOf(fields, r.actor.Role)
	return err
}

// sealedAhead is how many batches may have been read and sealed, at most, while
// one is written.
const sealedAhead = 2

// number reserves the numbers of one more batch, whose rows are sealed for them.
func (r *importRun) number(ctx context.Context) error {
	if r.unnumbered == 0 {
		return nil
	}
	ids, err := r.tx.Numbers(ctx, min(r.unnumbered, importBatch))
	if err != nil {
		return err
	}
	r.numbers <- ids // there is room: each batch that came out took its own
	if r.unnumbered -= len(ids); r.unnumbered == 0 {
		close(r.numbers)
	}
	return nil
}

// read sifts and seals rows on one core while the ones before are written on
// another.
func (r *importRun) read(ctx context.Context, rows *sheet.Reader) error {
	for range sealedAhead {
		if err := r.number(ctx); err != nil {
			return err
		}
	}
	sifting, stop := context.WithCancel(ctx)
	defer stop()
	var group errgroup.Group
	out := make(chan *sifted, 2)
	group.Go(db.Safely(func() error {
		defer close(out)
		return r.sift(sifting, rows, out)
	}))
	if err := r.write(ctx, out); err != nil {
		stop()
		_ = group.Wait() // only says that it was stopped
		return err
	}
	return group.Wait()
}

// write writes what was sifted. What the reader could not read ends the channel
// and is its error to tell.
func (r *importRun) write(ctx context.Context, in <-chan *sifted) error {
	done := 0
	for s := range in {
		for _, f := range s.refused {
			r.refuse(f)
		}
		r.learn(s.unknown)
		if err := r.number(ctx); err != nil {
			return err
		}
		if err := r.flush(ctx, s.batch); err != nil {
			return err
		}
		done += s.rows
		r.progress(done, r.preview.Rows)
	}
	return nil
}

func (r *importRun) learn(unknown []string) {
	for _, name := range unknown {
		if len(r.report.Unknown) < maxUnknown && !slices.Contains(r.report.Unknown, name) {
			r.report.Unknown = append(r.report.Unknown, name)
		}
	}
}

func messageOf(err error) policy.Message {
	if e, ok := errors.AsType[*policy.Error](err); ok {
		return e.Msg
	}
	return policy.Message{Key: "Something went wrong; it was logged."}
}

func (r *importRun) refuse(f Fate) {
	r.report.Refused++
	r.report.bad[f.Line] = f.Reason
	r.fate(f)
}

func (r *importRun) fate(f Fate) {
	if len(r.report.Fates) < maxFates {
		r.report.Fates = append(r.report.Fates, f)
	}
}

// flush writes some rows: first the companies, then the people who belong to
// them.
func (r *importRun) flush(ctx context.Context, batch []*pending) (err error) {
	if batch, err = r.withoutSuppressed(ctx, batch); err != nil {
		return err
	}
	if r.in.Twins != AddTwins {
		if batch, err = r.withoutDuplicates(ctx, batch); err != nil {
			return err
		}
	}
	companies, people := split(batch)
	if err := r.keep(ctx, companies); err != nil {
		return err
	}
	for _, c := range companies {
		r.companies[db.CompanyKey(c.Family)] = c.ID
		if id := c.Elsewhere.String(); id != "" {
			r.companies[id] = c.ID
		}
	}
	if err := r.link(ctx, people); err != nil {
		return err
	}
	return r.keep(ctx, people)
}

// split takes companies apart, since people may belong to one of the same file.
func split(batch []*pending) (companies, people []*pending) {
	for _, p := range batch {
		if p.Kind == policy.Company {
			companies = append(companies, p)
		} else {
			people = append(people, p)
		}
	}
	return companies, people
}

func (r *importRun) keep(ctx context.Context, batch []*pending) error {
	news := make([]*db.New, len(batch))
	for i, p := range batch {
		news[i] = p.New
		r.report.Created++
		r.fate(Fate{Line: p.line, Outcome: Created, Name: p.Name()})
	}
	return r.add(ctx, news)
}

func (r *importRun) add(ctx context.Context, news []*db.New) error {
	if r.in.DryRun {
		for i, n := range news {
			n.ID = int64(-1 - i) // stands for one that would be made
		}
		return nil
	}
	return r.tx.AddCustomers(ctx, news, r.deferred)
}

// withoutSuppressed refuses rows of people who were erased and are not to come
// back by a list.
func (r *importRun) withoutSuppressed(ctx context.Context, batch []*pending) (kept []*pending, err error) {
	cs := make([]db.Customer, len(batch))
	for i, p := range batch {
		cs[i] = p.Customer
	}
	found, err := r.tx.Suppressed(ctx, cs)
	for i, p := range batch {
		if m := found[i]; m != nil {
			r.refuse(Fate{p.line, Refused, p.Name(), m.Sort.Suppressed().Msg})
			continue
		}
		p.Vetted = true
		kept = append(kept, p)
	}
	return kept, err
}

// link joins contacts to their companies, making those that are new.
func (r *importRun) link(ctx context.Context, batch []*pending) error {
	var fresh []*db.New
	at := map[string]*db.New{}
	if err := r.knownElsewhere(ctx, batch); err != nil {
		return err
	}
	for _, p := range batch {
		key := db.CompanyKey(p.company)
		if r.companies[p.at] != 0 {
			continue
		}
		if key == "" || at[key] != nil || r.companies[key] != 0 {
			continue
		}
		id, err := r.tx.FindCompany(ctx, p.company, p.Owner)
		if err != nil {
			return err
		}
		if r.companies[key] = id; id == 0 {
			at[key] = r.company(p)
			fresh = append(fresh, at[key])
		}
	}
	if err := r.add(ctx, fresh); err != nil {
		return err
	}
	r.report.Companies += len(fresh)
	for key, c := range at {
		r.companies[key] = c.ID
	}
	for _, p := range batch {
		if id := cmp.Or(r.companies[p.at], r.companies[db.CompanyKey(p.company)]); id != 0 {
			p.Companies = []db.Membership{{Company: id, Name: p.company, Main: true, Role: p.role}}
		}
	}
	return nil
}

// knownElsewhere finds companies by their numbers in the system that the file is
// from: names are written in many ways.
func (r *importRun) knownElsewhere(ctx context.Context, batch []*pending) error {
	var ask []db.Exact
	for _, p := range batch {
		if p.at != "" && r.companies[p.at] == 0 {
			ask = append(ask, db.ExactElsewhere(p.at))
		}
	}
	if len(ask) == 0 {
		return nil
	}
	found, err := r.tx.FindExact(ctx, ask)
	for _, p := range batch {
		if ids := found[db.ExactElsewhere(p.at)]; len(ids) == 1 {
			r.companies[p.at] = ids[0]
		}
	}
	return err
}

// company is a new one, on the same ground and of the same owner as the row
// that names it.
func (r *importRun) company(p *pending) *db.New {
	c := db.Customer{
		Kind: policy.Company, Owner: p.Owner, Status: p.Status, Import: r.report.ID,
		Head: db.Head{Family: p.company}, Body: db.Body{Source: r.in.Source}, Grounds: p.Grounds,
	}
	return &db.New{Customer: c, Request: r.requests.next()}
}
