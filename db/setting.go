package db

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// Setting is what a setting holds, and who decided it. Version 0 is the
// default, which nobody decided.
type Setting struct {
	Key     policy.SettingKey
	Value   policy.SettingValue
	Version int32
	At      *time.Time
	By      int32
}

const (
	settingSQL       = `select value #>> '{}' as value from settings where key = $1 order by version desc limit 1`
	listSettingsSQL  = `select distinct on (key) key, value #>> '{}' as value, version, at, by from settings order by key, version desc`
	insertSettingSQL = `insert into settings (key, version, value, by) values ($1, $2, $3, $4)`
	knownZoneSQL     = `select exists (select from pg_timezone_names where name = $1)`
)

// Setting is what counts now: the newest decision, else the default.
func (tx *Tx) Setting(ctx context.Context, key policy.SettingKey) (policy.SettingValue, error) {
	s, err := policy.FindSetting(key)
	if err != nil {
		return "", err
	}
	err = tx.QueryRow(ctx, settingSQL, key).Scan(&s.Default)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return s.Default, err
}

// ListSettings gives every setting of the catalogue, in its order.
func (tx *Tx) ListSettings(ctx context.Context) ([]Setting, error) {
	decided, err := collect[Setting](ctx, tx, listSettingsSQL)
	if err != nil {
		return nil, err
	}
	at := map[policy.SettingKey]Setting{}
	for _, s := range decided {
		at[s.Key] = s
	}
	all := make([]Setting, len(policy.Settings))
	for i, def := range policy.Settings {
		all[i] = Setting{Key: def.Key, Value: def.Default}
		if s, ok := at[def.Key]; ok {
			all[i] = s
		}
	}
	return all, nil
}

// Decide keeps a new value of a setting, which read version was of; a second
// one who decides at the same time is told of a conflict.
func (tx *Tx) Decide(ctx context.Context, key policy.SettingKey, value policy.SettingValue, version int32) error {
	if key == policy.TimeZone {
		if err := tx.knowsZone(ctx, value); err != nil {
			return err
		}
	}
	kept, err := json.Marshal(value)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, insertSettingSQL, key, version+1, kept, tx.Actor.ID)
	return err
}

// knowsZone asks PostgreSQL, which computes all periods: its list of zones may
// be older than ours.
func (tx *Tx) knowsZone(ctx context.Context, zone policy.SettingValue) error {
	var known bool
	err := tx.QueryRow(ctx, knownZoneSQL, zone).Scan(&known)
	if err == nil && !known {
		err = policy.Errorf(policy.Invalid, "%q is no time zone: use a name such as Europe/Amsterdam or Europe/Brussels.", string(zone)).On("value")
	}
	return err
}
