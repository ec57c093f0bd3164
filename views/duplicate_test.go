package views

import (
	"context"
	"slices"
	"testing"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func init() {
	scenes = append(
		scenes,
		scene{"duplicates", policy.Manager, []string{":", "duplicates", "enter"}},
		scene{"duplicates, merged", policy.Manager, []string{":", "duplicates", "enter", "f", "f"}},
		scene{"merge two", policy.Sales, []string{"c", "space", "space", "m", "j", "space"}},
		scene{"merge two, preview", policy.Sales, []string{"c", "space", "space", "m", "ctrl+s"}},
	)
}

func (f *fakeActs) ListPairs(_ context.Context, _ policy.Actor, q db.PairQuery) (page db.PairPage, err error) {
	if err := f.did("pairs"); err != nil || q.Dismissed {
		return page, err
	}
	p := db.Pair{A: f.customers[1], B: f.customers[8]}
	p.Likeness = db.Alike(p.A, p.B)
	return db.PairPage{Rows: []db.Pair{p}}, nil
}

func (f *fakeActs) DismissPair(_ context.Context, _ policy.Actor, _, _ int64, _ bool) error {
	return f.did("dismiss")
}

func (f *fakeActs) GetPair(_ context.Context, _ policy.Actor, a, b int64) (db.Pair, error) {
	p := db.Pair{A: f.customers[a], B: f.customers[b]}
	p.Likeness = db.Alike(p.A, p.B)
	return p, f.did("pair")
}

func (f *fakeActs) MergeCustomers(_ context.Context, _ policy.Actor, m db.Merging, dry bool) (db.Merged, error) {
	if err := f.did(map[bool]string{true: "would merge", false: "merge"}[dry]); err != nil {
		return db.Merged{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !dry {
		f.merged = append(f.merged, m)
	}
	return db.Merged{Customer: m.Winner, Moved: map[string]int{"notes": 2, "deals": 1}}, nil
}

func (f *fakeActs) UnmergeCustomers(_ context.Context, _ policy.Actor, loser int64) (db.Unmerged, error) {
	return db.Unmerged{Winner: f.customers[1], Loser: f.customers[loser], Stayed: []string{"deals", "phone"}}, f.did("unmerge")
}

func (f *fakeActs) ListMerges(context.Context, policy.Actor, int64) ([]db.Merge, error) {
	return []db.Merge{{ID: 1, Winner: 1, Into: "Jan Jansen", Loser: 8, Name: "J. Janssen", Until: noon.Add(policy.MergeTime)}}, f.did("merges")
}

// twinsStage is a firm in which customer 8 is Jan Jansen once more.
func twinsStage(t *testing.T, lang string) (*fakeActs, *stage) {
	acts := newFakeActs()
	again := acts.customers[8]
	again.Given, again.Family, again.Status = text.New("J."), text.New("Janssen"), policy.Lead
	again.Mails = append(slices.Clone(again.Mails), acts.customers[1].Mails...)
	acts.customers[8] = again
	s := sessionOf(acts, policy.Sales)
	s.Lang = lang
	return acts, newStage(t, s)
}

func TestDuplicates_List(t *testing.T) {
	acts, s := twinsStage(t, "en")
	s.press(":", "duplicates", "enter").wants("Jan Jansen", "J. Janssen", "same mail")
	s.press("x").wants("They are two")
	if acts.count("dismiss") != 1 {
		t.Error("nothing was dismissed")
	}
	s.press("f").wants("Of no pair").press("f").wants("J. Janssen", "until").press("u").wants("Make two of Jan Jansen again?").press("y")
	s.wants("Two again. Changed since, so it stays with Jan Jansen: deals, phone")
	_, s = twinsStage(t, "nl")
	s.press(":", "duplicates", "enter").wants("Dubbelen", "zelfde mail", "naam klinkt hetzelfde")
}

func TestTwinMerge(t *testing.T) {
	acts, s := twinsStage(t, "en")
	s.press(":", "duplicates", "enter", "m").wants("Jan Jansen", "J. Janssen", "( ) J.", "(•) Jan")
	s.press("space", "ctrl+s").wants("Merge J. Janssen into Jan Jansen?", "2 notes", "1 deals", "30 days")
	if acts.count("merge") != 0 {
		t.Fatal("the preview merges")
	}
	s.press("n").wants("(•) J.").press("ctrl+s", "y").wants("Merged: J. Jansen", "z takes it apart")
	m := acts.merged[0]
	if m.Winner.ID != 1 || m.Loser != 8 || m.Winner.Given.String() != "J." || len(m.Winner.Mails) != 2 || m.Request == (ops.RequestKey{}) {
		t.Errorf("merged %+v", m)
	}
	s.press("z").wants("Take J. Jansen apart again").press("y").wants("Two again. Changed")
}

func TestTwinMerge_Swap(t *testing.T) {
	acts, s := twinsStage(t, "en")
	s.press(":", "duplicates", "enter", "m", "w", "ctrl+s").wants("Merge Jan Jansen into J. Janssen?").press("y")
	if m := acts.merged[0]; m.Winner.ID != 8 || m.Loser != 1 || m.Version != 3 {
		t.Errorf("merged %+v", m)
	}
	s.press(":", "contacts", "enter", "space", "m").wants("mark two customers")
}
