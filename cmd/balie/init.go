package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"balie/db"
	"balie/db/seal"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
	"balie/server"
)

type initCommand struct {
	Login string `help:"The first admin's login name." required:"" placeholder:"LOGIN"`
	Name  string `help:"The first admin's full name." required:"" placeholder:"NAME"`
}

// Help says what to expect of a second run.
func (initCommand) Help() string {
	return "It reads the same environment as serve, and with somebody else's PostgreSQL BALIE_OWNER_URL_FILE. " +
		"Run again, while no admin has joined, it keeps keyring and host key and makes a new invitation."
}

// Run makes what is missing and replaces nothing.
func (i initCommand) Run(ctx context.Context, con console) error {
	c, err := fromEnvironment()
	if err != nil {
		return err
	}
	d, err := c.join(ctx, con.say)
	if err != nil {
		return err
	}
	return errors.Join(i.set(ctx, c, d, con), d.close(ctx))
}

func (i initCommand) set(ctx context.Context, c config, d *database, con console) error {
	owner, err := d.owner()
	if err != nil {
		return err
	}
	if err := d.prepare(ctx); err != nil {
		return err
	}
	keys, made, err := c.initKeys(ctx, owner)
	if err != nil {
		return err
	}
	host, err := server.HostKey(c.HostKey)
	if err != nil {
		return err
	}
	code, err := ops.FirstAdmin(ctx, owner, keys, i.Login, text.New(i.Name))
	if err != nil {
		return err
	}
	if d.private == nil {
		con.say("If role " + loginRole + " has no password yet, give it one: balie serve connects as that role.")
	}
	fmt.Fprint(con.out, c.welcome(made, host.PublicKey(), code))
	return nil
}

// initKeys makes the keyring, unless there is one, or people whose names no
// other keyring than the lost one opens.
func (c config) initKeys(ctx context.Context, ownerURL string) (keys *seal.Keyring, made bool, err error) {
	_, err = os.Stat(c.Keyring)
	if !errors.Is(err, os.ErrNotExist) {
		keys, err = seal.Load(c.Keyring)
		return keys, false, err
	}
	if err := db.Fits(ctx, ownerURL, seal.New()); err != nil {
		return nil, false, policy.Errorf(policy.Conflict, "The database holds people already, and their keyring is not at %s: put back an offline copy. A new keyring would open nothing.", c.Keyring).Because(err)
	}
	if err := makeData(c.Data); err != nil {
		return nil, false, err
	}
	keys, err = seal.Create(c.Keyring)
	return keys, true, err
}

func (c config) welcome(made bool, host gossh.PublicKey, code ops.Code) string {
	s := "The keyring " + c.Keyring + " was there already and is kept.\n"
	if made {
		s = "The keyring is " + c.Keyring + ". Who loses it loses every record, for good: make two offline copies now,\n" +
			"and keep them apart from each other and from the database's backups.\n"
	}
	_, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		port = c.Listen
	}
	return s + fmt.Sprintf(`
Start it with   balie serve
The first admin joins, with an SSH key of the own, by
                ssh -p %s join@%s
The host's key  %s
Invitation code %s
valid until     %s
`, port, hostname(), gossh.FingerprintSHA256(host), code.Code.Reveal(), code.Expires.Local().Format(time.RFC1123))
}

type migrate struct{}

// Run migrates as the owner.
func (migrate) Run(ctx context.Context, con console) error {
	c, err := fromEnvironment()
	if err != nil {
		return err
	}
	d, err := c.join(ctx, con.say)
	if err != nil {
		return err
	}
	if _, err = d.owner(); err == nil {
		err = d.prepare(ctx)
	}
	if err == nil {
		con.say("The schema is up to date.")
	}
	return errors.Join(err, d.close(ctx))
}
