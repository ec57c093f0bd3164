package db

import (
	"context"
	"slices"
	"strings"
	"time"

	"balie/policy"
)

// A filter of customers is answered by SQL as far as columns tell; what is
// sealed is opened and looked at, only of those that SQL let through.

// narrow makes the query's filter ready. What tokens answer becomes part of the
// query itself, which then needs no look at each customer.
func (tx *Tx) narrow(ctx context.Context, q *Query) (sieve, error) {
	s, err := tx.newSieve(ctx, policy.ContactList, q.Where)
	if err != nil {
		return s, err
	}
	s.asks = slices.DeleteFunc(s.asks, q.takes)
	if s.Sort != "" {
		q.Sort = Sort(s.Sort)
	}
	q.Text = strings.TrimSpace(q.Text + " " + s.Text)
	return s, nil
}

// takes moves a plain condition into the query, if it has room for it.
func (q *Query) takes(a ask) bool {
	if a.Op != policy.OpIs || a.Not || len(a.Values) != 1 {
		return false
	}
	switch key := a.Field.Key; {
	case key == "status" && q.Status == 0:
		q.Status, _ = policy.ParseStatus(a.Values[0])
	case key == "kind" && q.Kind == 0:
		q.Kind = kindOf(a.Values[0])
	case key == "tag" && q.Tag == 0:
		q.Tag = int32(a.IDs[0])
	case key == "owner" && q.Owner == 0:
		q.Owner = int32(a.IDs[0])
	default:
		return false
	}
	return true
}

// customerColumns are the fields that a column, or a row hanging on the
// customer, answers: how the values come in, and how they are asked for.
var customerColumns = map[string]struct{ any, none string }{
	"status":     {any: "c.status = any($%d)", none: "false"},
	"kind":       {any: "c.kind = any($%d)", none: "false"},
	"owner":      {any: "c.scope = any($%d)", none: "false"},
	"restricted": {any: "c.restricted = any($%d)", none: "false"},
	"tag": {
		any:  "exists (select from customer_tags x where x.customer_id = c.id and x.tag_id = any($%d))",
		none: "not exists (select from customer_tags x where x.customer_id = c.id)",
	},
	"purpose": {
		any:  "exists (select from bases x where x.customer_id = c.id and x.purpose = any($%d))",
		none: "not exists (select from bases x where x.customer_id = c.id)",
	},
	"basis": {
		any:  "exists (select from bases x where x.customer_id = c.id and x.basis = any($%d))",
		none: "not exists (select from bases x where x.customer_id = c.id)",
	},
}

// customerRanges are columns that are compared with a beginning and an end.
var customerRanges = map[string]string{
	"created": "c.created_at", "activity": "c.last_activity", "changed": "c.updated_at", "import": "c.import_id", "id": "c.id",
}

// customerConditions splits a sieve in what SQL answers, added to c, and what
// must be opened.
func (s sieve) customerConditions(c *conditions) (sealed sieve) {
	sealed = sieve{Filter: s.Filter, zone: s.zone, own: s.own}
	for _, a := range s.asks {
		part, args, ok := a.condition(s.zone)
		switch {
		case !ok:
			sealed.asks = append(sealed.asks, a)
		case a.Not:
			c.add("not coalesce(("+part+"), false)", args...)
		default:
			c.add("("+part+")", args...)
		}
	}
	return sealed
}

// condition is what SQL can be asked of customers c, with $%d for each argument.
func (a ask) condition(zone *time.Location) (part string, args []any, ok bool) {
	if len(a.Field.Own) > 0 {
		return "", nil, false
	}
	if col, ok := customerColumns[a.Field.Key]; ok {
		if a.Op == policy.OpEmpty {
			return col.none, nil, true
		}
		return col.any, []any{a.values()}, true
	}
	col, ok := customerRanges[a.Field.Key]
	if !ok || a.Op == policy.OpEmpty {
		return col + " is null", nil, ok
	}
	var any []string
	for i := range a.low {
		any, args = append(any, col+" between $%d and $%d"), append(args, a.low[i], a.high[i])
	}
	for _, s := range a.spans {
		part, ends := within(col, s.In(zone))
		any, args = append(any, part), append(args, ends...)
	}
	return strings.Join(any, " or "), args, true
}

func within(col string, s policy.Span) (part string, ends []any) {
	part = col + " is not null"
	if !s.Since.IsZero() {
		part, ends = part+" and "+col+" >= $%d", append(ends, s.Since)
	}
	if !s.Until.IsZero() {
		part, ends = part+" and "+col+" < $%d", append(ends, s.Until)
	}
	return part, ends
}

// values are a choice's as the column has them.
func (a ask) values() any {
	switch a.Field.Key {
	case "owner", "tag":
		return a.IDs
	case "status":
		return eachValue(a.Values, func(v string) int16 { s, _ := policy.ParseStatus(v); return int16(s) })
	case "kind":
		return eachValue(a.Values, func(v string) int16 { return int16(kindOf(v)) })
	case "restricted":
		return eachValue(a.Values, func(v string) bool { return v == "yes" })
	}
	return a.Values
}

