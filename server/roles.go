package server

import (
	"balie/policy"
)

// roleless is what one reads whose last role was taken.
var roleless = policy.Message{Key: "You hold no role any more: ask your admin."}

// rolesChanged reads the roles anew and tells the screens; what is already
// under way is refused by row security. It returns at once.
func (p *peer) rolesChanged(who *identity) {
	go p.server.guard("roles", func() {
		actor, err := p.server.ops.Roles(p.ctx, who.actor())
		if policy.KindOf(err) == policy.Denied {
			p.close(roleless, exitRefused)
			return
		}
		if err != nil {
			p.server.log.Error("read roles", "session", p.id, "err", err)
			return
		}
		who.wear(actor)
		for _, c := range p.open() {
			c.tellRoles()
		}
	})
}

func (p *peer) open() []*channel {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]*channel, 0, len(p.channels))
	for c := range p.channels {
		all = append(all, c)
	}
	return all
}

func (c *channel) tellRoles() {
	c.mu.Lock()
	tell := c.roles
	c.mu.Unlock()
	if tell != nil {
		tell()
	}
}
