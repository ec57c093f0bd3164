package views

import (
	"strings"
	"testing"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// TestBoard: a deal moved with the keyboard, taken back, lost with a reason.
func TestBoard(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales))
	s.press("d").wants("Deals", "New", "Quote", "Negotiation", "▸Dakkapel 1", "Won »", "SdW")
	s.press("L").wants("Dakkapel 1: Quote. z takes it back.")
	if d := acts.theDeals()[0]; d.Stage != 2 {
		t.Fatalf("it is in %d", d.Stage)
	}
	s.wants("▸Dakkapel 1") // the cursor follows it
	s.press("z", "y").wants("Dakkapel 1 is as before.")
	if d := acts.theDeals()[0]; d.Stage != 1 {
		t.Fatalf("it is in %d", d.Stage)
	}
	s.press("h").press("H").wants("it is in the first stage")
	s.press("llll", "/", "keuken 5", "enter").wants("Keuken 5")
	s.press("LL") // to negotiation, then to won: asks
	s.wants("Won! Why?").press("esc")
	s.press("esc")
}

// TestBoard_conflict: somebody else moved it; the board says so and looks again.
func TestBoard_conflict(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("d")
	acts.theDeals()[0].Version = 9
	before := acts.count("board")
	s.press("L").wants("Somebody else changed this deal meanwhile")
	if acts.count("board") == before {
		t.Error("the board wasn't read again")
	}
}

// TestDealForm: added from a customer's screen; of two who save, the second is
// shown what the first made of it.
func TestDealForm(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales))
	s.press("c", "enter", "d", "Serre", "tab", "21.000", "tab", "2027-02-31", "ctrl+s").wants("Give a day as 2026-12-31.")
	s.press("ctrl+u", "2027-02-28", "ctrl+s").wants("Added: Serre.", "€ 21,000.00", "Feb 2027")
	made := acts.theDeals()[40]
	if made.Customer != 1 || made.Value != 2_100_000 {
		t.Fatalf("%+v", made)
	}
	s.press("esc", "e") // the detail of deal 41 is gone; back at the customer
	s.press("esc", "y", "esc")
	s = newStage(t, sessionOf(acts, policy.Sales)).press("d", "enter", "e")
	acts.deals[0].Version, acts.deals[0].Next = 7, text.New("offerte nabellen")
	s.press(" extra", "tab", "tab", "tab", "ctrl+u", "mailen", "ctrl+s").wants("Two changes", "(•) mailen", "( ) offerte nabellen")
	s.press("ctrl+s").wants("Saved: Dakkapel 1 extra.")
	if d := acts.theDeals()[0]; d.Next.String() != "mailen" || d.Version != 8 {
		t.Errorf("%+v", d)
	}
}

// TestConvert: only a lead turns into a customer with a deal.
func TestConvert(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales))
	s.press("c", "enter", "D", "Dakkapel", "ctrl+s").wants("is a customer now, with a deal.")
	if acts.count("create deal true") != 1 {
		t.Error("it was made without converting")
	}
	newStage(t, sessionOf(acts, policy.Sales)).press("c", "j", "enter", "D").wants("only a lead becomes a customer")
}

func TestPipelineForm(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Manager)).press("d", "S").wants("New; open; 10; 14", "Lost; lost; 0; 0")
	s.press("tab", "ctrl+u", "Bezoek; open; 15%; 7", "tab", "ctrl+u", "ctrl+s").wants("The stages are as you set them.")
	p := acts.saved
	if len(p.Stages) != 4 || p.Stages[0].ID != 1 || p.Stages[0].Name.String() != "Bezoek" || p.Stages[0].Probability != 15 || p.Stages[1].ID != 3 || !p.Stages[1].Name.IsZero() || !p.Name.IsZero() {
		t.Errorf("%+v", p)
	}
}

// TestBoard_speed: 500 deals are drawn within 16 ms; the control is that the
// frame shows cards.
func TestBoard_speed(t *testing.T) {
	s, v := bigBoard(t)
	best := time.Hour
	for range 5 {
		start := time.Now()
		for range 10 {
			v.arrange()
			s.app.View()
		}
		best = min(best, time.Since(start)/10)
	}
	if best > 16*time.Millisecond {
		t.Errorf("a frame takes %s", best)
	}
	if n := strings.Count(s.shown(), "SdW"); n < 20 {
		t.Errorf("only %d cards are shown", n)
	}
}

func bigBoard(tb testing.TB) (*stage, *board) {
	tb.Helper()
	acts := newFakeActs()
	acts.deals = dealsOf(500)
	session := sessionOf(acts, policy.Sales)
	session.Width, session.Height = 200, 50
	s := newStage(tb, session).press("d")
	v, ok := s.app.top().(*board)
	if !ok {
		tb.Fatal(s.shown())
	}
	return s, v
}

func BenchmarkBoard(b *testing.B) {
	s, v := bigBoard(b)
	b.ReportAllocs()
	for b.Loop() {
		v.arrange()
		s.app.View()
	}
}
