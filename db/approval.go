package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
	"balie/policy/text"
)

// Approval is a request for a second person's word on an export, and the
// answer.
type Approval struct {
	ID         int32
	Person     int32
	Team       int32 // of who asks; 0 for none
	Role       policy.Role
	Size       int  // at most so many customers
	Whole      bool // all that the person may see, and no search
	Raw        bool
	Reason     text.Line
	AskedAt    time.Time
	Alone      bool // there was nobody else to ask
	AnsweredBy int32
	AnsweredAt *time.Time
	Agreed     bool
	Answer     text.Line
	UsedAt     *time.Time
	State      policy.ApprovalState // when it was read
}

// Resource is what policy has to know of the request.
func (a Approval) Resource() policy.Resource {
	return policy.Resource{Person: a.Person, OwnerTeam: a.Team}
}

type approvalRow struct {
	ID         int32
	PersonID   int32
	Team       int32
	Role       policy.Role
	Size       int
	Whole      bool
	Raw        bool
	Reason     []byte
	AskedAt    time.Time
	Alone      bool
	AnsweredBy int32
	AnsweredAt *time.Time
	Agreed     bool
	Answer     []byte
	UsedAt     *time.Time
}

const (
	approvalSQL = `select a.id, a.person_id, coalesce(p.team_id, 0) as team, a.role, a.size, a.whole, a.raw, a.reason, a.asked_at, a.alone,
  coalesce(a.answered_by, 0) as answered_by, a.answered_at, a.agreed, a.answer, e.at as used_at
  from approvals a join people p on p.id = a.person_id left join exports e on e.approval_id = a.id`
	listApprovalsSQL = approvalSQL + ` where a.asked_at > now() - interval '90 days' order by a.id desc limit 500`
	getApprovalSQL   = approvalSQL + ` where a.id = $1`
	ownApprovalSQL   = approvalSQL + ` where a.person_id = $1 and a.role = $2 and a.selection = $3 and a.raw = $4 order by a.id desc limit 1`
	insertApproval   = `insert into approvals (person_id, role, size, whole, raw, selection, reason, alone, agreed, answered_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $8, case when $8 then now() end) returning id`
	answerApproval = `update approvals set answered_by = $2, answered_at = now(), agreed = $3, answer = $4 where id = $1 and answered_at is null`
)

const (
	approvalReasonPlace = "approvals.reason"
	approvalAnswerPlace = "approvals.answer"
)

func (tx *Tx) approvals(ctx context.Context, sql string, args ...any) ([]Approval, error) {
	rows, err := collect[approvalRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Approval, len(rows))
	for i, r := range rows {
		if all[i], err = tx.openApproval(r); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (tx *Tx) openApproval(r approvalRow) (Approval, error) {
	reason, err := tx.store.Keys.Open(approvalReasonPlace, int64(r.PersonID), r.Reason)
	if err != nil {
		return Approval{}, err
	}
	var answer []byte
	if r.Answer != nil {
		answer, err = tx.store.Keys.Open(approvalAnswerPlace, int64(r.ID), r.Answer)
	}
	stands := policy.Approval{Asked: r.AskedAt, Answered: r.AnsweredAt, Agreed: r.Agreed, Used: r.UsedAt != nil}
	return Approval{
		r.ID, r.PersonID, r.Team, r.Role, r.Size, r.Whole, r.Raw, text.New(string(reason)), r.AskedAt, r.Alone,
		r.AnsweredBy, r.AnsweredAt, r.Agreed, text.New(string(answer)), r.UsedAt, stands.State(tx.Now),
	}, err
}

// ListApprovals are the requests that the actor may see, latest first.
func (tx *Tx) ListApprovals(ctx context.Context) ([]Approval, error) {
	return tx.approvals(ctx, listApprovalsSQL)
}

// GetApproval reads one.
func (tx *Tx) GetApproval(ctx context.Context, id int32) (Approval, error) {
	return one(tx.approvals(ctx, getApprovalSQL, id))
}

// OwnApproval is the actor's latest request for an export of this selection;
// ok is false when there is none.
func (tx *Tx) OwnApproval(ctx context.Context, selection []byte, raw bool) (a Approval, ok bool, err error) {
	found, err := tx.approvals(ctx, ownApprovalSQL, tx.Actor.ID, tx.Actor.Role, selection, raw)
	if err != nil || len(found) == 0 {
		return Approval{}, false, err
	}
	return found[0], true, nil
}

// AskApproval writes a request of the actor's; one that says Alone is agreed to
// by itself, which PostgreSQL takes only when nobody else could.
func (tx *Tx) AskApproval(ctx context.Context, a Approval, selection []byte) (id int32, err error) {
	reason := tx.store.Keys.Seal(approvalReasonPlace, int64(tx.Actor.ID), []byte(a.Reason.String()))
	err = tx.QueryRow(ctx, insertApproval, tx.Actor.ID, tx.Actor.Role, a.Size, a.Whole, a.Raw, selection, reason, a.Alone).Scan(&id)
	return id, err
}

// AnswerApproval is the second person's word. Somebody else's may have come
// before.
func (tx *Tx) AnswerApproval(ctx context.Context, id int32, agreed bool, why text.Line) error {
	answer := tx.store.Keys.Seal(approvalAnswerPlace, int64(id), []byte(why.String()))
	done, err := tx.Exec(ctx, answerApproval, id, tx.Actor.ID, agreed, answer)
	if err == nil && done.RowsAffected() == 0 {
		err = policy.Errorf(policy.Conflict, "This request was answered already, or nobody answered it within a week.")
	}
	return err
}

// OthersCanAgree says whether anybody but the actor could answer a request.
func (tx *Tx) OthersCanAgree(ctx context.Context) (can bool, err error) {
	err = tx.QueryRow(ctx, `select others_can_agree()`).Scan(&can)
	return can, err
}

// ApprovalNews are counts for first screens: requests that wait for the
// actor's answer, the actor's own that were agreed to and not used yet, and
// those of the last month to which nobody else could agree.
type ApprovalNews struct{ Waiting, Agreed, Alone int }

const approvalNewsSQL = `select
  count(*) filter (where a.person_id <> $1 and a.answered_at is null and a.asked_at > now() - interval '7 days')::int as waiting,
  count(*) filter (where a.person_id = $1 and a.role = $2 and a.agreed and not a.alone and a.answered_at > now() - interval '24 hours'
    and not exists (select from exports e where e.approval_id = a.id))::int as agreed,
  count(*) filter (where a.alone and a.asked_at > now() - interval '30 days')::int as alone
  from approvals a`

// ApprovalNews counts what the actor should know of exports.
func (tx *Tx) ApprovalNews(ctx context.Context) (ApprovalNews, error) {
	rows, err := tx.Query(ctx, approvalNewsSQL, tx.Actor.ID, tx.Actor.Role)
	if err != nil {
		return ApprovalNews{}, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[ApprovalNews])
}
