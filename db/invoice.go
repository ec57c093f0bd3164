package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Invoice is an invoice or, when Credits is set, a credit note. It holds its own
// copy of all that the tax office needs, so that it outlives its customer.
type Invoice struct {
	ID          int64
	Customer    int64 // 0: finance's own, or erased
	Credits     int64 // the invoice that this takes back
	Series      string
	Year        int32
	Number      int32 // 0: a draft
	IssuedOn    time.Time
	DueOn       time.Time
	KeptThrough time.Time // art. 52(4) AWR
	Totals      policy.InvoiceTotals
	Paid        policy.Cents
	Credited    policy.Cents
	Reminders   int16
	RemindedOn  time.Time
	CreatedAt   time.Time
	Version     int32
	InvoiceHead
	InvoiceBody
}

// InvoiceHead is the sealed part that lists show.
type InvoiceHead struct {
	Debtor  text.Line `json:"d"`
	Subject text.Line `json:"s,omitzero"`
}

// InvoiceBody is the sealed rest.
type InvoiceBody struct {
	Attention text.Line     `json:"at,omitzero"` // the person at a company
	Address   Address       `json:"a,omitzero"`
	VATNumber text.Line     `json:"v,omitzero"`
	Mail      text.Line     `json:"m,omitzero"`
	Reference text.Line     `json:"r,omitzero"` // the debtor's own, such as an order number
	Remark    text.Block    `json:"n,omitzero"`
	Lines     []InvoiceLine `json:"l,omitempty"`
	Seller    Seller        `json:"f,omitzero"` // as it was when the invoice was issued
}

// InvoiceLine is one line: what, and what counts for its amount.
type InvoiceLine struct {
	Text text.Line `json:"t"`
	policy.InvoiceLine
}

// Seller is the organisation as an invoice names it (art. 35a Wet OB 1968).
type Seller struct {
	Name    text.Line `json:"n"`
	Address Address   `json:"a"`
	Mail    text.Line `json:"m,omitzero"`
	KvK     text.Line `json:"k,omitzero"`
	VAT     text.Line `json:"v"`
	IBAN    text.Line `json:"i"`
}

// Facts are those from which the state follows.
func (i Invoice) Facts() policy.InvoiceFacts {
	return policy.InvoiceFacts{Issued: i.Number != 0, Due: i.DueOn, Total: i.Totals.Total, Paid: i.Paid, Credited: i.Credited}
}

// Name is the number as it is printed; "" for a draft.
func (i Invoice) Name() string { return policy.InvoiceName(i.Series, i.Year, i.Number) }

// Amounts are the lines as far as amounts follow from them.
func (b InvoiceBody) Amounts() []policy.InvoiceLine {
	ls := make([]policy.InvoiceLine, len(b.Lines))
	for i, l := range b.Lines {
		ls[i] = l.InvoiceLine
	}
	return ls
}

const (
	invoiceHeadPlace = "invoices.head"
	invoiceBodyPlace = "invoices.body"
)

// invoiceRow is an invoice as PostgreSQL keeps it, with its key; Body is absent
// where lists are read.
type invoiceRow struct {
	ID, CustomerID, Credits         int64
	Series                          string
	Year, Number                    int32
	IssuedOn, DueOn, KeptThrough    *time.Time
	Net, Tax, Total, Paid, Credited policy.Cents
	Reminders                       int16
	RemindedOn                      *time.Time
	CreatedAt                       time.Time
	Version                         int32
	Head, Body                      []byte
	KekEpoch                        int
	Wrapped                         []byte
}

const (
	invoiceColumns = `i.id, coalesce(i.customer_id, 0) as customer_id, coalesce(i.credits, 0) as credits,
		coalesce(i.series, '') as series, coalesce(i.year, 0) as year, coalesce(i.number, 0) as number, i.issued_on, i.due_on, i.kept_through,
		i.net, i.tax, i.total, i.paid, i.credited, i.reminders, i.reminded_on, i.created_at, i.version, i.head, `
	invoiceFrom     = `, k.kek_epoch, k.wrapped from invoices i join subject_keys k on k.subject_id = i.id`
	selectInvoice   = `select ` + invoiceColumns + `i.body` + invoiceFrom + ` where i.id = $1`
	selectNamed     = `select id from invoices where series = $1 and year = $2 and number = $3`
	selectRequested = `select ` + invoiceColumns + `i.body` + invoiceFrom + ` where i.created_by = $1 and i.request = $2`
)

