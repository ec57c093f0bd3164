package views

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// fakeReviews answers like one review of three people by the person signed in.
type fakeReviews struct {
	*fakeActs
	sheet   ops.ReviewSheet
	decided []ops.ReviewDecision
	undone  int
	signed  int
	err     error
}

func newFakeReviews() *fakeReviews {
	at := func(days int) *time.Time { d := noon.AddDate(0, 0, -days); return &d }
	usual := func(n int) *int { return &n }
	item := func(grant, person int32, role policy.Role, login string, used *time.Time, viewed int, usual *int) db.ReviewItem {
		return db.ReviewItem{
			ReviewID: 7, GrantID: grant, PersonID: person, Role: role, Reviewer: 3, By: policy.ByManager, Viewed: viewed, Usual: usual, Version: 1,
			Snapshot: db.Snapshot{
				Login: login, Name: text.New(login), Joined: true, Since: noon.AddDate(-2, 0, 0), Reason: text.New("hired"), LastUsed: used, LastSeen: at(1), Earlier: []int{300, 350},
				Keys: []db.SnapshotKey{{Name: text.New("laptop"), Kind: "ssh-ed25519", LastUsed: at(1)}},
				Acts: []db.SnapshotAct{{Act: policy.CustomerView, Times: 900, Subjects: 412, Days: 60, Last: *at(1)}},
			},
		}
	}
	return &fakeReviews{fakeActs: newFakeActs(), sheet: ops.ReviewSheet{
		Review: db.Review{ID: 7, Period: "2026-Q4", OpenedAt: *at(50), Due: noon.AddDate(0, 0, 6), Since: noon.AddDate(0, -3, 0), Until: noon, ReadyAt: at(50), Total: 4, Mine: 3},
		Items: []db.ReviewItem{
			item(1, 11, policy.Sales, "jan", at(0), 412, usual(380)), item(2, 12, policy.Sales, "sofie", at(0), 1904, usual(350)),
			item(3, 13, policy.Finance, "tom", at(97), 0, nil), func() db.ReviewItem {
				i := item(4, 14, policy.Sales, "elders", at(1), 5, nil)
				i.Reviewer = 99
				return i
			}(),
		},
		Steps: []db.ReviewStep{{ID: 1, What: "opened", At: *at(50)}},
	}}
}

func (f *fakeReviews) ListReviews(context.Context, policy.Actor) ([]db.Review, error) {
	return []db.Review{f.sheet.Review}, f.err
}

func (f *fakeReviews) ShowReview(context.Context, policy.Actor, int32) (ops.ReviewSheet, error) {
	s := f.sheet
	s.Items = append([]db.ReviewItem{}, s.Items...)
	return s, f.err
}

func (f *fakeReviews) ViewReviewItem(_ context.Context, _ policy.Actor, _, grant int32) (db.ReviewItem, error) {
	return f.sheet.Items[grant-1], f.err
}

func (f *fakeReviews) DecideReview(_ context.Context, actor policy.Actor, d ops.ReviewDecision) error {
	if f.err != nil {
		return f.err
	}
	f.decided = append(f.decided, d)
	i := &f.sheet.Items[d.Grant-1]
	i.Decision, i.DecidedBy, i.Reason, i.Version = d.Decision, actor.ID, d.Reason, i.Version+1
	return nil
}

func (f *fakeReviews) UndoReview(_ context.Context, _ policy.Actor, _, grant, _ int32) error {
	f.undone++
	f.sheet.Items[grant-1].Decision, f.sheet.Items[grant-1].DecidedBy = "", 0
	return nil
}

func (f *fakeReviews) SignReview(context.Context, policy.Actor, int32) (int, error) {
	f.signed++
	return 3, nil
}

func (f *fakeReviews) OwnReviews(context.Context, policy.Actor) ([]ops.OwnReview, error) {
	i := f.sheet.Items[0]
	i.Decision, i.DecidedBy, i.Reason = policy.Revoked, 4, text.New("left the team")
	return []ops.OwnReview{{Review: f.sheet.Review, Item: i}}, f.err
}

func reviewStage(t *testing.T, role policy.Role, lang string) (*fakeReviews, *stage) {
	f := newFakeReviews()
	s := sessionOf(f, role)
	s.Lang = lang
	st := newStage(t, s).press(":reviews", "enter", "enter")
	return f, st
}

