package views

import (
	"strings"
	"time"

	"balie/db"
	"balie/policy"
)

// roles are those that a person holds now, in words.
func (k *kit) roles(p db.Person) string {
	var words []string
	for _, r := range p.Roles(k.Now()) {
		words = append(words, k.t.role(r))
	}
	return strings.Join(words, ", ")
}

// status is where a person stands: a word, and a colour that says the same.
func (k *kit) status(p db.Person) (string, style) {
	t := &k.t.People
	switch {
	case p.RevokedAt != nil:
		return t.Revoked, k.st.faint
	case waits(p):
		return t.GrantWaits, k.st.due
	case p.JoinedAt == nil:
		return t.Invited, ""
	}
	return t.Active, ""
}

// waits says that a second admin's word is wanted.
func waits(p db.Person) bool {
	for _, g := range p.Grants {
		if g.Pending && g.EndedAt == nil {
			return true
		}
	}
	return false
}

func (k *kit) lastSeen(p db.Person) string {
	if p.LastSeen == nil {
		return k.t.People.NeverSeen
	}
	return k.ago(*p.LastSeen)
}

// by is who did something; nobody is the program itself.
func (k *kit) by(person int32) string {
	if person == 0 {
		return k.t.People.ByProgram
	}
	return k.colleague(person)
}

func (k *kit) dayOf(t *time.Time) string {
	if t == nil {
		return "–"
	}
	return k.day(*t)
}

// grantable are the roles as a form offers them.
func (k *kit) grantable() []option {
	options := make([]option, len(policy.Roles))
	for i, r := range policy.Roles {
		options[i] = option{text: k.t.role(r), hint: string(r)}
	}
	return options
}
