package views

import (
	"fmt"
	"testing"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// A list is narrowed by a line, kept, opened by its key, renamed, put in order,
// deleted and taken back.
func TestViews(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Manager)).press("c", "F", "status=lead plaats~gent sort=activiteit /jan", "enter")
	s.wants("status=lead city~gent", "jan", "sorted: activity")
	s.press("v").wants("No views yet").press("s", "Gentse leads", "enter").wants("Kept: Gentse leads.", "1  Gentse leads", "sort=activity /jan")
	s.press("s", "Nog een", "enter").press("J").wants("2  Gentse leads")
	s.press("r", "ctrl+u", "Leads", "enter").wants("Leads")
	s.press("T").wants("shared with team")
	s.press("x").wants("Delete the view Leads?").press("y").wants("Deleted: Leads.", "1  Nog een")
	s.press("z").wants("Keep the view Leads again").press("y").wants("2  Leads")
	s.press("esc", "esc", "esc").press("2").wants("«Leads»", "jan")
	if last := acts.asked[len(acts.asked)-1]; last.Where != "status=lead city~gent" || last.Text != "jan" || last.Sort != db.ByActivity {
		t.Errorf("the view asked %+v", last)
	}
	s.press("9").wants("There is no view 9")
	s.press(":", "view nog een", "enter").wants("«Nog een»")
}

// The other lists take filters and views too.
func TestViews_otherLists(t *testing.T) {
	acts := newFakeActs()
	due := db.View{ID: 1, Owner: 3, List: policy.TasksList}
	due.Name, due.Filter = text.New("Snel"), "due<=today priority=high"
	late := db.View{ID: 2, Owner: 3, List: policy.InvoicesList}
	late.Name, late.Filter = text.New("Groot"), "open>1000"
	acts.views = []db.View{due, late}
	newStage(t, sessionOf(acts, policy.Sales)).press(":", "view snel", "enter").wants("«Snel»").press("esc").wantsNot("«Snel»").press("F", "due=soon", "enter").wants("is no time")
	newStage(t, sessionOf(acts, policy.Finance)).press(":", "invoices", "enter").press("1").wants("«Groot»").press("F").wants("open>1000")
}

// A bulk act on the whole of a filter goes in batches, says so, and stops.
func TestBulk_wholeFilter(t *testing.T) {
	acts := newFakeActs()
	for i := range 900 {
		c := acts.customers[1]
		c.ID, c.Family = int64(100+i), text.New(fmt.Sprint("Veel", i))
		acts.customers[c.ID] = c
	}
	s := newStage(t, sessionOf(acts, policy.Manager)).press("c", "/", "veel", "enter", "A").wants("900 marked")
	s.press("u", "lead", "enter").wants("Give 900 customers the status lead?", "and 895 more")
	s.press("y").wants("900 customers now: lead.")
	if got := acts.count("status lead"); got != 5 {
		t.Errorf("%d batches, want 5", got)
	}
	s.press("z").press("y")
	if acts.count("unstatus") != 1 {
		t.Error("the status wasn't taken back")
	}
}
