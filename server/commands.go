package server

import (
	"context"
	"errors"
	"io"
	"reflect"
	"strings"

	"charm.land/ssh"
	"github.com/alecthomas/kong"

	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// grammar is every command. Its leaves are the rows of the test's matrix of
// roles: one that is missing there fails the test.
type grammar struct {
	Whoami     whoami           `cmd:"" help:"Who you are, in which roles, and when you last signed in."`
	Contacts   contactCommands  `cmd:"" help:"People that the firm deals with."`
	Companies  companyCommands  `cmd:"" help:"Companies that the firm deals with."`
	Views      viewCommands     `cmd:"" help:"Lists as you keep them: narrowed, ordered, with chosen columns."`
	Duplicates dupeCommands     `cmd:"" help:"Customers that are in the books twice: found, merged, taken apart again."`
	Fields     fieldCommands    `cmd:"" help:"The fields that records have, and the organisation's own."`
	Tags       tagCommands      `cmd:"" help:"The tags that customers can have."`
	Approvals  approvalCommands `cmd:"" help:"Exports that take a second person."`
	Invoices   invoiceCommands  `cmd:"" help:"Invoices: asked for, written, issued, paid."`
	Purposes   purposeCommands  `cmd:"" help:"What data is used for, and on which bases."`
	Consents   consentCommands  `cmd:"" help:"What people said to that: consents, withdrawals, objections, with their proof."`
	Audiences  audienceCommands `cmd:"" help:"Mailing lists, which hold nobody who may not be mailed."`
	Deals      dealCommands     `cmd:"" help:"Deals: on a board of stages, won or lost."`
	Pipelines  pipelineCommands `cmd:"" help:"The stages that deals go through."`
	Tasks      taskCommands     `cmd:"" help:"What there is to do, for whom and when."`
	Do         doCommand        `cmd:"" help:"One line that says what to do, or what happened."`
	Activities activityCommands `cmd:"" help:"What was said and done with customers."`
	Requests   requestCommands  `cmd:"" help:"What data subjects asked: access, erasure and the rest."`
	Users      userCommands     `cmd:"" help:"Colleagues and their access."`
	Keys       keyCommands      `cmd:"" help:"Your keys."`
	Sessions   sessionCommands  `cmd:"" help:"Who is signed in."`

	Jobs     jobCommands     `cmd:"" help:"What the clock does by itself."`
	Reviews  reviewCommands  `cmd:"" help:"Access reviews: who still needs which role."`
	Settings settingCommands `cmd:"" help:"What the organisation decides."`

	Erasures     erasureCommands     `cmd:"" help:"Who was erased, with the certificates."`
	Retention    retentionCommands   `cmd:"" help:"How long what is kept, and who leaves when."`
	Suppressions suppressionCommands `cmd:"" help:"Who is not to come back by a list."`

	Registers registerCommands `cmd:"" help:"Processors, other systems, recipients and breaches."`
	Privacy   privacyCommands  `cmd:"" help:"What the privacy officer steers by."`
	Breaches  breachCommands   `cmd:"" help:"Whom a breach concerns, and the letters about it."`
	Documents documentCommands `cmd:"" help:"The privacy statement, the record of processing and the handbook page, from the live configuration."`

	Audit   auditCommands   `cmd:"" help:"The log of what was seen and changed."`
	Unusual unusualCommands `cmd:"" help:"Colleagues who saw many more customers than usual."`

	Role   policy.Role `help:"The role to act in; otherwise the first that allows it." placeholder:"ROLE"`
	Reason string      `help:"Why: needed to revoke, to invite, and by the privacy officer to read customers." placeholder:"TEXT"`

	Despite string `help:"Why a text must be kept that seems to hold what a firm mostly may not keep; goes into the log." placeholder:"TEXT"`
}

// call is one command being run.
type call struct {
	ctx    context.Context
	ops    *ops.Ops
	who    *identity
	in     io.Reader
	out    io.Writer
	notes  io.Writer // stderr: for people, never part of the result
	tty    bool      // notes go to a terminal
	speech speech
	role   policy.Role
	reason text.Line
}

// usageError is a command line that doesn't parse.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

// commands runs what was given on the command line; without a command the
// screens come.
func (s *Server) commands(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		if sess.RawCommand() == "" {
			next(sess)
			return
		}
		c, who := channelOf(sess), identityOf(sess.Permissions().Permissions)
		defer s.sayWhenEnded(sess, c, who)()
		call := &call{
			ctx: c.ctx, ops: s.ops, who: who, in: stdin{c}, out: sess, notes: sess.Stderr(),
			tty: c.hasPty(), speech: c.language(who),
		}
		err := s.run(call, sess.RawCommand())
		if cause := context.Cause(c.ctx); cause != nil {
			err = cause
		}
		s.note(c, err)
		call.explain(err)
		_ = sess.Exit(exitCode(err))
	}
}

