package views

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// needConsents fetches on what the record stands, once its tab is looked at.
func (c *customer) needConsents(actor policy.Actor) tea.Cmd {
	if c.tab != privacyTab || c.stood {
		return nil
	}
	c.stood = true
	acts, id := c.kit.Ops, c.id
	return ask(c.kit, &c.standing, func(ctx context.Context) (ops.ConsentSight, error) {
		return acts.ListConsents(ctx, actor, id, time.Time{})
	}, func(s ops.ConsentSight, err error) tea.Cmd {
		c.consents = s
		c.redraw()
		return c.kit.fail(err)
	})
}

// standingLines say of each purpose whether the record may be used for it and
// why, and then what was said, the latest first.
func (c *customer) standingLines(w int) []string {
	var lines []string
	for _, s := range c.consents.Purposes {
		if s.Basis != "" || s.State.Is != "" || !s.State.Objected.IsZero() {
			lines = append(lines, c.standingLine(s, w)...)
		}
	}
	if len(c.sight.Grounds) == 0 {
		lines = append(lines, "  "+c.kit.st.danger.of("! "+c.kit.t.NoBasisLong))
	}
	return lines
}

func (c *customer) standingLine(s ops.PurposeStanding, w int) []string {
	t := &c.kit.t.Consent
	said := t.May
	if s.Blocked != nil {
		said = "! " + t.MayNot + ": " + strings.ToLower(strings.TrimSuffix(Say(c.kit.Lang, s.Blocked.Message()), ".")) + " · " + c.kit.say(s.Blocked.Law())
	}
	basis := ""
	if s.Basis != "" {
		basis = c.kit.t.basis(s.Basis) + " · " + c.kit.say(s.Basis.Law())
	}
	return c.kit.label(c.kit.purposeName(s.Name), joinNonEmpty(" — ", basis, said), w)
}

func (c *customer) saidLines(w int) []string {
	t := &c.kit.t.Consent
	lines := []string{"", "  " + c.kit.st.strong.of(t.Said)}
	if c.standing.busy && len(c.consents.Events) == 0 {
		return append(lines, "  "+c.kit.st.faint.of(c.kit.t.Loading))
	}
	if len(c.consents.Events) == 0 {
		return append(lines, "  "+c.kit.st.faint.of(t.NothingSaid))
	}
	for _, e := range c.consents.Events {
		lines = append(lines, c.kit.label(c.kit.moment(e.At), c.saidWords(e), w)...)
	}
	return lines
}

// saidWords are one event with its proof: how, by whom, the hash of the words, the
// files.
func (c *customer) saidWords(e db.Consent) string {
	t := &c.kit.t.Consent
	who := t.WebSession
	if e.Person != 0 {
		who = c.kit.colleague(e.Person)
	}
	parts := []string{c.kit.purposeName(e.Purpose) + ": " + t.Kinds[e.Kind] + ", " + t.Channels[e.How], who}
	if e.Recorded.Sub(e.At) > time.Hour {
		parts = append(parts, fmt.Sprintf(t.RecordedOn, c.kit.day(e.Recorded)))
	}
	if e.Kind == policy.Asked {
		parts = append(parts, fmt.Sprintf(t.Until, c.kit.day(e.Until)))
	}
	if len(e.Wording) > 0 {
		parts = append(parts, "#"+hex.EncodeToString(e.Wording)[:8])
	}
	if len(e.Evidence) > 0 {
		parts = append(parts, fmt.Sprintf(t.Files, c.kit.num(len(e.Evidence))))
	}
	return joinNonEmpty(" · ", append(parts, e.Address.String(), e.Remark.String())...)
}
