package db

import "time"

// Key is a public key of a person. It belongs to that person for ever, also
// after it was removed.
type Key struct {
	ID          int32
	PersonID    int32
	Fingerprint string
	Name        string
	AddedAt     time.Time
	LastUsed    *time.Time
	RemovedAt   *time.Time
}
