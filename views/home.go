package views

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// home is where everybody begins: what the role worn needs first.
type home struct {
	kit     *kit
	busy    []db.Row                // customers that were active last
	leaving []db.Row                // those whose term is over or nearly so
	own     map[policy.Status]int64 // how many there are
	counts  []db.Count
	people  []db.Person
	refused []db.LogRow // sign-ins, since yesterday
	at      int
	leads   []func() tea.Cmd // what the lines lead to, as drawn last
	starts  []int            // where the columns begin
	load    latest
	ending  latest
	tally   latest
	roster  latest
	log     latest
	heed    heed
	books   ops.Books // finance's
	todo    tasksAnswer
	doing   latest
	pipe    ops.Pipe
	piped   latest
	team    ops.Team
	teaming latest
	calls   ops.Calls
	calling latest
	figures []ops.Figure // the privacy officer's
	figured latest
	opens   latest
	looked  time.Time // when it followed a colleague last
	waits   bool      // and will again soon
}

func newHome(k *kit) view { return &home{kit: k, heed: heed{kit: k}} }

func (h *home) Title() string { return h.kit.t.Home }
func (h *home) Wake() tea.Cmd { h.waits = false; return h.Init() }

// Init fetches what the role worn may see.
func (h *home) Init() tea.Cmd { return h.look(h.kit.Actor) }

func (h *home) look(actor policy.Actor) tea.Cmd {
	return tea.Batch(h.heed.fetch(actor), h.fetchOwn(actor))
}

func (h *home) fetchOwn(actor policy.Actor) tea.Cmd {
	switch actor.Role {
	case policy.Sales:
		return tea.Batch(h.fetchCustomers(actor), h.countOwn(actor), h.fetchTasks(actor), h.fetchPipe(actor), h.fetchCalls(actor))
	case policy.Manager:
		return tea.Batch(h.fetchCustomers(actor), h.fetchTasks(actor), h.fetchPipe(actor), h.fetchTeam(actor))
	case policy.Privacy:
		counted := h.kit.fetchFigures(&h.figured, actor, func(all []ops.Figure) { h.figures = all })
		if actor.Reason.IsZero() {
			return tea.Batch(counted, h.kit.askReason(h.afterReason))
		}
		return tea.Batch(counted, h.fetchCustomers(actor))
	case policy.Auditor:
		return ask(h.kit, &h.load, func(ctx context.Context) ([]db.Count, error) {
			return h.kit.Ops.CustomerCounts(ctx, actor)
		}, func(counts []db.Count, err error) tea.Cmd { h.counts = counts; return h.kit.fail(err) })
	case policy.Admin:
		return tea.Batch(h.fetchPeople(actor), h.fetchRefused(actor))
	case policy.Finance:
		return h.fetchBooks(actor)
	}
	return nil
}

func (h *home) fetchPeople(actor policy.Actor) tea.Cmd {
	return ask(h.kit, &h.roster, func(ctx context.Context) ([]db.Person, error) {
		return h.kit.Ops.ListPeople(ctx, actor)
	}, func(people []db.Person, err error) tea.Cmd { h.people = people; return h.kit.fail(err) })
}

func (h *home) fetchRefused(actor policy.Actor) tea.Cmd {
	since := h.kit.Now().AddDate(0, 0, -1)
	return ask(h.kit, &h.log, func(ctx context.Context) (db.LogPage, error) {
		return h.kit.Ops.ListLog(ctx, actor, db.LogQuery{Act: policy.SignInBad, Since: since, Limit: 100})
	}, func(p db.LogPage, err error) tea.Cmd { h.refused = p.Rows; return h.kit.fail(err) })
}

// homeRows is how many customers home looks at.
const homeRows = 50

func (h *home) fetchCustomers(actor policy.Actor) tea.Cmd {
	return tea.Batch(h.fetchActive(actor), h.fetchLeaving(actor))
}

func (h *home) afterReason() tea.Cmd { return h.fetchCustomers(h.kit.Actor) }

func (h *home) fetchCalls(actor policy.Actor) tea.Cmd {
	return ask(h.kit, &h.calling, func(ctx context.Context) (ops.Calls, error) {
		return h.kit.Ops.WhoToCall(ctx, actor)
	}, func(c ops.Calls, err error) tea.Cmd { h.calls = c; return h.kit.fail(err) })
}

func (h *home) fetchLeaving(actor policy.Actor) tea.Cmd {
	return ask(h.kit, &h.ending, func(ctx context.Context) ([]db.Row, error) {
		return h.kit.Ops.ListLeaving(ctx, actor)
	}, func(rows []db.Row, err error) tea.Cmd { h.leaving = rows; return h.kit.fail(err) })
}

func (h *home) countOwn(actor policy.Actor) tea.Cmd {
	return ask(h.kit, &h.tally, func(ctx context.Context) (map[policy.Status]int64, error) {
		return h.kit.Ops.CountOwn(ctx, actor)
	}, func(own map[policy.Status]int64, err error) tea.Cmd { h.own = own; return h.kit.fail(err) })
}

func (h *home) fetchActive(actor policy.Actor) tea.Cmd {
	return ask(h.kit, &h.load, func(ctx context.Context) (db.Page, error) {
		return h.kit.Ops.FindCustomers(ctx, actor, db.Query{Sort: db.ByActivity, Limit: homeRows})
	}, func(p db.Page, err error) tea.Cmd {
		h.busy = p.Rows
		return h.kit.needReason(err)
	})
}

