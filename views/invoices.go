package views

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// invoices lists invoices, drafts first, then the latest.
type invoices struct {
	kit *kit
	finding
	paging[db.InvoiceCursor]
	narrowed
	query db.InvoiceQuery
	page  db.InvoicePage
	today time.Time
	known bool
	list  roster
	asks  latest
	width int
}

func newInvoices(k *kit, state policy.InvoiceState, find string) *invoices {
	return &invoices{kit: k, finding: newFinding(find), narrowed: narrowed{list: policy.InvoicesList}, query: db.InvoiceQuery{State: state, Text: find, Limit: invoicesPage}}
}

// invoicesPage fills a large window; a small one scrolls.
const invoicesPage = 100

func (v *invoices) Title() string { return v.kit.t.Invoice.Title }
func (v *invoices) Init() tea.Cmd { return v.load() }
func (v *invoices) Wake() tea.Cmd { return v.load() }
func (v *invoices) Leave()        { v.asks.drop() }

// invoiceAnswer is a page and the day by which it tells what is overdue.
type invoiceAnswer struct {
	page  db.InvoicePage
	today time.Time
}

func (v *invoices) load() tea.Cmd { return v.look(v.kit.Actor) }

// Refresh looks again because a colleague changed something.
func (v *invoices) Refresh() tea.Cmd { return v.look(v.kit.Actor.Looking()) }

func (v *invoices) look(actor policy.Actor) tea.Cmd {
	acts, q := v.kit.Ops, v.query
	return ask(v.kit, &v.asks, func(ctx context.Context) (a invoiceAnswer, err error) {
		var rows []db.Invoice
		for { // one answer looks through so many, of which few may fit
			a.page, a.today, err = acts.ListInvoices(ctx, actor, q)
			rows = append(rows, a.page.Rows...)
			if a.page.Rows = rows; err != nil || !a.page.More || len(rows) >= q.Limit {
				return a, err
			}
			q.After = a.page.Next
		}
	}, func(a invoiceAnswer, err error) tea.Cmd {
		if v.refused(err) {
			v.query.Where = v.cond
			return tea.Batch(v.kit.fail(err), v.load())
		}
		if err != nil {
			return v.kit.fail(err)
		}
		v.page, v.today, v.known = a.page, a.today, true
		v.list.put(v.rows(v.width))
		return nil
	})
}

// from shows another list from its beginning.
func (v *invoices) from(change func(*db.InvoiceQuery)) tea.Cmd {
	change(&v.query)
	v.query.After, v.back, v.list.at = db.InvoiceCursor{}, nil, 0
	return v.load()
}

func (v *invoices) Update(msg tea.Msg) tea.Cmd {
	if v.typing {
		if !v.search(msg) {
			return nil
		}
		return v.from(func(q *db.InvoiceQuery) { q.Text = v.find.value() })
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.list.press(key.String()) {
		return nil
	}
	if cmd, ok := v.kit.pressNarrow(v, key.String()); ok {
		return cmd
	}
	switch key.String() {
	case "/":
		v.typing = true
	case "enter":
		if i, ok := v.list.item().(db.Invoice); ok {
			return open(newInvoice(v.kit, i.ID))
		}
	case "f":
		return v.chooseState()
	case "a":
		if v.kit.may(policy.InvoiceWrite) {
			return open(newInvoiceForm(v.kit, db.Invoice{}))
		}
	case "n", "right":
		return v.older()
	case "p", "left":
		return v.newer()
	case "ctrl+r":
		return v.load()
	}
	return nil
}

func (v *invoices) older() tea.Cmd {
	if !v.page.More || v.asks.busy {
		return nil
	}
	v.paging.older(&v.query.After, v.page.Next)
	return v.load()
}

func (v *invoices) newer() tea.Cmd {
	if v.asks.busy || !v.paging.newer(&v.query.After) {
		return nil
	}
	return v.load()
}

// Escape first ends the search.
func (v *invoices) Escape() (tea.Cmd, bool) {
	if !v.stop() {
		return v.widen(v)
	}
	return v.from(func(q *db.InvoiceQuery) { q.Text = "" }), true
}

var invoiceStates = []policy.InvoiceState{
	"", policy.InvoiceDraft, policy.InvoiceSent, policy.InvoiceOverdue, policy.InvoicePaid, policy.InvoiceCredited,
}

func (v *invoices) chooseState() tea.Cmd {
	options := make([]option, len(invoiceStates))
	for i, s := range invoiceStates {
		options[i] = option{text: v.kit.invoiceState(s)}
	}
	return show(newChoose(v.kit, v.kit.t.Invoice.State, options, func(i int) tea.Cmd {
		return v.from(func(q *db.InvoiceQuery) { q.State = invoiceStates[i] })
	}))
}

func (v *invoices) Keys() []binding {
	t := &v.kit.t.Invoice
	return append([]binding{
		on("enter", v.kit.t.People.Open), on("/", v.kit.t.People.Find), on("f", t.KeyState),
		on("a", t.KeyNew).unless(v.kit.may(policy.InvoiceWrite), v.kit.t.OffRole),
		on("n", v.kit.t.People.KeyOlder).unless(v.page.More, v.kit.t.People.NoOlder),
		on("p", v.kit.t.People.KeyNewer).unless(len(v.back) > 0, v.kit.t.People.NoNewer),
		on("ctrl+r", v.kit.t.People.Reload),
	}, v.kit.narrowKeys()...)
}

func (v *invoices) present() (string, []string) {
	line := v.cond
	if v.query.State != "" {
		line = policy.JoinFilters("state="+string(v.query.State), line)
	}
	return sought(line, v.find.value()), nil
}

func (v *invoices) showAs(filter string, _ []string) tea.Cmd {
	v.cond = filter
	v.find.set("")
	return v.from(func(q *db.InvoiceQuery) { *q = db.InvoiceQuery{Limit: q.Limit, Where: filter} })
}
