package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// newGrant gives a colleague a role, for a reason and perhaps for a time.
func newGrant(k *kit, who db.Person) *shortForm {
	t := &k.t.People
	until := textField("until", t.Until, "")
	until.hint = t.UntilHint
	reason := textField("reason", t.Reason, "")
	reason.hint = t.ReasonHint
	s := newShortForm(k, fmt.Sprintf(t.GrantTitle, who.Login), []*field{
		choiceField("role", t.Role, k.grantable(), 0), until, reason,
	})
	s.form.save = func() tea.Cmd { return saveGrant(s, who) }
	return s
}

func saveGrant(s *shortForm, who db.Person) tea.Cmd {
	role := policy.Roles[s.form.field("role").chosen]
	until, err := s.until(s.form.value("until"))
	if err != nil {
		s.form.blame(err)
		return nil
	}
	acts, actor := s.kit.Ops, s.kit.Actor
	g := ops.Granting{Person: who.ID, Role: role, Until: until, Reason: text.New(s.form.value("reason"))}
	return submit(s, func(ctx context.Context) (bool, error) { return acts.Grant(ctx, actor, g) },
		func(pending bool) tea.Cmd { return tea.Sequence(closeView(s), s.kit.granted(who, role, pending)) })
}

func (k *kit) granted(who db.Person, role policy.Role, pending bool) tea.Cmd {
	if pending {
		return notify(noteWarn, k.t.People.GrantPending)
	}
	return notify(noteGood, fmt.Sprintf(k.t.People.Granted, who.Name.String(), k.t.role(role)))
}
