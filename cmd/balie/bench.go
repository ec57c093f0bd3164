package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"

	gossh "golang.org/x/crypto/ssh"

	"balie/cmd/balie/bench"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type benchCommand struct {
	Dir      string   `help:"Where the sample firm is kept between runs." default:".balie-bench" placeholder:"DIR"`
	Contacts int      `help:"How many customers it has." default:"1000000" placeholder:"N"`
	Sections []string `arg:"" optional:"" help:"What to measure: search, list, open, import, screen, keys, signin, revoke, home, live, duplicates, board, invoices, access, erase, sweep. All if none is named."`
}

// Help says how long it takes.
func (benchCommand) Help() string {
	return "The first run makes the sample firm, which takes minutes and some 10 GB of disk; later ones go on with it. " +
		"The figures are of this machine: compare those that stand side by side."
}

// Run makes the sample firm if need be, serves it, measures and stops.
func (b benchCommand) Run(ctx context.Context, con console) error {
	dir, err := filepath.Abs(b.Dir)
	if err != nil {
		return err
	}
	l, err := listen("127.0.0.1:0")
	if err != nil {
		return err
	}
	defer l.Close()
	if err := (demoStart{Contacts: b.Contacts}).ready(ctx, dir, con); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var measured error
	d := demo{config: demoConfig(dir), con: con, still: true}
	d.opened = func(n *node, base *database) {
		defer stop()
		measured = d.measure(ctx, n, base, l.Addr(), b.Sections)
	}
	if err := d.start(ctx, l); err != nil {
		return err
	}
	return measured
}

func (d demo) measure(ctx context.Context, n *node, base *database, addr net.Addr, sections []string) error {
	h := &bench.House{
		Store: n.ops.Store, Ops: n.ops, OwnerURL: base.ownerURL, Addr: addr.String(),
		HostKey: n.hostKey.PublicKey(), Team: text.New(salesTeam), Out: d.con.out, Say: d.con.say,
		AdminCode: func(ctx context.Context) (policy.Sealed, error) {
			code, err := demoCode{Name: "anna"}.fresh(ctx, d.Data, d.con)
			return policy.Seal(code), err
		},
		Second: func(ctx context.Context) (*bench.Node, error) { return d.second(ctx, base) },
	}
	var err error
	if h.AdminKey, err = d.signer("anna"); err != nil {
		return err
	}
	for login, actor := range map[string]*policy.Actor{"anna": &h.Admin, "sander": &h.Sales, "pieter": &h.Privacy, "marit": &h.Manager, "fatima": &h.Finance, "arend": &h.Auditor} {
		key, err := d.publicKey(login)
		if err == nil {
			*actor, err = d.actor(ctx, n.ops, login, ops.Offer(key))
		}
		if err != nil {
			return err
		}
	}
	return h.Run(ctx, sections...)
}

// publicKey reads the key that somebody of the sample firm signs in with.
func (d demo) publicKey(login string) (gossh.PublicKey, error) {
	raw, err := os.ReadFile(filepath.Join(d.keyDir(), login+".pub"))
	if err != nil {
		return nil, err
	}
	key, _, _, _, err := gossh.ParseAuthorizedKey([]byte(strings.TrimSpace(string(raw))))
	return key, err
}

// signer reads the key itself.
func (d demo) signer(login string) (gossh.Signer, error) {
	raw, err := os.ReadFile(filepath.Join(d.keyDir(), login))
	if err != nil {
		return nil, err
	}
	return gossh.ParsePrivateKey(raw)
}
