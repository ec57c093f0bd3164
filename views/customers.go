package views

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// Pages are fetched before the cursor reaches the end of what is held.
const (
	pageSize  = 100
	pageAhead = 40
)

// customers is the list of people and companies. What is shown is held in
// memory; only typing a search and reaching the end of it ask the database.
type customers struct {
	kit *kit
	narrowed
	query  db.Query
	rows   []db.Row
	next   db.Cursor
	more   bool
	marks  map[int64]db.Row
	grid   grid
	in     *input // the search
	asked  string // what the answer under way is about
	typing bool
	anew   bool // the answer under way is to another question: begin at its top
	height int
	find   latest
	page   latest
	bulk   latest
	looked int // customers that a filter looked through

	gathering latest         // the rows of the whole filter, to mark them
	running   *bulkRun       // a bulk act under way
	shown     []string       // names of the columns
	after     func() tea.Cmd // a bulk act, instead of looking again
}

func newCustomers(k *kit) *customers {
	c := &customers{kit: k, narrowed: narrowed{list: policy.ContactList}, query: db.Query{Sort: db.ByName, Limit: pageSize}, marks: map[int64]db.Row{}, in: newInput("")}
	c.shown = k.columns
	if c.shown == nil {
		c.shown = c.usualColumns()
	}
	c.grid = grid{k: k, cells: c.cells, marked: func(i int) bool { _, ok := c.marks[c.rows[i].ID]; return ok }}
	c.setColumns(c.shown)
	return c
}

func (c *customers) Init() tea.Cmd { return c.reload() }
func (c *customers) Title() string { return c.kit.t.Customers }
func (c *customers) Typing() bool  { return c.typing }
func (c *customers) Leave()        { c.find.drop(); c.page.drop(); c.gathering.drop() }

// Wake shows what a form or the detail may have changed.
func (c *customers) Wake() tea.Cmd { return c.reload() }

func (c *customers) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if c.typing {
			return c.search(msg)
		}
		if c.grid.Update(msg, c.height) {
			return c.ahead()
		}
		return c.press(msg.String())
	case tea.PasteMsg:
		return c.search(msg)
	case changedMsg:
		return c.reload()
	case colleaguesMsg, tagsMsg, rulesMsg, purposesMsg, dressedMsg:
		c.grid.changed()
	}
	return nil
}

// reload asks for the first page of the query. While an answer is under way
// nothing more is asked: the newest text waits for it.
func (c *customers) reload() tea.Cmd {
	c.query.Text = c.in.line().String()
	if c.find.busy {
		return nil
	}
	c.page.drop()
	q, actor := c.query, c.kit.Actor
	c.asked = q.Text
	q.After = db.Cursor{}
	return ask(c.kit, &c.find, func(ctx context.Context) (db.Page, error) {
		return c.kit.Ops.FindCustomers(ctx, actor, q)
	}, c.found)
}

// Refresh looks again at as many rows as are held, because a colleague changed
// something: one may have scrolled far.
func (c *customers) Refresh() tea.Cmd {
	if len(c.rows) > mostHeld || c.looked > mostHeld { // to look through many again is dear
		return nil
	}
	c.page.drop()
	q, actor, held := c.query, c.kit.Actor.Looking(), max(len(c.rows), pageSize)
	q.Text, q.After = c.in.line().String(), db.Cursor{}
	c.asked = q.Text
	return ask(c.kit, &c.find, func(ctx context.Context) (p db.Page, err error) {
		return findMany(ctx, c.kit.Ops, actor, q, held)
	}, c.refreshed)
}

// mostLooked is how many customers are looked through before what was found is
// shown; the list goes on from there.
const mostLooked = 100_000

// mostHeld is how many rows a list still looks at again by itself.
const mostHeld = 2000

// findMany gets pages until there are so many rows.
func findMany(ctx context.Context, acts Acts, actor policy.Actor, q db.Query, held int) (all db.Page, err error) {
	for {
		p, err := acts.FindCustomers(ctx, actor, q)
		if err != nil {
			return all, err
		}
		all.Rows, all.Next, all.More = append(all.Rows, p.Rows...), p.Next, p.More
		all.Looked += p.Looked
		if !p.More || len(all.Rows) >= held || all.Looked > mostLooked {
			return all, nil
		}
		q.After = p.Next
	}
}

