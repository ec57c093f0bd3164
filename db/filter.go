package db

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// fact is what a row holds in a field that a filter asks about; nothing at all
// is empty.
type fact struct {
	texts []string // of choices the code
	days  []time.Time
	nums  []int64 // also ids of colleagues and tags, and cents
}

func textFact(all ...string) fact {
	return fact{texts: slices.DeleteFunc(all, func(s string) bool { return s == "" })}
}

func lineFact(l text.Line) fact { return textFact(l.String()) }

func numFact[N ~int32 | ~int64 | ~int](all ...N) (f fact) {
	for _, n := range all {
		f.nums = append(f.nums, int64(n))
	}
	return f
}

// dayFact is a day; a zero one is none.
func dayFact(day time.Time) fact {
	if day.IsZero() {
		return fact{}
	}
	return fact{days: []time.Time{day}}
}

func yesFact(yes bool) fact {
	if yes {
		return textFact("yes")
	}
	return textFact("no")
}

// sieve is a filter made ready: names looked up, days worked out on the
// organisation's wall.
type sieve struct {
	policy.Filter
	asks []ask
	own  []policy.Field // of the organisation's own, to tell their choices
	zone *time.Location
}

// ask is a condition made ready.
type ask struct {
	policy.Condition
	spans     []policy.Span
	low, high []int64
	folded    []string
}

// newSieve reads a filter and makes it ready.
func (tx *Tx) newSieve(ctx context.Context, l policy.List, line string) (s sieve, err error) {
	if line == "" {
		return s, nil
	}
	var own []policy.Field
	if len(l.Entities()) > 0 {
		if own, err = tx.ListFields(ctx); err != nil {
			return s, err
		}
	}
	if s.Filter, err = policy.ParseFilter(l, line, l.OwnFields(own, tx.Actor.Role)...); err != nil {
		return s, err
	}
	s.own = own
	now, err := tx.WallNow(ctx)
	if err != nil {
		return s, err
	}
	s.zone = now.Location()
	for _, t := range s.Conditions {
		a, err := tx.newAsk(ctx, t, now)
		if err != nil {
			return s, err
		}
		s.asks = append(s.asks, a)
	}
	return s, nil
}

func (tx *Tx) newAsk(ctx context.Context, t policy.Condition, now time.Time) (a ask, err error) {
	a.Condition = t
	if t.Op == policy.OpEmpty {
		return a, nil
	}
	switch t.Field.Kind {
	case policy.FilterNamed:
		if t.Field.Key == "purpose" {
			a.Field.Kind = policy.FilterChoice
			a.Values, err = tx.namedPurposes(ctx, t)
		} else {
			a.IDs, err = tx.named(ctx, t)
		}
	case policy.FilterDay:
		a.spans, err = t.Spans(now)
	case policy.FilterNumber, policy.FilterMoney, policy.FilterDecimal:
		a.low, a.high, err = t.Limits()
	case policy.FilterWords:
		for _, v := range t.Values {
			a.folded = append(a.folded, seal.Fold(v))
		}
	}
	return a, err
}

