package db

import (
	"context"
	"slices"
	"time"

	"balie/db/seal"
	"balie/policy"
)

// InvoiceQuery says which invoices a list shows. Zero fields don't filter.
type InvoiceQuery struct {
	State    policy.InvoiceState
	Year     int32
	Customer int64
	Where    string    // a filter of policy.InvoicesList
	Late     string    // of open ones: how late, as Owing has it
	Month    time.Time // issued in the month of this day
	Text     string    // words of which each begins a word of debtor, subject or number
	After    InvoiceCursor
	Limit    int
}

// InvoiceCursor is the place after which the next page begins; the zero one is
// the beginning.
type InvoiceCursor struct {
	IssuedOn time.Time // zero: a draft
	ID       int64
}

// InvoicePage is a page of a list: drafts first, then the latest.
type InvoicePage struct {
	Rows   []Invoice // without their bodies
	Next   InvoiceCursor
	More   bool
	Looked int // at so many; with a filter or a search, there can be more after a page that isn't full
}

const invoicesOfAny = `($4 = 0 or i.customer_id = $4)`

// What each state asks of a row, $1 being today.
const listInvoices = `select ` + invoiceColumns + `null::bytea as body` + invoiceFrom + `
	where case $2
		when 'draft' then i.issued_on is null
		when 'sent' then i.issued_on is not null and not i.settled and i.due_on >= $1
		when 'overdue' then i.issued_on is not null and not i.settled and i.due_on < $1
		when 'paid' then i.settled and i.credited < i.total
		when 'credited' then i.settled and i.credited >= i.total and i.total > 0
		else true end
	and ($3 = 0 or i.year = $3) and ` + invoicesOfAny + `
	and case $8
		when 'current' then not i.settled and i.due_on >= $1
		when '30' then not i.settled and i.due_on < $1 and i.due_on >= $1 - 30
		when '60' then not i.settled and i.due_on < $1 - 30 and i.due_on >= $1 - 60
		when '90' then not i.settled and i.due_on < $1 - 60 and i.due_on >= $1 - 90
		when 'older' then not i.settled and i.due_on < $1 - 90
		else true end
	and ($9::date is null or i.issued_on >= date_trunc('month', $9::date) and i.issued_on < date_trunc('month', $9::date) + interval '1 month')
	and (coalesce(i.issued_on, 'infinity'), i.id) < (coalesce($5, 'infinity'::date), $6)
	order by coalesce(i.issued_on, 'infinity') desc, i.id desc limit $7`

const (
	invoiceChunk = 500
	// maxScan bounds how many heads one page of a search or a filter opens: seven
	// years of a busy firm, in about a quarter of a second.
	maxScan = 50_000
)

// ListInvoices gives a page of those that the actor may see.
func (tx *Tx) ListInvoices(ctx context.Context, q InvoiceQuery, today time.Time) (InvoicePage, error) {
	if q.Limit <= 0 || q.Limit > invoiceChunk {
		q.Limit = 50
	}
	s, err := tx.newSieve(ctx, policy.InvoicesList, q.Where)
	if err != nil {
		return InvoicePage{}, err
	}
	words := seal.Words(q.Text + " " + s.Text)
	chunk := q.Limit + 1
	if len(words)+len(s.asks) > 0 {
		chunk = invoiceChunk
	}
	var page InvoicePage
	for at := q.After; ; {
		rows, err := tx.invoiceChunk(ctx, q, today, at, chunk)
		if err != nil {
			return page, err
		}
		page.Looked += len(rows)
		if page.add(s.invoices(rows, today), words, q.Limit); page.More || len(rows) < chunk {
			break
		}
		if at = rows[len(rows)-1].cursor(); page.Looked >= maxScan {
			page.More, page.Next = true, at
			break
		}
	}
	for _, i := range page.Rows {
		if i.Customer != 0 {
			tx.Saw(i.Customer)
		}
	}
	return page, nil
}

func (i Invoice) cursor() InvoiceCursor { return InvoiceCursor{i.IssuedOn, i.ID} }

func (p *InvoicePage) add(rows []Invoice, words []string, limit int) {
	for _, r := range rows {
		if !matches(seal.Words(r.Debtor.String()+" "+r.Subject.String()+" "+r.Name()), words) {
			continue
		}
		if len(p.Rows) == limit {
			p.More = true
			return
		}
		p.Rows, p.Next = append(p.Rows, r), r.cursor()
	}
}

