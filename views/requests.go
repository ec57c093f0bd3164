package views

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// requests is the register of what data subjects ask: the open ones, the first
// due first, or the closed ones.
type requests struct {
	kit *kit
	finding
	paging[db.RequestCursor]
	query ops.RequestQuery
	page  ops.RequestPage
	known bool
	list  roster
	asks  latest
	width int
}

func newRequests(k *kit, closed bool, find string) *requests {
	return &requests{kit: k, finding: newFinding(find), query: ops.RequestQuery{Closed: closed, Text: find, Limit: requestsShown}}
}

// requestsShown fills a large window; a small one scrolls.
const requestsShown = 100

func (v *requests) Title() string { return v.kit.t.Request.Title }
func (v *requests) Init() tea.Cmd { return v.load() }
func (v *requests) Wake() tea.Cmd { return v.load() }
func (v *requests) Leave()        { v.asks.drop() }

func (v *requests) load() tea.Cmd {
	acts, actor, q := v.kit.Ops, v.kit.Actor, v.query
	return ask(v.kit, &v.asks, func(ctx context.Context) (ops.RequestPage, error) {
		return acts.ListRequests(ctx, actor, q)
	}, func(p ops.RequestPage, err error) tea.Cmd {
		if err != nil {
			return v.kit.fail(err)
		}
		v.page, v.known = p, true
		v.list.put(v.rows(v.width))
		return nil
	})
}

// from shows another list from its beginning.
func (v *requests) from(change func(*ops.RequestQuery)) tea.Cmd {
	change(&v.query)
	v.query.After, v.back, v.list.at = db.RequestCursor{}, nil, 0
	return v.load()
}

func (v *requests) Update(msg tea.Msg) tea.Cmd {
	if v.typing {
		if !v.search(msg) {
			return nil
		}
		return v.from(func(q *ops.RequestQuery) { q.Text = v.find.value() })
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.list.press(key.String()) {
		return nil
	}
	switch key.String() {
	case "/":
		v.typing = true
	case "enter":
		if s, ok := v.list.item().(ops.RequestSight); ok && v.kit.may(policy.RequestView) {
			return open(newRequest(v.kit, s.ID))
		}
	case "f":
		return v.from(func(q *ops.RequestQuery) { q.Closed = !q.Closed })
	case "a":
		if v.kit.may(policy.RequestRecord) {
			return open(newRequestForm(v.kit, db.Customer{}))
		}
	case "n", "right":
		return v.older()
	case "p", "left":
		if !v.asks.busy && v.newer(&v.query.After) {
			return v.load()
		}
	case "ctrl+r":
		return v.load()
	}
	return nil
}

func (v *requests) older() tea.Cmd {
	if !v.page.More || v.asks.busy {
		return nil
	}
	v.paging.older(&v.query.After, v.page.Next)
	return v.load()
}

// Escape first ends the search.
func (v *requests) Escape() (tea.Cmd, bool) {
	if !v.stop() {
		return nil, false
	}
	return v.from(func(q *ops.RequestQuery) { q.Text = "" }), true
}

func (v *requests) Keys() []binding {
	t := &v.kit.t.Request
	which := t.KeyClosed
	if v.query.Closed {
		which = t.KeyOpen
	}
	return []binding{
		on("enter", v.kit.t.People.Open).unless(v.kit.may(policy.RequestView), v.kit.t.OffRole), on("/", v.kit.t.People.Find), on("f", which),
		on("a", t.KeyAdd).unless(v.kit.may(policy.RequestRecord), v.kit.t.OffRole),
		on("n", v.kit.t.People.KeyOlder).unless(v.page.More, v.kit.t.People.NoOlder),
		on("p", v.kit.t.People.KeyNewer).unless(len(v.back) > 0, v.kit.t.People.NoNewer),
		on("ctrl+r", v.kit.t.People.Reload),
	}
}

func (v *requests) View(w, height int) string {
	t := &v.kit.t.Request
	v.width = w
	v.list.put(v.rows(w))
	lines := []string{
		v.top(w),
		"   " + v.kit.st.faint.of(cut(v.columns(w, t.Number, t.Asks, t.From, t.Received, t.Due, t.Left, t.Next), w-4)),
	}
	switch {
	case !v.known:
		lines = append(lines, "   "+v.kit.st.faint.of(v.kit.t.Loading))
	case len(v.page.Rows) == 0:
		lines = append(lines, indent(wrap(v.none(), min(w-6, formWidth)), w)...)
	}
	return join(append(lines, v.list.lines(v.kit.st, w, max(height-len(lines), 0))...))
}

func (v *requests) none() string {
	if v.query.Text != "" || v.query.Closed {
		return v.kit.t.Request.NoneFit
	}
	return v.kit.t.Request.None
}

func (v *requests) top(w int) string {
	shown, _ := v.find.View(30)
	if v.typing {
		shown = v.kit.st.here.of(shown)
	}
	which := v.kit.t.Request.Open
	if v.query.Closed {
		which = v.kit.t.Request.Closed
	}
	return spread(" / "+shown, which+" · "+fmt.Sprintf(v.kit.t.People.Page, len(v.back)+1), w-1)
}

func (v *requests) Cursor() (x, y int, ok bool) {
	_, x = v.find.View(30)
	return x + 3, 0, v.typing
}

// columns leaves the day of receipt out of a small window.
func (v *requests) columns(w int, number, asks, from, received, due, left, next string) string {
	if w < 110 {
		return columns([]int{9, 13, max(w-4-5-9-13-12-12-15, 8), 12, 12, 15}, number, asks, from, due, left, next)
	}
	return columns([]int{10, 18, max(w-4-6-10-18-16-16-16-20, 10), 16, 16, 16, 20}, number, asks, from, received, due, left, next)
}

func (v *requests) rows(w int) []rosterRow {
	t := &v.kit.t.Request
	rows := make([]rosterRow, len(v.page.Rows))
	for i, s := range v.page.Rows {
		left, st := v.kit.timeLeft(s)
		next := t.Steps[s.Facts.Next()]
		if !s.ClosedAt.IsZero() {
			left, next = v.kit.day(s.ClosedAt), t.Decisions[s.Decision]
		}
		rows[i] = rosterRow{
			id: strconv.FormatInt(s.ID, 10), item: s, st: st,
			text: v.columns(w, "#"+s.Name(), t.Kinds[s.Kind], v.kit.asker(s), v.kit.day(s.Received.Time), v.kit.day(s.Deadline.Due.Time), left, next),
		}
	}
	return rows
}

// asker is who asks, unless that went with an erasure.
func (k *kit) asker(s ops.RequestSight) string {
	if s.Erased {
		return k.t.Request.Erased
	}
	return s.From.String()
}

// timeLeft is how long is left, and how urgent that is.
func (k *kit) timeLeft(s ops.RequestSight) (string, style) {
	t := &k.t.Request
	left := s.DaysLeft()
	switch {
	case !s.ClosedAt.IsZero():
		return "", k.st.faint
	case s.Facts.Stands:
		return t.Stands, k.st.due
	case left < 0:
		return fmt.Sprintf(t.DaysOver, -left), k.st.danger
	case left == 0:
		return k.t.Today, k.st.danger
	case left <= 7:
		return fmt.Sprintf(t.DaysLeft, left), k.st.due
	}
	return fmt.Sprintf(t.DaysLeft, left), ""
}
