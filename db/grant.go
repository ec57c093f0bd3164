package db

import (
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Grant is one role of one person: why, since when, by whom. It never goes: it
// ends.
type Grant struct {
	ID        int32
	PersonID  int32
	Role      policy.Role
	Reason    text.Line
	GrantedBy int32 // 0: the program itself, for the first admin
	AgreedBy  int32 // the second admin, where one was needed
	Pending   bool  // waits for a second admin
	Since     time.Time
	Until     *time.Time
	EndedAt   *time.Time
	EndedBy   int32
}

// Live says that the role can be worn.
func (g Grant) Live(now time.Time) bool {
	return !g.Pending && g.EndedAt == nil && (g.Until == nil || g.Until.After(now))
}
