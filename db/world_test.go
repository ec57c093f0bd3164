package db_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"balie/db/dbtest"
	"balie/policy"
	"balie/policy/text"
)

// world is a firm as the model knows it; PostgreSQL holds the same.
type world struct {
	r         *rand.Rand
	people    map[int64]*human
	customers map[int64]*client
	notes     map[int64]note
	grants    map[int64]grant
	owned     map[string]map[int64]int32 // whose each key, session, import … is
	logged    map[int64]logged
	admins    int
}

type human struct {
	id      int32
	team    int32
	revoked bool
	joined  bool
}

type client struct {
	owner int32
	away  bool // put away: its term is over
}

type note struct {
	customer int64
	author   int32
	private  bool
}

type grant struct {
	person, by           int32
	role                 policy.Role
	pending, ended, past bool
}

type logged struct {
	actor int32
	act   policy.Act
}

const (
	worldPeople    = 16
	worldCustomers = 40
	worldExported  = 10          // by each, today
	gone           = worldPeople // was revoked, and held sales
	waiting        = gone - 1    // for a second admin's word
	ended          = gone - 2    // held sales once
)

// newWorld draws a firm and writes it as superuser.
func newWorld(t *testing.T, seed uint64) *world {
	w, sql := drawWorld(seed)
	dbtest.Exec(t, sql)
	return w
}

// richWorld is one in which every rule matters to somebody.
func richWorld(t *testing.T) *world {
	for seed := uint64(1); ; seed++ {
		if w, sql := drawWorld(seed); w.rich() {
			dbtest.Exec(t, sql)
			return w
		}
	}
}

func (w *world) rich() bool {
	worn := map[policy.Role]int{}
	loner := false  // a manager without a team, who has customers
	missed := false // a customer of a salesperson, put away
	for _, h := range w.people {
		for _, r := range policy.Roles {
			if h.joined && w.holds(h.id, r) {
				worn[r]++
			}
		}
		if h.joined && h.team == 0 && w.holds(h.id, policy.Manager) {
			for _, c := range w.customers {
				loner = loner || c.owner == h.id
			}
		}
	}
	for _, r := range policy.Roles {
		if worn[r] < 2 {
			return false
		}
	}
	for _, c := range w.customers {
		missed = missed || c.away && w.human(c.owner).joined && w.holds(c.owner, policy.Sales)
	}
	return loner && missed
}

// areas write what they have of their own; each in a file of its own.
var areas []func(*world, func(string, ...any))

func drawWorld(seed uint64) (*world, string) {
	w := &world{
		r: rand.New(rand.NewPCG(seed, 1)), people: map[int64]*human{}, customers: map[int64]*client{}, notes: map[int64]note{},
		grants: map[int64]grant{}, owned: map[string]map[int64]int32{}, logged: map[int64]logged{},
	}
	var sql strings.Builder
	add := func(format string, args ...any) { fmt.Fprintf(&sql, format+";\n", args...) }
	add("insert into teams (name) values ('noord'), ('zuid')")
	add("insert into tags (name) values ('vip')")
	w.drawPeople(add)
	w.drawCustomers(add)
	w.drawLog(add)
	for _, draw := range areas {
		draw(w, add)
	}
	return w, sql.String()
}

func (w *world) somebody() int32       { return 1 + w.r.Int32N(worldPeople) }
func (w *world) chance(oneIn int) bool { return w.r.IntN(oneIn) == 0 }

// aCustomer is often one within the actor's reach: few are by chance.
func (w *world) aCustomer(a policy.Actor) int64 {
	id := 1 + w.r.Int64N(worldCustomers)
	for range 4 * w.r.IntN(2) {
		owner := w.customers[id].owner
		if owner == a.ID || w.human(owner).team == a.Team && a.Team != 0 {
			return id
		}
		id = 1 + w.r.Int64N(worldCustomers)
	}
	return id
}

func (w *world) human(id int32) *human { return w.people[int64(id)] }
func (w *world) role() policy.Role     { return policy.Roles[w.r.IntN(len(policy.Roles))] }
func null(n int32) string              { return strings.Replace(fmt.Sprint(n), "0", "null", max(0, 1-int(n))) }

func when(yes bool, then, or string) string {
	if yes {
		return then
	}
	return or
}

