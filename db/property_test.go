package db_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"balie/db/dbtest"
	"balie/policy"
)

var (
	draws     = flag.Int("draws", 20_000, "draws of the test of policy against row security")
	allFaults = flag.Bool("allfaults", false, "plant every fault, and not another six each time")
)

// look is something to read: rows by their key, and who may by policy.
type look struct {
	name, sql string
	keys      func(*world) []int64
	may       func(w *world, a policy.Actor, key int64) bool
}

func keysOf[V any](m map[int64]V) []int64 {
	keys := make([]int64, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}

func customers(w *world) []int64 { return keysOf(w.customers) }
func people(w *world) []int64    { return keysOf(w.people) }
func just(n int64) func(*world) []int64 {
	return func(*world) []int64 { return []int64{n} }
}

func onCustomer(act policy.Act) func(*world, policy.Actor, int64) bool {
	return func(w *world, a policy.Actor, id int64) bool { return w.may(a, act, w.ofCustomer(id)) }
}

// onHashes is on what is derived from a customer and tells nothing by itself: it
// is not put away with it.
func onHashes(act policy.Act) func(*world, policy.Actor, int64) bool {
	return func(w *world, a policy.Actor, id int64) bool {
		res := w.ofCustomer(id)
		res.PutAway = false
		return w.may(a, act, res)
	}
}

func anything(act policy.Act) func(*world, policy.Actor, int64) bool {
	return func(w *world, a policy.Actor, _ int64) bool { return w.may(a, act, policy.Resource{}) }
}

func onPerson(acts ...policy.Act) func(*world, policy.Actor, int64) bool {
	return func(w *world, a policy.Actor, id int64) bool {
		for _, act := range acts {
			if w.may(a, act, w.ofPerson(int32(id))) {
				return true
			}
		}
		return false
	}
}

func never(*world, policy.Actor, int64) bool { return false }

var looks = []look{
	{"customers", "select id from customers", customers, onCustomer(policy.CustomerView)},
	{"search_tokens", "select customer_id from search_tokens", customers, onHashes(policy.CustomerList)},
	{"history", "select customer_id from history", customers, onCustomer(policy.CustomerView)},
	{"bases", "select customer_id from bases", customers, onCustomer(policy.CustomerView)},
	{"customer_tags", "select customer_id from customer_tags", customers, onCustomer(policy.CustomerView)},
	{"memberships", "select contact_id from memberships", customers, onCustomer(policy.CustomerView)},
	{"exposure()", "select g from generate_series(1, 40) g where exists (select from exposure(g, 'UTC', null, 1))", customers, onCustomer(policy.CustomerExposure)},
	{"customer_counts()", "select 1 from customer_counts()", just(1), anything(policy.CustomerCount)},
	{"notes", "select id from notes", func(w *world) []int64 { return keysOf(w.notes) }, func(w *world, a policy.Actor, id int64) bool {
		return w.may(a, policy.NoteView, w.ofNote(w.notes[id]))
	}},
	{"tags", "select id from tags", just(1), anything(policy.TagList)},
	{"imports", "select id from imports", people, onPerson(policy.ImportRevert, policy.RequestGather)},
	{"people", "select id from people", people, anything(policy.ProfileView)},
	{"teams", "select 1 from teams", just(1), anything(policy.ProfileView)},
	{"settings", "select 1 from settings", just(1), anything(policy.ProfileView)},
	{"job_runs", "select 1 from job_runs", just(1), anything(policy.JobList)},
	{"grants", "select id from grants", func(w *world) []int64 { return keysOf(w.grants) }, func(w *world, a policy.Actor, id int64) bool {
		return onPerson(policy.ProfileView, policy.PersonList)(w, a, int64(w.grants[id].person))
	}},
	// A manager sees which roles the team holds, but not with what they sign in.
	{"keys", "select id from keys", people, func(w *world, a policy.Actor, id int64) bool {
		return onPerson(policy.ProfileView)(w, a, id) || a.Role != policy.Manager && onPerson(policy.PersonList)(w, a, id)
	}},
	{"sessions", "select id::bigint from sessions", people, onPerson(policy.SessionList)},
	{"totp", "select person_id from totp", people, onPerson(policy.PersonReset)},
	{"totp.secret", "select person_id from totp where secret = ''", people, never},
	{"keys.public_key", "select id from keys where public_key = ''", people, never},
	{"recovery_codes", "select person_id from recovery_codes", people, onPerson(policy.ProfileView, policy.PersonReset)},
	{"recovery_codes.digest", "select person_id from recovery_codes where digest = ''", people, never},
	{"invitations", "select id from invitations", people, anything(policy.PersonInvite)},
	{"invitations.digest", "select id from invitations where digest is not null", people, never},
	{"departures", "select id from departures", people, onPerson(policy.PersonList)},
	{"departure_checks", "select departure_id from departure_checks", people, onPerson(policy.PersonReport)},
	{"acts_of()", "select 1 where exists (select from generate_series(1, 16) g, acts_of(g, '-infinity', 'infinity'))", just(1), anything(policy.PersonReport)},
	{"owned_by()", "select 1 where (select sum(owned_by(g)) from generate_series(1, 16) g) > 0", just(1), anything(policy.PersonLeave)},
	{"audit", "select id from audit", func(w *world) []int64 { return keysOf(w.logged) }, seesLogged},
	// Row n of the log is about customer n.
	{"log_about()", "select g from generate_series(1, 40) g where exists (select from log_about(g))", func(w *world) []int64 { return keysOf(w.logged) }, seesLogged},
	{"checkpoints", "select n from checkpoints", just(1), never},
	{"unusual", "select id from unusual", people, anything(policy.UnusualList)},
	{"viewing", "select person_id from viewing", people, never},
	{"approvals", "select id from approvals", people, onPerson(policy.ApprovalList)},
	{"exports", "select id from exports", people, onPerson(policy.ApprovalList)},
	// Deal n is one with customer n.
	{"deals", "select id from deals", customers, onCustomer(policy.DealView)},
	{"deal_history", "select deal_id from deal_history", customers, onCustomer(policy.DealView)},
	{"deal_contacts", "select deal_id from deal_contacts", customers, onCustomer(policy.DealView)},
	{"pipelines", "select 1 from pipelines", just(1), anything(policy.PipelineList)},
	{"stages", "select 1 from stages", just(1), anything(policy.PipelineList)},
	{"deals_of()", "select 1 where (select sum(deals_of(g)) from generate_series(1, 16) g) > 0", just(1), anything(policy.PersonLeave)},
}

func seesLogged(w *world, a policy.Actor, id int64) bool {
	res := w.ofPerson(w.logged[id].actor)
	res.Logged = w.logged[id].act
	return w.may(a, policy.AuditView, res)
}

// move is something to write. It draws what on, and gives the statement and
// policy's answer. A move that changes no row counts as refused.
type move struct {
	name string
	draw func(w *world, a policy.Actor) (sql string, may bool)
}

func fill[I int32 | int64](sql string, id I, me int32) string {
	return strings.NewReplacer("{id}", fmt.Sprint(id), "{me}", fmt.Sprint(me)).Replace(sql)
}

func onDrawn(name, sql string, act policy.Act) move {
	return move{name, func(w *world, a policy.Actor) (string, bool) {
		id := w.aCustomer(a)
		return fill(sql, id, a.ID), w.may(a, act, w.ofCustomer(id))
	}}
}

// forSelf is a row that must bear the actor's own id.
func forSelf(name, sql string, may func(w *world, a policy.Actor, customer int64) bool) move {
	return move{name, func(w *world, a policy.Actor) (string, bool) {
		id, as := w.aCustomer(a), a.ID
		if w.chance(3) {
			as = w.somebody()
		}
		return fill(sql, id, as), as == a.ID && may(w, a, id)
	}}
}

func toPerson(name, sql string, may func(w *world, a policy.Actor, id int64) bool) move {
	return move{name, func(w *world, a policy.Actor) (string, bool) {
		id := w.somebody()
		if w.chance(4) {
			id = a.ID
		}
		return fill(sql, id, a.ID), may(w, a, int64(id))
	}}
}

func nobody(name, sql string) move {
	return move{name, func(w *world, a policy.Actor) (string, bool) { return fill(sql, w.aCustomer(a), a.ID), false }}
}

var moves = []move{
	onDrawn("update customers", "update customers set status = 2 where id = {id}", policy.CustomerUpdate),
	nobody("give customers away", "update customers set scope = {me} where id = {id}"),
	nobody("delete customers", "delete from customers where id = {id}"),
	nobody("delete keys of subjects", "delete from subject_keys where subject_id = {id}"),
	{"insert customers", drawCreate},
	{"hand_over()", drawHandOver},
	forSelf("insert notes", "insert into notes (customer_id, author, private, at, request, body) values ({id}, {me}, true, now(), gen_random_uuid(), '')", onCustomer(policy.NoteCreate)),
	nobody("update notes", "update notes set private = false where customer_id = {id}"),
	nobody("delete notes", "delete from notes where customer_id = {id}"),
	forSelf("insert history", "insert into history values ({id}, 2, now(), {me}, '', gen_random_uuid(), '{}', '')", onCustomer(policy.CustomerUpdate)),
	nobody("update history", "update history set act = '' where customer_id = {id}"),
	nobody("delete history", "delete from history where customer_id = {id}"),
	onDrawn("insert bases", "insert into bases values ({id}, 'delivery', 'contract', now())", policy.CustomerUpdate),
	onDrawn("delete bases", "delete from bases where customer_id = {id}", policy.CustomerUpdate),
	onDrawn("delete customer_tags", "delete from customer_tags where customer_id = {id}", policy.CustomerUpdate),
	onDrawn("delete memberships", "delete from memberships where contact_id = {id}", policy.CustomerUpdate),
	{"delete search_tokens", func(w *world, a policy.Actor) (string, bool) {
		id := w.aCustomer(a)
		return fmt.Sprintf("delete from search_tokens where customer_id = %d", id), onHashes(policy.CustomerUpdate)(w, a, id)
	}},
	toPerson("insert tags", "insert into tags (name) values ('new')", anything(policy.TagManage)),
	toPerson("update tags", "update tags set retired_at = now()", anything(policy.TagManage)),
	forSelf("insert imports", "insert into imports (person_id, source, file_hash, rows) values ({me}, '', 'other', {id})", anything(policy.ImportRun)),
	toPerson("revert_import()", "select from revert_import({id}) r where r is not null", onPerson(policy.ImportRevert)),
	forSelf("insert settings", "insert into settings (key, version, value, by) values ('name', 2, '{id}', {me})", anything(policy.SettingChange)),
	nobody("change settings", "update settings set value = '0'"),
	nobody("delete settings", "delete from settings"),
	toPerson("insert people", "insert into people (id, login, name) values (99, 'new', '')", anything(policy.PersonInvite)),
	{"revoke", drawRevoke},
	toPerson("delete people", "delete from people where id = {id}", never),
	{"set language", drawLanguage},
	toPerson("set_team()", "select from set_team({id}, 1) r where r", func(w *world, a policy.Actor, id int64) bool {
		return !w.people[id].revoked && onPerson(policy.PersonTeam)(w, a, id)
	}),
	{"come_back()", drawComeBack},
	toPerson("plan departures", "insert into departures (person_id, reason, ordered_by, due) values ({id}, '', {me}, now())", onPerson(policy.PersonLeave)),
	toPerson("cancel departures", "update departures set cancelled_at = now(), cancelled_by = {me} where person_id = {id}", onPerson(policy.PersonLeave)),
	toPerson("carry out departures", "update departures set left_at = now() where person_id = {id}", never),
	toPerson("tick", "update departure_checks set ticked_at = now(), ticked_by = {me} where departure_id = {id}", onPerson(policy.PersonCheck)),
	{"insert grants", drawGrant},
	{"agree", drawAgree},
	{"end grants", drawEnd},
	nobody("change grants", "update grants set role = 'admin'"),
	nobody("delete grants", "delete from grants"),
	toPerson("remove keys", "update keys set removed_at = now() where id = {id}", onPerson(policy.KeyRemove)),
	toPerson("insert keys", "insert into keys (person_id, fingerprint, public_key, name) values ({id}, 'new', '', '')", onPerson(policy.KeyAdd)),
	{"rename keys", drawRename},
	toPerson("suspend keys", "update keys set suspended_at = now() where id = {id}", never),
	toPerson("lift keys", "update keys set suspended_at = null, lifted_at = now() where id = {id}", onPerson(policy.KeyLift)),
	toPerson("close sessions", "update sessions set ended_at = now() where id = '{id}'", onPerson(policy.SessionClose)),
	toPerson("insert sessions", "insert into sessions (id, person_id, key_id, address, node) values ('new', {id}, 1, '', '')", never),
	toPerson("insert totp", "insert into totp (person_id, secret) values ({id}, '') on conflict do nothing", never),
	toPerson("delete totp", "delete from totp where person_id = {id}", onPerson(policy.PersonReset)),
	toPerson("insert recovery_codes", "insert into recovery_codes (person_id, digest) values ({id}, 'new')", onPerson(policy.ProfileUpdate)),
	forSelf("insert invitations", "insert into invitations (person_id, digest, created_by, expires_at) values (1, 'new{id}', {me}, now())", anything(policy.PersonInvite)),
	forSelf("ask", "insert into approvals (person_id, role, size, whole, raw, selection, reason) values ({me}, "+worn+", 2000, true, false, '', '')", anything(policy.ApprovalAsk)),
	{"ask alone", drawAlone},
	toPerson("answer", "update approvals set answered_by = {me}, answered_at = now(), agreed = true where id = {id}", onPerson(policy.ApprovalAnswer)),
	nobody("answer for another", "update approvals set answered_by = 1, answered_at = now(), agreed = true where answered_by is distinct from {me} and {me} <> 1"),
	nobody("agree as it is asked", "insert into approvals (person_id, role, size, whole, raw, selection, reason, agreed, answered_at) values ({me}, "+worn+", 2000, true, false, '', '', true, now())"),
	nobody("enlarge approvals", "update approvals set size = 1000000"),
	nobody("delete approvals", "delete from approvals"),
	{"begin an export", drawExport},
	{"log an export", drawExportPage},
	nobody("forget exports", "update exports set taken = 0"),
	nobody("delete exports", "delete from exports"),
	{"insert audit", drawAudit},
	{"insert audit of the past", func(_ *world, a policy.Actor) (string, bool) {
		return fmt.Sprintf(insertLog, "xid, ", "'3', ", a.ID, a.Role), false
	}},
	nobody("update audit", "update audit set act = ''"),
	nobody("delete audit", "delete from audit"),
	{"settle unusual", func(w *world, a policy.Actor) (string, bool) {
		id, by := w.somebody(), a.ID
		if w.chance(4) {
			by = w.somebody()
		}
		return fmt.Sprintf("update unusual set settled_at = now(), settled_by = %d, outcome = 'explained', note = '' where id = %d", by, id),
			by == a.ID && w.may(a, policy.UnusualSettle, w.ofPerson(id))
	}},
	nobody("settle anew", "update unusual set outcome = 'further' where settled_at is not null"),
	nobody("insert unusual", "insert into unusual (person_id, role, began, until, opened, listed, exported, score, usual, bar, newcomer) values ({id}, '', now(), now(), 0, 0, 0, 0, 0, 0, false)"),
	nobody("delete unusual", "delete from unusual"),
	onDrawn("correct deals", "update deals set head = '' where id = {id}", policy.DealUpdate),
	onDrawn("move deals", "update deals set stage_id = 2, closed_at = now() where id = {id}", policy.DealMove),
	nobody("give deals away", "update deals set scope = {me} where id = {id}"),
	nobody("move deals to another customer", "update deals set customer_id = 1 where id = {id}"),
	nobody("delete deals", "delete from deals where id = {id}"),
	{"insert deals", drawDeal},
	onDrawn("insert deal_contacts", "insert into deal_contacts values ({id}, {id}, '')", policy.DealCreate),
	onDrawn("delete deal_contacts", "delete from deal_contacts where deal_id = {id}", policy.DealCreate),
	forSelf("insert deal_history", "insert into deal_history values ({id}, 2, now(), {me}, '', gen_random_uuid(), '{}', '')", onCustomer(policy.DealUpdate)),
	nobody("update deal_history", "update deal_history set act = '' where deal_id = {id}"),
	nobody("delete deal_history", "delete from deal_history where deal_id = {id}"),
	toPerson("insert pipelines", "insert into pipelines (name) values ('new')", anything(policy.PipelineManage)),
	toPerson("update pipelines", "update pipelines set name = 'other'", anything(policy.PipelineManage)),
	toPerson("insert stages", "insert into stages (pipeline_id, place, name, meaning, probability, days) values (1, 9, 'new', 'open', 50, 0)", anything(policy.PipelineManage)),
	toPerson("update stages", "update stages set name = 'other'", anything(policy.PipelineManage)),
	nobody("change what stages mean", "update stages set meaning = 'open'"),
	nobody("delete stages", "delete from stages where id = {id}"),
	nobody("insert checkpoints", "insert into checkpoints values (2, '0', '1', 0, now(), '', '', '', '')"),
	nobody("delete checkpoints", "delete from checkpoints"),
}

func drawCreate(w *world, a policy.Actor) (string, bool) {
	owner := w.somebody()
	if w.chance(2) {
		owner = a.ID
	}
	return fmt.Sprintf(`with k as (insert into subject_keys values (99, 1, '')) insert into customers (id, kind, scope, status, last_activity, created_at, created_by, updated_at, request, head, body)
		values (98, 1, %d, 1, now(), now(), %d, now(), gen_random_uuid(), '', '')`, owner, a.ID),
		w.may(a, policy.CustomerCreate, policy.Resource{Owner: owner, OwnerTeam: w.human(owner).team})
}

// drawDeal draws a customer, and now and then a scope that isn't the customer's
// or somebody else who made it.
func drawDeal(w *world, a policy.Actor) (string, bool) {
	id, by := w.aCustomer(a), a.ID
	scope := w.customers[id].owner
	honest := true
	switch w.r.IntN(6) {
	case 0:
		scope = w.somebody()
		honest = scope == w.customers[id].owner
	case 1:
		by = w.somebody()
	}
	return fmt.Sprintf(`insert into deals (customer_id, scope, owner, stage_id, stage_since, value, created_at, created_by, updated_at, request, head, body)
		values (%d, %d, %d, 1, now(), 0, now(), %d, now(), gen_random_uuid(), '', '')`, id, scope, a.ID, by),
		honest && by == a.ID && w.may(a, policy.DealCreate, w.ofCustomer(id))
}

func drawHandOver(w *world, a policy.Actor) (string, bool) {
	id, to := w.aCustomer(a), w.somebody()
	if w.chance(4) {
		to = gone
	}
	able := (w.holds(to, policy.Sales) || w.holds(to, policy.Manager)) && w.customers[id].owner != to
	return fmt.Sprintf("select hand_over('{%d}', %d, '{}', '{}', '{}')", id, to), able && w.may(a, policy.CustomerHandOver, w.ofCustomer(id))
}

func (w *world) another(a policy.Actor) int32 {
	for {
		if id := w.somebody(); !w.human(id).revoked || w.holds(a.ID, a.Role) && w.chance(50) {
			return id
		}
	}
}

func drawRevoke(w *world, a policy.Actor) (string, bool) {
	res := policy.Resource{Person: w.another(a), Admins: w.admins}
	if w.chance(3) {
		res.Person = a.ID
	}
	if h := w.human(res.Person); w.holds(h.id, policy.Admin) && h.joined {
		res.Grant = policy.Admin
	}
	return fmt.Sprintf("update people set revoked_at = now() where id = %d", res.Person),
		!w.human(res.Person).revoked && w.may(a, policy.PersonRevoke, res)
}

// drawComeBack is often of somebody who is gone: few are by chance.
func drawComeBack(w *world, a policy.Actor) (string, bool) {
	id := w.somebody()
	if w.chance(2) {
		id = gone
	}
	return fmt.Sprintf("select from come_back(%d, null) r where r", id), w.human(id).revoked && w.may(a, policy.PersonInvite, policy.Resource{})
}

// drawLanguage leaves out admins changing others': a column's right can't
// depend on the row, and a language does no harm.
func drawLanguage(w *world, a policy.Actor) (string, bool) {
	id := w.somebody()
	if a.Role == policy.Admin || w.chance(2) {
		id = a.ID
	}
	return fmt.Sprintf("update people set language = 'nl' where id = %d", id), w.may(a, policy.ProfileUpdate, policy.Resource{Person: id})
}

// drawRename leaves out admins, as drawLanguage does.
func drawRename(w *world, a policy.Actor) (string, bool) {
	id := w.somebody()
	if a.Role == policy.Admin || w.chance(2) {
		id = a.ID
	}
	return fmt.Sprintf("update keys set name = 'new' where id = %d", id), w.may(a, policy.KeyRename, policy.Resource{Person: id})
}

func drawGrant(w *world, a policy.Actor) (string, bool) {
	res := policy.Resource{Person: w.somebody(), Grant: w.role(), Admins: w.admins, Second: w.chance(2)}
	by := a.ID
	if w.chance(4) {
		by = w.somebody()
	}
	if w.chance(4) {
		res.Person = a.ID
	}
	return fmt.Sprintf("insert into grants (person_id, role, reason, granted_by, pending, until) values (%d, '%s', '', %d, %t, null)", res.Person, res.Grant, by, res.Second),
		by == a.ID && w.may(a, policy.PersonGrant, res)
}

func (w *world) aGrant() (int64, grant) {
	id := 1 + w.r.Int64N(int64(len(w.grants)))
	return id, w.grants[id]
}

func drawAgree(w *world, a policy.Actor) (string, bool) {
	id, g := w.aGrant()
	for range 50 {
		if g.pending && !g.ended {
			break
		}
		id, g = w.aGrant()
	}
	may := g.pending && !g.ended && w.may(a, policy.PersonAgree, policy.Resource{Person: g.person, Granter: g.by})
	return fmt.Sprintf("update grants set pending = false, agreed_by = %d where id = %d and pending", a.ID, id), may
}

func drawEnd(w *world, a policy.Actor) (string, bool) {
	id, g := w.aGrant()
	for range 50 {
		if a.Role != policy.Admin || g.person == a.ID && g.role == policy.Admin {
			break // an admin tries the own grant, which may be the last
		}
		id, g = w.aGrant()
	}
	res := policy.Resource{Person: g.person, Admins: w.admins}
	if h := w.human(g.person); g.live() && !h.revoked && h.joined {
		res.Grant = g.role
	}
	return fmt.Sprintf("update grants set ended_at = now(), ended_by = %d where id = %d", a.ID, id), !g.ended && w.may(a, policy.PersonDemote, res)
}

// drawAudit: everybody may say what they did, also those who may do no more.
func drawAudit(w *world, a policy.Actor) (string, bool) {
	as, role := a.ID, a.Role
	if w.chance(3) {
		as = w.somebody()
	}
	if w.chance(3) {
		role = w.role()
	}
	return fmt.Sprintf(insertLog, "", "", as, role), as == a.ID && role == a.Role
}

// worn is the role in which a statement is run.
const worn = "replace(current_setting('role'), 'balie_', '')"

// drawAlone agrees with oneself, which is for those who have nobody to ask.
func drawAlone(w *world, a policy.Actor) (string, bool) {
	return fmt.Sprintf(`insert into approvals (person_id, role, size, whole, raw, selection, reason, alone, agreed, answered_at)
		values (%d, %s, 2000, true, false, '', '', true, true, now())`, a.ID, worn), w.may(a, policy.ApprovalAsk, policy.Resource{}) && !w.othersCanAgree(a)
}

func (w *world) othersCanAgree(a policy.Actor) bool {
	asker := policy.Resource{Person: a.ID, OwnerTeam: a.Team}
	for _, h := range w.people {
		for _, r := range policy.Roles {
			if h.joined && w.may(policy.Actor{ID: h.id, Team: h.team, Role: r}, policy.ApprovalAnswer, asker) {
				return true
			}
		}
	}
	return false
}

// drawExport is on one's own word: everybody has exported worldExported today.
func drawExport(w *world, a policy.Actor) (string, bool) {
	as, size := a.ID, 1000-worldExported+w.r.IntN(2)
	if w.chance(4) {
		as = w.somebody()
	}
	return fmt.Sprintf("insert into exports (person_id, role, size) values (%d, %s, %d)", as, worn, size),
		as == a.ID && w.may(a, policy.ApprovalAsk, policy.Resource{}) && !policy.NeedsApproval(size, worldExported, 1000)
}

// drawExportPage counts for the export that each has begun as sales. Who has
// lost the role may still say what was done in it.
func drawExportPage(w *world, a policy.Actor) (string, bool) {
	id, n := a.ID, worldExported+w.r.IntN(2)
	if w.chance(3) {
		id = w.somebody()
	}
	return fmt.Sprintf(`insert into audit (at, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac)
		values (now(), %d, %s, '', 'customer.export', false, %d, array_fill(1, array[%d]), '', '{}', '', '', '')`, a.ID, worn, id, n),
		id == a.ID && a.Role == policy.Sales && n <= worldExported
}

const insertLog = `insert into audit (%sat, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac)
	values (%snow(), %d, '%s', '', '', false, 0, '{}', '', '{}', '', '', '')`

// judge compares what policy says with what PostgreSQL does, draw after draw.
type judge struct {
	w      *world
	on     beginner
	draws  int
	allows int
	first  string // disagreement
	found  int
}

// beginner is a connection, or a transaction in which a fault was planted.
type beginner interface {
	Begin(context.Context) (pgx.Tx, error)
}

func newJudge(t *testing.T, w *world) *judge {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dbtest.LoginURL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return &judge{w: w, on: conn}
}

func (j *judge) compare(a policy.Actor, what string, want, got bool) {
	j.draws++
	if want {
		j.allows++
	}
	if want == got {
		return
	}
	if j.found++; j.first == "" || testing.Verbose() {
		j.first += "\n" + fmt.Sprintf("person %d as %s (held: %t, reason %q), %s: policy says %t, PostgreSQL %t", a.ID, a.Role, j.w.holds(a.ID, a.Role), a.Reason, what, want, got)
	}
}

var errUndo = errors.New("undo")

// round lets one actor try everything, in a transaction that leaves nothing.
func (j *judge) round(ctx context.Context, a policy.Actor) error {
	err := pgx.BeginFunc(ctx, j.on, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, fmt.Sprintf("set local role balie_%s", a.Role)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "select set_config('app.actor', $1, true), set_config('app.reason', $2, true)", fmt.Sprint(a.ID), a.Reason.String()); err != nil {
			return err
		}
		for _, l := range looks {
			if err := j.look(ctx, tx, a, l); err != nil {
				return fmt.Errorf("%s: %w", l.name, err)
			}
		}
		for _, m := range slices.Concat(moves, moves, moves) {
			if err := j.move(ctx, tx, a, m); err != nil {
				return fmt.Errorf("%s: %w", m.name, err)
			}
		}
		return errUndo
	})
	if errors.Is(err, errUndo) {
		return nil
	}
	return err
}

