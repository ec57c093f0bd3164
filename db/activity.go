package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"balie/policy"
)

type activeRow struct {
	ID           int64
	LastActivity time.Time
}

// byActivity walks the customers latest first.
func (tx *Tx) byActivity(ctx context.Context, q Query, s sieve) (Page, error) {
	f := filter{tokens: tx.store.wordTokens(q.Text), scope: q.Owner, words: queryWords(q.Text), sieve: s}
	n := max(q.Limit+1, f.chunk())
	if len(s.asks) == 0 {
		n = q.Limit + 1
	}
	if len(f.tokens) > 0 {
		if err := tx.ready(ctx); err != nil {
			return Page{}, err
		}
	}
	var page Page
	from := q.After
	for !page.More {
		found, err := tx.active(ctx, q, f, from, n)
		if err != nil {
			return Page{}, err
		}
		if err := tx.addActive(ctx, f, found, q.Limit, &page); err != nil {
			return Page{}, err
		}
		if len(found) < n || page.More {
			return page, nil
		}
		from = found[len(found)-1].cursor()
		if !q.Whole && page.Looked >= sievedMost {
			page.More, page.Next = true, from
		}
	}
	return page, nil
}

func (r activeRow) cursor() Cursor { return Cursor{ID: r.ID, Micros: r.LastActivity.UnixMicro()} }

func (tx *Tx) addActive(ctx context.Context, f filter, found []activeRow, limit int, page *Page) error {
	ids := make([]int64, len(found))
	for i, r := range found {
		ids[i] = r.ID
	}
	if len(f.sieve.asks) > 0 {
		page.Looked += len(ids)
		var err error
		if ids, err = tx.sift(ctx, f.sieve, ids); err != nil {
			return err
		}
		if len(f.words) == 0 {
			ids = ids[:min(len(ids), limit-len(page.Rows)+1)]
		}
	}
	rows, err := tx.heads(ctx, ids)
	if err != nil {
		return err
	}
	if rows, err = tx.recheck(ctx, rows, f.words); err != nil {
		return err
	}
	byID := make(map[int64]Row, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	for _, at := range found {
		r, ok := byID[at.ID]
		if !ok {
			continue
		}
		if len(page.Rows) == limit {
			page.More = true
			return nil
		}
		page.Rows = append(page.Rows, r)
		page.Next = at.cursor()
	}
	return nil
}

// along is how the actor walks along customers by activity: a team member by member,
// since an index is in order within one owner only; only who sees everybody says
// c.id > 0, which is what the index along everybody asks for.
func (tx *Tx) along(scope int32) (from, where string) {
	switch {
	case scope != 0:
	case tx.Actor.Role == policy.Manager:
		return "team() m(id) cross join lateral ", "c.scope = m.id"
	case tx.Actor.Role == policy.Privacy:
		return "", "c.id > 0"
	}
	return "", "true"
}

func (tx *Tx) active(ctx context.Context, q Query, f filter, from Cursor, n int) ([]activeRow, error) {
	args := []any{planned, n}
	var where strings.Builder
	arg := func(v any) string { args = append(args, v); return fmt.Sprintf("$%d", len(args)-1) }
	along, whose := tx.along(f.scope)
	where.WriteString(whose)
	if from.ID != 0 {
		at := time.UnixMicro(from.Micros)
		fmt.Fprintf(&where, " and (c.last_activity, c.id) < (%s, %s)", arg(at), arg(from.ID))
	}
	for _, t := range f.tokens {
		fmt.Fprintf(&where, " and c.id in (select t.customer_id from search_tokens t where t.token = %d)", t)
	}
	if q.Kind != 0 {
		fmt.Fprintf(&where, " and c.kind = %s", arg(q.Kind))
	}
	if q.Status != 0 {
		fmt.Fprintf(&where, " and c.status = %s", arg(q.Status))
	}
	if q.Tag != 0 {
		fmt.Fprintf(&where, " and exists (select from customer_tags t where t.customer_id = c.id and t.tag_id = %s)", arg(q.Tag))
	}
	if f.scope != 0 {
		fmt.Fprintf(&where, " and c.scope = %s", arg(f.scope))
	}
	const order = " order by %[1]s.last_activity desc, %[1]s.id desc limit $1"
	each := "select c.id, c.last_activity from customers c where " + where.String() + fmt.Sprintf(order, "c")
	return collect[activeRow](ctx, tx, "select x.id, x.last_activity from "+along+"("+each+") x"+fmt.Sprintf(order, "x"), args...)
}
