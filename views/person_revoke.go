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

// newRevoke ends all access of a colleague, now or on a last day: it says first
// what will end, and wants the login name typed, because it can't be undone.
func newRevoke(k *kit, a access) *shortForm {
	t, login := &k.t.People, a.person.Login
	var held *db.Holdings // until it is known
	fields := []*field{
		textField("reason", t.Reason, ""), textField("heir", k.t.Leaving.Heir, ""),
		textField("on", k.t.Leaving.On, ""), textField("login", t.RevokeType, ""),
	}
	for i, hint := range []string{t.ReasonHint, k.t.Leaving.HeirHint, k.t.Leaving.OnHint, login} {
		fields[i].hint = hint
	}
	s := newShortForm(k, fmt.Sprintf(t.RevokeTitle, login), fields)
	s.begin = func() tea.Cmd {
		acts, actor, id := k.Ops, k.Actor, a.person.ID
		return ask(k, &s.looks, func(ctx context.Context) (db.Holdings, error) { return acts.Holdings(ctx, actor, id) },
			func(h db.Holdings, err error) tea.Cmd { held = &h; return k.fail(err) })
	}
	s.above = func(w int) []string { return revokePreview(k, a, held, w) }
	s.form.save = func() tea.Cmd { return saveRevoke(s, a) }
	return s
}

func revokePreview(k *kit, a access, held *db.Holdings, w int) []string {
	t := &k.t.People
	roles := t.RevokeNoRoles
	if words := k.roles(a.person); words != "" {
		roles = fmt.Sprintf(t.RevokeRoles, words)
	}
	lines := []string{""}
	for _, l := range wrap(fmt.Sprintf(t.RevokePreview, a.person.Name.String(), a.person.Login), w-4) {
		lines = append(lines, "  "+k.st.danger.of(l))
	}
	items := append([]string{fmt.Sprintf(t.RevokeSessions, len(a.sessions)), roles}, k.holdings(held)...)
	for _, item := range append(items, t.RevokeFor) {
		for i, l := range wrap(item, w-8) {
			lines = append(lines, [2]string{"    · ", "      "}[min(i, 1)]+l)
		}
	}
	return lines
}

// holdings is what is left behind, a line for each kind.
func (k *kit) holdings(h *db.Holdings) []string {
	t := &k.t.Leaving
	if h == nil {
		return []string{k.t.Loading}
	}
	lines := []string{fmt.Sprintf(t.HoldCustomers, k.num(int(h.Customers)), k.num(int(h.Deals))), fmt.Sprintf(t.HoldMore, h.Keys, h.Invitations, h.Codes)}
	if h.Asked+h.Planned > 0 {
		lines = append(lines, fmt.Sprintf(t.HoldPower, h.Asked, h.Planned))
	}
	return lines
}

func saveRevoke(s *shortForm, a access) tea.Cmd {
	l, err := s.leaving(a.person)
	if err != nil {
		s.form.blame(err)
		return nil
	}
	acts, actor, name := s.kit.Ops, s.kit.Actor, a.person.Name.String()
	return submit(s, func(ctx context.Context) (ops.Left, error) { return acts.Leave(ctx, actor, l) },
		func(left ops.Left) tea.Cmd {
			if !left.Due.IsZero() {
				return tea.Sequence(closeView(s), notify(noteGood, fmt.Sprintf(s.kit.t.Leaving.PlannedDone, name, s.kit.moment(left.Due))))
			}
			done := notify(noteGood, fmt.Sprintf(s.kit.t.People.RevokeDone, name, left.Closed))
			if left.Customers > 0 {
				return tea.Sequence(done, s.instead(newHanding(s.kit, left.Departure)))
			}
			return tea.Sequence(closeView(s), done)
		})
}

// leaving is what the form says.
func (s *shortForm) leaving(p db.Person) (l ops.Leaving, err error) {
	l.Person, l.Reason = p.ID, text.New(s.form.value("reason"))
	if err := needed(l.Reason.String()); err != nil {
		return l, err
	}
	if l.Heir, err = s.kit.byLogin(s.form.value("heir")); err != nil {
		return l, onField(err, "heir")
	}
	if day := s.form.value("on"); day != "" {
		if l.On, err = policy.ParseLastDay(day); err != nil {
			return l, err
		}
	}
	if s.form.value("login") != p.Login {
		err = policy.Errorf(policy.Invalid, s.kit.t.People.RevokeMistyped, p.Login).On("login")
	}
	return l, err
}

// byLogin is a colleague's number; 0 for no name.
func (k *kit) byLogin(login string) (int32, error) {
	if login == "" {
		return 0, nil
	}
	for id, p := range k.people {
		if p.Login == login {
			return id, nil
		}
	}
	return 0, policy.ErrAbsent()
}

func onField(err error, name string) error {
	if e, ok := err.(*policy.Error); ok {
		return e.On(name)
	}
	return err
}
