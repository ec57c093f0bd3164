package db

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// What an archive holds is found in the catalogue: every table, every column.
// Only bytes must be described here, since the catalogue doesn't say what they
// are. TestArchive_EveryColumn fails for a column of bytes that is not.

// opener says by which key the bytes of a column open, in SQL over the row t:
// under the data key of subject or, without one or where that is null, under the
// system key with the id system. The place is always "table.column".
type opener struct{ subject, system string }

func subject(sql string) opener { return opener{subject: sql} }
func system(sql string) opener  { return opener{system: sql} }

const dealCustomer = `(select d.customer_id from deals d where d.id = t.deal_id)`

const consentCustomerOf = `(select e.customer_id from consents e where e.id = `

var sealedColumns = map[string]opener{
	"people.name":              system("t.id"),
	"grants.reason":            system("t.person_id"),
	"grants.end_reason":        system("t.person_id"),
	"totp.secret":              system("t.person_id"),
	"audit.purpose":            system("0"),
	"audit.detail":             system("0"),
	"imports.source":           system("0"),
	"customers.head":           subject("t.id"),
	"customers.body":           subject("t.id"),
	"memberships.role":         subject("t.contact_id"),
	"merges.material":          subject("t.winner"),
	"notes.body":               subject("t.customer_id"),
	"history.detail":           subject("t.customer_id"),
	"departures.reason":        system("t.person_id"),
	"reviews.reason":           system("0"),
	"reviews.record":           system("t.id"),
	"review_items.snapshot":    system("t.grant_id"),
	"review_items.reason":      system("t.grant_id"),
	"review_steps.detail":      system("t.review_id"),
	"unusual.note":             system("t.id"),
	"approvals.reason":         system("t.person_id"),
	"approvals.answer":         system("t.id"),
	"invoices.head":            subject("t.id"),
	"invoices.body":            subject("t.id"),
	"past_invoices.head":       subject("t.id"),
	"payments.body":            subject("t.invoice_id"),
	"invoice_reminders.body":   subject("t.invoice_id"),
	"deals.head":               subject("t.customer_id"),
	"deals.body":               subject("t.customer_id"),
	"deal_contacts.part":       subject("t.contact_id"),
	"deal_history.detail":      subject(dealCustomer),
	"tasks.head":               {"t.customer_id", "t.series"},
	"tasks.body":               {"t.customer_id", "t.series"},
	"erasures.record":          system("t.subject_id"),
	"suppressions.lift_reason": system("t.id"),
	"retention_rules.reason":   system("t.version"),
	"legal_holds.reason":       subject("t.customer_id"),
	"legal_holds.end_reason":   subject("t.customer_id"),
	"activities.body":          subject("t.customer_id"),
	"activity_history.detail":  subject("(select a.customer_id from activities a where a.id = t.activity_id)"),
	"task_history.detail":      {"t.customer_id", "(select k.series from tasks k where k.id = t.task_id)"},
	"requests.head":            {"nullif(t.subject_id, 0)", "t.id"},
	"requests.body":            {"nullif(t.subject_id, 0)", "t.id"},
	"request_steps.body":       {"nullif(t.subject_id, 0)", "t.request_id"},
	"request_systems.head":     system("t.request_id"),
	"request_systems.body":     {"nullif(t.subject_id, 0)", "t.request_id"},
	"consents.detail":          subject("t.customer_id"),
	"evidence.head":            subject(consentCustomerOf + "t.consent_id)"),
	"evidence_parts.body":      subject(consentCustomerOf + "(select v.consent_id from evidence v where v.id = t.evidence_id))"),
	"audiences.head":           system("0"),
	"register_entries.body":    system("t.id"),
	"saved_views.body":         system("t.id"),
}

// openBytes are columns of bytes that are not sealed: digests, which the new
// installation recognises because it takes over the ledger key, and hashes.
var openBytes = []string{
	"recovery_codes.digest", "invitations.digest", "imports.file_hash", "approvals.selection", "reviews.digest",
	"suppressions.digest", "dead_mails.digest", "request_marks.place",
	"wordings.hash", "consents.wording", "optins.digest", "audience_exports.hash",
	"audit.nonce", "audit.mac", "checkpoints.leaves", "checkpoints.digest", "checkpoints.prev", "checkpoints.signature",
}

