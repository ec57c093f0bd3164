package views

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/db/seal"
	"balie/policy"
)

// peopleView lists the colleagues whose access one may see.
type peopleView struct {
	kit    *kit
	all    []db.Person
	known  bool // the answer has come
	list   roster
	find   *input
	typing bool
	asks   latest
	width  int
}

func newPeople(k *kit, find string) *peopleView {
	return &peopleView{kit: k, find: newInput(find)}
}

func (p *peopleView) Title() string { return p.kit.t.People.People }
func (p *peopleView) Typing() bool  { return p.typing }
func (p *peopleView) Init() tea.Cmd { return p.load() }
func (p *peopleView) Wake() tea.Cmd { return p.load() }
func (p *peopleView) Leave()        { p.asks.drop() }

func (p *peopleView) load() tea.Cmd {
	acts, actor := p.kit.Ops, p.kit.Actor
	return ask(p.kit, &p.asks, func(ctx context.Context) ([]db.Person, error) {
		return acts.ListPeople(ctx, actor)
	}, func(all []db.Person, err error) tea.Cmd {
		if err != nil {
			return p.kit.fail(err)
		}
		p.all, p.known = all, true
		p.refill()
		return nil
	})
}

func (p *peopleView) Update(msg tea.Msg) tea.Cmd {
	if p.typing {
		return p.search(msg)
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || p.list.press(key.String()) {
		return nil
	}
	switch key.String() {
	case "/":
		p.typing = true
	case "enter":
		if person, ok := p.list.item().(db.Person); ok {
			return open(newPerson(p.kit, person.ID, person.Login))
		}
	case "i":
		if p.kit.may(policy.PersonInvite) {
			return open(newInvite(p.kit))
		}
	case "s":
		if p.kit.Actor.Role == policy.Admin {
			return open(newSessions(p.kit))
		}
	case "ctrl+r":
		return p.load()
	}
	return nil
}

// search narrows as one types; enter goes back to the list.
func (p *peopleView) search(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter", "up", "down":
			p.typing = false
			return nil
		}
	}
	if p.find.Update(msg) {
		p.list.at = 0
		p.refill()
	}
	return nil
}

// Escape first ends the search.
func (p *peopleView) Escape() (tea.Cmd, bool) {
	if !p.typing && p.find.value() == "" {
		return nil, false
	}
	p.typing = false
	p.find.set("")
	p.refill()
	return nil, true
}

func (p *peopleView) Keys() []binding {
	t := &p.kit.t.People
	return []binding{
		on("enter", t.Open),
		on("/", t.Find),
		on("i", t.KeyInvite).unless(p.kit.may(policy.PersonInvite), t.OnlyAdmin),
		on("s", t.KeySessions).unless(p.kit.Actor.Role == policy.Admin, t.OnlyAdmin),
		on("ctrl+r", t.Reload),
	}
}

func (p *peopleView) View(w, height int) string {
	t := &p.kit.t.People
	cols := newPeopleColumns(w)
	p.width = w
	p.refill()
	lines := []string{
		p.top(w),
		"   " + p.kit.st.faint.of(cut(columns(cols, t.Login, t.Name, t.Team, t.Roles, t.Status, t.LastSeen), w-4)),
	}
	switch {
	case !p.known:
		lines = append(lines, "   "+p.kit.st.faint.of(p.kit.t.Loading))
	case len(p.list.rows) == 0:
		lines = append(lines, "   "+p.kit.st.faint.of(t.NobodyFits))
	}
	return join(append(lines, p.list.lines(p.kit.st, w, max(height-len(lines), 0))...))
}

// refill lists who fits what is typed, before the next key can come.
func (p *peopleView) refill() { p.list.put(p.rows(newPeopleColumns(p.width))) }

func (p *peopleView) top(w int) string {
	shown, _ := p.find.View(30)
	if p.typing {
		shown = p.kit.st.here.of(shown)
	}
	return spread(" / "+shown, fmt.Sprintf(p.kit.t.People.Count, len(p.list.rows), len(p.all)), w-1)
}

func (p *peopleView) Cursor() (x, y int, ok bool) {
	_, x = p.find.View(30)
	return x + 3, 0, p.typing
}

// newPeopleColumns are: login, name, team, roles, status, last sign-in.
func newPeopleColumns(w int) []int {
	if w >= 120 {
		return []int{18, 32, 22, max(w-4-5-102, 10), 12, 18}
	}
	return []int{9, max(w-4-5-54, 8), 9, 12, 10, 14}
}

func (p *peopleView) rows(cols []int) []rosterRow {
	want := strings.Fields(seal.Fold(p.find.value()))
	var rows []rosterRow
	for _, who := range p.all {
		roles := p.kit.roles(who)
		if !holds(seal.Fold(who.Login+" "+who.Name.String()+" "+who.Team.String()+" "+roles), want) {
			continue
		}
		status, st := p.kit.status(who)
		rows = append(rows, rosterRow{
			id: who.Login, st: st, item: who,
			text: columns(cols, who.Login, who.Name.String(), who.Team.String(), roles, status, p.kit.lastSeen(who)),
		})
	}
	return rows
}

func holds(have string, want []string) bool {
	for _, word := range want {
		if !strings.Contains(have, word) {
			return false
		}
	}
	return true
}
