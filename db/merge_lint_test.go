package db_test

import (
	"strings"
	"testing"

	"balie/db/dbtest"
)

// unmoved lists what a merge of two customers would lose or leave unreadable. A
// new table that belongs to a customer says in its migration, after it was made:
//
//	select movable('notes', 'customer_id', 'id', '{body}');
//
// (see 0018_duplicate.sql; the last are the columns sealed under the customer's
// key at the place table.column).
const unmoved = `with part (tab, col) as (values
    ('bases','customer_id'), ('customer_tags','customer_id'), ('memberships','contact_id'), -- of the record itself
    ('erasures','subject_id'), ('erasure_recipients','subject_id'), ('suppressions','subject_id'), -- of who is no more
    ('duplicates','a'), ('duplicates','b'), ('search_tokens','customer_id'), ('groundless','customer_id')), -- derived
  exempt (tab) as (values ('invoices'), ('past_invoices'), ('payments'), ('invoice_reminders'), ('memberships'), -- under keys of their own, or the contact's
    ('optins'), ('request_marks'), ('dead_mails')), -- digests
  holds as (
    select f.conrelid as rel, a.attname as col from pg_constraint f join pg_attribute a on a.attrelid = f.conrelid and a.attnum = any(f.conkey)
      where f.contype = 'f' and f.confrelid = 'customers'::regclass
    union select a.attrelid, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attname in ('customer_id', 'contact_id', 'company_id', 'subject_id') and a.attnum > 0
        and c.relname <> 'subject_keys'),
  sealed as (select a.attrelid as rel, a.attname as col from pg_attribute a where a.atttypid = 'bytea'::regtype and a.attnum > 0 and not a.attisdropped)
  select rel::regclass || '.' || col || ' is not moved' from holds where (rel::regclass::text, col) not in (select tab, col from movables union table part)
  union
  select s.rel::regclass || '.' || s.col || ' is not sealed anew' from movables m join sealed s on s.rel = m.tab::regclass
    where s.col <> all(m.sealed) and m.tab not in (table exempt) and (m.tab, s.col) not in (('consents', 'wording'), ('request_systems', 'head'))
  union
  select f.conrelid::regclass || ' hangs on ' || m.tab || ' and is not sealed anew' from movables m join pg_constraint f on f.contype = 'f' and f.confrelid = m.tab::regclass
    where exists (select from sealed s where s.rel = f.conrelid) and f.conrelid::regclass::text not in (select tab from movables union table exempt)
  order by 1`

func TestLint_merge(t *testing.T) {
	dbtest.New(t)
	all := func() string {
		return dbtest.Query[string](t, `select coalesce(string_agg(q.what, ', '), '') from (`+unmoved+`) q (what)`)
	}
	// That each key and mark is a number shows only when they are read.
	dbtest.Exec(t, `do $$ declare m movables; begin for m in select * from movables loop
		execute format('select (%s)::bigint, coalesce(%s, 0)::bigint from %I x limit 0', m.key, coalesce(quote_ident(m.mark), '0'), m.tab);
	end loop; end $$`)
	if wrong := all(); wrong != "" {
		t.Errorf("a merge of two customers doesn't know what to do: %s; see movable() in 0018_duplicate.sql", wrong)
	}
	dbtest.Exec(t, `create table planted (id bigint primary key, customer_id bigint references customers, detail bytea);
		create table hanging (deal_id bigint references deals, detail bytea); alter table notes add planted bytea`)
	for _, want := range []string{"planted.customer_id is not moved", "hanging hangs on deals", "notes.planted is not sealed anew"} {
		if wrong := all(); !strings.Contains(wrong, want) {
			t.Errorf("the control: %q is not in %q", want, wrong)
		}
	}
}
