package views

import (
	"cmp"
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// deals lists deals: the open ones, the first to come first, or those won and
// lost, the latest first.
type deals struct {
	kit *kit
	finding
	paging[db.DealCursor]
	narrowed
	query db.DealQuery
	data  ops.Board
	known bool
	list  roster
	asks  latest
	width int
}

func newDeals(k *kit, find string) *deals {
	return &deals{kit: k, finding: newFinding(find), narrowed: narrowed{list: policy.DealsList}, query: db.DealQuery{Text: find, Limit: invoicesPage}}
}

func (v *deals) Title() string {
	if v.query.Closed {
		return v.kit.t.Deal.Closed
	}
	return v.kit.t.Deal.Mine
}

func (v *deals) Init() tea.Cmd { return v.load() }
func (v *deals) Wake() tea.Cmd { return v.load() }
func (v *deals) Leave()        { v.asks.drop() }

func (v *deals) load() tea.Cmd { return v.look(v.kit.Actor) }

// Refresh looks again because a colleague changed something.
func (v *deals) Refresh() tea.Cmd { return v.look(v.kit.Actor.Looking()) }

func (v *deals) look(actor policy.Actor) tea.Cmd {
	acts, q := v.kit.Ops, v.query
	return ask(v.kit, &v.asks, func(ctx context.Context) (ops.Board, error) {
		return wholeDeals(ctx, acts, actor, q)
	}, func(b ops.Board, err error) tea.Cmd {
		if v.refused(err) {
			v.query.Where = v.cond
			return tea.Batch(v.kit.fail(err), v.load())
		}
		if err != nil {
			return v.kit.needReason(err)
		}
		v.data, v.known = b, true
		v.list.put(v.rows(v.width))
		return nil
	})
}

// wholeDeals fills the page: one answer looks through so many, of which few may
// fit.
func wholeDeals(ctx context.Context, acts Acts, actor policy.Actor, q db.DealQuery) (b ops.Board, err error) {
	var rows []db.Deal
	for {
		b, err = acts.DealBoard(ctx, actor, q)
		rows = append(rows, b.Deals.Rows...)
		if b.Deals.Rows = rows; err != nil || !b.Deals.More || len(rows) >= q.Limit {
			return b, err
		}
		q.After = b.Deals.Next
	}
}

// from shows another list from its beginning.
func (v *deals) from(change func(*db.DealQuery)) tea.Cmd {
	change(&v.query)
	v.query.After, v.back, v.list.at = db.DealCursor{}, nil, 0
	return v.load()
}

func (v *deals) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(changedMsg); ok {
		return v.load()
	}
	if v.typing {
		if !v.search(msg) {
			return nil
		}
		return v.from(func(q *db.DealQuery) { q.Text = v.find.value() })
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
		if d, ok := v.list.item().(db.Deal); ok {
			return open(newDeal(v.kit, d.ID))
		}
	case "c":
		return v.from(func(q *db.DealQuery) { q.Closed = !q.Closed })
	case "f":
		return v.kit.chooseWhose(func(id int32) tea.Cmd { return v.from(func(q *db.DealQuery) { q.Owner = id }) })
	case "a":
		return v.kit.addDeal()
	case "g":
		return open(newForecast(v.kit))
	case "b":
		return goTo(newBoard(v.kit, ""))
	case "n", "right":
		return v.older()
	case "p", "left":
		return v.newer()
	case "z":
		return v.kit.takeBack()
	case "ctrl+r":
		return v.load()
	}
	return nil
}

func (v *deals) older() tea.Cmd {
	if !v.data.Deals.More || v.asks.busy {
		return nil
	}
	v.paging.older(&v.query.After, v.data.Deals.Next)
	return v.load()
}

func (v *deals) newer() tea.Cmd {
	if v.asks.busy || !v.paging.newer(&v.query.After) {
		return nil
	}
	return v.load()
}

// Escape first ends the search.
func (v *deals) Escape() (tea.Cmd, bool) {
	if !v.stop() {
		return v.widen(v)
	}
	return v.from(func(q *db.DealQuery) { q.Text = "" }), true
}

