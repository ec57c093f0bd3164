package ops

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"balie/ops/dossier"
	"balie/ops/paper"
	"balie/policy"
)

// info is what art. 15(1) and (2) GDPR has a person told beside the copy, from
// the purposes, registers and settings as they are now.
func (w *writer) info(t terms, d dossier.Dossier) []dossier.Item {
	return []dossier.Item{
		item(policy.Message{Key: "Who decides about your data"}, "art. 4(7), 15(1)", []string{w.controller()}),
		item(policy.Message{Key: "What your data are used for"}, "art. 15(1)(a)", w.purposes()),
		item(policy.Message{Key: "Which kinds of data there are"}, "art. 15(1)(b)", w.kinds(d)),
		item(policy.Message{Key: "Who receives or received them"}, "art. 15(1)(c)", w.recipients()),
		item(policy.Message{Key: "How long they are kept"}, "art. 15(1)(d)", w.retention()),
		item(policy.Message{Key: "Your rights"}, "art. 15(1)(e)", []string{w.say(policy.Message{
			Key: "You can have your data put right (art. 16), erased (art. 17) or restricted (art. 18), take them along (art. 20), and object to their use (art. 21); a consent can be withdrawn at any time (art. 7(3)).",
		})}),
		item(policy.Message{Key: "Where to complain"}, "art. 15(1)(f)", []string{w.say(policy.Message{Key: "You can complain to %s.", Args: []any{paper.Authority(t.Country, d.Lang)}})}),
		item(policy.Message{Key: "Where the data came from"}, "art. 15(1)(g)", w.origin()),
		item(policy.Message{Key: "Decisions by machines"}, "art. 15(1)(h)", []string{w.say(policy.Message{Key: "No decision about you is made by a machine alone, and no profile of you is made."})}),
		item(policy.Message{Key: "Transfers outside the European Economic Area"}, "art. 15(2)", w.transfers()),
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

// controller is the organisation with its address, as far as it was filled in.
func (w *writer) controller() string {
	var parts []string
	for _, key := range []policy.SettingKey{policy.OrgName, policy.OrgStreet, policy.OrgPostcode, policy.OrgCity, policy.OrgCountry, policy.OrgMail} {
		if v := string(w.conf.settings[key].Value); v != "" {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, ", ")
}

// rules are those of a purpose; of one that is no more, its name alone.
func (w *writer) rules(name policy.Purpose) policy.PurposeRules {
	p, err := policy.FindPurpose(w.conf.Purposes, name)
	if err != nil {
		p = policy.PurposeRules{Name: name}
	}
	return p
}

func (w *writer) purposes() (lines []string) {
	for _, g := range w.h.Customer.Grounds {
		p := w.rules(g.Purpose)
		line := fmt.Sprintf("%s: %s, %s", cmp.Or(p.Title.In(w.lang), string(g.Purpose)), w.say(basisSaid[g.Basis]), w.say(g.Basis.Law()))
		if data := p.Categories.In(w.lang); data != "" {
			line += " (" + data + ")"
		}
		lines = append(lines, line)
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

// recipients are those to whom data went, as far as the program knows, and those
// whom the registers and purposes name.
func (w *writer) recipients() (lines []string) {
	for _, e := range w.h.Seen {
		switch e.Act {
		case policy.CustomerExport:
			lines = append(lines, w.say(policy.Message{Key: "On %s they were in a file that a colleague took out (role: %s).", Args: []any{policy.DateOf(e.Day), string(e.Role)}}))
		case policy.InvoiceExport:
			lines = append(lines, w.say(policy.Message{Key: "On %s an invoice was written as a file, to be sent or for the bookkeeper.", Args: []any{policy.DateOf(e.Day)}}))
		}
	}
	for _, l := range w.h.Lists {
		lines = append(lines, w.say(policy.Message{Key: "On %s they were on the mailing list %s when it was written as a file.", Args: []any{policy.DateOf(l.Out.In(w.zone)), l.Name}}))
	}
	if len(lines) == 0 {
		lines = []string{w.say(policy.Message{Key: "They never left this program as a file."})}
	}
	for _, r := range w.conf.Recipients {
		lines = append(lines, fmt.Sprintf("%s: %s, %s (%s)", r["name"], r["data"], r["why"], r["country"]))
	}
	for _, p := range w.conf.Processors {
		lines = append(lines, w.say(policy.Message{Key: "%s, who processes data for us: %s (%s).", Args: []any{p["name"], p["service"], p["data"]}}))
	}
	return append(lines, w.ofPurposes(func(p policy.PurposeRules) policy.Both { return p.Recipients })...)
}

// ofPurposes says something of each purpose that the record stands on.
func (w *writer) ofPurposes(what func(policy.PurposeRules) policy.Both) (lines []string) {
	for _, g := range w.h.Customer.Grounds {
		p := w.rules(g.Purpose)
		if said := what(p).In(w.lang); said != "" {
			lines = append(lines, p.Title.In(w.lang)+": "+said)
		}
	}
	return slices.Compact(lines)
}

func (w *writer) retention() []string {
	lines := append(w.ofPurposes(func(p policy.PurposeRules) policy.Both { return p.Retention }), w.say(w.leaves()))
	for _, h := range w.h.Holds {
		if h.EndedAt == nil {
			lines = append(lines, w.say(policy.Message{Key: "Longer, through %s, for a reason: see why the record is kept longer.", Args: []any{policy.DateOf(h.Until)}}))
		}
	}
	for _, i := range w.h.Invoices {
		if !i.KeptThrough.IsZero() {
			lines = append(lines, w.say(policy.Message{Key: "Invoice %s through %s, by law (art. 52(4) AWR).", Args: []any{i.Name(), policy.DateOf(i.KeptThrough)}}))
		}
	}
	for _, i := range w.h.Past {
		lines = append(lines, w.say(policy.Message{Key: "Invoice %s through %s, by law (art. 52(4) AWR).", Args: []any{i.Number, policy.DateOf(i.KeptThrough)}}))
	}
	return lines
}

// leaves is when the term of the record is over, by the schedule as it is now.
func (w *writer) leaves() policy.Message {
	if w.stay.On.IsZero() {
		return policy.Message{Key: "No term runs yet: it begins when the contract or procedure ends (art. 5(1)(e) GDPR)."}
	}
	return policy.Message{Key: "Until %s, unless there is contact before (art. 5(1)(e) GDPR).", Args: []any{policy.DateOf(w.stay.On.In(w.zone))}}
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

// transfers are those who are outside the European Economic Area, or controlled
// from there, with what safeguards it: art. 15(2) GDPR.
func (w *writer) transfers() (lines []string) {
	for _, p := range w.conf.Processors {
		outside := map[string]bool{}
		for _, where := range []string{p["stored"], p["controlled"]} {
			if where != "" && !policy.InEEA(where) {
				outside[where] = true
			}
		}
		if len(outside) > 0 {
			lines = append(lines, w.say(policy.Message{Key: "%s (%s); safeguard: %s.", Args: []any{p["name"], strings.Join(slices.Sorted(maps.Keys(outside)), ", "), cmp.Or(p["safeguards"], "-")}}))
		}
	}
	for _, r := range w.conf.Recipients {
		if r["country"] != "" && !policy.InEEA(r["country"]) {
			lines = append(lines, fmt.Sprintf("%s (%s)", r["name"], r["country"]))
		}
	}
	if len(lines) == 0 {
		lines = []string{w.say(policy.Message{Key: "There are none: the data are on the organisation's own server, and nobody whom it gives them to is elsewhere."})}
	}
	return lines
}
