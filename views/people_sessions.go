package views

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy/text"
)

// sessionsView says who is on, on all nodes.
type sessionsView struct {
	kit   *kit
	all   []db.Session
	known bool
	list  roster
	width int
	asks  latest
	does  latest
}

func newSessions(k *kit) *sessionsView { return &sessionsView{kit: k} }

func (s *sessionsView) Title() string { return s.kit.t.People.Sessions }
func (s *sessionsView) Init() tea.Cmd { return s.load() }
func (s *sessionsView) Wake() tea.Cmd { return s.load() }
func (s *sessionsView) Leave()        { s.asks.drop() }

func (s *sessionsView) load() tea.Cmd {
	acts, actor := s.kit.Ops, s.kit.Actor
	return ask(s.kit, &s.asks, func(ctx context.Context) ([]db.Session, error) {
		return acts.ListSessions(ctx, actor, 0)
	}, func(all []db.Session, err error) tea.Cmd {
		if err != nil {
			return s.kit.fail(err)
		}
		s.all, s.known = all, true
		s.list.put(s.rows(newSessionColumns(s.width)))
		return nil
	})
}

func (s *sessionsView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || s.list.press(key.String()) {
		return nil
	}
	if key.String() == "ctrl+r" {
		return s.load()
	}
	it, ok := s.list.item().(db.Session)
	if !ok {
		return nil
	}
	switch key.String() {
	case "c":
		return closeSession(s.kit, &s.does, it, s.load)
	case "C":
		return closeSessions(s.kit, &s.does, it.PersonID, it.Login, s.load)
	}
	return nil
}

func (s *sessionsView) Keys() []binding {
	t := &s.kit.t.People
	_, ok := s.list.item().(db.Session)
	return []binding{
		on("c", t.KeyClose).unless(ok, t.PickSession),
		on("C", t.KeyCloseAll).unless(ok, t.PickSession),
		on("ctrl+r", t.Reload),
	}
}

func (s *sessionsView) View(w, height int) string {
	t := &s.kit.t.People
	cols := newSessionColumns(w)
	s.width = w
	s.list.put(s.rows(cols))
	lines := []string{"   " + s.kit.st.faint.of(cut(columns(cols, t.Login, t.SinceWhen, s.kit.t.Own.Idle, s.kit.t.Own.Doing, t.From, t.Key, t.Node), w-4))}
	switch {
	case !s.known:
		lines = append(lines, "   "+s.kit.st.faint.of(s.kit.t.Loading))
	case len(s.all) == 0:
		lines = append(lines, "   "+s.kit.st.faint.of(t.NoSessions))
	}
	return join(append(lines, s.list.lines(s.kit.st, w, max(height-len(lines), 0))...))
}

// newSessionColumns are: login, since, idle, doing, from, key, and marks with
// the server.
func newSessionColumns(w int) []int {
	if w < 120 {
		return []int{9, 12, 5, 17, 13, 8, max(w-4-70, 6)}
	}
	return []int{20, 20, 10, 30, 40, 24, max(w-4-150, 12)}
}

func (s *sessionsView) rows(cols []int) []rosterRow {
	rows := make([]rosterRow, len(s.all))
	for i, it := range s.all {
		node := strings.TrimPrefix(s.kit.sessionMarks(it)+" · "+text.Clean(it.Node), " · ")
		rows[i] = rosterRow{
			id: it.ID, item: it,
			text: columns(cols, it.Login, s.kit.near(it.StartedAt), s.kit.idleFor(it), s.kit.actWords(it.Doing),
				text.Clean(it.Address), text.Clean(it.KeyName), node),
		}
	}
	return rows
}

// idleFor is how long nobody has typed; seconds are "now".
func (k *kit) idleFor(s db.Session) string {
	idle := k.Now().Sub(s.LastActive)
	switch {
	case s.LastActive.IsZero():
		return "–"
	case idle < time.Minute:
		return k.t.Own.IdleNow
	}
	return strings.TrimSuffix(idle.Truncate(time.Minute).String(), "0s")
}

// idle is the same in a line of words.
func (k *kit) idle(s db.Session) string { return fmt.Sprintf(k.t.Own.IdleFor, k.idleFor(s)) }

// closeSession asks first; the person can sign in again.
func closeSession(k *kit, does *latest, s db.Session, again func() tea.Cmd) tea.Cmd {
	t, acts, actor := &k.t.People, k.Ops, k.Actor
	line := fmt.Sprintf(t.SessionLine, k.near(s.StartedAt), text.Clean(s.Address), text.Clean(s.KeyName))
	return show(newConfirm(k, fmt.Sprintf(t.CloseAsk, s.Login), []string{line, t.CloseDetail}, func() tea.Cmd {
		return perform(k, does, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, acts.CloseSession(ctx, actor, s.ID, text.Line{})
		}, func(struct{}) string { return t.Closed }, again)
	}))
}

// closeSessions ends all of a person, on every node; those here are counted.
func closeSessions(k *kit, does *latest, person int32, login string, again func() tea.Cmd) tea.Cmd {
	t, acts, actor := &k.t.People, k.Ops, k.Actor
	return show(newConfirm(k, fmt.Sprintf(t.CloseAllAsk, login), []string{t.CloseDetail}, func() tea.Cmd {
		return perform(k, does, func(ctx context.Context) (int, error) {
			return acts.CloseSessions(ctx, actor, person, text.Line{})
		}, func(closed int) string { return fmt.Sprintf(t.ClosedHere, closed) }, again)
	}))
}
