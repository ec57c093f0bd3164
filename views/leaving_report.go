package views

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// report is all that is known of one who leaves or has left, with the checklist
// to tick off.
type report struct {
	kit   *kit
	id    int32
	login string
	r     ops.Leaver
	known bool
	list  roster
	width int
	asks  latest
	does  latest
}

func newReport(k *kit, id int32, login string) *report { return &report{kit: k, id: id, login: login} }

func (r *report) Title() string { return fmt.Sprintf(r.kit.t.Leaving.Report, r.login) }
func (r *report) Init() tea.Cmd { return r.load() }
func (r *report) Wake() tea.Cmd { return r.load() }
func (r *report) Leave()        { r.asks.drop() }

func (r *report) load() tea.Cmd {
	acts, actor, id := r.kit.Ops, r.kit.Actor, r.id
	return ask(r.kit, &r.asks, func(ctx context.Context) (ops.Leaver, error) {
		return acts.LeavingReport(ctx, actor, id, policy.ReportDays)
	}, func(l ops.Leaver, err error) tea.Cmd {
		if err != nil {
			return r.kit.fail(err)
		}
		r.r, r.known = l, true
		r.list.put(r.rows(r.width))
		return nil
	})
}

func (r *report) actions() []personAction {
	t, d := &r.kit.t.Leaving, r.r.Departure
	admin := r.kit.may(policy.PersonLeave)
	_, onCheck := r.list.item().(db.Check)
	planned := d != nil && d.Planned()
	return []personAction{
		{on("space", t.KeyTick).unless(onCheck, t.PickCheck).unless(admin, r.kit.t.People.OnlyAdmin), r.tick},
		{on("h", t.KeyHeir).unless(planned || d != nil && d.Handing(), t.NothingToHand).unless(admin, r.kit.t.People.OnlyAdmin), r.heir},
		{on("s", t.KeyStay).unless(planned, t.NotPlanned).unless(admin, r.kit.t.People.OnlyAdmin), r.stay},
		{on("w", t.KeySubjects).unless(r.kit.Actor.Role == policy.Privacy, t.OnlyOfficer), r.subjects},
		{on("ctrl+r", r.kit.t.People.Reload), r.load},
	}
}

func (r *report) Keys() []binding {
	var keys []binding
	for _, a := range r.actions() {
		keys = append(keys, a.binding)
	}
	return append(keys, on("esc", r.kit.t.KeyBack))
}

func (r *report) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || r.list.press(key.String()) || !r.known {
		return nil
	}
	name := key.String()
	if name == "enter" {
		name = "space"
	}
	for _, a := range r.actions() {
		if a.key != name {
			continue
		}
		if a.off != "" {
			return notify(noteWarn, a.off)
		}
		return a.run()
	}
	return nil
}

func (r *report) tick() tea.Cmd {
	c := r.list.item().(db.Check)
	acts, actor, id, done := r.kit.Ops, r.kit.Actor, r.id, c.TickedAt == nil
	return ask(r.kit, &r.does, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.TickCheck(ctx, actor, id, c.Position, done)
	}, func(_ struct{}, err error) tea.Cmd { return tea.Batch(r.load(), r.kit.fail(err)) })
}

func (r *report) heir() tea.Cmd {
	t := &r.kit.t.Leaving
	return show(newPrompt(r.kit, fmt.Sprintf(t.HeirTitle, r.login), "", r.isColleague, func(login string) tea.Cmd {
		heir, _ := r.kit.byLogin(login)
		acts, actor, id := r.kit.Ops, r.kit.Actor, r.id
		return ask(r.kit, &r.does, func(ctx context.Context) (db.Departure, error) {
			return acts.SetHeir(ctx, actor, id, heir)
		}, func(d db.Departure, err error) tea.Cmd {
			switch {
			case err != nil:
				return r.kit.fail(err)
			case d.Planned():
				return tea.Batch(r.load(), notify(noteGood, fmt.Sprintf(t.HeirSet, login)))
			}
			return open(newHanding(r.kit, d.ID))
		})
	}))
}