// GetInvoice opens one invoice whole, and notes that its customer was seen.
func (tx *Tx) GetInvoice(ctx context.Context, id int64) (Invoice, error) {
	tx.About(id)
	return tx.oneInvoice(ctx, selectInvoice, id)
}

// FindInvoice gives the id of an issued invoice by its number.
func (tx *Tx) FindInvoice(ctx context.Context, series string, year, number int32) (id int64, err error) {
	err = tx.QueryRow(ctx, selectNamed, series, year, number).Scan(&id)
	return id, err
}

// GetRequested finds the invoice that the actor made by this request.
func (tx *Tx) GetRequested(ctx context.Context, request [16]byte) (Invoice, error) {
	return tx.oneInvoice(ctx, selectRequested, tx.Actor.ID, request)
}

func (tx *Tx) oneInvoice(ctx context.Context, sql string, args ...any) (Invoice, error) {
	all, err := tx.invoices(ctx, sql, args...)
	return one(all, err)
}

func (tx *Tx) invoices(ctx context.Context, sql string, args ...any) ([]Invoice, error) {
	rows, err := collect[invoiceRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Invoice, len(rows))
	for n, r := range rows {
		if all[n], err = tx.store.openInvoice(r); err != nil {
			return nil, err
		}
		if r.CustomerID != 0 {
			tx.Saw(r.CustomerID)
		}
	}
	return all, nil
}

