package db_test

import "balie/policy"

// Old invoices: number n is of customer n, and came by import 1,000,001.
func init() {
	areas = append(areas, func(w *world, add func(string, ...any)) {
		add(`insert into imports (id, person_id, source, file_hash, rows, kind) overriding system value values (1000001, 1, '', 'past', 0, 'invoices')`)
		for id := range w.customers {
			add(`insert into past_invoices (id, customer_id, scope, issued_on, kept_through, net, tax, total, paid, created_at, created_by, import_id, request, head)
				select %d, %[1]d, c.scope, '2020-01-01', '2027-12-31', 1, 0, 1, 0, now(), 1, 1000001, gen_random_uuid(), '' from customers c where c.id = %[1]d`, id)
		}
	})
	looks = append(
		looks,
		look{"past_invoices", "select id from past_invoices", customers, func(w *world, a policy.Actor, _ int64) bool { return w.may(a, policy.InvoiceExport, policy.Resource{}) }},
	)
	moves = append(
		moves,
		nobody("change old invoices", "update past_invoices set paid = 0 where id = {id}"),
		nobody("delete old invoices", "delete from past_invoices where id = {id}"),
		nobody("take somebody's import back", "select from revert_rows(1000001) r where r.gone >= 0 and {me} <> 1"),
	)
}
