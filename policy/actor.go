package policy

import (
	"slices"

	"balie/policy/text"
)

// Role is what a person may be asked to do. A person may hold several and
// wears one at a time: each transaction runs under the right of that one.
type Role string

// The roles of people, and below them those of the program itself.
const (
	Sales   Role = "sales"
	Manager Role = "manager"
	Finance Role = "finance"
	Privacy Role = "privacy"
	Admin   Role = "admin"
	Auditor Role = "auditor"

	Door  Role = "door"  // lets people in: sign-in, joining
	Clock Role = "clock" // jobs

	// Founder makes the first admin; only the database's owner can wear it.
	Founder Role = "founder"
)

// Roles are those that a person can hold, in the order in which they are shown
// and in which a new session puts them on.
var Roles = []Role{Sales, Manager, Finance, Privacy, Admin, Auditor}

// InOrder gives roles in the order of Roles, each once.
func InOrder(roles []Role) []Role {
	var sorted []Role
	for _, r := range Roles {
		if slices.Contains(roles, r) {
			sorted = append(sorted, r)
		}
	}
	return sorted
}

// ParseRole reads a role of people.
func ParseRole(s string) (Role, error) {
	if r := Role(s); slices.Contains(Roles, r) {
		return r, nil
	}
	return "", Errorf(Invalid, "There is no role %q: use sales, manager, finance, privacy, admin or auditor.", text.Clean(s)).On("role")
}

// Actor is who does something: a person in the role worn now, in one session,
// or a part of the program. Row security checks the person and the grant again
// in every statement, so an Actor that has gone stale can do nothing.
type Actor struct {
	ID      int32 // 0 for the program itself
	Login   string
	Name    text.Line
	Role    Role
	Held    []Role // all roles held when the session began
	Team    int32  // 0 for none
	Session string // the SSH session, for the log
	Reason  text.Line
	Again   bool // see Looking
}

// As is the actor wearing another role.
func (a Actor) As(r Role) Actor { a.Role = r; return a }

// For is the actor with a recorded reason, which the privacy officer needs to
// read customers.
func (a Actor) For(reason text.Line) Actor { a.Reason = reason; return a }

// System is the program itself in one of its parts.
func System(r Role) Actor { return Actor{Role: r, Login: string(r)} }
