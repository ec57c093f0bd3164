package views

import (
	"fmt"
	"strings"

	"balie/policy"
)

// View is the head, the tabs and what the chosen tab holds.
func (c *customer) View(w, height int) string {
	switch {
	case c.gone != "":
		return join(append([]string{""}, indent(wrap(c.gone, w-6), w)...))
	case !c.loaded:
		return "\n   " + c.kit.st.faint.of(c.kit.t.Loading)
	}
	head := append(c.head(w), "", c.tabs(w), "")
	c.height = max(height-len(head), 1)
	if c.lines == nil || c.size != [2]int{w, height} {
		c.lines, c.size = c.content(w), [2]int{w, height}
	}
	c.top = max(min(c.top, len(c.lines)-c.height), 0)
	return join(append(head, c.lines[c.top:min(c.top+c.height, len(c.lines))]...))
}

// head says in three lines who this is and on what the record stands.
func (c *customer) head(w int) []string {
	s := c.sight.Customer
	stands := c.kit.t.Stands + " " + c.basesOf(s.Grounds)
	if len(s.Grounds) == 0 {
		stands = c.kit.st.danger.of("! " + c.kit.t.NoBasis)
	}
	name := c.kit.st.strong.of(cut(s.Name().String(), w/3))
	if s.Restricted {
		name += "  " + c.kit.st.due.of("! "+c.kit.t.Restricted)
	}
	status := c.kit.t.status(s.Status) + " " + c.kit.t.Since + " " + c.kit.monthOf(s.CreatedAt)
	gap := max((w-2-width(stands)-width(status))/2-width(name), 2)
	return []string{
		" " + spread(name+blank(gap)+status, stands, w-2),
		" " + cut(joinNonEmpty("   ", c.belongs(), strings.ToLower(c.kit.t.Owner)+" "+c.kit.colleague(s.Owner), c.tagWords(s.Tags)), w-2),
		" " + cut(joinNonEmpty("   ", c.reach()...), w-2),
	}
}

// belongs is the company and role of a contact, or that this is a company.
func (c *customer) belongs() string {
	s := c.sight.Customer
	if s.Kind == policy.Company {
		return c.kit.t.company(policy.Company)
	}
	for _, m := range s.Companies {
		if m.Main || len(s.Companies) == 1 {
			return joinNonEmpty(" · ", cmpOr(m.Name.String(), c.kit.t.HiddenCompany), m.Role.String())
		}
	}
	return ""
}

// reach is how to reach the customer: mail, phone, address.
func (c *customer) reach() []string {
	s := c.sight.Customer
	var parts []string
	if len(s.Mails) > 0 {
		parts = append(parts, s.Mails[0].Value.String())
	}
	if len(s.Phones) > 0 {
		parts = append(parts, c.kit.phone(s.Phones[0].Value.String()))
	}
	a := s.Address
	city := joinNonEmpty(" ", a.Postcode.String(), a.City.String())
	return append(parts, joinNonEmpty(", ", a.Street.String(), city))
}

func (c *customer) tabs(w int) string {
	contacts := c.kit.t.TabContacts
	if c.sight.Kind == policy.Person {
		contacts = c.kit.t.TabCompanies
	}
	if n := len(c.linked()); n > 0 {
		contacts += " " + c.kit.num(n)
	}
	deals := c.kit.t.Deal.Tab
	if n := len(c.sight.Deals); n > 0 {
		deals += " " + c.kit.num(n)
	}
	names := []string{c.kit.t.TabTimeline, contacts, c.tasksTab(), deals, c.kit.t.TabPrivacy, c.kit.t.TabHistory}
	for i, n := range names {
		if i == c.tab {
			names[i] = c.kit.st.accent.of("[" + n + "]")
		} else {
			names[i] = " " + n + " "
		}
	}
	return spread(" "+strings.Join(names, " "), c.kit.st.faint.of("[ ] "+c.kit.t.KeyTabs), w-2)
}

func (c *customer) content(w int) []string {
	switch c.tab {
	case contactsTab:
		return c.contactLines(w)
	case tasksTab:
		return c.taskLines(w)
	case dealsTab:
		return c.dealLines(w)
	case privacyTab:
		return c.privacyLines(w)
	case historyTab:
		return c.historyLines(w)
	}
	return c.timelineLines(w)
}

// basesOf are the grounds in short: contract, consent.
func (c *customer) basesOf(grounds []policy.Ground) string {
	var words []string
	seen := map[policy.Basis]bool{}
	for _, g := range grounds {
		if !seen[g.Basis] {
			words = append(words, c.kit.t.basis(g.Basis))
		}
		seen[g.Basis] = true
	}
	return strings.Join(words, ", ")
}

func (c *customer) tagWords(ids []int32) string {
	if len(ids) == 0 {
		return ""
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = c.kit.tagName(id)
	}
	return c.kit.t.Tags + " " + strings.Join(names, ", ")
}

func joinNonEmpty(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// label is a name and a value below each other's.
func (k *kit) label(name, value string, w int) []string {
	var lines []string
	for i, l := range wrap(value, max(w-26, 10)) {
		n := ""
		if i == 0 {
			n = name
		}
		lines = append(lines, fmt.Sprintf("  %s%s", k.st.faint.of(pad(n, 22)), l))
	}
	return lines
}
