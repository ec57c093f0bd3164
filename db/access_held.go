package db

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Held says of a column that tells whom its rows are about in which section of an
// answer they are. With Part, rows are parts of entries there: they are fewer or
// more than these. Of gives the values of the column for a person; "" for the
// person's own number.
type Held struct {
	Column  string
	Section string
	Part    bool
	Of      string
}

const (
	dealsOf      = `select id from deals where customer_id = $1`
	invoicesOf   = `select id from invoices where customer_id = $1`
	consentsOf   = `select id from consents where customer_id = $1`
	requestIDsOf = `select id from requests where subject_id = $1`
)

// HeldIn are the columns whose rows about a person Hold gathers.
var HeldIn = []Held{
	{Column: "customers.id", Section: "record", Part: true},
	{Column: "bases.customer_id", Section: "purposes"},
	{Column: "groundless.customer_id", Section: "record", Part: true},
	{Column: "memberships.contact_id", Section: "companies"},
	{Column: "customer_tags.customer_id", Section: "record", Part: true},
	{Column: "consents.customer_id", Section: "consents"},
	{Column: "optins.consent_id", Section: "consents", Part: true, Of: consentsOf},
	{Column: "evidence.consent_id", Section: "evidence", Of: consentsOf},
	{Column: "evidence_parts.evidence_id", Section: "evidence", Part: true, Of: `select v.id from evidence v join consents c on c.id = v.consent_id where c.customer_id = $1`},
	{Column: "audience_members.customer_id", Section: "mailing_lists"},
	{Column: "notes.customer_id", Section: "notes"},
	{Column: "activities.customer_id", Section: "activities"},
	{Column: "tasks.customer_id", Section: "tasks"},
	{Column: "deals.customer_id", Section: "deals"},
	{Column: "deal_contacts.contact_id", Section: "parts"},
	{Column: "deal_history.deal_id", Section: "deal_changes", Of: dealsOf},
	{Column: "task_history.customer_id", Section: "task_changes"},
	{Column: "activity_history.activity_id", Section: "activity_changes", Of: `select id from activities where customer_id = $1`},
	{Column: "invoices.customer_id", Section: "invoices"},
	{Column: "invoice_reminders.invoice_id", Section: "reminders", Of: invoicesOf},
	{Column: "payments.invoice_id", Section: "payments", Of: invoicesOf},
	{Column: "past_invoices.customer_id", Section: "past_invoices"},
	{Column: "history.customer_id", Section: "changes"},
	{Column: "dead_mails.customer_id", Section: "dead_mails"},
	{Column: "merges.winner", Section: "merges"},
	{Column: "legal_holds.customer_id", Section: "holds"},
	{Column: "retention_events.customer_id", Section: "ends"},
	{Column: "archived.customer_id", Section: "record", Part: true},
	{Column: "requests.subject_id", Section: "requests"},
	{Column: "request_steps.request_id", Section: "request_steps", Of: requestIDsOf},
	{Column: "request_systems.request_id", Section: "request_systems", Of: requestIDsOf},
}

// NotHeld are columns that say whom rows are about, or could, and are no part of
// an answer, each with the reason.
var NotHeld = map[string]string{
	"subject_keys.subject_id":       "A key tells nothing: it opens what is gathered.",
	"search_tokens.customer_id":     "Keyed hashes of words that are gathered themselves; nobody can read them.",
	"memberships.company_id":        "The people of a company are others: each has an own record and an own right.",
	"deal_contacts.deal_id":         "The parts that others have in a deal are theirs to know.",
	"task_history.task_id":          "What a task was has the number of whose it was then.",
	"tasks.follows":                 "A task that comes back has the customer's number itself.",
	"invoices.credits":              "A credit note has the customer's number itself.",
	"request_steps.subject_id":      "Gathered by its request.",
	"request_systems.subject_id":    "Gathered by its request.",
	"request_pauses.request_id":     "A pause and its end are steps of the request, which are gathered.",
	"request_marks.request_id":      "Digests of places in an answer that tell about others; nobody can read them.",
	"erasures.subject_id":           "Of somebody erased nothing is left to gather; the certificate was given to them.",
	"erasure_recipients.subject_id": "As erasures.",
	"suppressions.subject_id":       "As erasures: keyed hashes of one who was erased. That an address of theirs is on the list is told in the record.",
	"audit.subjects":                "Who looked, by day and role, comes from the log by a function of its own; the log's other half is about colleagues.",
	"merges.loser":                  "A number under which nobody is any more; told where the record of the winner is.",
	"duplicates.a":                  "A guess of the program that two records are one person; the other may be somebody else's.",
	"duplicates.b":                  "As duplicates.a.",
	"changes.customer":              "Stands for some minutes: that a record was changed, for screens that show it.",
	"imports.id":                    "The file by which somebody came is told as the origin; its other rows are of others.",
}

// aboutSQL finds every column that says whom a row is about: those that refer to
// customers, those that are named so, and those that refer to a row of such a
// table, by any number of steps.
const aboutSQL = `with recursive about (rel, att) as (
		select c.oid, a.attnum from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
			left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and f.confrelid = 'customers'::regclass and a.attnum = any(f.conkey)
			where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
			and (f.oid is not null or a.attname ~ '^(customer|contact|company|subject|person_of|winner|loser)(_id|s)?$')
		union select f.conrelid, k.att from about x join pg_constraint f on f.contype = 'f' and f.confrelid = x.rel and f.confrelid <> 'customers'::regclass,
			unnest(f.conkey) k (att))
	select distinct c.relname::text || '.' || a.attname::text from about x join pg_class c on c.oid = x.rel join pg_attribute a on a.attrelid = x.rel and a.attnum = x.att order by 1`

// ColumnsAbout are all columns that say whom a row is about.
func (tx *Tx) ColumnsAbout(ctx context.Context) ([]string, error) {
	rows, err := tx.Query(ctx, aboutSQL)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// CountHeld counts the rows about a person by column, as far as the actor may see
// them.
func (tx *Tx) CountHeld(ctx context.Context, id int64) (map[string]int, error) {
	parts := make([]string, len(HeldIn))
	for i, h := range HeldIn {
		parts[i] = fmt.Sprintf("(select '%s', count(*)::int from %s)", h.Column, h.From())
	}
	rows, err := tx.Query(ctx, strings.Join(parts, " union all "), id)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	var column string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&column, &n}, func() error { counts[column] = n; return nil })
	return counts, err
}

// From is the table of a column with what picks a person's rows.
func (h Held) From() string {
	table, column, _ := strings.Cut(h.Column, ".")
	of := h.Of
	if of == "" {
		of = "$1::bigint"
	}
	return fmt.Sprintf("%s where %s in (%s)", pgx.Identifier{table}.Sanitize(), pgx.Identifier{column}.Sanitize(), of)
}
