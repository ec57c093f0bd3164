package views

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

func (p *personView) head(w int) []string {
	who := p.access.person
	status, st := p.kit.status(who)
	team := who.Team.String()
	if team == "" {
		team = "–"
	}
	facts := fmt.Sprintf(p.kit.t.People.Facts, team, p.kit.dayOf(who.JoinedAt), p.kit.lastSeen(who))
	if who.RevokedAt != nil {
		status += " " + p.kit.day(*who.RevokedAt)
	}
	lines := []string{
		" " + spread(p.kit.st.strong.of(cut(who.Name.String(), w/2))+"  "+who.Login, st.of(status), w-2),
		" " + p.kit.st.faint.of(cut(facts, w-2)),
	}
	for _, d := range p.access.departures {
		if d.CancelledAt == nil {
			state, st := p.kit.departureState(d)
			return append(lines, " "+st.of(cut(state+" · "+d.Reason.String(), w-2)))
		}
	}
	return lines
}

// rows are the parts one below the other, each under its heading.
func (p *personView) rows(w int) []rosterRow {
	t, a := &p.kit.t.People, p.access
	rows := listSection(p.kit, t.Roles, p.kit.grantRows(a.person.Grants, w), t.NoGrants)
	if a.shows.keys {
		rows = append(rows, listSection(p.kit, t.Keys, p.kit.keyRows(a.keys, w), t.NoKeys)...)
	}
	if a.shows.sessions {
		rows = append(rows, listSection(p.kit, t.Sessions, p.kit.sessionRows(a.sessions), t.NoSessions)...)
	}
	if a.shows.invitations {
		rows = append(rows, listSection(p.kit, t.Invitations, p.kit.invitationRows(a.invitations, w), t.NoInvitations)...)
	}
	return rows
}

// listSection is a heading over rows, or over the words for none.
func listSection(k *kit, title string, rows []rosterRow, none string) []rosterRow {
	head := []rosterRow{{}, {text: title, st: k.st.accent}}
	if len(rows) == 0 {
		rows = []rosterRow{{text: "  " + none, st: k.st.faint}}
	}
	return append(head, rows...)
}

// roleWidth is that of the longest name of a role.
const roleWidth = 19

// grantRows has those that count first, and what has ended below.
func (k *kit) grantRows(grants []db.Grant, w int) []rosterRow {
	var live, past []rosterRow
	for _, g := range grants {
		state, st := k.grantState(g)
		row := rosterRow{
			id: "g" + strconv.Itoa(int(g.ID)), item: g, st: st,
			text: columns([]int{roleWidth, 200}, k.t.role(g.Role), state),
		}
		if g.Live(k.Now()) || g.Pending && g.EndedAt == nil {
			live = append(live, withReason(row, g, w)...)
		} else {
			past = append(past, withReason(row, g, w)...)
		}
	}
	return append(live, past...)
}

func withReason(row rosterRow, g db.Grant, w int) []rosterRow {
	return withMore(row, g.Reason.String(), roleWidth+3, w)
}

// withMore puts more behind the row, or below it where it doesn't fit.
func withMore(row rosterRow, more string, indent, w int) []rosterRow {
	switch {
	case more == "":
		return []rosterRow{row}
	case width(row.text)+3+width(more) <= w-4:
		row.text += " · " + more
		return []rosterRow{row}
	}
	return []rosterRow{row, {text: blank(indent) + more, st: row.st}}
}

func (k *kit) grantState(g db.Grant) (string, style) {
	t := &k.t.People
	switch {
	case g.EndedAt != nil:
		state := fmt.Sprintf(t.EndedBy, k.day(*g.EndedAt), k.by(g.EndedBy))
		if !g.EndReason.IsZero() {
			state += " · " + fmt.Sprintf(k.t.Leaving.BecauseOf, g.EndReason.String())
		}
		return state, k.st.faint
	case g.Pending:
		return fmt.Sprintf(t.Waits, k.by(g.GrantedBy)), k.st.due
	case !g.Live(k.Now()):
		return fmt.Sprintf(t.RanOut, k.dayOf(g.Until)), k.st.faint
	}
	state := fmt.Sprintf(t.Since, k.day(g.Since))
	if g.Until != nil {
		state = fmt.Sprintf(t.SinceUntil, k.day(g.Since), k.day(*g.Until))
	}
	state += " " + fmt.Sprintf(t.By, k.by(g.GrantedBy))
	if g.AgreedBy != 0 {
		state += ", " + fmt.Sprintf(t.AgreedBy, k.by(g.AgreedBy))
	}
	return state, ""
}

