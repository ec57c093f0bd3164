package server

import (
	"strings"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type keyCommands struct {
	List   keysList   `cmd:"" help:"Your own keys and when they were used."`
	Add    keysAdd    `cmd:"" help:"Another key of yours: ssh HOST keys add --name laptop --code 123456 < id_ed25519.pub"`
	Rename keysRename `cmd:"" help:"Give a key of yours another name."`
	Remove keysRemove `cmd:"" help:"End the use of a key for good; its sessions close."`
	Lift   keysLift   `cmd:"" help:"Let a colleague use a key again that was suspended."`
}

type keysList struct{ format }

func (cmd *keysList) Run(c *call) error {
	keys, err := c.ops.ListKeys(c.ctx, c.as(policy.ProfileView), c.who.actor().ID)
	if err != nil {
		return err
	}
	return list(c, cmd.format, keyColumns, keys)
}

type keysAdd struct {
	Name string `help:"What you call it; otherwise what the file says." placeholder:"NAME"`
	Code string `help:"A code of your phone, or a recovery code; otherwise you are asked, on a terminal." placeholder:"CODE"`
	Key  string `arg:"" optional:"" help:"The line of the .pub file, in quotes; otherwise it is read from the input."`
}

func (cmd *keysAdd) Run(c *call) error {
	line := cmd.Key
	if line == "" {
		line = c.read(maxKeyInput, true)
	}
	offer, comment, err := ops.ParseKey(line)
	if err != nil {
		return err
	}
	name := text.New(cmd.Name)
	if name.IsZero() {
		name = comment
	}
	code, err := c.code(cmd.Code)
	if err != nil {
		return err
	}
	if err := c.ops.AddKey(c.ctx, c.as(policy.KeyAdd), offer, name, code); err != nil {
		return err
	}
	return c.tell("The key %s lets you in from now on.", offer.Fingerprint)
}

// code is a second factor that was given or, on a terminal, is asked for
// without an echo.
func (c *call) code(given string) (policy.Sealed, error) {
	if given == "" && c.tty {
		c.ask(policy.Message{Key: "A code of your phone: "})
		given = c.read(64, false)
	}
	if given == "" {
		return policy.Sealed{}, policy.Errorf(policy.Invalid, "Give a code of your phone with --code.").On("code")
	}
	return policy.Seal(given), nil
}

type keysRename struct {
	ID   int32  `arg:"" help:"The number of the key, from keys list."`
	Name string `arg:"" help:"What it is called from now on."`
}

func (cmd *keysRename) Run(c *call) error {
	if err := c.ops.RenameKey(c.ctx, c.as(policy.KeyRename), cmd.ID, text.New(cmd.Name)); err != nil {
		return err
	}
	return c.tell("The key has another name now.")
}

type keysRemove struct {
	ID int32 `arg:"" help:"The number of the key, from keys list or users keys."`
}

func (cmd *keysRemove) Run(c *call) error {
	closed, err := c.ops.RemoveKey(c.ctx, c.furthest(policy.KeyRemove, policy.Admin), cmd.ID, c.reason)
	if err != nil {
		return err
	}
	return c.tell("The key is removed; sessions closed: %d.", closed)
}

type keysLift struct {
	ID int32 `arg:"" help:"The number of the key, from users keys --all."`
}

func (cmd *keysLift) Run(c *call) error {
	if err := c.ops.LiftKey(c.ctx, c.as(policy.KeyLift), cmd.ID, c.reason); err != nil {
		return err
	}
	return c.tell("The key lets its owner in again.")
}

var keyColumns = []column[db.Key]{
	{"id", func(k db.Key) any { return k.ID }},
	{"name", func(k db.Key) any { return k.Name }},
	{"kind", func(k db.Key) any { return kindOf(k) }},
	{"fingerprint", func(k db.Key) any { return k.Fingerprint }},
	{"added", func(k db.Key) any { return k.AddedAt }},
	{"last_used", func(k db.Key) any { return k.LastUsed }},
	{"from", func(k db.Key) any { return k.LastFrom }},
	{"suspended", func(k db.Key) any { return k.SuspendedAt }},
	{"removed", func(k db.Key) any { return k.RemovedAt }},
}

// kindOf is a key's kind with the bits of those that come in sizes.
func kindOf(k db.Key) string {
	if k.Bits > 0 {
		return strings.Join([]string{k.Kind, plain(k.Bits)}, " ")
	}
	return k.Kind
}

// staffKeys lists everybody's keys; flagged only those with something to look at.
func staffKeys(c *call, f format, flagged bool) error {
	all, err := c.ops.StaffKeys(c.ctx, c.as(policy.KeyList))
	if err != nil {
		return err
	}
	shown := all[:0]
	for _, k := range all {
		if !flagged || len(k.Flags) > 0 {
			shown = append(shown, k)
		}
	}
	return list(c, f, staffKeyColumns(c.speech), shown)
}

func staffKeyColumns(l speech) []column[ops.StaffKey] {
	return []column[ops.StaffKey]{
		{"id", func(k ops.StaffKey) any { return k.ID }},
		{"login", func(k ops.StaffKey) any { return k.Login }},
		{"name", func(k ops.StaffKey) any { return k.Name }},
		{"kind", func(k ops.StaffKey) any { return kindOf(k.Key) }},
		{"fingerprint", func(k ops.StaffKey) any { return k.Fingerprint }},
		{"days_old", func(k ops.StaffKey) any { return k.Age }},
		{"days_unused", func(k ops.StaffKey) any { return k.Unused }},
		{"from", func(k ops.StaffKey) any { return k.LastFrom }},
		{"flags", func(k ops.StaffKey) any { return flagWords(l, k.Flags) }},
	}
}

func flagWords(l speech, flags []policy.KeyFlag) []string {
	words := make([]string, len(flags))
	for i, f := range flags {
		words[i] = l.head(string(f))
	}
	return words
}
