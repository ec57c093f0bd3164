package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"balie/policy/text"
)

// FieldEntity is what a field of the organisation's own belongs to.
type FieldEntity string

// The entities.
const (
	OfPerson  FieldEntity = "person"
	OfCompany FieldEntity = "company"
	OfDeal    FieldEntity = "deal"
)

// FieldEntities are all, in the order in which the catalogue shows them.
var FieldEntities = []FieldEntity{OfPerson, OfCompany, OfDeal}

// EntityOf is the entity of a kind of customers.
func EntityOf(k CustomerKind) FieldEntity {
	if k == Company {
		return OfCompany
	}
	return OfPerson
}

// FieldKind is what a field holds.
type FieldKind string

// The kinds. A field keeps its own for good: what is filled in was checked by it.
const (
	TextField   FieldKind = "text"
	NumberField FieldKind = "number"
	DateField   FieldKind = "date"
	ChoiceField FieldKind = "choice"
	YesNoField  FieldKind = "yesno"
)

// FieldKinds are all, in the order in which a form offers them.
var FieldKinds = []FieldKind{TextField, NumberField, DateField, ChoiceField, YesNoField}

// FieldReaders are the roles that can be let see a field. The privacy officer
// always is: who asks for a copy of the own data gets all of it (art. 15 GDPR).
var FieldReaders = []Role{Sales, Manager, Privacy}

// Choice is one of the values of a field of choices. Records hold its number, so
// that it can be called otherwise, and keep it when it is offered no more.
type Choice struct {
	ID      int       `json:"i"`
	Name    text.Line `json:"n"`
	Retired bool      `json:"r,omitempty"`
}

// Field is one that the organisation added to what it keeps of somebody, and
// why it may (art. 5 and 6 GDPR). Its name is readable in the database: it must
// not tell about a person.
type Field struct {
	ID      int32
	Entity  FieldEntity
	Name    text.Line
	English text.Line // for who reads English; zero: Name
	Kind    FieldKind
	Choices []Choice
	Ground  Ground
	Months  int    // kept so long after the last contact, or the last change of a deal
	Readers []Role // who may see it, and fill it in
	Retired bool   // what is filled in stays, nothing is added
	Version int
}

// Label is the name in a language.
func (f Field) Label(lang string) string {
	if lang != "nl" && !f.English.IsZero() {
		return f.English.String()
	}
	return f.Name.String()
}

// Key is by what history and forms know the field.
func (f Field) Key() string { return FieldKey(f.ID) }

const fieldPrefix = "x."

// FieldKey is the Key of the field with this number.
func FieldKey(id int32) string { return fmt.Sprintf("%s%d", fieldPrefix, id) }

// ParseFieldKey reads what FieldKey writes; false for a field that comes with
// the program.
func ParseFieldKey(key string) (int32, bool) {
	number, ok := strings.CutPrefix(key, fieldPrefix)
	id, err := strconv.ParseInt(number, 10, 32)
	return int32(id), ok && err == nil
}

// SeenBy says whether a role may see what stands in the field. The program
// itself does: it deletes what has been kept long enough.
func (f Field) SeenBy(r Role) bool {
	return slices.Contains(f.Readers, r) || !slices.Contains(Roles, r)
}

// KnownTo says whether a role may know that there is such a field: who sees it,
// and who answers for what the organisation keeps.
func (f Field) KnownTo(r Role) bool {
	return f.SeenBy(r) || r == Manager || r == Privacy || r == Auditor
}

// FindField gives a field by its number.
func FindField(all []Field, id int32) (Field, bool) {
	i := slices.IndexFunc(all, func(f Field) bool { return f.ID == id })
	if i < 0 {
		return Field{}, false
	}
	return all[i], true
}

// NamedField gives a field of an entity by either name, or by its number.
func NamedField(all []Field, entity FieldEntity, name string) (Field, error) {
	name = strings.TrimSpace(name)
	for _, f := range all {
		if f.Entity == entity && name != "" && (strings.EqualFold(f.Name.String(), name) || strings.EqualFold(f.English.String(), name) || strconv.Itoa(int(f.ID)) == name) {
			return f, nil
		}
	}
	return Field{}, Errorf(Absent, "There is no field %q: fields list shows them.", text.Clean(name))
}

