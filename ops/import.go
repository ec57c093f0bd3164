package ops

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"time"

	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// Import says what a file of customers is and on what its rows will stand.
// Source and ground have no default: art. 14(2)(f) and 6(1) GDPR.
type Import struct {
	Rows    Rows
	Source  text.Line
	Ground  policy.Ground
	Status  policy.Status // for rows that don't say; Lead if zero
	Mapping string        // corrections of what was recognised: "Column=field,…"
	DryRun  bool
	Twins   TwinRows // what becomes of rows that look like customers who are there already
	// Despite is why rows are kept that the guard asks about; without it they
	// are left out.
	Despite text.Line
}

// TwinRows says what becomes of a row that looks like a customer who is there.
type TwinRows string

// Rows of customers who are there are left out, unless one says otherwise.
const (
	SkipTwins TwinRows = ""
	AddTwins  TwinRows = "add"
	FillTwins TwinRows = "fill" // what the customer there lacks is taken from the row
)

// Outcome is what happens to one row.
type Outcome string

// The outcomes of rows.
const (
	Created   Outcome = "created"
	Duplicate Outcome = "duplicate"
	Filled    Outcome = "filled"
	Refused   Outcome = "refused"
)

// Fate is one row and what happens to it.
type Fate struct {
	Line    int
	Outcome Outcome
	Name    text.Line
	Reason  policy.Message
}

// Report is what an import did, or in a dry run would do.
type Report struct {
	ID         int64 // of the import, to revert it; 0 in a dry run
	Rows       int
	Created    int
	Companies  int // made for names in the company column
	Duplicates int
	Filled     int // customers there, with what they lacked
	Refused    int
	Unmapped   []string // columns that are left out
	Unknown    []string // tags that aren't in the list and are left out
	Warnings   int      // rows that the guard asks about
	Mapping    string
	Fates      []Fate // the first maxFates rows
	DryRun     bool
	bad        map[int]policy.Message
}

// maxFates is how many rows a report names one by one.
const maxFates = 1000

// Preview is what was recognised of a file, to be shown for correction.
type Preview struct {
	System    sheet.System // whose export it seems to be
	Encoding  string
	Separator rune
	Mapping   sheet.Mapping
	Sample    [][]string
	Rows      int
}

// sampleRows are looked at to recognise columns.
const sampleRows = 50

// PreviewImport reads a file through once, and says what its columns seem to
// mean and how many rows there are.
func (o *Ops) PreviewImport(ctx context.Context, actor policy.Actor, file *Spool, rows Rows, corrections string) (p Preview, err error) {
	if err := policy.Can(actor, rows.act(), policy.Resource{}); err != nil {
		return p, err
	}
	var own ownFields
	if rows.OfCustomers() {
		fields, err := o.ListFields(ctx, actor)
		if err != nil {
			return p, err
		}
		own = ownFieldsOf(fields, actor.Role)
	}
	return file.Preview(ctx, o.Limits, rows, own, corrections)
}

// Preview reads the file through once. own are the organisation's own fields
// that it may fill in.
func (s *Spool) Preview(ctx context.Context, limits sheet.Limits, rows Rows, own []policy.Field, corrections string) (p Preview, err error) {
	r, err := s.Open(limits)
	if err != nil {
		return p, err
	}
	p.Encoding, p.Separator = r.Encoding(), r.Separator()
	for ; ; p.Rows++ {
		row, err := r.Next()
		if err == io.EOF {
			break
		}
		if bad, ok := errors.AsType[*sheet.RowError](err); !ok && err != nil {
			return p, err
		} else if ok && bad != nil {
			continue
		}
		if len(p.Sample) < sampleRows {
			p.Sample = append(p.Sample, row.Cells)
		}
		if err := ctx.Err(); err != nil {
			return p, err
		}
	}
	if p.System = sheet.SystemOf(r.Header()); p.System.Name != "" && p.System.Rows != string(cmp.Or(rows, ContactRows)) {
		return p, policy.Errorf(policy.Invalid, "This is an export of %[1]s with %[2]s: give it to the command %[2]s import.", p.System.Name, p.System.Rows)
	}
	p.Mapping = ownFields(own).in(rows).Recognise(r.Header(), p.Sample)
	if corrections != "" {
		err = p.Mapping.Apply(corrections)
	}
	return p, err
}

