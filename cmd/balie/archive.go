package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"filippo.io/age"

	"balie/db/seal"
	"balie/ops"
	"balie/policy"
)

// archiveCommands are the operator's, since they take the keyring and the
// database's owner: nobody who is only signed in can take everything along.
type archiveCommands struct {
	Export archiveExport `cmd:"" help:"Write everything of this installation into one encrypted file in an open format."`
	Import archiveImport `cmd:"" help:"Fill a new, empty installation from such a file."`
}

type archiveExport struct {
	where
	Out            string   `arg:"" help:"The file to write; it must not be there yet." type:"path" placeholder:"FILE"`
	To             []string `help:"A public key of age (age1…) that can open it; may be repeated." placeholder:"RECIPIENT" xor:"lock"`
	PassphraseFile string   `help:"A file whose first line is the passphrase that opens it." type:"path" placeholder:"FILE" xor:"lock"`
}

// Run writes beside the file first, so that what lies at its name is whole.
func (a archiveExport) Run(ctx context.Context, con console) error {
	to, err := a.recipients()
	if err != nil {
		return err
	}
	return inInstallation(ctx, con, a.where, func(c config, d *database, owner string) error {
		keys, err := c.loadKeys()
		if err != nil {
			return err
		}
		return a.write(ctx, con, owner, keys, to)
	})
}

func (a archiveExport) write(ctx context.Context, con console, owner string, keys *seal.Keyring, to []age.Recipient) (err error) {
	part := a.Out + ".part"
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(part)
	bar := newProgress(con.err, "Archiving rows:")
	end, err := ops.ExportArchive(ctx, owner, keys, to, file, bar.show)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Link(part, a.Out); err != nil { // unlike a rename, never over another file
		return err
	}
	english.Fprintf(con.out, "%s holds %d customers, and all else but the sign-in sessions. Who can open it reads everybody.\n", a.Out, end.Rows["customers"])
	return nil
}

func (a archiveExport) recipients() ([]age.Recipient, error) {
	if len(a.To) > 0 {
		return age.ParseRecipients(strings.NewReader(strings.Join(a.To, "\n")))
	}
	pass, err := passphrase(a.PassphraseFile)
	if err != nil {
		return nil, err
	}
	to, err := age.NewScryptRecipient(pass)
	return []age.Recipient{to}, err
}

// passphrase is the first line of a file: on a command line, others see it.
func passphrase(file string) (string, error) {
	if file == "" {
		return "", policy.Errorf(policy.Invalid, "Say who can open it: --to age1… or --passphrase-file FILE.")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	if line = bytes.TrimRight(line, "\r"); len(line) < 12 {
		return "", policy.Errorf(policy.Invalid, "The passphrase is shorter than 12 characters: who guesses it reads everything.")
	}
	return string(line), nil
}

type archiveImport struct {
	where
	File           string `arg:"" help:"The archive." type:"path" placeholder:"FILE"`
	Identity       string `help:"A file with the age identity (AGE-SECRET-KEY-…) that opens it." type:"path" placeholder:"FILE" xor:"lock"`
	PassphraseFile string `help:"A file whose first line is the passphrase." type:"path" placeholder:"FILE" xor:"lock"`
}

// Help says what comes before and after.
func (archiveImport) Help() string {
	return "It takes a new installation, for which balie init has not been run: the schema and the keyring are made here. " +
		"Colleagues sign in as before, with their keys and phones; the host key is another one, unless you copy it along."
}

// Run makes schema and keyring as init does, but for the ledger's key, which
// comes along.
func (a archiveImport) Run(ctx context.Context, con console) error {
	who, err := a.identities()
	if err != nil {
		return err
	}
	file, err := os.Open(a.File)
	if err != nil {
		return err
	}
	defer file.Close()
	return inInstallation(ctx, con, a.where, func(c config, d *database, owner string) error {
		if err := d.prepare(ctx); err != nil {
			return err
		}
		bar := newProgress(con.err, "Rows put back:")
		end, err := ops.ImportArchive(ctx, ops.Installation{OwnerURL: owner, Keys: c.heirKeys}, who, file, func(rows int64) { bar.show(rows, rows+1) })
		if err != nil {
			return err
		}
		english.Fprintf(con.out, "%d customers are back. Make two offline copies of %s now. balie serve makes them findable when it starts.\n", end.Rows["customers"], c.Keyring)
		return nil
	})
}

func (a archiveImport) identities() ([]age.Identity, error) {
	if a.Identity != "" {
		file, err := os.Open(a.Identity)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		return age.ParseIdentities(file)
	}
	pass, err := passphrase(a.PassphraseFile)
	if err != nil {
		return nil, err
	}
	id, err := age.NewScryptIdentity(pass)
	return []age.Identity{id}, err
}

// heirKeys makes the keyring of an installation that goes on where another one
// ended. One that a broken-off import left is used again.
func (c config) heirKeys(ledger []byte) (*seal.Keyring, error) {
	keys, err := seal.Load(c.Keyring)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return seal.CreateHeir(c.Keyring, ledger)
	case err != nil:
		return nil, err
	case !bytes.Equal(keys.LedgerKey(), ledger):
		return nil, policy.Errorf(policy.Conflict, "There is a keyring at %s already, of another installation: import into a new one.", c.Keyring)
	}
	return keys, nil
}

// inInstallation does something as the owner of an installation's database.
func inInstallation(ctx context.Context, con console, w where, do func(c config, d *database, owner string) error) error {
	c, err := w.config()
	if err != nil {
		return err
	}
	d, err := c.join(ctx, con.say)
	if err != nil {
		return err
	}
	owner, err := d.owner()
	if err == nil {
		err = do(c, d, owner)
	}
	if err != nil {
		err = fmt.Errorf("archive: %w", err)
	}
	return errors.Join(err, d.close(ctx))
}
