package views

import (
	"testing"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// hear has the program hear of colleagues, as the server does.
func (s *stage) hear(w ops.Word) *stage {
	_, cmd := s.app.Update(LiveMsg(w))
	s.run(cmd)
	return s
}

func customerRecord(id int64) db.Record { return db.Record{Kind: policy.RecordCustomer, ID: id} }

// What colleagues change comes into the open list, and one's place stays.
func TestLive_List(t *testing.T) {
	acts := newFakeActs()
	var told ops.Showing
	session := sessionOf(acts, policy.Sales)
	session.Show = func(s ops.Showing) { told = s }
	s := newStage(t, session).press("c", "jjj")
	s.app.live(answerMsg{})
	list := s.app.top().(*customers)
	here, _ := list.here()
	if !told.Records[customerRecord(here.ID)] || told.Open.ID != 0 {
		t.Fatalf("the node was told %+v", told)
	}
	change := func(id int64, do func(*db.Customer)) {
		c := acts.customers[id]
		do(&c)
		acts.customers[id] = c
	}
	lists := len(acts.asked)
	change(here.ID, func(c *db.Customer) { c.Status = policy.Former; c.Restricted = true })
	s.hear(ops.Word{Changed: true, Rows: []db.Record{customerRecord(here.ID)}})
	if now, _ := list.here(); now.ID != here.ID || now.Status != policy.Former || len(acts.asked) != lists || acts.count("rows") != 1 {
		t.Errorf("on %d with status %v, %d lists asked", now.ID, now.Status, len(acts.asked)-lists)
	}
	// Of another name it may stand elsewhere: all is looked at, the cursor follows.
	change(here.ID, func(c *db.Customer) { c.Given = text.New("Zoë") })
	s.hear(ops.Word{Changed: true, Rows: []db.Record{customerRecord(here.ID)}})
	if now, _ := list.here(); now.ID != here.ID || len(acts.asked) == lists {
		t.Errorf("on %d, not %d", now.ID, here.ID)
	}
	// What lies under a question waits until that is answered.
	lists = len(acts.asked)
	s.press("t").hear(ops.Word{Changed: true})
	if len(acts.asked) != lists {
		t.Error("the list changed under a question about it")
	}
	s.press("esc")
	s.run(s.app.live(nil))
	if len(acts.asked) == lists {
		t.Error("what came during the question is never shown")
	}
	// Out of sight, out of the list; the cursor stays where it stands.
	at := list.grid.at
	gone, _ := list.here()
	delete(acts.customers, gone.ID)
	s.hear(ops.Word{Changed: true, Rows: []db.Record{customerRecord(gone.ID)}})
	if now, _ := list.here(); now.ID == gone.ID || list.grid.at != at {
		t.Errorf("on %d at %d", now.ID, list.grid.at)
	}
}

// A form is never overwritten; who else is at the record is said below.
func TestLive_Form(t *testing.T) {
	acts := newFakeActs()
	var told ops.Showing
	session := sessionOf(acts, policy.Sales)
	session.Show = func(s ops.Showing) { told = s }
	s := newStage(t, session).press("c", "enter")
	s.app.live(answerMsg{})
	if told.Open != customerRecord(1) || told.Editing {
		t.Errorf("the node was told %+v", told)
	}
	s.hear(ops.Word{Others: []ops.Other{{Person: 4, Record: customerRecord(1)}}}).wants("● Sofie Bos").wantsNot("changing it")
	s.press("e", "x")
	s.app.live(nil)
	if told.Open != customerRecord(1) || !told.Editing {
		t.Errorf("of the form the node was told %+v", told)
	}
	gets := acts.count("get")
	s.hear(ops.Word{Changed: true, Others: []ops.Other{{Person: 4, Record: customerRecord(1), Editing: true}}})
	s.wants("Janx", "● Sofie Bos: changing it")
	if acts.count("get") != gets {
		t.Error("the form looked again")
	}
	s.press("esc") // to the customer
	delete(acts.customers, 1)
	s.hear(ops.Word{Changed: true}).wantsNot("Jan Jansen")
	s.app.live(answerMsg{})
	if told.Open.ID != 0 || told.Awaits != customerRecord(1) {
		t.Errorf("of what can't be seen the node was told %+v", told)
	}
}
