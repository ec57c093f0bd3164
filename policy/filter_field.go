package policy

import (
	"maps"
	"slices"
	"strings"

	"balie/policy/text"
)

// List names a list that can be filtered and kept as a view.
type List string

// The lists.
const (
	ContactList  List = "contacts" // people and companies
	DealsList    List = "deals"
	TasksList    List = "tasks"
	InvoicesList List = "invoices"
)

// Lists are all of them.
var Lists = []List{ContactList, DealsList, TasksList, InvoicesList}

// ParseList reads the name of a list.
func ParseList(s string) (List, error) {
	switch strings.ToLower(s) {
	case "", "contacts", "companies", "customers", "contacten", "klanten", "bedrijven":
		return ContactList, nil
	case "deals", "kansen":
		return DealsList, nil
	case "tasks", "taken":
		return TasksList, nil
	case "invoices", "facturen":
		return InvoicesList, nil
	}
	return "", Errorf(Invalid, "There is no list %q: use contacts, deals, tasks or invoices.", text.Clean(s)).On("list")
}

// Reads is the act that shows the list.
func (l List) Reads() Act {
	return map[List]Act{ContactList: CustomerList, DealsList: DealList, TasksList: TaskList, InvoicesList: InvoiceList}[l]
}

// FilterKind says what a field holds, and so how it is compared.
type FilterKind int

// The kinds of fields.
const (
	FilterWords  FilterKind = iota // text: equal or containing, whatever the case or accents
	FilterChoice                   // one of Choices
	FilterNamed                    // a colleague's login, a tag or a purpose: known to the database
	FilterDay
	FilterNumber
	FilterMoney
	FilterYesNo
	FilterDecimal // in millionths
	FilterAny     // not known: see AnyField
)

// FilterField is something that a filter can ask about.
type FilterField struct {
	Key     string
	Kind    FilterKind
	Also    []string          // what else it is called, Dutch words too
	Choices map[string]string // of a choice: what one types, and the code
	Own     []int32           // the organisation's own fields that it stands for
}

// choices makes a table of codes that are typed as they are, with other words.
func choices[T ~string](codes []T, also map[string]string) map[string]string {
	all := maps.Clone(also)
	if all == nil {
		all = map[string]string{}
	}
	for _, c := range codes {
		all[string(c)] = string(c)
	}
	return all
}

func words(key string, also ...string) FilterField { return FilterField{Key: key, Also: also} }
func days(key string, also ...string) FilterField {
	return FilterField{Key: key, Kind: FilterDay, Also: also}
}

func named(key string, also ...string) FilterField {
	return FilterField{Key: key, Kind: FilterNamed, Also: also}
}

func chosen(key string, of map[string]string, also ...string) FilterField {
	return FilterField{Key: key, Kind: FilterChoice, Also: also, Choices: of}
}

var (
	statusChoices = map[string]string{
		"lead": "lead", "prospect": "lead", "customer": "customer", "klant": "customer",
		"former": "former", "oud": "former", "oud-klant": "former", "voormalig": "former",
	}
	restrictedField = FilterField{Key: "restricted", Kind: FilterYesNo, Also: []string{"beperkt"}}
	idField         = FilterField{Key: "id", Kind: FilterNumber, Also: []string{"nr"}}
)

// contactFields are those of people and companies.
var contactFields = []FilterField{
	chosen("status", statusChoices),
	chosen("kind", map[string]string{"person": "person", "persoon": "person", "company": "company", "bedrijf": "company"}, "soort"),
	named("owner", "eigenaar"), named("tag", "label"),
	named("purpose", "doel"),
	chosen("basis", choices(Bases, map[string]string{"overeenkomst": "contract", "belang": "interest", "toestemming": "consent", "verplichting": "obligation"}), "grondslag"),
	days("created", "gemaakt"), days("activity", "activiteit"), days("changed", "gewijzigd"),
	restrictedField,
	{Key: "import", Kind: FilterNumber, Also: []string{"imported", "geïmporteerd"}},
	idField,
	words("name", "naam"), words("company", "bedrijf"), words("mail", "email", "e-mail"), words("phone", "telefoon", "tel"),
	words("street", "straat"), words("postcode"), words("city", "plaats", "stad", "woonplaats"), words("country", "land"),
	words("language", "taal"), words("website"), words("kvk"), words("vat", "btw"), words("source", "bron", "herkomst"),
}

// dealFields are those of deals.
var dealFields = []FilterField{
	words("title", "titel"), words("customer", "klant"), chosen("status", statusChoices), words("stage", "fase"), words("pipeline", "pijplijn"),
	{Key: "value", Kind: FilterMoney, Also: []string{"waarde"}},
	named("owner", "eigenaar", "van"), words("next", "volgende", "next_step"),
	days("expected", "verwacht"), days("since", "sinds"), days("created", "gemaakt"), days("changed", "gewijzigd"), days("closed", "gesloten"),
	restrictedField, idField,
}

