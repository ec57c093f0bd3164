package server

import (
	"strconv"
	"strings"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/views"
)

type requestsGather struct {
	oneRequest
	format
}

// Run lists the places that may tell about others, and what was decided.
func (cmd *requestsGather) Run(c *call) error {
	actor, id, err := cmd.find(c)
	if err != nil {
		return err
	}
	a, err := c.ops.GatherAccess(c.ctx, actor, id, string(c.speech), views.Say)
	if err != nil {
		return err
	}
	if err := list(c, cmd.format, markColumns(c.speech), numbered(a)); err != nil {
		return err
	}
	c.note("%s", c.speech.say(policy.Message{
		Key: "Entries: %d; places to look at: %d; it took %s.", Args: []any{a.Dossier.Count(), a.Open(), policy.Seconds(a.Took)},
	}))
	return nil
}

// find gives the id of the request to who may handle it.
func (r oneRequest) find(c *call) (policy.Actor, int64, error) {
	actor := c.as(policy.RequestHandle)
	id, err := c.ops.FindRequest(c.ctx, actor, policy.RequestHandle, r.Request)
	return actor, id, err
}

// line is a mark with its place in the list.
type line struct {
	n  int
	in ops.AccessText
	ops.AccessMark
}

func numbered(a ops.AccessSight) (all []line) {
	for _, t := range a.Texts {
		for _, m := range t.Marks {
			all = append(all, line{len(all) + 1, t, m})
		}
	}
	return all
}

func (l line) found() string {
	_, found, _ := l.In(l.in)
	return found
}

func (l line) around() string {
	before, found, after := l.In(l.in)
	return before + "[" + found + "]" + after
}

func markColumns(l speech) []column[line] {
	return []column[line]{
		{"line", func(m line) any { return m.n }},
		{"section", func(m line) any { return m.in.Section }},
		{"found", func(m line) any { return m.found() }},
		{"why", func(m line) any { return l.say(m.Why) }},
		{"around_it", func(m line) any { return m.around() }},
		{"decision", func(m line) any { return string(m.State) }},
	}
}

type requestsMark struct {
	oneRequest
	Redact string `help:"Leave these lines out: 1,3,5 or all that is open." placeholder:"LINES" xor:"what" required:""`
	Keep   string `help:"Keep these lines: 1,3,5 or all that is open." placeholder:"LINES" xor:"what" required:""`
	Words  string `help:"Leave these words out wherever they stand in what was typed." placeholder:"TEXT" xor:"what" required:""`
}

func (cmd *requestsMark) Run(c *call) error {
	actor, id, err := cmd.find(c)
	if err != nil {
		return err
	}
	a, err := c.ops.GatherAccess(c.ctx, actor, id, string(c.speech), views.Say)
	if err != nil {
		return err
	}
	places := a.Occurrences(cmd.Words)
	if cmd.Words == "" {
		if places, err = chosen(numbered(a), cmd.Redact+cmd.Keep); err != nil {
			return err
		}
	}
	if len(places) == 0 {
		return policy.Errorf(policy.Invalid, "That stands nowhere in what was typed.").On("words")
	}
	if err := c.ops.MarkAccess(c.ctx, actor, id, places, cmd.Keep == ""); err != nil {
		return err
	}
	return c.tell("It is noted.")
}

// chosen are the marks on lines as 1,3,5, or all about which nobody decided.
func chosen(marks []line, lines string) (places []db.Stretch, err error) {
	if lines == "all" {
		for _, m := range marks {
			if m.State == ops.MarkOpen {
				places = append(places, m.Stretch)
			}
		}
		if len(places) == 0 {
			err = policy.Errorf(policy.Conflict, "There is nothing left to decide: requests archive writes the answer.")
		}
		return places, err
	}
	for one := range strings.SplitSeq(lines, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(one))
		if err != nil || n < 1 || n > len(marks) {
			return nil, policy.Errorf(policy.Invalid, "There are %d marks: give the numbers of their lines, as 1,3,5, or all.", len(marks))
		}
		places = append(places, marks[n-1].Stretch)
	}
	return places, nil
}

type requestsArchive struct {
	oneRequest
	Language  string `help:"Of the page: nl or en; otherwise the person's." enum:",nl,en" default:""`
	Age       bool   `help:"Encrypt with age instead of a password on the ZIP."`
	Recipient string `help:"Encrypt with age, to the person's own public key." placeholder:"age1…"`
}

// Run writes the archive to stdout and the password beside it: the two must not
// go to the person by the same way.
func (cmd *requestsArchive) Run(c *call) error {
	actor, id, err := cmd.find(c)
	if err != nil {
		return err
	}
	r, err := c.ops.ReleaseAccess(c.ctx, actor, id, cmd.Language, ops.Closing{Age: cmd.Age, Recipient: cmd.Recipient}, views.Say)
	if err != nil {
		return err
	}
	if _, err := c.out.Write(r.Archive); err != nil {
		return err
	}
	c.note("%s", c.speech.say(policy.Message{Key: "Entries: %d; places left out: %d. Save it as %s.", Args: []any{r.Entries, r.Redacted, r.Name}}))
	if cmd.Recipient != "" {
		return nil
	}
	how := policy.Message{Key: "%s opens with 7-Zip, WinZip, Keka or another program that knows AES; in it stands open.zip.", Args: []any{r.Name}}
	if cmd.Age {
		how = policy.Message{Key: "It opens with age: age -d %s > archive.zip", Args: []any{r.Name}}
	}
	c.note("%s", c.speech.say(policy.Message{Key: "Its password, which is shown once: %s. Give it by another way than the file.", Args: []any{r.Passphrase.Reveal()}}))
	c.note("%s", c.speech.say(how))
	return nil
}
