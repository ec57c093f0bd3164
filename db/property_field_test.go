package db_test

import "balie/policy"

// Field 1 is for sales as well, field 2 is not.
func init() {
	areas = append(areas, func(_ *world, add func(string, ...any)) {
		for id, readers := range map[int]string{1: "{sales,privacy}", 2: "{manager,privacy}"} {
			add(`insert into fields (id, entity, name, kind, purpose, basis, months, readers, created_by) overriding system value
				values (%d, 'person', 'f%[1]d', 'text', 'quotes', 'contract', 12, '%s', 1)`, id, readers)
		}
		add(`insert into field_history values (1, 1, now(), 1, '{}')`)
		add(`insert into field_usage values ('person', 'family', 1, now(), 1, now())`)
	})
	looks = append(looks,
		look{"fields", "select id::bigint from fields", func(*world) []int64 { return []int64{1, 2} }, func(w *world, a policy.Actor, id int64) bool {
			f := policy.Field{Readers: []policy.Role{policy.Sales, policy.Privacy}}
			if id == 2 {
				f.Readers[0] = policy.Manager
			}
			return w.may(a, policy.FieldList, policy.Resource{}) && f.KnownTo(a.Role)
		}},
		look{"field_history", "select field_id::bigint from field_history", just(1), anything(policy.FieldUsage)},
		look{"field_usage", "select 1 from field_usage", just(1), anything(policy.FieldUsage)},
	)
	moves = append(moves,
		forSelf("insert fields", "insert into fields (entity, name, kind, purpose, basis, months, readers, created_by) values ('deal', 'new', 'text', 'quotes', 'contract', 12, '{sales,privacy}', {me})", anything(policy.FieldWrite)),
		toPerson("update fields", "update fields set months = 13 where id = 1", anything(policy.FieldWrite)),
		forSelf("drop fields", "update fields set dropped_at = now(), dropped_by = {me} where id = 2", anything(policy.FieldDrop)),
		forSelf("insert field_history", "insert into field_history values (2, 1, now(), {me}, '{}')", anything(policy.FieldWrite)),
		nobody("change what fields were", "update field_history set was = '{}'"),
		nobody("change the kind of fields", "update fields set kind = 'number'"),
		nobody("say that a field is cleared", "update fields set cleared_at = now()"),
		nobody("delete fields", "delete from fields where id = 2"),
		nobody("change field_usage", "update field_usage set filled = 0"),
	)
	faults = append(faults,
		"alter policy read_sales on fields using ((select me('sales')) is not null)",
		"alter policy add_manager on fields with check ((select me('manager')) is not null)",
		"grant update (kind) on fields to balie_manager",
		"alter policy live_auditor on field_usage using (true)",
	)
}