// taskFields are those of tasks.
var taskFields = []FilterField{
	words("title", "titel", "wat"), words("customer", "klant"),
	chosen("kind", map[string]string{"todo": "todo", "call": "call", "mail": "mail", "meeting": "meeting", "bellen": "call", "mailen": "mail", "afspraak": "meeting"}, "soort"),
	days("due", "voor", "op"), chosen("priority", map[string]string{"high": "high", "normal": "normal", "low": "low", "hoog": "high", "gewoon": "normal", "laag": "low"}, "prioriteit"),
	named("assignee", "wie"),
	chosen("repeat", map[string]string{"daily": "daily", "weekly": "weekly", "monthly": "monthly", "yearly": "yearly", "dagelijks": "daily", "wekelijks": "weekly", "maandelijks": "monthly", "jaarlijks": "yearly"}, "herhaling"),
	days("done", "gedaan"), days("changed", "gewijzigd"), idField,
}

// invoiceFields are those of invoices.
var invoiceFields = []FilterField{
	words("number", "nummer"), words("debtor", "aan", "debiteur"), words("subject", "betreft"),
	chosen("state", map[string]string{
		"draft": "draft", "sent": "sent", "overdue": "overdue", "paid": "paid", "credited": "credited",
		"concept": "draft", "verzonden": "sent", "te-laat": "overdue", "betaald": "paid", "gecrediteerd": "credited",
	}, "status", "toestand"),
	days("date", "datum"), days("due", "vervalt"), days("created", "gemaakt"),
	{Key: "total", Kind: FilterMoney, Also: []string{"totaal"}},
	{Key: "open", Kind: FilterMoney, Also: []string{"openstaand"}},
	{Key: "year", Kind: FilterNumber, Also: []string{"jaar"}},
	{Key: "reminders", Kind: FilterNumber, Also: []string{"herinneringen"}},
	idField,
}

// Fields are what a filter of the list can ask about.
func (l List) Fields() []FilterField {
	return map[List][]FilterField{ContactList: contactFields, DealsList: dealFields, TasksList: taskFields, InvoicesList: invoiceFields}[l]
}

// sorts are the fields by which the list can stand. Invoices stand as they were
// numbered.
func (l List) sorts() []string {
	return map[List][]string{
		ContactList: {"name", "activity", "owner", "status"},
		DealsList:   {"title", "customer", "value", "expected", "since", "created", "changed"},
		TasksList:   {"title", "customer", "due", "priority", "changed"},
	}[l]
}

func findField(fields []FilterField, name string) (FilterField, bool) {
	i := slices.IndexFunc(fields, func(f FilterField) bool { return f.Key == name })
	if i < 0 {
		i = slices.IndexFunc(fields, func(f FilterField) bool { return slices.Contains(f.Also, name) })
	}
	if i < 0 && slices.ContainsFunc(fields, func(f FilterField) bool { return f.Kind == FilterAny }) {
		return FilterField{Key: name, Kind: FilterAny}, true
	}
	if i < 0 {
		return FilterField{}, false
	}
	return fields[i], true
}

func fieldNames(fields []FilterField) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Key
	}
	return strings.Join(names, ", ")
}

// takes says whether the kind of field can be compared so.
func (f FilterField) takes(op FilterOp) bool {
	switch {
	case op == OpIs || f.Kind == FilterAny:
		return true
	case op == OpHas:
		return f.Kind == FilterWords
	}
	return f.Kind == FilterDay || f.Kind.counts()
}

func (k FilterKind) counts() bool {
	return k == FilterNumber || k == FilterMoney || k == FilterDecimal
}

func (f FilterField) otherOps() string {
	switch f.Kind {
	case FilterWords:
		return "~"
	case FilterDay, FilterNumber, FilterMoney, FilterDecimal:
		return "< <= > >="
	}
	return "!="
}

// value checks one value, and gives the code of a choice.
func (f FilterField) value(op FilterOp, v string) (string, error) {
	v = text.Clean(v)
	if strings.Contains(v, "'") { // so that it can be said again
		v = strings.ReplaceAll(v, `"`, "'")
	}
	if v == "" {
		return v, Errorf(Invalid, "%s%s lacks a value.", f.Key, string(op)).On("filter")
	}
	switch f.Kind {
	case FilterChoice:
		return pickChoice(f.Key, f.Choices, v)
	case FilterYesNo:
		return pickChoice(f.Key, yesNo, v)
	case FilterDay:
		_, err := parseRange(v, anyDay)
		return v, err
	case FilterNumber, FilterMoney, FilterDecimal:
		_, _, err := f.limits(op, v)
		return v, err
	}
	return v, nil
}

var yesNo = map[string]string{"yes": "yes", "ja": "yes", "no": "no", "nee": "no"}

func pickChoice(key string, of map[string]string, v string) (string, error) {
	code, ok := of[strings.ToLower(v)]
	if !ok {
		known := slices.Sorted(maps.Values(of))
		return "", Errorf(Invalid, "%s can't be %q: use %s.", key, v, strings.Join(slices.Compact(known), ", ")).On("filter")
	}
	return code, nil
}
