package ops

import (
	"context"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ListFields are the organisation's own fields that the actor may know of.
func (o *Ops) ListFields(ctx context.Context, actor policy.Actor) (all []policy.Field, err error) {
	err = o.act(ctx, actor, policy.FieldList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListFields(ctx)
		return err
	})
	return all, err
}

// SaveField adds a field, or changes the one with its number. Why, the log keeps.
func (o *Ops) SaveField(ctx context.Context, actor policy.Actor, f policy.Field, why text.Line) (id int32, err error) {
	if err := f.Check(); err != nil {
		return 0, err
	}
	err = o.act(ctx, actor, policy.FieldWrite, policy.Resource{}, func(tx *db.Tx) error {
		tx.Detail(toldField(f) + ": " + why.String())
		if err := needReason(why); err != nil {
			return err
		}
		id, err = saveField(ctx, tx, f)
		return err
	})
	return id, err
}

func saveField(ctx context.Context, tx *db.Tx, f policy.Field) (int32, error) {
	if err := checkGroundsNow(ctx, tx, nil, []policy.Ground{f.Ground}); err != nil {
		return 0, err
	}
	if f.ID == 0 {
		all, err := tx.ListFields(ctx)
		if err == nil && len(all) >= maxFields {
			err = policy.Errorf(policy.Invalid, "There are %d fields already: drop one that nobody uses.", maxFields)
		}
		if err != nil {
			return 0, err
		}
		return tx.AddField(ctx, f)
	}
	was, err := tx.GetField(ctx, f.ID)
	if err != nil {
		return 0, err
	}
	if was.Entity != f.Entity || was.Kind != f.Kind {
		return 0, policy.Errorf(policy.Invalid, "What a field belongs to and its kind stay as they are: add another field, and drop this one.").On("kind")
	}
	if err := keepsChoices(was, f); err != nil {
		return 0, err
	}
	return f.ID, tx.ChangeField(ctx, f)
}

// maxFields keeps forms such that people fill them in.
const maxFields = 60

// keepsChoices holds that no choice loses its number, by which records have it.
func keepsChoices(was, now policy.Field) error {
	ids := map[int]bool{}
	for _, c := range now.Choices {
		ids[c.ID] = true
	}
	for _, c := range was.Choices {
		if !ids[c.ID] {
			return policy.Errorf(policy.Invalid, "A choice is offered no more rather than deleted: records may hold it.").On("choices")
		}
	}
	return nil
}

// toldField is a field as the log tells it.
func toldField(f policy.Field) string {
	return string(f.Entity) + " " + f.Name.String() + " for " + string(f.Ground.Purpose) + " on " + string(f.Ground.Basis)
}

// FindField gives a field that the actor may know of by its name or number.
func (o *Ops) FindField(ctx context.Context, actor policy.Actor, entity policy.FieldEntity, name string) (policy.Field, error) {
	all, err := o.ListFields(ctx, actor)
	if err != nil {
		return policy.Field{}, err
	}
	return policy.NamedField(all, entity, name)
}
