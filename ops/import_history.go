package ops

import (
	"cmp"
	"context"
	"errors"
	"io"
	"time"

	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// historyRun is an import of what belongs to customers who are there already.
// A dry run writes as well, and is rolled back: what it says is what happens.
type historyRun struct {
	ops      *Ops
	actor    policy.Actor
	in       Import
	preview  Preview
	progress func(done, total int)
	dates    dateReader
	tx       *db.Tx
	report   *Report
	stages   []db.Pipeline
	today    time.Time
	scopes   map[int64]int32 // of the customers that finance may not see
	guard    *rowGuard
}

// runHistory reads deals, activities or invoices: all in one transaction.
func (o *Ops) runHistory(ctx context.Context, actor policy.Actor, file *Spool, in Import, progress func(done, total int)) (*Report, error) {
	preview, err := o.PreviewImport(ctx, actor, file, in.Rows, in.Mapping)
	if err != nil {
		return nil, err
	}
	h := &historyRun{ops: o, actor: actor, in: in, preview: preview, progress: progress, report: &Report{
		Rows: preview.Rows, Unmapped: preview.Mapping.Unmapped(), Mapping: preview.Mapping.String(), DryRun: in.DryRun, bad: map[int]policy.Message{},
	}}
	if h.guard, err = newRowGuard(ctx); err != nil {
		return nil, err
	}
	err = o.act(ctx, actor, in.Rows.act(), policy.Resource{}, func(tx *db.Tx) error {
		h.tx = tx
		return h.all(ctx, file)
	})
	if err != nil && !errors.Is(err, errDry) {
		return nil, err
	}
	return h.report, nil
}

func (h *historyRun) all(ctx context.Context, file *Spool) error {
	if err := guard(ctx, h.tx, []policy.Said{said("source", h.in.Source)}, nil); err != nil {
		return err
	}
	if err := h.begin(ctx, file); err != nil {
		return err
	}
	rows, err := file.Open(h.ops.Limits)
	if err != nil {
		return err
	}
	var batch []sheet.Row
	for {
		row, err := rows.Next()
		bad, isBad := errors.AsType[*sheet.RowError](err)
		switch {
		case isBad:
			h.refuse(bad.Row, bad.Reason)
			continue
		case err == io.EOF:
		case err != nil:
			return err
		default:
			if batch = append(batch, row); len(batch) < importBatch {
				continue
			}
		}
		if err := h.write(ctx, batch); err != nil {
			return err
		}
		if batch = batch[:0]; err == io.EOF {
			return h.end()
		}
	}
}

func (h *historyRun) begin(ctx context.Context, file *Spool) (err error) {
	if h.actor.Role != policy.Finance { // who finds by a narrower door
		if err := h.tx.SearchReady(ctx); err != nil {
			return err
		}
	}
	zone, err := h.tx.Setting(ctx, policy.TimeZone)
	if err != nil {
		return err
	}
	if h.dates, err = newDateReader(string(zone), h.preview); err != nil {
		return err
	}
	if h.in.Rows == DealRows {
		if h.stages, err = h.tx.ListPipelines(ctx); err != nil {
			return err
		}
	}
	if h.today, err = h.tx.Today(ctx); err != nil {
		return err
	}
	h.report.ID, err = h.tx.AddImport(ctx, string(h.in.Rows), h.in.Source, fileHash(file, h.preview.Mapping), h.preview.Rows)
	return err
}

func (h *historyRun) end() error {
	h.tx.About(h.report.ID, string(h.in.Rows), "source")
	h.report.Warnings = h.guard.rows
	h.guard.record(h.tx)
	h.progress(h.preview.Rows, h.preview.Rows)
	if h.in.DryRun {
		h.report.ID = 0
		return errDry
	}
	return nil
}

func (h *historyRun) refuse(line int, why policy.Message) {
	h.report.Refused++
	h.report.bad[line] = why
	h.fate(Fate{Line: line, Outcome: Refused, Reason: why})
}

func (h *historyRun) fate(f Fate) {
	if len(h.report.Fates) < maxFates {
		h.report.Fates = append(h.report.Fates, f)
	}
}

// write finds the customers of some rows at once, and then writes them one by
// one. What is wrong with a row refuses it; any other error ends the import.
func (h *historyRun) write(ctx context.Context, rows []sheet.Row) error {
	values := make([]sheet.Values, len(rows))
	asks := make([][]db.Exact, len(rows))
	requests := make([][16]byte, len(rows))
	var all []db.Exact
	for i, row := range rows {
		values[i] = h.preview.Mapping.Row(row.Cells)
		asks[i], requests[i] = h.asks(values[i]), h.request(values[i])
		all = append(all, asks[i]...)
	}
	found, err := h.find(ctx, all)
	if err != nil {
		return err
	}
	there, err := h.tx.Requested(ctx, string(h.in.Rows), requests)
	if err != nil {
		return err
	}
	for i, row := range rows {
		if err := h.one(ctx, row.Line, values[i], pick(asks[i], found), requests[i], there); err != nil {
			return err
		}
	}
	h.progress(h.report.Created+h.report.Duplicates+h.report.Refused, h.preview.Rows+1)
	return ctx.Err()
}

func (h *historyRun) find(ctx context.Context, all []db.Exact) (map[db.Exact][]int64, error) {
	if h.actor.Role == policy.Finance {
		found, scopes, err := h.tx.FindForInvoice(ctx, all)
		h.scopes = scopes
		return found, err
	}
	return h.tx.FindExact(ctx, all)
}

func (h *historyRun) one(ctx context.Context, line int, v sheet.Values, customer int64, request RequestKey, there map[[16]byte]bool) error {
	name := text.New(cmp.Or(v.One(sheet.Title), v.One(sheet.Number), v.One(sheet.Company)))
	if there[request] {
		h.report.Duplicates++
		h.fate(Fate{line, Duplicate, name, policy.Message{Key: "This was imported before."}})
		return nil
	}
	err := h.add(ctx, v, customer, request)
	switch k := policy.KindOf(err); {
	case err == nil:
		there[request] = true
		h.report.Created++
		h.fate(Fate{Line: line, Outcome: Created, Name: name})
	case k == policy.Invalid:
		h.refuse(line, messageOf(err))
	default:
		return err
	}
	return nil
}

func (h *historyRun) add(ctx context.Context, v sheet.Values, customer int64, request RequestKey) error {
	if customer == 0 && h.in.Rows != InvoiceRows {
		return policy.Errorf(policy.Invalid, "No customer of yours, or more than one, goes by this: import companies and contacts first, or add a number, a mail address or the whole name.").On("company")
	}
	switch h.in.Rows {
	case DealRows:
		return h.deal(ctx, v, customer, request)
	case ActivityRows:
		return h.activity(ctx, v, customer, request)
	}
	return h.invoice(ctx, v, customer, request)
}

// asks are what tells whose a row is, the most telling first.
func (h *historyRun) asks(v sheet.Values) (all []db.Exact) {
	known := func(kind string, f sheet.Field) {
		if id := elsewhere(h.preview, h.in, kind, firstOf(v.One(f))); id != "" {
			all = append(all, db.ExactElsewhere(id))
		}
	}
	known("company", sheet.CompanyID)
	known("contact", sheet.ContactID)
	known("company", sheet.RelatedID)
	known("contact", sheet.RelatedID)
	for _, m := range v[sheet.Mail] {
		all = append(all, db.ExactMail(policy.MailKey(m)))
	}
	if key := db.CompanyKey(text.New(firstOf(v.One(sheet.Company)))); key != "" {
		all = append(all, db.ExactCompany(key))
	}
	return all
}

// pick is the one customer that the first of them tells of, 0 for none.
func pick(asks []db.Exact, found map[db.Exact][]int64) int64 {
	for _, a := range asks {
		if ids := found[a]; len(ids) == 1 {
			return ids[0]
		}
	}
	return 0
}

// request is the same for the same row of the same system, so that it is not
// imported twice.
func (h *historyRun) request(v sheet.Values) RequestKey {
	id := elsewhere(h.preview, h.in, string(h.in.Rows), cmp.Or(v.One(sheet.SourceID), v.One(sheet.Number)))
	if id == "" {
		return NewRequestKey()
	}
	return RequestKey(h.tx.RequestOf("import", id))
}
