package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"
	gossh "golang.org/x/crypto/ssh"

	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// colleague is somebody of the sample firm.
type colleague struct {
	login, name, title string
	role               policy.Role
	team               string
}

// staff are all, the admin first: she invites the others.
var staff = []colleague{
	{"anna", "Anna de Wit", "admin", policy.Admin, ""},
	{"marit", "Marit Visser", "manager", policy.Manager, salesTeam},
	{"sander", "Sander de Jong", "sales", policy.Sales, salesTeam},
	{"sofie", "Sofie Claes", "sales", policy.Sales, salesTeam},
	{"fatima", "Fatima el Amrani", "finance", policy.Finance, ""},
	{"pieter", "Pieter Dijkstra", "privacy officer", policy.Privacy, ""},
	{"arend", "Arend Mulder", "auditor", policy.Auditor, ""},
}

const salesTeam = "Binnendienst"

// hire lets everybody join as real people do, and gives them by login name.
func (d demo) hire(ctx context.Context, o *ops.Ops, ownerURL string) (map[string]policy.Actor, error) {
	if err := os.MkdirAll(d.keyDir(), 0o700); err != nil {
		return nil, err
	}
	people := map[string]policy.Actor{}
	for _, c := range staff {
		code, err := d.invitation(ctx, o, ownerURL, people["anna"], c)
		if err != nil {
			return nil, err
		}
		if people[c.login], err = d.join(ctx, o, c.login, code.Code); err != nil {
			return nil, err
		}
	}
	return people, nil
}

func (d demo) invitation(ctx context.Context, o *ops.Ops, ownerURL string, anna policy.Actor, c colleague) (ops.Code, error) {
	if c.role == policy.Admin {
		return ops.FirstAdmin(ctx, ownerURL, o.Store.Keys, c.login, text.New(c.name))
	}
	return o.Invite(ctx, anna, ops.Invitation{
		Login: c.login, Name: text.New(c.name), Role: c.role, Team: text.New(c.team), Reason: text.New("works here"),
	})
}

// join is what a new colleague does at a terminal. The files are written before
// the database knows the key, so that a crash locks nobody out.
func (d demo) join(ctx context.Context, o *ops.Ops, login string, code policy.Sealed) (policy.Actor, error) {
	key, err := d.newKey(login)
	if err != nil {
		return policy.Actor{}, err
	}
	offer := ops.Offer(key)
	invited, err := o.ProveInvitation(ctx, offer, code, "127.0.0.1")
	if err != nil {
		return policy.Actor{}, err
	}
	joining, err := o.StartJoin(ctx, invited)
	if err != nil {
		return policy.Actor{}, err
	}
	if err := d.keep(login+".totp", joining.Secret.Reveal()+"\n"); err != nil {
		return policy.Actor{}, err
	}
	// The last code is still taken, and leaves the present one to sign in with.
	last, err := totp.GenerateCode(joining.Secret.Reveal(), time.Now().Add(-step))
	if err != nil {
		return policy.Actor{}, err
	}
	recovery, err := o.ConfirmJoin(ctx, joining, policy.Seal(last))
	if err != nil {
		return policy.Actor{}, err
	}
	if err := d.keep(login+".recovery", lines(recovery)); err != nil {
		return policy.Actor{}, err
	}
	return d.actor(ctx, o, login, offer)
}

// actor is somebody who has joined, in the role held.
func (d demo) actor(ctx context.Context, o *ops.Ops, login string, offer ops.KeyOffer) (policy.Actor, error) {
	claim, err := o.Recognise(ctx, login, offer)
	if err != nil {
		return policy.Actor{}, err
	}
	return o.Roles(ctx, policy.Actor{ID: claim.PersonID, Session: "demo"})
}

func lines(codes []policy.Sealed) string {
	var b strings.Builder
	for _, c := range codes {
		b.WriteString(c.Reveal() + "\n")
	}
	return b.String()
}

func (d demo) keyDir() string { return filepath.Join(d.Data, "keys") }

func (d demo) keep(name, content string) error {
	return os.WriteFile(filepath.Join(d.keyDir(), name), []byte(content), 0o600)
}

// newKey makes somebody's SSH key, without a passphrase: it opens invented
// data.
func (d demo) newKey(login string) (gossh.PublicKey, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	key, err := gossh.NewPublicKey(public)
	if err != nil {
		return nil, err
	}
	block, err := gossh.MarshalPrivateKey(private, login+"@demo")
	if err != nil {
		return nil, err
	}
	if err := d.keep(login, string(pem.EncodeToMemory(block))); err != nil {
		return nil, err
	}
	return key, d.keep(login+".pub", string(gossh.MarshalAuthorizedKey(key)))
}
