package db_test

import (
	"fmt"

	"balie/policy"
)

// Retention: hold, end and task n are of customer n; every third customer is put
// away. Rule version n was proposed by person n, and waits.
func init() {
	areas = append(areas, func(w *world, add func(string, ...any)) {
		for id, c := range w.customers {
			if c.away = id%3 == 0; c.away {
				add(`update customers set archived_at = now() where id = %d`, id)
				add(`insert into archived values (%d, 'lead')`, id)
			}
			add(`insert into legal_holds (id, customer_id, sort, until, reason, person_id) overriding system value values (%d, %[1]d, 'keep', current_date + 9, '', 1)`, id)
			add(`insert into retention_events (customer_id, event, on_date, person_id) values (%d, 'contract', current_date, 1)`, id)
			add(`insert into tasks (id, series, customer_id, assignee, kind, due_on, priority, repeat, anchor, created_at, created_by, updated_at, request, head, body)
				values (%d, %[1]d, %[1]d, %d, 'todo', current_date, 1, '', current_date, now(), 1, now(), gen_random_uuid(), '', '')`, id, c.owner)
		}
		add(`insert into retention_rules (key, version, start, n, unit, statistics, reason, proposed_by) select 'lead', g, 'contact', 1, 'years', false, '', g from generate_series(1, %d) g`, worldPeople)
		add(`insert into departed values (2025, 1, 1, '35', 12), (2025, 1, 2, '35', 3)`)
	})
	seen := onCustomer(policy.CustomerView)
	looks = append(
		looks,
		look{"retention_rules", "select version from retention_rules", people, anything(policy.RetentionList)},
		look{"legal_holds", "select id from legal_holds", customers, seen},
		look{"retention_events", "select customer_id from retention_events", customers, seen},
		look{"tasks", "select id from tasks", customers, onCustomer(policy.TaskList)},
		look{"archived.rule", "select customer_id from archived where rule <> ''", away, onCustomer(policy.RetentionHolds)},
		look{"departed", "select 1 from departed", just(1), never},
		look{"retention_statistics()", "select n from retention_statistics()", just(12), anything(policy.RetentionFigures)},
		look{"small figures", "select n from retention_statistics()", just(3), never},
	)
	const hold = "insert into legal_holds (customer_id, sort, until, reason, person_id) values ({id}, 'keep', current_date, '', {me})"
	rule := func(values string) string {
		return "insert into retention_rules (key, version, start, n, unit, statistics, reason, proposed_by, approved_by, approved_at) values ('r{id}', " + values + ")"
	}
	moves = append(
		moves,
		forSelf("hold", hold, onCustomer(policy.RetentionHold)),
		forSelf("end a hold", "update legal_holds set ended_at = now(), ended_by = {me}, end_reason = '' where id = {id}", onCustomer(policy.RetentionHold)),
		nobody("shorten a hold", "update legal_holds set until = current_date - 9 where id = {id}"),
		nobody("delete holds", "delete from legal_holds where id = {id}"),
		forSelf("record an end", "insert into retention_events (customer_id, event, on_date, person_id) values ({id}, 'procedure', current_date, {me})", onCustomer(policy.RetentionEnd)),
		onDrawn("replace an end", "update retention_events set replaced_at = now() where customer_id = {id}", policy.RetentionEnd),
		nobody("change an end", "update retention_events set on_date = current_date - 9 where customer_id = {id}"),
		nobody("forget an end", "delete from retention_events where customer_id = {id}"),
		nobody("put away", "update customers set archived_at = now() where id = {id}"),
		nobody("archive_customers()", "select from archive_customers('{{id}}', 'lead') r where r is not null"),
		nobody("erase_invoices()", "select from erase_invoices('{{id}}', current_date) r where r is not null"),
		move{"unarchive_customers()", func(w *world, a policy.Actor) (string, bool) {
			id := w.aCustomer(a)
			return fmt.Sprintf("select from unarchive_customers('{%d}') r where r is not null", id), w.customers[id].away && onCustomer(policy.RetentionHold)(w, a, id)
		}},
		forSelf("propose a rule", rule("1, 'contact', 1, 'years', false, '', {me}, null, null"), anything(policy.RetentionSet)),
		forSelf("agree to a default", rule("0, 'contact', 1, 'years', false, '', null, {me}, now()"), anything(policy.RetentionApprove)),
		nobody("agree as it is proposed", rule("1, 'contact', 1, 'years', false, '', null, {me}, now()")),
		toPerson("agree to a rule", "update retention_rules set approved_by = {me}, approved_at = now() where version = {id}", onPerson(policy.RetentionApprove)),
		nobody("agree for another", "update retention_rules set approved_by = 1, approved_at = now() where proposed_by <> 1 and {me} <> 1"),
		toPerson("take a rule back", "update retention_rules set dropped_at = now() where version = {id}", anything(policy.RetentionSet)),
		nobody("change a rule", "update retention_rules set n = 50"),
		nobody("delete rules", "delete from retention_rules"),
		nobody("change figures", "update departed set n = 0"),
	)
	faults = append(
		faults,
		"drop policy archived_sales on customers",
		"drop policy archived_manager on deals",
		"drop policy archived_sales on tasks",
		"alter policy add_privacy on legal_holds with check (person_id = (select me('privacy')))",
		"alter policy see_sales on legal_holds using ((select me('sales')) is not null)",
		"alter policy answer_admin on retention_rules with check (approved_at = now() or dropped_at = now())",
		"alter policy add_privacy on retention_rules with check ((select me('privacy')) is not null)",
		"grant update (until) on legal_holds to balie_privacy; alter policy end_privacy on legal_holds with check (true)",
		"grant select (rule) on archived to balie_sales",
		function("retention_statistics()", "d.n >= 10", "d.n >= 1"),
		function("unarchive_customers(bigint[])", "me('privacy') is not null", "true"),
		function("hand_over(bigint[],int,bigint[],int[],bigint[])", "c.archived_at is null", "true"),
		function("exposure(bigint,text,date,int)", "c.archived_at is null", "true"),
	)
}

func away(w *world) (ids []int64) {
	for id, c := range w.customers {
		if c.away {
			ids = append(ids, id)
		}
	}
	return ids
}
