// Command balie runs a CRM that people reach over SSH. This package wires:
// flags, environment and signals; every rule is elsewhere.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"balie/policy"
)

type cli struct {
	Demo    demoCommands    `cmd:"" help:"Try it: a sample firm on this machine, with nothing to set up."`
	Init    initCommand     `cmd:"" help:"Set up a real installation: keyring, host key, schema and the first admin's invitation."`
	Serve   serveCommand    `cmd:"" help:"Let people in, configured by the environment."`
	Migrate migrate         `cmd:"" help:"Bring the database's schema up to this program's, as its owner."`
	Doctor  doctorCommand   `cmd:"" help:"Check an installation, and say what is wrong and how to mend it."`
	Verify  verifyCommand   `cmd:"" help:"Check a signed file offline: a record of an access review, or a proof of a consent."`
	Review  reviewCommands  `cmd:"" help:"The signed records of access reviews."`
	Audit   auditCommands   `cmd:"" help:"The log of who saw and changed what."`
	Archive archiveCommands `cmd:"" help:"Everything of an installation as one encrypted file, out and in again."`
	Bench   benchCommand    `cmd:"" help:"Measure what the README promises, against a large sample firm."`
	Version version         `cmd:"" help:"Say which version this is."`
}

func main() { os.Exit(execute(os.Args[1:], os.Stdout, os.Stderr)) }

// console is where a command talks to who started it.
type console struct{ out, err io.Writer }

func (c console) say(sentence string) { fmt.Fprintln(c.err, sentence) }

// execute runs one command: 0 done, 1 failed, 2 usage. A signal ends it in
// order; a second one at once.
func execute(args []string, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, func() { cancel(stop) })
	con := console{out, errs}
	code := -1
	parser, err := kong.New(&cli{}, kong.Name("balie"), kong.Writers(out, errs), kong.UsageOnError(),
		kong.Description("A CRM over SSH, for firms that keep other people's data."),
		kong.Exit(func(c int) { code = c }), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(con))
	if err != nil {
		panic(err) // the struct above is wrong
	}
	parsed, err := parser.Parse(args)
	if code >= 0 { // --help was given; kong parses on
		return code
	}
	if err != nil {
		con.say("balie: " + err.Error())
		return 2
	}
	if err := parsed.Run(); err != nil {
		con.explain(err)
		return 1
	}
	return 0
}

// cancel gives the signals back their usual effect.
func cancel(stop func()) { stop() }

// errSaid is a failure that was told already.
var errSaid = errors.New("said")

// explain tells an error and, because it is told to who runs the machine, its
// cause.
func (c console) explain(err error) {
	if errors.Is(err, errSaid) {
		return
	}
	c.say("balie: " + err.Error())
	if e, ok := errors.AsType[*policy.Error](err); ok && e.Cause != nil {
		c.say("  because: " + e.Cause.Error())
	}
}