// The reviewer sees what stands out in words, decides, is told what takes
// effect, and takes a confirmation back.
func TestReview_Reviewer(t *testing.T) {
	f, st := reviewStage(t, policy.Manager, "en")
	st.wants("Review Q4 2026", "6 d left", "0/3 decided", "1,904 ▲", "? much more", "? unused", "suspended then").wantsNot("elders")
	st.press("y").wants("1/3 decided", "✓ confirm")
	if len(f.decided) != 1 || f.decided[0].Grant != 1 || f.decided[0].Version != 1 {
		t.Fatalf("decided %+v", f.decided)
	}
	st.press("g", "z").wants("0/3 decided")
	if f.undone != 1 {
		t.Errorf("undone %d times", f.undone)
	}
	st.press("V", "y").wants("Confirm 3?", "Grants: 3 (", "unused for the quarter: 1; viewed much more than usual: 1")
	if len(f.decided) != 1 {
		t.Error("confirmed before the answer")
	}
	st.press("n")
	st.press("V", "g", "j", "j", "x").wants("Why?")
	st.press("moved to Gent", "enter").wants("takes effect at once", "can't be undone here", "· #13 —")
	st.press("y").wants("✗ revoke", "1/3 decided")
	if d := f.decided[len(f.decided)-1]; d.Grant != 3 || d.Decision != policy.Revoked || d.Reason.String() != "moved to Gent" {
		t.Errorf("decided %+v", d)
	}
	st.press("S").wants("can't be changed any more").press("y")
	if f.signed != 1 {
		t.Error("not signed")
	}
	st.press("o").wants("1/4 decided")
}

// What somebody did is another screen; an auditor decides nothing.
func TestReview_Detail(t *testing.T) {
	_, st := reviewStage(t, policy.Auditor, "nl")
	st.wants("Controle Q4 2026", "0/4 besloten")
	st.press("y").wants("jouw rol leest alleen")
	st.press("enter").wants("Deed in het kwartaal", "een klant bekeken", "900", "412", "Ingezien in eerdere kwartalen: 300, 350", "Dit mag de rol ook", "“laptop” ssh-ed25519")
}

func TestReview_Mine(t *testing.T) {
	f := newFakeReviews()
	newStage(t, sessionOf(f, policy.Sales)).press(":myreviews", "enter").wants("Q4 2026", "✗ revoke", "left the team")
}

// A change that somebody else was ahead of is said, and nothing seems done.
func TestReview_Conflict(t *testing.T) {
	f, st := reviewStage(t, policy.Manager, "en")
	f.err = policy.Errorf(policy.Conflict, "Somebody else has decided on this already: look again.")
	st.press("y")
	f.err = nil
	st.wants("Somebody else has decided").wantsNot("✓ confirm")
}

// Each screen of a review fits at the smallest size and shows more when wide.
func TestReview_Fits(t *testing.T) {
	for _, lang := range []string{"en", "nl"} {
		for _, size := range [][2]int{{80, 24}, {200, 50}} {
			f := newFakeReviews()
			s := sessionOf(f, policy.Manager)
			s.Lang, s.Width, s.Height = lang, size[0], size[1]
			st := newStage(t, s).press(":reviews", "enter")
			for _, keys := range [][]string{{"enter"}, {"V"}, {"y"}, {"n", "enter"}, {"esc", "?"}} {
				st.press(keys...)
				lines := strings.Split(st.shown(), "\n")
				if len(lines) != size[1] {
					t.Errorf("%s %v after %q: %d lines", lang, size, keys, len(lines))
				}
				for _, l := range lines {
					if ansi.StringWidth(l) > size[0] {
						t.Errorf("%s %v after %q: too wide: %q", lang, size, keys, l)
					}
				}
			}
			if wide := size[0] == 200; strings.Contains(st.press("esc").shown(), st.app.kit.t.Access.Reviewer) != wide {
				t.Errorf("%s %v: the reviewer is shown, or not:\n%s", lang, size, st.shown())
			}
		}
	}
}

// A page says what the record says, with every name safe, and a byte changed
// anywhere is found.
func TestReviewPage(t *testing.T) {
	key, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	item := ops.RecordItem{Grant: 3, Role: policy.Sales, Reviewer: "marit", By: policy.ByManager, Decision: policy.Revoked, DecidedBy: "marit", Unused: true}
	item.Login, item.Name, item.Why = "evil", text.New(`<script>alert("x")</script>`), text.New("moved")
	record, err := ops.NewRecord(ops.RecordReview{ID: 7, Period: "2026-Q4", ClosedAt: noon.UTC()}, []ops.RecordItem{item},
		[]ops.RecordStep{{Grant: 3, At: noon.UTC(), By: "marit", What: "revoke", Detail: text.New("moved")}}, key, func(m []byte) []byte { return ed25519.Sign(private, m) })
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{"en": "Access review Q4 2026", "nl": "Toegangscontrole Q4 2026"} {
		page := ReviewPage(lang, record)
		if !bytes.Contains(page, []byte(want)) || bytes.Contains(page, []byte("<script>alert")) || !bytes.Contains(page, []byte("&lt;script&gt;")) {
			t.Errorf("%s:\n%s", lang, page)
		}
		if _, err := ReadReviewPage(page, key); err != nil {
			t.Errorf("the control, %s: %v", lang, err)
		}
		for at := rand.IntN(7); at < len(page); at += 7 { // others each time
			bad := bytes.Clone(page)
			bad[at] ^= 1
			if _, err := ReadReviewPage(bad, key); policy.KindOf(err) != policy.Conflict {
				t.Fatalf("%s: byte %d, %q: %v", lang, at, page[max(at-20, 0):at+1], err)
			}
		}
	}
}
