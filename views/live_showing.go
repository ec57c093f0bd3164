package views

import (
	"balie/db"
	"balie/ops"
	"balie/policy"
)

// What each screen shows: the node tells it of changes of these, and of new
// ones of its kind that may belong there.

func (c *customers) Showing() ops.Showing {
	records := make([]db.Record, len(c.rows))
	for i, r := range c.rows {
		records[i] = db.Record{Kind: policy.RecordCustomer, ID: r.ID}
	}
	return c.kit.showingList(policy.RecordCustomer, records...)
}

func (v *deals) Showing() ops.Showing {
	return v.kit.showingList(policy.RecordDeal, dealRecords(v.data.Deals.Rows)...)
}

func (v *board) Showing() ops.Showing {
	return v.kit.showingList(policy.RecordDeal, dealRecords(v.data.Deals.Rows)...)
}

func dealRecords(all []db.Deal) (records []db.Record) {
	for _, d := range all {
		records = append(records, db.Record{Kind: policy.RecordDeal, ID: d.ID})
	}
	return records
}

func (v *forecast) Showing() ops.Showing { return v.kit.showingList(policy.RecordDeal) }

func (v *tasks) Showing() ops.Showing {
	var records []db.Record
	for _, t := range v.all {
		records = append(records, db.Record{Kind: policy.RecordTask, ID: t.ID})
	}
	return v.kit.showingList(policy.RecordTask, records...)
}

func (v *invoices) Showing() ops.Showing {
	var records []db.Record
	for _, i := range v.page.Rows {
		records = append(records, db.Record{Kind: policy.RecordInvoice, ID: i.ID})
	}
	return v.kit.showingList(policy.RecordInvoice, records...)
}

// A customer's screen tells of everything that hangs on the customer. That one
// has it open others hear only once one was let see it.
func (c *customer) Showing() ops.Showing {
	return c.kit.showingRecord(policy.RecordCustomer, c.id, c.loaded && c.gone == "")
}

func (v *deal) Showing() ops.Showing { return v.kit.showingRecord(policy.RecordDeal, v.id, v.known) }

func (v *invoice) Showing() ops.Showing {
	return v.kit.showingRecord(policy.RecordInvoice, v.id, v.known)
}

func (k *kit) showingRecord(kind policy.RecordKind, id int64, seen bool) ops.Showing {
	if !seen {
		return ops.Showing{Awaits: db.Record{Kind: kind, ID: id}}
	}
	return k.showingOpen(kind, id, false)
}

// A form shows nothing that changes by itself; others hear that one is at it.
func (s *shortForm) Showing() ops.Showing {
	if s.about.ID == 0 {
		return ops.Showing{}
	}
	return s.kit.showingOpen(s.about.Kind, s.about.ID, true)
}
