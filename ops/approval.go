package ops

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// errAsk says within ops that an export takes a second person, who has not been
// asked yet.
type errAsk struct{ size int }

func (errAsk) Error() string { return "an export takes a second person" }

// beginExport permits an export, or asks for a second person's word on it.
func (o *Ops) beginExport(ctx context.Context, actor policy.Actor, e Export) (p db.Permit, err error) {
	err = o.act(ctx, actor, policy.CustomerExport, policy.Resource{}, func(tx *db.Tx) error {
		p, err = permit(ctx, tx, e)
		return err
	})
	if ask, ok := errors.AsType[errAsk](err); ok {
		return o.askApproval(ctx, actor, e, ask.size)
	}
	return p, err
}

// permit begins an export that needs nobody's word, or has it.
func permit(ctx context.Context, tx *db.Tx, e Export) (db.Permit, error) {
	size, err := tx.CountCustomers(ctx, e.Query)
	if err != nil {
		return db.Permit{}, err
	}
	tx.Detail(fmt.Sprintf("%s, %d customers", e.told(), size))
	needs, err := needsApproval(ctx, tx, size)
	if err != nil {
		return db.Permit{}, err
	}
	if !needs {
		return tx.BeginExport(ctx, size, 0)
	}
	return permitAgreed(ctx, tx, e, size)
}

func needsApproval(ctx context.Context, tx *db.Tx, size int) (bool, error) {
	alone, err := tx.Setting(ctx, policy.ExportAlone)
	if err != nil {
		return false, err
	}
	before, err := tx.ExportedToday(ctx)
	return policy.NeedsApproval(size, before, alone.Int()), err
}

// permitAgreed begins an export by the answer to the latest request for it, and
// says how that stands when there is none to use.
func permitAgreed(ctx context.Context, tx *db.Tx, e Export, size int) (db.Permit, error) {
	a, ok, err := tx.OwnApproval(ctx, tx.Selection(e.Query), e.Raw)
	if err != nil {
		return db.Permit{}, err
	}
	switch {
	case ok && a.State == policy.ApprovalAgreed && size <= a.Size:
		return tx.BeginExport(ctx, a.Size, a.ID)
	case ok && a.State == policy.ApprovalWaiting && size <= a.Size:
		return db.Permit{}, errWaiting(size, a.ID)
	case ok && a.State == policy.ApprovalRefused && tx.Now.Sub(*a.AnsweredAt) < policy.ApprovalHolds:
		return db.Permit{}, policy.Errorf(policy.Denied, "This export was refused today, as request %d: see approvals list for who and why.", a.ID)
	}
	return db.Permit{}, errAsk{size}
}

func errWaiting(size int, id int32) error {
	return policy.Errorf(policy.Denied, "%d customers at once take a second person, who is asked by request %d: when it is agreed to, export again within a day.", size, id)
}

// askApproval writes the request. Where there is nobody else who could agree,
// the export goes on, and the first screen of the privacy officer says so.
func (o *Ops) askApproval(ctx context.Context, actor policy.Actor, e Export, size int) (p db.Permit, err error) {
	asked := int32(0)
	err = o.act(ctx, actor, policy.ApprovalAsk, policy.Resource{Person: actor.ID}, func(tx *db.Tx) error {
		if actor.Reason.IsZero() {
			return policy.Errorf(policy.Invalid, "%d customers at once take a second person: say why with --reason, and one is asked.", size).On("reason")
		}
		others, err := tx.OthersCanAgree(ctx)
		if err != nil {
			return err
		}
		a := db.Approval{
			Size: policy.ApprovalSize(size), Whole: reflect.DeepEqual(e.Query, db.Query{}), Raw: e.Raw, Reason: actor.Reason, Alone: !others,
		}
		tx.Detail(fmt.Sprintf("%s, %d customers", e.told(), a.Size))
		asked, err = tx.AskApproval(ctx, a, tx.Selection(e.Query))
		tx.About(int64(asked))
		if err == nil && a.Alone {
			p, err = tx.BeginExport(ctx, a.Size, asked)
		}
		return err
	})
	if err == nil && p.ID == 0 {
		err = errWaiting(size, asked)
	}
	return p, err
}

// ListApprovals are the requests for exports that the actor may see, the own
// ones too, latest first.
func (o *Ops) ListApprovals(ctx context.Context, actor policy.Actor) (all []db.Approval, err error) {
	err = o.act(ctx, actor, policy.ApprovalList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListApprovals(ctx)
		return err
	})
	return all, err
}

// AnswerApproval is the second person's word on an export. A refusal needs a
// reason, which who asked can read.
func (o *Ops) AnswerApproval(ctx context.Context, actor policy.Actor, id int32, agreed bool, why text.Line) error {
	return o.act(ctx, actor, policy.ApprovalAnswer, policy.Resource{}, func(tx *db.Tx) error {
		a, err := tx.GetApproval(ctx, id)
		if err != nil {
			return err
		}
		tx.About(int64(id), "agreed")
		tx.Detail(answerTold(agreed, a, why))
		if err := policy.Can(actor, policy.ApprovalAnswer, a.Resource()); err != nil {
			return err
		}
		if !agreed {
			if err := needReason(why); err != nil {
				return err
			}
		}
		return tx.AnswerApproval(ctx, id, agreed, why)
	})
}

func answerTold(agreed bool, a db.Approval, why text.Line) string {
	said := "refused"
	if agreed {
		said = "agreed"
	}
	return fmt.Sprintf("%s: %d customers for person %d: %s", said, a.Size, a.Person, why)
}

// exportsWaiting tells who can answer of requests, who asked of answers, and
// the privacy officer of exports that nobody else could agree to.
func exportsWaiting() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Sales, policy.Manager, policy.Privacy, policy.Admin}, exportNews}
}

func exportNews(ctx context.Context, tx *db.Tx) (all []Attention, err error) {
	news, err := tx.ApprovalNews(ctx)
	add := func(n int, what policy.Message, roles ...policy.Role) {
		if n > 0 && slices.Contains(roles, tx.Actor.Role) {
			what.Args = []any{n}
			all = append(all, Attention{What: what, Opens: "approvals"})
		}
	}
	add(news.Waiting, policy.Message{Key: "Exports that wait for a second person's word: %d."}, policy.Manager, policy.Privacy, policy.Admin)
	add(news.Agreed, policy.Message{Key: "Your exports that were agreed to: %d. Export again within a day."}, policy.Sales, policy.Manager, policy.Privacy)
	add(news.Alone, policy.Message{Key: "Large exports that nobody else could agree to, last month: %d."}, policy.Privacy)
	return all, err
}
