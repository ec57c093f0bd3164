package views

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// subjects is whose data one who leaves saw, for the privacy officer.
type subjects struct {
	*kit
	id    int32
	login string
	all   []db.Viewed
	whole bool // there are no more
	list  roster
	asks  latest
}

func newSubjects(k *kit, id int32, login string) *subjects {
	return &subjects{kit: k, id: id, login: login}
}

func (s *subjects) Title() string { return fmt.Sprintf(s.t.Leaving.SubjectsTitle, s.login) }
func (s *subjects) Init() tea.Cmd { return s.more() }
func (s *subjects) Leave()        { s.asks.drop() }

// more reads the next page: each is a row in the log.
func (s *subjects) more() tea.Cmd {
	if s.whole || s.asks.busy {
		return nil
	}
	acts, actor, id, n := s.Ops, s.Actor, s.id, len(s.all)
	return ask(s.kit, &s.asks, func(ctx context.Context) ([]db.Viewed, error) {
		return acts.LeavingSubjects(ctx, actor, id, policy.ReportDays, n)
	}, func(page []db.Viewed, err error) tea.Cmd {
		if err != nil {
			return s.fail(err)
		}
		s.all, s.whole = append(s.all, page...), len(page) == 0
		return nil
	})
}

func (s *subjects) Keys() []binding {
	return []binding{on("enter", s.t.KeyOpen), on("n", s.t.More).unless(!s.whole, s.t.People.NoOlder), on("esc", s.t.KeyBack)}
}

func (s *subjects) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || s.list.press(key.String()) {
		return nil
	}
	switch key.String() {
	case "n":
		return s.more()
	case "enter":
		if v, ok := s.list.item().(db.Viewed); ok && !v.Name.IsZero() {
			return open(newCustomer(s.kit, v.ID, v.Name.String()))
		}
	}
	return nil
}

func (s *subjects) View(w, height int) string {
	t := &s.t.Leaving
	rows := make([]rosterRow, len(s.all))
	for i, v := range s.all {
		name := v.Name.String()
		if name == "" {
			name = "#" + strconv.FormatInt(v.ID, 10) + " " + t.GoneCustomer
		}
		line := fmt.Sprintf(t.SubjectLine, s.num(int(v.N)), s.ago(v.Last))
		rows[i] = rosterRow{id: strconv.FormatInt(v.ID, 10), item: v, text: columns([]int{36, 200}, name, line)}
	}
	s.list.put(rows)
	lines := []string{""}
	switch {
	case s.asks.busy && len(s.all) == 0:
		lines = append(lines, "  "+s.st.faint.of(s.t.Loading))
	case len(s.all) == 0:
		lines = append(lines, "  "+s.st.faint.of(t.NoSubjects))
	}
	return join(append(lines, s.list.lines(s.st, w, max(height-len(lines), 0))...))
}
