package ops

import (
	"context"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// SetTeam moves a person to a team, made when there is none of that name; empty
// for none. Whoever saw their customers through the old team sees them no more,
// from the commit on.
func (o *Ops) SetTeam(ctx context.Context, actor policy.Actor, person int32, team, reason text.Line) error {
	return o.act(ctx, actor, policy.PersonTeam, policy.Resource{Person: person}, func(tx *db.Tx) error {
		tx.About(int64(person), "team")
		if err := needReason(reason); err != nil {
			return err
		}
		p, err := livePerson(ctx, tx, person)
		if err != nil {
			return err
		}
		tx.Detail(named(p.Team) + " → " + named(team) + ": " + reason.String())
		id, err := tx.Team(ctx, team)
		if err != nil {
			return err
		}
		if id == p.TeamID {
			return policy.Errorf(policy.Conflict, "%s is in this team already.", p.Login).On("team")
		}
		return tx.SetTeam(ctx, person, id)
	})
}

func named(team text.Line) string {
	if team.IsZero() {
		return "no team"
	}
	return team.String()
}
