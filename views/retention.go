package views

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// RetentionActs are those on how long what is kept.
type RetentionActs interface {
	Retention(context.Context, policy.Actor) ([]db.Rule, error)
	ProposeRule(context.Context, policy.Actor, ops.RuleChange, text.Line) (int, error)
	AnswerRule(ctx context.Context, actor policy.Actor, key policy.RuleKey, agreed bool) error
	PlanRetention(ctx context.Context, actor policy.Actor, on time.Time, sample int) ([]ops.RulePlan, error)
	ListHolds(ctx context.Context, actor policy.Actor, customer int64, ended bool) ([]db.Hold, error)
	AddHold(context.Context, policy.Actor, db.Hold) (int64, error)
	EndHold(ctx context.Context, actor policy.Actor, id int64, why text.Line) error
}

// retention is the schedule, with what waits for a second person.
type retention struct {
	kit   *kit
	all   []db.Rule
	known bool
	list  roster
	width int
	asks  latest
	does  latest
}

func newRetention(k *kit) *retention { return &retention{kit: k} }

func (r *retention) Title() string { return r.kit.t.Retention.Title }
func (r *retention) Init() tea.Cmd { return r.load() }
func (r *retention) Wake() tea.Cmd { return r.load() }
func (r *retention) Leave()        { r.asks.drop() }

func (r *retention) load() tea.Cmd {
	acts, actor := r.kit.Ops, r.kit.Actor
	return ask(r.kit, &r.asks, func(ctx context.Context) ([]db.Rule, error) {
		return acts.Retention(ctx, actor)
	}, func(all []db.Rule, err error) tea.Cmd {
		if err != nil {
			return r.kit.fail(err)
		}
		r.all, r.known = all, true
		r.list.put(r.rows(r.width))
		return send(rulesMsg{all, nil})
	})
}

func (r *retention) here() (db.Rule, bool) {
	one, ok := r.list.item().(db.Rule)
	return one, ok
}

func (r *retention) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || r.list.press(key.String()) {
		return nil
	}
	one, on := r.here()
	switch name := key.String(); {
	case name == "ctrl+r":
		return r.load()
	case name == "D" && r.kit.may(policy.RetentionPlan):
		return r.kit.needReasonFor(func() tea.Cmd { return open(newRetentionPlan(r.kit)) })
	case !on:
	case name == "e" && r.kit.may(policy.RetentionSet):
		return open(newRuleForm(r.kit, one))
	case name == "y" && r.whyNot(one) == "":
		return r.agree(one)
	case name == "x" && one.Waits != nil:
		return r.answer(one.Key, false, r.kit.t.Retention.TookOff)
	}
	return nil
}

// whyNot says why the actor can't agree to what waits of a rule.
func (r *retention) whyNot(one db.Rule) string {
	w, waits := waitsOf(one)
	switch {
	case !waits:
		return r.kit.t.Retention.OffNothingWaits
	case w.ProposedBy == r.kit.Actor.ID:
		return r.kit.t.Retention.OffOwn
	case !r.kit.may(policy.RetentionApprove):
		return r.kit.t.OffRole
	}
	return ""
}

// waitsOf is what of a rule nobody has agreed to: a change, or the default.
func waitsOf(one db.Rule) (db.Rule, bool) {
	if one.Waits != nil {
		return *one.Waits, true
	}
	return one, !one.Approved
}

func (r *retention) Keys() []binding {
	t := &r.kit.t.Retention
	one, on_ := r.here()
	why := r.kit.t.OffNothing
	if on_ {
		why = r.whyNot(one)
	}
	return []binding{
		on("e", t.KeyChange).unless(on_, r.kit.t.OffNothing), on("y", t.KeyAgree).unless(why == "", why),
		on("x", t.KeyTakeBack).unless(one.Waits != nil, t.OffNothingWaits),
		on("D", t.KeyPlan).unless(r.kit.may(policy.RetentionPlan), r.kit.t.OffRole), on("ctrl+r", r.kit.t.People.Reload),
	}
}

