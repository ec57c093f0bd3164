package views

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// The parts of a customer's screen.
const (
	timelineTab = iota
	contactsTab
	tasksTab
	dealsTab
	privacyTab
	historyTab
)

// customer is one customer whole: who it is on top, the rest in tabs.
type customer struct {
	kit     *kit
	id      int64
	name    string // until it is loaded
	sight   ops.Sight
	loaded  bool
	gone    string // why it can't be shown
	history []db.Past
	asked   bool // the history was asked for

	consents ops.ConsentSight
	stood    bool // they were asked for
	standing latest
	tab      int
	top      int // lines scrolled away
	at       int // the contact under the cursor
	height   int
	load     latest
	past     latest
	does     latest

	lines []string // rendered, for size
	size  [2]int
}

func newCustomer(k *kit, id int64, name string) *customer {
	return &customer{kit: k, id: id, name: name}
}

func (c *customer) Init() tea.Cmd { return c.reload() }
func (c *customer) Wake() tea.Cmd { return c.reload() }
func (c *customer) Leave()        { c.load.drop(); c.past.drop(); c.standing.drop() }

func (c *customer) Title() string {
	if c.loaded {
		return c.sight.Name().String()
	}
	return c.name
}

// reload opens the customer anew: one view in the log.
func (c *customer) reload() tea.Cmd {
	c.asked, c.stood, c.history = false, false, nil
	return tea.Batch(c.look(c.kit.Actor, c.came), c.needHistory(c.kit.Actor), c.needConsents(c.kit.Actor))
}

// Refresh looks again because a colleague changed something; what stands there
// stays until the answer comes.
func (c *customer) Refresh() tea.Cmd {
	actor := c.kit.Actor.Looking()
	c.asked, c.stood = false, false
	return tea.Batch(c.look(actor, c.refreshed), c.needHistory(actor), c.needConsents(actor))
}

func (c *customer) look(actor policy.Actor, then func(ops.Sight, error) tea.Cmd) tea.Cmd {
	id := c.id
	return ask(c.kit, &c.load, func(ctx context.Context) (ops.Sight, error) {
		return c.kit.Ops.ViewCustomer(ctx, actor, id)
	}, then)
}

func (c *customer) came(s ops.Sight, err error) tea.Cmd {
	c.redraw()
	if err != nil {
		c.gone = c.kit.sentence(err)
		return c.kit.needReason(err)
	}
	c.sight, c.loaded, c.gone, c.kit.defs = s, true, "", s.Fields
	c.kit.opened(s.Customer)
	return nil
}

// refreshed keeps the cursor on what it was on. A customer that went out of
// one's sight goes from the screen as well.
func (c *customer) refreshed(s ops.Sight, err error) tea.Cmd {
	if policy.KindOf(err) == policy.Absent || policy.KindOf(err) == policy.Denied {
		c.sight, c.history, c.loaded = ops.Sight{}, nil, false
		c.name = "#" + c.kit.num(int(c.id))
		c.kit.recents = slices.DeleteFunc(c.kit.recents, func(r recent) bool { return r.id == c.id })
		return c.came(s, err)
	}
	if c.redraw(); err != nil {
		return c.kit.fail(err)
	}
	ids := c.selectableIDs()
	c.sight, c.loaded, c.gone = s, true, ""
	if now := c.selectableIDs(); c.at < len(ids) {
		if at := slices.Index(now, ids[c.at]); at >= 0 {
			c.at = at
		}
		c.at = max(min(c.at, len(now)-1), 0)
	}
	return nil
}

// needHistory fetches what changed, once its tab is looked at.
func (c *customer) needHistory(actor policy.Actor) tea.Cmd {
	if c.tab != historyTab || c.asked {
		return nil
	}
	c.asked = true
	id := c.id
	return ask(c.kit, &c.past, func(ctx context.Context) ([]db.Past, error) {
		return c.kit.Ops.CustomerHistory(ctx, actor, id)
	}, func(past []db.Past, err error) tea.Cmd {
		c.history = past
		c.redraw()
		return c.kit.fail(err)
	})
}

func (c *customer) redraw() { c.lines = nil }

func (c *customer) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return c.press(msg.String())
	case changedMsg:
		return c.reload()
	case colleaguesMsg, tagsMsg, rulesMsg, purposesMsg, dressedMsg:
		c.redraw()
	}
	return nil
}

func (c *customer) press(key string) tea.Cmd {
	switch key {
	case "tab", "]", "right", "l":
		return c.turn(1)
	case "shift+tab", "[", "left":
		return c.turn(-1)
	case "p":
		return c.turn(privacyTab - c.tab)
	case "up", "k":
		c.scroll(-1)
	case "down", "j":
		c.scroll(1)
	case "pgup":
		c.scroll(-c.height)
	case "pgdown":
		c.scroll(c.height)
	default:
		if c.loaded {
			return c.pressLoaded(key)
		}
	}
	return nil
}

