package db_test

import (
	"fmt"

	"balie/policy"
)

// Pairs and merges: customer n looks like customer n + 1, and customer 1000 + n
// became part of customer n.
func init() {
	areas = append(areas, func(w *world, add func(string, ...any)) {
		for id := range w.customers {
			if w.customers[id+1] != nil {
				add(`insert into duplicates (a, b, score, found_at, seen_at) values (%d, %d, 70, now(), now())`, id, id+1)
			}
			add(`insert into merges (id, winner, loser, at, by, until, material) overriding system value values (%d, %[1]d, 1000 + %[1]d, now(), 1, now() + interval '30 days', 'x')`, id)
		}
	})
	both := func(act policy.Act) func(*world, policy.Actor, int64) bool {
		return func(w *world, a policy.Actor, id int64) bool {
			return w.customers[id+1] != nil && onCustomer(act)(w, a, id) && onCustomer(act)(w, a, id+1)
		}
	}
	looks = append(
		looks,
		look{"duplicates", "select a from duplicates", customers, both(policy.DuplicateList)},
		look{"duplicate_reach", "select 1 from duplicate_reach", just(1), never},
		look{"merges", "select winner from merges", customers, onCustomer(policy.DuplicateList)},
		look{"movables", "select 1 from movables", just(1), func(w *world, a policy.Actor, _ int64) bool {
			return w.may(a, policy.CustomerMerge, policy.Resource{}) || a.Role == policy.Privacy && w.holds(a.ID, a.Role)
		}},
		look{"merge_rows()", "select g from generate_series(1, 40) g where exists (select from merge_rows('history', 'customer_id', g, null))", customers, mergeable},
	)
	moves = append(
		moves,
		forSelf("dismiss pairs", "update duplicates set dismissed_at = now(), dismissed_by = {me} where a = {id}", both(policy.DuplicateDismiss)),
		nobody("change the score of pairs", "update duplicates set score = 0 where a = {id}"),
		nobody("delete pairs", "delete from duplicates where a = {id}"),
		forSelf("insert merges", "insert into merges (winner, loser, at, by, until, material) values ({id}, 1, now(), {me}, now(), '')", onCustomer(policy.CustomerMerge)),
		forSelf("undo merges", "update merges set undone_at = now(), undone_by = {me}, material = null where winner = {id}", onCustomer(policy.CustomerUnmerge)),
		nobody("undo and keep what it takes", "update merges set undone_at = now(), undone_by = {me} where winner = {id}"),
		nobody("lengthen the time to undo", "update merges set until = 'infinity', undone_at = now(), undone_by = {me}, material = null where winner = {id}"),
		nobody("merge as somebody else", "insert into merges (winner, loser, at, by, until, material) values ({id}, 1, now(), {me} % 5 + 1, now(), '')"),
		nobody("delete merges", "delete from merges where winner = {id}"),
		nobody("change what moves", "update movables set sealed = '{}'"),
		move{"merge_move()", drawMove},
	)
	faults = append(
		faults,
		"alter policy see_sales on duplicates using (exists (select from customers c where c.id = a))",
		"alter policy dismiss_manager on duplicates with check (true)",
		"alter policy see_manager on merges using (true)",
		"alter policy add_sales on merges with check (exists (select from customers c where c.id = winner))",
		"alter policy undo_privacy on merges with check (undone_by = (select me('privacy')))",
		"grant update (until) on merges to balie_manager",
		function("in_reach(bigint)", "c.scope = me('sales')", "me('sales') is not null"),
		function("merge_rows(text,text,bigint,bigint[])", "not in_reach(subject)", "false"),
		function("merge_move(text,text,bigint,bigint,bigint[],bigint[],bytea[])", "and in_reach(target)", ""),
	)
}

// mergeable: who is put away is brought back before anything else is done.
func mergeable(w *world, a policy.Actor, id int64) bool {
	return !w.customers[id].away && w.may(a, policy.CustomerMerge, w.ofCustomer(id))
}

// drawMove moves a deal from one customer to another.
func drawMove(w *world, a policy.Actor) (string, bool) {
	from, to := w.aCustomer(a), w.aCustomer(a)
	return fmt.Sprintf("select from unnest(merge_move('deals', 'customer_id', %d, %d, array[%[1]d], null, array['', '']::bytea[]))", from, to),
		from != to && mergeable(w, a, from) && mergeable(w, a, to)
}
