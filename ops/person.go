package ops

import (
	"context"
	"slices"

	"balie/db"
	"balie/policy"
)

// ListPeople gives the colleagues whose access the actor may see.
func (o *Ops) ListPeople(ctx context.Context, actor policy.Actor) (people []db.Person, err error) {
	err = o.act(ctx, actor, policy.PersonList, policy.Resource{}, func(tx *db.Tx) error {
		people, err = tx.ListPeople(ctx)
		return err
	})
	return slices.DeleteFunc(people, func(p db.Person) bool {
		return policy.Can(actor, policy.PersonList, policy.Resource{Person: p.ID, OwnerTeam: p.TeamID}) != nil
	}), err
}

// Colleagues gives every colleague's name by id, for those who work together.
func (o *Ops) Colleagues(ctx context.Context, actor policy.Actor) (all map[int32]db.Colleague, err error) {
	err = o.act(ctx, actor, policy.ProfileView, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.Colleagues(ctx)
		return err
	})
	return all, err
}

// GetPerson gives one with all grants, also ended ones. Everybody may see
// themselves.
func (o *Ops) GetPerson(ctx context.Context, actor policy.Actor, person int32) (p db.Person, err error) {
	err = o.about(ctx, actor, person, func(tx *db.Tx) error {
		p, err = tx.GetPerson(ctx, person)
		return err
	})
	return p, err
}

// FindPerson gives the one with that login name.
func (o *Ops) FindPerson(ctx context.Context, actor policy.Actor, login string) (p db.Person, err error) {
	err = o.act(ctx, actor, listing(login == actor.Login), policy.Resource{}, func(tx *db.Tx) error {
		if p, err = tx.FindPerson(ctx, login); err != nil {
			return err
		}
		tx.About(int64(p.ID))
		return mayList(actor, p)
	})
	return p, err
}

// ListInvitations gives a person's invitations, the newest first: which key
// each was used with shows whether the right one joined.
func (o *Ops) ListInvitations(ctx context.Context, actor policy.Actor, person int32) (all []db.Invitation, err error) {
	err = o.act(ctx, actor, policy.PersonInvite, policy.Resource{Person: person}, func(tx *db.Tx) error {
		tx.About(int64(person))
		all, err = tx.ListInvitations(ctx, person)
		return err
	})
	return all, err
}

// about runs fn as the view of one person's access.
func (o *Ops) about(ctx context.Context, actor policy.Actor, person int32, fn func(*db.Tx) error) error {
	return o.act(ctx, actor, listing(person == actor.ID), policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(person))
		p, err := tx.GetPerson(ctx, person)
		if err == nil {
			err = mayList(actor, p)
		}
		if err != nil {
			return err
		}
		return fn(tx)
	})
}

// listing is the act of looking at a person: at oneself it is another one.
func listing(self bool) policy.Act {
	if self {
		return policy.ProfileView
	}
	return policy.PersonList
}

func mayList(actor policy.Actor, p db.Person) error {
	return policy.Can(actor, listing(p.ID == actor.ID), policy.Resource{Person: p.ID, OwnerTeam: p.TeamID})
}

// SetLanguage chooses the actor's language: "nl", "en", or "" for the
// terminal's.
func (o *Ops) SetLanguage(ctx context.Context, actor policy.Actor, language string) error {
	return o.act(ctx, actor, policy.ProfileUpdate, policy.Resource{Person: actor.ID}, func(tx *db.Tx) error {
		tx.About(int64(actor.ID), "language")
		if !slices.Contains([]string{"", "nl", "en"}, language) {
			return policy.Errorf(policy.Invalid, "Choose nl, en, or none for the terminal's language.").On("language")
		}
		return tx.SetLanguage(ctx, language)
	})
}
