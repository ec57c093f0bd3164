package ops_test

import (
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

var because = text.New("the board asked for it")

// field adds one that everybody sees unless the readers say otherwise.
func (b trade) field(t testing.TB, f policy.Field, readers ...policy.Role) policy.Field {
	t.Helper()
	if f.Entity == "" {
		f.Entity = policy.OfPerson
	}
	if readers == nil {
		readers = []policy.Role{policy.Sales, policy.Manager}
	}
	f.Ground, f.Months, f.Readers = policy.Ground{Purpose: policy.Relationship, Basis: policy.Interest}, 24, append(readers, policy.Privacy)
	id, err := b.SaveField(t.Context(), b.marit, f, because)
	if err != nil {
		t.Fatal(err)
	}
	f.ID, f.Version = id, 1
	return f
}

func named(name string, kind policy.FieldKind) policy.Field {
	return policy.Field{Name: text.New(name), Kind: kind}
}

// put fills in fields of a customer, as whoever reads it.
func (b trade) put(t testing.TB, who policy.Actor, id int64, f policy.Field, value string) db.Customer {
	t.Helper()
	c, err := b.tryPut(t, who, id, f, value)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (b trade) tryPut(t testing.TB, who policy.Actor, id int64, f policy.Field, value string) (db.Customer, error) {
	t.Helper()
	c, err := b.GetCustomer(t.Context(), who, id)
	if err != nil {
		t.Fatal(err)
	}
	c.Values = c.Values.Set(f.ID, text.New(value))
	return b.UpdateCustomer(t.Context(), who, c, ops.NewRequestKey())
}

func (b trade) holds(t testing.TB, who policy.Actor, id int64, f policy.Field, want string) {
	t.Helper()
	c, err := b.GetCustomer(t.Context(), who, id)
	if got := c.Values[f.ID].String(); err != nil || got != want {
		t.Errorf("%s reads %q in %s, want %q: %v", who.Login, got, f.Name, want, err)
	}
}

// tells says whether the history that a person reads has the field.
func (b trade) tells(t testing.TB, who policy.Actor, id int64, f policy.Field) bool {
	t.Helper()
	past, err := b.CustomerHistory(t.Context(), who, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range past {
		for _, c := range p.Changes {
			if c.Field == f.Key() {
				return true
			}
		}
	}
	return false
}

// TestField: what each role sees of the organisation's own fields, and keeps
// when it saves; what is filled in is checked; two who edit see both.
func TestField(t *testing.T) {
	b := newTrade(t)
	ctx, id := t.Context(), b.lead.ID
	shoe := b.field(t, named("Schoenmaat", policy.NumberField))
	secret := b.field(t, named("Kredietlimiet", policy.TextField), policy.Manager)

	t.Run("who sees it", func(t *testing.T) {
		b.put(t, b.sander, id, shoe, "42,50")
		b.put(t, b.marit, id, secret, "vijfduizend")
		b.holds(t, b.sander, id, shoe, "42.5")
		b.holds(t, b.sander, id, secret, "")
		b.holds(t, b.marit, id, secret, "vijfduizend")
		b.holds(t, b.pieter, id, secret, "vijfduizend")
		if b.tells(t, b.sander, id, secret) || !b.tells(t, b.sander, id, shoe) || !b.tells(t, b.marit, id, secret) {
			t.Error("the history tells a salesperson of a field that is not for sales, or nobody of those that are")
		}
		if all, err := b.ListFields(ctx, b.sander); err != nil || len(all) != 1 || all[0].ID != shoe.ID {
			t.Errorf("a salesperson knows of %+v: %v", all, err)
		}
		_, err := b.ListFields(ctx, b.fatima)
		wantKind(t, "finance and fields", err, policy.Denied)
	})
	t.Run("who doesn't see it neither loses nor fills it", func(t *testing.T) {
		b.put(t, b.sander, id, shoe, "43")
		b.put(t, b.sander, id, secret, "nul") // as a program of one's own might
		b.holds(t, b.marit, id, secret, "vijfduizend")
		// The control: let sales see it, and the same fills it.
		secret.Readers = policy.FieldReaders
		if _, err := b.SaveField(ctx, b.marit, secret, because); err != nil {
			t.Fatal(err)
		}
		b.put(t, b.sander, id, secret, "nul")
		b.holds(t, b.marit, id, secret, "nul")
	})
	t.Run("what is filled in is checked", func(t *testing.T) {
		_, err := b.tryPut(t, b.sander, id, shoe, "groot")
		wantKind(t, "a number in letters", err, policy.Invalid)
		wrong := b.lead
		wrong.Values = policy.FieldValues{shoe.ID: text.New("groot")}
		_, err = b.CreateCustomer(ctx, b.sander, wrong, ops.NewRequestKey())
		wantKind(t, "a new customer with a number in letters", err, policy.Invalid)
	})
	t.Run("two who edit", func(t *testing.T) {
		mine, err := b.GetCustomer(ctx, b.sander, id)
		if err != nil {
			t.Fatal(err)
		}
		b.put(t, b.marit, id, shoe, "44")
		before := mine
		mine.Values = mine.Values.Set(shoe.ID, text.New("45"))
		_, err = b.UpdateCustomer(ctx, b.sander, mine, ops.NewRequestKey())
		stale, ok := db.AsStale(err)
		if !ok || stale.Mine.Values[shoe.ID].String() != "45" || stale.Theirs.Values[shoe.ID].String() != "44" {
			t.Fatalf("%+v, %v", stale, err)
		}
		if before.Values[shoe.ID].String() != "43" {
			t.Error("filling in a copy changed what it was copied from")
		}
	})
	t.Run("choices keep what is chosen", func(t *testing.T) {
		f := named("Branche", policy.ChoiceField).Rechoose([]string{"bouw", "horeca", "zorg"})
		f = b.field(t, f)
		b.put(t, b.sander, id, f, "Horeca")
		b.holds(t, b.sander, id, f, "#2")
		f = f.Rechoose([]string{"bouw > nieuwbouw", "zorg"})
		if _, err := b.SaveField(ctx, b.marit, f, because); err != nil {
			t.Fatal(err)
		}
		b.put(t, b.sander, id, shoe, "46") // another field; this one stays
		b.holds(t, b.sander, id, f, "#2")
		other := b.customer(t, "Kok")
		_, err := b.tryPut(t, b.sander, other.ID, f, "horeca")
		wantKind(t, "what is offered no more", err, policy.Invalid)
		c := b.put(t, b.sander, other.ID, f, "nieuwbouw")
		if c.Values[f.ID].String() != "#1" {
			t.Errorf("called otherwise, a choice is %v", c.Values)
		}
		f.Version, f.Choices = 2, f.Choices[:2]
		_, err = b.SaveField(ctx, b.marit, f, because)
		wantKind(t, "a choice that records may hold deleted", err, policy.Invalid)
	})
	t.Run("retired", func(t *testing.T) {
		f := b.field(t, named("Fax", policy.TextField))
		b.put(t, b.sander, id, f, "030 1")
		f.Retired = true
		if _, err := b.SaveField(ctx, b.marit, f, because); err != nil {
			t.Fatal(err)
		}
		b.put(t, b.sander, id, shoe, "47")
		b.holds(t, b.sander, id, f, "030 1")
		_, err := b.tryPut(t, b.sander, id, f, "030 2")
		wantKind(t, "filling in what is retired", err, policy.Invalid)
		b.put(t, b.sander, id, f, "")
		b.holds(t, b.sander, id, f, "")
	})
	t.Run("who defines them", func(t *testing.T) {
		_, err := b.SaveField(ctx, b.sander, named("x", policy.TextField), because)
		wantKind(t, "a field without a purpose", err, policy.Invalid)
		_, err = b.SaveField(ctx, b.sander, shoe, because)
		wantKind(t, "sales defining fields", err, policy.Denied)
		_, err = b.SaveField(ctx, b.marit, shoe, text.Line{})
		wantKind(t, "without saying why", err, policy.Invalid)
		shoe.Kind = policy.TextField
		_, err = b.SaveField(ctx, b.pieter, shoe, because)
		wantKind(t, "another kind", err, policy.Invalid)
		shoe.Kind, shoe.Version = policy.NumberField, 7
		_, err = b.SaveField(ctx, b.marit, shoe, because)
		wantKind(t, "over somebody else's change", err, policy.Conflict)
	})
	t.Run("sealed", func(t *testing.T) {
		b.put(t, b.marit, id, secret, "Kanarie")
		const find = `select count(*) from (select c::text as row from customers c union all select h::text from history h) x
			where row ilike '%kanarie%' or row like '%' || encode('Kanarie', 'hex') || '%'`
		if n := dbtest.Query[int64](t, find); n != 0 {
			t.Errorf("%d rows tell what stands in a field", n)
		}
	})
}

// TestField_deal: a deal's fields, as a customer's.
func TestField_deal(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	permit := b.field(t, policy.Field{Entity: policy.OfDeal, Name: text.New("Vergunning"), Kind: policy.YesNoField})
	margin := b.field(t, policy.Field{Entity: policy.OfDeal, Name: text.New("Marge"), Kind: policy.NumberField}, policy.Manager)
	d := b.deal(t, "Dakkapel", 100)
	d.Values = policy.FieldValues{permit.ID: text.New("ja"), margin.ID: text.New("31")}
	if _, err := b.UpdateDeal(ctx, b.marit, d, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	s, err := b.ViewDeal(ctx, b.sander, d.ID)
	if err != nil || !s.Values.Equal(policy.FieldValues{permit.ID: text.New("yes")}) {
		t.Fatalf("%v, %v", s.Values, err)
	}
	s.Title = text.New("Dakkapel achter")
	if _, err := b.UpdateDeal(ctx, b.sander, s.Deal, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	s, err = b.ViewDeal(ctx, b.marit, d.ID)
	if err != nil || s.Values[margin.ID].String() != "31" || len(s.History) != 2 || len(s.History[1].Changes) != 2 {
		t.Errorf("%v, %+v, %v", s.Values, s.History, err)
	}
}