func (r *report) isColleague(login string) error {
	if _, err := r.kit.byLogin(login); err != nil || login == "" {
		return policy.ErrAbsent()
	}
	return nil
}

func (r *report) stay() tea.Cmd {
	t, acts, actor, id := &r.kit.t.Leaving, r.kit.Ops, r.kit.Actor, r.id
	return r.kit.because(fmt.Sprintf(t.StayTitle, r.login), r.kit.t.People.ReasonHint, func(why text.Line) tea.Cmd {
		return perform(r.kit, &r.does, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, acts.Stay(ctx, actor, id, why)
		}, func(struct{}) string { return fmt.Sprintf(t.Stays, r.login) }, r.load)
	})
}

// subjects asks for the reason first, if none was recorded.
func (r *report) subjects() tea.Cmd {
	next := func() tea.Cmd { return open(newSubjects(r.kit, r.id, r.login)) }
	if r.kit.Actor.Reason.IsZero() {
		return r.kit.askReason(next)
	}
	return next()
}

func (r *report) View(w, height int) string {
	if !r.known {
		return "   " + r.kit.st.faint.of(r.kit.t.Loading)
	}
	r.width = w
	r.list.put(r.rows(w))
	return join(r.list.lines(r.kit.st, w, height))
}

// rows are the parts of the report, one below the other.
func (r *report) rows(w int) []rosterRow {
	t, p := &r.kit.t.Leaving, r.r.Person
	state, st := r.kit.status(p)
	if r.r.Departure != nil {
		state, st = r.kit.departureState(*r.r.Departure)
		state += " · " + r.r.Departure.Reason.String()
	}
	rows := []rosterRow{
		{text: p.Name.String() + "  " + p.Login, st: r.kit.st.strong},
		{text: state, st: st},
		{text: fmt.Sprintf(t.Facts, r.kit.day(r.r.Since), r.kit.moment(r.r.Till)), st: r.kit.st.faint},
	}
	rows = append(rows, listSection(r.kit, t.Checks, r.checkRows(), t.NoChecks)...)
	rows = append(rows, listSection(r.kit, t.Acts, r.actRows(), t.NoActs)...)
	rows = append(rows, listSection(r.kit, t.Exports, r.exportRows(), t.NoExports)...)
	return append(rows, listSection(r.kit, r.kit.t.People.Roles, r.kit.grantRows(p.Grants, w), r.kit.t.People.NoGrants)...)
}

func (r *report) checkRows() []rosterRow {
	rows := make([]rosterRow, len(r.r.Checks))
	for i, c := range r.r.Checks {
		rows[i] = rosterRow{id: "c" + strconv.Itoa(int(c.Position)), item: c, text: "[ ] " + text.Clean(r.kit.say(policy.CheckText(c.Item)))}
		if c.TickedAt != nil {
			rows[i].text = "[x] " + text.Clean(r.kit.say(policy.CheckText(c.Item))) + " · " + fmt.Sprintf(r.kit.t.Leaving.TickedBy, r.kit.day(*c.TickedAt), r.kit.by(c.TickedBy))
			rows[i].st = r.kit.st.faint
		}
	}
	return rows
}

func (r *report) actRows() []rosterRow {
	rows := make([]rosterRow, len(r.r.Acts))
	for i, d := range r.r.Acts {
		line := fmt.Sprintf(r.kit.t.Leaving.ActLine, r.kit.num(int(d.N)), r.kit.num(int(d.Subjects)), r.kit.ago(d.Last))
		rows[i] = rosterRow{id: "a" + string(d.Act), text: columns([]int{30, 200}, r.kit.actWords(d.Act), line)}
	}
	return rows
}

func (r *report) exportRows() []rosterRow {
	rows := make([]rosterRow, len(r.r.Exports))
	for i, e := range r.r.Exports {
		rows[i] = rosterRow{
			id: "e" + strconv.Itoa(i), st: r.kit.st.due,
			text: fmt.Sprintf(r.kit.t.Leaving.ExportLine, r.kit.moment(e.At), e.Format.String(), r.kit.num(int(e.Subjects))),
		}
	}
	return rows
}
