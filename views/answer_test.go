package views

import (
	"context"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"balie/db"
	"balie/ops"
	"balie/ops/dossier"
	"balie/policy"
	"balie/policy/text"
)

// answering is a request with two texts, of which the first names somebody.
type answering struct {
	*fakeActs
	decided map[db.Stretch]bool
}

func (f *answering) ViewRequest(context.Context, policy.Actor, int64) (ops.RequestSight, error) {
	s := ops.RequestSight{Request: db.Request{ID: 1, Year: 2026, Number: 3, Kind: policy.Access, Subject: 7}}
	s.From = text.New("Ilse Baert")
	s.Facts = policy.RequestFacts{Kind: policy.Access, Known: true, Identity: policy.IdentityProven}
	return s, nil
}

func (f *answering) GatherAccess(ctx context.Context, actor policy.Actor, id int64, _ string, say ops.Saying) (a ops.AccessSight, err error) {
	a.Request, _ = f.ViewRequest(ctx, actor, id)
	a.Dossier = dossier.Dossier{Name: "Ilse Baert", Say: func(m policy.Message) string { return say("en", m) }}
	first := ops.AccessText{Place: "aa", Title: "Notes", Field: "the note", Text: "Ilse came with Fenna van der Kok and the\nneighbour. " + strings.Repeat("Long ", 60) + "end"}
	first.Marks = []ops.AccessMark{{Stretch: db.Stretch{Place: "aa", Begin: 15, End: 32}, Why: policy.Message{Key: "perhaps the name of another customer"}}}
	a.Texts = []ops.AccessText{first, {Place: "bb", Title: "Notes", Field: "the note", Text: "Nothing here"}}
	return a, nil
}

func (f *answering) MarkAccess(_ context.Context, _ policy.Actor, _ int64, places []db.Stretch, redact bool) error {
	for _, p := range places {
		f.decided[p] = redact
	}
	return nil
}

// The screen goes to what is to be looked at, has words taken by the keyboard, and
// loses none of the text at any width.
func TestAnswer(t *testing.T) {
	acts := &answering{newFakeActs(), map[db.Stretch]bool{}}
	for _, size := range [][2]int{{80, 24}, {40, 12}, {200, 50}} {
		s := sessionOf(acts, policy.Privacy)
		s.Actor = s.Actor.For(text.New("a request"))
		s.Width, s.Height = size[0], size[1]
		st := newStage(t, s)
		st.run(open(newAnswer(st.app.kit, 1)))
		seen := st.shown()
		if !strings.Contains(seen, "[?Fenna") || !strings.Contains(seen, "places to look at: 1") {
			t.Fatalf("%v:\n%s", size, seen)
		}
		st.press("R")
		if strings.Contains(st.shown(), "requests archive") {
			t.Error("released before anybody looked")
		}
		st.press("right", "right", "right", "right", "v", "right", "right", "space") // "and the neighbour."
		if !acts.decided[db.Stretch{Place: "aa", Begin: 33, End: 51}] {
			t.Errorf("the passage: %v", acts.decided)
		}
	}
	v := &answer{kit: newKit(sessionOf(acts, policy.Privacy))}
	v.sight, _ = acts.GatherAccess(t.Context(), policy.Actor{}, 1, "en", Say)
	v.goTo(0, 0)
	for w := 8; w < 120; w += 7 {
		body, _ := v.body(v.sight.Texts[0], true, w)
		flat := strings.NewReplacer("[?", "", "]", "").Replace(ansi.Strip(strings.Join(body, "")))
		if got, want := strings.ReplaceAll(flat, " ", ""), strings.Join(strings.Fields(v.sight.Texts[0].Text), ""); got != want {
			t.Fatalf("at %d columns it says %q", w, got)
		}
		for _, l := range body {
			if width(l) > w {
				t.Fatalf("%d columns in %d: %q", width(l), w, l)
			}
		}
	}
}
