package db_test

import "balie/policy"

// Invoice 5000 + n is customer n's, and a reminder of it is due.
func init() {
	areas = append(areas, func(w *world, add func(string, ...any)) {
		for id := range w.customers {
			add(`insert into invoices (id, customer_id, scope, series, year, number, issued_on, due_on, kept_through, total, tax, net, created_at, created_by, updated_at, request, head, body)
				values (5000 + %d, %[1]d, 0, 'P', 2020, %[1]d, '2020-01-01', '2020-02-01', '2027-12-31', 1, 0, 1, now(), 1, now(), gen_random_uuid(), '', '')`, id)
			add(`insert into invoice_reminders (invoice_id, level, due_on) values (5000 + %d, 1, '2020-03-01')`, id)
		}
	})
	looks = append(looks, look{"invoice_reminders", "select invoice_id - 5000 from invoice_reminders", customers, func(w *world, a policy.Actor, _ int64) bool {
		return w.may(a, policy.InvoiceView, policy.Resource{})
	}})
	remind := anything(policy.InvoiceRemind)
	moves = append(
		moves,
		forSelf("make reminders", "update invoice_reminders set made_at = now(), made_by = {me}, open = 1, body = '' where invoice_id = 5000 + {id}", remind),
		forSelf("insert reminders", "insert into invoice_reminders (invoice_id, level, due_on, made_at, made_by, open, body) values (5000 + {id}, 3, '2020-03-01', now(), {me}, 1, '')", remind),
		nobody("say that a reminder is due", "insert into invoice_reminders (invoice_id, level, due_on) values (5000 + {id}, 2, '2020-03-01')"),
		nobody("change the level of reminders", "update invoice_reminders set level = 3 where invoice_id = 5000 + {id}"),
		nobody("delete reminders", "delete from invoice_reminders where invoice_id = 5000 + {id}"),
	)
	faults = append(
		faults,
		"alter policy make_finance on invoice_reminders with check (true)",
		"alter policy see_privacy on invoice_reminders using (true)",
		"grant delete on invoice_reminders to balie_finance; create policy planted on invoice_reminders for delete to balie_finance using (true)",
	)
}
