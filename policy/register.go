package policy

import (
	"errors"
	"slices"
	"strings"
	"time"

	"balie/policy/text"
)

// Register is one of the lists that an organisation keeps about its own
// handling of data.
type Register string

// The registers.
const (
	Processors Register = "processors" // art. 28
	Inventory  Register = "inventory"  // the other systems that hold customer data
	Recipients Register = "recipients" // art. 4(9) and 19
	Breaches   Register = "breaches"   // art. 33(5)
)

// EntryKind is what a field of a register holds.
type EntryKind string

// The kinds. A moment is on the organisation's wall, as 2026-04-02 16:20.
const (
	EntryLine   EntryKind = "line"
	EntryBlock  EntryKind = "block"
	EntryDate   EntryKind = "date"
	EntryMoment EntryKind = "moment"
	EntryChoice EntryKind = "choice"
)

// EntryField is one field of a register.
type EntryField struct {
	Name    string
	Kind    EntryKind
	Needed  bool
	Choices []string
	About   Message // what to fill in
}

// RegisterRules say what a register holds.
type RegisterRules struct {
	Register Register
	Title    Message
	Source   string
	Fields   []EntryField // the first names the entry
}

// Registers are all of them, in the order in which they are shown.
var Registers = []RegisterRules{
	{Processors, Message{Key: "Processors of data"}, "art. 28 and 30(1)(d) GDPR", []EntryField{
		{Name: "name", Kind: EntryLine, Needed: true, About: Message{Key: "Who processes data for the organisation."}},
		{Name: "service", Kind: EntryLine, Needed: true, About: Message{Key: "What it does."}},
		{Name: "data", Kind: EntryLine, Needed: true, About: Message{Key: "Which data, of whom."}},
		{Name: "agreement", Kind: EntryLine, About: Message{Key: "The processing agreement: where it is kept."}},
		{Name: "agreed", Kind: EntryDate, About: Message{Key: "The date of the agreement, as 2026-12-31."}},
		{Name: "stored", Kind: EntryLine, Needed: true, About: Message{Key: "The country where data is stored, as two letters."}},
		{Name: "controlled", Kind: EntryLine, Needed: true, About: Message{Key: "The country from which the firm is controlled, as two letters."}},
		{Name: "subs", Kind: EntryBlock, About: Message{Key: "Its sub-processors."}},
		{Name: "safeguards", Kind: EntryLine, About: Message{Key: "For a country outside the EEA: on which safeguard it rests."}},
		{Name: "review", Kind: EntryDate, About: Message{Key: "When to look at it again, as 2026-12-31."}},
	}},
	{Inventory, Message{Key: "Other systems with customer data"}, "art. 5(2) and 30(1) GDPR", []EntryField{
		{Name: "name", Kind: EntryLine, Needed: true, About: Message{Key: "The system, as mail archive or accounts package."}},
		{Name: "data", Kind: EntryLine, Needed: true, About: Message{Key: "Which customer data it holds."}},
		{Name: "owner", Kind: EntryLine, Needed: true, About: Message{Key: "Who looks after it."}},
		{Name: "how", Kind: EntryBlock, Needed: true, About: Message{Key: "How a request for access or erasure is carried out there."}},
	}},
	{Recipients, Message{Key: "Recipients of data"}, "art. 13(1)(e), 19 and 30(1)(d) GDPR", []EntryField{
		{Name: "name", Kind: EntryLine, Needed: true, About: Message{Key: "To whom data is given, as the tax office or a carrier."}},
		{Name: "data", Kind: EntryLine, Needed: true, About: Message{Key: "Which data."}},
		{Name: "why", Kind: EntryLine, Needed: true, About: Message{Key: "What for."}},
		{Name: "country", Kind: EntryLine, Needed: true, About: Message{Key: "Where it is, as two letters."}},
		{Name: "tell", Kind: EntryLine, About: Message{Key: "How to tell it of an erasure or a correction."}},
	}},
	{Breaches, Message{Key: "Data breaches"}, "art. 33 and 34 GDPR", []EntryField{
		{Name: "name", Kind: EntryLine, Needed: true, About: Message{Key: "What it is, in a few words."}},
		{Name: "aware", Kind: EntryMoment, Needed: true, About: Message{Key: "When somebody became aware, as 2026-04-02 16:20: the 72 hours run from it."}},
		{Name: "since", Kind: EntryMoment, About: Message{Key: "When it began, as 2026-04-01 09:00."}},
		{Name: "until", Kind: EntryMoment, About: Message{Key: "When it was over."}},
		{Name: "login", Kind: EntryLine, About: Message{Key: "Whose account was used, if any: the log names those whom it saw."}},
		{Name: "facts", Kind: EntryBlock, Needed: true, About: Message{Key: "What happened."}},
		{Name: "effects", Kind: EntryBlock, About: Message{Key: "The effects for the people concerned."}},
		{Name: "remedy", Kind: EntryBlock, About: Message{Key: "What was done about it."}},
		{Name: "risk", Kind: EntryChoice, Choices: []string{"unlikely", "risk", "high"}, About: Message{Key: "The risk for people: unlikely, risk (report) or high (tell them too, art. 34)."}},
		{Name: "reported", Kind: EntryMoment, About: Message{Key: "When the authority was told; empty while it was not."}},
		{Name: "late", Kind: EntryLine, About: Message{Key: "The reasons, when that was later than 72 hours after becoming aware."}},
		{Name: "told", Kind: EntryMoment, About: Message{Key: "When the people concerned were told."}},
		{Name: "unreported", Kind: EntryLine, About: Message{Key: "Why the authority need not be told, when it is not."}},
		{Name: "lessons", Kind: EntryBlock, About: Message{Key: "What is to change."}},
	}},
}

