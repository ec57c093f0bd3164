package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// StaffKey is a key with what there is to look at in it.
type StaffKey struct {
	db.StaffKey
	Age, Unused int // in days
	Flags       []policy.KeyFlag
}

// judged is a key as of now.
func judged(k db.StaffKey, now time.Time, flagDays int) StaffKey {
	age := policy.KeyAge{Kind: k.Kind, Bits: int(k.Bits), Added: k.AddedAt, Idle: k.Idle(), Suspended: k.SuspendedAt != nil}
	return StaffKey{k, policy.Days(k.AddedAt, now), policy.Days(k.Idle(), now), age.Flags(now, flagDays)}
}

// StaffKeys gives everybody's keys that were not removed.
func (o *Ops) StaffKeys(ctx context.Context, actor policy.Actor) (all []StaffKey, err error) {
	err = o.act(ctx, actor, policy.KeyList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = staffKeys(ctx, tx)
		return err
	})
	return all, err
}

func staffKeys(ctx context.Context, tx *db.Tx) ([]StaffKey, error) {
	flag, err := tx.Setting(ctx, policy.KeysFlagDays)
	if err != nil {
		return nil, err
	}
	keys, err := tx.StaffKeys(ctx)
	all := make([]StaffKey, len(keys))
	for i, k := range keys {
		all[i] = judged(k, tx.Now, flag.Int())
	}
	return all, err
}

// LiftKey lets a key that was suspended be used again.
func (o *Ops) LiftKey(ctx context.Context, actor policy.Actor, key int32, reason text.Line) error {
	return o.act(ctx, actor, policy.KeyLift, policy.Resource{}, func(tx *db.Tx) error {
		k, err := tx.GetKey(ctx, key)
		if err != nil {
			return err
		}
		tx.About(int64(k.PersonID), "key")
		tx.Detail(k.Fingerprint + ": " + reason.String())
		if err := needReason(reason); err != nil {
			return err
		}
		if k.SuspendedAt == nil || k.RemovedAt != nil {
			return policy.Errorf(policy.Conflict, "This key is not suspended.")
		}
		return tx.LiftKey(ctx, key)
	})
}

// keyJobs suspend, each day, the keys that nobody uses any more.
func (o *Ops) keyJobs() []Job {
	return []Job{{Name: "keys.suspend", Spec: "15 5 * * *", Every: db.Daily, Run: o.suspendKeys}}
}

// suspendKeys takes them one by one, each with its row in the log. What an
// interrupted run suspended is not found again.
func (o *Ops) suspendKeys(ctx context.Context, r *Run) error {
	idle, err := idleKeys(ctx, r)
	for _, k := range idle {
		kept := false
		if err := r.Batch(ctx, policy.KeySuspend, func(tx *db.Tx) (err error) {
			kept, err = suspendKey(ctx, tx, k)
			return err
		}); err != nil {
			return err
		}
		if kept {
			r.Count("kept for the last admin", 1)
		} else {
			r.Count("suspended", 1)
		}
	}
	return err
}

func idleKeys(ctx context.Context, r *Run) (idle []db.StaffKey, err error) {
	err = r.Batch(ctx, policy.KeySuspend, func(tx *db.Tx) error {
		days, err := tx.Setting(ctx, policy.KeysSuspendDays)
		if err != nil {
			return err
		}
		if idle, err = tx.IdleKeys(ctx, days.Int()); err != nil {
			return err
		}
		return ErrIdle // it only looked
	})
	return idle, err
}

// suspendKey keeps the last key with which an admin can get in, and says so in
// the log.
func suspendKey(ctx context.Context, tx *db.Tx, k db.StaffKey) (kept bool, err error) {
	tx.About(int64(k.PersonID), "key")
	tx.Detail(k.Fingerprint)
	if kept, err = lastWayIn(ctx, tx, k.PersonID); err != nil {
		return false, err
	}
	if kept {
		tx.Detail(k.Fingerprint + ": kept, for without it no admin can sign in")
		return true, nil
	}
	return false, tx.SuspendKey(ctx, k.ID)
}

// lastWayIn says that only this person can let others in, with one key.
func lastWayIn(ctx context.Context, tx *db.Tx, person int32) (bool, error) {
	only, err := onlyAdmin(ctx, tx, person)
	if err != nil || !only {
		return false, err
	}
	all, err := tx.ListKeys(ctx, person)
	return countActive(all) == 1, err
}

// weakKeys points an admin to the keys that somebody should look at.
func (o *Ops) weakKeys() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Admin}, findStaffKeys}
}

// idleKeysOfOwn points everybody to the keys that they are about to lose.
func (o *Ops) idleKeysOfOwn() attentionFinder { return attentionFinder{policy.Roles, findOwnKeys} }

func findStaffKeys(ctx context.Context, tx *db.Tx) ([]Attention, error) {
	all, err := staffKeys(ctx, tx)
	if err != nil {
		return nil, err
	}
	count := map[policy.KeyFlag]int{}
	for _, k := range all {
		if len(k.Flags) > 0 {
			count[k.Flags[0]]++
		}
	}
	var found []Attention
	for _, m := range []struct {
		flag policy.KeyFlag
		what policy.Message
	}{
		{policy.KeyUnused, policy.Message{Key: "Keys that nobody has used for long: %d."}},
		{policy.KeySuspended, policy.Message{Key: "Keys that are suspended: %d."}},
		{policy.KeyWeak, policy.Message{Key: "Keys that are too weak by today's measure: %d."}},
	} {
		if n := count[m.flag]; n > 0 {
			m.what.Args = []any{n}
			found = append(found, Attention{What: m.what, Opens: "keys", Grave: m.flag == policy.KeyWeak})
		}
	}
	return found, nil
}

func findOwnKeys(ctx context.Context, tx *db.Tx) ([]Attention, error) {
	suspend, err := tx.Setting(ctx, policy.KeysSuspendDays)
	if err != nil {
		return nil, err
	}
	flag, err := tx.Setting(ctx, policy.KeysFlagDays)
	if err != nil {
		return nil, err
	}
	keys, err := tx.ListKeys(ctx, tx.Actor.ID)
	var found []Attention
	for _, k := range keys {
		if unused := policy.Days(k.Idle(), tx.Now); k.Active() && unused >= flag.Int() {
			what := policy.Message{
				Key:  "You have not used your key %s for %d days: after %d it lets you in no more.",
				Args: []any{text.Clean(k.Name), unused, suspend.Int()},
			}
			found = append(found, Attention{What: what, Opens: "me"})
		}
	}
	return found, err
}
