package ops

import (
	"context"
	"fmt"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ListSettings gives what the organisation decided, and the defaults of what
// it did not.
func (o *Ops) ListSettings(ctx context.Context, actor policy.Actor) (all []db.Setting, err error) {
	err = o.act(ctx, actor, policy.SettingList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListSettings(ctx)
		return err
	})
	return all, err
}

// Decide changes a setting; earlier values are kept beside who chose them.
func (o *Ops) Decide(ctx context.Context, actor policy.Actor, key policy.SettingKey, value policy.SettingValue, reason text.Line) error {
	return o.act(ctx, actor, policy.SettingChange, policy.Resource{}, func(tx *db.Tx) error {
		if err := needReason(reason); err != nil {
			return err
		}
		all, err := tx.ListSettings(ctx)
		if err != nil {
			return err
		}
		now := settingOf(all)
		if err := policy.CheckSetting(key, value, func(k policy.SettingKey) policy.SettingValue { return now[k].Value }); err != nil {
			return err
		}
		tx.About(0, string(key))
		tx.Detail(fmt.Sprintf("%s from %s to %s: %s", key, now[key].Value, value, reason))
		return tx.Decide(ctx, key, value, now[key].Version)
	})
}

func settingOf(all []db.Setting) map[policy.SettingKey]db.Setting {
	by := map[policy.SettingKey]db.Setting{}
	for _, s := range all {
		by[s.Key] = s
	}
	return by
}
