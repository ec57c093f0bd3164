package ops

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
	"balie/policy/text"
)

// shop is a firm with a manager, a field of the own, and customers with it.
type shop struct {
	*Ops
	marit policy.Actor
	field policy.Field
	ids   []int64
}

func newShop(t *testing.T, n int) shop {
	store := dbtest.New(t)
	if err := store.RebuildSearch(t.Context(), func(_, _ int64) {}); err != nil {
		t.Fatal(err)
	}
	s := shop{Ops: New(store, slog.New(slog.DiscardHandler)), marit: dbtest.Person(t, store, "marit", policy.Manager, "north")}
	s.field = s.add(t, "Fax")
	for i := range n {
		c := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: []policy.Ground{{Purpose: policy.Quotes, Basis: policy.Contract}}}
		c.Family = text.New(fmt.Sprintf("Bakker%d", i))
		c.Values = policy.FieldValues{s.field.ID: text.New("Kanarie 030")}
		c, err := s.CreateCustomer(t.Context(), s.marit, c, NewRequestKey())
		if err != nil {
			t.Fatal(err)
		}
		s.ids = append(s.ids, c.ID)
	}
	return s
}

func (s shop) add(t *testing.T, name string) policy.Field {
	t.Helper()
	f := policy.Field{
		Entity: policy.OfPerson, Name: text.New(name), Kind: policy.TextField, Months: 12, Readers: policy.FieldReaders,
		Ground: policy.Ground{Purpose: policy.Relationship, Basis: policy.Interest},
	}
	id, err := s.SaveField(t.Context(), s.marit, f, text.New("asked for"))
	if err != nil {
		t.Fatal(err)
	}
	f.ID, f.Version = id, 1
	return f
}

