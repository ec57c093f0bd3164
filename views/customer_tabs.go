package views

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// happening is one line of the timeline.
type happening struct {
	at   time.Time
	what string
	text string
	who  string
}

// timelineLines are the notes and what else is known to have happened, latest
// first.
func (c *customer) timelineLines(w int) []string {
	s := c.sight
	var all []happening
	for _, n := range s.Notes {
		what := c.kit.t.NoteWord
		if n.Private {
			what = c.kit.t.PrivateNote
		}
		all = append(all, happening{at: n.At, what: what, text: n.Text.String(), who: c.kit.colleague(n.Author)})
	}
	all = append(all, c.deeds()...)
	for _, i := range s.Invoices {
		all = append(all, c.invoiced(i))
	}
	if s.Version > 1 && s.UpdatedAt.After(s.CreatedAt) {
		all = append(all, happening{at: s.UpdatedAt, what: c.kit.t.ChangedWord, text: c.kit.t.ChangedHint})
	}
	created := c.kit.t.CreatedByHand
	if s.Import != 0 {
		created = c.kit.t.CreatedByImport
	}
	all = append(all, happening{at: s.CreatedAt, what: c.kit.t.CreatedWord, text: created})
	slices.SortStableFunc(all, func(a, b happening) int { return b.at.Compare(a.at) })
	lines := c.ownLines(w)
	for _, h := range all {
		lines = append(lines, c.happened(h, w)...)
	}
	return lines
}

// invoiced is an invoice as sales may know it: whether it is paid.
func (c *customer) invoiced(i db.Settlement) happening {
	t := &c.kit.t.Invoice
	h := happening{at: c.kit.Now(), what: t.Word, text: t.Draft}
	if i.IssuedOn != nil {
		state := t.Unsettled
		if i.Settled {
			state = t.Settled
		}
		h.at, h.text = *i.IssuedOn, policy.InvoiceName(i.Series, i.Year, i.Number)+" "+state
	}
	return h
}

// wrapBlock breaks a text of several lines; it gives one line at least.
func wrapBlock(s string, w int) []string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		lines = append(lines, cmpSlice(wrap(line, w))...)
	}
	return lines
}

func cmpSlice(lines []string) []string {
	if len(lines) == 0 {
		return []string{""}
	}
	return lines
}

// happened is one happening in as many lines as its text takes.
func (c *customer) happened(h happening, w int) []string {
	who := 14
	room := max(w-2-13-15-who-3, 20)
	var lines []string
	for i, l := range wrapBlock(h.text, room) {
		if i == 0 {
			lines = append(lines, "  "+c.kit.st.faint.of(pad(c.kit.ago(h.at), 12))+" "+pad(h.what, 14)+" "+pad(l, room)+" "+c.kit.st.faint.of(pad(h.who, who)))
		} else {
			lines = append(lines, blank(30)+l)
		}
	}
	return lines
}

func (c *customer) privacyLines(w int) []string {
	s := c.sight.Customer
	var lines []string
	add := func(name, value string) { lines = append(lines, c.kit.label(name, value, w)...) }
	lines = append(lines, c.standingLines(w)...)
	lines = append(lines, "")
	lines = append(lines, c.ownPrivacy(w)...)
	add(c.kit.t.Source, cmpOr(s.Source.String(), c.kit.t.SourceUnknown))
	add(c.kit.t.KeptSince, c.kit.moment(s.CreatedAt))
	add(c.kit.t.LastActivity, c.kit.moment(s.LastActivity)+" · "+c.kit.ago(s.LastActivity))
	for i, line := range c.kit.stayLines(c.sight.Stay) {
		add([]string{c.kit.t.Term, ""}[min(i, 1)], line)
	}
	restricted := c.kit.t.NotRestricted
	if s.Restricted {
		restricted = c.kit.t.RestrictedLong
	}
	add(c.kit.t.Restriction, restricted)
	lines = append(lines, c.saidLines(w)...)
	return append(lines, "", "  "+c.kit.st.faint.of(c.kit.t.PrivacyHint))
}

func (c *customer) historyLines(w int) []string {
	if c.past.busy && len(c.history) == 0 {
		return []string{"  " + c.kit.st.faint.of(c.kit.t.Loading)}
	}
	if len(c.history) == 0 {
		return []string{"  " + c.kit.t.NoHistory}
	}
	return c.kit.pastLines(c.history, w, c.kit.fieldLabel, c.kit.told)
}

// link is a contact of a company, or a company of a contact.
type link struct {
	id         int64
	name, role string
	note       string
}

func (c *customer) linked() []link {
	var all []link
	for _, m := range c.sight.Companies {
		l := link{id: m.Company, name: cmpOr(m.Name.String(), c.kit.t.HiddenCompany), role: m.Role.String()}
		if m.Main {
			l.note = c.kit.t.MainCompany
		}
		all = append(all, l)
	}
	for _, r := range c.sight.Contacts {
		all = append(all, link{id: r.ID, name: r.Name().String(), role: r.Mail.String(), note: c.kit.phone(r.Phone.String())})
	}
	return all
}

func (c *customer) contactLines(w int) []string {
	all := c.linked()
	if len(all) == 0 {
		none := c.kit.t.NoContacts
		if c.sight.Kind == policy.Person {
			none = c.kit.t.NoCompanies
		}
		return []string{"  " + none}
	}
	lines := make([]string, len(all))
	for i, l := range all {
		line := fmt.Sprintf("%s  %s  %s", pad(l.name, 28), pad(l.role, 28), l.note)
		lines[i] = "   " + line
		if i == c.at {
			lines[i] = c.kit.st.sel.of(pad(" ▸ "+line, w-1))
		}
	}
	return lines
}

func (c *customer) openLinked() tea.Cmd {
	if c.tab == dealsTab && c.at < len(c.sight.Deals) {
		return open(newDeal(c.kit, c.sight.Deals[c.at].ID))
	}
	all := c.linked()
	if c.tab != contactsTab || c.at >= len(all) {
		return nil
	}
	return open(newCustomer(c.kit, all[c.at].id, all[c.at].name))
}
