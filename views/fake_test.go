package views

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// noon is when these tests happen.
var noon = time.Date(2026, 11, 22, 13, 2, 59, 999_000_000, time.UTC)

// fakeActs answer like a small firm. They check what real acts check of the
// form, and keep versions.
type fakeActs struct {
	Acts
	mu        sync.Mutex
	customers map[int64]db.Customer
	notes     map[int64][]db.Note
	asked     []db.Query
	calls     map[string]int
	keys      []ops.RequestKey
	fail      error         // of every act
	hold      chan struct{} // FindCustomers waits for it, if it isn't nil
	people    []db.Person
	imported  []ops.Import
	waiting   []ops.Attention
	todo      fakeTasks
	views     []db.View
	deals     []db.Deal
	consents  fakeConsents
	board     []db.DealQuery // what was asked
	saved     db.Pipeline
	merged    []db.Merging
	evil      string // instead of the names of tags, sessions and colleagues
	book      fakeBook
}

func newFakeActs() *fakeActs {
	f := &fakeActs{customers: map[int64]db.Customer{}, notes: map[int64][]db.Note{}, calls: map[string]int{}, book: newFakeBook()}
	names := []string{"Jan||Jansen", "Janneke|de|Vries", "Jan-Willem||Ottens", "Joris|van den|Berg", "Ilse||Baert", "Noor||Çelik", "Fenna|van der|Meulen-Hoogendoorn"}
	for i := range 60 {
		p := strings.Split(names[i%len(names)], "|")
		c := db.Customer{
			ID: int64(i + 1), Kind: policy.Person, Owner: 3, Status: policy.Statuses[i%3], Version: 3,
			LastActivity: noon.Add(-time.Duration(i*i) * 9 * time.Hour), CreatedAt: noon.AddDate(-2, -i%12, 0), UpdatedAt: noon.AddDate(0, -1, 0),
			Restricted: i%11 == 3,
		}
		c.Given, c.Prefix, c.Family = text.New(p[0]), text.New(p[1]), text.New(p[2])
		c.Mails = []db.Labelled{{Value: text.New(fmt.Sprintf("klant%d@example.org", i))}}
		c.Phones = []db.Labelled{{Value: text.New(fmt.Sprintf("+316123456%02d", i)), Label: text.New("work")}}
		c.Mail, c.Phone = c.Mails[0].Value, c.Phones[0].Value
		c.Address = db.Address{Street: text.New("Dorpsstraat 1"), Postcode: text.New("3511 AA"), City: text.New("Utrecht")}
		c.Grounds = []policy.Ground{{Purpose: policy.Delivery, Basis: policy.Contract}}
		c.Tags = []int32{1, 2}
		if i%2 == 0 {
			c.Companies = []db.Membership{{Company: 61, Name: text.New("Jansen & Zn"), Role: text.New("inkoper"), Main: true}}
		}
		f.customers[c.ID] = c
	}
	firm := db.Customer{ID: 61, Kind: policy.Company, Owner: 3, Status: policy.Client, Version: 1, LastActivity: noon, CreatedAt: noon.AddDate(-3, 0, 0)}
	firm.Family, firm.KvK = text.New("Jansen & Zn"), text.New("12345678")
	f.customers[61] = firm
	f.notes[1] = []db.Note{
		{ID: 1, Customer: 1, Author: 3, At: noon.AddDate(0, 0, -2), Text: text.NewBlock("Wil een offerte voor een dakkapel, en vraagt of het voor de zomer kan. Belt terug op vrijdag.")},
		{ID: 2, Customer: 1, Author: 3, Private: true, At: noon.AddDate(0, 0, -20), Text: text.NewBlock("Eerst de oude offerte\nopzoeken.")},
	}
	return f
}

func (f *fakeActs) did(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls[name]++
	return f.fail
}

func (f *fakeActs) count(name string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[name]
}

func rowOf(c db.Customer) db.Row {
	r := db.Row{ID: c.ID, Kind: c.Kind, Owner: c.Owner, Status: c.Status, LastActivity: c.LastActivity, Restricted: c.Restricted, Head: c.Head}
	if len(c.Companies) > 0 {
		r.Company = c.Companies[0].Name
	}
	return r
}

