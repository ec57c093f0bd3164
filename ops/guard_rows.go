package ops

import (
	"context"
	"slices"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// rowGuard looks at the rows of a file: those that it asks about are left out,
// unless a reason was given for the whole file.
type rowGuard struct {
	reason text.Line
	rows   int // that it asked about
	kinds  []policy.DangerKind
}

func newRowGuard(ctx context.Context) (*rowGuard, error) {
	g := &rowGuard{reason: policy.DespiteOf(ctx)}
	if g.reason.IsZero() {
		return g, nil
	}
	return g, CheckDespite(g.reason)
}

// pass says why a row is left out.
func (g *rowGuard) pass(texts []policy.Said) error {
	alarms := policy.Alarms(texts, nil)
	if len(alarms) == 0 {
		return nil
	}
	g.rows++
	if g.reason.IsZero() {
		return policy.Ask(alarms)
	}
	for _, k := range (&policy.Found{Alarms: alarms}).Kinds() {
		if !slices.Contains(g.kinds, k) {
			g.kinds = append(g.kinds, k)
		}
	}
	return nil
}

// record notes in the log why rows were let through.
func (g *rowGuard) record(tx *db.Tx) {
	if len(g.kinds) > 0 {
		tx.Despite(g.kinds, g.reason)
	}
}

// despite is ctx with the reason that an import was given, if any.
func (in Import) despite(ctx context.Context) context.Context {
	if in.Despite.IsZero() {
		return ctx
	}
	return policy.Despite(ctx, in.Despite)
}
