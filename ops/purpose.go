package ops

import (
	"context"
	"fmt"
	"slices"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ListPurposes are what the organisation uses data for, the retired ones too.
func (o *Ops) ListPurposes(ctx context.Context, actor policy.Actor) (all []db.Purpose, err error) {
	err = o.act(ctx, actor, policy.PurposeList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListPurposes(ctx)
		return err
	})
	return all, err
}

// PurposeSight is one purpose with its versions and what people were asked.
type PurposeSight struct {
	db.Purpose
	History  []db.Purpose
	Wordings []db.Wording
}

// ViewPurpose is one of them whole.
func (o *Ops) ViewPurpose(ctx context.Context, actor policy.Actor, name policy.Purpose) (s PurposeSight, err error) {
	err = o.act(ctx, actor, policy.PurposeList, policy.Resource{}, func(tx *db.Tx) error {
		if s.Purpose, err = tx.GetPurpose(ctx, name); err != nil {
			return err
		}
		if s.History, err = tx.PurposeHistory(ctx, name); err != nil {
			return err
		}
		s.Wordings, err = tx.ListWordings(ctx, name)
		return err
	})
	return s, err
}

// SetPurpose decides on a purpose, a new one as well; version is the one that was
// read. Earlier versions are kept beside who chose them, and why.
func (o *Ops) SetPurpose(ctx context.Context, actor policy.Actor, p policy.PurposeRules, version int32, reason text.Line) error {
	if err := p.Check(); err != nil {
		return err
	}
	return o.act(ctx, actor, policy.PurposeSet, policy.Resource{}, func(tx *db.Tx) error {
		if err := needReason(reason); err != nil {
			return err
		}
		tx.About(int64(version+1), string(p.Name))
		tx.Detail(fmt.Sprintf("purpose %s version %d: %s", p.Name, version+1, reason))
		return tx.SetPurpose(ctx, p, version)
	})
}

// checkGroundsNow says whether each ground is one that the organisation has. What
// was so before stays: a purpose that changed must not hinder a new phone number.
func checkGroundsNow(ctx context.Context, tx *db.Tx, before, now []policy.Ground) error {
	var fresh []policy.Ground
	for _, g := range now {
		if !slices.Contains(before, g) {
			fresh = append(fresh, g)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	all, err := tx.ListPurposes(ctx)
	if err != nil {
		return err
	}
	for _, g := range fresh {
		if err := g.CheckAmong(db.Rules(all)); err != nil {
			return err
		}
	}
	return nil
}