// named looks up what a condition names: tags, else colleagues. A name that nobody
// has is an error, since leaving it out would show too much.
func (tx *Tx) named(ctx context.Context, t policy.Condition) (ids []int64, err error) {
	known := map[string]int64{}
	if t.Field.Key == "tag" {
		tags, err := tx.ListTags(ctx)
		if err != nil {
			return nil, err
		}
		for _, tag := range tags {
			known[seal.Fold(tag.Name)] = int64(tag.ID)
		}
	} else if known, err = tx.logins(ctx); err != nil {
		return nil, err
	}
	for _, v := range t.Values {
		id, ok := known[seal.Fold(v)]
		if !ok {
			return nil, policy.Errorf(policy.Invalid, "There is no %s %q.", t.Field.Key, v).On("filter")
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// namedPurposes gives purposes of the organisation by what they are called.
func (tx *Tx) namedPurposes(ctx context.Context, t policy.Condition) (names []string, err error) {
	all, err := tx.ListPurposes(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]string{}
	for _, p := range all {
		for _, called := range []string{p.Title.NL.String(), p.Title.EN.String(), string(p.Name)} {
			known[seal.Fold(called)] = string(p.Name)
		}
	}
	for _, v := range t.Values {
		name, ok := known[seal.Fold(v)]
		if !ok {
			return nil, policy.Errorf(policy.Invalid, "There is no %s %q.", t.Field.Key, v).On("filter")
		}
		names = append(names, name)
	}
	return names, nil
}

// logins are the colleagues, and the actor as "me".
func (tx *Tx) logins(ctx context.Context) (map[string]int64, error) {
	all, err := tx.Colleagues(ctx)
	known := map[string]int64{}
	for id, c := range all {
		known[seal.Fold(c.Login)] = int64(id)
	}
	known["me"], known["ik"], known["mij"] = int64(tx.Actor.ID), int64(tx.Actor.ID), int64(tx.Actor.ID)
	return known, err
}

// fits says whether a row is let through: of tells what stands in its fields,
// values what stands in those of the organisation's own.
func (s sieve) fits(of func(key string) fact, values policy.FieldValues) bool {
	for _, a := range s.asks {
		var f fact
		if len(a.Field.Own) > 0 {
			f = s.ownFact(a.Field, values)
		} else {
			f = of(a.Field.Key)
		}
		if !a.fits(f) {
			return false
		}
	}
	return true
}

// ownFact is what stands in the organisation's own fields that a filter's field
// stands for.
func (s sieve) ownFact(field policy.FilterField, values policy.FieldValues) (f fact) {
	for _, id := range field.Own {
		kept := values[id]
		if kept.IsZero() {
			continue
		}
		switch field.Kind {
		case policy.FilterDecimal:
			if n, err := policy.Decimal(kept.String()); err == nil {
				f.nums = append(f.nums, n)
			}
		case policy.FilterDay:
			if day, err := time.Parse(time.DateOnly, kept.String()); err == nil {
				f.days = append(f.days, day)
			}
		case policy.FilterChoice:
			own, _ := policy.FindField(s.own, id)
			f.texts = append(f.texts, strings.ToLower(own.Show(kept)))
		default:
			f.texts = append(f.texts, kept.String())
		}
	}
	return f
}

func (a ask) fits(f fact) bool {
	if a.Op == policy.OpEmpty {
		return (len(f.texts)+len(f.days)+len(f.nums) == 0) != a.Not
	}
	return a.hit(f) != a.Not
}

func (a ask) hit(f fact) bool {
	switch a.Field.Kind {
	case policy.FilterNamed:
		return slices.ContainsFunc(f.nums, func(n int64) bool { return slices.Contains(a.IDs, n) })
	case policy.FilterDay:
		return slices.ContainsFunc(f.days, a.holdsDay)
	case policy.FilterNumber, policy.FilterMoney, policy.FilterDecimal:
		return slices.ContainsFunc(f.nums, a.holdsNumber)
	case policy.FilterWords:
		return slices.ContainsFunc(f.texts, a.holdsText)
	}
	return slices.ContainsFunc(f.texts, func(s string) bool { return slices.Contains(a.Values, s) })
}

func (a ask) holdsDay(day time.Time) bool {
	return slices.ContainsFunc(a.spans, func(s policy.Span) bool { return s.HoldsDay(day) })
}

func (a ask) holdsNumber(n int64) bool {
	for i := range a.low {
		if a.low[i] <= n && n <= a.high[i] {
			return true
		}
	}
	return false
}

// holdsText compares as people read: case, accents and punctuation don't count,
// except where there is nothing else.
func (a ask) holdsText(s string) bool {
	folded := seal.Fold(s)
	for i, want := range a.folded {
		switch {
		case want == "":
			if strings.Contains(s, a.Values[i]) && (a.Op == policy.OpHas || s == a.Values[i]) {
				return true
			}
		case a.Op == policy.OpHas && strings.Contains(folded, want), folded == want:
			return true
		}
	}
	return false
}

// sorted puts rows in the order that the filter asks for, if it asks for one.
func sorted[T any](s sieve, rows []T, of func(T, string) fact) {
	key, back := strings.CutPrefix(s.Sort, "-")
	if key == "" {
		return
	}
	slices.SortStableFunc(rows, func(a, b T) int {
		by := compareFacts(of(a, key), of(b, key))
		if back {
			return -by
		}
		return by
	})
}

// compareFacts has what is empty come last.
func compareFacts(a, b fact) int {
	first := func(f fact) (string, int64, bool) {
		switch {
		case len(f.texts) > 0:
			return seal.Fold(f.texts[0]), 0, true
		case len(f.days) > 0:
			return "", f.days[0].Unix(), true
		case len(f.nums) > 0:
			return "", f.nums[0], true
		}
		return "", 0, false
	}
	at, an, aok := first(a)
	bt, bn, bok := first(b)
	return cmp.Or(cmp.Compare(strconv.FormatBool(bok), strconv.FormatBool(aok)), cmp.Compare(at, bt), cmp.Compare(an, bn))
}
