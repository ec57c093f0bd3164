package policy

import (
	"slices"
	"strconv"
	"strings"

	"balie/policy/text"
)

// Filter narrows a list: every condition must hold. One language says it on screens,
// in the palette and in commands: status=lead tag=nl activity<6mo sort=name /jan
type Filter struct {
	Conditions []Condition
	Sort       string // a field of the list, "-" before it for the other way round; "" for the list's own order
	Text       string // what is sought, after "/"
}

// Condition asks something of one field.
type Condition struct {
	Field FilterField
	Op    FilterOp
	Not   bool
	// Values are those of which one must fit: of choices the code, else as typed.
	Values []string
	// IDs are what Values name, once somebody who knows the names has looked.
	IDs []int64
}

// FilterOp is how a term compares.
type FilterOp string

// The comparisons. With times, less is earlier, but for an age as 6mo: less is
// then less long ago, as one says it.
const (
	OpIs    FilterOp = "="
	OpHas   FilterOp = "~" // contains
	OpLess  FilterOp = "<"
	OpMost  FilterOp = "<="
	OpMore  FilterOp = ">"
	OpLeast FilterOp = ">="
	OpEmpty FilterOp = "=empty"
)

// filterOps are in the order in which they are looked for.
var filterOps = []struct {
	sign string
	op   FilterOp
	not  bool
}{
	{"!=", OpIs, true},
	{"!~", OpHas, true},
	{"<=", OpMost, false},
	{">=", OpLeast, false},
	{"=", OpIs, false},
	{"~", OpHas, false},
	{"<", OpLess, false},
	{">", OpMore, false},
}

const (
	maxFilter     = 1000 // bytes of a filter
	maxConditions = 24
)

// ParseFilter reads a filter of a list; more are fields beside those of the
// catalogue, such as the organisation's own.
func ParseFilter(l List, line string, more ...FilterField) (f Filter, err error) {
	if len(line) > maxFilter {
		return f, Errorf(Invalid, "The filter is too long: keep it under %d characters.", maxFilter).On("filter")
	}
	words, search, err := filterWords(line)
	if err != nil {
		return f, err
	}
	f.Text = search
	fields := append(slices.Clone(l.Fields()), more...)
	for _, w := range words {
		if err := f.add(l, fields, w); err != nil {
			return Filter{}, err
		}
	}
	if len(f.Conditions) > maxConditions {
		return Filter{}, Errorf(Invalid, "The filter asks too much at once: keep it under %d conditions.", maxConditions).On("filter")
	}
	return f, nil
}

// filterWords cuts a line at blanks outside quotes; from "/" on is what is
// sought.
func filterWords(line string) (words []string, search string, err error) {
	rest := strings.TrimSpace(line)
	for rest != "" {
		if after, ok := strings.CutPrefix(rest, "/"); ok {
			return words, strings.TrimSpace(text.Clean(after)), nil
		}
		end, quote := 0, byte(0)
		for end < len(rest) && (quote != 0 || rest[end] != ' ') {
			switch {
			case quote == rest[end]:
				quote = 0
			case quote == 0 && (rest[end] == '"' || rest[end] == '\''):
				quote = rest[end]
			}
			end++
		}
		if quote != 0 {
			return nil, "", Errorf(Invalid, "A quote in the filter has no end: add it.").On("filter")
		}
		words, rest = append(words, rest[:end]), strings.TrimSpace(rest[end:])
	}
	return words, "", nil
}

func (f *Filter) add(l List, fields []FilterField, word string) error {
	at, sign := -1, filterOps[0]
	for _, o := range filterOps {
		if i := strings.Index(word, o.sign); i > 0 && (at < 0 || i < at) {
			at, sign = i, o
		}
	}
	lower := strings.ToLower(word)
	switch {
	case at < 0 && (lower == "and" || lower == "en"):
		return nil
	case at < 0:
		return Errorf(Invalid, "%q is no condition: type a field, a sign and a value, as status=lead or city~gent.", text.Clean(word)).On("filter")
	}
	name, value := strings.ToLower(word[:at]), word[at+len(sign.sign):]
	if name == "sort" || name == "volgorde" || name == "order" {
		return f.sortBy(l, fields, value)
	}
	field, ok := findField(fields, name)
	if !ok {
		return Errorf(Invalid, "There is no field %q here: use %s.", text.Clean(name), fieldNames(fields)).On("filter")
	}
	t, err := field.condition(sign.op, sign.not, value)
	f.Conditions = append(f.Conditions, t)
	return err
}

