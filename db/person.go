package db

import (
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Person is a colleague as lists and details show one.
type Person struct {
	ID        int32
	Login     string
	Name      text.Line
	TeamID    int32 // 0 for none
	Team      text.Line
	Language  string
	CreatedAt time.Time
	JoinedAt  *time.Time
	RevokedAt *time.Time
	LastSeen  *time.Time // start of the last session
	Version   int32
	Grants    []Grant // live and pending; those of the past too in GetPerson
}

// Roles are those that the person can wear now.
func (p Person) Roles(now time.Time) []policy.Role {
	var held []policy.Role
	for _, g := range p.Grants {
		if g.Live(now) {
			held = append(held, g.Role)
		}
	}
	return held
}

// Colleague is what everybody in the firm knows of a person.
type Colleague struct {
	ID     int32
	Login  string
	Name   text.Line
	TeamID int32
	Gone   bool // revoked
}