func (f *fakeActs) FindCustomers(ctx context.Context, actor policy.Actor, q db.Query) (db.Page, error) {
	if err := f.did("find"); err != nil {
		return db.Page{}, err
	}
	if err := policy.Can(actor, policy.CustomerList, policy.Resource{}); err != nil {
		return db.Page{}, err
	}
	f.mu.Lock()
	f.asked = append(f.asked, q)
	hold := f.hold
	f.mu.Unlock()
	if _, err := policy.ParseFilter(policy.ContactList, q.Where); err != nil {
		return db.Page{}, err
	}
	if hold != nil {
		<-hold
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var rows []db.Row
	for _, c := range f.customers {
		if (q.Kind == 0 || c.Kind == q.Kind) && (q.Status == 0 || c.Status == q.Status) && c.ID > q.After.ID &&
			strings.Contains(strings.ToLower(c.Name().String()), strings.ToLower(q.Text)) {
			rows = append(rows, rowOf(c))
		}
	}
	slices.SortFunc(rows, func(a, b db.Row) int { return int(a.ID - b.ID) })
	page := db.Page{Rows: rows}
	if q.Limit > 0 && len(rows) > q.Limit {
		page = db.Page{Rows: rows[:q.Limit], More: true, Next: db.Cursor{ID: rows[q.Limit-1].ID}}
	}
	return page, nil
}

func (f *fakeActs) GetCustomer(_ context.Context, _ policy.Actor, id int64) (db.Customer, error) {
	if err := f.did("get"); err != nil {
		return db.Customer{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	c, ok := f.customers[id]
	if !ok {
		return c, policy.ErrAbsent()
	}
	return c, nil
}

func (f *fakeActs) ViewCustomer(ctx context.Context, actor policy.Actor, id int64) (ops.Sight, error) {
	c, err := f.GetCustomer(ctx, actor, id)
	day := noon.AddDate(0, 0, -9)
	s := ops.Sight{Customer: c, Fields: fakeFields(), Notes: f.notes[id], Pipes: fakePipelines(), Invoices: []db.Settlement{{}, {Series: "F", Year: 2026, Number: 9, IssuedOn: &day, DueOn: &day}}}
	s.Stay.Leaving = policy.DefaultSchedule().Leaves(policy.Keeping{Status: c.Status, Contact: c.LastActivity, Still: c.Restricted}, noon)
	f.todo.sight(&s)
	for _, d := range f.theDeals() {
		if d.Customer == id {
			s.Deals = append(s.Deals, d)
		}
	}
	if c.Kind == policy.Company {
		for i := int64(1); i < 8; i += 2 {
			s.Contacts = append(s.Contacts, rowOf(f.customers[i]))
		}
	}
	return s, err
}

func (f *fakeActs) CreateCustomer(_ context.Context, _ policy.Actor, c db.Customer, key ops.RequestKey) (db.Customer, error) {
	f.keys = append(f.keys, key)
	if err := f.did("create"); err != nil {
		return c, err
	}
	if err := ops.CheckCustomer(&c, "NL"); err != nil {
		return c, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	c.ID, c.Version, c.CreatedAt = int64(len(f.customers)+1), 1, noon
	f.customers[c.ID] = c
	return c, nil
}

func (f *fakeActs) UpdateCustomer(_ context.Context, _ policy.Actor, c db.Customer, key ops.RequestKey) (db.Customer, error) {
	f.keys = append(f.keys, key)
	if err := f.did("update"); err != nil {
		return c, err
	}
	if err := ops.CheckCustomer(&c, "NL"); err != nil {
		return c, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := f.customers[c.ID]; now.Version != c.Version {
		return c, policy.Errorf(policy.Conflict, "Somebody else changed this customer meanwhile: look at both and choose.").
			Because(&db.Stale{Mine: c, Theirs: now})
	}
	c.Version++
	f.customers[c.ID] = c
	return c, nil
}

func (f *fakeActs) UndoChange(ctx context.Context, actor policy.Actor, id int64, version int, before db.Customer, key ops.RequestKey) (db.Customer, error) {
	before.ID, before.Version = id, version
	return f.UpdateCustomer(ctx, actor, before, key)
}

func (f *fakeActs) HandOver(_ context.Context, _ policy.Actor, ids []int64, _ int32) ([]int64, error) {
	return ids, f.did("handover")
}

func (f *fakeActs) TakeBack(_ context.Context, _ policy.Actor, back []db.Back, holder int32) (int, error) {
	return len(back), f.did(fmt.Sprint("takeback from ", holder, ": ", back))
}

func (f *fakeActs) Retag(_ context.Context, _ policy.Actor, ids []int64, _ int32, _ bool) ([]int64, error) {
	return ids, f.did("retag")
}

func (f *fakeActs) UndoRetag(_ context.Context, _ policy.Actor, ids []int64, tag int32, on bool) (int, error) {
	return len(ids), f.did(fmt.Sprint("unretag ", tag, " ", on, ": ", ids))
}

func (f *fakeActs) CustomerHistory(_ context.Context, _ policy.Actor, _ int64) ([]db.Past, error) {
	return []db.Past{{Version: 3, At: noon.AddDate(0, -1, 0), Person: 3, Act: policy.CustomerUpdate, Changes: []db.Change{
		{Field: "status" + f.evil, From: text.New("lead" + f.evil), To: text.New("customer")},
		{Field: "mail", To: text.New("klant0@example.org")},
		{Field: "tags", From: text.New("[1]"), To: text.New("[1,2]")},
		{Field: "grounds", From: text.New("quotes: contract"), To: text.New("delivery: contract")},
	}}}, f.did("history")
}

func (f *fakeActs) WhoSaw(context.Context, policy.Actor, int64, time.Time) (db.ExposurePage, error) {
	day := func(ago int) time.Time { return noon.AddDate(0, 0, -ago).Truncate(24 * time.Hour) }
	return db.ExposurePage{Next: day(3), Seen: []db.Exposure{
		{Day: day(0), First: noon, Last: noon, Times: 1, Actor: 3, Role: policy.Role("sales" + f.evil), Act: "customer.view"},
		{Day: day(0), First: noon.Add(-3 * time.Hour), Last: noon.Add(-time.Hour), Times: 1204, Actor: 0, Role: "clock", Act: policy.Act("customer.list" + f.evil)},
		{Day: day(3), First: noon.AddDate(0, 0, -3), Last: noon.AddDate(0, 0, -3), Times: 2, Actor: 2, Role: policy.Manager, Act: "customer.export"},
	}}, f.did("whosaw")
}

func (f *fakeActs) Duplicates(_ context.Context, _ policy.Actor, c db.Customer) ([]db.Twin, error) {
	if err := f.did("duplicates"); err != nil {
		return nil, err
	}
	var twins []db.Twin
	for _, other := range f.customers {
		if l := db.Alike(c, other); l.Suspect() && other.ID != c.ID {
			twins = append(twins, db.Twin{Customer: other, Likeness: l})
		}
	}
	return twins, nil
}

func (f *fakeActs) AddNote(ctx context.Context, actor policy.Actor, customer int64, body text.Block, private bool, key ops.RequestKey) (db.Note, error) {
	if alarms := policy.Alarms([]policy.Said{{Field: "note", Text: body.String()}}, nil); len(alarms) > 0 && policy.DespiteOf(ctx).IsZero() {
		return db.Note{}, policy.Ask(alarms)
	}
	f.keys = append(f.keys, key)
	if err := f.did("note"); err != nil {
		return db.Note{}, err
	}
	n := db.Note{Customer: customer, Author: actor.ID, Private: private, At: noon, Text: body}
	f.notes[customer] = append(f.notes[customer], n)
	return n, nil
}

func (f *fakeActs) CountOwn(context.Context, policy.Actor) (map[policy.Status]int64, error) {
	return map[policy.Status]int64{policy.Lead: 1204, policy.Client: 31, policy.Former: 2}, f.did("own")
}

func (f *fakeActs) LookAtRows(_ context.Context, _ policy.Actor, ids []int64) (rows []db.Row, err error) {
	f.mu.Lock()
	for _, id := range ids {
		if c, ok := f.customers[id]; ok {
			rows = append(rows, rowOf(c))
		}
	}
	f.mu.Unlock()
	return rows, f.did("rows")
}

func (f *fakeActs) ListLeaving(context.Context, policy.Actor) ([]db.Row, error) {
	f.mu.Lock()
	var rows []db.Row
	for _, c := range f.customers {
		if policy.DefaultSchedule().LeavesOn(c.Status, c.LastActivity).Before(noon.Add(policy.LeavingSoon)) {
			rows = append(rows, rowOf(c))
		}
	}
	f.mu.Unlock()
	slices.SortFunc(rows, func(a, b db.Row) int {
		return policy.DefaultSchedule().LeavesOn(a.Status, a.LastActivity).Compare(policy.DefaultSchedule().LeavesOn(b.Status, b.LastActivity))
	})
	return rows[:min(len(rows), 8)], f.did("leaving")
}

func (f *fakeActs) CustomerCounts(context.Context, policy.Actor) ([]db.Count, error) {
	return []db.Count{{Status: 1, Kind: 1, Owner: 3, N: 120}, {Status: 2, Kind: 1, Owner: 3, N: 1204}, {Status: 3, Kind: 1, Owner: 3, N: 40}, {Status: 2, Kind: 2, Owner: 4, N: 88}}, f.did("counts")
}

func (f *fakeActs) ListTags(context.Context, policy.Actor) ([]db.Tag, error) {
	old := noon
	return []db.Tag{{ID: 1, Name: "bouw" + f.evil}, {ID: 2, Name: "nl"}, {ID: 3, Name: "oud", RetiredAt: &old}}, f.did("tags")
}

func (f *fakeActs) Colleagues(context.Context, policy.Actor) (map[int32]db.Colleague, error) {
	all := map[int32]db.Colleague{}
	for i, n := range []string{"anna|Anna Peeters", "marit|Marit Smit", "sander|Sander de Wit", "sofie|Sofie Bos", "pieter|Pieter Maas"} {
		login, name, _ := strings.Cut(n, "|")
		all[int32(i+1)] = db.Colleague{ID: int32(i + 1), Login: login + f.evil, Name: text.New(name + f.evil)}
	}
	return all, f.did("colleagues")
}

func (f *fakeActs) ListPeople(context.Context, policy.Actor) ([]db.Person, error) {
	return f.people, f.did("people")
}

func (f *fakeActs) Attention(context.Context, policy.Actor) ([]ops.Attention, error) {
	return f.waiting, f.did("attention")
}

func (f *fakeActs) Roles(_ context.Context, a policy.Actor) (policy.Actor, error) {
	return a, f.did("roles")
}

func (f *fakeActs) ListLog(context.Context, policy.Actor, db.LogQuery) (db.LogPage, error) {
	return db.LogPage{Rows: []db.LogRow{{At: noon.Add(-2 * time.Hour), Actor: 4, Detail: text.New("code refused, from 10.9.9.9")}}}, f.did("log")
}
