package server

import (
	"sync"

	gossh "golang.org/x/crypto/ssh"

	"balie/ops"
	"balie/policy"
)

// identity is who a connection belongs to: a person, or somebody who proved an
// invitation. It exists only inside the Permissions of a finished
// authentication.
type identity struct {
	welcome ops.Welcome
	invited *ops.Invited // nil for a person

	mu     sync.Mutex
	person policy.Actor // its roles may change meanwhile
}

type identityKey struct{}

func (id *identity) permissions() *gossh.Permissions {
	return &gossh.Permissions{ExtraData: map[any]any{identityKey{}: id}}
}

// identityOf reads who it is from final Permissions, and from nothing else; nil
// for nobody.
func identityOf(perms *gossh.Permissions) *identity {
	if perms == nil {
		return nil
	}
	id, _ := perms.ExtraData[identityKey{}].(*identity)
	return id
}

func (id *identity) actor() policy.Actor {
	id.mu.Lock()
	defer id.mu.Unlock()
	return id.person
}

func (id *identity) wear(actor policy.Actor) {
	id.mu.Lock()
	defer id.mu.Unlock()
	id.person = actor
}