func (f *Filter) sortBy(l List, fields []FilterField, value string) error {
	name, back := strings.CutPrefix(strings.ToLower(value), "-")
	field, ok := findField(fields, name)
	if !ok || !slices.Contains(l.sorts(), field.Key) || back && l == ContactList {
		return Errorf(Invalid, "This list can't be ordered by %q: use %s.", text.Clean(value), orNone(strings.Join(l.sorts(), ", "))).On("filter")
	}
	f.Sort = field.Key
	if back {
		f.Sort = "-" + field.Key
	}
	return nil
}

func orNone(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// condition reads what is asked of the field.
func (f FilterField) condition(op FilterOp, not bool, raw string) (Condition, error) {
	t := Condition{Field: f, Op: op, Not: not}
	if f.Kind == FilterAny {
		t.Values = []string{text.Clean(raw)} // as it is: others know what it means
		return t, nil
	}
	if op == OpIs {
		switch word := strings.ToLower(raw); {
		case slices.Contains(emptyWords, word), f.Kind != FilterYesNo && slices.Contains(noWords, word):
			t.Op = OpEmpty
			return t, nil
		case f.Kind != FilterYesNo && slices.Contains(yesWords, word):
			t.Op, t.Not = OpEmpty, !not
			return t, nil
		}
	}
	if !f.takes(op) {
		return t, Errorf(Invalid, "%s can't be compared with %s: use = or %s.", f.Key, string(op), f.otherOps()).On("filter")
	}
	for _, v := range filterValues(raw, f.Kind != FilterMoney && f.Kind != FilterDecimal) {
		v, err := f.value(op, v)
		if err != nil {
			return t, err
		}
		t.Values = append(t.Values, v)
	}
	if op != OpIs && op != OpHas && len(t.Values) > 1 {
		return t, Errorf(Invalid, "%s%s takes one value.", f.Key, string(op)).On("filter")
	}
	return t, nil
}

// What one types for a field that is empty, or isn't; quoted, these are values.
var (
	emptyWords = []string{"", "empty", "leeg", "none", "geen"}
	noWords    = []string{"no", "nee"}
	yesWords   = []string{"yes", "ja", "any", "wel"}
)

// filterValues takes the quotes off, and cuts at commas outside them, except
// where a comma comes before cents.
func filterValues(raw string, several bool) (values []string) {
	var one strings.Builder
	quote := rune(0)
	for _, r := range raw {
		switch {
		case quote == r:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case quote == 0 && r == ',' && several:
			values = append(values, one.String())
			one.Reset()
		default:
			one.WriteRune(r)
		}
	}
	return append(values, one.String())
}

// String is the filter as one may type it.
func (f Filter) String() string {
	var words []string
	for _, t := range f.Conditions {
		words = append(words, t.String())
	}
	if f.Sort != "" {
		words = append(words, "sort="+f.Sort)
	}
	if f.Text != "" {
		words = append(words, "/"+f.Text)
	}
	return strings.Join(words, " ")
}

// String is the condition as one may type it.
func (t Condition) String() string {
	sign := string(t.Op)
	switch {
	case t.Op == OpEmpty && t.Not:
		return t.Field.Key + "=yes"
	case t.Op == OpEmpty:
		return t.Field.Key + "=empty"
	case t.Not:
		sign = "!" + sign
	}
	values := make([]string, len(t.Values))
	for i, v := range t.Values {
		values[i] = v
		if t.Field.Kind != FilterYesNo && t.Field.Kind != FilterAny {
			values[i] = quoteValue(v)
		}
	}
	return t.Field.Key + sign + strings.Join(values, ",")
}

// quoteValue keeps a value in one piece, and apart from words that mean
// something else.
func quoteValue(v string) string {
	switch {
	case strings.ContainsAny(v, `"`):
		return "'" + v + "'"
	case strings.ContainsAny(v, " ,'") || slices.Contains(slices.Concat(emptyWords, noWords, yesWords), strings.ToLower(v)):
		return `"` + v + `"`
	}
	return v
}

// JoinFilters makes one filter of two: what is sought stays at the end.
func JoinFilters(a, b string) string {
	var all, sought []string
	for _, line := range []string{a, b} {
		words, search, err := filterWords(line)
		if err != nil {
			return a + " " + b // which says what is wrong with it when it is read
		}
		all = append(all, words...)
		if search != "" {
			sought = append(sought, search)
		}
	}
	if len(sought) > 0 {
		all = append(all, "/"+strings.Join(sought, " "))
	}
	return strings.Join(all, " ")
}

// IsZero says that nothing is left out or ordered.
func (f Filter) IsZero() bool { return len(f.Conditions) == 0 && f.Sort == "" && f.Text == "" }

// number reads a whole number.
func filterNumber(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0, Errorf(Invalid, "%q is no whole number.", text.Clean(s)).On("filter")
	}
	return n, nil
}
