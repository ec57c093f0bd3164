package sheet

import (
	"regexp"
	"slices"
	"strings"

	"balie/policy/text"
)

const (
	enough  = 200 // rows that are looked at
	telling = 254 // the longest cell that can be a mail address
)

// Recognise guesses what the columns mean, from their names and, where names
// are not enough, from some rows. What it doesn't know it leaves out: a value
// in a wrong field is worse than one that a person still has to map.
func (s *Schema) Recognise(header []string, sample [][]string) Mapping {
	g := guess{Schema: s, sample: sample[:min(len(sample), enough)], groups: make([]string, len(header))}
	g.columns = label(header)
	for i, name := range header {
		g.byName(i, name)
	}
	g.oneAddress()
	for i, name := range header {
		g.byWeakName(i, name)
		g.byContent(i, name)
	}
	return Mapping{columns: g.columns, schema: s}
}

// label gives each column a name that is clean, unique and free of "=", so
// that a mapping can be written as text.
func label(header []string) []Column {
	columns := make([]Column, len(header))
	seen := make(map[string]bool)
	for i, name := range header {
		name = text.Clean(strings.ReplaceAll(name, "=", " "))
		if name == "" || seen[strings.ToLower(name)] {
			name = strings.TrimSpace(name + " (" + columnName(i) + ")")
		}
		for seen[strings.ToLower(name)] {
			name += "'"
		}
		seen[strings.ToLower(name)] = true
		columns[i].Name = name
	}
	return columns
}

type guess struct {
	*Schema
	columns []Column
	groups  []string // of address columns: which address
	sample  [][]string
}

func (g *guess) byName(i int, name string) {
	if f, ok := g.own[strings.ToLower(strings.TrimSpace(name))]; ok {
		g.columns[i].Field = f
		return
	}
	letters, number := key(name)
	if f, group := addressPart(letters); f != "" && g.addresses {
		if number > 1 && strings.HasPrefix(letters, "address") && letters != "addressline" {
			group = "other" // Google's Address 2
		}
		g.columns[i].Field, g.groups[i] = f, group
		return
	}
	f := g.names[letters]
	if f == middle {
		f = g.middleName(i)
	}
	g.columns[i].Field = f
}

func addressPart(letters string) (f Field, group string) {
	if f, ok := addresses[letters]; ok {
		return f, "main"
	}
	for _, a := range addressBefore {
		if rest, ok := strings.CutPrefix(letters, a.begin); ok && addresses[rest] != "" {
			return addresses[rest], a.group
		}
	}
	for _, a := range addressBehind {
		if rest, ok := strings.CutSuffix(letters, a.end); ok && addresses[rest] != "" {
			return addresses[rest], a.group
		}
	}
	return "", ""
}

// oneAddress keeps the columns of one address, preferably the one at work:
// the street of one and the city of another would make a third.
func (g *guess) oneAddress() {
	order := []string{"main", "work", "home", "billing", "shipping", "other"}
	keep := slices.IndexFunc(order, g.filled)
	if keep < 0 {
		keep = slices.IndexFunc(order, func(group string) bool { return slices.Contains(g.groups, group) })
	}
	for i, group := range g.groups {
		if group != "" && group != order[keep] {
			g.columns[i].Field = ""
		}
	}
}

func (g *guess) filled(group string) bool {
	for i, other := range g.groups {
		if other == group && len(g.cells(i)) > 0 {
			return true
		}
	}
	return false
}

// cells are the values of a column in the sample that aren't empty.
func (g *guess) cells(i int) []string {
	var cells []string
	for _, row := range g.sample {
		if i < len(row) && strings.TrimSpace(row[i]) != "" {
			cells = append(cells, strings.TrimSpace(row[i]))
		}
	}
	return cells
}

// mostly says whether the column has values and nearly all of them pass.
func (g *guess) mostly(i int, pass func(string) bool) bool {
	cells, good := g.cells(i), 0
	for _, c := range cells {
		if len(c) <= telling && pass(c) {
			good++
		}
	}
	return good > 0 && good*10 >= len(cells)*8
}

func (g *guess) taken(f Field) bool {
	return slices.ContainsFunc(g.columns, func(c Column) bool { return c.Field == f })
}

var particle = regexp.MustCompile(`(?i)^((van|de|den|der|het|'t|’t|ten|ter|te|op|in|aan|bij|uit|voor|von|zu|la|le|du|d')\s*)+$`)

func (g *guess) middleName(i int) Field {
	if g.mostly(i, particle.MatchString) {
		return Prefix
	}
	return Given
}

func (g *guess) byWeakName(i int, name string) {
	letters, _ := key(name)
	f := g.weak[letters]
	switch {
	case g.columns[i].Field != "" || f == "" || g.taken(f):
	case f == HouseNumber && !g.taken(Street):
	case f == Prefix && len(g.cells(i)) > 0 && !g.mostly(i, particle.MatchString):
	default:
		g.columns[i].Field = f
	}
}

var dutchPostcode = regexp.MustCompile(`^[1-9][0-9]{3} ?[A-Za-z]{2}$`)

// byContent maps a column with a telling name or none when its values agree.
func (g *guess) byContent(i int, name string) {
	letters, _ := key(name)
	nameless := letters == "column" || letters == ""
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(letters, p) })
	}
	switch {
	case g.columns[i].Field != "" || !g.contents:
	case (nameless || has("mail")) && !has("name", "naam", "opt") && g.mostly(i, looksLikeMail):
		g.columns[i].Field = Mail
	case (nameless || has("tel", "phone", "mobiel", "gsm", "whatsapp")) && !has("fax") && g.mostly(i, looksLikePhone):
		g.columns[i].Field = Phone
	case nameless && g.mostly(i, dutchPostcode.MatchString):
		g.columns[i].Field = Postcode
	}
}

var phoneShape = regexp.MustCompile(`^(\+|0)[0-9 ()./-]{8,24}$`)

func looksLikePhone(s string) bool { return phoneShape.MatchString(s) && len(digits(s)) >= 9 }