// invoiceChunk reads some rows of a list without noting them as seen.
func (tx *Tx) invoiceChunk(ctx context.Context, q InvoiceQuery, today time.Time, at InvoiceCursor, n int) ([]Invoice, error) {
	var issued *time.Time
	if !at.IssuedOn.IsZero() {
		issued = &at.IssuedOn
	}
	id := at.ID
	if at == (InvoiceCursor{}) {
		id = 1<<63 - 1
	}
	sql := narrowed(listInvoices, invoicesOfAny, q.Customer)
	seen := len(tx.entry.Subjects)
	rows, err := tx.invoices(ctx, sql, today, string(q.State), q.Year, q.Customer, issued, id, n, q.Late, orNull(q.Month))
	tx.entry.Subjects = slices.Delete(tx.entry.Subjects, seen, len(tx.entry.Subjects))
	return rows, err
}

const listBooks = `select ` + invoiceColumns + `i.body` + invoiceFrom + `
	where i.year = $1 and (i.series, i.number) > ($2, $3) order by i.series, i.number limit $4`

// ListBooks gives issued invoices of a year whole, in order of their numbers,
// after the one given.
func (tx *Tx) ListBooks(ctx context.Context, year int32, after Invoice, most int) ([]Invoice, error) {
	return tx.invoices(ctx, listBooks, year, after.Series, after.Number, most)
}

// Owing is what is open, by how late it is: an ageing list.
type Owing struct {
	Late   string // "current", "30", "60", "90", "older": days after the due date, at most
	Number int64
	Open   policy.Cents
}

const selectOwing = `select case when due_on >= $1 then 'current' when due_on >= $1 - 30 then '30' when due_on >= $1 - 60 then '60'
		when due_on >= $1 - 90 then '90' else 'older' end as late, count(*) as number, sum(total - credited - paid)::bigint as open
	from invoices where issued_on is not null and not settled group by 1 order by min(due_on) desc`

// ListOwing sums what is open by how late it is.
func (tx *Tx) ListOwing(ctx context.Context, today time.Time) ([]Owing, error) {
	return collect[Owing](ctx, tx, selectOwing, today)
}

// Revenue is what was invoiced in a month, without VAT, less what was credited.
type Revenue struct {
	Month time.Time // its first day
	Net   policy.Cents
}

// By day first, as the index has them: that is what makes it cheap.
const selectRevenue = `select date_trunc('month', day)::date as month, sum(net)::bigint as net
	from (select issued_on as day, sum(net) as net from invoices where issued_on >= $1 group by issued_on) d group by 1 order by 1`

// ListRevenue gives each month since a day.
func (tx *Tx) ListRevenue(ctx context.Context, since time.Time) ([]Revenue, error) {
	return collect[Revenue](ctx, tx, selectRevenue, since)
}

// Settlement is all that sales sees of an invoice.
type Settlement struct {
	Series   string
	Year     int32
	Number   int32
	IssuedOn *time.Time
	DueOn    *time.Time
	Settled  bool
}

const selectSettlements = `select coalesce(series, '') as series, coalesce(year, 0) as year, coalesce(number, 0) as number, issued_on, due_on, settled
	from invoices where customer_id = $1 order by issued_on desc nulls first, id desc limit 200`

// ListSettlements says of a customer's invoices whether they are paid.
func (tx *Tx) ListSettlements(ctx context.Context, customer int64) (all []Settlement, err error) {
	err = tx.Together(ctx, tx.SettlementsOf(customer, &all))
	return all, err
}

// SettlementsOf is ListSettlements as one of several questions.
func (tx *Tx) SettlementsOf(customer int64, into *[]Settlement) Read {
	return hanging(tx, customer, into, func(_ int64, s Settlement) (Settlement, error) { return s, nil }, selectSettlements)
}

// today is the date now in a zone.
const todaySQL = `select (now() at time zone $1)::date`

// Today is the organisation's date.
func (tx *Tx) Today(ctx context.Context) (time.Time, error) {
	zone, err := tx.Setting(ctx, policy.TimeZone)
	if err != nil {
		return time.Time{}, err
	}
	var day time.Time
	err = tx.QueryRow(ctx, todaySQL, string(zone)).Scan(&day)
	return day, err
}

const selectWaiting = `select (select count(*) from invoices where issued_on is null),
	(select count(*)` + waitingFrom + `)`

// WaitingInvoices counts drafts, and reminders that are due.
func (tx *Tx) WaitingInvoices(ctx context.Context) (drafts, reminders int64, err error) {
	err = tx.QueryRow(ctx, selectWaiting).Scan(&drafts, &reminders)
	return drafts, reminders, err
}
