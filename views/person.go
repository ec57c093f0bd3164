package views

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// access is all there is to know about a person's ways in. A part that the
// actor may not see is left nil and its shown flag false: asking for it would
// only put a refusal into the log.
type access struct {
	person      db.Person
	keys        []db.Key
	invitations []db.Invitation
	sessions    []db.Session
	departures  []db.Departure
	shows       shows
}

type shows struct{ keys, invitations, sessions bool }

// showsOf says which parts the role worn may see of a person.
func showsOf(actor policy.Actor, person int32) shows {
	res := policy.Resource{Person: person}
	return shows{
		keys:        person == actor.ID || actor.Role != policy.Manager,
		invitations: policy.Can(actor, policy.PersonInvite, res) == nil,
		sessions:    policy.Can(actor, policy.SessionList, res) == nil,
	}
}

// fetchAccess reads the parts one after the other; the first error ends it.
func fetchAccess(ctx context.Context, acts Acts, actor policy.Actor, id int32) (a access, err error) {
	a.shows = showsOf(actor, id)
	if a.person, err = acts.GetPerson(ctx, actor, id); err != nil {
		return a, err
	}
	if a.shows.keys {
		if a.keys, err = acts.ListKeys(ctx, actor, id); err != nil {
			return a, err
		}
	}
	if a.shows.invitations {
		if a.invitations, err = acts.ListInvitations(ctx, actor, id); err != nil {
			return a, err
		}
	}
	if a.shows.sessions {
		if a.sessions, err = acts.ListSessions(ctx, actor, id); err != nil {
			return a, err
		}
	}
	if policy.Can(actor, policy.PersonReport, policy.Resource{Person: id}) == nil {
		a.departures, err = acts.Departures(ctx, actor, id)
	}
	return a, err
}

// personView is one colleague's access.
type personView struct {
	kit    *kit
	id     int32
	login  string
	access access
	known  bool
	list   roster
	width  int
	asks   latest // what is shown
	does   latest // what was begun here
}

func newPerson(k *kit, id int32, login string) *personView {
	return &personView{kit: k, id: id, login: login}
}

func (p *personView) Title() string { return p.login }
func (p *personView) Init() tea.Cmd { return p.load() }
func (p *personView) Wake() tea.Cmd { return p.load() }
func (p *personView) Leave()        { p.asks.drop() } // what was begun goes on to its end

func (p *personView) load() tea.Cmd {
	acts, actor, id := p.kit.Ops, p.kit.Actor, p.id
	return ask(p.kit, &p.asks, func(ctx context.Context) (access, error) {
		return fetchAccess(ctx, acts, actor, id)
	}, func(a access, err error) tea.Cmd {
		if err != nil {
			return p.kit.fail(err)
		}
		p.access, p.known = a, true
		p.list.put(p.rows(p.width))
		return nil
	})
}

func (p *personView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || p.list.press(key.String()) || !p.known {
		return nil
	}
	for _, a := range p.actions() {
		if a.key == key.String() {
			if a.off != "" {
				return notify(noteWarn, a.off)
			}
			return a.run()
		}
	}
	return nil
}

func (p *personView) View(w, height int) string {
	if !p.known {
		return "   " + p.kit.st.faint.of(p.kit.t.Loading)
	}
	head := p.head(w)
	p.width = w
	p.list.put(p.rows(w))
	return join(append(head, p.list.lines(p.kit.st, w, max(height-len(head), 0))...))
}

func (p *personView) Keys() []binding {
	var keys []binding
	for _, a := range p.actions() {
		keys = append(keys, a.binding)
	}
	return keys
}
