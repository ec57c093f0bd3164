package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"

	"balie/db"
	"balie/db/cluster"
	"balie/db/seal"
	"balie/policy"
)

type demoCommands struct {
	Dir string `help:"Where the demo keeps everything." default:".balie" placeholder:"DIR"`

	Start   demoStart   `cmd:"" default:"withargs" help:"Start the demo, or go on with it."`
	Code    demoCode    `cmd:"" help:"Print somebody's code to sign in with."`
	Picture demoPicture `cmd:"" help:"Sign in to the running demo, type keys, and draw the screen as SVG."`
}

type demoStart struct {
	Listen   string `help:"Where to listen." default:"127.0.0.1:2222" placeholder:"HOST:PORT"`
	Contacts int    `help:"How many customers the sample firm has (2000)." placeholder:"N"`
	Reset    bool   `help:"Throw the demo's data away and begin anew."`
}

const defaultContacts = 2000

// mark tells a demo's directory from any other, which must never be wiped, and
// a finished demo from one that was killed while it was made.
type mark struct {
	Contacts int  `json:"contacts"`
	Ready    bool `json:"ready"`
}

func markPath(dir string) string { return filepath.Join(dir, "demo.json") }

func readMark(dir string) (m mark, err error) {
	raw, err := os.ReadFile(markPath(dir))
	if err == nil {
		err = json.Unmarshal(raw, &m)
	}
	if err != nil {
		return m, policy.Errorf(policy.Absent, "%s is no demo's directory.", dir).Because(err)
	}
	return m, nil
}

func (m mark) write(dir string) error {
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	temp := markPath(dir) + ".new"
	if err := os.WriteFile(temp, raw, 0o600); err != nil {
		return err
	}
	return os.Rename(temp, markPath(dir))
}

// Run makes the demo if need be and serves it until a signal comes.
func (s demoStart) Run(ctx context.Context, all *cli, con console) error {
	dir, err := filepath.Abs(all.Demo.Dir)
	if err != nil {
		return err
	}
	l, err := listen(s.Listen) // first: it fails most easily
	if err != nil {
		return err
	}
	defer l.Close()
	if err := s.ready(ctx, dir, con); err != nil {
		return err
	}
	d := demo{config: demoConfig(dir), con: con}
	d.opened = func(*node, *database) { d.invite(all.Demo.Dir) }
	err = d.start(ctx, l)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		con.say("Stopped before the sample firm was whole; the next start begins it anew.")
		return nil
	}
	return err
}

// ready brings the directory to where a demo can go on, or begin.
func (s demoStart) ready(ctx context.Context, dir string, con console) error {
	m, err := readMark(dir)
	switch {
	case err != nil && !empty(dir):
		return policy.Errorf(policy.Conflict, "%s holds something else than a demo: choose another --dir.", dir)
	case err == nil && m.Ready && !s.Reset:
		if s.Contacts != 0 && s.Contacts != m.Contacts {
			con.say(english.Sprintf("Going on with the %d customers that are there; --reset begins anew.", m.Contacts))
		}
		return nil
	case err == nil && !m.Ready:
		con.say("The last start was broken off before the sample firm was whole: beginning anew.")
	}
	if err := clear(ctx, dir); err != nil {
		return err
	}
	if err := makeData(dir); err != nil {
		return err
	}
	// git, too, leaves alone what is in here.
	ignore := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("*\n"), 0o600)
	return errors.Join(mark{Contacts: cmp.Or(s.Contacts, defaultContacts)}.write(dir), ignore)
}

func empty(dir string) bool {
	entries, err := os.ReadDir(dir)
	return errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0
}

// clear removes a demo; a running one is a Conflict. The mark goes last, so
// that a clearing that was broken off can be taken up again.
func clear(ctx context.Context, dir string) error {
	if err := cluster.Remove(ctx, demoConfig(dir).clusterDir()); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(markPath(dir)) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

// demo is one demo being run.
type demo struct {
	config
	con    console
	opened func(*node, *database) // called when people are let in
	still  bool                   // see node
}

func (d demo) start(ctx context.Context, l net.Listener) error {
	log, err := os.OpenFile(filepath.Join(d.Data, "log"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	base, err := d.open(ctx, d.con.say)
	if err != nil {
		return err
	}
	err = d.serve(ctx, base, l, slog.New(slog.NewJSONHandler(log, nil)))
	return errors.Join(err, base.close(ctx))
}

func (d demo) serve(ctx context.Context, base *database, l net.Listener, log *slog.Logger) error {
	m, err := readMark(d.Data)
	if err != nil {
		return err
	}
	keys, err := d.keys(m)
	if err != nil {
		return err
	}
	store, err := db.Open(base.loginURL, keys)
	if err != nil {
		return err
	}
	defer store.Close()
	n, err := d.node(store, base, log)
	if err != nil {
		return err
	}
	if err := d.make(ctx, n, base, m); err != nil {
		return err
	}
	if err := mendSearch(ctx, store, indexing(d.con.err, "Rebuilding search:").show); err != nil {
		return err
	}
	if err := d.writeSSH(l.Addr(), n.hostKey.PublicKey()); err != nil {
		return err
	}
	n.ready, n.still = func() { d.opened(n, base) }, d.still
	return n.run(ctx, l)
}

func (d demo) keys(m mark) (*seal.Keyring, error) {
	if m.Ready {
		return d.loadKeys()
	}
	return seal.LoadOrCreate(d.Keyring)
}

// make adds the people and the sample firm, once.
func (d demo) make(ctx context.Context, n *node, base *database, m mark) error {
	if m.Ready {
		return nil
	}
	people, err := d.hire(ctx, n.ops, base.ownerURL)
	if err != nil {
		return fmt.Errorf("hire the staff: %w", err)
	}
	if err := d.fill(ctx, n.ops, people, m.Contacts); err != nil {
		return err
	}
	if err := d.invoice(ctx, n.ops, base.ownerURL, people); err != nil {
		return fmt.Errorf("write the sample firm's invoices: %w", err)
	}
	m.Ready = true
	return m.write(d.Data)
}

// invite ends the start: what to know, and one line to paste. shown is the
// directory as it was given.
func (d demo) invite(shown string) {
	m, err := readMark(d.Data)
	if err != nil {
		d.con.explain(err)
	}
	self, dir := "balie", ""
	if exe, err := os.Executable(); err == nil && strings.Contains(exe, "go-build") {
		self = "go run ./cmd/balie"
	} else if err == nil {
		self = quoted(os.Args[0])
	}
	if shown != ".balie" {
		dir = " --dir " + quoted(shown)
	}
	var who []string
	for _, s := range staff {
		who = append(who, s.login+" ("+s.title+")")
	}
	d.con.say(english.Sprintf(`
A sample firm with %d customers and these people is ready:
  %s.
Sign in from another terminal with the line below. It asks for a code, which
  %s demo code%s sander
prints. Ctrl-C stops the demo; started again, it goes on with the same data.
`, m.Contacts, strings.Join(who, ", "), self, dir))
	fmt.Fprintln(d.con.out, "ssh -F "+quoted(filepath.Join(shown, "ssh_config"))+" sander")
}

// quoted is a word as a shell reads it.
func quoted(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_-") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
