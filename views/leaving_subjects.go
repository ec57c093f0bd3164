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
	kit   *kit
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

func (s *subjects) Title() string { return fmt.Sprintf(s.kit.t.Leaving.SubjectsTitle, s.login) }
func (s *subjects) Init() tea.Cmd { return s.more() }
func (s *subjects) Leave()        { s.asks.drop() }

// more reads the next page: each is a row in the log.
func (s *subjects) more() tea.Cmd {
	if s.whole || s.asks.busy {
		return nil
	}
	acts, actor, id, n := s.kit.Ops, s.kit.Actor, s.id, len(s.all)
	return ask(s.kit, &s.asks, func(ctx context.Context) ([]db.Viewed, error) {
		return acts.LeavingSubjects(ctx, actor, id, policy.ReportDays, n)
	}, func(page []db.Viewed, err error) tea.Cmd {
		if err != nil {
			return s.kit.fail(err)
		}
		s.all, s.whole = append(s.all, page...), len(page) == 0
		return nil
	})
}

func (s *subjects) Keys() []binding {
	return []binding{on("enter", s.kit.t.KeyOpen), on("n", s.kit.t.More).unless(!s.whole, s.kit.t.People.NoOlder), on("esc", s.kit.t.KeyBack)}
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
	t := &s.kit.t.Leaving
	rows := make([]rosterRow, len(s.all))
	for i, v := range s.all {
		name := v.Name.String()
		if name == "" {
			name = "#" + strconv.FormatInt(v.ID, 10) + " " + t.GoneCustomer
		}
		line := fmt.Sprintf(t.SubjectLine, s.kit.num(int(v.N)), s.kit.ago(v.Last))
		rows[i] = rosterRow{id: strconv.FormatInt(v.ID, 10), item: v, text: columns([]int{36, 200}, name, line)}
	}
	s.list.put(rows)
	lines := []string{""}
	switch {
	case s.asks.busy && len(s.all) == 0:
		lines = append(lines, "  "+s.kit.st.faint.of(s.kit.t.Loading))
	case len(s.all) == 0:
		lines = append(lines, "  "+s.kit.st.faint.of(t.NoSubjects))
	}
	return join(append(lines, s.list.lines(s.kit.st, w, max(height-len(lines), 0))...))
}
