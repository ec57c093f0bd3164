package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// lintRules each list what may not be there, by name. They look at the whole
// schema, so that a table added tomorrow is held to them.
var lintRules = []struct{ sql, wrong string }{
	{
		`select c.oid::regclass::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
		and not (c.relrowsecurity and c.relforcerowsecurity)`,
		"Table %s is not under forced row security: alter table … enable row level security, force row level security.",
	},
	{
		`select quote_ident(rolname) from pg_roles where (rolsuper or rolbypassrls) and oid <> 10 and rolname not like 'pg\_%'`,
		"Role %s gets past row security: alter role … nosuperuser nobypassrls.",
	},
	{
		`select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') and not (n.nspname = 'public' and p.proname = any($1))`,
		"Function %s runs with its owner's rights and is not one of balie's: drop it.",
	},
	{
		`select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
		and not coalesce(p.proconfig @> array['search_path=public, pg_temp'], false)`,
		"Function %s runs with its owner's rights and takes the caller's search_path: drop it and migrate anew.",
	},
	{
		`select p.oid::regprocedure::text from pg_proc p join pg_roles o on o.oid = p.proowner where p.pronamespace = 'public'::regnamespace
		and p.prosecdef and o.rolname <> 'balie_gate'`,
		"Function %s runs with more than the gate's rights: alter function … owner to balie_gate.",
	},
	{
		`select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
		and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))`,
		"Function %s may be called by everybody: revoke all on function … from public.",
	},
	{
		`select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where p.proleakproof and n.nspname not in ('pg_catalog', 'information_schema')`,
		"Function %s is said to be leakproof, so row security may run after it: alter function … not leakproof.",
	},
	{
		`select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind = 'v' and n.nspname not in ('pg_catalog', 'information_schema')
		and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)`,
		"View %s shows what its owner sees: alter view … set (security_invoker = true).",
	},
	{
		`select c.oid::regclass::text from pg_class c where c.relkind = 'm'`,
		"Materialised view %s keeps rows outside row security: drop it.",
	},
	{
		`select c.oid::regclass::text from pg_class c join pg_roles r on r.oid = c.relowner
		where c.relkind in ('r', 'p', 'v', 'm', 'f') and r.rolname like 'balie\_%' and r.rolname <> 'balie_indexer' and r.rolname <> 'balie_owner'`,
		"Table %s belongs to a role that serves people, who could change its rules: alter table … owner to the owner of the database.",
	},
	{
		`select c.oid::regclass::text from pg_class c where c.relowner = (select oid from pg_roles where rolname = 'balie_indexer')
		and c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname not in ('search_tokens', 'search_ready')`,
		"Table %s belongs to the indexer, which only rebuilds search: alter table … owner to the owner of the database.",
	},
	{
		`select distinct c.oid::regclass::text from pg_class c cross join aclexplode(c.relacl) a
		where c.relnamespace = 'public'::regnamespace and a.grantee = 0`,
		"Table %s is open to everybody: revoke all on … from public.",
	},
	{
		`select quote_ident(policyname) || ' on ' || quote_ident(tablename) from pg_policies where schemaname = 'public' and 'public' = any(roles)`,
		"Policy %s counts for every role: drop it; each role has one of its own.",
	},
	{
		`select quote_ident(rolname) from pg_roles where rolname = 'balie_login' and (rolinherit or rolcreaterole or rolcreatedb or rolreplication)`,
		"Role %s may do something by itself: alter role … noinherit nocreaterole nocreatedb noreplication.",
	},
	{
		`select quote_ident(r.rolname) from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles l on l.oid = m.member
		where l.rolname = 'balie_login' and r.rolname <> all($2)`,
		"The serving login can step into %s, which is not for it: revoke it from balie_login.",
	},
}

var (
	// gateFunctions may look past row security; each checks for itself.
	gateFunctions = []string{
		"me", "team", "live_admins", "lasting_admins", "cancel_work_of",
		"hand_over", "revert_import", "search_stale", "customer_counts", "exposure", "log_about", "drop_bases",
		"exported_today", "others_can_agree", "count_export", "take_back", "take_tokens",
		"other_lasting_admins", "reviewers", "reviews_waiting", "review_acts", "review_seen", "review_used",
		"handable", "owned_by", "come_back", "set_team", "acts_of", "exports_of",
		"invoices_follow", "issue_invoice", "payment_counts", "remind_invoice",
		"tasks_follow", "tasks_come_back",
		"deals_follow", "deals_of",
		"number_request", "rows_about", "tally_customers", "tally_deals",
		"revert_rows", "past_follow", "past_customers",
		"pairs_apart", "in_reach", "merge_rows", "merge_move", "merge_drop", "merge_restore",
		"bases_gone", "bases_came", "confirm_consent",
		"erase_customers", "may_rectify", "draft_copies", "rectify_draft",
		"archive_customers", "unarchive_customers", "erase_invoices", "bare_invoice", "retention_statistics",
		"note_customers", "note_deals", "note_tasks", "note_invoices", "note_notes", "note_activities",
	}
	// loginRoles are those that the serving login steps into.
	loginRoles = []string{
		"balie_sales", "balie_manager", "balie_finance", "balie_privacy", "balie_admin", "balie_auditor",
		"balie_door", "balie_clock", "balie_sealer", "balie_indexer", "balie_eraser",
	}
)

// Lint says what in a database weakens row security, in a sentence each with
// how to mend it. It only reads the catalogue, as whoever the URL connects.
func Lint(ctx context.Context, url string) ([]string, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, kinded(err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // it only read
	var wrong []string
	for _, rule := range lintRules {
		found, err := lintRule(ctx, conn, rule.sql)
		if err != nil {
			return nil, fmt.Errorf("row-security lint: %w", kinded(err))
		}
		for _, name := range found {
			wrong = append(wrong, fmt.Sprintf(rule.wrong, name))
		}
	}
	return wrong, nil
}

func lintRule(ctx context.Context, conn *pgx.Conn, sql string) ([]string, error) {
	// Each rule may use the two lists; the casts let PostgreSQL know them.
	sql = `with lists (functions, roles) as (values ($1::text[], $2::text[])) ` + sql + ` order by 1`
	rows, err := conn.Query(ctx, sql, gateFunctions, loginRoles)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
