package server

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

type purposeCommands struct {
	List purposesList `cmd:"" help:"What the organisation uses data for, and on which bases."`
	Show purposesShow `cmd:"" help:"One of them whole, as JSON that purposes set takes; with --versions how it came to be."`
	Set  purposesSet  `cmd:"" help:"Decide on one: JSON on stdin, as purposes show gives it, and --reason."`
}

type purposesList struct{ format }

func (cmd *purposesList) Run(c *call) error {
	all, err := c.ops.ListPurposes(c.ctx, c.as(policy.PurposeList))
	if err != nil {
		return err
	}
	return list(c, cmd.format, purposeColumns(string(c.speech)), all)
}

func purposeColumns(lang string) []column[db.Purpose] {
	return []column[db.Purpose]{
		{"purpose", func(p db.Purpose) any { return string(p.Name) }},
		{"title", func(p db.Purpose) any { return p.Title.In(lang) }},
		{"bases", func(p db.Purpose) any { return strs(p.Bases) }},
		{"means", func(p db.Purpose) any { return strs(p.Means) }},
		{"marketing", func(p db.Purpose) any { return p.Marketing }},
		{"soft_opt_in", func(p db.Purpose) any { return p.Soft }},
		{"consent_months", func(p db.Purpose) any { return p.ConsentMonths }},
		{"retention", func(p db.Purpose) any { return p.Retention.In(lang) }},
		{"retired", func(p db.Purpose) any { return p.Retired }},
		{"version", func(p db.Purpose) any { return p.Version }},
		{"since", func(p db.Purpose) any { return p.At }},
	}
}

func strs[T ~string](all []T) []string { return each(all, func(t T) string { return string(t) }) }

type purposesShow struct {
	Purpose  string `arg:"" help:"The name, from purposes list."`
	Versions bool   `help:"Its versions and all that people were ever asked, with the hashes."`
}

func (cmd *purposesShow) Run(c *call) error {
	s, err := c.ops.ViewPurpose(c.ctx, c.as(policy.PurposeList), policy.Purpose(cmd.Purpose))
	if err != nil {
		return err
	}
	if !cmd.Versions {
		return writePurpose(c.out, s.Purpose)
	}
	if err := list(c, format{}, purposeColumns(string(c.speech)), s.History); err != nil {
		return err
	}
	return list(c, format{}, []column[db.Wording]{
		{"wording", func(w db.Wording) any { return hex.EncodeToString(w.Hash) }},
		{"language", func(w db.Wording) any { return w.Language }},
		{"since", func(w db.Wording) any { return w.At }},
		{"text", func(w db.Wording) any { return w.Body }},
	}, s.Wordings)
}

// kept is a purpose as a file: the version that was read goes with it.
type keptPurpose struct {
	policy.PurposeRules
	Version int32 `json:"version"`
}

func writePurpose(w io.Writer, p db.Purpose) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(keptPurpose{p.PurposeRules, p.Version})
}

type purposesSet struct{}

// maxPurposeFile is far more than any purpose takes.
const maxPurposeFile = 64 << 10

func (cmd *purposesSet) Run(c *call) error {
	actor := c.as(policy.PurposeSet)
	if err := policy.Can(actor, policy.PurposeSet, policy.Resource{}); err != nil {
		return err
	}
	var p keptPurpose
	d := json.NewDecoder(io.LimitReader(c.in, maxPurposeFile))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return usageError{text.Clean("stdin is no purpose, as purposes show gives one: " + err.Error())}
	}
	if err := c.ops.SetPurpose(c.ctx, actor, p.PurposeRules, p.Version, c.reason); err != nil {
		return err
	}
	return c.tell("The purpose %s is as you said, as version %d.", string(p.Name), p.Version+1)
}

// leftWords are those whom a use left out, in a line each.
func (c *call) leftWords(all []leftCount) string {
	parts := make([]string, len(all))
	for i, l := range all {
		parts[i] = fmt.Sprintf("%d × %s (%s)", l.N, strings.TrimSuffix(c.speech.say(l.Why.Message()), "."), c.speech.say(l.Why.Law()))
	}
	return strings.Join(parts, "; ")
}
