package db

import (
	"context"
	"encoding/json"
	"slices"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// delete locks the records first and looks again: somebody may have saved one
// meanwhile.
func (w *sweeper) delete(ctx context.Context) error {
	fields := map[int32]bool{}
	for _, id := range w.gone {
		fields[int32(id)] = true
	}
	if len(w.clear) > 0 {
		rows, err := collect[sweepRow](ctx, w.tx, w.lock, w.clear)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := w.empty(ctx, r, fields); err != nil {
				return err
			}
		}
	}
	return w.emptyPast(ctx, fields)
}

func (w *sweeper) empty(ctx context.Context, r sweepRow, fields map[int32]bool) error {
	_, _, values, err := w.filled(r, w.keys[r.ID])
	if err != nil || r.Restricted {
		return err
	}
	ids := w.toGo(r, values)
	w.done[r.ID] = ids
	for _, id := range ids {
		w.Deleted[id]++
		fields[id] = true
		values = values.Set(id, text.Line{})
	}
	if len(ids) == 0 {
		return nil
	}
	w.tx.Saw(r.CustomerID)
	body, err := withValuesOf(w.keys[r.ID], w.body, r.Body, values)
	if err != nil {
		return err
	}
	return w.tx.must(ctx, w.empties, r.ID, body)
}

// withValuesOf seals a body with other values and nothing else changed.
func withValuesOf(key seal.DataKey, place string, sealed []byte, values policy.FieldValues) ([]byte, error) {
	all := map[string]json.RawMessage{}
	if err := openJSON(key, place, sealed, &all); err != nil {
		return nil, err
	}
	delete(all, "x")
	if len(values) > 0 {
		all["x"] = marshal(values)
	}
	return sealJSON(key, place, all), nil
}

type pastDetail struct {
	ID      int64
	Version int
	Detail  []byte
}

// emptyPast takes out of the history what stood in the fields, not that somebody
// changed them.
func (w *sweeper) emptyPast(ctx context.Context, fields map[int32]bool) error {
	keys := []string{}
	for id := range fields {
		keys = append(keys, policy.FieldKey(id))
	}
	if len(keys) == 0 || len(w.asked) == 0 {
		return nil
	}
	past, err := collect[pastDetail](ctx, w.tx, w.past, w.asked, keys)
	if err != nil {
		return err
	}
	for _, p := range past {
		if err := w.blank(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (w *sweeper) blank(ctx context.Context, p pastDetail) error {
	var changes []Change
	if err := openJSON(w.keys[p.ID], w.history, p.Detail, &changes); err != nil {
		return err
	}
	blanked := false
	for i, c := range changes {
		id, own := policy.ParseFieldKey(c.Field)
		if own && w.blanks(p.ID, id) && c != (Change{Field: c.Field}) {
			changes[i], blanked = Change{Field: c.Field}, true
		}
	}
	if !blanked {
		return nil
	}
	return w.tx.must(ctx, w.blanked, p.ID, p.Version, sealJSON(w.keys[p.ID], w.history, changes))
}

// blanks says whether the history of a record tells no more of a field: it was
// dropped, or just now emptied there.
func (w *sweeper) blanks(record int64, field int32) bool {
	return slices.Contains(w.gone, int64(field)) || slices.Contains(w.done[record], field)
}
