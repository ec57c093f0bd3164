package views

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// What a screen that follows what colleagues change may be besides.
type (
	// shower says what it shows, for the node to know what it must hear of.
	shower interface{ Showing() ops.Showing }
	// refresher looks again at the same rows, and keeps one's place in them.
	refresher interface{ Refresh() tea.Cmd }
	// rowRefresher looks at single rows again, which costs less.
	rowRefresher interface{ RefreshRows([]db.Record) tea.Cmd }
)

// following is what the app knows of colleagues.
type following struct {
	others []ops.Other // who have open what is on the screen
	missed bool        // something was changed below a dialog
	shown  view        // the screen of which the node was told last
}

// heard follows what a colleague did. What lies under a dialog waits: what is
// asked there is about the rows that one sees. A form is never overwritten.
func (a *app) heard(msg LiveMsg) tea.Cmd {
	a.others = msg.Others
	if !msg.Changed {
		return nil
	}
	if a.dialog != nil {
		a.missed = true
		return nil
	}
	if a.kit.Actor.Role == policy.Privacy && a.kit.Actor.Reason.IsZero() {
		return nil // nothing is shown yet
	}
	if r, ok := a.top().(rowRefresher); ok && msg.Rows != nil {
		return r.RefreshRows(msg.Rows)
	}
	if r, ok := a.top().(refresher); ok {
		return r.Refresh()
	}
	return nil
}

// live tells the node what is on the screen, when that may be something else by
// now, and makes up for what waited for a dialog.
func (a *app) live(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	if a.missed && a.dialog == nil {
		a.missed = false
		cmd = a.heard(LiveMsg{Changed: true, Others: a.others})
	}
	_, answer := msg.(answerMsg)
	if a.kit.Show == nil || len(a.stack) == 0 || !answer && a.shown == a.top() {
		return cmd
	}
	if a.shown != a.top() {
		a.others = nil
	}
	a.shown = a.top()
	var s ops.Showing
	if v, ok := a.top().(shower); ok {
		s = v.Showing()
	} else if f, ok := a.top().(onCustomer); ok && f.CustomerID() != 0 {
		s = a.kit.showingOpen(policy.RecordCustomer, f.CustomerID(), true)
	}
	a.kit.Show(s)
	return cmd
}

// showingList is what a list shows that holds records of a kind.
func (k *kit) showingList(kind policy.RecordKind, records ...db.Record) ops.Showing {
	s := ops.Showing{Kinds: []policy.RecordKind{kind}, Records: map[db.Record]bool{}}
	for _, r := range records {
		if r.ID != 0 {
			s.Records[r] = true
		}
	}
	k.reach(&s)
	return s
}

// reach says whose records the role worn may see: the node need not wake a
// screen for those of others. What is shown row security decides.
func (k *kit) reach(s *ops.Showing) {
	switch k.Actor.Role {
	case policy.Sales:
		s.Scopes = map[int32]bool{k.Actor.ID: true}
	case policy.Manager:
		s.Scopes = map[int32]bool{k.Actor.ID: true}
		for id, p := range k.people {
			if p.TeamID != 0 && p.TeamID == k.Actor.Team {
				s.Scopes[id] = true
			}
		}
	default:
		s.All = true
	}
}

// showingOpen is what a screen shows that is about one record.
func (k *kit) showingOpen(kind policy.RecordKind, id int64, editing bool) ops.Showing {
	r := db.Record{Kind: kind, ID: id}
	return ops.Showing{Records: map[db.Record]bool{r: true}, Open: r, Editing: editing}
}

// presence says who has open what is on the screen: by name where there is
// room, or else how many.
func (a *app) presence(room int) string {
	var names []string
	editing := false
	var people []int32
	for _, o := range a.others {
		if editing = editing || o.Editing; !slices.Contains(people, o.Person) {
			people = append(people, o.Person)
		}
	}
	if len(people) == 0 {
		return ""
	}
	for _, p := range people {
		names = append(names, a.kit.colleague(p))
	}
	st, said := a.kit.st.accent, joinNonEmpty(", ", names...)
	if editing {
		st, said = a.kit.st.due, fmt.Sprintf(a.kit.t.Live.Editing, said)
	}
	if width(said)+2 > room {
		said = a.kit.num(len(people))
		return st.of("●" + said)
	}
	return st.of("● " + said)
}
