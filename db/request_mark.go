package db

import (
	"context"
	"encoding/hex"
	"strconv"
)

const (
	selectMarks = `select mark, redact from request_marks where request_id = $1`
	insertMark  = `insert into request_marks (request_id, mark, redact, at, person_id) select $1, unnest($2::bytea[]), $3, $4, $5
		on conflict (request_id, mark) do update set redact = excluded.redact, at = excluded.at, person_id = excluded.person_id`
)

type markRow struct {
	Mark   []byte
	Redact bool
}

// MarkID names a place in a text by a keyed digest: what stands there can't be
// told from it, and another text has another.
func (tx *Tx) MarkID(request int64, what string) string {
	return hex.EncodeToString(tx.store.Keys.Digest("request.mark", strconv.FormatInt(request, 10)+" "+what))[:32]
}

// RequestMarks are the places about which was decided, and whether they are
// left out.
func (tx *Tx) RequestMarks(ctx context.Context, request int64) (map[string]bool, error) {
	rows, err := collect[markRow](ctx, tx, selectMarks, request)
	all := map[string]bool{}
	for _, r := range rows {
		all[hex.EncodeToString(r.Mark)] = r.Redact
	}
	return all, err
}

// DecideMarks keeps what was decided about places.
func (tx *Tx) DecideMarks(ctx context.Context, request int64, ids []string, redact bool) error {
	var marks [][]byte
	for _, id := range ids {
		raw, err := hex.DecodeString(id)
		if err != nil {
			return err
		}
		marks = append(marks, raw)
	}
	tx.About(request, "marks")
	_, err := tx.Exec(ctx, insertMark, request, marks, redact, tx.Now, tx.Actor.ID)
	return err
}
