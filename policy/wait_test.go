package policy

import (
	"testing"
	"time"
)

// Whoever guesses as fast as allowed gets five tries into any five minutes.
func TestWaitAfter_fivePerFiveMinutes(t *testing.T) {
	var at time.Duration
	var tries []time.Duration
	for n := 1; n <= 10_000; n++ {
		tries = append(tries, at)
		at += WaitAfter(n)
	}
	for i := 5; i < len(tries); i++ {
		if gap := tries[i] - tries[i-5]; gap < 5*time.Minute {
			t.Fatalf("tries %d to %d fall within %v", i-4, i+1, gap)
		}
	}
}