func (s shop) change(t *testing.T, id int64, f policy.Field, value string) {
	t.Helper()
	c, err := s.GetCustomer(t.Context(), s.marit, id)
	if err == nil {
		c.Values = c.Values.Set(f.ID, text.New(value))
		_, err = s.UpdateCustomer(t.Context(), s.marit, c, NewRequestKey())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// stands counts records in which a value stands, and changes in whose history:
// as if the field had not been dropped, or it would be seen by nobody anyway.
func (s shop) stands(t *testing.T, f policy.Field) (bodies, past int) {
	t.Helper()
	dropped := dbtest.Query[bool](t, fmt.Sprintf(`with was as (select id, dropped_at from fields where id = %d)
		update fields f set dropped_at = null from was where f.id = was.id returning was.dropped_at is not null`, f.ID))
	for _, id := range s.ids {
		c, err := s.GetCustomer(t.Context(), s.marit, id)
		if err != nil {
			t.Fatal(err)
		}
		if !c.Values[f.ID].IsZero() {
			bodies++
		}
		history, err := s.CustomerHistory(t.Context(), s.marit, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range history {
			for _, c := range p.Changes {
				if c.Field == f.Key() && c != (db.Change{Field: c.Field}) {
					past++
				}
			}
		}
	}
	if dropped {
		dbtest.Exec(t, fmt.Sprintf(`update fields set dropped_at = now() where id = %d`, f.ID))
	}
	return bodies, past
}

func (s shop) uses(t *testing.T, field string) db.FieldUse {
	t.Helper()
	if err := s.CountFields(t.Context(), s.marit, noProgress); err != nil {
		t.Fatal(err)
	}
	c, err := s.FieldCatalogue(t.Context(), s.marit)
	if err != nil {
		t.Fatal(err)
	}
	return c.Use[policy.OfPerson][field]
}

func smallBatches(t *testing.T, n int) {
	was := fieldBatch
	fieldBatch = n
	t.Cleanup(func() { fieldBatch = was })
}

// TestDropField: seen by nobody at once; a node that dies half-way is followed
// by one that deletes the rest, of the history too, and counts none twice.
func TestDropField(t *testing.T) {
	smallBatches(t, 3)
	s := newShop(t, 7)
	ctx := t.Context()
	s.change(t, s.ids[1], s.field, "Kanarie 031")
	s.change(t, s.ids[1], s.field, "")
	keeps := s.add(t, "Schoenmaat")
	s.change(t, s.ids[6], keeps, "43")
	stale, err := s.GetCustomer(ctx, s.marit, s.ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DropField(ctx, s.marit, s.field.ID, text.New("fax"), text.New("unused"), noProgress); policy.KindOf(err) != policy.Invalid {
		t.Fatalf("dropped by another name: %v", err)
	}
	crash := func(done int) {
		if done >= 3 {
			panic("the node dies here")
		}
	}
	if err := s.DropField(ctx, s.marit, s.field.ID, s.field.Name, text.New("unused"), crash); err == nil {
		t.Fatal("the control: it did not die")
	}
	if bodies, _ := s.stands(t, s.field); bodies != 4 {
		t.Fatalf("after one batch of three it stands in %d of 6", bodies)
	}
	if all, err := s.ListFields(ctx, s.marit); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
	// Whoever had it open saves, and brings nothing back.
	stale.Given = text.New("Jan")
	if stale, err = s.UpdateCustomer(ctx, s.marit, stale, NewRequestKey()); err != nil || len(stale.Values) != 0 {
		t.Errorf("%v, %v", stale.Values, err)
	}
	dbtest.Exec(t, `update job_runs set retry_at = now() - interval '1 second' where job = 'fields.drop'`)
	if err := s.RunDue(ctx); err != nil {
		t.Fatal(err)
	}
	if bodies, past := s.stands(t, s.field); bodies != 0 || past != 0 {
		t.Errorf("it still stands in %d records and %d changes", bodies, past)
	}
	if bodies, past := s.stands(t, keeps); bodies != 1 || past != 1 {
		t.Errorf("the control: another field stands in %d records and %d changes", bodies, past)
	}
	c, err := s.FieldCatalogue(ctx, s.marit)
	if err != nil || len(c.Dropped) != 1 || c.Dropped[0].ClearedAt == nil || c.Dropped[0].Cleared != 6 {
		t.Errorf("%+v, %v", c.Dropped, err)
	}
	if n := dbtest.Query[int64](t, `select count(distinct s) from audit, unnest(subjects) s where act = 'field.sweep'`); n != 6 {
		t.Errorf("the log names %d whose values were deleted", n)
	}
}

// TestCountFields: how many fill a field and since when nobody did; what was
// kept for its term goes, but not of one whose data are restricted.
func TestCountFields(t *testing.T) {
	smallBatches(t, 2)
	s := newShop(t, 5)
	dbtest.Exec(t, `update customers set created_at = created_at - interval '10 days'`)
	if u := s.uses(t, s.field.Key()); u.Filled != 5 || u.Total != 5 || time.Since(*u.UsedAt) < 9*24*time.Hour {
		t.Errorf("%+v", u)
	}
	s.change(t, s.ids[2], s.field, "")
	if u := s.uses(t, s.field.Key()); u.Filled != 4 || time.Since(*u.UsedAt) > time.Hour {
		t.Errorf("%+v", u)
	}
	if u := s.uses(t, "family"); u.Filled != 5 {
		t.Errorf("%+v", u)
	}
	if u := s.uses(t, "website"); u.Filled != 0 || u.UsedAt != nil || u.Total != 5 {
		t.Errorf("%+v", u)
	}
	dbtest.Exec(t, fmt.Sprintf(`update customers set last_activity = last_activity - interval '13 months' where id in (%d, %d)`, s.ids[0], s.ids[1]))
	dbtest.Exec(t, fmt.Sprintf(`update customers set restricted = true where id = %d`, s.ids[1]))
	s.uses(t, "")
	if bodies, _ := s.stands(t, s.field); bodies != 3 {
		t.Errorf("after its term it stands in %d of 4, one of them restricted", bodies)
	}
	for name, who := range map[string]policy.Role{"sales": policy.Sales, "auditor": policy.Auditor} {
		if err := s.CountFields(t.Context(), policy.Actor{ID: s.marit.ID, Role: who}, noProgress); policy.KindOf(err) != policy.Denied {
			t.Errorf("%s has them counted: %v", name, err)
		}
	}
}