func eachValue[T any](all []string, of func(string) T) []T {
	out := make([]T, len(all))
	for i, v := range all {
		out[i] = of(v)
	}
	return out
}

func kindOf(v string) policy.CustomerKind {
	if v == policy.Company.String() {
		return policy.Company
	}
	return policy.Person
}

// sift gives those that the sieve lets through, in the same order.
func (tx *Tx) sift(ctx context.Context, s sieve, ids []int64) ([]int64, error) {
	if len(s.asks) == 0 || len(ids) == 0 {
		return ids, nil
	}
	cond := &conditions{parts: []string{"c.id = any($1)"}, args: []any{ids}}
	sealed := s.customerConditions(cond)
	if len(cond.parts) > 1 {
		kept, err := tx.ids(ctx, "select c.id from customers c"+cond.where(), append([]any{planned}, cond.args...)...)
		if err != nil {
			return nil, err
		}
		ids = keepOf(ids, kept)
	}
	if len(sealed.asks) == 0 || len(ids) == 0 {
		return ids, nil
	}
	kept, err := tx.siftSealed(ctx, sealed, ids)
	return keepOf(ids, kept), err
}

func keepOf(ids, kept []int64) []int64 {
	in := make(map[int64]bool, len(kept))
	for _, id := range kept {
		in[id] = true
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return !in[id] })
}

// siftSealed opens customers to look at them; nobody sees what it opens, so
// they aren't noted as seen.
func (tx *Tx) siftSealed(ctx context.Context, s sieve, ids []int64) (kept []int64, err error) {
	companies, err := tx.companiesFor(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	rows, err := collect[sealedRow](ctx, tx, selectWhole, ids)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		c, _, err := tx.store.openWhole(r)
		if err != nil {
			return nil, err
		}
		c.Companies = companies[c.ID]
		if s.fits(func(key string) fact { return c.fact(key, s.zone) }, c.Values) {
			kept = append(kept, c.ID)
		}
	}
	return kept, nil
}

// companiesFor opens the companies of contacts where the sieve asks for them.
func (tx *Tx) companiesFor(ctx context.Context, s sieve, ids []int64) (map[int64][]Membership, error) {
	if !slices.ContainsFunc(s.asks, func(a ask) bool { return a.Field.Key == "company" }) {
		return nil, nil
	}
	members, err := collect[memberRow](ctx, tx, selectMembers, ids)
	byContact := map[int64][]Membership{}
	for _, r := range members {
		m, err := tx.store.openMember(r, nil)
		if err != nil {
			return nil, err
		}
		byContact[r.ContactID] = append(byContact[r.ContactID], m)
	}
	return byContact, err
}

// fact is what a customer holds in a field of policy.ContactList.
func (c Customer) fact(key string, zone *time.Location) fact {
	switch key {
	case "status":
		return textFact(c.Status.String())
	case "kind":
		return textFact(c.Kind.String())
	case "owner":
		return numFact(c.Owner)
	case "tag":
		return numFact(c.Tags...)
	case "created":
		return dayFact(policy.Day(c.CreatedAt.In(zone)))
	case "activity":
		return dayFact(policy.Day(c.LastActivity.In(zone)))
	case "changed":
		return dayFact(policy.Day(c.UpdatedAt.In(zone)))
	case "restricted":
		return yesFact(c.Restricted)
	case "id":
		return numFact(c.ID)
	case "import":
		if c.Import == 0 {
			return fact{}
		}
		return numFact(c.Import)
	}
	return c.sealedFact(key)
}

func (c Customer) sealedFact(key string) (f fact) {
	switch key {
	case "purpose":
		for _, g := range c.Grounds {
			f.texts = append(f.texts, string(g.Purpose))
		}
	case "basis":
		for _, g := range c.Grounds {
			f.texts = append(f.texts, string(g.Basis))
		}
	case "name":
		return lineFact(c.Name())
	case "company":
		for _, m := range c.Companies {
			f.texts = append(f.texts, m.Name.String())
		}
	case "mail":
		return labelledFact(c.Mails)
	case "phone":
		return labelledFact(c.Phones)
	default:
		return c.Body.fact(key)
	}
	return f
}

func labelledFact(all []Labelled) (f fact) {
	for _, l := range all {
		f.texts = append(f.texts, l.Value.String())
	}
	return f
}

func (b Body) fact(key string) fact {
	switch key {
	case "street":
		return lineFact(b.Address.Street)
	case "postcode":
		return lineFact(b.Address.Postcode)
	case "city":
		return lineFact(b.Address.City)
	case "country":
		return lineFact(b.Address.Country)
	case "language":
		return lineFact(b.Language)
	case "website":
		return lineFact(b.Website)
	case "kvk":
		return lineFact(b.KvK)
	case "vat":
		return lineFact(b.VAT)
	case "source":
		return lineFact(b.Source)
	}
	return fact{}
}
