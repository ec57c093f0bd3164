package ops_test

import (
	"io"
	"log/slog"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// month fills the log with four weeks of normal work of a firm, up to an hour
// ago: 9 to 17 on working days, salespeople search, page and open customers,
// managers read through the team's lists, officers answer a request now and then.
const month = `
with staff as (select p.id, g.role, g.role = 'manager' as boss from people p join grants g on g.person_id = p.id where g.role in ('sales', 'manager', 'privacy')),
hours as (select h from generate_series(date_trunc('hour', now()) - interval '28 days', date_trunc('hour', now()) - interval '2 hours', interval '1 hour') h
  where extract(isodow from h) < 6 and extract(hour from h) between 9 and 16),
busy as (select s.*, h, case role when 'sales' then 1.0 when 'manager' then 0.6 else 0.2 end * random() as zeal from staff s cross join hours),
acts as (
  select b.*, 'customer.list' as act, 20 + (random() * 30)::int as wide from busy b, generate_series(1, (zeal * 25)::int) -- searches and pages
  union all select b.*, 'customer.view', 1 from busy b, generate_series(1, (zeal * 22)::int)
  union all select b.*, 'note.view', 1 from busy b, generate_series(1, (zeal * 4)::int)
  union all select b.*, 'customer.export', 40 from busy b where random() < 0.02 -- a mailing
)
insert into audit (at, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac)
select h + random() * interval '59 minutes', id, role, 's', act, false, 0,
  array(select (id * 3000 + random() * case when act = 'customer.list' and not boss then 400 else 3000 end)::bigint from generate_series(1, wide)),
  '', '{}', '', '', '' from acts where zeal >= 0`

// look runs the job once, as the clock would.
func look(t *testing.T, o *ops.Ops, root policy.Actor) map[string]int {
	t.Helper()
	out, err := o.RunJob(t.Context(), root, "log.unusual", false)
	if err != nil {
		t.Fatal(err)
	}
	return out.Counts
}

// later moves what happened into the past, as if so much time had gone by.
func later(t *testing.T, by string) {
	t.Helper()
	dbtest.Exec(t, `update audit set at = at - $1::interval`, by)
	for _, by := range []string{by + " 1000 days", "-1000 days"} { // not onto hours that are not moved yet
		dbtest.Exec(t, `update viewing set hour = hour - $1::interval`, by)
	}
	dbtest.Exec(t, `update unusual set began = began - $1::interval, until = until - $1::interval, settled_at = settled_at - $1::interval`, by)
	dbtest.Exec(t, `delete from job_runs`)
}

func staffed(t *testing.T) (o *ops.Ops, staff map[string]policy.Actor) {
	t.Helper()
	store := dbtest.New(t)
	o = ops.New(store, slog.New(slog.DiscardHandler))
	o.Node = "test"
	staff = map[string]policy.Actor{}
	for login, role := range map[string]policy.Role{
		"sander": policy.Sales, "sofie": policy.Sales, "tom": policy.Sales, "els": policy.Sales, "marit": policy.Manager,
		"pieter": policy.Privacy, "petra": policy.Privacy, "anna": policy.Admin, "arend": policy.Auditor,
	} {
		staff[login] = dbtest.Person(t, store, login, role, "noord")
	}
	return o, staff
}

// busyPast gives everybody in a role a past of quiet hours.
func busyPast(t *testing.T, role policy.Role) {
	t.Helper()
	dbtest.Exec(t, `insert into viewing select person_id, date_trunc('hour', now()) - make_interval(days => d), role, 12, 100, 0
		from grants, generate_series(1, 60) d where role = $1`, role)
}

// crawl opens customers one by one through the real act.
func crawl(t *testing.T, o *ops.Ops, who policy.Actor, from, n int64) {
	t.Helper()
	for id := from; id < from+n; id++ {
		err := o.Store.As(t.Context(), who, policy.CustomerView, func(tx *db.Tx) error { tx.Saw(id); return nil })
		if err != nil {
			t.Fatal(err)
		}
	}
}

// exportAll gives somebody n customers and has them exported.
func exportAll(t *testing.T, o *ops.Ops, who policy.Actor, n int) {
	t.Helper()
	many := make([]*db.New, n)
	for i := range many {
		many[i] = &db.New{Customer: bench{}.client("Jansen"), Request: ops.NewRequestKey()}
		many[i].Owner = who.ID
	}
	if err := o.AddMany(t.Context(), who, many, true); err != nil {
		t.Fatal(err)
	}
	if err := o.Store.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	if got, err := o.ExportCustomers(t.Context(), who, ops.Export{Format: "csv"}, io.Discard); err != nil || got.N != n {
		t.Fatalf("%d of %d exported: %v", got.N, n, err)
	}
}

func flags(t *testing.T) int64 {
	t.Helper()
	return dbtest.Query[int64](t, "select count(*) from unusual")
}

// A month of normal work flags nobody, hour by hour; a crawl of 500 customers
// and an export of everything are flagged by the next run, once each.
func TestUnusual(t *testing.T) {
	o, staff := staffed(t)
	dbtest.Exec(t, month)
	rows := dbtest.Query[int64](t, "select count(*) from audit")
	look(t, o, staff["anna"])
	folded := dbtest.Query[int64](t, "select count(*) from viewing")
	if rows < 5000 || folded < 500 {
		t.Fatalf("the month has %d rows and %d busy hours: it is no month", rows, folded)
	}
	// Each busy hour as the job would have seen it at its end.
	for _, hour := range dbtest.Query[[]time.Time](t, "select array_agg(distinct hour) from viewing") {
		at := hour.Add(time.Hour)
		if err := o.Store.As(t.Context(), policy.System(policy.Clock), policy.UnusualFlag, func(tx *db.Tx) error {
			_, err := ops.FlagUnusual(t.Context(), tx, at)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if n := flags(t); n != 0 {
		t.Errorf("normal work was flagged %d times: %s", n, dbtest.Query[string](t, "select string_agg(u::text, ' ') from unusual u"))
	}

	crawl(t, o, staff["sander"], 500_000, 500)
	if got := look(t, o, staff["anna"]); got["flagged"] != 1 || flags(t) != 1 {
		t.Fatalf("a crawl of 500: %v, %d flags", got, flags(t))
	}
	later(t, "10 minutes")
	crawl(t, o, staff["sander"], 500_500, 100)
	look(t, o, staff["anna"])
	later(t, "10 minutes")
	look(t, o, staff["anna"])
	if n := flags(t); n != 1 {
		t.Errorf("one episode has %d flags", n)
	}
	exportAll(t, o, staff["sofie"], 700)
	look(t, o, staff["anna"])
	all, err := o.ListUnusual(t.Context(), staff["pieter"], false)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, u := range all {
		switch u.Person {
		case staff["sander"].ID:
			if u.Opened != 600 || u.Peak < 600 || u.Newcomer || u.Usual == 0 || u.Bar < 100 {
				t.Errorf("sander: %+v", u)
			}
		case staff["sofie"].ID:
			if u.Exported != 700 || u.Role != policy.Sales {
				t.Errorf("sofie: %+v", u)
			}
		}
	}
}

// A quiet newcomer is measured by others; a crawl settled as explained is not
// flagged again unless it grows, and nobody settles what is about oneself.
func TestSettleUnusual(t *testing.T) {
	o, staff := staffed(t)
	busyPast(t, policy.Sales)
	nora := dbtest.Person(t, o.Store, "nora", policy.Sales, "noord")
	crawl(t, o, nora, 600_000, 90) // below the floor
	look(t, o, staff["anna"])
	if n := flags(t); n != 0 {
		t.Fatalf("a newcomer's first 90 customers: %d flags", n)
	}
	crawl(t, o, nora, 600_090, 300)
	crawl(t, o, staff["pieter"], 600_000, 300)
	look(t, o, staff["anna"])
	all, err := o.ListUnusual(t.Context(), staff["arend"], false)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	of := map[int32]db.Unusual{all[0].Person: all[0], all[1].Person: all[1]}
	if u := of[nora.ID]; !u.Newcomer || u.Usual == 0 {
		t.Errorf("a newcomer is measured by others: %+v", u)
	}
	settle := func(who, about policy.Actor) error {
		return o.SettleUnusual(t.Context(), who, of[about.ID].ID, policy.Explained, text.New("a mailing"))
	}
	for _, no := range []struct{ who, about policy.Actor }{{staff["pieter"], staff["pieter"]}, {staff["arend"], nora}, {staff["anna"], nora}} {
		if err := settle(no.who, no.about); policy.KindOf(err) != policy.Denied {
			t.Errorf("%s settles what is about %s: %v", no.who.Login, no.about.Login, err)
		}
	}
	if err := settle(staff["pieter"], nora); err != nil {
		t.Fatal(err)
	}
	if err := settle(staff["petra"], nora); policy.KindOf(err) != policy.Conflict {
		t.Errorf("it is settled twice: %v", err)
	}
	if err := settle(staff["petra"], staff["pieter"]); err != nil {
		t.Error(err)
	}
	later(t, "5 minutes")
	crawl(t, o, nora, 600_400, 100)
	look(t, o, staff["anna"])
	if n := flags(t); n != 2 {
		t.Errorf("what was explained and goes on is flagged again: %d", n)
	}
	crawl(t, o, nora, 601_000, 400)
	look(t, o, staff["anna"])
	if n := flags(t); n != 3 {
		t.Errorf("what was explained and is more than twice as much now has %d flags, want 3", n)
	}
	waiting, err := o.Attention(t.Context(), staff["petra"])
	if err != nil || len(waiting) == 0 || !waiting[0].Grave || waiting[0].Opens != "unusual" {
		t.Errorf("an officer's first screen: %+v, %v", waiting, err)
	}
	settled, err := o.ListUnusual(t.Context(), staff["petra"], true)
	if err != nil || len(settled) != 3 || settled[2].Note.String() != "a mailing" {
		t.Errorf("%+v, %v", settled, err)
	}
}

// Hours in which nothing ran are looked at when something runs again.
func TestUnusual_missed(t *testing.T) {
	o, staff := staffed(t)
	look(t, o, staff["anna"])
	crawl(t, o, staff["tom"], 500_000, 500)
	later(t, "5 hours")
	look(t, o, staff["anna"])
	look(t, o, staff["anna"])
	if n := flags(t); n != 1 {
		t.Errorf("a crawl while nothing ran has %d flags", n)
	}
	// A flag is not its own excuse: what waits is no part of what is usual.
	past := func() (n int) {
		err := o.Store.As(t.Context(), policy.System(policy.Clock), policy.UnusualFlag, func(tx *db.Tx) error {
			hours, err := tx.PastViewing(t.Context(), staff["tom"].ID, "", tx.Now)
			for _, v := range hours {
				n = max(n, v.Score())
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := past(); n >= 500 {
		t.Errorf("the unsettled hour counts as usual: %d", n)
	}
	dbtest.Exec(t, "update unusual set settled_at = now(), settled_by = $1, outcome = 'explained', note = ''", staff["pieter"].ID)
	if n := past(); n < 250 {
		t.Errorf("the explained hour does not count: %d", n)
	}
}
