package ops

import (
	"context"
	"fmt"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Retention gives the schedule: each rule as it counts, and the changes that
// wait.
func (o *Ops) Retention(ctx context.Context, actor policy.Actor) (all []db.Rule, err error) {
	err = o.act(ctx, actor, policy.RetentionList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListRules(ctx)
		return err
	})
	return all, err
}

// RuleChange is what changes about a rule; zero fields stay. A rule that is not
// there yet is for a purpose.
type RuleChange struct {
	Key        policy.RuleKey
	Term       policy.RetentionTerm
	Start      policy.StartEvent
	Purpose    policy.Purpose
	Basis      policy.Basis
	Statistics *bool
}

func (c RuleChange) apply(r policy.RetentionRule) policy.RetentionRule {
	r.Key = c.Key
	if c.Term.N > 0 {
		r.Term = c.Term
	}
	if c.Start != "" {
		r.Start = c.Start
	}
	if c.Purpose != "" && r.Status == 0 {
		r.Purpose = c.Purpose
	}
	if c.Basis != "" && r.Status == 0 {
		r.Basis = c.Basis
	}
	if c.Statistics != nil {
		r.Statistics = *c.Statistics
	}
	return r
}

// ProposeRule writes a change of the schedule. It counts when another person
// agrees; until then nobody goes whom the old rule or the new one keeps.
func (o *Ops) ProposeRule(ctx context.Context, actor policy.Actor, c RuleChange, why text.Line) (version int, err error) {
	err = o.act(ctx, actor, policy.RetentionSet, policy.Resource{}, func(tx *db.Tx) error {
		if err := needReason(why); err != nil {
			return err
		}
		all, err := tx.ListRules(ctx)
		if err != nil {
			return err
		}
		was, _ := db.Schedule(all).Find(c.Key)
		r := c.apply(was)
		if err := checkRule(c, r); err != nil {
			return err
		}
		if w := waiting(all, c.Key); w != nil {
			return policy.Errorf(policy.Conflict, "A change of this rule waits already: have it agreed to or taken back first.")
		}
		tx.Detail(fmt.Sprintf("%s from %s to %s since %s: %s", r.Key, was.Term, r.Term, r.Start, why))
		version, err = tx.ProposeRule(ctx, r, why)
		return err
	})
	return version, err
}

func checkRule(c RuleChange, r policy.RetentionRule) error {
	if err := policy.CheckRuleKey(c.Key); err != nil {
		return err
	}
	if r.Term.N == 0 || r.Start == "" {
		return policy.Errorf(policy.Invalid, "A new rule needs a term and a start: --term \"4 weeks\" --start contact.").On("term")
	}
	return r.Check()
}

func waiting(all []db.Rule, key policy.RuleKey) *db.Rule {
	for _, r := range all {
		switch {
		case r.Key != key:
		case r.Waits != nil:
			return r.Waits
		case !r.Approved && r.Version > 0:
			return &r
		}
	}
	return nil
}

// AnswerRule agrees to what waits of a rule, the default too, or takes a change
// back. Who proposed it can only take it back.
func (o *Ops) AnswerRule(ctx context.Context, actor policy.Actor, key policy.RuleKey, agreed bool) error {
	act := policy.RetentionApprove
	if !agreed {
		act = policy.RetentionSet
	}
	return o.act(ctx, actor, act, policy.Resource{}, func(tx *db.Tx) error {
		all, err := tx.ListRules(ctx)
		if err != nil {
			return err
		}
		r, ok := answerable(all, key, agreed)
		if !ok {
			return policy.Errorf(policy.Conflict, "Nothing of this rule waits for an answer: see retention list.")
		}
		tx.Detail(fmt.Sprintf("%s version %d: %s since %s, agreed %t", r.Key, r.Version, r.Term, r.Start, agreed))
		if !agreed {
			return tx.DropRule(ctx, r.Key, r.Version)
		}
		if err := policy.Can(actor, policy.RetentionApprove, policy.Resource{Person: r.ProposedBy}); err != nil {
			return err
		}
		return tx.ApproveRule(ctx, r.RetentionRule)
	})
}

// answerable is what of a rule waits for a word: a change, or a default that
// nobody has agreed to.
func answerable(all []db.Rule, key policy.RuleKey, agreed bool) (db.Rule, bool) {
	if w := waiting(all, key); w != nil {
		return *w, true
	}
	for _, r := range all {
		if r.Key == key && !r.Approved && agreed {
			return r, true
		}
	}
	return db.Rule{}, false
}

// RetentionFigures are how many left in each year; none of fewer than ten.
func (o *Ops) RetentionFigures(ctx context.Context, actor policy.Actor) (all []db.Figure, err error) {
	err = o.act(ctx, actor, policy.RetentionFigures, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.RetentionFigures(ctx)
		return err
	})
	return all, err
}

// rulesWaiting tells of rules that take nobody before somebody agrees.
func rulesWaiting() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Privacy, policy.Admin}, func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
		all, err := tx.ListRules(ctx)
		n := 0
		for _, r := range all {
			if !r.Approved || r.Waits != nil {
				n++
			}
		}
		if err != nil || n == 0 {
			return nil, err
		}
		return []Attention{{What: policy.Message{Key: "Retention rules that nobody has agreed to: %d. Until then they erase nothing.", Args: []any{n}}, Opens: "retention"}}, nil
	}}
}