func (s *Store) openInvoice(r invoiceRow) (Invoice, error) {
	i := Invoice{
		ID: r.ID, Customer: r.CustomerID, Credits: r.Credits, Series: r.Series, Year: r.Year, Number: r.Number,
		IssuedOn: orZero(r.IssuedOn), DueOn: orZero(r.DueOn), KeptThrough: orZero(r.KeptThrough), Paid: r.Paid, Credited: r.Credited,
		Reminders: r.Reminders, RemindedOn: orZero(r.RemindedOn), CreatedAt: r.CreatedAt, Version: r.Version,
	}
	i.Totals = policy.InvoiceTotals{Net: r.Net, Tax: r.Tax, Total: r.Total}
	key, err := s.Keys.Unwrap(r.ID, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
	if err != nil {
		return i, err
	}
	if err := openJSON(key, invoiceHeadPlace, r.Head, &i.InvoiceHead); err != nil || r.Body == nil {
		return i, err
	}
	if err := openJSON(key, invoiceBodyPlace, r.Body, &i.InvoiceBody); err != nil {
		return i, err
	}
	i.Totals = policy.TotalOf(i.Amounts())
	return i, nil
}

// invoiceKey gives the data key of an invoice that is there.
func (tx *Tx) invoiceKey(ctx context.Context, id int64) (seal.DataKey, error) {
	var w seal.Wrapped
	err := tx.QueryRow(ctx, `select kek_epoch, wrapped from subject_keys where subject_id = $1`, id).Scan(&w.Epoch, &w.Key)
	if err != nil {
		return seal.DataKey{}, err
	}
	return tx.store.Keys.Unwrap(id, w)
}

const (
	insertInvoice = `insert into invoices (id, customer_id, scope, credits, net, tax, total, created_at, created_by, updated_at, request, head, body)
		values ($1, nullif($2::bigint, 0), $3, nullif($4::bigint, 0), $5, $6, $7, $8, $9, $8, $10, $11, $12)`
	askInvoice = `insert into invoices (id, customer_id, scope, created_at, created_by, updated_at, request, head, body)
		values ($1, $2, $3, $4, $5, $4, $6, $7, $8)`
	insertKey = `insert into subject_keys (subject_id, kek_epoch, wrapped) values ($1, $2, $3)`
)

// CreateInvoice writes a draft and gives its id. scope is the owner of its
// customer, 0 without one.
func (tx *Tx) CreateInvoice(ctx context.Context, i Invoice, scope int32, request [16]byte) (id int64, err error) {
	if err := tx.QueryRow(ctx, `select nextval('subject_ids')`).Scan(&id); err != nil {
		return 0, err
	}
	key, wrapped := tx.store.Keys.NewKey(id)
	head, body := sealJSON(key, invoiceHeadPlace, i.InvoiceHead), sealJSON(key, invoiceBodyPlace, i.InvoiceBody)
	t := policy.TotalOf(i.Amounts())
	batch := &pgx.Batch{}
	if tx.Actor.Role == policy.Finance {
		batch.Queue(insertInvoice, id, i.Customer, scope, i.Credits, t.Net, t.Tax, t.Total, tx.Now, tx.Actor.ID, request, head, body)
	} else { // they may not say what it costs
		batch.Queue(askInvoice, id, i.Customer, scope, tx.Now, tx.Actor.ID, request, head, body)
	}
	batch.Queue(insertKey, id, wrapped.Epoch, wrapped.Key)
	tx.About(id)
	if i.Customer != 0 {
		tx.Saw(i.Customer)
	}
	return id, tx.SendBatch(ctx, batch).Close()
}

const updateInvoice = `update invoices set net = $3, tax = $4, total = $5, updated_at = $6, version = version + 1, head = $7, body = $8
	where id = $1 and version = $2 and issued_on is null`

// UpdateInvoice writes a draft anew that was read as i.Version. An error that
// holds a *StaleOf[Invoice] carries both versions.
func (tx *Tx) UpdateInvoice(ctx context.Context, i Invoice) error {
	key, err := tx.invoiceKey(ctx, i.ID)
	if err != nil {
		return err
	}
	t := policy.TotalOf(i.Amounts())
	tag, err := tx.Exec(ctx, updateInvoice, i.ID, i.Version, t.Net, t.Tax, t.Total, tx.Now,
		sealJSON(key, invoiceHeadPlace, i.InvoiceHead), sealJSON(key, invoiceBodyPlace, i.InvoiceBody))
	tx.About(i.ID)
	if err != nil || tag.RowsAffected() > 0 {
		return err
	}
	theirs, err := tx.GetInvoice(ctx, i.ID)
	if err != nil {
		return err
	}
	stale := policy.Errorf(policy.Conflict, "Somebody else changed or issued this draft meanwhile: look at it again.")
	if theirs.Number != 0 {
		return stale
	}
	return stale.Because(&StaleOf[Invoice]{i, theirs})
}

// InvoiceFields are the fields of a draft by name, in the order of the form.
var InvoiceFields = []FieldOf[Invoice]{
	{"debtor", func(i *Invoice) string { return i.Debtor.String() }, func(to, from *Invoice) { to.Debtor = from.Debtor }},
	{"attention", func(i *Invoice) string { return i.Attention.String() }, func(to, from *Invoice) { to.Attention = from.Attention }},
	{"address", func(i *Invoice) string {
		a := i.Address
		return strings.Trim(fmt.Sprintf("%s, %s %s, %s", a.Street, a.Postcode, a.City, a.Country), ", ")
	}, func(to, from *Invoice) { to.Address = from.Address }},
	{"vat", func(i *Invoice) string { return i.VATNumber.String() }, func(to, from *Invoice) { to.VATNumber = from.VATNumber }},
	{"mail", func(i *Invoice) string { return i.Mail.String() }, func(to, from *Invoice) { to.Mail = from.Mail }},
	{"subject", func(i *Invoice) string { return i.Subject.String() }, func(to, from *Invoice) { to.Subject = from.Subject }},
	{"reference", func(i *Invoice) string { return i.Reference.String() }, func(to, from *Invoice) { to.Reference = from.Reference }},
	{"remark", func(i *Invoice) string { return i.Remark.String() }, func(to, from *Invoice) { to.Remark = from.Remark }},
	{"lines", func(i *Invoice) string { return tellLines(i.Lines) }, func(to, from *Invoice) { to.Lines = from.Lines }},
}

func tellLines(all []InvoiceLine) string {
	told := make([]string, len(all))
	for n, l := range all {
		told[n] = fmt.Sprintf("%s; %s; %s; %s", l.Text, l.Quantity, l.Price, l.VAT)
		if l.Discount != 0 {
			told[n] += fmt.Sprintf("; -%d.%02d %%", l.Discount/100, l.Discount%100)
		}
	}
	return strings.Join(told, " · ")
}

// DropInvoice takes a draft away, its key included.
func (tx *Tx) DropInvoice(ctx context.Context, id int64) error {
	tx.About(id)
	if err := tx.must(ctx, `delete from subject_keys where subject_id = $1`, id); err != nil {
		return err
	}
	return tx.must(ctx, `delete from invoices where id = $1 and issued_on is null`, id)
}
