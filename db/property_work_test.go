package db_test

import "balie/policy"

// What happened with customer n is number n, and so is what was changed of task n,
// which stands in property_retention_test.go.
func init() {
	areas = append(areas, func(w *world, add func(string, ...any)) {
		for id := range w.customers {
			add(`insert into activities (id, customer_id, author, kind, at, minutes, created_at, request, body) overriding system value values (%d, %[1]d, 1, 'call', now(), 0, now(), gen_random_uuid(), '')`, id)
			add(`insert into activity_history values (%d, 1, now(), 1, '', gen_random_uuid(), '{}', '')`, id)
			add(`insert into task_history values (%d, 1, %[1]d, now(), 1, '', gen_random_uuid(), '{}', '')`, id)
		}
	})
	seen, tasks := onCustomer(policy.ActivityView), onCustomer(policy.TaskList)
	looks = append(
		looks,
		look{"activities", "select id from activities", customers, seen},
		look{"activity_history", "select activity_id from activity_history", customers, seen},
		look{"task_history", "select task_id from task_history", customers, tasks},
	)
	moves = append(
		moves,
		onDrawn("update activities", "update activities set minutes = 1 where id = {id}", policy.ActivityUpdate),
		nobody("give activities to another customer", "update activities set customer_id = 1 where id = {id}"),
		nobody("say that somebody else noted it", "update activities set author = {me} where id = {id}"),
		nobody("delete activities", "delete from activities where id = {id}"),
		forSelf("insert activity_history", "insert into activity_history values ({id}, 2, now(), {me}, '', gen_random_uuid(), '{}', '')", onCustomer(policy.ActivityUpdate)),
		nobody("insert activity_history as somebody else", "insert into activity_history values ({id}, 2, now(), {me} % 5 + 1, '', gen_random_uuid(), '{}', '')"),
		nobody("update activity_history", "update activity_history set act = '' where activity_id = {id}"),
		nobody("delete activity_history", "delete from activity_history where activity_id = {id}"),
		forSelf("insert task_history", "insert into task_history values ({id}, 2, {id}, now(), {me}, '', gen_random_uuid(), '{}', '')", onCustomer(policy.TaskWrite)),
		nobody("insert task_history of another customer", "insert into task_history values ({id}, 2, null, now(), {me}, '', gen_random_uuid(), '{}', '')"),
		nobody("update task_history", "update task_history set act = '' where task_id = {id}"),
	)
	faults = append(
		faults,
		"alter policy see_sales on activity_history using ((select me('sales')) is not null)",
		"grant update (author) on activities to balie_manager",
		"alter policy add_sales on activity_history with check (exists (select from activities a where a.id = activity_id))",
		"alter policy see_privacy on task_history using (true)",
		"alter policy add_manager on task_history with check (person_id = (select me('manager')))",
	)
}