func (j *judge) look(ctx context.Context, tx pgx.Tx, a policy.Actor, l look) error {
	seen := map[int64]bool{}
	err := try(ctx, tx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, l.sql)
		if err != nil {
			return err
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		for _, id := range ids {
			seen[id] = true
		}
		return err
	})
	for _, id := range l.keys(j.w) {
		j.compare(a, fmt.Sprintf("see %s %d", l.name, id), l.may(j.w, a, id), seen[id])
	}
	return err
}

func (j *judge) move(ctx context.Context, tx pgx.Tx, a policy.Actor, m move) error {
	sql, may := m.draw(j.w, a)
	did := false
	err := try(ctx, tx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sql)
		did = tag.RowsAffected() > 0
		if pg, ok := errors.AsType[*pgconn.PgError](err); ok && (pg.Code == "23505" || pg.Code == "23503") {
			did = true // row security let it pass, a constraint did not
			return errUndo
		}
		return err
	})
	j.compare(a, m.name+": "+sql, may, did)
	return err
}

// try undoes what fn did; a missing right is an answer and no error.
func try(ctx context.Context, tx pgx.Tx, fn func(pgx.Tx) error) error {
	err := pgx.BeginFunc(ctx, tx, func(inner pgx.Tx) error {
		if err := fn(inner); err != nil {
			return err
		}
		return errUndo
	})
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "42501" || errors.Is(err, errUndo) {
		return nil
	}
	return err
}

