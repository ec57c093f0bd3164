package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"balie/db"
)

type auditCommands struct {
	Verify auditVerify `cmd:"" help:"Check that nothing in the log was edited, cut, swapped or forged."`
}

type auditVerify struct{ where }

// Run walks the whole log beside the heads kept outside the database.
func (a auditVerify) Run(ctx context.Context, con console) error {
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
		err = c.verifyLog(ctx, store, con.out)
		store.Close()
	}
	return errors.Join(err, d.close(ctx))
}

func (c config) verifyLog(ctx context.Context, store *db.Store, out io.Writer) error {
	heads, err := db.OpenHeads(c.Heads)
	if err != nil {
		return fmt.Errorf("the heads of the log, without which a cut-off end goes unnoticed: %w", err)
	}
	defer heads.Close()
	r, err := store.VerifyLog(ctx, heads)
	if err != nil {
		return err
	}
	english.Fprintf(out, "%d rows under %d checkpoints, %d heads kept outside, %d rows not yet sealed.\n", r.Rows, r.Checkpoints, r.Heads, r.Unsealed)
	for _, f := range r.Faults {
		fmt.Fprintln(out, f)
	}
	if !r.OK() {
		english.Fprintf(out, "%d faults. Up to row %d all is as it was written.\n", r.Found, r.Intact)
		return errSaid
	}
	fmt.Fprintln(out, "All is as it was written.")
	return nil
}