// FindRegister gives a register by its name.
func FindRegister(name string) (RegisterRules, error) {
	for _, r := range Registers {
		if string(r.Register) == name {
			return r, nil
		}
	}
	return RegisterRules{}, Errorf(Invalid, "There is no register %q: use processors, inventory, recipients or breaches.", text.Clean(name)).On("register")
}

// Read is the act of reading the register; Write that of changing it.
func (r Register) Read() Act {
	if r == Breaches {
		return BreachList
	}
	return RegisterList
}

// Write is the act of changing the register.
func (r Register) Write() Act {
	if r == Breaches {
		return BreachWrite
	}
	return RegisterWrite
}

// Values are the fields of an entry by name.
type Values map[string]text.Block

// Strings are the same as plain strings.
func (v Values) Strings() map[string]string {
	all := make(map[string]string, len(v))
	for name, value := range v {
		all[name] = value.String()
	}
	return all
}

// Set changes the field of that name, which must be one of the register's.
func (r RegisterRules) Set(v Values, name, value string) error {
	if !slices.ContainsFunc(r.Fields, func(f EntryField) bool { return f.Name == name }) {
		return Errorf(Invalid, "This register has no field %q: see registers fields.", text.Clean(name)).On(text.Clean(name))
	}
	v[name] = text.NewBlock(value)
	return nil
}

// Check says what is wrong with an entry; zone is the organisation's.
func (r RegisterRules) Check(v Values, zone *time.Location) error {
	for _, f := range r.Fields {
		if err := f.check(v[f.Name].String(), zone); err != nil {
			return err
		}
	}
	if r.Register == Breaches {
		return checkBreach(v, zone)
	}
	return nil
}

const entryMost = 10_000 // bytes of one field

func (f EntryField) check(value string, zone *time.Location) error {
	switch {
	case value == "" && f.Needed:
		return Errorf(Invalid, "Fill in %s: it can't be empty.", f.Name).On(f.Name)
	case value == "":
		return nil
	case len(value) > entryMost:
		return Errorf(Invalid, "This is too long: write at most %d characters.", entryMost).On(f.Name)
	case f.Kind == EntryLine && strings.Contains(value, "\n"):
		return Errorf(Invalid, "%s is one line.", f.Name).On(f.Name)
	case f.Kind == EntryChoice && !slices.Contains(f.Choices, value):
		return Errorf(Invalid, "%s is one of: %s.", f.Name, strings.Join(f.Choices, ", ")).On(f.Name)
	}
	var err error
	switch f.Kind {
	case EntryDate:
		_, err = ParseDate(value)
	case EntryMoment:
		_, err = ParseMoment(value, zone)
	}
	return onField(err, f.Name)
}

func onField(err error, field string) error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.On(field)
	}
	return err
}

const momentShape = "2006-01-02 15:04"

// FormatMoment writes one as ParseMoment reads it.
func FormatMoment(t time.Time) string { return t.Format(momentShape) }

// ParseMoment reads a minute on the organisation's wall.
func ParseMoment(s string, zone *time.Location) (time.Time, error) {
	t, err := time.ParseInLocation(momentShape, s, zone)
	if err != nil || t.Format(momentShape) != s { // an hour that summer time skips is none
		return time.Time{}, Errorf(Invalid, "Write a moment as 2026-04-02 16:20.")
	}
	return t, nil
}
