package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy/text"
)

// newTeam moves a colleague to another team.
func newTeam(k *kit, who db.Person) *shortForm {
	team := textField("team", k.t.People.Team, who.Team.String())
	team.hint = k.t.Leaving.TeamHint
	reason := textField("reason", k.t.People.Reason, "")
	reason.hint = k.t.People.ReasonHint
	s := newShortForm(k, fmt.Sprintf(k.t.Leaving.TeamTitle, who.Login), []*field{team, reason})
	s.form.save = func() tea.Cmd {
		acts, actor, to, why := s.kit.Ops, s.kit.Actor, text.New(s.form.value("team")), text.New(s.form.value("reason"))
		return submit(s, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, acts.SetTeam(ctx, actor, who.ID, to, why)
		}, func(struct{}) tea.Cmd {
			return tea.Sequence(closeView(s), notify(noteGood, fmt.Sprintf(k.t.Leaving.TeamDone, who.Name.String())))
		})
	}
	return s
}
