package db

import (
	"context"

	"balie/db/seal"
	"balie/policy/text"
)

type memberRow struct {
	ContactID int64
	CompanyID int64
	Main      bool
	Role      []byte
}

const selectMembers = `select contact_id, company_id, main, role from memberships where contact_id = any($1) order by contact_id, main desc, company_id`

// memberships are the companies of contacts, by contact. A company that the
// actor may not see stays out.
func (tx *Tx) memberships(ctx context.Context, contacts []int64, keys map[int64]seal.DataKey) (map[int64][]Membership, error) {
	rows, err := collect[memberRow](ctx, tx, selectMembers, contacts)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	names, err := tx.names(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := map[int64][]Membership{}
	for _, r := range rows {
		name, visible := names[r.CompanyID]
		if !visible {
			continue
		}
		m := Membership{Company: r.CompanyID, Name: name, Main: r.Main}
		if key, ok := keys[r.ContactID]; ok {
			role, err := key.Open(rolePlace, r.Role)
			if err != nil {
				return nil, err
			}
			m.Role = text.New(string(role))
		}
		out[r.ContactID] = append(out[r.ContactID], m)
	}
	return out, nil
}

func (tx *Tx) names(ctx context.Context, rows []memberRow) (map[int64]text.Line, error) {
	ids := make([]int64, 0, len(rows))
	seen := map[int64]bool{}
	for _, r := range rows {
		if !seen[r.CompanyID] {
			seen[r.CompanyID] = true
			ids = append(ids, r.CompanyID)
		}
	}
	heads, err := tx.heads(ctx, ids)
	names := make(map[int64]text.Line, len(heads))
	for _, h := range heads {
		names[h.ID] = h.Name()
	}
	return names, err
}

// heads opens the heads of those that the actor may see, in no order, without
// noting them as seen: the caller notes what it shows.
func (tx *Tx) heads(ctx context.Context, ids []int64) ([]Row, error) {
	sealed, err := collect[sealedRow](ctx, tx, selectHeads, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(sealed))
	for i, s := range sealed {
		if rows[i], err = tx.store.openHead(s); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// addCompanyNames fills in the main company of each row.
func (tx *Tx) addCompanyNames(ctx context.Context, rows []Row) error {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	members, err := tx.memberships(ctx, ids, nil)
	if err != nil {
		return err
	}
	for i, r := range rows {
		if ms := members[r.ID]; len(ms) > 0 {
			rows[i].Company = ms[0].Name
		}
	}
	return nil
}

const selectColleagues = `select contact_id from memberships where company_id = $1 order by contact_id limit 200`

// ListContactsOf are the people of a company, at most 200.
func (tx *Tx) ListContactsOf(ctx context.Context, company int64) ([]Row, error) {
	ids, err := tx.ids(ctx, selectColleagues, company)
	if err != nil {
		return nil, err
	}
	rows, err := tx.heads(ctx, ids)
	for _, r := range rows {
		tx.Saw(r.ID)
	}
	return rows, err
}