// agree asks first: from then on it erases.
func (r *retention) agree(one db.Rule) tea.Cmd {
	t := &r.kit.t.Retention
	w, _ := waitsOf(one)
	question := fmt.Sprintf(t.AgreeAsk, t.rule(one.Key), t.term(w.Term), t.Starts[w.Start])
	details := []string{t.AgreeDetail}
	if !w.Reason.IsZero() {
		details = append(details, t.Reason+": "+w.Reason.String())
	}
	return show(newConfirm(r.kit, question, details, func() tea.Cmd { return r.answer(one.Key, true, t.Agreed) }))
}

func (r *retention) answer(key policy.RuleKey, agreed bool, done string) tea.Cmd {
	acts, actor := r.kit.Ops, r.kit.Actor
	return perform(r.kit, &r.does, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.AnswerRule(ctx, actor, key, agreed)
	}, func(struct{}) string { return done }, r.load)
}

func ruleWidths(w int) []int { return []int{30, 12, 18, max(w-70, 8)} }

func (r *retention) View(w, height int) string {
	t := &r.kit.t.Retention
	r.width = w
	r.list.put(r.rows(w))
	lines := []string{"   " + r.kit.st.faint.of(cut(columns(ruleWidths(w), t.Rule, t.Term, t.From, t.AgreedBy), w-4))}
	if !r.known {
		return join(append(lines, "   "+r.kit.st.faint.of(r.kit.t.Loading)))
	}
	below := r.about(w)
	room := max(height-len(lines)-len(below), 1)
	lines = append(lines, block(r.list.lines(r.kit.st, w, room), w, room)...)
	return join(append(lines, below...))
}

func (r *retention) rows(w int) []rosterRow {
	t := &r.kit.t.Retention
	rows := make([]rosterRow, len(r.all))
	for i, one := range r.all {
		by, st := r.kit.colleague(one.ApprovedBy), style("")
		if _, waits := waitsOf(one); waits {
			by, st = "! "+t.Waiting, r.kit.st.due
		}
		rows[i] = rosterRow{id: string(one.Key), item: one, st: st, text: columns(ruleWidths(w), t.rule(one.Key), t.term(one.Term), t.Starts[one.Start], by)}
	}
	return rows
}

// about is all of the selected rule.
func (r *retention) about(w int) []string {
	t := &r.kit.t.Retention
	one, ok := r.here()
	if !ok {
		return nil
	}
	lines := []string{""}
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, r.kit.label(name, value, w)...)
		}
	}
	add(t.Source, r.kit.t.article(one.Source))
	if one.Long() {
		add("", t.Long)
	}
	w2, waits := waitsOf(one)
	if waits && one.Waits != nil {
		add(t.Waits, t.term(w2.Term)+" · "+t.Starts[w2.Start])
	}
	if w2.Version > 0 {
		add(t.Changed, r.kit.colleague(w2.ProposedBy)+" · "+r.kit.near(w2.ProposedAt))
	}
	add(t.Reason, w2.Reason.String())
	return lines
}

// newRuleForm proposes another term for a rule.
func newRuleForm(k *kit, one db.Rule) *shortForm {
	t := &k.t.Retention
	starts := []policy.StartEvent{policy.FromContact, policy.FromContract, policy.FromProcedure}
	if one.Key == policy.RuleInvoice {
		starts = []policy.StartEvent{policy.FromBookYear}
	}
	options, chosen := make([]option, len(starts)), 0
	for i, s := range starts {
		options[i] = option{text: t.Starts[s]}
		if s == one.Start {
			chosen = i
		}
	}
	fields := []*field{textField("term", t.Term, t.term(one.Term)), choiceField("start", t.From, options, chosen), textField("reason", t.Reason, "")}
	fields[0].hint, fields[1].hint, fields[2].hint = t.TermHint, t.StartHint, k.t.People.ReasonHint
	s := newShortForm(k, fmt.Sprintf(t.ChangeTitle, t.rule(one.Key)), fields)
	s.form.save = func() tea.Cmd {
		change := ops.RuleChange{Key: one.Key, Start: starts[fields[1].chosen]}
		var err error
		if change.Term, err = policy.ParseRetentionTerm(s.form.value("term")); err != nil {
			s.form.blame(err)
			return nil
		}
		acts, actor, why := k.Ops, k.Actor, text.New(s.form.value("reason"))
		return submit(s, func(ctx context.Context) (int, error) { return acts.ProposeRule(ctx, actor, change, why) },
			func(int) tea.Cmd { return tea.Sequence(closeView(s), notify(noteGood, t.ChangeDone)) })
	}
	return s
}