func (w *world) drawPeople(add func(string, ...any)) {
	for _, table := range []string{"keys", "sessions", "imports", "totp", "recovery_codes", "invitations"} {
		w.owned[table] = map[int64]int32{}
	}
	for id := int32(1); id <= worldPeople; id++ {
		h := &human{id: id, team: w.r.Int32N(3), revoked: w.chance(8) && id < ended || id == gone, joined: !w.chance(8) || id >= ended}
		w.people[int64(id)] = h
		add(`insert into people (id, login, name, team_id, joined_at, revoked_at) values (%d, 'p%[1]d', '', %s, %s, %s)`,
			id, null(h.team), when(h.joined, "now()", "null"), when(h.revoked, "now()", "null"))
	}
	for id := int32(1); id <= worldPeople; id++ {
		w.drawGrants(add, id)
		n := int64(id)
		w.owned["keys"][n], w.owned["sessions"][n], w.owned["imports"][n] = id, id, id
		w.owned["totp"][n], w.owned["recovery_codes"][n], w.owned["invitations"][n] = id, id, id
		add(`insert into keys (id, person_id, fingerprint, public_key, name) overriding system value values (%d, %[1]d, 'f%[1]d', '', '')`, id)
		add(`insert into sessions (id, person_id, key_id, address, node) values ('%d', %[1]d, %[1]d, '', '')`, id)
		add(`insert into imports (id, person_id, source, file_hash, rows) overriding system value values (%d, %[1]d, '', '', 0)`, id)
		add(`insert into approvals (id, person_id, role, size, whole, raw, selection, reason) overriding system value values (%d, %[1]d, 'sales', 2000, true, false, '', '')`, id)
		add(`insert into exports (id, person_id, role, size) overriding system value values (%d, %[1]d, 'sales', %d)`, id, worldExported)
		add(`insert into departures (id, person_id, reason, ordered_by, due) overriding system value values (%d, %[1]d, '', %[1]d, now() + interval '1 day')`, id)
		add(`insert into departure_checks (departure_id, position, item) values (%d, 1, '')`, id)
		add(`insert into totp (person_id, secret) values (%d, '')`, id)
		add(`insert into recovery_codes (person_id, digest) values (%d, '')`, id)
		add(`insert into invitations (id, person_id, digest, expires_at) overriding system value values (%d, %[1]d, 'd%[1]d', now())`, id)
	}
}

func (w *world) drawGrants(add func(string, ...any), person int32) {
	for _, role := range policy.Roles {
		g := grant{person: person, by: w.somebody(), role: role, pending: w.chance(6), ended: w.chance(6), past: w.chance(6)}
		if person == gone && role == policy.Sales {
			g = grant{person: person, by: g.by, role: role}
		} else if person == waiting && role == policy.Sales {
			g = grant{person: person, by: g.by, role: role, pending: true}
		} else if person == ended && role == policy.Sales {
			g = grant{person: person, by: g.by, role: role, ended: true}
		} else if !w.chance(3) {
			continue
		}
		id := int64(len(w.grants) + 1)
		w.grants[id] = g
		add(`insert into grants (id, person_id, role, reason, granted_by, pending, ended_at, until) overriding system value values (%d, %d, '%s', '', %d, %t, %s, %s)`,
			id, person, role, g.by, g.pending, when(g.ended, "now()", "null"), when(g.past, "now() - interval '1 second'", "null"))
		if h := w.human(person); role == policy.Admin && g.live() && !h.revoked && h.joined {
			w.admins++
		}
	}
}

func (g grant) live() bool { return !g.pending && !g.ended && !g.past }

// holds says whether a person may wear a role now.
func (w *world) holds(person int32, role policy.Role) bool {
	h := w.human(person)
	if h == nil || h.revoked {
		return false
	}
	for _, g := range w.grants {
		if g.person == person && g.role == role && g.live() {
			return true
		}
	}
	return false
}

