package policy

import "time"

// KeyFlag is a reason to look at a key.
type KeyFlag string

// The flags of keys.
const (
	KeyWeak      KeyFlag = "weak"      // would be refused today
	KeyOld       KeyFlag = "old"       // was registered long ago
	KeyUnused    KeyFlag = "unused"    // for so long that it will be suspended
	KeySuspended KeyFlag = "suspended" // lets nobody in
)

// oldKey is after how many days a key is old.
const oldKey = 730

// KeyAge is what is judged of a key.
type KeyAge struct {
	Kind      string
	Bits      int
	Added     time.Time
	Idle      time.Time // since when nobody has used it
	Suspended bool
}

// Flags gives the reasons to look at a key; flagDays is after how many days
// without use a key is pointed out.
func (k KeyAge) Flags(now time.Time, flagDays int) []KeyFlag {
	var flags []KeyFlag
	add := func(is bool, f KeyFlag) {
		if is {
			flags = append(flags, f)
		}
	}
	add(k.Suspended, KeySuspended)
	add(!k.Suspended && Days(k.Idle, now) >= flagDays, KeyUnused)
	add(CheckKey(k.Kind, k.Bits) != nil, KeyWeak)
	add(Days(k.Added, now) >= oldKey, KeyOld)
	return flags
}

// Days are the whole days of 24 hours from one instant to another.
func Days(from, to time.Time) int { return int(to.Sub(from) / (24 * time.Hour)) }