// fingerprintWidth is the length of a SHA-256 fingerprint: it is shown whole,
// because people compare it.
const fingerprintWidth = 50

func (k *kit) keyRows(keys []db.Key, w int) []rosterRow {
	cols := []int{max(min(w-fingerprintWidth-22, 30), 7), fingerprintWidth, 20}
	var rows []rosterRow
	for _, key := range keys {
		used, st := k.keyUse(key)
		row := rosterRow{
			id: "k" + strconv.Itoa(int(key.ID)), item: key, st: st,
			text: columns(cols, text.Clean(key.Name), text.Clean(key.Fingerprint), used),
		}
		rows = append(rows, withMore(row, k.keyFacts(key), 4, w)...)
	}
	return rows
}

// keyFacts are what kind of key it is, since when it is here, and from where it
// was used last.
func (k *kit) keyFacts(key db.Key) string {
	if key.RemovedAt != nil {
		return ""
	}
	facts := []string{kindWord(key), fmt.Sprintf(k.t.Own.KeyAdded, k.day(key.AddedAt))}
	if key.LastFrom != "" {
		facts = append(facts, fmt.Sprintf(k.t.Own.KeyFrom, text.Clean(key.LastFrom)))
	}
	return strings.TrimPrefix(strings.Join(facts, " · "), " · ")
}

func (k *kit) keyUse(key db.Key) (string, style) {
	t := &k.t.People
	switch {
	case key.RemovedAt != nil:
		return fmt.Sprintf(t.Removed, k.ago(*key.RemovedAt)), k.st.faint
	case key.SuspendedAt != nil:
		return k.t.Own.Flags[policy.KeySuspended], k.st.due
	case key.LastUsed == nil:
		return t.NeverUsed, ""
	}
	return fmt.Sprintf(t.LastUsed, k.ago(*key.LastUsed)), ""
}

func (k *kit) sessionRows(sessions []db.Session) []rosterRow {
	t := &k.t.People
	rows := make([]rosterRow, len(sessions))
	for i, s := range sessions {
		line := fmt.Sprintf(t.SessionLine, k.near(s.StartedAt), text.Clean(s.Address), text.Clean(s.KeyName))
		rows[i] = rosterRow{id: "s" + s.ID, item: s, text: line + " · " + k.idle(s) + k.sessionMarks(s)}
	}
	return rows
}

func (k *kit) sessionMarks(s db.Session) (marks string) {
	for _, m := range []struct {
		is   bool
		word string
	}{
		{s.Recovery, k.t.People.WithRecovery},
		{s.NewAddress, k.t.Own.NewAddress},
		{s.NewKey, k.t.Own.NewKey},
		{s.ID == k.Actor.Session, k.t.People.ThisOne},
	} {
		if m.is {
			marks += " · " + m.word
		}
	}
	return marks
}

// invitationRows has a fingerprint on a line of its own: it says which key
// joined, and whether it was the right one.
func (k *kit) invitationRows(all []db.Invitation, w int) []rosterRow {
	t := &k.t.People
	var rows []rosterRow
	for _, in := range all {
		state, st := k.invitationState(in)
		line := "  " + fmt.Sprintf(t.MadeBy, k.moment(in.CreatedAt), k.by(in.CreatedBy)) + " · " + state
		print := text.Clean(in.Fingerprint)
		if print != "" && width(line)+1+fingerprintWidth <= w-4 {
			line += " " + print
			print = ""
		}
		rows = append(rows, rosterRow{text: line, st: st})
		if print != "" {
			rows = append(rows, rosterRow{text: "    " + print, st: st})
		}
	}
	return rows
}

func (k *kit) invitationState(in db.Invitation) (string, style) {
	t := &k.t.People
	at := func(t *time.Time) string { return k.moment(*t) }
	switch {
	case in.UsedAt != nil:
		return fmt.Sprintf(t.UsedWith, at(in.UsedAt)), ""
	case in.VoidedAt != nil && in.VoidedAt.Before(in.ExpiresAt): // else the clock voided it
		return fmt.Sprintf(t.Replaced, at(in.VoidedAt)), k.st.faint
	case !in.ExpiresAt.After(k.Now()):
		return fmt.Sprintf(t.Expired, at(&in.ExpiresAt)), k.st.faint
	}
	return fmt.Sprintf(t.ValidTo, at(&in.ExpiresAt)), k.st.due
}
