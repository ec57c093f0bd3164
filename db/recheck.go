package db

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// recheck keeps the rows in which each word begins a word, of the customer or
// of the company's name.
func (tx *Tx) recheck(ctx context.Context, rows []Row, words []string) ([]Row, error) {
	if len(words) == 0 {
		return rows, nil
	}
	var kept []Row
	doubtful := map[int64]Row{}
	for _, r := range rows {
		if matches(append(r.words(), nameWords(r.Company.String())...), words) {
			kept = append(kept, r)
		} else {
			doubtful[r.ID] = r
		}
	}
	if len(doubtful) == 0 {
		return kept, nil
	}
	more, err := tx.recheckBodies(ctx, doubtful, words)
	return append(kept, more...), err
}

// recheckBodies is for those whose match can be in a second address or number.
func (tx *Tx) recheckBodies(ctx context.Context, rows map[int64]Row, words []string) (kept []Row, err error) {
	sealed, err := collect[sealedRow](ctx, tx, selectWhole, slices.Collect(maps.Keys(rows)))
	if err != nil {
		return nil, err
	}
	for _, s := range sealed {
		c, _, err := tx.store.openWhole(s)
		if err != nil {
			return nil, err
		}
		if matches(c.words([]string{rows[c.ID].Company.String()}), words) {
			kept = append(kept, rows[c.ID])
		}
	}
	return kept, nil
}

func matches(have, want []string) bool {
	for _, w := range want {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}
