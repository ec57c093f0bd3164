package ops

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// fieldBatch is how many records one transaction of the clock goes through.
var fieldBatch = 2000

// The jobs on fields.
const (
	countFieldsJob = "fields.count"
	dropFieldsJob  = "fields.drop"
)

// fieldJobs count, weekly, how much each field is used, and delete what stands in
// fields that were dropped or has been kept for long enough.
func (o *Ops) fieldJobs() []Job {
	return []Job{o.countFields(noProgress), o.dropFields(noProgress)}
}

func noProgress(int) {}

func (o *Ops) countFields(progress func(done int)) Job {
	return Job{Name: countFieldsJob, Spec: "40 4 * * 1", Every: db.Weekly, Run: func(ctx context.Context, r *Run) error {
		return (&fieldSweep{run: r, count: true, progress: progress}).all(ctx)
	}}
}

func (o *Ops) dropFields(progress func(done int)) Job {
	return Job{Name: dropFieldsJob, Spec: "*/5 * * * *", Every: db.EveryFiveMinutes, Run: func(ctx context.Context, r *Run) error {
		return (&fieldSweep{run: r, progress: progress}).all(ctx)
	}}
}

// fieldSweep goes through all records. How far it came is kept with each batch,
// so that whoever goes on with it counts none twice.
type fieldSweep struct {
	run      *Run
	count    bool
	progress func(done int)
	swept
}

// swept is what is kept of it.
type swept struct {
	Deals   bool
	After   int64
	Done    int
	Drop    []int32 // fields that were dropped before it began
	Deleted map[int32]int
	Use     map[string]db.FieldUse
}