func (w *world) drawCustomers(add func(string, ...any)) {
	for id := int64(1); id <= worldCustomers; id++ {
		c := &client{owner: w.somebody()}
		w.customers[id] = c
		add(`insert into subject_keys values (%d, 1, '')`, id)
		add(`insert into customers (id, kind, scope, status, last_activity, created_at, created_by, updated_at, request, head, body)
			values (%d, 1, %d, 1, now(), now(), 1, now(), gen_random_uuid(), '', '')`, id, c.owner)
		add(`insert into bases values (%d, 'quotes', 'contract', now())`, id)
		add(`insert into customer_tags values (%d, 1)`, id)
		add(`insert into history values (%d, 1, now(), 1, '', gen_random_uuid(), '{}', '')`, id)
		add(`insert into search_tokens values (%d, %d, 0, %[1]d)`, id, c.owner)
		add(`insert into memberships values (%d, 1, true, '')`, id)
		add(`insert into deals (id, customer_id, scope, owner, stage_id, stage_since, value, created_at, created_by, updated_at, request, head, body)
			overriding system value values (%d, %[1]d, %d, 1, 1, now(), 0, now(), 1, now(), gen_random_uuid(), '', '')`, id, c.owner)
		add(`insert into deal_contacts values (%d, %[1]d, '')`, id)
		add(`insert into deal_history values (%d, 1, now(), 1, '', gen_random_uuid(), '{}', '')`, id)
		for range 2 {
			n := note{id, w.somebody(), w.chance(2)}
			noteID := int64(len(w.notes) + 1)
			w.notes[noteID] = n
			add(`insert into notes (id, customer_id, author, private, at, request, body) overriding system value values (%d, %d, %d, %t, now(), gen_random_uuid(), '')`,
				noteID, id, n.author, n.private)
		}
	}
}

func (w *world) drawLog(add func(string, ...any)) {
	for id := int64(1); id <= worldCustomers; id++ {
		l := logged{w.somebody(), policy.Acts[w.r.IntN(len(policy.Acts))]}
		w.logged[id] = l
		add(`insert into audit (id, at, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac) overriding system value
			values (%d, now(), %d, '', '', '%s', false, 0, '{%[1]d}', '', '{}', '', '', '')`, id, l.actor, l.act)
	}
	for id := range w.people {
		add(`insert into unusual (id, person_id, role, began, until, opened, listed, exported, score, usual, bar, newcomer) overriding system value
			values (%d, %[1]d, 'sales', now(), now(), 1, 1, 1, 1, 1, 1, false)`, id)
		add(`insert into viewing values (%d, now(), 'sales', 1, 1, 1)`, id)
	}
	add(`insert into checkpoints values (1, '0', '1', 0, now(), '', '', '', '')`)
	add(`insert into job_runs (job, period, since, until, due, node, state) values ('tea.make', '1', now(), now(), now(), 'one', 'done')`)
	add(`insert into settings (key, version, value, by) values ('name', 1, '""', 1)`)
}

// actor draws who acts: somebody in a role, held or not, with a reason or not.
func (w *world) actor() policy.Actor {
	for {
		h := w.human(w.somebody())
		a := policy.Actor{ID: h.id, Team: h.team, Role: w.role()}
		if h.id >= ended && w.chance(3) {
			a.Role = policy.Sales
		}
		if w.chance(2) {
			a = a.For(text.New("request 12"))
		}
		// Of roles not held, those are drawn most that were or will be. Who has
		// not joined can't sign in.
		if h.joined && (w.holds(h.id, a.Role) || w.had(h.id, a.Role) && w.chance(2) || w.chance(10)) {
			return a
		}
	}
}

// wearers are all who ever got a role, each in it, whether they hold it still
// or not, with a reason or not, in any order.
func (w *world) wearers() (all []policy.Actor) {
	for _, g := range w.grants {
		h := w.human(g.person)
		a := policy.Actor{ID: h.id, Team: h.team, Role: g.role}
		if w.chance(2) {
			a = a.For(text.New("request 12"))
		}
		if h.joined {
			all = append(all, a)
		}
	}
	w.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

func (w *world) had(person int32, role policy.Role) bool {
	for _, g := range w.grants {
		if g.person == person && g.role == role {
			return true
		}
	}
	return false
}

// may is policy's answer, for an actor who holds the role.
func (w *world) may(a policy.Actor, act policy.Act, res policy.Resource) bool {
	return w.holds(a.ID, a.Role) && policy.Can(a, act, res) == nil
}

func (w *world) ofCustomer(id int64) policy.Resource {
	c := w.customers[id]
	return policy.Resource{Owner: c.owner, OwnerTeam: w.human(c.owner).team, PutAway: c.away}
}

func (w *world) ofNote(n note) policy.Resource {
	res := w.ofCustomer(n.customer)
	res.Author, res.Private = n.author, n.private
	return res
}

func (w *world) ofPerson(id int32) policy.Resource {
	return policy.Resource{Person: id, OwnerTeam: w.human(id).team}
}
