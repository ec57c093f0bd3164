package db

import (
	"context"
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
	Since       time.Time
	Before      int64 // rows with a lower id: the next page
	Limit       int
}

// LogPage is a page of the log, latest first.
type LogPage struct {
	Rows []LogRow
	Next int64 // Before of the next page; 0 at the end
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

const (
	maxLogPage = 500
	listLogSQL = auditSQL + ` where ($1 = 0 or actor = $1) and ($2 = '' or act = $2) and ($3 = 0 or subjects @> array[$3::bigint])
		and (not $4 or refused) and at >= $5 and ($6 = 0 or id < $6) order by id desc limit $7`
)

// ListLog gives the rows that the actor may see.
func (tx *Tx) ListLog(ctx context.Context, q LogQuery) (LogPage, error) {
	limit := min(max(q.Limit, 1), maxLogPage)
	rows, err := collect[AuditRow](ctx, tx, listLogSQL, q.Person, string(q.Act), q.Subject, q.RefusedOnly, q.Since, q.Before, limit+1)
	if err != nil {
		return LogPage{}, err
	}
	var page LogPage
	if len(rows) > limit {
		rows, page.Next = rows[:limit], rows[limit-1].ID
	}
	page.Rows = make([]LogRow, len(rows))
	for i, r := range rows {
		if page.Rows[i], err = tx.store.openLogRow(r); err != nil {
			return LogPage{}, err
		}
	}
	return page, nil
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
