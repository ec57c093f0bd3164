package ops

import (
	"context"
	"slices"

	"balie/db"
	"balie/policy"
)

// heirOf is who takes over what a person owns: the colleague named, or else the
// manager of the team. With nothing to take over it may be nobody, 0.
func heirOf(ctx context.Context, tx *db.Tx, p db.Person, named int32, customers int64) (int32, error) {
	if named != 0 {
		return named, ableHeir(ctx, tx, p.ID, named)
	}
	if customers == 0 {
		return 0, nil
	}
	managers, err := managersOf(ctx, tx, p)
	if err != nil {
		return 0, err
	}
	if len(managers) != 1 {
		return 0, policy.Errorf(policy.Invalid, "Name the colleague who takes over the customers of %s (--hand-over): their team has no manager, or more than one.", p.Login).On("heir")
	}
	return managers[0], nil
}

// managersOf are the managers of a person's team who are there.
func managersOf(ctx context.Context, tx *db.Tx, p db.Person) (ids []int32, err error) {
	people, err := tx.ListPeople(ctx)
	for _, m := range people {
		if m.ID != p.ID && m.TeamID == p.TeamID && p.TeamID != 0 && m.RevokedAt == nil && slices.Contains(m.Roles(tx.Now), policy.Manager) {
			ids = append(ids, m.ID)
		}
	}
	return ids, err
}

// ableHeir says whether somebody can own customers, as hand_over() does.
func ableHeir(ctx context.Context, tx *db.Tx, person, heir int32) error {
	p, err := tx.GetPerson(ctx, heir)
	if err != nil && policy.KindOf(err) != policy.Absent {
		return err
	}
	held := p.Roles(tx.Now)
	if err != nil || heir == person || p.RevokedAt != nil || !slices.Contains(held, policy.Sales) && !slices.Contains(held, policy.Manager) {
		return policy.Errorf(policy.Invalid, "Nothing can be handed over to this colleague: choose somebody else in sales, or a manager, who is with the firm.").On("heir")
	}
	return nil
}

// dueHeir is who takes over when the day has come: whoever was named may have
// left meanwhile. 0: nobody, until an admin names somebody.
func dueHeir(ctx context.Context, tx *db.Tx, d db.Departure) (int32, error) {
	p, err := tx.GetPerson(ctx, d.Person)
	if err != nil {
		return 0, err
	}
	for _, named := range []int32{d.Heir, 0} {
		heir, err := heirOf(ctx, tx, p, named, 1)
		if policy.KindOf(err) != policy.Invalid {
			return heir, err
		}
	}
	return 0, nil
}
