package bench

import (
	"context"

	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/policy"
)

// plain is what most would build: names as they are, pg_trgm, the same row
// security. It lives in a schema of its own for the time of the run.
type plain struct{ owner, reader *pgx.Conn }

const plainSQL = `
create extension if not exists pg_trgm;
create schema if not exists bench_plain;
create unlogged table if not exists bench_plain.customers (
  id bigint primary key, scope int not null, name text not null, words text not null);
alter table bench_plain.customers enable row level security, force row level security;
create policy sales on bench_plain.customers for select to balie_sales using (scope = (select me('sales')));
create policy privacy on bench_plain.customers for select to balie_privacy
  using ((select me('privacy')) is not null and (select coalesce(current_setting('app.reason', true), '')) <> '');
grant usage on schema bench_plain to balie_sales, balie_privacy;
grant select on bench_plain.customers to balie_sales, balie_privacy;`

const plainIndexes = `
create index on bench_plain.customers using gin (words gin_trgm_ops);
create index on bench_plain.customers (scope, name);
create index on bench_plain.customers (name);
analyze bench_plain.customers;`

// plain copies every customer into a table as it is.
func (h *House) plain(ctx context.Context) (p *plain, err error) {
	p = &plain{}
	if p.owner, err = pgx.Connect(ctx, h.OwnerURL); err != nil {
		return nil, err
	}
	if p.reader, err = pgx.Connect(ctx, h.OwnerURL); err != nil {
		return nil, err
	}
	for _, sql := range []string{"drop schema if exists bench_plain cascade", plainSQL} {
		if _, err := p.owner.Exec(ctx, sql); err != nil {
			return nil, err
		}
	}
	if err := h.fillPlain(ctx, p); err != nil {
		return nil, err
	}
	_, err = p.owner.Exec(ctx, plainIndexes)
	return p, err
}

func (h *House) fillPlain(ctx context.Context, p *plain) error {
	q := db.Query{Sort: db.ByActivity, Limit: 1000}
	for {
		page, err := h.Ops.FindCustomers(ctx, h.Privacy, q)
		if err != nil {
			return err
		}
		_, err = p.owner.CopyFrom(ctx, pgx.Identifier{"bench_plain", "customers"}, []string{"id", "scope", "name", "words"},
			pgx.CopyFromSlice(len(page.Rows), func(i int) ([]any, error) {
				r := page.Rows[i]
				name := r.Family.String() + ", " + r.Given.String()
				return []any{r.ID, r.Owner, name, name + " " + r.Company.String() + " " + r.Mail.String() + " " + r.Phone.String()}, nil
			}))
		if q.After = page.Next; err != nil || !page.More {
			return err
		}
	}
}

// search is the same question in the same role.
func (p *plain) search(ctx context.Context, who policy.Actor, prefix string) error {
	tx, err := p.reader.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx) //nolint:errcheck // only reads
	if _, err := tx.Exec(ctx, "set local role "+pgx.Identifier{"balie_" + string(who.Role)}.Sanitize()); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "select set_config('app.actor', $1::int::text, true), set_config('app.reason', $2, true)", who.ID, who.Reason.String()); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `select id, name from bench_plain.customers where words ~* ('\m' || $1) order by name limit 50`, prefix)
	if err != nil {
		return err
	}
	rows.Close()
	return rows.Err()
}

func (p *plain) close(ctx context.Context) {
	_, _ = p.owner.Exec(ctx, "drop schema if exists bench_plain cascade")
	_ = p.reader.Close(ctx)
	_ = p.owner.Close(ctx)
}
