package db

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"balie/policy"
)

// Purpose is one of the organisation's, and who decided it. Version 0 is the
// program's own, which nobody decided.
type Purpose struct {
	policy.PurposeRules
	Version int32
	At      *time.Time
	By      int32
}

type purposeRow struct {
	Name    string
	Version int32
	Value   []byte
	At      time.Time
	By      int32
}

const (
	purposeColumns    = `name, version, value, at, by from purposes`
	listPurposesSQL   = `select distinct on (name) ` + purposeColumns + ` order by name, version desc`
	purposeHistorySQL = `select ` + purposeColumns + ` where name = $1 order by version desc limit 200`
	insertPurposeSQL  = `insert into purposes (name, version, value, by) values ($1, $2, $3, $4)`
)

func (tx *Tx) purposes(ctx context.Context, sql string, args ...any) ([]Purpose, error) {
	rows, err := collect[purposeRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Purpose, len(rows))
	for i, r := range rows {
		all[i] = Purpose{Version: r.Version, At: &r.At, By: r.By}
		if err := json.Unmarshal(r.Value, &all[i].PurposeRules); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ListPurposes gives every purpose of the organisation as it counts now, the
// retired ones too: the program's own first, in their order.
func (tx *Tx) ListPurposes(ctx context.Context) ([]Purpose, error) {
	decided, err := tx.purposes(ctx, listPurposesSQL)
	if err != nil {
		return nil, err
	}
	all := make([]Purpose, len(policy.Purposes))
	for i, p := range policy.Purposes {
		all[i].PurposeRules = p
	}
	for _, d := range decided {
		if i := slices.IndexFunc(all, func(p Purpose) bool { return p.Name == d.Name }); i >= 0 {
			all[i] = d
		} else {
			all = append(all, d)
		}
	}
	return all, nil
}

// Rules are purposes as policy decides by them.
func Rules(all []Purpose) []policy.PurposeRules {
	rules := make([]policy.PurposeRules, len(all))
	for i, p := range all {
		rules[i] = p.PurposeRules
	}
	return rules
}

// GetPurpose gives one as it counts now.
func (tx *Tx) GetPurpose(ctx context.Context, name policy.Purpose) (Purpose, error) {
	all, err := tx.ListPurposes(ctx)
	if err != nil {
		return Purpose{}, err
	}
	if _, err := policy.FindPurpose(Rules(all), name); err != nil {
		return Purpose{}, err
	}
	return all[slices.IndexFunc(all, func(p Purpose) bool { return p.Name == name })], nil
}

// PurposeHistory gives the versions of one, the latest first; the program's own
// comes last.
func (tx *Tx) PurposeHistory(ctx context.Context, name policy.Purpose) ([]Purpose, error) {
	all, err := tx.purposes(ctx, purposeHistorySQL, name)
	if own, no := policy.FindPurpose(policy.Purposes, name); no == nil {
		all = append(all, Purpose{PurposeRules: own})
	}
	return all, err
}

// SetPurpose keeps a new version of a purpose, which version was read of; a
// second one who decides at the same time is told of a conflict.
func (tx *Tx) SetPurpose(ctx context.Context, p policy.PurposeRules, version int32) error {
	if _, err := tx.Exec(ctx, insertPurposeSQL, p.Name, version+1, marshal(p), tx.Actor.ID); err != nil {
		return err
	}
	for _, lang := range []string{"nl", "en"} {
		if err := tx.keepWording(ctx, Wording{Purpose: p.Name, Language: lang, Body: p.Wording.In(lang)}); err != nil {
			return err
		}
	}
	return nil
}

// Wording is what people were asked, to the letter.
type Wording struct {
	Hash     []byte
	Purpose  policy.Purpose
	Language string
	Body     string
	At       time.Time
}

const (
	wordingSQL       = `select hash, purpose, language, body, at from wordings where purpose = $1 order by at desc, language desc`
	insertWordingSQL = `insert into wordings (hash, purpose, language, body, by) values ($1, $2, $3, $4, $5) on conflict do nothing`
)

// ListWordings gives all that people were ever asked for a purpose, the latest
// first.
func (tx *Tx) ListWordings(ctx context.Context, purpose policy.Purpose) ([]Wording, error) {
	return collect[Wording](ctx, tx, wordingSQL, purpose)
}

// keepWording keeps one, once.
func (tx *Tx) keepWording(ctx context.Context, w Wording) error {
	if w.Body == "" {
		return nil
	}
	_, err := tx.Exec(ctx, insertWordingSQL, policy.WordingHash(w.Body), w.Purpose, cmp.Or(w.Language, "nl"), w.Body, tx.Actor.ID)
	return err
}
