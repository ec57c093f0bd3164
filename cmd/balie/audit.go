package main

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/policy"
)

type auditCommands struct {
	Verify    auditVerify    `cmd:"" help:"Check that nothing in the log was edited, cut, swapped or forged; exit code 1 if something was."`
	PublicKey auditPublicKey `cmd:"" help:"Print the key that verifies the log, to keep on another machine."`
}

type auditVerify struct {
	where
	Database  string   `help:"Verify there with the public key alone, as a login in balie_verifier; a password belongs in PGPASSFILE." placeholder:"URL"`
	PublicKey string   `help:"What balie audit public-key printed." type:"path" placeholder:"FILE"`
	Heads     []string `help:"Heads that were kept outside the database: files, or logs in which the server told them." type:"path" placeholder:"FILE"`
}

// Help says what it takes to verify from outside.
func (auditVerify) Help() string {
	return "Without --database it verifies this installation with its keyring. From another machine, it takes a login that can read the log " +
		"and nothing else, made once by the database's owner: create role log_reader login password '…' in role balie_verifier; " +
		"then: balie audit verify --database postgres://log_reader@HOST/balie --public-key log.pem --heads heads."
}

// Run walks the whole log beside the heads kept outside the database.
func (a auditVerify) Run(ctx context.Context, con console) error {
	if a.Database != "" {
		return a.outside(ctx, con)
	}
	c, err := a.config()
	if err != nil {
		return err
	}
	keys, err := c.loadKeys()
	if err != nil {
		return err
	}
	d, err := c.join(ctx, con.say)
	if err != nil {
		return err
	}
	store, err := db.Open(d.loginURL, keys)
	if err == nil {
		err = verifyLog(con.out, append([]string{c.Heads}, a.Heads...), func(heads io.Reader) (db.Report, error) {
			return store.VerifyLog(ctx, heads)
		})
		store.Close()
	}
	return errors.Join(err, d.close(ctx))
}

// outside needs neither the server nor its secrets.
func (a auditVerify) outside(ctx context.Context, con console) error {
	if a.PublicKey == "" || len(a.Heads) == 0 {
		return policy.Errorf(policy.Invalid, "Say --public-key FILE and --heads FILE too: without heads, a cut-off end goes unnoticed.")
	}
	public, err := readPublicKey(a.PublicKey)
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, a.Database)
	if err != nil {
		return policy.Errorf(policy.Unavailable, "The database can't be reached.").Because(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	con.say("With the public key alone, a row that was forged before it was sealed goes unnoticed.")
	return verifyLog(con.out, a.Heads, func(heads io.Reader) (db.Report, error) {
		return db.VerifyWith(ctx, conn, public, heads)
	})
}

// verifyLog prints what is intact and what is not, and fails when anything is
// not.
func verifyLog(out io.Writer, files []string, verify func(io.Reader) (db.Report, error)) error {
	heads, err := db.OpenHeads(files...)
	if err != nil {
		return fmt.Errorf("the heads of the log, without which a cut-off end goes unnoticed: %w", err)
	}
	defer heads.Close()
	r, err := verify(heads)
	if err != nil {
		return err
	}
	english.Fprintf(out, "%d rows under %d checkpoints, %d heads kept outside, %d rows not yet sealed.\n", r.Rows, r.Checkpoints, r.Heads, r.Unsealed)
	for _, g := range r.Ranges {
		fmt.Fprintln(out, "intact:", g)
	}
	for _, f := range r.Faults {
		fmt.Fprintln(out, "FAULT: ", f)
	}
	if !r.OK() {
		english.Fprintf(out, "%d faults. Keep the database as it is, and tell the privacy officer.\n", r.Found)
		return errSaid
	}
	fmt.Fprintln(out, "All is as it was written.")
	return nil
}

type auditPublicKey struct{ where }

const publicKeyType = "PUBLIC KEY"

// Run prints the key as PEM, which other programs read too.
func (a auditPublicKey) Run(con console) error {
	c, err := a.config()
	if err != nil {
		return err
	}
	keys, err := c.loadKeys()
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKIXPublicKey(keys.Public())
	if err != nil {
		return err
	}
	return pem.Encode(con.out, &pem.Block{Type: publicKeyType, Bytes: der})
}

func readPublicKey(path string) (ed25519.PublicKey, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if block, _ := pem.Decode(data); block != nil && block.Type == publicKeyType {
		if key, err := x509.ParsePKIXPublicKey(block.Bytes); err == nil {
			if public, ok := key.(ed25519.PublicKey); ok {
				return public, nil
			}
		}
	}
	return nil, policy.Errorf(policy.Invalid, "%s is no public key of the log: write it by balie audit public-key.", path)
}