func (v *deals) Keys() []binding {
	t := &v.kit.t.Deal
	return append([]binding{
		on("enter", v.kit.t.People.Open), on("/", v.kit.t.People.Find), on("a", t.KeyAdd), on("c", t.KeyClosed), on("f", t.KeyWhose),
		on("b", t.KeyBoard), on("g", t.KeyChart), on("z", v.kit.t.KeyUndo).unless(v.kit.undo != nil, v.kit.t.OffNoUndo),
		on("n", v.kit.t.People.KeyOlder).unless(v.data.Deals.More, v.kit.t.People.NoOlder),
		on("p", v.kit.t.People.KeyNewer).unless(len(v.back) > 0, v.kit.t.People.NoNewer),
		on("ctrl+r", v.kit.t.People.Reload),
	}, v.kit.narrowKeys()...)
}

func (v *deals) View(w, height int) string {
	t := &v.kit.t.Deal
	v.width = w
	v.list.put(v.rows(w))
	shown, _ := v.find.View(30)
	if v.typing {
		shown = v.kit.st.here.of(shown)
	}
	lines := []string{
		spread(" / "+shown+"  "+v.kit.st.accent.of(cut(v.words(), 60)), v.kit.num(len(v.data.Deals.Rows)), w-1),
		"   " + v.kit.st.faint.of(cut(v.kit.dealColumns(w, t.Deal, t.Customer, padLeft(t.Value, 12), t.Stage, padLeft(t.Since, 6), t.Expected, t.Next, t.Owner), w-4)),
	}
	switch none := cmp.Or(map[bool]string{true: t.NoneClosed}[v.query.Closed], t.None); {
	case !v.known:
		lines = append(lines, "   "+v.kit.st.faint.of(v.kit.t.Loading))
	case len(v.data.Deals.Rows) == 0:
		lines = append(lines, "   "+v.kit.st.faint.of(none))
	}
	return join(append(lines, v.list.lines(v.kit.st, w, max(height-len(lines), 0))...))
}

func (v *deals) Cursor() (x, y int, ok bool) {
	_, x = v.find.View(30)
	return x + 3, 0, v.typing
}

// dealColumns leaves what comes next, and who does it, out of a small window.
func (k *kit) dealColumns(w int, title, customer, value, stage, since, expected, next, owner string) string {
	if w < 120 {
		rest := w - 4 - 5 - 12 - 12 - 6
		return columns([]int{rest - rest/2, rest / 2, 12, 12, 6}, title, customer, value, stage, since)
	}
	rest := w - 4 - 8 - 12 - 16 - 6 - 12 - 16
	return columns([]int{rest / 3, rest / 3, 12, 16, 6, 12, rest - 2*(rest/3), 16}, title, customer, value, stage, since, expected, next, owner)
}

func (v *deals) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(v.data.Deals.Rows))
	for n, d := range v.data.Deals.Rows {
		rows[n] = v.kit.dealRow(w, d, v.data.Stage(d.Stage))
	}
	return rows
}

// dealRow is a deal in one line; what is too long in its stage stands out.
func (k *kit) dealRow(w int, d db.Deal, s db.Stage) rosterRow {
	stay, ageing := k.stay(d, s)
	r := rosterRow{id: strconv.FormatInt(d.ID, 10), item: d}
	if ageing {
		stay, r.st = "!"+stay, k.st.due
	}
	name := d.Name.String()
	if d.Restricted {
		name = "! " + k.t.Restricted + " " + name
	}
	r.text = k.dealColumns(w, d.Title.String(), name, padLeft(k.money(d.Value), 12), k.stageName(s), padLeft(stay, 6), k.date(d.Expected), d.Next.String(), k.colleague(d.Owner))
	return r
}

func (v *deals) present() (string, []string) {
	line := v.cond
	if v.query.Owner != 0 {
		line = policy.JoinFilters("owner="+v.kit.people[v.query.Owner].Login, line)
	}
	return sought(line, v.find.value()), nil
}

func (v *deals) showAs(filter string, _ []string) tea.Cmd {
	v.cond = filter
	v.find.set("")
	return v.from(func(q *db.DealQuery) { *q = db.DealQuery{Closed: q.Closed, Limit: q.Limit, Where: filter} })
}
