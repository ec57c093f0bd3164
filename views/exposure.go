package views

import (
	"context"
	"fmt"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// exposure says who has seen one customer, by day.
type exposure struct {
	kit      *kit
	customer db.Customer
	before   []time.Time // where this page and the newer ones begin; zero: the newest
	page     db.ExposurePage
	known    bool
	list     roster
	width    int
	asks     latest
}

func newExposure(k *kit, c db.Customer) *exposure {
	return &exposure{kit: k, customer: c, before: []time.Time{{}}}
}

func (e *exposure) Title() string { return e.kit.t.WhoSawTitle }
func (e *exposure) Leave()        { e.asks.drop() }

func (e *exposure) Init() tea.Cmd {
	acts, actor, id, before := e.kit.Ops, e.kit.Actor, e.customer.ID, e.before[len(e.before)-1]
	return ask(e.kit, &e.asks, func(ctx context.Context) (db.ExposurePage, error) {
		return acts.WhoSaw(ctx, actor, id, before)
	}, func(page db.ExposurePage, err error) tea.Cmd {
		if err != nil {
			return e.kit.fail(err)
		}
		e.page, e.known, e.list = page, true, roster{}
		e.list.put(e.rows(e.width))
		return nil
	})
}

func (e *exposure) Keys() []binding {
	t := &e.kit.t.People
	_, onRow := e.list.item().(db.Exposure)
	return []binding{
		on("enter", e.kit.t.Audit.KeyInLog).unless(onRow && e.kit.seesOthers(), e.kit.t.Audit.OnlyOfficers),
		on("n", t.KeyOlder).unless(!e.page.Next.IsZero(), t.NoOlder),
		on("p", t.KeyNewer).unless(len(e.before) > 1, t.NoNewer),
		on("x", e.kit.t.Audit.KeyExport), on("ctrl+r", t.Reload), on("esc", e.kit.t.KeyBack),
	}
}

func (e *exposure) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || e.list.press(key.String()) || e.asks.busy {
		return nil
	}
	switch key.String() {
	case "enter":
		if x, ok := e.list.item().(db.Exposure); ok && e.kit.seesOthers() {
			return e.inLog(x)
		}
	case "n", "right":
		if !e.page.Next.IsZero() {
			e.before = append(e.before, e.page.Next)
			return e.Init()
		}
	case "p", "left":
		if len(e.before) > 1 {
			e.before = e.before[:len(e.before)-1]
			return e.Init()
		}
	case "x":
		return e.tellExport()
	case "ctrl+r":
		return e.Init()
	}
	return nil
}

// inLog opens the log at what stands in one line.
func (e *exposure) inLog(x db.Exposure) tea.Cmd {
	l := newLog(e.kit, db.LogQuery{Person: x.Actor, Act: x.Act, Subject: e.customer.ID, Since: x.First, Until: x.Last.Add(time.Second)})
	l.subject = e.customer.Name().String()
	return open(l)
}

func (e *exposure) tellExport() tea.Cmd {
	command := fmt.Sprintf("ssh %s contacts seen %d --page > seen.txt", e.kit.Host, e.customer.ID)
	return show(&telling{e.kit, e.kit.t.Audit.SeenTitle, []string{command, "", e.kit.t.Audit.SeenHint}})
}

func (e *exposure) View(w, height int) string {
	lines := []string{
		spread(" "+e.kit.st.strong.of(e.customer.Name().String()), fmt.Sprintf(e.kit.t.People.Page, len(e.before)), w-1),
		"   " + e.kit.st.faint.of(cut(e.columns(w, e.kit.t.When, e.kit.t.Who, e.kit.t.People.As, e.kit.t.Audit.Times, e.kit.t.What), w-4)),
	}
	e.width = w
	e.list.put(e.rows(w))
	switch {
	case !e.known:
		lines = append(lines, "   "+e.kit.st.faint.of(e.kit.t.Loading))
	case len(e.page.Seen) == 0:
		lines = append(lines, "   "+e.kit.t.NobodySaw)
	}
	return join(append(lines, e.list.lines(e.kit.st, w, max(height-len(lines), 0))...))
}

func (e *exposure) columns(w int, when, who, role, times, what string) string {
	names, roles := 20, 14
	if w >= 120 {
		names, roles = 36, 26
	}
	return pad(when, 14) + " " + pad(who, names) + " " + pad(role, roles) + " " + padLeft(times, 6) + "  " + what
}

// rows have a heading for each day.
func (e *exposure) rows(w int) []rosterRow {
	var rows []rosterRow
	for i, x := range e.page.Seen {
		if i == 0 || !x.Day.Equal(e.page.Seen[i-1].Day) {
			rows = append(rows, rosterRow{text: e.kit.day(x.Day.Add(12 * time.Hour)), st: e.kit.st.accent})
		}
		rows = append(rows, rosterRow{
			id: fmt.Sprint(x.Day.Unix(), " ", x.Actor, x.Role, x.Act), item: x,
			text: e.columns(w, e.kit.clocks(x.First, x.Last), e.kit.actorName(x.Actor), e.kit.roleOf(x.Role), e.kit.num(int(x.Times))+"×", e.kit.actWords(x.Act)),
		})
	}
	return rows
}

// clocks is from when until when on one day.
func (k *kit) clocks(first, last time.Time) string {
	from, to := first.In(k.Zone).Format("15:04"), last.In(k.Zone).Format("15:04")
	if from == to {
		return from
	}
	return from + " – " + to
}

// toSeen goes to who saw a customer, by number.
func (k *kit) toSeen(arg string) tea.Cmd {
	id, err := strconv.ParseInt(arg, 10, 64)
	if err != nil || id <= 0 {
		return notify(noteWarn, k.t.Audit.SubjectNumber)
	}
	acts, actor := k.Ops, k.Actor
	return k.needReasonFor(func() tea.Cmd {
		actor.Reason = k.Actor.Reason
		return ask(k, &k.lately, func(ctx context.Context) (db.Customer, error) {
			return acts.GetCustomer(ctx, actor, id)
		}, func(c db.Customer, err error) tea.Cmd {
			if err != nil {
				return k.fail(err)
			}
			return goTo(newExposure(k, c))
		})
	})
}

// auditEntries are what the palette offers on the log and on who sees much.
func auditEntries(k *kit) []entry {
	return []entry{
		{name: "log", title: k.t.People.Log, hint: k.t.Audit.LogHint, act: policy.AuditView, run: k.toLog},
		{name: "seen", title: k.t.WhoSawTitle, hint: k.t.Audit.SeenArg, act: policy.CustomerExposure, run: k.toSeen},
		{name: "unusual", title: k.t.Audit.Unusual, act: policy.UnusualList, run: func(string) tea.Cmd { return goTo(newUnusual(k)) }},
		{name: "verify", title: k.t.People.Verify, act: policy.AuditVerify, run: func(string) tea.Cmd { return goTo(newVerify(k)) }},
	}
}
