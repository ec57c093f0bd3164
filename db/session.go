package db

import "time"

// Session is one signed-in SSH session, on any node.
type Session struct {
	ID        string
	PersonID  int32
	Login     string
	KeyID     int32
	KeyName   string
	Address   string
	Node      string
	Recovery  bool // signed in with a recovery code
	StartedAt time.Time
	EndedAt   *time.Time
	EndReason string
}
