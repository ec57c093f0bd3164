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
	// Purpose is what the data is going to be used for, by which means; "" for none
	// in particular, which leaves out only what is restricted.
	Purpose policy.Purpose
	Means   policy.Means
}

// ExportFormats are those in which customers are written; vcard is version 4.
var ExportFormats = []string{"csv", "json", "xlsx", "vcard", "vcard3"}

// exportPage is how many customers one transaction of an export opens. Each
// page asks anew whether the actor may.
const exportPage = 500

// Exported is what an export wrote, and whom it left out.
type Exported struct {
	N    int
	Left []LeftCount
}

// ExportCustomers writes what the actor may see and the purpose allows, and says
// how many and whom it left out. Many take a second person's word first: then the
// refusal says who was asked. Each page is logged with whom it held.
func (o *Ops) ExportCustomers(ctx context.Context, actor policy.Actor, e Export, w io.Writer) (Exported, error) {
	if !slices.Contains(ExportFormats, e.Format) {
		return Exported{}, policy.Errorf(policy.Invalid, "Choose the format csv, json, xlsx, vcard or vcard3.").On("format")
	}
	run, err := o.newExportRun(ctx, actor, e)
	if err != nil {
		return Exported{}, err
	}
	names, err := o.fileNames(ctx, actor)
	if err != nil {
		return Exported{}, err
	}
	rows, columns := valuesOf(run.customers(ctx), names), names.columns()
	switch e.Format {
	case "csv":
		err = sheet.WriteCSV(w, sheet.Names(columns), cells(rows, columns), sheet.CSV{Raw: e.Raw})
	case "json":
		err = sheet.WriteJSON(w, columns, rows)
	case "vcard":
		err = sheet.WriteVCards(w, sheet.VCard4, rows)
	case "vcard3":
		err = sheet.WriteVCards(w, sheet.VCard3, rows)
	case "xlsx":
		err = sheet.WriteWorkbook(w, sheet.Names(columns), cells(rows, columns))
	}
	return Exported{run.n, countsOf(run.left)}, err
}

func valuesOf(customers iter.Seq2[db.Customer, error], n names) iter.Seq2[sheet.Values, error] {
	return func(yield func(sheet.Values, error) bool) {
		for c, err := range customers {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(n.values(c), nil) {
				return
			}
		}
	}
}

func cells(rows iter.Seq2[sheet.Values, error], columns []sheet.Field) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for v, err := range rows {
			if !yield(v.Cells(columns), err) {
				return
			}
		}
	}
}

// told is the export as the log tells it.
func (e Export) told() string {
	said := e.Format
	if e.Raw {
		said += " raw"
	}
	if e.Purpose != "" {
		said += " for " + string(e.Purpose)
	}
	return said
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
	if n.fields, err = o.ListFields(ctx, actor); err != nil {
		return n, err
	}
	n.own = ownFieldsOf(n.fields, actor.Role)
	for _, t := range tags {
		n.tags[t.ID] = t.Name
	}
	for id, c := range colleagues {
		n.logins[id] = c.Login
	}
	return n, nil
}
