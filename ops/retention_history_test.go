package ops_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// years is a firm that lives for years, by the database's own clock: by chance
// customers come, are spoken to, held, restricted, get deals and invoices, and
// rules change. What the firm should know is written down here a second time, in
// days as people write them, and by that the test judges each sweep.
type years struct {
	desk
	r       *rand.Rand
	set     func(time.Time)
	now     time.Time
	wait    int
	clients map[int64]*client
	bills   map[int64]*bill
	rules   map[policy.RuleKey]*decided
	stats   struct{ erased, held, billsGone int }
	faults  []string
}

// client is a customer, as remembered.
type client struct {
	status     policy.Status
	purpose    string // "": delivery, by contract
	consented  bool
	contact    string // the last, as a day
	procedure  string
	holds      map[int64]string // their last days
	restricted bool
	deal       int64 // that is open
	away       string
}

type bill struct {
	customer int64
	through  string
	unpaid   bool
	total    policy.Cents
}

// decided is a term, and the one that somebody proposed.
type decided struct {
	term, next span
	agreed     bool
}

// span is years, months and days.
type span [3]int

// plus counts on the calendar, by text: a day that the month doesn't have is its
// last one.
func plus(day string, s span) string {
	var y, m, d int
	_, _ = fmt.Sscanf(day, "%d-%d-%d", &y, &m, &d)
	m += s[1] + 12*(y+s[0])
	y, m = (m-1)/12, (m-1)%12+1
	lengths := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
		lengths[1] = 29
	}
	for d = min(d, lengths[m-1]) + s[2]; d > lengths[m-1]; {
		d -= lengths[m-1]
		if m++; m > 12 {
			m, y = 1, y+1
		}
		lengths[1] = 28
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			lengths[1] = 29
		}
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

func (y *years) today() string { return y.now.Format(time.DateOnly) }

// stays says whether a customer must be there, and whether it must not.
func (y *years) stays(c *client) (must, mustNot bool) {
	today, slack := y.today(), plus(y.today(), span{0, 0, -3})
	held, maybe := c.restricted || c.deal != 0, false
	for _, until := range c.holds {
		held = held || until >= today
		maybe = maybe || until >= slack // PostgreSQL is a day slower, so as to be sure
	}
	for _, b := range y.bills {
		held = held || b.unpaid && y.clients[b.customer] == c
	}
	end := y.end(c)
	return held || end == "" || today < end, !held && !maybe && end != "" && plus(end, span{0, 0, 1}) < today
}

// end is when a customer's term is over, "" for never.
func (y *years) end(c *client) string {
	rule, from := y.rules[policy.RuleLead], c.contact
	switch {
	case c.purpose == "recruitment" && c.consented:
		rule, from = y.rules[policy.RulePool], c.procedure
	case c.purpose == "recruitment":
		rule, from = y.rules[policy.RuleApplicant], c.procedure
	case c.purpose == "newsletter" && y.rules["news"] != nil: // proposed for the first time it takes nobody
		rule = y.rules["news"]
	case c.status == policy.Client:
		rule = y.rules[policy.RuleCustomer]
	case c.status == policy.Former:
		rule = y.rules[policy.RuleFormer]
	}
	if !rule.agreed || from == "" {
		return ""
	}
	end := plus(from, rule.term)
	if rule.next != (span{}) {
		end = max(end, plus(from, rule.next))
	}
	return end
}

// step is some days in which things happen, and the sweep at their end.
func (y *years) step(t *testing.T) {
	t.Helper()
	for range 8 {
		y.act(t)
	}
	days := 1 + y.r.IntN([]int{12, 600}[y.r.IntN(2)])
	y.now = day(plus(y.today(), span{0, 0, days})).Add(time.Duration(8*60+y.r.IntN(600)) * time.Minute)
	y.set(y.now)
	if y.r.IntN(8) == 0 {
		y.wait = []int{0, 7, 30}[y.r.IntN(3)]
		attic{desk: y.desk}.wait(t, fmt.Sprint(y.wait))
	}
	attic{desk: y.desk}.sweep(t)
	y.judge(t)
}

