package db

import "time"

// Invitation is how a person joins; its code is kept as a digest only.
type Invitation struct {
	ID          int32
	PersonID    int32
	CreatedBy   int32 // 0: the program itself, for the first admin
	CreatedAt   time.Time
	ExpiresAt   time.Time
	UsedAt      *time.Time
	VoidedAt    *time.Time
	Fingerprint string // of the key that joined with it
}
