package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// withoutDuplicates leaves out rows that look like an earlier row of the file, or
// like a customer whom the actor may see; what that one lacks is filled in, if
// that is asked for.
func (r *importRun) withoutDuplicates(ctx context.Context, batch []*pending) ([]*pending, error) {
	rows := make([]db.RowToMatch, len(batch))
	for i, p := range batch {
		rows[i] = p.match
	}
	known, err := r.tx.Known(ctx, rows, r.seen)
	if err != nil {
		return nil, err
	}
	var fresh []*pending
	for i, p := range batch {
		r.standsFor(p, known[i].Twin)
		switch k := known[i]; {
		case k.InFile:
			r.leaveOut(p, policy.Message{Key: "An earlier row of this file is the same customer."})
		case k.Twin == nil:
			fresh = append(fresh, p)
		case r.in.Twins == FillTwins && !k.Twin.Restricted:
			if err := r.fillIn(ctx, p, *k.Twin); err != nil {
				return nil, err
			}
		default:
			r.leaveOut(p, thereAlready(*k.Twin))
		}
	}
	return fresh, nil
}

// standsFor lets rows of people who belong to a company that is there find it, also
// where the file spells its name in another way.
func (r *importRun) standsFor(p *pending, there *db.Twin) {
	if there == nil || p.Kind != policy.Company || there.Owner != p.Owner {
		return
	}
	r.companies[db.CompanyKey(p.Family)] = there.ID
	if id := p.Elsewhere.String(); id != "" {
		r.companies[id] = there.ID
	}
}

func thereAlready(t db.Twin) policy.Message {
	return policy.Message{Key: "%s is there already: number %d, %d%% alike.", Args: []any{t.Name().String(), t.ID, t.Score}}
}

func (r *importRun) leaveOut(p *pending, why policy.Message) {
	r.report.Duplicates++
	r.fate(Fate{p.line, Duplicate, p.Name(), why})
}

// fillIn gives the customer there what the row says and it lacks.
func (r *importRun) fillIn(ctx context.Context, p *pending, there db.Twin) error {
	now, err := r.tx.GetForUpdate(ctx, there.ID)
	if err != nil {
		return err
	}
	u := db.Update{Customer: db.FilledIn(now, p.Customer), Request: p.Request, Act: policy.ImportRun}
	if len(db.Diff(now, u.Customer)) == 0 {
		r.leaveOut(p, thereAlready(there))
		return nil
	}
	if _, err := r.tx.UpdateCustomer(ctx, u); err != nil {
		return err
	}
	r.report.Filled++
	r.fate(Fate{p.line, Filled, p.Name(), policy.Message{Key: "What %s lacked is filled in: number %d.", Args: []any{now.Name().String(), now.ID}}})
	return nil
}
