package views

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// build makes the fields for a customer, in the order in which one asks.
func (f *customerForm) build(c db.Customer) []*field {
	var fs []*field
	add := func(fields ...*field) { fs = append(fs, fields...) }
	if c.Kind == policy.Company {
		add(textField("family", f.kit.t.CompanyName, c.Family.String()).lookedName())
	} else {
		add(textField("given", f.kit.t.Given, c.Given.String()).lookedName(), textField("prefix", f.kit.t.Prefix, c.Prefix.String()).hinted(f.kit.t.PrefixHint),
			textField("family", f.kit.t.Family, c.Family.String()).lookedName(), f.companyField(),
			textField("role", f.kit.t.RoleThere, f.roleThere()).lookedName())
	}
	add(f.several("mail", f.kit.t.Mail, c.Mails)...)
	add(f.several("phone", f.kit.t.Phone, c.Phones)...)
	a := c.Address
	add(textField("street", f.kit.t.Street, a.Street.String()).lookedName().under(f.kit.t.Address), textField("postcode", f.kit.t.Postcode, a.Postcode.String()),
		textField("city", f.kit.t.City, a.City.String()), textField("country", f.kit.t.Country, a.Country.String()).hinted(fmt.Sprintf(f.kit.t.CountryHint, f.kit.Country)))
	add(textField("language", f.kit.t.Language, c.Language.String()).under(f.kit.t.Further).hinted(f.kit.t.LanguageFieldHint), textField("website", f.kit.t.Website, c.Website.String()))
	if c.Kind == policy.Company {
		add(textField("kvk", f.kit.t.KvK, c.KvK.String()), textField("vat", f.kit.t.VAT, c.VAT.String()))
	}
	add(f.statusField(c.Status), f.tagsField())
	add(f.groundFields(c.Grounds)...)
	add(textField("source", f.kit.t.Source, c.Source.String()).looked().hinted(f.kit.t.SourceHint))
	return append(fs, f.kit.ownFields(policy.EntityOf(c.Kind), c.Values)...)
}

func (fd *field) under(head string) *field  { fd.head = head; return fd }
func (fd *field) hinted(hint string) *field { fd.hint = hint; return fd }

// several is a field for each value and one more.
func (f *customerForm) several(name, label string, values []db.Labelled) []*field {
	var fs []*field
	for i := range len(values) + 1 {
		fd := textField(numbered(name, i), label, "").hinted(f.kit.t.LabelHint)
		if i > 0 {
			fd.label = "  " + f.kit.t.Another
		}
		if i < len(values) {
			fd.in.set(strings.TrimSpace(shownValue(name, values[i].Value.String()) + " " + values[i].Label.String()))
		}
		fs = append(fs, fd)
	}
	return fs
}

// shownValue writes a number with its country, so that it reads the same
// whatever the address says.
func shownValue(kind, value string) string {
	if kind == "phone" {
		return ops.ShowPhone(value, "")
	}
	return value
}

// numbered is the name of the i-th field of a kind: mail, mail.1, mail.2.
func numbered(name string, i int) string {
	if i == 0 {
		return name
	}
	return fmt.Sprintf("%s.%d", name, i)
}

func base(name string) string { b, _, _ := strings.Cut(name, "."); return b }

// grow adds an empty field after the last one of a kind when that is filled.
func (f *customerForm) grow(fd *field) {
	i := slices.Index(f.fields, fd)
	kind := base(fd.name)
	if fd.value() == "" || i+1 < len(f.fields) && base(f.fields[i+1].name) == kind {
		return
	}
	n := 0
	for _, other := range f.fields {
		if base(other.name) == kind {
			n++
		}
	}
	next := textField(numbered(kind, n), "  "+f.kit.t.Another, "").hinted(f.kit.t.LabelHint)
	f.fields = slices.Insert(f.fields, i+1, next)
}

// labelled reads the fields of a kind: a value, then perhaps what it is for.
func (f *customerForm) labelled(kind string) []db.Labelled {
	var out []db.Labelled
	for _, fd := range f.fields {
		if base(fd.name) != kind || fd.value() == "" {
			continue
		}
		value, label := splitLabel(kind, fd.value())
		out = append(out, db.Labelled{Value: text.New(value), Label: text.New(label)})
	}
	return out
}

// splitLabel takes "jan@x.nl work" and "+31 6 12345678 work" apart.
func splitLabel(kind, s string) (value, label string) {
	if kind == "mail" {
		value, label, _ = strings.Cut(s, " ")
		return value, label
	}
	i := strings.IndexFunc(s, unicode.IsLetter)
	digits := func(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }
	if i <= 0 || digits(s[i:]) || !digits(s[:i]) {
		return s, ""
	}
	return strings.TrimSpace(s[:i]), s[i:]
}

func (f *customerForm) statusField(s policy.Status) *field {
	options := make([]option, len(policy.Statuses))
	for i, st := range policy.Statuses {
		options[i] = option{text: f.kit.t.status(st)}
	}
	return choiceField("status", f.kit.t.Status, options, slices.Index(policy.Statuses, s))
}

// groundFields are a purpose and a basis for each ground, and one pair more.
func (f *customerForm) groundFields(grounds []policy.Ground) []*field {
	names := f.kit.purposeNames(grounds)
	purposes := f.kit.purposeOptions(names)
	var bases []option
	for _, b := range policy.Bases {
		bases = append(bases, option{text: f.kit.t.basis(b)})
	}
	var fs []*field
	for i := range len(grounds) + 1 {
		g := policy.Ground{}
		if i < len(grounds) {
			g = grounds[i]
		}
		purpose := choiceField(numbered("purpose", i), f.kit.t.Purpose, purposes, slices.Index(names, g.Purpose)+1)
		basis := choiceField(numbered("grounds", i), f.kit.t.Basis, bases, slices.Index(policy.Bases, g.Basis))
		if i == 0 {
			purpose.under(f.kit.t.GroundsHead)
			basis.hinted(f.kit.t.BasisHint)
		}
		fs = append(fs, purpose, basis)
	}
	return fs
}

func (f *customerForm) grounds() []policy.Ground {
	var out []policy.Ground
	for i := 0; ; i++ {
		purpose, basis := f.field(numbered("purpose", i)), f.field(numbered("grounds", i))
		if purpose == nil || basis == nil {
			return out
		}
		if purpose.chosen > 0 {
			out = append(out, policy.Ground{Purpose: policy.Purpose(purpose.options[purpose.chosen].hint), Basis: policy.Bases[basis.chosen]})
		}
	}
}

func (f *customerForm) tagsField() *field {
	fd := &field{name: "tags", label: f.kit.t.TagsLabel, hint: f.kit.t.TagsHint}
	fd.shows = func() string {
		names := make([]string, len(f.tagged))
		for i, id := range f.tagged {
			names[i] = f.kit.tagName(id)
		}
		return strings.Join(names, ", ")
	}
	fd.press = func() tea.Cmd { return f.chooseTags(fd) }
	return fd
}

func (f *customerForm) chooseTags(fd *field) tea.Cmd {
	var options []option
	var ids []int32
	for _, t := range f.kit.tags {
		on := slices.Contains(f.tagged, t.ID)
		if t.RetiredAt == nil || on {
			options, ids = append(options, option{text: f.kit.tagName(t.ID), on: on}), append(ids, t.ID)
		}
	}
	return show(newChooseMany(f.kit, f.kit.t.Tags, options, func(is []int) tea.Cmd {
		f.tagged = nil
		for _, i := range is {
			f.tagged = append(f.tagged, ids[i])
		}
		slices.Sort(f.tagged)
		f.typed(fd)
		return nil
	}))
}
