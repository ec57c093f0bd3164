package policy

import (
	"testing"
	"time"
)

func TestStageRules_Weighted(t *testing.T) {
	for _, c := range []struct {
		value   Cents
		percent int16
		want    Cents
	}{{10_000, 40, 4_000}, {12_345, 10, 1_235}, {12_344, 10, 1_234}, {1, 50, 1}, {MaxCents, 100, MaxCents}, {MaxCents, 0, 0}} {
		if got := (StageRules{Probability: c.percent}).Weighted(c.value); got != c.want {
			t.Errorf("%d%% of %d is %d, want %d", c.percent, c.value, got, c.want)
		}
	}
}

func TestStageRules_Ageing(t *testing.T) {
	now := time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		rules StageRules
		age   time.Duration
		want  bool
	}{
		{StageRules{Meaning: StageOpen, Days: 14}, 15*24*time.Hour - 1, false},
		{StageRules{Meaning: StageOpen, Days: 14}, 15 * 24 * time.Hour, true},
		{StageRules{Meaning: StageOpen, Days: 0}, 1e6 * time.Hour, false},
		{StageRules{Meaning: StageWon, Days: 14}, 1e6 * time.Hour, false},
	} {
		if got := c.rules.Ageing(now.Add(-c.age), now); got != c.want {
			t.Errorf("%+v after %s: %t", c.rules, c.age, got)
		}
	}
}

func TestCheckStages(t *testing.T) {
	open, won, lost := StageRules{Meaning: StageOpen, Probability: 30}, StageRules{Meaning: StageWon, Probability: 100}, StageRules{Meaning: StageLost}
	if err := CheckStages([]StageRules{open, won, lost}); err != nil {
		t.Error(err)
	}
	for name, stages := range map[string][]StageRules{
		"none": nil, "nothing to win": {open, lost}, "nothing to lose": {open, won}, "nothing open": {won, lost},
		"won by half": {open, {Meaning: StageWon, Probability: 50}, lost}, "more than all": {{Meaning: StageOpen, Probability: 101}, won, lost},
		"another meaning": {open, won, lost, {Meaning: "stuck"}}, "too many": make([]StageRules, MaxStages+1),
	} {
		if err := CheckStages(stages); KindOf(err) != Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
