package policy

import (
	"errors"
	"time"
)

// DefaultZone is the organisation's time zone until it sets another one.
const DefaultZone = "Europe/Amsterdam"

// RetryAfter is how long after its nth failure a job is tried again: it
// grows, so that what can't be helped costs little, and never so much that a
// database that is back is waited for.
func RetryAfter(tries int) time.Duration {
	return min(time.Minute<<min(max(tries-1, 0), 10), time.Hour)
}

// WhyFailed is what may be kept about a failure for others to read: the
// sentence, unless it may tell about somebody. Numbers don't.
func WhyFailed(err error) Message {
	if e, ok := errors.AsType[*Error](err); ok && e.Kind != Internal && onlyNumbers(e.Msg.Args) {
		return e.Msg
	}
	return Message{Key: "It failed for a reason that the server's log tells."}
}

func onlyNumbers(args []any) bool {
	for _, a := range args {
		if _, ok := a.(int); !ok {
			return false
		}
	}
	return true
}