// judge compares who is there with who should be.
func (y *years) judge(t *testing.T) {
	t.Helper()
	there := listed(t, `select coalesce(array_agg(id), '{}') from customers`)
	away := listed(t, `select coalesce(array_agg(id), '{}') from customers where archived_at is not null`)
	for id, c := range y.clients {
		must, mustNot := y.stays(c)
		waited := c.away != "" && plus(c.away, span{0, 0, y.wait}) <= y.today() || y.wait == 0
		switch {
		case !there[id] && (must || !waited):
			y.fault("%d is gone, although it was to stay: %+v", id, c)
		case there[id] && must && away[id]:
			y.fault("%d is put away, although it was to stay: %+v", id, c)
		case there[id] && mustNot && !away[id]:
			y.fault("%d was to leave: %+v", id, c)
		case there[id] && mustNot && waited && c.away != "" && plus(c.away, span{0, 0, y.wait + 1}) < y.today():
			y.fault("%d was to be erased: %+v", id, c)
		}
		y.remember(id, c, there[id], away[id], must)
	}
	invoices := listed(t, `select coalesce(array_agg(id), '{}') from invoices where issued_on is not null`)
	for id, b := range y.bills {
		c := y.clients[b.customer]
		must := b.unpaid || y.today() <= b.through || !y.rules[policy.RuleInvoice].agreed || c != nil && c.restricted
		if must && !invoices[id] {
			y.fault("invoice %d is gone, although it was to stay: %+v", id, b)
		}
		if !invoices[id] {
			y.stats.billsGone++
			delete(y.bills, id)
		}
	}
}

func (y *years) remember(id int64, c *client, there, away, must bool) {
	switch {
	case !there:
		y.stats.erased++
		delete(y.clients, id)
	case !away:
		c.away = ""
	case c.away == "":
		c.away = y.today()
	}
	if end := y.end(c); must && end != "" && end < y.today() {
		y.stats.held++
	}
}

func (y *years) fault(format string, args ...any) {
	y.faults = append(y.faults, y.today()+": "+fmt.Sprintf(format, args...))
}

func listed(t *testing.T, sql string) map[int64]bool {
	all := map[int64]bool{}
	for _, id := range dbtest.Query[[]int64](t, sql) {
		all[id] = true
	}
	return all
}

// act is something that somebody does, by chance.
func (y *years) act(t *testing.T) {
	t.Helper()
	if len(y.clients) < 30 || y.r.IntN(5) == 0 {
		y.come(t)
		return
	}
	ids := slices.Sorted(maps.Keys(y.clients))
	id := ids[y.r.IntN(len(ids))]
	c := y.clients[id]
	if c.away != "" && y.r.IntN(4) > 0 {
		return // of these only the officer knows
	}
	switch y.r.IntN(9) {
	case 0:
		y.speak(t, id, c)
	case 1, 2:
		y.hold(t, id, c)
	case 3:
		on := y.r.IntN(3) == 0
		_, err := y.Restrict(t.Context(), y.pieter, id, on)
		must(t, err)
		c.restricted = on
	case 4:
		y.deal(t, id, c)
	case 5:
		must(t, y.RecordEnd(t.Context(), y.pieter, id, policy.FromProcedure, day(y.today())))
		c.procedure = y.today()
	case 6:
		y.bill(t, id, c)
	case 7, 8:
		y.rule(t)
	}
}

func (y *years) come(t *testing.T) {
	t.Helper()
	made := db.Customer{Kind: policy.Person, Status: policy.Statuses[y.r.IntN(3)], Grounds: []policy.Ground{{Purpose: policy.Delivery, Basis: policy.Contract}}}
	made.Family = text.New("Jaren")
	made, err := y.CreateCustomer(t.Context(), y.sander, made, ops.NewRequestKey())
	must(t, err)
	c := &client{status: made.Status, contact: y.today(), holds: map[int64]string{}}
	if c.purpose = []string{"", "", "newsletter", "recruitment"}[y.r.IntN(4)]; c.purpose != "" {
		c.consented = y.r.IntN(2) == 0
		dbtest.Exec(t, "update bases set purpose = $2, basis = $3 where customer_id = $1", made.ID, c.purpose, map[bool]string{true: "consent", false: "interest"}[c.consented])
	}
	y.clients[made.ID] = c
}

func (y *years) speak(t *testing.T, id int64, c *client) {
	t.Helper()
	a := db.Activity{Customer: id, Deed: policy.DeedCall, At: y.now, Minutes: 5}
	a.Subject = text.New("dormer")
	_, err := y.AddActivity(t.Context(), y.sander, a, ops.NewRequestKey())
	if c.away != "" && policy.KindOf(err) == policy.Absent {
		return
	}
	must(t, err)
	c.contact = y.today()
}

func (y *years) hold(t *testing.T, id int64, c *client) {
	t.Helper()
	for _, n := range slices.Sorted(maps.Keys(c.holds)) {
		if y.r.IntN(2) == 0 {
			must(t, y.EndHold(t.Context(), y.pieter, n, text.New("over")))
			delete(c.holds, n)
			return
		}
	}
	until := y.now.AddDate(0, 0, y.r.IntN(500))
	h := db.Hold{Customer: id, Sort: []policy.HeldBy{policy.HeldLegally, policy.HeldLonger}[y.r.IntN(2)], Until: day(until.Format(time.DateOnly)), Reason: text.New("claim")}
	n, err := y.AddHold(t.Context(), y.pieter, h)
	must(t, err)
	c.holds[n], c.away = until.Format(time.DateOnly), ""
}