// Policy and row security say the same, each for itself (threats 22 and 31).
func TestPolicyAgainstRowSecurity(t *testing.T) {
	for total := 0; total < *draws && !t.Failed(); {
		t.Run("", func(t *testing.T) {
			dbtest.New(t)
			seed := rand.Uint64()
			j := newJudge(t, newWorld(t, seed))
			for range 10 {
				if err := j.round(t.Context(), j.w.actor()); err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
			}
			if j.found > 0 {
				t.Errorf("seed %d: %d disagreements, the first: %s", seed, j.found, j.first)
			}
			t.Logf("%d draws, %d allowed", j.draws, j.allows)
			total += j.draws
		})
	}
}

// Faults such as somebody may make one day; the test above finds each.
var faults = []string{
	"alter policy see_sales on deals using ((select me('sales')) is not null)",
	"alter policy see_privacy on deals using ((select me('privacy')) is not null)",
	"alter policy add_sales on deals with check (created_by = (select me('sales')))",
	"alter policy see_manager on deal_history using ((select me('manager')) is not null)",
	"grant update (stage_id, closed_at) on deals to balie_privacy",
	"grant update (meaning) on stages to balie_manager",
	"drop policy see_sales on customers",
	"drop policy add_manager on notes",
	"drop policy own_auditor on sessions",
	"drop policy access_admin on audit",
	"revoke insert on tags from balie_manager",
	"create policy planted on customers for select to balie_sales using (true)",
	"alter policy see_sales on customers using ((select me('sales')) is not null)",
	"alter policy add_sales on customers with check (created_by = (select me('sales')))",
	"alter policy see_privacy on customers using ((select me('privacy')) is not null)",
	"alter policy see_sales on search_tokens using (true)",
	"alter policy see_manager on notes using (exists (select from customers c where c.id = customer_id))",
	"alter policy add_sales on notes with check (author = (select me('sales')))",
	"alter policy add_manager on history with check (exists (select from customers c where c.id = customer_id))",
	"alter table customers no force row level security; alter table customers owner to balie_finance",
	"alter table notes disable row level security",
	"grant delete on customers to balie_manager; create policy planted on customers for delete to balie_manager using (scope in (select team()))",
	"grant update on audit to balie_admin; create policy planted on audit for update to balie_admin using (true)",
	"grant insert (xid) on audit to balie_sales",
	"alter policy write_sales on audit with check (role = 'sales')",
	"alter policy access_admin on audit using ((select me('admin')) is not null)",
	"alter policy team_manager on audit using (true)",
	"alter policy team_manager on grants using ((select me('manager')) is not null)",
	"grant select on checkpoints to balie_auditor; create policy planted on checkpoints for select to balie_auditor using (true)",
	"grant select on totp to balie_admin",
	"grant select on invitations to balie_admin",
	"alter policy own_upd_finance on keys using (true); alter policy own_finance on keys using (true)",
	"alter policy own_upd_sales on sessions using (true) with check (true); alter policy own_sales on sessions using (true)",
	"alter policy admin_add on grants with check (granted_by = (select me('admin')))",
	"alter policy admin_add on grants with check (person_id <> (select me('admin')) and (pending or role not in ('admin', 'privacy') or live_admins() < 2))",
	"alter policy admin_change on people with check (true)",
	"alter policy ask_sales on approvals with check (person_id = (select me('sales')))",
	"alter policy answer_manager on approvals using (person_id in (select team()))",
	"alter policy answer_admin on approvals with check (answered_at = now())",
	"alter policy begin_sales on exports with check (person_id = (select me('sales')))",
	"drop trigger count_export on audit",
	function("exported_today()", "e.approval_id is null", "false"),
	function("count_export()", "e.person_id = new.actor", "true"),
	"grant execute on function customer_counts() to balie_finance; " + function("customer_counts()", "me('auditor') is not null", "true"),
	function("exposure(bigint,text,date,int)", "c.scope in (select team())", "true"),
	function("log_about(bigint)", "a.actor in (select team())", "true"),
	function("log_about(bigint)", "is_access_act(a.act)", "true"),
	"alter policy see_auditor on unusual using (true)",
	"alter policy settle_privacy on unusual using ((select me('privacy')) is not null and settled_at is null)",
	"alter policy settle_privacy on unusual with check (settled_at is not null)",
	function("hand_over(bigint[],int,bigint[],int[],bigint[])", "and c.scope in (select handable())", ""),
	function("hand_over(bigint[],int,bigint[],int[],bigint[])", "and p.revoked_at is null", ""),
	function("revert_import(bigint)", "and person_id = coalesce(me('sales'), me('manager'))", ""),
	function("set_team(int,int)", "p.id <> me('admin')", "true"),
	function("come_back(int,int)", "and me('admin') is not null", ""),
	function("handable()", "union select team()", "union select id from people"),
	"alter policy admin_add on departures with check (ordered_by = (select me('admin')))",
	"alter policy team_manager on departures using ((select me('manager')) is not null)",
	function("team()", "c.team_id = m.team_id or", "true or"),
	function("team()", "or c.id = m.id", ""),
	function("me(text)", "and p.revoked_at is null", ""),
	function("me(text)", "and not g.pending", ""),
	function("me(text)", "and g.ended_at is null", ""),
	function("me(text)", "and (g.until is null or g.until > now())", ""),
	function("me(text)", "and g.role = want", ""),
	function("me(text)", "current_setting('role') = 'balie_' || want", "true"),
	function("live_admins()", "and not g.pending", "and not g.pending and false"),
}

