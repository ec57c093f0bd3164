package db

import (
	"context"
	"encoding/hex"
	"strconv"

	"balie/policy"
)

const (
	selectMarks = `select place, begins, ends, redact from request_marks where request_id = $1 order by place, begins, ends`
	insertMark  = `insert into request_marks (request_id, place, begins, ends, redact, at, person_id)
		select $1, p, b, e, $5, $6, $7 from (select distinct * from unnest($2::bytea[], $3::int[], $4::int[])) m (p, b, e)
		on conflict (request_id, place, begins, ends) do update set redact = excluded.redact, at = excluded.at, person_id = excluded.person_id`
)

// Marked is what was decided about a stretch of a text in an answer.
type Marked struct {
	Stretch
	Redact bool
}

// Stretch is a part of a text in an answer. Place names the field and the text
// that stands in it by a keyed digest: what stands there can't be told from it,
// and another text has another.
type Stretch struct {
	Place      string
	Begin, End int // in bytes
}

type markRow struct {
	Place        []byte
	Begins, Ends int
	Redact       bool
}

// PlaceOf names a text in a field of an answer.
func (tx *Tx) PlaceOf(request int64, field, text string) string {
	return hex.EncodeToString(tx.store.Keys.Digest("request.place", strconv.FormatInt(request, 10)+" "+field+" "+text)[:16])
}

// RequestMarks are the stretches about which was decided.
func (tx *Tx) RequestMarks(ctx context.Context, request int64) ([]Marked, error) {
	rows, err := collect[markRow](ctx, tx, selectMarks, request)
	all := make([]Marked, len(rows))
	for i, r := range rows {
		all[i] = Marked{Stretch{hex.EncodeToString(r.Place), r.Begins, r.Ends}, r.Redact}
	}
	return all, err
}

// DecideMarks keeps what was decided about stretches.
func (tx *Tx) DecideMarks(ctx context.Context, request int64, all []Stretch, redact bool) error {
	places, begins, ends := make([][]byte, len(all)), make([]int, len(all)), make([]int, len(all))
	for i, s := range all {
		raw, err := hex.DecodeString(s.Place)
		if err != nil || s.Begin < 0 || s.End <= s.Begin {
			return policy.Errorf(policy.Invalid, "Say about which marks.")
		}
		places[i], begins[i], ends[i] = raw, s.Begin, s.End
	}
	tx.About(request, "marks")
	_, err := tx.Exec(ctx, insertMark, request, places, begins, ends, redact, tx.Now, tx.Actor.ID)
	return err
}
