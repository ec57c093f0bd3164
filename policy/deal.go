package policy

import (
	"slices"
	"time"
)

// StageMeaning says what a deal in a stage is.
type StageMeaning string

// The meanings. A stage keeps its own for good: closed deals count by it.
const (
	StageOpen StageMeaning = "open"
	StageWon  StageMeaning = "won"
	StageLost StageMeaning = "lost"
)

// StageMeanings are all, in the order in which a board has them.
var StageMeanings = []StageMeaning{StageOpen, StageWon, StageLost}

// StageRules is what of a stage counts for figures.
type StageRules struct {
	Meaning     StageMeaning
	Probability int16 // in percent, that a deal here is going to be won
	Days        int16 // after which a deal that stays here stands out; 0: never
}

// Weighted is what of a deal's value counts in a forecast, to the cent.
func (s StageRules) Weighted(value Cents) Cents { return portion(value, int64(s.Probability), 100) }

// Ageing says whether a deal has stayed in the stage for too long.
func (s StageRules) Ageing(since, now time.Time) bool {
	return s.Meaning == StageOpen && s.Days > 0 && DaysBetween(since, now) > int(s.Days)
}

// DaysBetween counts whole days.
func DaysBetween(from, to time.Time) int { return max(int(to.Sub(from)/(24*time.Hour)), 0) }

// Check says what is wrong with a stage.
func (s StageRules) Check() error {
	switch {
	case !slices.Contains(StageMeanings, s.Meaning):
		return Errorf(Invalid, "A stage is open, won or lost.").On("meaning")
	case s.Probability < 0 || s.Probability > 100:
		return Errorf(Invalid, "A chance is from 0 to 100 percent.").On("probability")
	case s.Meaning == StageWon && s.Probability != 100 || s.Meaning == StageLost && s.Probability != 0:
		return Errorf(Invalid, "What is won has a chance of 100 percent, and what is lost of 0.").On("probability")
	case s.Days < 0 || s.Days > 3650:
		return Errorf(Invalid, "The days after which a deal stands out are from 0, for never, to 3650.").On("days")
	}
	return nil
}

// MaxStages is how many a pipeline can have: more don't fit a board.
const MaxStages = 20

// CheckStages says what is wrong with the stages of a pipeline together: each
// deal must be able to begin, to be won and to be lost.
func CheckStages(all []StageRules) error {
	if len(all) > MaxStages {
		return Errorf(Invalid, "A pipeline has at most %d stages.", MaxStages).On("stages")
	}
	has := map[StageMeaning]bool{}
	for _, s := range all {
		if err := s.Check(); err != nil {
			return err
		}
		has[s.Meaning] = true
	}
	if !has[StageOpen] || !has[StageWon] || !has[StageLost] {
		return Errorf(Invalid, "A pipeline needs a stage that is open, one that means won and one that means lost.").On("stages")
	}
	return nil
}
