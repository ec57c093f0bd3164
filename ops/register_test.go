package ops_test

import (
	"maps"
	"strings"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func entry(register policy.Register, pairs ...string) db.RegisterEntry {
	e := db.RegisterEntry{Register: register, Values: policy.Values{}}
	for i := 0; i < len(pairs); i += 2 {
		e.Values[pairs[i]] = text.NewBlock(pairs[i+1])
	}
	return e
}

// TestRegister: entries have versions and one writer at a time, each role reads
// and writes what it may, the documents follow and what was published stays.
func TestRegister(t *testing.T) {
	b := newTrade(t)
	officer, admin := b.pieter, dbtest.Person(t, b.Store, "anna", policy.Admin, "")
	processor := entry(policy.Processors, "name", "Mailhost", "service", "mail", "data", "names of customers", "stored", "NL", "controlled", "US")
	request := ops.NewRequestKey()
	id, err := b.WriteEntry(t.Context(), admin, processor, request)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := b.WriteEntry(t.Context(), admin, processor, request); err != nil || again != id {
		t.Errorf("the same request twice made %d and %d: %v", id, again, err)
	}
	if err := b.PublishDocument(t.Context(), officer, policy.Processing); err != nil {
		t.Fatal(err)
	}
	waits := func() int { return len(waiting(t, b, officer, "documents")) }
	if n := waits(); n != 0 {
		t.Errorf("published just now, and %d documents differ", n)
	}
	set := func(e *db.RegisterEntry) error { e.Values["stored"] = text.NewBlock("US"); return nil }
	if err := b.ChangeEntry(t.Context(), officer, policy.Processors, id, set, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	if n := waits(); n != 1 {
		t.Errorf("the register changed, and %d documents differ, want 1", n)
	}
	s, err := b.ViewEntry(t.Context(), officer, policy.Processors, id)
	if err != nil || len(s.History) != 2 || s.Values["stored"].String() != "US" || s.History[1].Values["stored"].String() != "NL" {
		t.Errorf("after a change: %+v, %v", s, err)
	}
	old := processor
	old.ID, old.Version = id, 1
	if _, err := b.WriteEntry(t.Context(), admin, old, ops.NewRequestKey()); policy.KindOf(err) != policy.Conflict {
		t.Errorf("writing over a version that isn't the newest: %v", err)
	}
	t.Run("breaches are the officer's", func(t *testing.T) {
		breach := entry(policy.Breaches, "name", "lost laptop", "aware", "2026-04-02 16:20", "facts", "a train")
		if _, err := b.WriteEntry(t.Context(), admin, breach, ops.NewRequestKey()); policy.KindOf(err) != policy.Denied {
			t.Errorf("an admin records a breach: %v", err)
		}
		id, err := b.WriteEntry(t.Context(), officer, breach, ops.NewRequestKey())
		if err != nil {
			t.Fatal(err)
		}
		told := waiting(t, b, officer, "breaches")
		if len(told) != 1 || told[0] != "Breach lost laptop: the 72 hours are over since 2026-04-05 16:20." {
			t.Errorf("on the officer's first screen stands %q", told)
		}
		if _, err := b.ViewEntry(t.Context(), admin, policy.Processors, id); policy.KindOf(err) != policy.Absent {
			t.Errorf("an admin reads a breach as if it were a processor: %v", err)
		}
		letter, err := b.BreachLetter(t.Context(), officer, id, ops.ToAuthority, "nl")
		if err != nil || !strings.Contains(letter, "2026-04-05 16:20") || !strings.Contains(letter, "[effects]") {
			t.Errorf("letter: %v\n%s", err, letter)
		}
	})
	t.Run("whom a breach concerns", func(t *testing.T) {
		if _, err := b.ViewCustomer(t.Context(), b.sander, b.lead.ID); err != nil {
			t.Fatal(err)
		}
		for login, want := range map[string]int{"sander": 1, "fatima": 0} {
			id, err := b.WriteEntry(t.Context(), officer, entry(policy.Breaches, "name", "key lent", "aware", "2026-04-02 16:20", "facts", "x", "login", login, "since", "2020-01-01 00:00"), ops.NewRequestKey())
			if err != nil {
				t.Fatal(err)
			}
			all, err := b.Affected(t.Context(), officer, id)
			if err != nil || len(all) != want || want == 1 && all[0].ID != b.lead.ID {
				t.Errorf("the account of %s saw %v, %v", login, all, err)
			}
		}
	})
	t.Run("bad input", func(t *testing.T) {
		bad := entry(policy.Processors, "name", "x")
		maps.Copy(bad.Values, policy.Values{"agreed": text.NewBlock("soon")})
		if _, err := b.WriteEntry(t.Context(), admin, bad, ops.NewRequestKey()); policy.KindOf(err) != policy.Invalid {
			t.Errorf("an entry without what is needed: %v", err)
		}
	})
}

// waiting is what leads to a screen on somebody's first screen.
func waiting(t *testing.T, b trade, who policy.Actor, opens string) (told []string) {
	t.Helper()
	all, err := b.Attention(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if a.Opens == opens {
			told = append(told, a.What.String())
		}
	}
	return told
}
