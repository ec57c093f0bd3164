package views

import (
	"os"
	"regexp"
	"testing"
	"time"

	"balie/db"
	"balie/policy"
)

// TestLogTexts_faults holds that what verifying can find has words in Dutch.
func TestLogTexts_faults(t *testing.T) {
	src, err := os.ReadFile("../db/verify.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`v\.fault\([^"\n]*"([^"]+)"\)`).FindAllSubmatch(src, -1)
	if len(found) < 10 {
		t.Fatalf("only %d faults were found in the source: the pattern is out of date", len(found))
	}
	for _, m := range found {
		if dutchLog().Faults[string(m[1])] == "" {
			t.Errorf("no Dutch for the fault %q", m[1])
		}
	}
}

// Who looks at an older row keeps it where it is while new ones appear; who
// looks at the newest sees these.
func TestLog_follow(t *testing.T) {
	acts := newFakePeople()
	st := sit(t, acts, nil, func(k *kit) view { return newLog(k, db.LogQuery{}) })
	came := func(id int64) []db.LogRow {
		return []db.LogRow{{ID: id, At: *daysAgo(0), Actor: 3, Role: policy.Manager, Act: policy.CustomerExport}}
	}
	acts.came = came(904)
	slowly(st, "F")
	st.wants("exported customers", "Your access in this role has ended").wantsNot("following")
	if l := st.app.top().(*logView); l.list.at != 0 || l.page.Rows[0].ID != 904 || len(l.page.Rows) != 4 {
		t.Errorf("at %d of %+v", l.list.at, l.page.Rows)
	}
	acts.came = came(905)
	l := st.app.top().(*logView)
	l.list.at = 2
	on := l.list.item().(db.LogRow).ID
	l.following = true
	settle(st.app, l.follow()())
	if now := l.list.item().(db.LogRow).ID; now != on || l.list.at != 3 || l.list.top != 1 {
		t.Errorf("row %d was under the cursor, now it is %d, at %d, from %d", on, now, l.list.at, l.list.top)
	}
}

// Filters hold together, are said in words and cleared together.
func TestLog_words(t *testing.T) {
	acts := newFakePeople()
	st := sit(t, acts, nil, func(k *kit) view { return newLog(k, db.LogQuery{}) })
	st.press("w", "nora", "enter", "s", "#77", "enter", "f", "2026-03-01..2026-03-11", "enter", "r")
	st.wants("Nora Claes", "about #77", "1 Mar 2026 – 11 Mar 2026", "refused only")
	q := acts.queries[len(acts.queries)-1]
	if q.Person != 4 || q.Subject != 77 || !q.RefusedOnly || q.Until.Sub(q.Since) != 11*24*time.Hour {
		t.Errorf("asked %+v", q)
	}
	want := "ssh crm.example.be audit export --csv --user nora --subject 77 --refused --time 2026-03-01T00:00..2026-03-11T23:59 --role admin > log.csv"
	if got := st.app.top().(*logView).exportCommand(); got != want {
		t.Errorf("the export is told as %s", got)
	}
	st.press("x").wants("audit export --csv --user nora")
	st.press("esc", "c").wants("everybody · every act").wantsNot("Nora Claes · ")
	if q := acts.queries[len(acts.queries)-1]; q != (db.LogQuery{Limit: logPage}) {
		t.Errorf("cleared: %+v", q)
	}
	st.press("f", "tomorrow", "enter").wants("is no time")
	st.press("esc", ":", "log who=nora time=yesterday refused", "enter").wants("Nora Claes", "11 Mar 2026", "refused only")
	st.press(":", "log who=nobody", "enter").wants("can't be narrowed by: who=nobody")
}

// An officer settles what is about others, and a flag leads to what was seen.
func TestUnusual_settle(t *testing.T) {
	acts := newFakePeople()
	officer := func(s *Session) { s.Actor.Role, s.Actor.Held = policy.Privacy, []policy.Role{policy.Privacy} }
	st := sit(t, acts, officer, func(k *kit) view { return newUnusual(k) })
	st.wants("Nora Claes", "1,654", "1,200 exported", "4 opened", "9,000 in lists", "Usual is up to 41")
	st.press("enter").wants("Nora Claes")
	if q := acts.queries[len(acts.queries)-1]; q.Person != 4 || q.Since != acts.unusual[0].Began || q.Until != acts.unusual[0].Until {
		t.Errorf("the log was asked %+v", q)
	}
	st.press("esc", "s", "taken", "enter", "spoke to her", "enter").wants("It is settled")
	if got := acts.asked[len(acts.asked)-2]; got != "settle further spoke to her" {
		t.Errorf("asked %q", acts.asked)
	}
	acts.unusual[0].Person = 1 // anna herself
	sit(t, acts, officer, func(k *kit) view { return newUnusual(k) }).press("s").wantsNot("What was it")
}
