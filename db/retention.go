package db

import (
	"context"
	"slices"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Rule is a rule of retention with who decided it.
type Rule struct {
	policy.RetentionRule
	Reason     text.Line
	ProposedBy int32 // 0: the program
	ProposedAt time.Time
	ApprovedBy int32
	ApprovedAt *time.Time
	Waits      *Rule // a change that nobody has agreed to yet
}

type ruleRow struct {
	Key        policy.RuleKey
	Version    int
	Status     policy.Status
	Purpose    policy.Purpose
	Basis      policy.Basis
	Start      policy.StartEvent
	N          int
	Unit       policy.TermUnit
	Statistics bool
	Reason     []byte
	ProposedBy int32
	ProposedAt time.Time
	ApprovedBy int32
	ApprovedAt *time.Time
}

const (
	selectRules = `select key, version, status, purpose, basis, start, n, unit, statistics, reason, coalesce(proposed_by, 0) as proposed_by, proposed_at,
		coalesce(approved_by, 0) as approved_by, approved_at from retention_rules where dropped_at is null order by key, version`
	insertRule = `insert into retention_rules (key, version, status, purpose, basis, start, n, unit, statistics, reason, proposed_by, approved_by, approved_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nullif($11, 0), nullif($12, 0), case when $12 = 0 then null else now() end)`
	approveRule = `update retention_rules set approved_by = $3, approved_at = now() where key = $1 and version = $2 and approved_by is null and dropped_at is null`
	dropRule    = `update retention_rules set dropped_at = now() where key = $1 and version = $2 and approved_by is null and dropped_at is null`
	lastRule    = `select coalesce(max(version), 0) from retention_rules where key = $1`

	ruleReasonPlace = "retention_rules.reason"
)

// ListRules gives each rule as it counts, the defaults too, with the change of it
// that waits. The source is the law's, which no organisation changes.
func (tx *Tx) ListRules(ctx context.Context) ([]Rule, error) {
	rows, err := collect[ruleRow](ctx, tx, selectRules)
	if err != nil {
		return nil, err
	}
	return tx.openRules(rows)
}

func (tx *Tx) openRules(rows []ruleRow) ([]Rule, error) {
	var all []Rule
	for _, r := range policy.DefaultSchedule() {
		all = append(all, Rule{RetentionRule: r})
	}
	for _, row := range rows {
		r, err := tx.openRule(row)
		if err != nil {
			return nil, err
		}
		all = merge(all, r)
	}
	return all, nil
}

func (tx *Tx) openRule(row ruleRow) (Rule, error) {
	reason, err := tx.store.Keys.Open(ruleReasonPlace, int64(row.Version), row.Reason)
	return Rule{
		RetentionRule: policy.RetentionRule{
			Key: row.Key, Status: row.Status, Purpose: row.Purpose, Basis: row.Basis, Start: row.Start, Term: policy.RetentionTerm{N: row.N, Unit: row.Unit},
			Statistics: row.Statistics, Version: row.Version, Approved: row.ApprovedBy != 0,
		},
		Reason: text.New(string(reason)), ProposedBy: row.ProposedBy, ProposedAt: row.ProposedAt, ApprovedBy: row.ApprovedBy, ApprovedAt: row.ApprovedAt,
	}, err
}

// merge puts a version in its place: it counts, or waits beside the one that does.
func merge(all []Rule, r Rule) []Rule {
	at := slices.IndexFunc(all, func(o Rule) bool { return o.Key == r.Key })
	if at < 0 {
		return append(all, r)
	}
	now := &all[at]
	r.Source = now.Source
	switch {
	case r.Approved || r.Version == 0:
		*now = r
	case !now.Approved && now.Version > 0:
		*now = r
	default:
		now.Waits, now.Next = &r, r.Term
	}
	return all
}

// Schedule is what counts, for policy.
func Schedule(all []Rule) policy.Schedule {
	s := make(policy.Schedule, len(all))
	for i, r := range all {
		s[i] = r.RetentionRule
	}
	return s
}

// ProposeRule writes a change, which waits for another person. It gives its
// version.
func (tx *Tx) ProposeRule(ctx context.Context, r policy.RetentionRule, why text.Line) (version int, err error) {
	if err := tx.QueryRow(ctx, lastRule, r.Key).Scan(&version); err != nil {
		return 0, err
	}
	r.Version = version + 1
	return r.Version, tx.writeRule(ctx, r, why, tx.Actor.ID, 0)
}

// ApproveRule agrees to the change that waits, or to the default.
func (tx *Tx) ApproveRule(ctx context.Context, r policy.RetentionRule) error {
	if r.Version == 0 {
		return tx.writeRule(ctx, r, text.Line{}, 0, tx.Actor.ID)
	}
	return tx.must(ctx, approveRule, r.Key, r.Version, tx.Actor.ID)
}

func (tx *Tx) writeRule(ctx context.Context, r policy.RetentionRule, why text.Line, proposed, approved int32) error {
	reason := tx.store.Keys.Seal(ruleReasonPlace, int64(r.Version), []byte(why.String()))
	_, err := tx.Exec(ctx, insertRule, r.Key, r.Version, r.Status, r.Purpose, r.Basis, r.Start, r.Term.N, r.Term.Unit, r.Statistics, reason, proposed, approved)
	return err
}

// DropRule takes a change back that nobody has agreed to.
func (tx *Tx) DropRule(ctx context.Context, key policy.RuleKey, version int) error {
	return tx.must(ctx, dropRule, key, version)
}

// Figure is how many left in a year; the small figures stand together, without
// more.
type Figure struct {
	Year   int
	Kind   policy.CustomerKind
	Status policy.Status
	Region string
	N      int64
}

// RetentionFigures are counts of who left, none of fewer than ten.
func (tx *Tx) RetentionFigures(ctx context.Context) ([]Figure, error) {
	return collect[Figure](ctx, tx, `select year, kind, status, region, n from retention_statistics() order by year desc, n desc`)
}