// RunImport reads the file into customers: all of them in one transaction, so
// that a crash leaves all or nothing. progress hears rows done out of all.
func (o *Ops) RunImport(ctx context.Context, actor policy.Actor, file *Spool, in Import, progress func(done, total int)) (*Report, error) {
	ctx = in.despite(ctx)
	if in.Source.IsZero() {
		return nil, policy.Errorf(policy.Invalid, "Say where the data comes from (art. 14 GDPR).").On("source")
	}
	if !in.Rows.OfCustomers() {
		return o.runHistory(ctx, actor, file, in, progress)
	}
	if err := in.Ground.Check(); err != nil {
		return nil, err
	}
	preview, err := o.PreviewImport(ctx, actor, file, in.Rows, in.Mapping)
	if err != nil {
		return nil, err
	}
	if in.Status == 0 {
		in.Status = policy.Lead
	}
	names, err := o.fileNames(ctx, actor)
	if err != nil {
		return nil, err
	}
	run := newImportRun(o, actor, file, in, preview, names, progress)
	if run.guard, err = newRowGuard(ctx); err != nil {
		return nil, err
	}
	err = o.act(ctx, actor, policy.ImportRun, policy.Resource{}, func(tx *db.Tx) error {
		if err := checkGroundsNow(ctx, tx, nil, []policy.Ground{in.Ground}); err != nil {
			return err
		}
		return run.all(ctx, tx)
	})
	if err != nil && !errors.Is(err, errDry) {
		return nil, err
	}
	if run.deferred && !in.DryRun {
		err = o.Store.MendSearch(ctx, func(done, total int64) { progress(int(done), int(total)) })
		return run.report, err
	}
	return run.report, nil
}

// errDry rolls a dry run back.
var errDry = errors.New("dry run")

// WriteRejects writes the rows that were refused, each with its reason, as a
// file that can be mended and sent again.
func (o *Ops) WriteRejects(file *Spool, report *Report, say func(policy.Message) string, w io.Writer) error {
	r, err := file.Open(o.Limits)
	if err != nil {
		return err
	}
	var rejects []sheet.Reject
	for {
		row, err := r.Next()
		if err == io.EOF {
			return sheet.WriteRejects(w, r.Header(), rejects)
		}
		bad, isBad := errors.AsType[*sheet.RowError](err)
		switch {
		case isBad:
			rejects = append(rejects, sheet.Reject{Row: bad.Row, Cells: bad.Cells, Reason: say(bad.Reason)})
		case err != nil:
			return err
		default:
			if why, ok := report.bad[row.Line]; ok {
				rejects = append(rejects, sheet.Reject{Row: row.Line, Cells: row.Cells, Reason: say(why)})
			}
		}
	}
}

// ListImports are the actor's own imports, latest first; finance's are of old
// invoices.
func (o *Ops) ListImports(ctx context.Context, actor policy.Actor) (all []db.Import, err error) {
	act := policy.ImportRun
	if actor.Role == policy.Finance {
		act = policy.InvoiceImport
	}
	err = o.act(ctx, actor, act, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListImports(ctx)
		return err
	})
	return all, err
}

// RevertWindow is how long an import can be taken back.
const RevertWindow = 24 * time.Hour

// RevertImport takes back an import of the actor's own within a day: what
// nobody changed since is erased. It says how many went.
func (o *Ops) RevertImport(ctx context.Context, actor policy.Actor, id int64) (gone int, err error) {
	return o.revert(ctx, actor, policy.ImportRevert, id)
}

// RevertPastInvoices is RevertImport for finance, whose imports are of old
// invoices.
func (o *Ops) RevertPastInvoices(ctx context.Context, actor policy.Actor, id int64) (gone int, err error) {
	return o.revert(ctx, actor, policy.InvoiceImport, id)
}

func (o *Ops) revert(ctx context.Context, actor policy.Actor, act policy.Act, id int64) (gone int, err error) {
	var stale bool
	err = o.act(ctx, actor, act, policy.Resource{Person: actor.ID}, func(tx *db.Tx) error {
		gone, stale, err = tx.RevertImport(ctx, id)
		return err
	})
	if err == nil && stale {
		err = o.Store.MendSearch(ctx, func(int64, int64) {})
	}
	return gone, err
}

// AddMany adds customers that are well formed already, as the sample firm is.
// deferSearch leaves their search rows to a later Store.RebuildSearch.
func (o *Ops) AddMany(ctx context.Context, actor policy.Actor, cs []*db.New, deferSearch bool) error {
	return o.act(ctx, actor, policy.ImportRun, policy.Resource{}, func(tx *db.Tx) error {
		return tx.AddCustomers(ctx, cs, deferSearch)
	})
}

// fileHash makes the same file with the same columns the same import.
func fileHash(file *Spool, m sheet.Mapping) []byte {
	h := sha256.New()
	h.Write(file.Hash[:])
	io.WriteString(h, m.Hash())
	return h.Sum(nil)
}
