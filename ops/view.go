package ops

import (
	"cmp"
	"context"
	"slices"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

const (
	maxViews    = 50 // of one person on one list
	maxViewName = 60
)

// ListViews are the views of a list, or of all with "": the own ones in their
// order, then those that colleagues share.
func (o *Ops) ListViews(ctx context.Context, actor policy.Actor, l policy.List) (all []db.View, err error) {
	err = o.act(ctx, actor, policy.ViewList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListViews(ctx, l)
		return err
	})
	return all, err
}

// GetView finds a view of a list by its name, an own one first.
func (o *Ops) GetView(ctx context.Context, actor policy.Actor, l policy.List, name text.Line) (v db.View, err error) {
	err = o.act(ctx, actor, policy.ViewList, policy.Resource{}, func(tx *db.Tx) error {
		v, err = findView(ctx, tx, l, name)
		return err
	})
	return v, err
}

func findView(ctx context.Context, tx *db.Tx, l policy.List, name text.Line) (db.View, error) {
	all, err := tx.ListViews(ctx, l)
	if err != nil {
		return db.View{}, err
	}
	v, ok := db.FindView(all, name.String())
	if !ok {
		return v, policy.Errorf(policy.Absent, "There is no view %q of this list: views list names those there are.", name.String())
	}
	return v, nil
}

// checkView says what is wrong with one, before and in the transaction.
func (o *Ops) checkView(ctx context.Context, tx *db.Tx, v db.View) error {
	switch {
	case !slices.Contains(policy.Lists, v.List):
		_, err := policy.ParseList(cmp.Or(string(v.List), "?"))
		return err
	case v.Name.IsZero() || len(v.Name.String()) > maxViewName:
		return policy.Errorf(policy.Invalid, "A view needs a name of at most %d characters.", maxViewName).On("name")
	case v.Shared && tx.Actor.Team == 0:
		return policy.Errorf(policy.Invalid, "You are in no team to share this with: keep it as your own.").On("shared")
	}
	if err := tx.CheckFilter(ctx, v.List, v.Filter); err != nil {
		return err
	}
	all, err := tx.ListViews(ctx, v.List)
	if err != nil {
		return err
	}
	own := slices.DeleteFunc(all, func(o db.View) bool { return o.Owner != tx.Actor.ID || o.ID == v.ID })
	if _, taken := db.FindView(own, v.Name.String()); taken {
		return policy.Errorf(policy.Conflict, "You have a view %q of this list already: choose another name, or delete that one first.", v.Name.String()).On("name")
	}
	if v.ID == 0 && len(own) >= maxViews {
		return policy.Errorf(policy.Invalid, "You have %d views of this list: delete one first.", maxViews)
	}
	return nil
}

// SaveView keeps a view of the actor's own, a new one with ID 0.
func (o *Ops) SaveView(ctx context.Context, actor policy.Actor, v db.View) (kept db.View, err error) {
	v.Owner = cmp.Or(v.Owner, actor.ID)
	err = o.act(ctx, actor, policy.ViewSave, policy.Resource{Person: v.Owner}, func(tx *db.Tx) error {
		if err := o.checkView(ctx, tx, v); err != nil {
			return err
		}
		if v.ID == 0 {
			if v.Place == 0 {
				v.Place = maxViews + 1 // last
			}
			kept, err = tx.AddView(ctx, v)
			return err
		}
		kept, err = tx.UpdateView(ctx, v)
		return err
	})
	return kept, err
}

// PlaceViews puts the actor's own views of a list in an order: of the first nine
// the place is the key that opens it.
func (o *Ops) PlaceViews(ctx context.Context, actor policy.Actor, ids []int64) error {
	return o.act(ctx, actor, policy.ViewSave, policy.Resource{Person: actor.ID}, func(tx *db.Tx) error {
		return tx.PlaceViews(ctx, ids)
	})
}

// DeleteView throws one away, and gives it, to be kept again if that was a
// mistake. A manager may delete what the team shares.
func (o *Ops) DeleteView(ctx context.Context, actor policy.Actor, id int64) (gone db.View, err error) {
	err = o.act(ctx, actor, policy.ViewDelete, policy.Resource{}, func(tx *db.Tx) error {
		if gone, err = tx.GetView(ctx, id); err != nil {
			return err
		}
		if err := mayDelete(ctx, tx, gone); err != nil {
			return err
		}
		return tx.DeleteView(ctx, gone)
	})
	return gone, err
}

func mayDelete(ctx context.Context, tx *db.Tx, v db.View) error {
	people, err := tx.Colleagues(ctx)
	if err != nil {
		return err
	}
	if v.Owner != tx.Actor.ID && !v.Shared {
		return policy.ErrAbsent()
	}
	return policy.Can(tx.Actor, policy.ViewDelete, policy.Resource{Owner: v.Owner, OwnerTeam: people[v.Owner].TeamID})
}