// notArchived are tables that stay behind, and why.
var notArchived = map[string]string{
	"subject_keys": "Data keys open nothing elsewhere: the new installation makes its own for each of these.",
	"sessions":     "Nobody is signed in to the new installation; the log tells who was.",
}

// notRestored are tables that an archive holds to be read, and why they are not
// put back.
var notRestored = map[string]string{
	"audit":       "The log is evidence signed by the installation that wrote it: put into another one's log it would be forged. Keep the archive with it.",
	"checkpoints": "They sign the log of the installation that wrote it.",
}

// ArchiveTable is a table as an archive describes it.
type ArchiveTable struct {
	Name    string          `json:"name"`
	Columns []ArchiveColumn `json:"columns"`
	Key     []string        `json:"key"` // the primary key, by which rows are ordered
	Why     string          `json:"not_restored,omitempty"`
}

// ArchiveColumn is a column of it. What is sealed in the database is open in an
// archive: an object that says whose it is.
type ArchiveColumn struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Sealed bool   `json:"sealed,omitempty"`
}

const (
	selectArchiveColumns = `select c.relname as tab, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
		from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
		where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' order by c.relname, a.attnum`
	selectArchiveKeys = `select c.relname as tab, array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) as key
		from pg_index i join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
		where i.indisprimary and c.relnamespace = 'public'::regnamespace group by c.relname`
)

// archiveTables reads the catalogue. A table that can't be archived whole is an
// error: an archive without it would pass for complete.
func archiveTables(ctx context.Context, tx pgx.Tx) ([]ArchiveTable, error) {
	keys, err := archiveKeys(ctx, tx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, selectArchiveColumns)
	if err != nil {
		return nil, err
	}
	var all []ArchiveTable
	var table, name, kind string
	_, err = pgx.ForEachRow(rows, []any{&table, &name, &kind}, func() error {
		if notArchived[table] != "" {
			return nil
		}
		if len(all) == 0 || all[len(all)-1].Name != table {
			all = append(all, ArchiveTable{Name: table, Key: keys[table], Why: notRestored[table]})
		}
		_, sealed := sealedColumns[table+"."+name]
		t := &all[len(all)-1]
		t.Columns = append(t.Columns, ArchiveColumn{name, kind, sealed})
		return nil
	})
	for _, t := range all {
		if problem := t.problem(); problem != "" {
			err = errors.Join(err, fmt.Errorf("archive: %s", problem))
		}
	}
	return all, err
}

func archiveKeys(ctx context.Context, tx pgx.Tx) (map[string][]string, error) {
	rows, err := tx.Query(ctx, selectArchiveKeys)
	if err != nil {
		return nil, err
	}
	keys := map[string][]string{}
	var table string
	var key []string
	_, err = pgx.ForEachRow(rows, []any{&table, &key}, func() error {
		keys[table] = slices.Clone(key)
		return nil
	})
	return keys, err
}

// problem says what keeps a table from being archived, and what to do about it.
func (t ArchiveTable) problem() string {
	if len(t.Key) == 0 {
		return "table " + t.Name + " has no primary key to order it by: give it one, or name it in notArchived"
	}
	for _, c := range t.Columns {
		place := t.Name + "." + c.Name
		if strings.HasPrefix(c.Type, "bytea") && !c.Sealed && !slices.Contains(openBytes, place) {
			return place + " holds bytes: say in sealedColumns by which key it opens, in openBytes that it is no secret, or name its table in notArchived (db/archive_tables.go)"
		}
	}
	return ""
}

// sealed and plain are the names of its columns of either kind.
func (t ArchiveTable) names(sealed bool) (names []string) {
	for _, c := range t.Columns {
		if c.Sealed == sealed {
			names = append(names, c.Name)
		}
	}
	return names
}
