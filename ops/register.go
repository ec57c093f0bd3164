package ops

import (
	"context"
	"fmt"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// RegisterSight is one entry with its versions; of a breach also how it stands.
type RegisterSight struct {
	db.RegisterEntry
	History []db.RegisterEntry
	State   policy.BreachState
	Due     policy.BreachDue
}

// ListRegister are the entries of a register as they stand.
func (o *Ops) ListRegister(ctx context.Context, actor policy.Actor, register policy.Register) (all []RegisterSight, err error) {
	err = o.act(ctx, actor, register.Read(), policy.Resource{}, func(tx *db.Tx) error {
		entries, err := tx.ListEntries(ctx, register)
		if err != nil {
			return err
		}
		now, err := tx.WallNow(ctx)
		for _, e := range entries {
			all = append(all, sighted(e, now))
		}
		return err
	})
	return all, err
}

// sighted is an entry as it stands now, on the organisation's wall.
func sighted(e db.RegisterEntry, now time.Time) RegisterSight {
	s := RegisterSight{RegisterEntry: e}
	if e.Register == policy.Breaches {
		s.State, s.Due = policy.BreachStands(e.Values, now.Location(), now)
	}
	return s
}

// due is when a breach has to be reported, as people read it.
func (s RegisterSight) due() string { return policy.FormatMoment(s.Due.Due) }

// ViewEntry is one entry whole. One of another register is absent.
func (o *Ops) ViewEntry(ctx context.Context, actor policy.Actor, register policy.Register, id int64) (s RegisterSight, err error) {
	err = o.act(ctx, actor, register.Read(), policy.Resource{}, func(tx *db.Tx) error {
		tx.About(id)
		e, now, err := entryOf(ctx, tx, register, id)
		if err != nil {
			return err
		}
		s = sighted(e, now)
		s.History, err = tx.EntryHistory(ctx, id)
		return err
	})
	return s, err
}

func entryOf(ctx context.Context, tx *db.Tx, register policy.Register, id int64) (db.RegisterEntry, time.Time, error) {
	e, err := tx.GetEntry(ctx, id)
	if err != nil {
		return e, time.Time{}, err
	}
	if e.Register != register {
		return e, time.Time{}, policy.ErrAbsent()
	}
	now, err := tx.WallNow(ctx)
	return e, now, err
}

// WriteEntry keeps an entry, a new one when it has no version, and gives its id.
func (o *Ops) WriteEntry(ctx context.Context, actor policy.Actor, e db.RegisterEntry, request RequestKey) (id int64, err error) {
	err = o.act(ctx, actor, e.Register.Write(), policy.Resource{}, func(tx *db.Tx) error {
		id, err = writeEntry(ctx, tx, e, request)
		return err
	})
	return id, err
}

func writeEntry(ctx context.Context, tx *db.Tx, e db.RegisterEntry, request RequestKey) (int64, error) {
	rules, err := policy.FindRegister(string(e.Register))
	if err != nil {
		return 0, err
	}
	now, err := tx.WallNow(ctx)
	if err != nil {
		return 0, err
	}
	if err := rules.Check(e.Values, now.Location()); err != nil {
		return 0, err
	}
	id, err := tx.WriteEntry(ctx, e, request)
	tx.About(id, string(e.Register))
	return id, err
}

// ChangeEntry changes some fields of an entry as it stands, or whether it counts.
func (o *Ops) ChangeEntry(ctx context.Context, actor policy.Actor, register policy.Register, id int64, change func(*db.RegisterEntry) error, request RequestKey) error {
	return o.act(ctx, actor, register.Write(), policy.Resource{}, func(tx *db.Tx) error {
		tx.About(id, string(register))
		e, _, err := entryOf(ctx, tx, register, id)
		if err != nil {
			return err
		}
		if err := change(&e); err != nil {
			return err
		}
		_, err = writeEntry(ctx, tx, e, request)
		return err
	})
}

// affectedMost is how many people one look at a breach names.
const affectedMost = 10_000

// Affected tells whom the account that a breach names saw or took out while it
// lasted, from the log: the people of whom art. 33(3)(a) GDPR asks.
func (o *Ops) Affected(ctx context.Context, actor policy.Actor, id int64) (all []db.Viewed, err error) {
	err = o.act(ctx, actor, policy.CustomerSeenBy, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(id)
		e, now, err := entryOf(ctx, tx, policy.Breaches, id)
		if err != nil {
			return err
		}
		who, since, until, err := breachWindow(ctx, tx, e.Values, now)
		if err != nil {
			return err
		}
		all, err = tx.SubjectsOf(ctx, who, since, until, affectedMost, 0)
		return err
	})
	return all, err
}

func breachWindow(ctx context.Context, tx *db.Tx, v policy.Values, now time.Time) (who int32, since, until time.Time, err error) {
	if v["login"].IsZero() || v["since"].IsZero() {
		return 0, since, until, policy.Errorf(policy.Invalid, "Fill in login and since first: the log is asked whom that account saw from then on.").On("login")
	}
	if since, err = policy.ParseMoment(v["since"].String(), now.Location()); err != nil {
		return 0, since, until, err
	}
	if until = now; !v["until"].IsZero() {
		if until, err = policy.ParseMoment(v["until"].String(), now.Location()); err != nil {
			return 0, since, until, err
		}
	}
	people, err := tx.Colleagues(ctx)
	for _, p := range people {
		if p.Login == v["login"].String() {
			return p.ID, since, until.Add(time.Minute), nil
		}
	}
	if err == nil {
		err = policy.Errorf(policy.Invalid, "Nobody here has the login %q.", text.Clean(v["login"].String())).On("login")
	}
	return 0, since, until, err
}

// breachesRunning tells the officer of breaches that wait for a report.
func breachesRunning() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Privacy}, func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
		entries, err := tx.ListEntries(ctx, policy.Breaches)
		if err != nil || len(entries) == 0 {
			return nil, err
		}
		now, err := tx.WallNow(ctx)
		var found []Attention
		for _, e := range entries {
			if s := sighted(e, now); !e.Retired {
				found = append(found, breachWaits(s)...)
			}
		}
		return found, err
	}}
}

func breachWaits(s RegisterSight) []Attention {
	name := fmt.Sprint(s.Values["name"])
	switch s.State {
	case policy.BreachRuns:
		return []Attention{{What: policy.Message{Key: "Breach %s: report it before %s, or record why not.", Args: []any{name, s.due()}}, Opens: "breaches", Grave: true}}
	case policy.BreachLate:
		return []Attention{{What: policy.Message{Key: "Breach %s: the 72 hours are over since %s.", Args: []any{name, s.due()}}, Opens: "breaches", Grave: true}}
	case policy.BreachUntold:
		return []Attention{{What: policy.Message{Key: "Breach %s: its risk is high, and the people concerned were not told (art. 34 GDPR).", Args: []any{name}}, Opens: "breaches", Grave: true}}
	}
	return nil
}
