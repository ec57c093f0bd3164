package policy

import (
	"regexp"
	"slices"
	"strings"

	"balie/policy/text"
)

// Purpose is the name of what data is used for.
type Purpose string

// The purposes that come with the program; an organisation changes them, and
// adds its own.
const (
	Quotes       Purpose = "quotes"
	Delivery     Purpose = "delivery"
	Relationship Purpose = "relationship"
	Marketing    Purpose = "marketing" // by mail
	Calling      Purpose = "calling"   // marketing by phone: no yes to the one covers the other
	Newsletter   Purpose = "newsletter"
	Recruitment  Purpose = "recruitment"
)

// Means is how data reaches the person for a purpose.
type Means string

// The means. None is for use within the firm.
const (
	ByMail  Means = "mail"
	ByPhone Means = "phone"
	ByPost  Means = "post"
	ByNone  Means = "none"
)

// AllMeans are all of them, in the order in which forms show them.
var AllMeans = []Means{ByMail, ByPhone, ByPost, ByNone}

// Both is a text in the two languages of the program.
type Both struct {
	NL text.Block `json:"nl"`
	EN text.Block `json:"en"`
}

// In is the text in a language.
func (b Both) In(lang string) string {
	if lang == "nl" {
		return b.NL.String()
	}
	return b.EN.String()
}

// PurposeRules is one purpose of the organisation, as one version says it.
type PurposeRules struct {
	Name       Purpose `json:"name"`
	Title      Both    `json:"title"`
	Bases      []Basis `json:"bases"` // that a person can choose: soft opt-in comes of a sale only
	Means      []Means `json:"means"`
	Categories Both    `json:"categories"` // of data
	Recipients Both    `json:"recipients"`
	Retention  Both    `json:"retention"`
	// Marketing is direct marketing: an objection to it is absolute, art. 21(2)
	// and (3) GDPR.
	Marketing bool `json:"marketing"`
	// Soft says that customers may be approached about one's own similar products
	// when they were offered to opt out as they bought, art. 11.7(3) Tw.
	Soft bool `json:"soft"`
	// ConsentMonths is how long a consent counts; 0 for as long as it stands.
	ConsentMonths int `json:"consent_months"`
	// Wording is what people are asked, to the letter.
	Wording Both `json:"wording"`
	Retired bool `json:"retired"`
}

// FindPurpose gives one of several by its name.
func FindPurpose(all []PurposeRules, name Purpose) (PurposeRules, error) {
	for _, p := range all {
		if p.Name == name {
			return p, nil
		}
	}
	return PurposeRules{}, Errorf(Invalid, "There is no purpose %q: see purposes list.", text.Clean(string(name))).On("purpose")
}

var purposeName = regexp.MustCompile(`^[a-z][a-z0-9-]{1,39}$`)

// ParsePurpose reads the name of a purpose; whether the organisation has it, the
// act that uses it finds out.
func ParsePurpose(s string) (Purpose, error) {
	if !purposeName.MatchString(s) {
		return "", Errorf(Invalid, "A purpose has a name of small letters, digits and hyphens, as newsletter; see purposes list.").On("purpose")
	}
	return Purpose(s), nil
}

// ParseMeans reads a means.
func ParseMeans(s string) (Means, error) {
	if m := Means(s); slices.Contains(AllMeans, m) {
		return m, nil
	}
	return "", Errorf(Invalid, "There are the means mail, phone, post and none, but not %q.", text.Clean(s)).On("means")
}

// maxPurposeText bounds each text of a purpose in bytes.
const maxPurposeText = 2000

// Check says what is wrong with a purpose.
func (p PurposeRules) Check() error {
	if _, err := ParsePurpose(string(p.Name)); err != nil {
		return err
	}
	texts := []struct {
		field  string
		is     Both
		needed bool
	}{
		{"title", p.Title, true},
		{"categories", p.Categories, true},
		{"recipients", p.Recipients, false},
		{"retention", p.Retention, true},
		{"wording", p.Wording, p.AsksConsent() || p.Soft},
	}
	for _, t := range texts {
		if t.needed && (t.is.NL.IsZero() || t.is.EN.IsZero()) {
			return Errorf(Invalid, "Fill this in, in Dutch and in English.").On(t.field)
		}
		if len(t.is.NL.String()) > maxPurposeText || len(t.is.EN.String()) > maxPurposeText {
			return Errorf(Invalid, "This is too long: keep it under %d characters.", maxPurposeText).On(t.field)
		}
	}
	if strings.Contains(p.Title.NL.String()+p.Title.EN.String(), "\n") {
		return Errorf(Invalid, "A title is one line.").On("title")
	}
	return p.checkBases()
}

func (p PurposeRules) checkBases() error {
	for _, b := range p.Bases {
		if _, err := ParseBasis(string(b)); err != nil {
			return err
		}
	}
	for _, m := range p.Means {
		if _, err := ParseMeans(string(m)); err != nil {
			return err
		}
	}
	switch {
	case len(p.Bases) == 0:
		return Errorf(Invalid, "Choose at least one basis: without one nothing may be kept (art. 6(1) GDPR).").On("bases")
	case len(p.Means) == 0:
		return Errorf(Invalid, "Choose at least one means, or none for use within the firm.").On("means")
	case p.Marketing && p.reaches() && slices.ContainsFunc(p.Bases, func(b Basis) bool { return b != Consent }):
		return Errorf(Invalid, "Marketing by mail or phone stands on consent alone; for customers who were offered to opt out, switch soft opt-in on (art. 11.7 Tw).").On("bases")
	case p.Soft && !p.Marketing:
		return Errorf(Invalid, "Soft opt-in is about marketing only.").On("soft")
	case p.ConsentMonths < 0 || p.ConsentMonths > 120:
		return Errorf(Invalid, "The months for which a consent counts are from 0, for no end, to 120.").On("consent_months")
	}
	return nil
}

// reaches says that the purpose uses means for which art. 11.7 Tw asks consent.
func (p PurposeRules) reaches() bool {
	return slices.Contains(p.Means, ByMail) || slices.Contains(p.Means, ByPhone)
}

// AsksConsent says whether the purpose can stand on consent.
func (p PurposeRules) AsksConsent() bool { return slices.Contains(p.Bases, Consent) }

// Check says whether a ground is well formed.
func (g Ground) Check() error {
	if _, err := ParsePurpose(string(g.Purpose)); err != nil {
		return err
	}
	_, err := ParseBasis(string(g.Basis))
	return err
}

// CheckAmong says whether the purpose is one of the organisation's that can stand
// on the basis, as somebody chooses it.
func (g Ground) CheckAmong(all []PurposeRules) error {
	p, err := FindPurpose(all, g.Purpose)
	if err != nil {
		return err
	}
	if !slices.Contains(p.Bases, g.Basis) {
		return Errorf(Invalid, "%s can't stand on %s: choose another basis.", string(g.Purpose), string(g.Basis)).On("basis")
	}
	return nil
}
