package server

import (
	"context"
	"errors"
	"strings"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"balie/ops"
	"balie/policy"
)

// errRefused is what every refusal of a sign-in is to the client.
var errRefused = errors.New("refused")

// sshConfig is the whole of signing in: a key with its signature, then a code.
// Neither is enough alone, and nothing else is offered.
func (s *Server) sshConfig(ctx ssh.Context) *gossh.ServerConfig {
	p := peerOf(ctx)
	return &gossh.ServerConfig{
		Config:                    gossh.Config{KeyExchanges: keyExchanges, Ciphers: ciphers, MACs: macs},
		PublicKeyAuthAlgorithms:   keyAlgorithms,
		MaxAuthTries:              maxAuthTries,
		NoClientAuthCallback:      refuseNone,
		PublicKeyCallback:         admissible,
		VerifiedPublicKeyCallback: p.keyProven,
	}
}

// refuseNone keeps "none" out even if a library were to switch it on.
func refuseNone(gossh.ConnMetadata) (*gossh.Permissions, error) { return nil, errRefused }

// admissible looks at an offered key and remembers nothing: whoever offers a
// public half hasn't shown to own it. It doesn't ask whose key it is, so that
// offering colleagues' public keys teaches nothing.
func admissible(_ gossh.ConnMetadata, key gossh.PublicKey) (*gossh.Permissions, error) {
	if _, ok := key.(*gossh.Certificate); ok {
		return nil, errRefused
	}
	if ops.Offer(key).Bits > maxRSA {
		return nil, errRefused // checking its signature would cost too much
	}
	return nil, nil
}

// keyProven runs after the key's signature was verified. The claim lives in the
// closure of the code's question; a wrong or unknown key is asked like a right
// one.
func (p *peer) keyProven(meta gossh.ConnMetadata, key gossh.PublicKey, _ *gossh.Permissions, _ string) (*gossh.Permissions, error) {
	offer := ops.Offer(key)
	claim, err := p.server.ops.Recognise(p.ctx, cut(meta.User(), maxLogin), offer)
	if err != nil {
		return nil, p.failed("recognise", err)
	}
	prove := func(code policy.Sealed) (*identity, error) { return p.signIn(claim, code) }
	if claim.Joining {
		prove = func(code policy.Sealed) (*identity, error) { return p.beInvited(offer, code) }
	}
	next := gossh.ServerAuthCallbacks{KeyboardInteractiveCallback: p.askCode(prove)}
	return nil, &gossh.PartialSuccessError{Next: next}
}

// askCode asks for the second factor; what it returns is the whole identity.
func (p *peer) askCode(prove func(policy.Sealed) (*identity, error)) func(gossh.ConnMetadata, gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
	return func(_ gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
		if p.tries++; p.tries > maxCodeTries {
			p.hangUp()
			return nil, errRefused
		}
		answers, err := ask("", "", []string{"Code: "}, []bool{false})
		if err != nil || len(answers) != 1 {
			return nil, errRefused
		}
		who, err := prove(policy.Seal(strings.TrimSpace(answers[0])))
		if err != nil {
			return nil, p.failed("prove", err)
		}
		p.settled()
		return who.permissions(), nil
	}
}

// signIn proves the code and begins the session.
func (p *peer) signIn(claim ops.Claim, code policy.Sealed) (*identity, error) {
	o := p.server.ops
	proof, err := o.ProveCode(p.ctx, claim, code, p.address)
	if err != nil {
		return nil, err
	}
	info := ops.SessionInfo{ID: p.id, Address: p.address, Node: p.server.node}
	actor, welcome, err := o.BeginSession(p.ctx, proof, info)
	if err != nil {
		return nil, err
	}
	who := &identity{person: actor, welcome: welcome}
	return who, p.list(who)
}

// list puts the session on the hub, where a revocation finds it.
func (p *peer) list(who *identity) error {
	unlist, err := p.server.ops.Hub.Add(ops.Live{
		Session: p.id, Actor: who.actor(), Since: time.Now(), Address: p.address, KeyName: who.welcome.KeyName,
		Close:   func(why policy.Message) { p.close(why, exitRefused) },
		Changed: func() { p.rolesChanged(who) },
		Active:  func() time.Time { return time.Unix(0, p.last.Load()) },
	})
	if err != nil {
		p.record(err.Error())
		return err
	}
	p.listed(unlist)
	return nil
}

// beInvited proves an invitation; it is used up only when joining is confirmed.
func (p *peer) beInvited(offer ops.KeyOffer, code policy.Sealed) (*identity, error) {
	invited, err := p.server.ops.ProveInvitation(p.ctx, offer, code, p.address)
	if err != nil {
		return nil, err
	}
	return &identity{invited: &invited}, nil
}

// failed turns an error into a refusal. Only what may be known by anybody is
// said: that the house is closed, or that a key is of a kind that nobody may
// use.
func (p *peer) failed(doing string, err error) error {
	switch policy.KindOf(err) {
	case policy.Denied, policy.Absent:
		return errRefused
	case policy.Invalid, policy.Unavailable:
		return &gossh.BannerError{Err: errRefused, Message: sentence(err) + "\r\n"}
	}
	if !errors.Is(err, context.Canceled) {
		p.server.log.Error("sign-in", "doing", doing, "err", err)
	}
	return errRefused
}

// cut bounds what a client sent before anything looks at it.
func cut(s string, n int) string { return s[:min(n, len(s))] }
