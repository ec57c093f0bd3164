package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// LogQuery chooses rows of the log; zero fields choose all.
type LogQuery struct {
	Person      int32
	Act         policy.Act
	Subject     int64 // whose data was seen or changed
	RefusedOnly bool
	Despite     bool      // only what was kept though the guard asks about it
	Since       time.Time // from then on
	Until       time.Time // before then
	After       LogPlace  // older than that row: the next page
	Limit       int
}

// LogPlace is the place of a row in the log, which is ordered by time.
type LogPlace struct {
	At time.Time
	ID int64
}

// LogPage is a page of the log, latest first.
type LogPage struct {
	Rows []LogRow
	Next LogPlace // After of the next page; zero at the end
	Mark LogMark  // to follow the log from here
}

// LogRow is a row of the log as a person reads it.
type LogRow struct {
	ID       int64
	At       time.Time
	Actor    int32
	Role     policy.Role
	Session  string
	Act      policy.Act
	Refused  bool
	Ref      int64
	Subjects []int64
	Reason   text.Line
	Fields   []string
	Detail   text.Line
}

// Place is where the row stands.
func (r LogRow) Place() LogPlace { return LogPlace{r.At, r.ID} }

// MaxLogPage is how many rows one transaction gives at most.
const MaxLogPage = 2000

const logOrder = ` order by at desc, id desc limit `

// Filters are planned by what they are set to: one plan for common acts and rare
// ones would read half the log for the rare.
const beginLogSQL = `select pg_snapshot_xmin(pg_current_snapshot()), set_config('plan_cache_mode', 'force_custom_plan', true)`

// beginLog says below which transaction nothing can appear any more.
func (tx *Tx) beginLog(ctx context.Context) (settled uint64, err error) {
	err = tx.QueryRow(ctx, beginLogSQL).Scan(&settled, nil)
	return settled, err
}

// conditions builds a where clause out of fixed parts: one for each filter that
// is set. A clause for all of them at once would be planned for none.
type conditions struct {
	parts []string
	args  []any
}

// add puts numbers for the % in a part.
func (c *conditions) add(part string, args ...any) {
	numbers := make([]any, len(args))
	for i := range args {
		numbers[i] = len(c.args) + i + 1
	}
	c.args = append(c.args, args...)
	c.parts = append(c.parts, fmt.Sprintf(part, numbers...))
}

func (c *conditions) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " where " + strings.Join(c.parts, " and ")
}

func (q LogQuery) conditions() *conditions {
	c := &conditions{}
	if q.Person != 0 {
		c.add("actor = $%d", q.Person)
	}
	if q.Act != "" {
		c.add("act = $%d", string(q.Act))
	}
	if q.Subject != 0 {
		c.add("id in (select log_about($%d))", q.Subject)
	}
	if q.RefusedOnly {
		c.add("refused")
	}
	if q.Despite {
		c.add("fields && $%d", despiteFields())
	}
	if !q.Since.IsZero() {
		c.add("at >= $%d", q.Since)
	}
	if !q.Until.IsZero() {
		c.add("at < $%d", q.Until)
	}
	if q.After != (LogPlace{}) {
		c.add("(at, id) < ($%d, $%d)", q.After.At, q.After.ID)
	}
	return c
}

// ListLog gives the rows that the actor may see.
func (tx *Tx) ListLog(ctx context.Context, q LogQuery) (page LogPage, err error) {
	limit := min(max(q.Limit, 1), MaxLogPage)
	settled, err := tx.beginLog(ctx)
	if err != nil {
		return page, err
	}
	c := q.conditions()
	rows, err := collect[AuditRow](ctx, tx, auditSQL+c.where()+logOrder+fmt.Sprint(limit+1), c.args...)
	if err != nil {
		return page, err
	}
	more := len(rows) > limit
	rows = rows[:min(limit, len(rows))]
	page.Mark = LogMark{}.past(settled, rows)
	if page.Rows, err = tx.openLog(rows, q); err == nil && more {
		page.Next = page.Rows[limit-1].Place()
	}
	return page, err
}

// openLog opens rows, and notes what was asked.
func (tx *Tx) openLog(rows []AuditRow, q LogQuery) (opened []LogRow, err error) {
	if q.Subject != 0 {
		tx.Saw(q.Subject)
	}
	opened = make([]LogRow, len(rows))
	for i, r := range rows {
		if opened[i], err = tx.store.openLogRow(r); err != nil {
			return nil, err
		}
	}
	return opened, nil
}

func (s *Store) openLogRow(r AuditRow) (LogRow, error) {
	reason, err := s.Keys.Open(purposePlace, 0, r.Purpose)
	if err != nil {
		return LogRow{}, err
	}
	detail, err := s.Keys.Open(detailPlace, 0, r.Detail)
	return LogRow{
		ID: r.ID, At: r.At, Actor: r.Actor, Role: policy.Role(r.Role), Session: r.Session, Act: policy.Act(r.Act),
		Refused: r.Refused, Ref: r.Ref, Subjects: r.Subjects, Fields: r.Fields,
		Reason: text.New(string(reason)), Detail: text.New(string(detail)),
	}, err
}
