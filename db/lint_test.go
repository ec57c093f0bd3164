package db_test

import (
	"strings"
	"testing"

	"balie/db"
	"balie/db/dbtest"
)

// Each row of the lint is shown to find what it is for, in a database that is
// clean without it.
func TestLint(t *testing.T) {
	dbtest.New(t)
	for _, c := range []struct{ plant, undo, want string }{
		{"select 1", "select 1", ""},
		{"create table bare (n int)", "drop table bare", "Table bare is not under forced"},
		{"alter table customers no force row level security", "alter table customers force row level security", "Table customers is not"},
		{"alter table notes disable row level security", "alter table notes enable row level security", "Table notes is not"},
		{"create role planted bypassrls", "drop role planted", "Role planted gets past"},
		{"create role planted superuser", "drop role planted", "Role planted gets past"},
		{"create function peep() returns bigint language sql security definer as 'select count(*) from customers'", "drop function peep()", "Function peep() runs with its owner's"},
		{"alter function team() reset search_path", "alter function team() set search_path = public, pg_temp", "Function team() runs with its owner's rights and takes"},
		{"alter function team() owner to current_user", "alter function team() owner to balie_gate", "Function team() runs with more"},
		{"grant execute on function team() to public", "revoke execute on function team() from public", "Function team() may be called by everybody"},
		{"alter function is_access_act(text) leakproof", "alter function is_access_act(text) not leakproof", "Function is_access_act(text) is said"},
		{"create view peep as table customers", "drop view peep", "View peep shows"},
		{"create materialized view peep as table customers", "drop materialized view peep", "Materialised view peep keeps"},
		{"alter table tags owner to balie_manager", "alter table tags owner to current_user", "Table tags belongs to a role that serves"},
		{"alter table tags owner to balie_indexer", "alter table tags owner to current_user", "Table tags belongs to the indexer"},
		{"grant select on customers to public", "revoke select on customers from public", "Table customers is open"},
		{"create policy planted on customers for select using (true)", "drop policy planted on customers", "Policy planted on customers counts"},
		{"alter role balie_login inherit", "alter role balie_login noinherit", "Role balie_login may do"},
		{"grant balie_gate to balie_login", "revoke balie_gate from balie_login", "The serving login can step into balie_gate"},
	} {
		dbtest.Exec(t, c.plant)
		wrong, err := db.Lint(t.Context(), dbtest.AdminURL(t))
		dbtest.Exec(t, c.undo)
		if err != nil {
			t.Fatal(err)
		}
		all := strings.Join(wrong, "\n")
		if !strings.Contains(all, c.want) || c.want == "" && all != "" {
			t.Errorf("%s: want %q, got %q", c.plant, c.want, all)
		}
	}
}
