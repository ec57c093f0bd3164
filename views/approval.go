package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ApprovalActs are those on exports that take a second person.
type ApprovalActs interface {
	ListApprovals(context.Context, policy.Actor) ([]db.Approval, error)
	AnswerApproval(ctx context.Context, actor policy.Actor, id int32, agreed bool, why text.Line) error
}

// approvals lists the requests for exports, and lets whoever may answer them.
type approvals struct {
	kit   *kit
	all   []db.Approval
	known bool
	list  roster
	width int
	asks  latest
	does  latest
}

func newApprovals(k *kit) *approvals { return &approvals{kit: k} }

func (a *approvals) Title() string { return a.kit.t.Approvals.Title }
func (a *approvals) Init() tea.Cmd { return a.load() }
func (a *approvals) Wake() tea.Cmd { return a.load() }
func (a *approvals) Leave()        { a.asks.drop() }

func (a *approvals) load() tea.Cmd {
	acts, actor := a.kit.Ops, a.kit.Actor
	return ask(a.kit, &a.asks, func(ctx context.Context) ([]db.Approval, error) {
		return acts.ListApprovals(ctx, actor)
	}, func(all []db.Approval, err error) tea.Cmd {
		if err != nil {
			return a.kit.fail(err)
		}
		a.all, a.known = all, true
		a.list.put(a.rows(a.width))
		return nil
	})
}

func (a *approvals) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || a.list.press(key.String()) {
		return nil
	}
	if key.String() == "ctrl+r" {
		return a.load()
	}
	r, ok := a.here()
	if !ok || a.whyNot(r) != "" {
		return nil
	}
	switch key.String() {
	case "y", a.kit.t.YesKey:
		return a.agree(r)
	case "x":
		return a.refuse(r)
	}
	return nil
}

func (a *approvals) here() (db.Approval, bool) {
	r, ok := a.list.item().(db.Approval)
	return r, ok
}

// whyNot says why the actor can't answer a request.
func (a *approvals) whyNot(r db.Approval) string {
	t := &a.kit.t.Approvals
	switch err := policy.Can(a.kit.Actor, policy.ApprovalAnswer, r.Resource()); {
	case r.State != policy.ApprovalWaiting:
		return t.OffAnswered
	case r.Person == a.kit.Actor.ID:
		return t.OffOwn
	case err != nil:
		return a.kit.t.OffRole
	}
	return ""
}

func (a *approvals) Keys() []binding {
	t := &a.kit.t.Approvals
	r, ok := a.here()
	why := a.kit.t.OffNothing
	if ok {
		why = a.whyNot(r)
	}
	return []binding{
		on(a.kit.t.YesKey, t.KeyAgree).unless(why == "", why),
		on("x", t.KeyRefuse).unless(why == "", why),
		on("ctrl+r", a.kit.t.People.Reload),
	}
}

// agree asks first, with what it is about: the file leaves the system.
func (a *approvals) agree(r db.Approval) tea.Cmd {
	t := &a.kit.t.Approvals
	question := fmt.Sprintf(t.AgreeAsk, a.kit.colleague(r.Person), a.kit.num(r.Size))
	details := []string{fmt.Sprintf(t.Because, r.Reason.String()), t.AgreeDetail}
	if r.Raw {
		details = append(details, a.kit.st.due.of(t.RawDetail))
	}
	return show(newConfirm(a.kit, question, details, func() tea.Cmd { return a.answer(r, true, text.Line{}, t.Agreed) }))
}

func (a *approvals) refuse(r db.Approval) tea.Cmd {
	t := &a.kit.t.Approvals
	return a.kit.because(fmt.Sprintf(t.RefuseAsk, a.kit.colleague(r.Person)), t.RefuseHint, func(why text.Line) tea.Cmd {
		return a.answer(r, false, why, t.Refused)
	})
}

func (a *approvals) answer(r db.Approval, agreed bool, why text.Line, done string) tea.Cmd {
	acts, actor := a.kit.Ops, a.kit.Actor
	return perform(a.kit, &a.does, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.AnswerApproval(ctx, actor, r.ID, agreed, why)
	}, func(struct{}) string { return done }, a.load)
}
