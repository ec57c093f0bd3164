package ops

import (
	"fmt"
	"strconv"

	"balie/ops/dossier"
	"balie/ops/paper"
	"balie/policy"
)

// info is what art. 15(1) and (2) GDPR has a person told beside the copy.
func (w *writer) info(t terms, d dossier.Dossier) []dossier.Item {
	return []dossier.Item{
		item(policy.Message{Key: "What your data are used for"}, "art. 15(1)(a)", w.purposes()),
		item(policy.Message{Key: "Which kinds of data there are"}, "art. 15(1)(b)", w.kinds(d)),
		item(policy.Message{Key: "Who received them"}, "art. 15(1)(c)", w.recipients()),
		item(policy.Message{Key: "How long they are kept"}, "art. 15(1)(d)", w.retention()),
		item(policy.Message{Key: "Your rights"}, "art. 15(1)(e)", []string{w.say(policy.Message{
			Key: "You can have your data put right (art. 16), erased (art. 17) or restricted (art. 18), take them along (art. 20), and object to their use (art. 21); a consent can be withdrawn at any time (art. 7(3)).",
		})}),
		item(policy.Message{Key: "Where to complain"}, "art. 15(1)(f)", []string{w.say(policy.Message{Key: "You can complain to %s.", Args: []any{paper.Authority(t.Country, d.Lang)}})}),
		item(policy.Message{Key: "Where the data came from"}, "art. 15(1)(g)", w.origin()),
		item(policy.Message{Key: "Decisions by machines"}, "art. 15(1)(h)", []string{w.say(policy.Message{Key: "No decision about you is made by a machine alone, and no profile of you is made."})}),
		item(policy.Message{Key: "Transfers outside the European Economic Area"}, "art. 15(2)", []string{w.say(policy.Message{Key: "This program sends no data anywhere by itself; they are on the organisation's own server."})}),
	}
}

// basisSaid is a basis as the person reads it.
var basisSaid = map[policy.Basis]policy.Message{
	policy.Contract:   {Key: "a contract with you"},
	policy.Consent:    {Key: "your consent, which you can withdraw"},
	policy.Obligation: {Key: "a legal duty of the organisation"},
	policy.Interest:   {Key: "a legitimate interest of the organisation, to which you can object"},
}

func item(title policy.Message, article string, lines []string) dossier.Item {
	return dossier.Item{Title: title, Article: article, Lines: lines}
}

func (w *writer) purposes() (lines []string) {
	for _, g := range w.h.Customer.Grounds {
		lines = append(lines, fmt.Sprintf("%s: %s, %s", g.Purpose, w.say(basisSaid[g.Basis]), g.Basis.Article()))
	}
	if len(lines) == 0 {
		lines = []string{w.say(policy.Message{Key: "No purpose is recorded: the organisation has to decide whether it may keep the data."})}
	}
	return lines
}

func (w *writer) kinds(d dossier.Dossier) (lines []string) {
	for _, s := range d.Sections {
		if len(s.Rows) > 0 {
			lines = append(lines, w.say(s.Title)+": "+strconv.Itoa(len(s.Rows)))
		}
	}
	return lines
}

// recipients are those to whom data really went: files that were taken out. What
// the organisation itself passed on outside the program, its officer adds.
func (w *writer) recipients() (lines []string) {
	for _, e := range w.h.Seen {
		switch e.Act {
		case policy.CustomerExport:
			lines = append(lines, w.say(policy.Message{Key: "On %s they were in a file that a colleague took out (role: %s).", Args: []any{policy.DateOf(e.Day), string(e.Role)}}))
		case policy.InvoiceExport:
			lines = append(lines, w.say(policy.Message{Key: "On %s an invoice was written as a file, to be sent or for the bookkeeper.", Args: []any{policy.DateOf(e.Day)}}))
		}
	}
	if len(lines) == 0 {
		lines = []string{w.say(policy.Message{Key: "They never left this program as a file."})}
	}
	return lines
}

func (w *writer) retention() []string {
	c := w.h.Customer
	lines := []string{w.say(policy.Message{
		Key: "Until %s, if there is no contact before: so long after the last contact a record of this kind is kept (art. 5(1)(e) GDPR).", Args: []any{policy.DateOf(policy.LeavesOn(c.Status, c.LastActivity.In(w.zone)))},
	})}
	for _, i := range w.h.Invoices {
		if !i.KeptThrough.IsZero() {
			lines = append(lines, w.say(policy.Message{Key: "Invoice %s through %s, by law (art. 52(4) AWR).", Args: []any{i.Name(), policy.DateOf(i.KeptThrough)}}))
		}
	}
	return lines
}

func (w *writer) origin() (lines []string) {
	if s := w.h.Customer.Source; !s.IsZero() {
		lines = append(lines, s.String())
	}
	if i := w.h.Imported; i != nil {
		lines = append(lines, w.say(policy.Message{Key: "They were read in from a file on %s; its source: %s.", Args: []any{policy.DateOf(i.At.In(w.zone)), i.Source}}))
	}
	if len(lines) == 0 {
		lines = []string{w.say(policy.Message{Key: "They come from yourself, or from our contacts with you."})}
	}
	return lines
}
