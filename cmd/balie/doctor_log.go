package main

import (
	"context"

	"github.com/jackc/pgx/v5"
)

const logReadersSQL = `select coalesce(string_agg(quote_ident(m.rolname), ', ' order by m.rolname), '') from pg_auth_members a
join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member where r.rolname = 'balie_verifier' and m.rolcanlogin`

// logReaders says who can verify the log from another machine. That nobody can
// is no fault, but whoever owns this one can then lie unseen.
func (e *examination) logReaders(ctx context.Context, conn *pgx.Conn) {
	var who string
	err := conn.QueryRow(ctx, logReadersSQL).Scan(&who)
	if err == nil && who == "" {
		e.skip("the log can be verified from outside", "nobody has a login for it; see balie audit verify --help")
		return
	}
	e.note("the log can be verified from outside, by "+who, err)
}
