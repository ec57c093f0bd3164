package db

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"balie/policy"
)

// conflicts names what a unique constraint protects, in a person's words.
var conflicts = map[string]string{
	"people_login_key":       "This login name is taken: choose another one.",
	"keys_fingerprint_key":   "This key can't be used here: make a new one with ssh-keygen -t ed25519.",
	"tags_name_key":          "There is a tag of this name already.",
	"teams_name_key":         "There is a team of this name already.",
	"grants_live":            "This person holds that role already.",
	"imports_once":           "You imported this very file before with the same columns: revert that import first.",
	"customer_tags_pkey":     "The customer has this tag already.",
	"memberships_pkey":       "The contact belongs to this company already.",
	"bases_pkey":             "The customer has a basis for this purpose already.",
	"settings_pkey":          "Somebody else decided this meanwhile: look again.",
	"customers_request":      "This was saved already.",
	"notes_request":          "This was saved already.",
	"invoices_request":       "This was saved already.",
	"tasks_request":          "This was saved already.",
	"activities_request":     "This was saved already.",
	"payments_request":       "This was saved already.",
	"deals_request":          "This was saved already.",
	"requests_request":       "This was saved already.",
	"fields_name":            "There is a field of this name already.",
	"pipelines_name":         "There is a pipeline of this name already.",
	"invitations_digest_key": "Something went wrong with the code: try again.",
}

// kinded gives an error of PostgreSQL its kind, by code and constraint name,
// never by its words, and keeps it as the cause for the log.
func kinded(err error) error {
	if err == nil || policy.KindOf(err) != policy.Internal {
		return err
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return policy.ErrAbsent().Because(err)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return policy.Errorf(policy.Unavailable, "This was stopped before it was finished; nothing was saved.").Because(err)
	}
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return connection(err)
	}
	return byCode(pg, quiet{pg})
}

// Repeated says that a create failed because the same request was carried out
// before, its answer lost on the way.
func Repeated(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "23505" && strings.HasSuffix(pg.ConstraintName, "_request")
}

// quiet is PostgreSQL's error without its words: these may quote what a person
// typed, and causes are logged. Code, names and place tell an admin enough.
type quiet struct{ *pgconn.PgError }

func (q quiet) Error() string {
	parts := []string{"PostgreSQL", q.Code}
	for _, name := range []string{q.TableName, q.ColumnName, q.ConstraintName, q.Routine} {
		if name != "" {
			parts = append(parts, name)
		}
	}
	return strings.Join(parts, " ")
}

func (q quiet) Unwrap() error { return q.PgError }

func byCode(pg *pgconn.PgError, err error) error {
	switch {
	case pg.Code == "23505":
		msg, known := conflicts[pg.ConstraintName]
		if !known {
			msg = "There is one like this already."
		}
		return &policy.Error{Kind: policy.Conflict, Msg: policy.Message{Key: msg}, Cause: err}
	case pg.Code == "42501": // row security or a missing right: hidden and absent read the same
		return policy.ErrAbsent().Because(err)
	case pg.Code == "23503":
		return policy.ErrAbsent().Because(err)
	case pg.Code == "57014": // cancelled, by a revocation
		return policy.Errorf(policy.Unavailable, "This was stopped before it was finished; nothing was saved.").Because(err)
	case pg.Code == "40001", pg.Code == "40P01", pg.Code == "55P03":
		return policy.Errorf(policy.Conflict, "Somebody else was busy with this: try again.").Because(err)
	case strings.HasPrefix(pg.Code, "53"): // disk full, out of memory, too many connections
		return policy.Errorf(policy.Unavailable, "The database is full or overloaded; nothing was saved. Tell your admin.").Because(err)
	case strings.HasPrefix(pg.Code, "57P"), strings.HasPrefix(pg.Code, "08"):
		return connection(err)
	}
	return err
}

// connection is for errors that may be the network's or a restart's.
func connection(err error) error {
	var connect *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &connect) || errors.As(err, &network) || pgconn.SafeToRetry(err) || isPg(err) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return policy.Errorf(policy.Unavailable, "The database can't be reached just now: what you typed is kept, try again.").Because(err)
	}
	return err
}

func isPg(err error) bool {
	_, ok := errors.AsType[*pgconn.PgError](err)
	return ok
}
