package db_test

import (
	"fmt"

	"balie/policy"
)

// Purposes, consents and mailing lists: event, evidence and optin n are of
// customer n.
func init() {
	areas = append(areas, func(w *world, add func(string, ...any)) {
		add(`insert into purposes (name, version, value, by) values ('newsletter', 1, '{}', 1)`)
		add(`insert into wordings (hash, purpose, language, body) values (sha256('yes'), 'newsletter', 'en', 'yes')`)
		add(`insert into audiences (id, purpose, means, head, by) overriding system value select g, 'newsletter', 'mail', '', g from generate_series(1, %d) g`, worldPeople)
		add(`insert into audience_exports (id, audience_id, person_id, hash, manifest) overriding system value values (1, 1, 1, sha256(''), '{}')`)
		for id := range w.customers {
			add(`insert into consents (id, customer_id, purpose, kind, how, at, until, marketing, wording, person_id, session, detail, request)
				overriding system value values (%d, %[1]d, 'newsletter', 'asked', 'form', now(), now() + interval '1 day', true, sha256('yes'), 1, '', '', gen_random_uuid())`, id)
			add(`insert into evidence (id, consent_id, person_id, size, head) overriding system value values (%d, %[1]d, 1, 1, '')`, id)
			add(`insert into evidence_parts values (%d, 0, '')`, id)
			add(`insert into optins values (%d, sha256('%[1]d'), now())`, id)
			add(`insert into audience_members values (1, %d)`, id)
			add(`insert into groundless values (%d, now())`, id)
		}
	})
	seen := onCustomer(policy.ConsentList)
	looks = append(
		looks,
		look{"purposes", "select 1 from purposes", just(1), anything(policy.PurposeList)},
		look{"wordings", "select 1 from wordings", just(1), anything(policy.PurposeList)},
		look{"consents", "select id from consents", customers, seen},
		look{"evidence", "select id from evidence", customers, seen},
		look{"evidence_parts", "select evidence_id from evidence_parts", customers, seen},
		look{"optins", "select consent_id from optins", customers, seen},
		look{"optins.digest", "select consent_id from optins where digest is not null", customers, never},
		look{"groundless", "select customer_id from groundless", customers, func(w *world, a policy.Actor, id int64) bool {
			return a.Role == policy.Privacy && w.holds(a.ID, a.Role) || onCustomer(policy.CustomerView)(w, a, id)
		}},
		look{"audiences", "select 1 from audiences", just(1), anything(policy.AudienceList)},
		look{"audience_exports", "select 1 from audience_exports", just(1), anything(policy.AudienceList)},
		look{"audience_members", "select customer_id from audience_members", customers, seen},
	)
	const event = `insert into consents (customer_id, purpose, kind, how, at, marketing, person_id, session, detail, request) values ({id}, 'newsletter', 'withdrawn', 'phone', now(), true, {me}, '', '', gen_random_uuid())`
	record := onCustomer(policy.ConsentRecord)
	moves = append(
		moves,
		forSelf("set purposes", "insert into purposes (name, version, value, by) values ('newsletter', 2 + {id}, '{}', {me})", anything(policy.PurposeSet)),
		nobody("change purposes", "update purposes set value = '{}'"),
		nobody("delete purposes", "delete from purposes"),
		nobody("change wordings", "update wordings set body = ''"),
		forSelf("insert consents", event, record),
		nobody("change consents", "update consents set kind = 'given' where id = {id}"),
		nobody("delete consents", "delete from consents where id = {id}"),
		nobody("backdate the recording", "insert into consents (customer_id, purpose, kind, how, at, recorded_at, marketing, person_id, session, detail, request) values ({id}, 'newsletter', 'withdrawn', 'phone', '2020-01-01', '2020-01-01', true, {me}, '', '', gen_random_uuid())"),
		nobody("speak for the person", "insert into consents (customer_id, purpose, kind, how, at, marketing, wording, session, detail, request) values ({id}, 'newsletter', 'given', 'web', now(), true, sha256('yes'), '', '', gen_random_uuid())"),
		forSelf("insert evidence", "insert into evidence (consent_id, person_id, size, head) values ({id}, {me}, 1, '')", record),
		nobody("change evidence", "update evidence_parts set body = 'x' where evidence_id = {id}"),
		nobody("add to evidence later", "insert into evidence_parts values ({id}, 1, '')"),
		nobody("use a link", "update optins set used_at = null where consent_id = {id}"),
		nobody("lengthen a link", "insert into optins (consent_id, digest, expires_at) values ({id}, '', 'infinity')"),
		nobody("forget what stands on nothing", "delete from groundless where customer_id = {id}"),
		nobody("confirm_consent()", "select from confirm_consent(sha256('{id}'), '') r where r is not null"),
		forSelf("insert audiences", "insert into audiences (purpose, means, head, by) values ('newsletter', 'mail', '', {me})", anything(policy.AudienceWrite)),
		move{"retire audiences", func(w *world, a policy.Actor) (string, bool) {
			id := w.somebody()
			if w.chance(2) {
				id = a.ID
			}
			return fmt.Sprintf("update audiences set retired_at = now() where id = %d", id), (a.Role == policy.Privacy || id == a.ID) && w.may(a, policy.AudienceWrite, policy.Resource{})
		}},
		nobody("add to an export later", "insert into audience_members values (1, {id})"),
	)
	faults = append(
		faults,
		"alter policy see_sales on consents using ((select me('sales')) is not null)",
		"alter policy add_manager on consents with check (exists (select from customers c where c.id = customer_id) and recorded_at = now())",
		"alter policy see_privacy on evidence using (true)",
		"grant select on optins to balie_sales",
		"grant delete on groundless to balie_sales; create policy planted on groundless for delete to balie_sales using (true)",
		"grant update (kind) on consents to balie_privacy; create policy planted on consents for update to balie_privacy using (true)",
	)
}
