package db

import (
	"context"
	"slices"
	"strings"
)

// recheck keeps the rows in which each word begins a word. The company's name
// is looked at only where the customer's own words don't suffice.
func (tx *Tx) recheck(ctx context.Context, rows []Row, words []string) ([]Row, error) {
	if len(words) == 0 {
		return rows, nil
	}
	var kept, doubtful []Row
	for _, r := range rows {
		if matches(r.words(), words) {
			kept = append(kept, r)
		} else {
			doubtful = append(doubtful, r)
		}
	}
	if err := tx.addCompanyNames(ctx, doubtful); err != nil {
		return nil, err
	}
	more, err := tx.recheckBodies(ctx, doubtful, words)
	return append(kept, more...), err
}

// recheckBodies is for those whose match can be in a second address or number
// or in their company's name.
func (tx *Tx) recheckBodies(ctx context.Context, rows []Row, words []string) ([]Row, error) {
	var kept []Row
	var open []int64
	byID := map[int64]Row{}
	for _, r := range rows {
		if matches(append(r.words(), nameWords(r.Company.String())...), words) {
			kept = append(kept, r)
			continue
		}
		open, byID[r.ID] = append(open, r.ID), r
	}
	if len(open) == 0 {
		return kept, nil
	}
	sealed, err := collect[sealedRow](ctx, tx, selectWhole, open)
	if err != nil {
		return nil, err
	}
	for _, s := range sealed {
		c, _, err := tx.store.openWhole(s)
		if err != nil {
			return nil, err
		}
		if matches(c.words([]string{byID[c.ID].Company.String()}), words) {
			kept = append(kept, byID[c.ID])
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
