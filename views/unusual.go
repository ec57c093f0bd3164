package views

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// unusualView lists who saw many more customers than usual, and lets an officer
// say what it was.
type unusualView struct {
	kit     *kit
	all     bool // those that are settled too
	flags   []db.Unusual
	known   bool
	list    roster
	width   int
	asks    latest
	settles latest
}

func newUnusual(k *kit) *unusualView { return &unusualView{kit: k} }

func (u *unusualView) Title() string { return u.kit.t.Audit.Unusual }
func (u *unusualView) Init() tea.Cmd { return u.load() }
func (u *unusualView) Wake() tea.Cmd { return u.load() }
func (u *unusualView) Leave()        { u.asks.drop() }

func (u *unusualView) load() tea.Cmd {
	acts, actor, all := u.kit.Ops, u.kit.Actor, u.all
	return ask(u.kit, &u.asks, func(ctx context.Context) ([]db.Unusual, error) {
		return acts.ListUnusual(ctx, actor, all)
	}, func(flags []db.Unusual, err error) tea.Cmd {
		if err != nil {
			return u.kit.fail(err)
		}
		u.flags, u.known = flags, true
		u.list.put(u.rows(u.width))
		return nil
	})
}

func (u *unusualView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || u.list.press(key.String()) {
		return nil
	}
	flag, on := u.list.item().(db.Unusual)
	switch key.String() {
	case "enter":
		if on {
			return open(newLog(u.kit, db.LogQuery{Person: flag.Person, Since: flag.Began, Until: flag.Until}))
		}
	case "s":
		if on && u.whyNot(flag) == "" {
			return u.settle(flag)
		}
	case "a":
		u.all = !u.all
		return u.load()
	case "ctrl+r":
		return u.load()
	}
	return nil
}

// whyNot says why the actor can't settle a flag.
func (u *unusualView) whyNot(flag db.Unusual) string {
	err := policy.Can(u.kit.Actor, policy.UnusualSettle, policy.Resource{Person: flag.Person})
	switch {
	case flag.SettledAt != nil:
		return u.kit.t.Audit.IsSettled
	case err != nil && flag.Person == u.kit.Actor.ID:
		return u.kit.t.Audit.NotOwn
	case err != nil:
		return u.kit.t.OffRole
	}
	return ""
}

func (u *unusualView) Keys() []binding {
	a := &u.kit.t.Audit
	flag, onRow := u.list.item().(db.Unusual)
	why := a.PickFlag
	if onRow {
		why = u.whyNot(flag)
	}
	more := a.KeyAll
	if u.all {
		more = a.KeyOpenOnly
	}
	return []binding{
		on("enter", a.KeyInLog).unless(onRow, a.PickFlag),
		on("s", a.KeySettle).unless(why == "", why),
		on("a", more), on("ctrl+r", u.kit.t.People.Reload),
	}
}

// outcomes are what an officer chooses from.
var outcomes = []policy.UnusualOutcome{policy.Explained, policy.TakenFurther}

func (u *unusualView) settle(flag db.Unusual) tea.Cmd {
	a := &u.kit.t.Audit
	options := make([]option, len(outcomes))
	for i, o := range outcomes {
		options[i] = option{text: a.Outcomes[o]}
	}
	title := fmt.Sprintf(a.SettleTitle, u.kit.colleague(flag.Person))
	return show(newChoose(u.kit, title, options, func(i int) tea.Cmd {
		return u.kit.because(title, a.SettleHint, func(note text.Line) tea.Cmd { return u.keep(flag.ID, outcomes[i], note) })
	}))
}

func (u *unusualView) keep(id int32, outcome policy.UnusualOutcome, note text.Line) tea.Cmd {
	acts, actor := u.kit.Ops, u.kit.Actor
	return ask(u.kit, &u.settles, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.SettleUnusual(ctx, actor, id, outcome, note)
	}, func(_ struct{}, err error) tea.Cmd {
		if err != nil {
			return u.kit.fail(err)
		}
		return tea.Batch(u.load(), notify(noteGood, u.kit.t.Audit.Settled))
	})
}

func (u *unusualView) View(w, height int) string {
	a := &u.kit.t.Audit
	u.width = w
	u.list.put(u.rows(w))
	lines := []string{"   " + u.kit.st.faint.of(cut(u.columns(w, u.kit.t.When, u.kit.t.Who, a.Seen, a.Usual, u.kit.t.What), w-4))}
	switch {
	case !u.known:
		lines = append(lines, "   "+u.kit.st.faint.of(u.kit.t.Loading))
	case len(u.flags) == 0:
		lines = append(append(lines, ""), indent(wrap(a.NothingUnusual, min(w-6, formWidth)), w)...)
	}
	below := u.story(w)
	room := max(height-len(lines)-len(below), 0)
	lines = append(lines, block(u.list.lines(u.kit.st, w, room), w, room)...)
	return join(append(lines, below...))
}

func (u *unusualView) columns(w int, when, who, seen, usual, what string) string {
	names := 18
	if w >= 120 {
		names = 40
	}
	return pad(when, 18) + " " + pad(who, names) + " " + padLeft(seen, 7) + " " + padLeft(usual, 7) + "  " + what
}

func (u *unusualView) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(u.flags))
	for i, f := range u.flags {
		st, what := u.kit.st.due, u.kinds(f)
		if f.SettledAt != nil {
			st, what = u.kit.st.faint, u.kit.t.Audit.Outcomes[f.Outcome]+" · "+what
		}
		rows[i] = rosterRow{
			id: strconv.Itoa(int(f.ID)), item: f, st: st,
			text: u.columns(w, u.kit.near(f.Until), u.kit.colleague(f.Person), u.kit.num(f.Peak)+" ▲", u.kit.num(f.Usual), what),
		}
	}
	return rows
}

// kinds say how the customers were seen.
func (u *unusualView) kinds(f db.Unusual) string {
	var parts []string
	add := func(n int, words string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(words, u.kit.num(n)))
		}
	}
	add(f.Exported, u.kit.t.Audit.KindExported)
	add(f.Opened-f.Exported, u.kit.t.Audit.KindOpened)
	add(f.Listed, u.kit.t.Audit.KindListed)
	return strings.Join(parts, ", ")
}

// story says of the selected one, in full, what it was measured by.
func (u *unusualView) story(w int) []string {
	f, ok := u.list.item().(db.Unusual)
	if !ok {
		return nil
	}
	a := &u.kit.t.Audit
	tell := []string{fmt.Sprintf(a.Story, u.kit.colleague(f.Person), u.kit.roleOf(f.Role), u.kit.spanWords(f.Began, f.Until), u.kit.num(f.Peak), u.kit.num(f.Usual), u.kit.num(f.Bar))}
	tell = append(tell, upperFirst(u.kinds(f))+".")
	if f.Newcomer {
		tell = append(tell, a.StoryNew)
	}
	lines := []string{""}
	for _, l := range wrap(strings.Join(tell, " "), w-4) {
		lines = append(lines, "  "+l)
	}
	if f.SettledAt == nil {
		return lines
	}
	said := fmt.Sprintf(a.StorySettled, u.kit.colleague(f.SettledBy), u.kit.near(*f.SettledAt), a.Outcomes[f.Outcome], f.Note.String())
	for _, l := range wrap(said, w-4) {
		lines = append(lines, "  "+u.kit.st.faint.of(l))
	}
	return lines
}