// askReason records why the privacy officer looks at customers; it holds for
// the session, stands in the header and goes into the log.
func (k *kit) askReason(then func() tea.Cmd) tea.Cmd {
	check := func(s string) error {
		if len([]rune(s)) < 4 {
			return policy.Errorf(policy.Invalid, "Give the reason in a few words: the log keeps it.")
		}
		return nil
	}
	return show(newPrompt(k, k.t.ReasonAsk, k.t.ReasonHint, check, func(s string) tea.Cmd {
		k.Actor = k.Actor.For(text.New(s).Cut(200))
		if then != nil {
			return tea.Batch(then(), k.learnTags())
		}
		return tea.Batch(send(changedMsg{}), k.learnTags())
	}))
}

func (h *home) Update(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case changedMsg:
		return h.Init()
	case homeDueMsg:
		h.waits = false
		return h.Refresh()
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch key.String() {
	case "up", "k":
		h.at = max(h.at-1, 0)
	case "down", "j":
		h.at = max(min(h.at+1, len(h.heed.all)+len(h.leads)-1), 0)
	case "left":
		h.sideways(-1)
	case "right", "tab":
		h.sideways(1)
	case "enter":
		if h.at < len(h.heed.all) {
			return h.heed.open(h.at)
		}
		if at := h.at - len(h.heed.all); at < len(h.leads) {
			return h.leads[at]()
		}
		return h.enter()
	case "/":
		return h.find()
	case "c":
		return h.kit.line("contacts")
	case "t":
		return h.kit.line("tasks")
	case "n":
		return h.kit.quickly("", 0, "")
	case "a":
		return h.kit.line("add")
	case "r":
		if h.kit.Actor.Role == policy.Privacy {
			return h.kit.askReason(h.afterReason)
		}
	case "u":
		return h.kit.line("people")
	case "i":
		if h.kit.may(policy.InvoiceWrite) {
			return h.kit.line("invoices")
		}
		return h.kit.line("import")
	case "o", "s":
		if h.kit.may(policy.InvoiceWrite) {
			return h.kit.runLine("invoices " + map[string]string{"o": "overdue", "s": "sent"}[key.String()])
		}
	case "v":
		return h.kit.line("log")
	case "d":
		if h.kit.may(policy.DealList) {
			return h.kit.line("deals")
		}
	case "P":
		return h.kit.line("me")
	}
	return nil
}

// enter does what the role comes for.
func (h *home) enter() tea.Cmd {
	switch h.kit.Actor.Role {
	case policy.Admin, policy.Auditor:
		return h.kit.line("people")
	case policy.Finance:
		return h.kit.line("invoices")
	}
	return nil
}

// find opens the list with the cursor in its search.
func (h *home) find() tea.Cmd {
	if !h.kit.may(policy.CustomerList) {
		return notify(noteWarn, h.kit.t.OffRole)
	}
	c := newCustomers(h.kit)
	c.typing = true
	return goTo(c)
}

// line runs a line of the palette.
func (k *kit) line(name string) tea.Cmd {
	for _, e := range k.entries() {
		if e.name == name {
			return k.runEntry(e, "")
		}
	}
	return notify(noteWarn, k.t.PaletteUnknown)
}

// Keys are those that the role can use.
func (h *home) Keys() (keys []binding) {
	if h.at < len(h.heed.all) {
		keys = append(keys, on("enter", h.kit.t.Jobs.KeyWaiting))
	} else if len(h.leads) > 0 {
		keys = append(keys, on("enter", h.kit.t.KeyOpen))
	}
	offer := func(act policy.Act, key, text string) {
		if h.kit.may(act) {
			keys = append(keys, on(key, text))
		}
	}
	offer(policy.CustomerList, "/", h.kit.t.KeySearch)
	offer(policy.CustomerList, "c", h.kit.t.Customers)
	offer(policy.TaskDo, "t", h.kit.t.Task.Title)
	offer(policy.TaskWrite, "n", h.kit.t.Task.KeyTask)
	offer(policy.CustomerCreate, "a", h.kit.t.KeyAdd)
	offer(policy.DealList, "d", h.kit.t.Deal.Title)
	offer(policy.ImportRun, "i", h.kit.t.KeyImport)
	offer(policy.InvoiceWrite, "i", h.kit.t.Invoice.Title)
	offer(policy.InvoiceWrite, "o", h.kit.t.Invoice.KeyLate)
	offer(policy.InvoiceWrite, "s", h.kit.t.Invoice.KeySent)
	if h.kit.Actor.Role == policy.Privacy {
		keys = append(keys, on("r", h.kit.t.KeyReason))
	}
	offer(policy.PersonList, "u", h.kit.t.KeyPeople)
	offer(policy.AuditView, "v", h.kit.t.KeyLog)
	if keys = append(keys, on("P", h.kit.t.KeyProfile), on(":", h.kit.t.KeyPalette)); len(h.starts) > 1 {
		keys = append(keys, on("←→", h.kit.t.Work.KeySideways))
	}
	return keys
}

// welcomeLine says where this person signed in last, so that a stranger's
// sign-in is noticed.
func (h *home) welcomeLine() string {
	w := h.kit.Welcome
	if w.LastAt.IsZero() {
		return h.kit.t.FirstSignIn
	}
	return fmt.Sprintf(h.kit.t.LastSignIn, h.kit.near(w.LastAt), text.Clean(w.LastFrom), w.LastKey.String())
}