func (c *customer) pressLoaded(key string) tea.Cmd {
	switch key {
	case "enter":
		if t, ok := c.taskHere(); ok {
			return c.kit.openTask(&c.does, t)
		}
		return c.openLinked()
	case "e":
		return open(editForm(c.kit, c.sight.Customer))
	case "n":
		return open(newNoteForm(c.kit, c.sight.Customer))
	case "c":
		return c.kit.quickly(c.kit.t.Task.CallLine, c.id, c.sight.Name().String())
	case "a":
		return c.kit.quickly("", c.id, c.sight.Name().String())
	case "t", "h":
		return c.inList(key)
	case "d":
		if c.tab == tasksTab {
			return c.doHere()
		}
		if c.kit.may(policy.DealCreate) {
			return open(newDealForm(c.kit, db.Deal{Customer: c.id, Name: c.sight.Name(), Status: c.sight.Status}, nil))
		}
	case "D":
		return c.convert()
	case "o":
		if t, ok := c.taskHere(); ok {
			return open(newTaskPast(c.kit, t))
		}
		if c.tab == timelineTab {
			return c.openActivity()
		}
	case "M":
		if c.kit.may(policy.ActivityAdd) {
			return open(newMailForm(c.kit, c.id, c.sight.Name().String()))
		}
	case "i":
		if c.kit.may(policy.InvoiceAsk) {
			return open(newInvoiceAsk(c.kit, c.id, c.sight.Name().String()))
		}
	case "v":
		if c.kit.may(policy.ConsentRecord) {
			return open(newConsentForm(c.kit, c.sight.Customer))
		}
	case "E", "H", "R":
		return c.privacyAct(key)
	case "w":
		return open(newExposure(c.kit, c.sight.Customer))
	case "z":
		return c.kit.takeBack()
	}
	return nil
}

// inList does a bulk act of the list to this one.
func (c *customer) inList(key string) tea.Cmd {
	s := c.sight
	l := newCustomers(c.kit)
	l.rows = []db.Row{{
		ID: s.ID, Kind: s.Kind, Owner: s.Owner, Status: s.Status, LastActivity: s.LastActivity, Restricted: s.Restricted, Head: s.Head,
	}}
	l.after = func() tea.Cmd { return send(changedMsg{c.id}) }
	return l.pressOnRow(key)
}

func (c *customer) turn(by int) tea.Cmd {
	n := historyTab + 1
	c.tab = (c.tab + by + n) % n
	c.top, c.at = 0, 0
	c.redraw()
	return tea.Batch(c.needHistory(c.kit.Actor), c.needConsents(c.kit.Actor))
}

func (c *customer) scroll(by int) {
	if n := c.selectable(); n > 0 {
		c.at = max(min(c.at+by, n-1), 0)
		c.redraw()
		return
	}
	c.top = max(c.top+by, 0)
}

// Keys are those that act on this one.
func (c *customer) Keys() []binding {
	keys := []binding{}
	if c.kit.may(policy.NoteCreate) {
		keys = append(keys, on("n", c.kit.t.KeyNote))
	}
	if c.kit.may(policy.TaskWrite) {
		keys = append(keys, on("c", c.kit.t.Task.KeyCall), on("a", c.kit.t.Task.KeyTask))
		if c.tab == tasksTab {
			keys = append(keys, on("d", c.kit.t.Task.KeyDone).unless(len(c.sight.Tasks) > 0, c.kit.t.Task.NoneHere))
		}
		keys = append(keys, on("M", c.kit.t.Activity.KeyMail))
	}
	switch c.tab {
	case timelineTab:
		keys = append(keys, on("o", c.kit.t.Activity.KeyOpen).unless(len(c.sight.Activities) > 0, c.kit.t.Activity.None))
	case tasksTab:
		keys = append(keys, on("o", c.kit.t.Activity.KeyPast).unless(len(c.sight.Tasks) > 0, c.kit.t.Task.NoneHere))
	}
	keys = append(keys, on("e", c.kit.t.KeyEdit), on("t", c.kit.t.KeyTag))
	if c.kit.may(policy.CustomerHandOver) {
		keys = append(keys, on("h", c.kit.t.KeyHandOver))
	}
	if c.kit.may(policy.DealCreate) {
		if c.tab != tasksTab {
			keys = append(keys, on("d", c.kit.t.Deal.Deal))
		}
		keys = append(keys, on("D", c.kit.t.Deal.KeyConvert).unless(c.sight.Status == policy.Lead, c.kit.t.Deal.OffLead))
	}
	if c.kit.may(policy.InvoiceAsk) {
		keys = append(keys, on("i", c.kit.t.Invoice.KeyAsk))
	}
	keys = append(keys, c.privacyKeys()...)
	return append(
		keys, on("p", c.kit.t.KeyPrivacy), on("v", c.kit.t.Consent.KeySay).unless(c.kit.may(policy.ConsentRecord), c.kit.t.OffRole), on("w", c.kit.t.KeyWhoSaw), on("[ ]", c.kit.t.KeyTabs),
		on("enter", c.kit.t.KeyOpenLinked).unless(c.selectable() > 0, c.kit.t.OffNoContact),
		on("z", c.kit.t.KeyUndo).unless(c.kit.undo != nil, c.kit.t.OffNoUndo), on("↑↓", c.kit.t.KeyMove), on("-", c.kit.t.KeyBack),
	)
}
