package policy

import (
	"slices"

	"balie/policy/text"
)

// CustomerKind tells people from companies.
type CustomerKind int16

// The kinds of customers.
const (
	Person  CustomerKind = 1
	Company CustomerKind = 2
)

func (k CustomerKind) String() string {
	if k == Company {
		return "company"
	}
	return "person"
}

// Status says how a customer stands to the firm.
type Status int16

// The statuses, in the order in which lists show them.
const (
	Lead   Status = 1
	Client Status = 2
	Former Status = 3
)

// Statuses are all of them, in order.
var Statuses = []Status{Lead, Client, Former}

func (s Status) String() string {
	switch s {
	case Lead:
		return "lead"
	case Client:
		return "customer"
	case Former:
		return "former"
	}
	return "?"
}

// ParseStatus reads a status in English or Dutch.
func ParseStatus(s string) (Status, error) {
	switch s {
	case "lead", "prospect":
		return Lead, nil
	case "customer", "klant":
		return Client, nil
	case "former", "oud", "oud-klant", "voormalig":
		return Former, nil
	}
	return 0, Errorf(Invalid, "There is no status %q: use lead, customer or former.", text.Clean(s)).On("status")
}

// Basis is a ground of art. 6(1) GDPR on which data of a person may be kept.
type Basis string

// The lawful bases that a small business can stand on.
const (
	Contract   Basis = "contract"   // 6(1)(b)
	Interest   Basis = "interest"   // 6(1)(f), with a written balancing
	Consent    Basis = "consent"    // 6(1)(a), with evidence
	Obligation Basis = "obligation" // 6(1)(c)
)

// Bases are all lawful bases.
var Bases = []Basis{Contract, Interest, Consent, Obligation}

// Law is the article of the basis, as the program shows it.
func (b Basis) Law() Message {
	return map[Basis]Message{
		Consent: {Key: "art. 6(1)(a) GDPR"}, Contract: {Key: "art. 6(1)(b) GDPR"},
		Obligation: {Key: "art. 6(1)(c) GDPR"}, Interest: {Key: "art. 6(1)(f) GDPR"},
	}[b]
}

// ParseBasis reads a lawful basis.
func ParseBasis(s string) (Basis, error) {
	if b := Basis(s); slices.Contains(Bases, b) {
		return b, nil
	}
	return "", Errorf(Invalid, "There is no lawful basis %q: use contract, interest, consent or obligation.", text.Clean(s)).On("basis")
}

// Ground is one (purpose, basis) pair on which a record stands.
type Ground struct {
	Purpose Purpose
	Basis   Basis
}

// Way is how a record comes into being.
type Way int

// The ways of creating a record.
const (
	ByHand Way = iota
	ByImport
)

// DefaultGround is what a form starts with; an import must say it.
func DefaultGround(w Way, s Status) Ground {
	switch {
	case w == ByImport:
		return Ground{}
	case s == Client:
		return Ground{Delivery, Contract}
	}
	return Ground{Quotes, Contract}
}
