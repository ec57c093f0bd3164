package ops

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"balie/db"
	"balie/policy"
)

// ListLog gives the rows of the log that the actor may see, latest first.
func (o *Ops) ListLog(ctx context.Context, actor policy.Actor, q db.LogQuery) (page db.LogPage, err error) {
	err = o.act(ctx, actor, policy.AuditView, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(q.Person))
		page, err = tx.ListLog(ctx, q)
		return err
	})
	return page, err
}

// FollowLog gives the rows that appeared since the mark, the oldest first, and
// the mark to go on from. What is shown is logged; when nothing is, nothing is.
func (o *Ops) FollowLog(ctx context.Context, actor policy.Actor, q db.LogQuery, from db.LogMark) (rows []db.LogRow, next db.LogMark, err error) {
	next = from
	err = o.act(ctx, actor, policy.AuditView, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(q.Person), db.FollowField)
		if rows, next, err = tx.FollowLog(ctx, q, from); err == nil && len(rows) == 0 {
			return ErrIdle // rolls back, so that an empty look leaves no row for others to look at
		}
		return err
	})
	if errors.Is(err, ErrIdle) {
		err = nil
	}
	return rows, next, err
}

// ExportLog gives all rows that the query chooses, latest first, a page at a
// time: nothing is held but one page. Each page asks anew whether the actor may,
// and is logged with how many rows it gave.
func (o *Ops) ExportLog(ctx context.Context, actor policy.Actor, q db.LogQuery, format string) iter.Seq2[db.LogRow, error] {
	return func(yield func(db.LogRow, error) bool) {
		q.Limit = db.MaxLogPage
		for n, more := 0, true; more; {
			page, err := o.exportLogPage(ctx, actor, q, format, n)
			if err != nil {
				yield(db.LogRow{}, err)
				return
			}
			for _, r := range page.Rows {
				if !yield(r, nil) {
					return
				}
			}
			n += len(page.Rows)
			q.After, more = page.Next, page.Next != (db.LogPlace{})
		}
	}
}

func (o *Ops) exportLogPage(ctx context.Context, actor policy.Actor, q db.LogQuery, format string, before int) (page db.LogPage, err error) {
	err = o.act(ctx, actor, policy.AuditExport, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(q.Person))
		page, err = tx.ListLog(ctx, q)
		tx.Detail(fmt.Sprintf("%s, rows %d to %d", format, before+1, before+len(page.Rows)))
		return err
	})
	return page, err
}

// VerifyLog walks the whole log and says what was changed in it, if anything.
func (o *Ops) VerifyLog(ctx context.Context, actor policy.Actor) (report db.Report, err error) {
	err = o.act(ctx, actor, policy.AuditVerify, policy.Resource{}, func(tx *db.Tx) error {
		if err := tx.Rest(ctx); err != nil { // a long log takes long
			return err
		}
		report, err = o.verify(ctx)
		tx.Detail(verified(report))
		return err
	})
	return report, err
}

func verified(r db.Report) string { return fmt.Sprintf("%d rows, %d faults", r.Rows, r.Found) }

func (o *Ops) verify(ctx context.Context) (db.Report, error) {
	if o.Heads == "" {
		return o.Store.VerifyLog(ctx, nil)
	}
	f, err := db.OpenHeads(o.Heads)
	if err != nil {
		return db.Report{}, policy.Errorf(policy.Unavailable,
			"The heads of the log, kept outside the database, can't be read: look at the server's log.").Because(err)
	}
	defer f.Close()
	return o.Store.VerifyLog(ctx, f)
}

// Wall is what the clock on the organisation's wall shows.
func (o *Ops) Wall(ctx context.Context) (time.Time, error) { return o.Store.Wall(ctx) }
