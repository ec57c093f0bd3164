package policy

import "time"

// WaitAfter is how long a person's next code does not count after so many
// wrong ones in a row: five are free, and whoever goes on never gets more than
// five into any five minutes (threat 3).
func WaitAfter(failures int) time.Duration {
	switch {
	case failures < 5:
		return 0
	case failures == 5:
		return 5 * time.Minute
	}
	return min(time.Duration(failures-5)*75*time.Second, 15*time.Minute)
}