func (s *fieldSweep) all(ctx context.Context) error {
	if s.run.Reached != "" {
		if err := json.Unmarshal([]byte(s.run.Reached), &s.swept); err != nil {
			return err
		}
	}
	for more := true; more; {
		err := s.run.Batch(ctx, policy.FieldSweep, func(tx *db.Tx) (err error) {
			more, err = s.step(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
		s.progress(s.Done)
	}
	return nil
}

// step does one batch, and says whether there is more to do.
func (s *fieldSweep) step(ctx context.Context, tx *db.Tx) (more bool, err error) {
	if s.run.Reached == "" {
		if begun, err := s.begin(ctx, tx); err != nil || !begun {
			return false, err
		}
	}
	b, err := tx.SweepFields(ctx, s.Deals, s.After, fieldBatch)
	if err != nil {
		return false, err
	}
	s.add(b)
	more = true
	switch {
	case b.Records > 0:
		s.After = b.Last
	case !s.Deals:
		s.Deals, s.After = true, 0
	default:
		more, err = false, s.end(ctx, tx)
	}
	tx.Detail(s.run.claim.Job)
	reached, _ := json.Marshal(s.swept) // numbers, names and times always marshal
	s.run.Reached = string(reached)
	return more, err
}

// begin notes what there is to drop; without anything there is nothing to do but
// count.
func (s *fieldSweep) begin(ctx context.Context, tx *db.Tx) (bool, error) {
	s.Deleted, s.Use = map[int32]int{}, map[string]db.FieldUse{}
	ids, err := tx.FieldsToClear(ctx)
	for _, id := range ids {
		s.Drop = append(s.Drop, int32(id))
	}
	if err == nil && !s.count && len(ids) == 0 {
		err = ErrIdle
	}
	return true, err
}

func (s *fieldSweep) add(b db.Sweep) {
	s.Done += b.Records
	for id, n := range b.Deleted {
		s.Deleted[id] += n
		s.run.Count("deleted", n)
	}
	if b.Kept > 0 {
		s.run.Count("kept by a restriction", b.Kept)
	}
	s.run.Count("records", b.Records)
	for _, u := range b.Use {
		key := string(u.Entity) + "/" + u.Field
		sum := s.Use[key]
		sum.Entity, sum.Field, sum.Filled = u.Entity, u.Field, sum.Filled+u.Filled
		if sum.UsedAt == nil || u.UsedAt != nil && sum.UsedAt.Before(*u.UsedAt) {
			sum.UsedAt = u.UsedAt
		}
		s.Use[key] = sum
	}
}

// end says that the dropped fields are empty, and what was counted.
func (s *fieldSweep) end(ctx context.Context, tx *db.Tx) error {
	for _, id := range s.Drop {
		if err := tx.FieldCleared(ctx, id, s.Deleted[id]); err != nil {
			return err
		}
	}
	if !s.count {
		return nil
	}
	fields, err := tx.ListFields(ctx)
	if err != nil {
		return err
	}
	return tx.KeepFieldUse(ctx, s.uses(fields, tx.Now))
}

// uses are all fields there are, those that nobody uses too.
func (s *fieldSweep) uses(fields []policy.Field, now time.Time) (all []db.FieldUse) {
	for _, e := range policy.FieldEntities {
		names := db.CountedFields(e)
		for _, f := range fields {
			if f.Entity == e {
				names = append(names, f.Key())
			}
		}
		for _, name := range names {
			u := s.Use[string(e)+"/"+name]
			u.Entity, u.Field, u.Total, u.CountedAt = e, name, s.Use[string(e)+"/"].Filled, now
			all = append(all, u)
		}
	}
	return all
}

// Catalogue is all fields with how much they are used.
type Catalogue struct {
	Fields  []policy.Field
	Use     map[policy.FieldEntity]map[string]db.FieldUse // by field and name; empty before the first count
	Dropped []db.DroppedField
	Now     time.Time
}

// FieldCatalogue shows every field, those that come with the program too.
func (o *Ops) FieldCatalogue(ctx context.Context, actor policy.Actor) (c Catalogue, err error) {
	err = o.act(ctx, actor, policy.FieldUsage, policy.Resource{}, func(tx *db.Tx) error {
		c.Now = tx.Now
		if c.Fields, err = tx.ListFields(ctx); err != nil {
			return err
		}
		if c.Dropped, err = tx.ListDropped(ctx); err != nil {
			return err
		}
		all, err := tx.ListFieldUse(ctx)
		c.Use = map[policy.FieldEntity]map[string]db.FieldUse{}
		for _, u := range all {
			if c.Use[u.Entity] == nil {
				c.Use[u.Entity] = map[string]db.FieldUse{}
			}
			c.Use[u.Entity][u.Field] = u
		}
		return err
	})
	return c, err
}

// CountFields counts now, as the clock does weekly. progress hears how many
// records were gone through.
func (o *Ops) CountFields(ctx context.Context, actor policy.Actor, progress func(done int)) error {
	err := o.act(ctx, actor, policy.FieldCount, policy.Resource{}, func(*db.Tx) error { return nil })
	if err != nil {
		return err
	}
	return o.now(ctx, o.countFields(progress))
}

// now does a job for the period that fell due last.
func (o *Ops) now(ctx context.Context, j Job) error {
	d, err := j.duty()
	if err != nil {
		return err
	}
	c, err := o.Store.ClaimJobNow(ctx, d, o.Node)
	if err != nil {
		return err
	}
	_, err = o.perform(ctx, j, c)
	return err
}

// DropField takes a field away, with all that stands in it: nobody sees it from
// then on, and the values are deleted before this returns, or by the clock if it
// is interrupted. typed is the field's name, as a person typed it.
func (o *Ops) DropField(ctx context.Context, actor policy.Actor, id int32, typed, why text.Line, progress func(done int)) error {
	err := o.act(ctx, actor, policy.FieldDrop, policy.Resource{}, func(tx *db.Tx) error {
		f, err := tx.GetField(ctx, id)
		if err != nil {
			return err
		}
		tx.Detail(toldField(f) + ": " + why.String())
		if err := needReason(why); err != nil {
			return err
		}
		if typed != f.Name {
			return policy.Errorf(policy.Invalid, "Type the name of the field, %s, to drop it with all that stands in it.", f.Name.String()).On("confirm")
		}
		return tx.DropField(ctx, id)
	})
	if err != nil {
		return err
	}
	err = o.now(ctx, o.dropFields(progress))
	if policy.KindOf(err) == policy.Conflict && !errors.Is(err, db.ErrOvertaken) {
		return nil // the clock is at it, and comes to this one next
	}
	return err
}
