package db_test

import "balie/policy"

// View n is person n's own, view 100+n is what person n shares with the team.
func init() {
	whose := func(id int64) int32 { return int32(id % 100) }
	keeps := func(w *world, a policy.Actor, id int64) bool { return w.may(a, policy.ViewSave, w.ofPerson(whose(id))) }
	seen := func(w *world, a policy.Actor, id int64) bool {
		owner := w.human(whose(id))
		team := w.human(a.ID).team
		return keeps(w, a, id) || id > 100 && team != 0 && team == owner.team && w.may(a, policy.ViewList, policy.Resource{})
	}
	areas = append(areas, func(w *world, add func(string, ...any)) {
		for id := range w.people {
			add(`insert into saved_views (id, person_id, list, place, shared, updated_at, body) values (%d, %[1]d, 'contacts', 1, false, now(), ''), (100 + %[1]d, %[1]d, 'contacts', 1, true, now(), '')`, id)
		}
	})
	ids := func(w *world) (all []int64) {
		for id := range w.people {
			all = append(all, id, 100+id)
		}
		return all
	}
	looks = append(looks, look{"saved_views", "select id from saved_views", ids, seen})
	onOwn := func(name, sql string) move {
		return toPerson(name, sql, func(w *world, a policy.Actor, id int64) bool { return keeps(w, a, id) })
	}
	moves = append(
		moves,
		forSelf("insert views", "insert into saved_views (id, person_id, list, place, updated_at, body) values (1000, {me}, 'deals', 1, now(), '')", func(w *world, a policy.Actor, _ int64) bool {
			return w.may(a, policy.ViewSave, policy.Resource{})
		}),
		forSelf("insert shared views", "insert into saved_views (id, person_id, list, place, shared, updated_at, body) values (1000, {me}, 'deals', 1, true, now(), '')", func(w *world, a policy.Actor, _ int64) bool {
			return w.may(a, policy.ViewSave, policy.Resource{}) && w.human(a.ID).team != 0
		}),
		onOwn("update views", "update saved_views set place = 2 where id = {id}"),
		toPerson("update shared views", "update saved_views set place = 2 where id = 100 + {id}", func(w *world, a policy.Actor, id int64) bool {
			return keeps(w, a, id) && w.human(a.ID).team != 0
		}),
		onOwn("unshare views", "update saved_views set shared = false where id = 100 + {id}"),
		onOwn("delete views", "delete from saved_views where id = {id}"),
		toPerson("delete shared views", "delete from saved_views where id = 100 + {id}", func(w *world, a policy.Actor, id int64) bool {
			h := w.human(int32(id))
			return w.may(a, policy.ViewDelete, policy.Resource{Owner: int32(id), OwnerTeam: h.team}) && seen(w, a, 100+id)
		}),
		nobody("give views away", "update saved_views set person_id = 1 where person_id <> 1"),
	)
	faults = append(
		faults,
		"alter policy see_sales on saved_views using ((select me('sales')) is not null)",
		"alter policy change_sales on saved_views using (true) with check (true)",
		"alter policy drop_manager on saved_views using (shared and (select me('manager')) is not null)",
	)
}
