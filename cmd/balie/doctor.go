package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"balie/policy"
)

type doctorCommand struct{ where }

// Help says what is looked at.
func (doctorCommand) Help() string {
	return "It checks the permissions of secret files, the keyring, the disk, the database's version, schema, roles and " +
		"forced row security, its clock, and search. It changes nothing; without a balie running on a private PostgreSQL it starts that for the time."
}

// Run prints a line per check and fails when anything is wrong.
func (w doctorCommand) Run(ctx context.Context, con console) error {
	c, err := w.config()
	if err != nil {
		return err
	}
	e := &examination{out: con.out}
	e.files(c)
	d, err := c.join(ctx, con.say)
	e.note("database answers", err)
	if err == nil {
		e.database(ctx, c, d)
		e.note("database stops", d.close(ctx))
	}
	if e.wrong > 0 {
		fmt.Fprintf(con.out, "\n%d things to mend.\n", e.wrong)
		return errSaid
	}
	fmt.Fprintln(con.out, "\nAll is well.")
	return nil
}

// examination prints what it finds and counts what is wrong.
type examination struct {
	out   io.Writer
	wrong int
}

// note prints the outcome of one check.
func (e *examination) note(what string, err error) {
	if err == nil {
		fmt.Fprintf(e.out, "ok     %s\n", what)
		return
	}
	e.wrong++
	fmt.Fprintf(e.out, "WRONG  %s: %v\n", what, err)
	if p, ok := errors.AsType[*policy.Error](err); ok && p.Cause != nil {
		fmt.Fprintf(e.out, "       because: %v\n", p.Cause)
	}
}

// skip says what could not be looked at, and why.
func (e *examination) skip(what, why string) {
	fmt.Fprintf(e.out, "-      %s: %s\n", what, why)
}
