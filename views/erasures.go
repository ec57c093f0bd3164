package views

import (
	"context"
	"fmt"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// erasures lists who was erased, by number, with the certificate below.
type erasures struct {
	kit   *kit
	all   []ops.Erased
	known bool
	list  roster
	width int
	asks  latest
}

func newErasures(k *kit) *erasures { return &erasures{kit: k} }

func (e *erasures) Title() string { return e.kit.t.Erasure.Title }
func (e *erasures) Init() tea.Cmd { return e.load() }
func (e *erasures) Wake() tea.Cmd { return e.load() }
func (e *erasures) Leave()        { e.asks.drop() }

func (e *erasures) load() tea.Cmd {
	acts, actor := e.kit.Ops, e.kit.Actor
	return ask(e.kit, &e.asks, func(ctx context.Context) ([]ops.Erased, error) {
		return acts.ListErasures(ctx, actor, db.ErasureQuery{})
	}, func(all []ops.Erased, err error) tea.Cmd {
		if err != nil {
			return e.kit.fail(err)
		}
		e.all, e.known = all, true
		e.list.put(e.rows(e.width))
		return nil
	})
}

func (e *erasures) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || e.list.press(key.String()) {
		return nil
	}
	switch one, on := e.here(); {
	case key.String() == "ctrl+r":
		return e.load()
	case key.String() == "enter" && on:
		return open(newCertificate(e.kit, one.Subject))
	}
	return nil
}

func (e *erasures) here() (ops.Erased, bool) {
	one, ok := e.list.item().(ops.Erased)
	return one, ok
}

func (e *erasures) Keys() []binding {
	_, on_ := e.here()
	return []binding{on("enter", e.kit.t.Erasure.CertTitle).unless(on_, e.kit.t.OffNothing), on("ctrl+r", e.kit.t.People.Reload)}
}

func (e *erasures) View(w, height int) string {
	t := &e.kit.t.Erasure
	e.width = w
	e.list.put(e.rows(w))
	lines := []string{"   " + e.kit.st.faint.of(cut(columns(erasureWidths(w), t.When, t.Number, t.By, t.Kept, t.KeptHead, t.Untold), w-4))}
	if !e.known {
		return join(append(lines, "   "+e.kit.st.faint.of(e.kit.t.Loading)))
	}
	if len(e.all) == 0 {
		return join(append(lines, indent(wrap(t.None, min(w-6, formWidth)), w)...))
	}
	var below []string
	if one, ok := e.here(); ok {
		below = append([]string{""}, e.kit.label(t.Reason, cmpOr(one.Reason.String(), one.Rule), w)...)
	}
	room := max(height-len(lines)-len(below), 1)
	return join(append(append(lines, block(e.list.lines(e.kit.st, w, room), w, room)...), below...))
}

func erasureWidths(w int) []int {
	if w < 120 {
		return []int{16, 8, 13, 16, 11, 8}
	}
	return []int{24, 12, 32, 18, 14, 14}
}

func (e *erasures) rows(w int) []rosterRow {
	widths := erasureWidths(w)
	rows := make([]rosterRow, len(e.all))
	for i, one := range e.all {
		by, st, untold, until := e.kit.t.Erasure.Program, e.kit.st.faint, "", ""
		if one.Person != 0 {
			by, st = e.kit.colleague(one.Person), ""
		}
		if one.Untold > 0 {
			st, untold = e.kit.st.due, "! "+e.kit.num(one.Untold)
		}
		if one.Invoices > 0 {
			until = e.kit.day(one.KeptUntil)
		}
		rows[i] = rosterRow{
			id: strconv.FormatInt(one.Subject, 10), item: one, st: st,
			text: columns(widths, e.kit.near(one.At), strconv.FormatInt(one.Subject, 10), by, e.kit.num(one.Invoices), until, untold),
		}
	}
	return rows
}

// certificateView is one erasure: the certificate, and who is to be told.
type certificateView struct {
	kit     *kit
	subject int64
	erased  ops.Erased
	known   bool
	list    roster
	width   int
	asks    latest
	does    latest
}

func newCertificate(k *kit, subject int64) *certificateView {
	return &certificateView{kit: k, subject: subject}
}

func (c *certificateView) Title() string { return c.kit.t.Erasure.CertTitle }
func (c *certificateView) Init() tea.Cmd { return c.load() }
func (c *certificateView) Wake() tea.Cmd { return c.load() }
func (c *certificateView) Leave()        { c.asks.drop() }

func (c *certificateView) load() tea.Cmd {
	acts, actor, subject := c.kit.Ops, c.kit.Actor, c.subject
	return ask(c.kit, &c.asks, func(ctx context.Context) (ops.Erased, error) {
		return acts.GetErasure(ctx, actor, subject)
	}, func(e ops.Erased, err error) tea.Cmd {
		if err != nil {
			return c.kit.fail(err)
		}
		c.erased, c.known = e, true
		c.list.put(c.rows(c.width))
		return nil
	})
}

func (c *certificateView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || c.list.press(key.String()) {
		return nil
	}
	if r, on := c.list.item().(db.Recipient); on && key.String() == "d" && r.ToldAt == nil && c.kit.may(policy.ErasureTell) {
		acts, actor, subject := c.kit.Ops, c.kit.Actor, c.subject
		return perform(c.kit, &c.does, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, acts.TellRecipient(ctx, actor, subject, r.N)
		}, func(struct{}) string { return c.kit.t.Erasure.ToldDone }, c.load)
	}
	return nil
}

func (c *certificateView) Keys() []binding {
	r, on_ := c.list.item().(db.Recipient)
	return []binding{
		on("d", c.kit.t.Erasure.KeyTold).unless(on_ && r.ToldAt == nil, c.kit.t.Erasure.OffTold).unless(c.kit.may(policy.ErasureTell), c.kit.t.OffRole),
		on("esc", c.kit.t.KeyBack),
	}
}

func (c *certificateView) View(w, height int) string {
	c.width = w
	if !c.known {
		return "\n   " + c.kit.st.faint.of(c.kit.t.Loading)
	}
	c.list.put(c.rows(w))
	return join(block(c.list.lines(c.kit.st, w, height), w, height))
}

// rows are the certificate, line by line, then the recipients to tick off.
func (c *certificateView) rows(w int) (rows []rosterRow) {
	cert := c.erased.Certificate
	cert.Recipients = nil // below, with whether they were told
	for _, l := range CertificateLines(c.kit.Lang, cert) {
		for _, part := range cmpSlice(wrap(l, w-6)) {
			rows = append(rows, rosterRow{text: part})
		}
	}
	if len(c.erased.Recipients) > 0 {
		rows = append(rows, rosterRow{}, rosterRow{text: c.kit.t.Erasure.CertTell})
	}
	for _, r := range c.erased.Recipients {
		st, state := c.kit.st.due, "! "+c.kit.t.Erasure.ToTell
		if r.ToldAt != nil {
			st, state = c.kit.st.faint, fmt.Sprintf(c.kit.t.Erasure.ToldRow, c.kit.near(*r.ToldAt))
		}
		rows = append(rows, rosterRow{
			id: strconv.Itoa(r.N), item: r, st: st,
			text: columns([]int{10, 20, 20, max(w-60, 18)}, r.At.In(c.kit.Zone).Format(time.DateOnly), c.kit.colleague(r.Person), c.kit.t.actName(r.Act), state),
		})
	}
	return rows
}
