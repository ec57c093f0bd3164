package ops

import (
	"context"
	"io"
	"iter"
	"slices"

	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
)

// Export says which customers to write and how.
type Export struct {
	Query  db.Query
	Format string // one of ExportFormats
	Raw    bool   // CSV as it is, for moving to another system: unsafe to open in a spreadsheet
}

// ExportFormats are those in which customers are written; vcard is version 4.
var ExportFormats = []string{"csv", "json", "xlsx", "vcard", "vcard3"}

// exportPage is how many customers one transaction of an export opens. Each
// page asks anew whether the actor may.
const exportPage = 500

// ExportCustomers writes what the actor may see, and says how many. Many take a
// second person's word first: then the refusal says who was asked. Each page is
// logged with whom it held.
func (o *Ops) ExportCustomers(ctx context.Context, actor policy.Actor, e Export, w io.Writer) (n int, err error) {
	if !slices.Contains(ExportFormats, e.Format) {
		return 0, policy.Errorf(policy.Invalid, "Choose the format csv, json, xlsx, vcard or vcard3.").On("format")
	}
	permit, err := o.beginExport(ctx, actor, e)
	if err != nil {
		return 0, err
	}
	names, err := o.fileNames(ctx, actor)
	if err != nil {
		return 0, err
	}
	rows := o.exportRows(ctx, actor, e, permit, names, &n)
	switch e.Format {
	case "csv":
		err = sheet.WriteCSV(w, sheet.Names(ExportFields), cells(rows), sheet.CSV{Raw: e.Raw})
	case "json":
		err = sheet.WriteJSON(w, ExportFields, rows)
	case "vcard":
		err = sheet.WriteVCards(w, sheet.VCard4, rows)
	case "vcard3":
		err = sheet.WriteVCards(w, sheet.VCard3, rows)
	case "xlsx":
		err = sheet.WriteWorkbook(w, sheet.Names(ExportFields), cells(rows))
	}
	return n, err
}

func cells(rows iter.Seq2[sheet.Values, error]) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for v, err := range rows {
			if !yield(v.Cells(ExportFields), err) {
				return
			}
		}
	}
}

func (o *Ops) exportRows(ctx context.Context, actor policy.Actor, e Export, permit db.Permit, names names, n *int) iter.Seq2[sheet.Values, error] {
	return func(yield func(sheet.Values, error) bool) {
		q := e.Query
		for more := *n < permit.Size; more; {
			q.Limit = min(exportPage, permit.Size-*n)
			if q.Limit == 0 {
				yield(nil, db.ErrExportGrew())
				return
			}
			var cs []db.Customer
			var err error
			if cs, q.After, more, err = o.exportPage(ctx, actor, e, permit, q); err != nil {
				yield(nil, err)
				return
			}
			for _, c := range cs {
				*n++
				if !yield(names.values(c), nil) {
					return
				}
			}
		}
	}
}

func (o *Ops) exportPage(ctx context.Context, actor policy.Actor, e Export, p db.Permit, q db.Query) (cs []db.Customer, next db.Cursor, more bool, err error) {
	err = o.act(ctx, actor, policy.CustomerExport, policy.Resource{}, func(tx *db.Tx) error {
		tx.Detail(e.told())
		cs, next, more, err = tx.ExportPage(ctx, p, q)
		return err
	})
	return cs, next, more, err
}

// told is the export as the log tells it.
func (e Export) told() string {
	if e.Raw {
		return e.Format + " raw"
	}
	return e.Format
}

// fileNames are the names of tags and colleagues.
func (o *Ops) fileNames(ctx context.Context, actor policy.Actor) (names, error) {
	tags, err := o.ListTags(ctx, actor)
	if err != nil {
		return names{}, err
	}
	colleagues, err := o.Colleagues(ctx, actor)
	if err != nil {
		return names{}, err
	}
	n := names{tags: map[int32]string{}, logins: map[int32]string{}}
	for _, t := range tags {
		n.tags[t.ID] = t.Name
	}
	for id, c := range colleagues {
		n.logins[id] = c.Login
	}
	return n, nil
}