func (y *years) deal(t *testing.T, id int64, c *client) {
	t.Helper()
	if c.away != "" || c.restricted {
		return
	}
	if c.deal != 0 {
		_, err := y.CloseDeal(t.Context(), y.sander, c.deal, policy.StageLost, text.New("price"), ops.NewRequestKey())
		must(t, err)
		c.deal, c.contact = 0, y.today()
		return
	}
	d := db.Deal{Customer: id, Value: 100}
	d.Title = text.New("dormer")
	d, err := y.CreateDeal(t.Context(), y.sander, d, false, ops.NewRequestKey())
	must(t, err)
	c.deal, c.contact = d.ID, y.today()
}

func (y *years) bill(t *testing.T, id int64, c *client) {
	t.Helper()
	for _, n := range slices.Sorted(maps.Keys(y.bills)) {
		if b := y.bills[n]; b.customer == id && b.unpaid {
			must(t, y.PayInvoice(t.Context(), y.fatima, n, db.Payment{PaidOn: day(y.today()), Amount: b.total}, ops.NewRequestKey()))
			b.unpaid = false
			return
		}
	}
	if c.away != "" || c.restricted {
		return
	}
	i := draft(100)
	i.Customer = id
	i, err := y.CreateInvoice(t.Context(), y.fatima, i, ops.NewRequestKey())
	must(t, err)
	i, err = y.IssueInvoice(t.Context(), y.fatima, i.ID, i.Version)
	must(t, err)
	y.bills[i.ID] = &bill{id, fmt.Sprintf("%04d-12-31", y.now.Year()+7), true, i.Totals.Total}
}

// rule proposes another term, agrees to what waits, or takes it back.
func (y *years) rule(t *testing.T) {
	t.Helper()
	keys := []policy.RuleKey{policy.RuleLead, policy.RuleCustomer, policy.RuleFormer, policy.RuleApplicant, policy.RulePool, policy.RuleInvoice, "news"}
	key := keys[y.r.IntN(len(keys))]
	r := y.rules[key]
	switch {
	case r != nil && (r.next != span{} || !r.agreed):
		yes := !r.agreed || y.r.IntN(3) > 0
		must(t, y.AnswerRule(t.Context(), y.anna, key, yes))
		if yes && r.next != (span{}) {
			r.term = r.next
		}
		r.agreed, r.next = true, span{}
	case key != policy.RuleInvoice:
		n := 1 + y.r.IntN(30)
		term, s := policy.RetentionTerm{N: n, Unit: policy.Months}, span{0, n, 0}
		if n%3 == 0 {
			term, s = policy.RetentionTerm{N: n, Unit: policy.Weeks}, span{0, 0, 7 * n}
		}
		change := ops.RuleChange{Key: key, Term: term}
		if r == nil {
			change.Purpose, change.Start = policy.Newsletter, policy.FromContact
			r = &decided{term: s}
			y.rules[key] = r
		} else {
			r.next = s
		}
		_, err := y.ProposeRule(t.Context(), y.pieter, change, text.New("experience"))
		must(t, err)
	}
}

func TestRetention_years(t *testing.T) {
	store, set := dbtest.Faked(t)
	seed := rand.Uint64()
	y := &years{
		r: rand.New(rand.NewPCG(seed, 1)), set: set, now: day("2027-02-26").Add(9 * time.Hour), wait: 30, clients: map[int64]*client{}, bills: map[int64]*bill{},
		rules: map[policy.RuleKey]*decided{
			policy.RuleLead: {term: span{1}}, policy.RuleCustomer: {term: span{2}}, policy.RuleFormer: {term: span{2}},
			policy.RuleApplicant: {term: span{0, 0, 28}}, policy.RulePool: {term: span{1}}, policy.RuleInvoice: {term: span{7}},
		},
	}
	set(y.now)
	y.desk = deskOn(t, store)
	y.clients[y.customer.ID] = &client{status: policy.Client, contact: y.today(), holds: map[int64]string{}}
	decideLetterhead(t, y.Ops, y.anna)
	for range 40 {
		y.step(t)
	}
	if len(y.faults) > 0 {
		t.Fatalf("seed %d: %d faults, the first: %s", seed, len(y.faults), y.faults[0])
	}
	if y.stats.erased < 20 || y.stats.held < 20 || y.stats.billsGone == 0 {
		t.Errorf("seed %d: the histories say little: %+v", seed, y.stats)
	}
	t.Logf("%+v on %s", y.stats, y.today())

	// The control: a clock that sees no open deals erases who has some.
	dbtest.Exec(t, "alter policy retention_clock on deals using (false)")
	for n := 0; n < 40 && len(y.faults) == 0; n++ {
		y.step(t)
	}
	if len(y.faults) == 0 {
		t.Error("a planted fault was not found")
	}
}
