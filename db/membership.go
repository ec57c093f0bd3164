package db

import (
	"context"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
	"balie/policy/text"
)

// memberRow is a company of a contact, with what opens the company's name.
type memberRow struct {
	ContactID int64
	CompanyID int64
	Main      bool
	Role      []byte
	Head      []byte
	KekEpoch  int
	Wrapped   []byte
}

const selectMembers = `select m.contact_id, m.company_id, m.main, m.role, c.head, k.kek_epoch, k.wrapped
	from memberships m join customers c on c.id = m.company_id join subject_keys k on k.subject_id = c.id
	where m.contact_id = any($1) order by m.contact_id, m.main desc, m.company_id`

// openMembers gives the companies of contacts, by contact. A company that the
// actor may not see stays out. keys are the contacts', to open their roles.
func (s *Store) openMembers(rows []memberRow, keys map[int64]seal.DataKey) (map[int64][]Membership, error) {
	out := map[int64][]Membership{}
	for _, r := range rows {
		m, err := s.openMember(r, keys)
		if err != nil {
			return nil, err
		}
		out[r.ContactID] = append(out[r.ContactID], m)
	}
	return out, nil
}

func (s *Store) openMember(r memberRow, keys map[int64]seal.DataKey) (Membership, error) {
	m := Membership{Company: r.CompanyID, Main: r.Main}
	company, err := s.openHead(headRow{ID: r.CompanyID, Head: r.Head, KekEpoch: r.KekEpoch, Wrapped: r.Wrapped})
	if err != nil {
		return m, err
	}
	m.Name = company.Name()
	if key, ok := keys[r.ContactID]; ok {
		role, err := key.Open(rolePlace, r.Role)
		m.Role = text.New(string(role))
		return m, err
	}
	return m, nil
}

// ListRows are those of some customers that the actor may see, as lists have
// them, in no order.
func (tx *Tx) ListRows(ctx context.Context, ids []int64) ([]Row, error) {
	rows, err := tx.heads(ctx, ids)
	for _, r := range rows {
		tx.Saw(r.ID)
	}
	return rows, err
}

// heads opens the heads of those that the actor may see, with the names of
// their main companies, in no order and without noting them as seen: the caller
// notes what it shows.
func (tx *Tx) heads(ctx context.Context, ids []int64) ([]Row, error) {
	sealed, err := tx.Query(ctx, selectHeads, ids)
	if err != nil {
		return nil, err
	}
	// Opened as they come, while the database looks up the next.
	return pgx.CollectRows(sealed, func(r pgx.CollectableRow) (Row, error) {
		s, err := pgx.RowToStructByName[listRow](r)
		if err != nil {
			return Row{}, err
		}
		return tx.store.openListRow(s)
	})
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
