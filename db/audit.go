package db

import (
	"crypto/rand"
	"encoding/binary"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
	"balie/policy/text"
)

// Entry is what one act leaves in the log.
type Entry struct {
	Act      policy.Act
	Refused  bool
	Ref      int64   // what it is about, by its id
	Subjects []int64 // whose data was seen or changed
	Fields   []string
	Detail   string   // about the installation, never about customers
	despite  []string // kinds that the guard asked about
	why      string   // why they are kept
}

// AuditRow is a row of the log as PostgreSQL keeps it.
type AuditRow struct {
	ID       int64
	XID      uint64 `db:"xid"`
	At       time.Time
	Actor    int32
	Role     string
	Session  string
	Act      string
	Refused  bool
	Ref      int64
	Subjects []int64
	Purpose  []byte
	Fields   []string
	Detail   []byte
	Nonce    []byte
	MAC      []byte
}

// Saw notes whose data the transaction shows.
func (tx *Tx) Saw(subjects ...int64) { tx.entry.Subjects = append(tx.entry.Subjects, subjects...) }

// About notes what the act is about and which fields it touches.
func (tx *Tx) About(ref int64, fields ...string) { tx.entry.Ref, tx.entry.Fields = ref, fields }

// Detail notes something about the installation, such as a grant's reason; it
// is sealed under the system key. What is about a customer goes into history,
// under the customer's own key.
func (tx *Tx) Detail(text string) { tx.entry.Detail = text }

// Despite notes why something is kept that the guard asks about.
func (tx *Tx) Despite(kinds []policy.DangerKind, reason text.Line) {
	for _, k := range kinds {
		tx.entry.despite = append(tx.entry.despite, DespitePrefix+string(k))
	}
	tx.entry.why = reason.String()
}

// DespitePrefix begins, among the fields of a row of the log, the kinds that
// were kept for a reason, which is at the end of its detail.
const DespitePrefix = "despite "

// details are the entry's detail and the reason.
func (e Entry) details() string {
	if e.Detail != "" && e.why != "" {
		return e.Detail + "; " + e.why
	}
	return e.Detail + e.why
}

const (
	purposePlace = "audit.purpose"
	detailPlace  = "audit.detail"
)

const insertAudit = `insert into audit (at, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

func (tx *Tx) queueEntry(batch *pgx.Batch) {
	r := tx.auditRow()
	batch.Queue(insertAudit, r.At, r.Actor, r.Role, r.Session, r.Act, r.Refused, r.Ref,
		r.Subjects, r.Purpose, r.Fields, r.Detail, r.Nonce, r.MAC)
}

func (tx *Tx) auditRow() AuditRow {
	keys, e := tx.store.Keys, tx.entry
	nonce := make([]byte, 16)
	rand.Read(nonce)
	r := AuditRow{
		At: tx.Now, Actor: tx.Actor.ID, Role: string(tx.Actor.Role), Session: tx.Actor.Session,
		Act: string(e.Act), Refused: e.Refused, Ref: e.Ref,
		Subjects: orEmpty(e.Subjects), Fields: orEmpty(slices.Concat(e.Fields, e.despite)),
		Purpose: keys.Seal(purposePlace, 0, []byte(tx.Actor.Reason.String())),
		Detail:  keys.Seal(detailPlace, 0, []byte(e.details())),
		Nonce:   nonce,
	}
	r.MAC = keys.MAC(r.message())
	return r
}

// message is the whole row in one unambiguous form: every part has its length
// before it. xid and id are left out: PostgreSQL gives these, and the
// checkpoints fix them.
func (r AuditRow) message() []byte {
	var b []byte
	part := func(p []byte) {
		b = binary.AppendUvarint(b, uint64(len(p)))
		b = append(b, p...)
	}
	b = binary.AppendVarint(b, r.At.UnixMicro())
	b = binary.AppendVarint(b, int64(r.Actor))
	for _, s := range []string{r.Role, r.Session, r.Act} {
		part([]byte(s))
	}
	b = strconv.AppendBool(b, r.Refused)
	b = binary.AppendVarint(b, r.Ref)
	b = binary.AppendUvarint(b, uint64(len(r.Subjects)))
	for _, s := range r.Subjects {
		b = binary.AppendVarint(b, s)
	}
	b = binary.AppendUvarint(b, uint64(len(r.Fields)))
	for _, f := range r.Fields {
		part([]byte(f))
	}
	for _, p := range [][]byte{r.Purpose, r.Detail, r.Nonce} {
		part(p)
	}
	return b
}

// orEmpty makes nil an empty array: PostgreSQL would take nil for null.
func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
