package views

import (
	"fmt"
	"strings"

	"balie/policy"
)

// View is notices on top, the role's own columns, the last sign-in below.
func (h *home) View(w, height int) string {
	lines := []string{""}
	for _, n := range h.Welcome.Notices {
		for _, l := range wrap(h.say(n), w-6) {
			lines = append(lines, "  "+h.st.due.of("! "+l))
		}
	}
	if len(lines) > 1 {
		lines = append(lines, "")
	}
	last := []string{""}
	for _, l := range wrap(h.welcomeLine(), w-4) {
		last = append(last, "  "+h.st.faint.of(l))
	}
	room := max(height-len(lines)-len(last), 0)
	lines = append(lines, block(h.content(w, room), w, room)...)
	return join(append(lines, last...))
}

func (h *home) content(w, height int) []string {
	switch h.Actor.Role {
	case policy.Sales, policy.Manager:
		return h.customerHome(w, height)
	case policy.Privacy:
		if h.Actor.Reason.IsZero() {
			return indent(wrap(h.t.PrivacyHome, w-6), w)
		}
		return h.customerHome(w, height)
	case policy.Admin:
		return h.adminHome(w)
	case policy.Auditor:
		return h.auditorHome(w)
	case policy.Finance:
		return indent(append(wrap(h.t.FinanceHome, min(w-6, 90)), "", h.st.faint.of(h.t.FinanceHint)), w)
	}
	return nil
}

// customerHome is two columns: who was active last, and what needs a look.
func (h *home) customerHome(w, height int) []string {
	left := w * 2 / 3
	return beside(h.activeLines(left-2, height), h.attention(w-left-4), left, "  ")
}

func (h *home) activeLines(w, height int) []string {
	title := h.t.HomeActive[h.Actor.Role == policy.Sales]
	lines := []string{"  " + h.st.accent.of(title), ""}
	rows := h.selectable()
	if h.load.busy && len(rows) == 0 {
		return append(lines, "  "+h.st.faint.of(h.t.Loading))
	}
	if len(rows) == 0 {
		return append(lines, indent(wrap(h.t.NoCustomersHint, w-4), w)...)
	}
	for i, r := range rows[:min(len(rows), max(height-2, 0))] {
		when := h.ago(r.at)
		company := (w - 18) / 3
		line := pad(r.name.String(), w-18-company) + "  " + pad(r.company.String(), company)
		if i == h.at {
			lines = append(lines, " "+h.st.sel.of(pad("▸ "+line+" "+padLeft(when, 12), w-1)))
		} else {
			lines = append(lines, "   "+line+" "+h.st.faint.of(padLeft(when, 12)))
		}
	}
	return lines
}

// selectable are the rows under the cursor: those active last.
func (h *home) selectable() []recent {
	rows := make([]recent, len(h.busy))
	for i, r := range h.busy {
		rows[i] = recent{r.ID, r.Name(), r.Company, r.LastActivity}
	}
	return rows
}

// attention is the right column: statuses among those active last, restricted
// ones, and what was opened in this session.
func (h *home) attention(w int) []string {
	lines := []string{h.st.accent.of(h.t.HomeNow), ""}
	byStatus := map[policy.Status]int{}
	restricted := 0
	for _, r := range h.busy {
		byStatus[r.Status]++
		if r.Restricted {
			restricted++
		}
	}
	n := h.num(len(h.busy))
	if h.more {
		lines = append(lines, h.st.faint.of(fmt.Sprintf(h.t.AmongLast, n)))
	}
	for _, s := range policy.Statuses {
		lines = append(lines, pad(h.t.status(s), 12)+padLeft(h.num(byStatus[s]), 5))
	}
	if restricted > 0 {
		lines = append(lines, h.st.due.of("! "+pad(h.t.Restricted, 10)+padLeft(h.num(restricted), 5)))
	}
	lines = append(lines, "", h.st.accent.of(h.t.HomeRecent), "")
	for _, r := range h.recents {
		lines = append(lines, pad(r.name.String(), max(w-14, 8))+" "+h.st.faint.of(h.ago(r.at)))
	}
	if len(h.recents) == 0 {
		lines = append(lines, h.st.faint.of(h.t.NothingOpened))
	}
	return lines
}

func (h *home) adminHome(w int) []string {
	joined, waiting, revoked, pending := 0, 0, 0, 0
	for _, p := range h.people {
		switch {
		case p.RevokedAt != nil:
			revoked++
		case p.JoinedAt == nil:
			waiting++
		default:
			joined++
		}
		for _, g := range p.Grants {
			if g.Pending {
				pending++
			}
		}
	}
	lines := []string{h.st.accent.of(h.t.HomeAccess), ""}
	row := func(label string, n int, st style) {
		lines = append(lines, st.of(pad(label, 34)+padLeft(h.num(n), 6)))
	}
	row(h.t.PeopleActive, joined, "")
	row(h.t.PeopleWaiting, waiting, alertIf(waiting, h.st.due))
	row(h.t.GrantsPending, pending, alertIf(pending, h.st.due))
	row(h.t.PeopleRevoked, revoked, h.st.faint)
	lines = append(lines, h.refusedLines()...)
	return indent(append(append(lines, ""), h.hint(h.t.AdminHint, w)...), w)
}

// refusedLines are the sign-ins that were refused since yesterday.
func (h *home) refusedLines() []string {
	lines := []string{"", h.st.accent.of(h.t.HomeRefused), ""}
	if len(h.refused) == 0 {
		return append(lines, h.st.faint.of(h.t.NoRefused))
	}
	for _, r := range h.refused[:min(len(h.refused), 8)] {
		lines = append(lines, pad(h.near(r.At), 22)+joinNonEmpty(" · ", h.colleague(r.Actor), r.Detail.String()))
	}
	if more := len(h.refused) - 8; more > 0 {
		lines = append(lines, h.st.faint.of(fmt.Sprintf(h.t.AndMore, h.num(more))))
	}
	return lines
}

// hint is faint text in as many lines as it takes.
func (k *kit) hint(text string, w int) []string {
	lines := wrap(text, w-6)
	for i, l := range lines {
		lines[i] = k.st.faint.of(l)
	}
	return lines
}

func alertIf(n int, st style) style {
	if n == 0 {
		return ""
	}
	return st
}

// auditorHome is a table of counts: owners down, statuses across.
func (h *home) auditorHome(w int) []string {
	byOwner := map[int32]map[policy.Status]int64{}
	var owners []int32
	for _, c := range h.counts {
		if byOwner[c.Owner] == nil {
			byOwner[c.Owner] = map[policy.Status]int64{}
			owners = append(owners, c.Owner)
		}
		byOwner[c.Owner][policy.Status(c.Status)] += c.N
	}
	head := pad(h.t.Owner, 26)
	for _, s := range policy.Statuses {
		head += padLeft(h.t.status(s), 12)
	}
	lines := []string{h.st.accent.of(h.t.HomeCounts), "", h.st.faint.of(head)}
	total := map[policy.Status]int64{}
	for _, o := range owners {
		lines = append(lines, h.countRow(h.colleague(o), byOwner[o]))
		for s, n := range byOwner[o] {
			total[s] += n
		}
	}
	lines = append(lines, h.st.strong.of(h.countRow(h.t.Total, total)), "")
	return indent(append(lines, h.hint(h.t.AuditorHint, w)...), w)
}

func (h *home) countRow(name string, counts map[policy.Status]int64) string {
	var b strings.Builder
	b.WriteString(pad(name, 26))
	for _, s := range policy.Statuses {
		b.WriteString(padLeft(h.num(int(counts[s])), 12))
	}
	return b.String()
}
