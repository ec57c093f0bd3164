package policy

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	last := time.Duration(0)
	for tries := range 100 {
		d := RetryAfter(tries)
		if d < last || d < time.Minute || d > time.Hour {
			t.Errorf("after %d tries %s, before it %s", tries, d, last)
		}
		last = d
	}
	if last != time.Hour || RetryAfter(2) != 2*time.Minute {
		t.Errorf("in the end %s, after two %s", last, RetryAfter(2))
	}
}

// What is kept about a failure tells of nobody.
func TestWhyFailed(t *testing.T) {
	const quiet = "It failed for a reason that the server's log tells."
	for _, c := range []struct {
		err  error
		want string
	}{
		{Errorf(Unavailable, "The disk is full."), "The disk is full."},
		{fmt.Errorf("wrapped: %w", Errorf(Conflict, "%d are left.", 7)), "7 are left."},
		{Errorf(Conflict, "%s was revoked.", "Jan Jansen"), quiet},
		{errors.New("no row of Jan Jansen"), quiet},
		{&Error{Kind: Internal, Msg: Message{Key: "Jan Jansen"}}, quiet},
	} {
		if got := WhyFailed(c.err).String(); got != c.want {
			t.Errorf("%v: %q", c.err, got)
		}
	}
}
