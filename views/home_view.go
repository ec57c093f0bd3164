package views

import (
	"fmt"
	"strings"

	"balie/policy"
)

// View is notices on top, the role's own columns, the last sign-in below.
func (h *home) View(w, height int) string {
	lines := []string{""}
	for _, n := range h.kit.Welcome.Notices {
		for _, l := range wrap(h.kit.say(n), w-6) {
			lines = append(lines, "  "+h.kit.st.due.of("! "+l))
		}
	}
	if len(lines) > 1 {
		lines = append(lines, "")
	}
	lines = append(lines, h.heed.lines(h.at, w, max(height/5, 3))...)
	last := []string{""}
	for _, l := range wrap(h.welcomeLine(), w-4) {
		last = append(last, "  "+h.kit.st.faint.of(l))
	}
	room := max(height-len(lines)-len(last), 0)
	lines = append(lines, block(h.content(w, room), w, room)...)
	return join(append(lines, last...))
}

// threeColumns is from how many columns on there are three beside each other.
const threeColumns = 130

func (h *home) content(w, height int) []string {
	h.leads, h.starts = nil, nil
	switch h.kit.Actor.Role {
	case policy.Sales:
		return h.salesHome(w, height)
	case policy.Manager:
		return h.managerHome(w, height)
	case policy.Privacy:
		return h.privacyHome(w, height)
	case policy.Admin:
		return h.adminHome(w)
	case policy.Auditor:
		return h.auditorHome(w)
	case policy.Finance:
		if w < wideBooks {
			return h.columns(w, height, []int{1}, []homeBlock{h.owedBlock(), h.revenueBlock()})
		}
		return h.columns(w, height, []int{1, 1}, []homeBlock{h.owedBlock()}, []homeBlock{h.revenueBlock()})
	}
	return nil
}

// wideBooks is from how many columns on owed and revenue stand side by side.
const wideBooks = 110

// salesHome is what there is to do on the left, what stands where on the right.
func (h *home) salesHome(w, height int) []string {
	if w >= threeColumns {
		return h.columns(
			w, height, []int{1, 1, 1},
			[]homeBlock{h.todayBlock(), h.callBlock()},
			append([]homeBlock{h.activeBlock()}, h.leavingBlock(w/3)...),
			[]homeBlock{h.pipeBlock(), h.statusBlock(), h.recentBlock()},
		)
	}
	left := append([]homeBlock{h.todayBlock(), h.callBlock()}, h.leavingBlock(w*4/7)...)
	return h.columns(w, height, []int{4, 3}, append(left, h.activeBlock()), []homeBlock{h.pipeBlock(), h.statusBlock(), h.recentBlock()})
}

// managerHome is the team's deals on the left, what to see to on the right.
func (h *home) managerHome(w, height int) []string {
	if w >= threeColumns {
		return h.columns(
			w, height, []int{1, 1, 1},
			[]homeBlock{h.pipeBlock(), h.forecastBlock(), h.doingsBlock()},
			[]homeBlock{h.lateBlock(), h.todayBlock()},
			append([]homeBlock{h.activeBlock()}, h.leavingBlock(w/3)...),
		)
	}
	return h.columns(
		w, height, []int{1, 1},
		append([]homeBlock{h.pipeBlock(), h.forecastBlock(), h.activeBlock()}, h.leavingBlock(w/2)...),
		[]homeBlock{h.lateBlock(), h.doingsBlock(), h.todayBlock()},
	)
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
	lines := []string{h.kit.st.accent.of(h.kit.t.HomeAccess), ""}
	row := func(label string, n int, st style) {
		lines = append(lines, st.of(pad(label, 34)+padLeft(h.kit.num(n), 6)))
	}
	row(h.kit.t.PeopleActive, joined, "")
	row(h.kit.t.PeopleWaiting, waiting, alertIf(waiting, h.kit.st.due))
	row(h.kit.t.GrantsPending, pending, alertIf(pending, h.kit.st.due))
	row(h.kit.t.PeopleRevoked, revoked, h.kit.st.faint)
	lines = append(lines, h.refusedLines()...)
	return indent(append(append(lines, ""), h.kit.hint(h.kit.t.AdminHint, w)...), w)
}

// refusedLines are the sign-ins that were refused since yesterday.
func (h *home) refusedLines() []string {
	lines := []string{"", h.kit.st.accent.of(h.kit.t.HomeRefused), ""}
	if len(h.refused) == 0 {
		return append(lines, h.kit.st.faint.of(h.kit.t.NoRefused))
	}
	for _, r := range h.refused[:min(len(h.refused), 8)] {
		lines = append(lines, pad(h.kit.near(r.At), 22)+joinNonEmpty(" · ", h.kit.colleague(r.Actor), r.Detail.String()))
	}
	if more := len(h.refused) - 8; more > 0 {
		lines = append(lines, h.kit.st.faint.of(fmt.Sprintf(h.kit.t.AndMore, h.kit.num(more))))
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
	head := pad(h.kit.t.Owner, 26)
	for _, s := range policy.Statuses {
		head += padLeft(h.kit.t.status(s), 12)
	}
	lines := []string{h.kit.st.accent.of(h.kit.t.HomeCounts), "", h.kit.st.faint.of(head)}
	total := map[policy.Status]int64{}
	for _, o := range owners {
		lines = append(lines, h.countRow(h.kit.colleague(o), byOwner[o]))
		for s, n := range byOwner[o] {
			total[s] += n
		}
	}
	lines = append(lines, h.kit.st.strong.of(h.countRow(h.kit.t.Total, total)), "")
	return indent(append(lines, h.kit.hint(h.kit.t.AuditorHint, w)...), w)
}

func (h *home) countRow(name string, counts map[policy.Status]int64) string {
	var b strings.Builder
	b.WriteString(pad(name, 26))
	for _, s := range policy.Statuses {
		b.WriteString(padLeft(h.kit.num(int(counts[s])), 12))
	}
	return b.String()
}
