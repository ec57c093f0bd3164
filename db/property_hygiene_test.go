package db_test

import "balie/policy"

// Dead addresses: one of each customer.
func init() {
	areas = append(areas, func(w *world, add func(string, ...any)) {
		for id := range w.customers {
			add(`insert into dead_mails (customer_id, digest, by) values (%d, sha256('x'), 1)`, id)
		}
	})
	seen := onCustomer(policy.MailBounce)
	looks = append(looks, look{"dead_mails", "select customer_id from dead_mails", customers, seen})
	moves = append(
		moves,
		forSelf("insert dead_mails", "insert into dead_mails (customer_id, digest, by) values ({id}, sha256('y'), {me})", seen),
		nobody("note dead_mails for another", "insert into dead_mails (customer_id, digest, by) values ({id}, sha256('z'), {me} + 1)"),
		nobody("change dead_mails", "update dead_mails set at = now() where customer_id = {id}"),
	)
}
