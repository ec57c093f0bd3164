package ops

import (
	"context"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ListTags are the organisation's tags, the retired ones too.
func (o *Ops) ListTags(ctx context.Context, actor policy.Actor) (tags []db.Tag, err error) {
	err = o.act(ctx, actor, policy.TagList, policy.Resource{}, func(tx *db.Tx) error {
		tags, err = tx.ListTags(ctx)
		return err
	})
	return tags, err
}

// AddTag adds a tag to the list that forms offer.
func (o *Ops) AddTag(ctx context.Context, actor policy.Actor, name text.Line) (id int32, err error) {
	if name.IsZero() || len(name.String()) > 40 {
		return 0, policy.Errorf(policy.Invalid, "A tag needs a name of at most 40 characters.").On("tag")
	}
	err = o.act(ctx, actor, policy.TagManage, policy.Resource{}, func(tx *db.Tx) error {
		id, err = tx.AddTag(ctx, name.String())
		return err
	})
	return id, err
}

// RetireTag takes a tag off the forms, or puts it back.
func (o *Ops) RetireTag(ctx context.Context, actor policy.Actor, id int32, retired bool) error {
	return o.act(ctx, actor, policy.TagManage, policy.Resource{}, func(tx *db.Tx) error {
		return tx.RetireTag(ctx, id, retired)
	})
}