// refreshed puts the cursor on the customer that it was on, and that on the
// line of the window where it was. One that is gone leaves it where it stands.
func (c *customers) refreshed(p db.Page, err error) tea.Cmd {
	if err != nil {
		return tea.Batch(c.kit.fail(err), c.catchUp())
	}
	was, line := c.grid.at, c.grid.at-c.grid.top
	here, any := c.here()
	c.take(p.Rows, p)
	if at := slices.IndexFunc(c.rows, func(r db.Row) bool { return r.ID == here.ID }); any && at >= 0 {
		c.grid.at = at
	} else {
		c.grid.at = max(min(was, len(c.rows)-1), 0)
	}
	c.grid.top = max(c.grid.at-line, 0)
	return tea.Batch(c.catchUp(), c.ahead())
}

// again asks even if an answer is under way, since the filter is another.
func (c *customers) again() tea.Cmd {
	c.find.drop()
	c.grid.at, c.anew = 0, true
	return c.reload()
}

func (c *customers) found(p db.Page, err error) tea.Cmd {
	if c.refused(err) {
		c.query.Where = c.cond
		return tea.Batch(c.kit.fail(err), c.again())
	}
	if err != nil {
		return tea.Batch(c.kit.needReason(err), c.catchUp())
	}
	c.looked = p.Looked
	var here int64
	if len(c.rows) > 0 {
		here = c.rows[c.grid.at].ID
	}
	c.take(p.Rows, p)
	c.grid.at = max(slices.IndexFunc(c.rows, func(r db.Row) bool { return r.ID == here }), 0)
	if c.typing || c.anew {
		c.grid.at = 0
	}
	c.anew = false
	return tea.Batch(c.catchUp(), c.ahead())
}

// catchUp asks again if more was typed meanwhile.
func (c *customers) catchUp() tea.Cmd {
	if c.asked != c.in.line().String() {
		return c.reload()
	}
	return nil
}

func (c *customers) take(rows []db.Row, p db.Page) {
	c.rows, c.next, c.more = rows, p.Next, p.More
	c.grid.n = len(rows)
	c.grid.changed()
}

// ahead fetches the next page when the cursor comes near the end.
func (c *customers) ahead() tea.Cmd {
	if !c.more || c.page.busy || c.find.busy || c.grid.at < len(c.rows)-pageAhead {
		return nil
	}
	q, actor := c.query, c.kit.Actor
	q.After = c.next
	return ask(c.kit, &c.page, func(ctx context.Context) (db.Page, error) {
		return c.kit.Ops.FindCustomers(ctx, actor, q)
	}, c.appended)
}

func (c *customers) appended(p db.Page, err error) tea.Cmd {
	if err != nil {
		return c.kit.fail(err)
	}
	c.rows = append(c.rows, p.Rows...)
	c.next, c.more, c.grid.n = p.Next, p.More, len(c.rows)
	c.looked += p.Looked
	return c.ahead() // through a filter, a page may be short
}

// search is typing after "/": each key narrows the list.
func (c *customers) search(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter", "tab":
			c.typing = false
			return nil
		case "up", "down", "pgup", "pgdown":
			c.grid.Update(key, c.height)
			return c.ahead()
		}
	}
	before := c.in.value()
	if c.in.Update(msg) && c.in.value() != before {
		return c.reload()
	}
	return nil
}

// Escape ends typing, then the search, then the filter, then the marks.
func (c *customers) Escape() (tea.Cmd, bool) {
	switch {
	case c.typing || c.in.value() != "":
		c.typing = false
		c.in.set("")
		return c.again(), true
	case c.running != nil:
		c.running.stop = true
		return nil, true
	case c.gathering.busy:
		c.gathering.drop()
		return nil, true
	case c.filtered():
		c.query, c.cond, c.named = db.Query{Sort: c.query.Sort, Limit: pageSize}, "", ""
		return c.again(), true
	case len(c.marks) > 0:
		clear(c.marks)
		c.grid.changed()
		return nil, true
	}
	return nil, false
}

func (c *customers) filtered() bool {
	q := c.query
	return q.Where != "" || q.Kind != 0 || q.Status != 0 || q.Owner != 0 || q.Tag != 0
}

// here is the row under the cursor.
func (c *customers) here() (db.Row, bool) {
	if c.grid.at < len(c.rows) {
		return c.rows[c.grid.at], true
	}
	return db.Row{}, false
}

// needReason asks the privacy officer for the reason that policy wants.
func (k *kit) needReason(err error) tea.Cmd {
	if policy.KindOf(err) == policy.Denied && fieldOf(err) == "reason" {
		return k.askReason(nil)
	}
	return k.fail(err)
}