// function replaces a part of a function's text, and fails when it is not there.
func function(name, part, by string) string {
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	return fmt.Sprintf(`do $do$ declare def text := pg_get_functiondef('%s'::regprocedure); begin
		if position(%[2]s in def) = 0 then raise 'not in this function: %%', %[2]s; end if;
		execute replace(def, %[2]s, %[3]s); end $do$`, name, quote(part), quote(by))
}

func TestPolicyAgainstRowSecurity_findsFaults(t *testing.T) {
	dbtest.New(t)
	w := richWorld(t)
	conn := superuser(t)
	rand.Shuffle(len(faults), func(i, j int) { faults[i], faults[j] = faults[j], faults[i] })
	planted := faults[:6]
	if *allFaults {
		planted = faults
	}
	most := 0
	for _, fault := range planted {
		found, draws := finds(t, w, conn, fault, 3)
		if most = max(most, draws); found == "" {
			t.Errorf("%d draws did not find: %s", draws, fault)
		}
	}
	if found, draws := finds(t, w, conn, "select 1", 1); found != "" {
		t.Errorf("found a fault where none is, in %d draws: %s", draws, found)
	}
	t.Logf("%d faults, each found within %d draws", len(planted), most)
}

// finds plants a fault in a transaction that is rolled back, and says what shows
// it.
func finds(t *testing.T, w *world, conn *pgx.Conn, fault string, turns int) (found string, draws int) {
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(context.Background()) //nolint:errcheck // the test is over
	if _, err := tx.Exec(t.Context(), fault); err != nil {
		t.Fatalf("%s: %v", fault, err)
	}
	j := &judge{w: w, on: tx}
	// Everybody who ever got a role has a turn in it, by turns with anybody: a
	// fault that one person can show must not wait for chance to draw that one.
	for range turns {
		for _, held := range w.wearers() {
			for _, a := range []policy.Actor{held, w.actor()} {
				if err := j.round(t.Context(), a); err != nil {
					return err.Error(), j.draws // a finding, too
				}
				if j.found > 0 {
					return j.first, j.draws
				}
			}
		}
	}
	return "", j.draws
}
