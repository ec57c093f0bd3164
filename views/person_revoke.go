package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
	"balie/policy/text"
)

// newRevoke ends all access of a colleague: it says first what will end, and
// wants the login name typed, because it can't be undone.
func newRevoke(k *kit, a access) *shortForm {
	t, login := &k.t.People, a.person.Login
	typed := textField("login", t.RevokeType, "")
	typed.hint = login
	reason := textField("reason", t.Reason, "")
	reason.hint = t.ReasonHint
	s := newShortForm(k, fmt.Sprintf(t.RevokeTitle, login), []*field{reason, typed})
	s.above = func(w int) []string { return revokePreview(k, a, w) }
	s.form.save = func() tea.Cmd { return saveRevoke(s, a) }
	return s
}

func revokePreview(k *kit, a access, w int) []string {
	t := &k.t.People
	roles := t.RevokeNoRoles
	if held := k.roles(a.person); held != "" {
		roles = fmt.Sprintf(t.RevokeRoles, held)
	}
	lines := []string{""}
	for _, l := range wrap(fmt.Sprintf(t.RevokePreview, a.person.Name.String(), a.person.Login), w-4) {
		lines = append(lines, "  "+k.st.danger.of(l))
	}
	for _, item := range []string{fmt.Sprintf(t.RevokeSessions, len(a.sessions)), roles, t.RevokeFor} {
		for i, l := range wrap(item, w-8) {
			lines = append(lines, [2]string{"    · ", "      "}[min(i, 1)]+l)
		}
	}
	return lines
}

func saveRevoke(s *shortForm, a access) tea.Cmd {
	login, reason := a.person.Login, text.New(s.form.value("reason"))
	if err := needed(reason.String()); err != nil {
		s.form.blame(err)
		return nil
	}
	if s.form.value("login") != login {
		s.form.blame(policy.Errorf(policy.Invalid, s.t.People.RevokeMistyped, login).On("login"))
		return nil
	}
	acts, actor := s.Ops, s.Actor
	return submit(s, func(ctx context.Context) (int, error) { return acts.Revoke(ctx, actor, a.person.ID, reason) },
		func(closed int) tea.Cmd {
			return tea.Sequence(closeView(s), notify(noteGood, fmt.Sprintf(s.t.People.RevokeDone, a.person.Name.String(), closed)))
		})
}