// note logs our own faults, as the person is told. A command line that doesn't
// parse, and one who left, are none.
func (s *Server) note(c *channel, err error) {
	if err != nil && exitCode(err) == exitFailed && policy.KindOf(err) == policy.Internal && context.Cause(c.ctx) == nil {
		s.log.Error("command", "session", c.peer.id, "err", err)
	}
}

// sayWhenEnded tells at once when the server ends the session, for the command
// may be waiting for input.
func (s *Server) sayWhenEnded(sess ssh.Session, c *channel, who *identity) (stop func() bool) {
	return context.AfterFunc(c.ctx, func() {
		s.guard("end command", func() {
			if e, ok := errors.AsType[ended](context.Cause(c.ctx)); ok {
				_, _ = io.WriteString(sess.Stderr(), c.language(who).say(e.why)+"\n")
				_ = sess.Exit(e.code)
			}
		})
	})
}

var joinFirst = policy.Message{Key: "Join first, from a terminal: ssh -t join@HOST"}

// run parses a line and does what it says.
func (s *Server) run(call *call, line string) error {
	if call.who.invited != nil {
		return &policy.Error{Kind: policy.Denied, Msg: joinFirst}
	}
	args, err := words(line)
	if err != nil {
		return err
	}
	if len(args) > 0 && args[0] == "help" {
		args = append(args[1:], "--help")
	}
	chosen, err := s.parse(call, args)
	if err != nil || chosen == nil {
		return err
	}
	return chosen.Run(call)
}

// parse gives nil without an error when help was asked for: kong would parse on
// after having printed it.
func (s *Server) parse(call *call, args []string) (*kong.Context, error) {
	g, helped := about(args), false
	parser, err := newParser(g.Interface(), s.version, call.out, call.notes, func(int) { helped = true })
	if err != nil {
		return nil, err
	}
	chosen, err := parser.Parse(args)
	if helped {
		return nil, nil
	}
	if err != nil {
		return nil, usageError{text.NewBlock(err.Error()).String()}
	}
	call.role = g.Elem().FieldByName("Role").Interface().(policy.Role)
	call.reason = text.New(g.Elem().FieldByName("Reason").String())
	call.ctx = policy.Despite(call.ctx, text.New(g.Elem().FieldByName("Despite").String()))
	return chosen, nil
}

// about is a new grammar of the command that args begin with alone, or of all:
// to build all of it takes kong longer than most commands do.
func about(args []string) reflect.Value {
	all, part := reflect.TypeFor[grammar](), []reflect.StructField(nil)
	found := false
	for f := range all.Fields() {
		_, command := f.Tag.Lookup("cmd")
		named := command && len(args) > 0 && strings.ToLower(f.Name) == args[0]
		if found = found || named; named || !command {
			part = append(part, f)
		}
	}
	if !found {
		return reflect.New(all)
	}
	return reflect.New(reflect.StructOf(part))
}

func newParser(g any, version string, out, notes io.Writer, exit func(int)) (*kong.Kong, error) {
	return kong.New(g,
		kong.Name("ssh HOST"),
		kong.Description("balie "+version+". Without a command, from a terminal, you get screens. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused."),
		kong.Writers(out, notes),
		kong.Exit(exit),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: false}),
	)
}

var howDespite = policy.Message{Key: "To keep it all the same, add --despite with the reason, which goes into the log."}

var seeHelp = policy.Message{Key: "See: ssh HOST help"}

// explain tells a person what went wrong.
func (c *call) explain(err error) {
	if err == nil || errors.Is(err, errHungUp) {
		return
	}
	if _, ok := errors.AsType[ended](err); ok {
		return // said already
	}
	if e, ok := errors.AsType[usageError](err); ok {
		c.note("%s\n%s", e.text, c.speech.say(seeHelp))
		return
	}
	c.note("%s", c.speech.sentence(err))
	if _, ok := errors.AsType[*policy.Found](err); ok {
		c.note("%s", c.speech.say(howDespite))
	}
}

// as is the actor in the role asked for, or in the first held one that may do
// act.
func (c *call) as(act policy.Act) policy.Actor {
	actor := c.who.actor().For(c.reason)
	if c.role != "" {
		return actor.As(c.role)
	}
	return policy.Wears(actor, act)
}
