package views

import (
	"context"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// peopleNow is when these tests happen.
var peopleNow = time.Date(2026, 3, 12, 13, 37, 0, 0, time.UTC)

func daysAgo(n float64) *time.Time {
	at := peopleNow.Add(-time.Duration(n * 24 * float64(time.Hour)))
	return &at
}

// fakePeople answers like a firm of five, and remembers what was asked of it.
type fakePeople struct {
	*fakeActs
	people      []db.Person
	keys        []db.Key
	invitations []db.Invitation
	sessions    []db.Session
	log         db.LogPage
	report      db.Report
	pending     bool
	err         error // of every act that changes something
	asked       []string
	queries     []db.LogQuery
	came        []db.LogRow // while following
	unusual     []db.Unusual
	granted     ops.Granting
	left        ops.Leaving
	customers   int64
	departures  []db.Departure
	invited     ops.Invitation
}

func fingerprintOf(s string) string { return "SHA256:" + strings.Repeat(s, 43)[:43] }

func newFakePeople() *fakePeople {
	g := func(id, person int32, role policy.Role, why string) db.Grant {
		return db.Grant{ID: id, PersonID: person, Role: role, Reason: text.New(why), GrantedBy: 1, Since: *daysAgo(200)}
	}
	waiting := g(7, 4, policy.Privacy, "stands in for Pieter")
	waiting.Pending, waiting.GrantedBy = true, 2
	ended := g(8, 4, policy.Finance, "helped with the year's end")
	ended.EndedAt, ended.EndedBy = daysAgo(30), 1
	return &fakePeople{
		fakeActs: newFakeActs(),
		people: []db.Person{
			{ID: 1, Login: "anna", Name: text.New("Anna Peeters"), JoinedAt: daysAgo(400), LastSeen: daysAgo(0.01), Grants: []db.Grant{g(1, 1, policy.Admin, "first admin")}},
			{ID: 2, Login: "bea", Name: text.New("Bea Willems"), JoinedAt: daysAgo(390), LastSeen: daysAgo(3), Grants: []db.Grant{g(2, 2, policy.Admin, "second admin"), g(3, 2, policy.Sales, "sells on Fridays")}},
			{ID: 3, Login: "marit", Name: text.New("Marit Smit"), Team: text.New("Bouw"), JoinedAt: daysAgo(300), LastSeen: daysAgo(1), Grants: []db.Grant{g(4, 3, policy.Manager, "leads Bouw")}},
			{ID: 4, Login: "nora", Name: text.New("Nora Claes"), Team: text.New("Bouw"), JoinedAt: daysAgo(2), LastSeen: daysAgo(0.1), Grants: []db.Grant{g(6, 4, policy.Sales, "starts 1 March, replaces Tom"), waiting, ended}},
			{ID: 5, Login: "tom", Name: text.New("Tom Aerts"), Team: text.New("Bouw"), JoinedAt: daysAgo(500), RevokedAt: daysAgo(9), LastSeen: daysAgo(10)},
			{ID: 6, Login: "wout", Name: text.New("Wout van der Straeten-Vanoverschelde"), Team: text.New("Verkoop Noord en Oost"), Grants: []db.Grant{g(9, 6, policy.Sales, "new")}},
		},
		keys: []db.Key{
			{ID: 11, PersonID: 4, Fingerprint: fingerprintOf("Yk3aB"), Name: "ed25519", AddedAt: *daysAgo(2), LastUsed: daysAgo(0.1)},
			{ID: 12, PersonID: 4, Fingerprint: fingerprintOf("Q9zZe"), Name: "ecdsa on a security key", AddedAt: *daysAgo(90), RemovedAt: daysAgo(2)},
		},
		invitations: []db.Invitation{
			{ID: 21, CreatedBy: 1, CreatedAt: *daysAgo(0.5), ExpiresAt: *daysAgo(-2.5)},
			{ID: 20, CreatedBy: 1, CreatedAt: *daysAgo(3), ExpiresAt: *daysAgo(0), UsedAt: daysAgo(2), Fingerprint: fingerprintOf("Yk3aB")},
			{ID: 19, CreatedAt: *daysAgo(90), ExpiresAt: *daysAgo(87)},
		},
		sessions: []db.Session{
			{ID: "sess-1", PersonID: 1, Login: "anna", KeyName: "ed25519", Address: "10.1.2.9", Node: "one", StartedAt: *daysAgo(0.01)},
			{ID: "sess-2", PersonID: 4, Login: "nora", KeyName: "ed25519", Address: "2001:db8::17", Node: "two", StartedAt: *daysAgo(0.1), Recovery: true},
		},
		log: db.LogPage{Rows: []db.LogRow{
			{ID: 903, At: *daysAgo(0.001), Actor: 1, Role: policy.Admin, Act: policy.PersonRevoke, Ref: 5, Detail: text.New("left the firm"), Fields: []string{"revoked"}, Session: "sess-1"},
			{ID: 902, At: *daysAgo(0.01), Actor: 4, Role: policy.Sales, Act: policy.CustomerView, Ref: 77, Refused: true, Subjects: []int64{77}},
			{ID: 901, At: *daysAgo(1), Role: policy.Door, Act: policy.SignInBad, Detail: text.New("wrong code from 10.1.2.9")},
		}, Next: db.LogPlace{At: *daysAgo(1), ID: 901}},
		report: db.Report{Checkpoints: 12, Rows: 4321, Unsealed: 2, Heads: 12},
		unusual: []db.Unusual{
			{ID: 2, Person: 4, Role: policy.Sales, Began: *daysAgo(0.2), Until: *daysAgo(0.1), Viewing: policy.Viewing{Opened: 1204, Listed: 9000}, Exported: 1200, Peak: 1654, Measure: policy.Measure{Usual: 41, Bar: 100, Newcomer: true}},
			{
				ID: 1, Person: 2, Role: policy.Sales, Began: *daysAgo(9.2), Until: *daysAgo(9), Viewing: policy.Viewing{Opened: 130}, Peak: 130, Measure: policy.Measure{Usual: 20, Bar: 100},
				SettledAt: daysAgo(8), SettledBy: 1, Outcome: policy.Explained, Note: text.New("prepared the fair"),
			},
		},
	}
}

func (f *fakePeople) note(what ...string) { f.asked = append(f.asked, strings.Join(what, " ")) }

func (f *fakePeople) ListPeople(context.Context, policy.Actor) ([]db.Person, error) {
	f.note("list people")
	return f.people, nil
}

func (f *fakePeople) GetPerson(_ context.Context, _ policy.Actor, id int32) (db.Person, error) {
	for _, p := range f.people {
		if p.ID == id {
			return p, nil
		}
	}
	return db.Person{}, policy.ErrAbsent()
}

func (f *fakePeople) ListKeys(context.Context, policy.Actor, int32) ([]db.Key, error) {
	f.note("list keys")
	return f.keys, nil
}

func (f *fakePeople) ListInvitations(context.Context, policy.Actor, int32) ([]db.Invitation, error) {
	f.note("list invitations")
	return f.invitations, nil
}

func (f *fakePeople) ListSessions(_ context.Context, _ policy.Actor, person int32) (some []db.Session, _ error) {
	f.note("list sessions")
	for _, s := range f.sessions {
		if person == 0 || s.PersonID == person {
			some = append(some, s)
		}
	}
	return some, nil
}

func (f *fakePeople) Invite(_ context.Context, _ policy.Actor, in ops.Invitation) (ops.Code, error) {
	f.invited = in
	f.note("invite", in.Login)
	return ops.Code{Code: policy.Seal("ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23"), Expires: *daysAgo(-3), Pending: f.pending}, f.err
}

func (f *fakePeople) Reset(_ context.Context, _ policy.Actor, _ int32, why text.Line) (ops.Code, error) {
	f.note("reset", why.String())
	return ops.Code{Code: policy.Seal("ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23"), Expires: *daysAgo(-3)}, f.err
}

func (f *fakePeople) Holdings(context.Context, policy.Actor, int32) (db.Holdings, error) {
	f.note("list holdings")
	return db.Holdings{Customers: 1100, Keys: 2, Sessions: 1, Codes: 9, Asked: 1, Planned: 1}, nil
}

func (f *fakePeople) Leave(_ context.Context, _ policy.Actor, l ops.Leaving) (ops.Left, error) {
	f.left = l
	f.note("revoke", l.Reason.String())
	if !l.On.IsZero() {
		return ops.Left{Departure: 31, Due: *daysAgo(-30)}, f.err
	}
	return ops.Left{Departure: 31, Closed: 2, Customers: f.customers}, f.err
}

func (f *fakePeople) HandOn(_ context.Context, _ policy.Actor, _ int32, progress func(done, total int)) (db.Departure, error) {
	progress(600, 1100)
	return db.Departure{ID: 31, LeftAt: daysAgo(0), Owned: 1100, Handed: 1100, HandedAt: daysAgo(0)}, f.err
}

func (f *fakePeople) Stay(_ context.Context, _ policy.Actor, _ int32, why text.Line) error {
	f.note("stay", why.String())
	return f.err
}

func (f *fakePeople) SetHeir(_ context.Context, _ policy.Actor, _, heir int32) (db.Departure, error) {
	f.note("heir", strconv.Itoa(int(heir)))
	return db.Departure{ID: 31, Heir: heir}, f.err
}

func (f *fakePeople) Departures(context.Context, policy.Actor, int32) ([]db.Departure, error) {
	f.note("list departures")
	return f.departures, nil
}

func (f *fakePeople) LeavingReport(_ context.Context, _ policy.Actor, id int32, _ int) (ops.Leaver, error) {
	f.note("list report")
	p, err := f.GetPerson(context.Background(), policy.Actor{}, id)
	r := ops.Leaver{
		Person: p, Since: *daysAgo(99), Till: *daysAgo(9),
		Acts:    []db.Done{{Act: policy.CustomerView, N: 412, Subjects: 88, Last: *daysAgo(10)}},
		Exports: []db.Export{{At: *daysAgo(20), Act: policy.CustomerExport, Format: text.New("csv"), Subjects: 341}},
		Checks:  []db.Check{{Position: 1, Item: "copies"}, {Position: 2, Item: "passwords", TickedAt: daysAgo(1), TickedBy: 1}, {Position: 3, Item: "Badge 17"}},
	}
	if len(f.departures) > 0 {
		r.Departure = &f.departures[0]
	}
	return r, err
}

func (f *fakePeople) LeavingSubjects(_ context.Context, _ policy.Actor, _ int32, _, offset int) ([]db.Viewed, error) {
	f.note("list subjects")
	if offset > 0 {
		return nil, nil
	}
	return []db.Viewed{{ID: 7, Name: text.New("Jan Jansen"), N: 3, Last: *daysAgo(10)}, {ID: 8, N: 1, Last: *daysAgo(12)}}, nil
}

func (f *fakePeople) TickCheck(_ context.Context, _ policy.Actor, _, n int32, done bool) error {
	f.note("tick", strconv.Itoa(int(n)), strconv.FormatBool(done))
	return f.err
}

func (f *fakePeople) SetTeam(_ context.Context, _ policy.Actor, _ int32, team, why text.Line) error {
	f.note("team", team.String(), why.String())
	return f.err
}

func (f *fakePeople) Grant(_ context.Context, _ policy.Actor, g ops.Granting) (bool, error) {
	f.granted = g
	f.note("grant", string(g.Role))
	return f.pending, f.err
}

func (f *fakePeople) AgreeGrant(context.Context, policy.Actor, int32) error {
	f.note("agree")
	return f.err
}

func (f *fakePeople) EndGrant(_ context.Context, _ policy.Actor, _ int32, why text.Line) error {
	f.note("end grant", why.String())
	return f.err
}

func (f *fakePeople) RemoveKey(_ context.Context, _ policy.Actor, _ int32, why text.Line) (int, error) {
	f.note("remove key", why.String())
	return 1, f.err
}

func (f *fakePeople) CloseSession(_ context.Context, _ policy.Actor, id string, _ text.Line) error {
	f.note("close", id)
	return f.err
}

func (f *fakePeople) CloseSessions(context.Context, policy.Actor, int32, text.Line) (int, error) {
	f.note("close all")
	return 1, f.err
}

func (f *fakePeople) SetLanguage(_ context.Context, _ policy.Actor, lang string) error {
	f.note("language", lang)
	return f.err
}

func (f *fakePeople) NewRecoveryCodes(_ context.Context, _ policy.Actor, code policy.Sealed) ([]policy.Sealed, error) {
	f.note("new codes", code.Reveal())
	return fakeCodes(), f.err
}

func (f *fakePeople) ListLog(_ context.Context, _ policy.Actor, q db.LogQuery) (db.LogPage, error) {
	f.queries = append(f.queries, q)
	return f.log, f.err
}

// FollowLog brings what came since, once, and is refused then.
func (f *fakePeople) FollowLog(_ context.Context, _ policy.Actor, q db.LogQuery, _ db.LogMark) ([]db.LogRow, db.LogMark, error) {
	f.queries = append(f.queries, q)
	if came := f.came; came != nil {
		f.came = nil
		return came, db.LogMark{}, nil
	}
	return nil, db.LogMark{}, policy.Errorf(policy.Denied, "Your access in this role has ended.")
}

func (f *fakePeople) ListUnusual(_ context.Context, _ policy.Actor, all bool) ([]db.Unusual, error) {
	f.note("list unusual")
	if !all {
		return f.unusual[:min(1, len(f.unusual))], f.err
	}
	return f.unusual, f.err
}

func (f *fakePeople) SettleUnusual(_ context.Context, _ policy.Actor, id int32, outcome policy.UnusualOutcome, note text.Line) error {
	f.note("settle", string(outcome), note.String())
	return f.err
}

func (f *fakePeople) VerifyLog(context.Context, policy.Actor) (db.Report, error) {
	return f.report, f.err
}

func (f *fakePeople) ListTags(context.Context, policy.Actor) ([]db.Tag, error) { return nil, nil }

func (f *fakePeople) Colleagues(context.Context, policy.Actor) (map[int32]db.Colleague, error) {
	all := map[int32]db.Colleague{}
	for _, p := range f.people {
		all[p.ID] = db.Colleague{ID: p.ID, Login: p.Login, Name: p.Name}
	}
	return all, nil
}

func fakeCodes() []policy.Sealed {
	codes := make([]policy.Sealed, 10)
	for i := range codes {
		codes[i] = policy.Seal(strings.Repeat(string(rune('A'+i)), 4) + "-EFGH-IJKL-MNOP-QRST-UVWX")
	}
	return codes
}

// sit starts the program for anna, an admin, with v on top of a screen that is
// somebody else's to test.
func sit(t *testing.T, acts *fakePeople, change func(*Session), v func(*kit) view) *stage {
	t.Helper()
	s := sessionOf(acts, policy.Admin)
	s.Host, s.Zone, s.Now = "crm.example.be", time.UTC, func() time.Time { return peopleNow }
	s.Actor.ID, s.Actor.Login, s.Actor.Name, s.Actor.Session = 1, "anna", text.New("Anna Peeters"), "sess-1"
	if change != nil {
		change(s)
	}
	st := &stage{tb: t, app: newApp(s)}
	st.app.kit.people, _ = acts.Colleagues(t.Context(), s.Actor)
	st.app.stack = []view{&lobby{}}
	settle(st.app, openMsg{v(st.app.kit)})
	return st
}

// settle gives a message to the program and waits for all that follows from it,
// however long the database takes.
func settle(a *app, msg tea.Msg) {
	if v := reflect.ValueOf(msg); v.IsValid() && v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range v.Len() { // a batch or a sequence
			if cmd := v.Index(i).Interface().(tea.Cmd); cmd != nil {
				settle(a, cmd())
			}
		}
		return
	}
	if cmd := a.update(msg); cmd != nil {
		settle(a, cmd())
	}
}

// slowly presses keys by name or letter by letter.
func slowly(st *stage, keys ...string) *stage {
	for _, k := range keys {
		if key, ok := named[k]; ok {
			settle(st.app, key)
			continue
		}
		for _, r := range k {
			settle(st.app, tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	return st
}

type lobby struct{}

func (*lobby) Init() tea.Cmd          { return nil }
func (*lobby) Update(tea.Msg) tea.Cmd { return nil }
func (*lobby) View(_, _ int) string   { return "" }
func (*lobby) Title() string          { return "lobby" }
func (*lobby) Keys() []binding        { return nil }