// The bounds of a field.
const (
	maxFieldName = 40
	maxChoices   = 50
	maxMonths    = 240
)

// Check says what is wrong with a field, as it is going to be kept.
func (f Field) Check() error {
	switch {
	case !slices.Contains(FieldEntities, f.Entity):
		return Errorf(Invalid, "A field belongs to person, company or deal.").On("entity")
	case !slices.Contains(FieldKinds, f.Kind):
		return Errorf(Invalid, "A field is of the kind text, number, date, choice or yesno.").On("kind")
	case f.Name.IsZero() || len(f.Name.String()) > maxFieldName || len(f.English.String()) > maxFieldName:
		return Errorf(Invalid, "A field needs a name of at most %d characters.", maxFieldName).On("name")
	case strings.ContainsAny(f.Name.String()+f.English.String(), "=,"):
		return Errorf(Invalid, "The name of a field has no comma and no equals sign: files could not be told how to fill it.").On("name")
	case f.Months < 1 || f.Months > maxMonths:
		return Errorf(Invalid, "Say for how many months it is kept, from 1 to %d: nothing is kept for ever (art. 5(1)(e) GDPR).", maxMonths).On("months")
	}
	if err := f.checkReaders(); err != nil {
		return err
	}
	if err := f.checkChoices(); err != nil {
		return err
	}
	if f.Ground.Purpose == "" || f.Ground.Basis == "" {
		return Errorf(Invalid, "Say for which purpose and on which basis this is kept (art. 6(1) GDPR).").On("purpose")
	}
	return f.Ground.Check()
}

func (f Field) checkReaders() error {
	for _, r := range f.Readers {
		if !slices.Contains(FieldReaders, r) {
			return Errorf(Invalid, "A field can be seen by sales, manager and privacy.").On("readers")
		}
	}
	if !slices.Contains(f.Readers, Privacy) || len(f.Readers) < 2 {
		return Errorf(Invalid, "Say who may see it: sales, manager or both. The privacy officer always may, for requests of art. 15 GDPR.").On("readers")
	}
	return nil
}

func (f Field) checkChoices() error {
	if f.Kind != ChoiceField {
		if len(f.Choices) > 0 {
			return Errorf(Invalid, "Only a field of choices has choices.").On("choices")
		}
		return nil
	}
	names, ids, offered := map[string]bool{}, map[int]bool{}, 0
	for _, c := range f.Choices {
		name := strings.ToLower(c.Name.String())
		if name == "" || len(name) > maxFieldName || names[name] || ids[c.ID] || c.ID < 1 || strings.HasPrefix(name, "#") {
			return Errorf(Invalid, "Each choice has a name of its own, of at most %d characters.", maxFieldName).On("choices")
		}
		names[name], ids[c.ID] = true, true
		if !c.Retired {
			offered++
		}
	}
	if offered < 2 || len(f.Choices) > maxChoices {
		return Errorf(Invalid, "A field of choices offers from 2 to %d of them.", maxChoices).On("choices")
	}
	return nil
}

// Rechoose gives the field the choices of these names, in their order. One that
// is there already keeps its number, one that is left out is offered no more;
// "old > new" calls one otherwise.
func (f Field) Rechoose(names []string) Field {
	was, next := slices.Clone(f.Choices), 1
	for _, c := range was {
		next = max(next, c.ID+1)
	}
	f.Choices = nil
	for _, name := range names {
		old, name := renamed(name)
		c := Choice{ID: next, Name: text.New(name)}
		if i := slices.IndexFunc(was, func(c Choice) bool { return strings.EqualFold(c.Name.String(), old) }); i >= 0 {
			c.ID = was[i].ID
			was = slices.Delete(was, i, i+1)
		} else {
			next++
		}
		f.Choices = append(f.Choices, c)
	}
	for _, c := range was {
		c.Retired = true
		f.Choices = append(f.Choices, c)
	}
	return f
}

func renamed(name string) (old, now string) {
	if before, after, ok := strings.Cut(name, ">"); ok {
		return text.Clean(before), text.Clean(after)
	}
	return text.Clean(name), text.Clean(name)
}

// Over says whether what stands in the field has been kept for long enough,
// since the last contact with the customer or the last change of the deal.
func (f Field) Over(since, now time.Time) bool { return since.AddDate(0, f.Months, 0).Before(now) }
