package db

import (
	"context"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
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

// openMember opens a company of a contact, and the role there if the contact's
// key is given. A company that the actor may not see has no row.
func (s *Store) openMember(r memberRow, contact *seal.DataKey) (Membership, error) {
	m := Membership{Company: r.CompanyID, Main: r.Main}
	company, err := s.openHead(headRow{ID: r.CompanyID, Head: r.Head, KekEpoch: r.KekEpoch, Wrapped: r.Wrapped})
	if m.Name = company.Name(); err == nil && contact != nil {
		m.Role, err = openLine(*contact, rolePlace, r.Role)
	}
	return m, err
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

// ListContactsOf are the people of a company, at most 200.
func (tx *Tx) ListContactsOf(ctx context.Context, company int64) (rows []Row, err error) {
	err = tx.Together(ctx, tx.ContactsOf(company, &rows))
	return rows, err
}

// ContactsOf is ListContactsOf as one of several questions.
func (tx *Tx) ContactsOf(company int64, into *[]Row) Read {
	return reading(into, func(rows []listRow) ([]Row, error) {
		all, err := openEach(rows, tx.store.openListRow)
		for _, r := range all {
			tx.Saw(r.ID)
		}
		return all, err
	}, selectContacts, company)
}
