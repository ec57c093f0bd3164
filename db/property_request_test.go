package db_test

import (
	"fmt"

	"balie/policy"
)

// Request n was recorded by person n; that of person 1 is closed.
func init() {
	areas = append(areas, func(w *world, add func(string, ...any)) {
		for id := range w.people {
			add(`insert into requests (id, kind, channel, received_on, recorded_at, recorded_by, updated_at, decision, closed_at, request, head, body)
				values (%d, 'access', 'mail', '2026-01-31', now(), %[1]d, now(), 'granted', %s, gen_random_uuid(), '', '')`, id, when(id == 1, "now()", "null"))
			add(`insert into request_steps (request_id, at, person_id, step) values (%d, now(), 0, 'overdue')`, id)
			add(`insert into request_pauses (request_id, since) values (%d, '2026-02-01')`, id)
			add(`insert into request_systems (request_id, head) values (%d, '')`, id)
			add(`insert into request_marks (request_id, place, begins, ends, redact, at, person_id) values (%d, '', 0, 1, true, now(), 1)`, id)
		}
		add(`insert into drills (person_id, answer, erasure, entries, columns, wrong) values (1, '1s', '1s', 0, 0, '{}')`)
	})
	looks = append(looks,
		look{"requests", "select id from requests", people, onPerson(policy.RequestList)},
		look{"requests.head", "select id from requests where head is not null", people, onPerson(policy.RequestView)},
		look{"request_pauses", "select request_id from request_pauses", people, onPerson(policy.RequestList)},
		look{"request_steps", "select request_id from request_steps", people, anything(policy.RequestHandle)},
		look{"request_systems", "select request_id from request_systems", people, anything(policy.RequestHandle)},
		look{"request_marks", "select request_id from request_marks", people, anything(policy.RequestHandle)},
		look{"drills", "select 1 from drills", just(1), anything(policy.DrillList)},
		look{"request_numbers", "select 1 from request_numbers", just(1), never},
	)
	moves = append(moves,
		forSelf("insert requests", `insert into requests (id, kind, channel, received_on, recorded_at, recorded_by, updated_at, request, head, body)
			values (99, 'access', 'mail', '2026-01-31', now(), {me}, now(), gen_random_uuid(), '', '')`, anything(policy.RequestRecord)),
		onDrawn("insert requests about customers", `insert into requests (id, kind, channel, received_on, subject_id, recorded_at, recorded_by, updated_at, request, head, body)
			values (98, 'access', 'mail', '2026-01-31', {id}, now(), {me}, now(), gen_random_uuid(), '', '')`, policy.CustomerView),
		toPerson("handle requests", "update requests set identity = 'proven' where id = {id}", openRequest),
		toPerson("add a step", "insert into request_steps (request_id, at, person_id, step, body) values ({id}, now(), {me}, 'decide', '')", openRequest),
		toPerson("pause", "insert into request_pauses (request_id, since) values ({id}, now())", openRequest),
		toPerson("resume", "update request_pauses set until = now() where request_id = {id}", anything(policy.RequestHandle)),
		toPerson("add a system", "insert into request_systems (request_id, head) values ({id}, '')", openRequest),
		toPerson("decide about a place", "insert into request_marks (request_id, place, begins, ends, redact, at, person_id) values ({id}, 'x', 0, 1, true, now(), {me})", openRequest),
		forSelf("keep a drill", "insert into drills (person_id, answer, erasure, entries, columns, wrong) values ({me}, '1s', '1s', 0, 0, '{}')", anything(policy.DrillRun)),
		move{"tick for another", func(w *world, a policy.Actor) (string, bool) {
			by := w.somebody()
			return fmt.Sprintf("update request_systems set done_at = now(), done_by = %d where request_id = 2", by), by == a.ID && w.may(a, policy.RequestHandle, policy.Resource{})
		}},
		nobody("record for another", `insert into requests (id, kind, channel, received_on, recorded_at, recorded_by, updated_at, request, head, body)
			select 97, 'access', 'mail', '2026-01-31', now(), id, now(), gen_random_uuid(), '', '' from people where id <> {me} limit 1`),
		nobody("go on with a closed request", "update requests set decision = 'refused' where id = 1"),
		nobody("change when it came in", "update requests set received_on = now()"),
		nobody("change what happened", "update request_steps set step = 'sent'"),
		nobody("speak for the clock", "insert into request_steps (request_id, at, person_id, step) values (2, now(), 0, 'due soon')"),
		nobody("delete requests", "delete from requests where id = {id}"),
		nobody("delete steps", "delete from request_steps"),
		nobody("delete pauses", "delete from request_pauses"),
		nobody("delete systems", "delete from request_systems"),
		nobody("delete marks", "delete from request_marks"),
		nobody("delete drills", "delete from drills"),
	)
	faults = append(faults,
		"alter policy see_sales on requests using ((select me('sales')) is not null)",
		"grant select (head) on requests to balie_auditor",
		"alter policy change_privacy on requests using ((select me('privacy')) is not null)",
		"alter policy add_manager on requests with check (recorded_by = (select me('manager')))",
		"grant delete on requests to balie_privacy; create policy planted on requests for delete to balie_privacy using (true)",
	)
}

func openRequest(w *world, a policy.Actor, id int64) bool {
	return id != 1 && w.may(a, policy.RequestHandle, policy.Resource{})
}
