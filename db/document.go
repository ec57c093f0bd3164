package db

import (
	"context"
	"time"

	"balie/policy"
)

// Document is a text that was published.
type Document struct {
	Kind     policy.Document
	Language string
	Version  int32
	At       time.Time
	By       int32
	Body     string
}

const (
	documentColumns   = `kind, language, version, at, by, body from documents`
	listDocumentsSQL  = `select distinct on (kind, language) ` + documentColumns + ` order by kind, language, version desc`
	documentsOfSQL    = `select ` + documentColumns + ` where kind = $1 and language = $2 order by version desc limit 200`
	insertDocumentSQL = `insert into documents (kind, language, version, by, body) values ($1, $2, $3, $4, $5)`
)

// ListDocuments are the newest published texts.
func (tx *Tx) ListDocuments(ctx context.Context) ([]Document, error) {
	return collect[Document](ctx, tx, listDocumentsSQL)
}

// DocumentVersions are the published texts of one kind, the latest first.
func (tx *Tx) DocumentVersions(ctx context.Context, kind policy.Document, language string) ([]Document, error) {
	return collect[Document](ctx, tx, documentsOfSQL, kind, language)
}

// PublishDocument keeps a text as the one that counts outside from now on; d
// has the version that was the newest.
func (tx *Tx) PublishDocument(ctx context.Context, d Document) error {
	_, err := tx.Exec(ctx, insertDocumentSQL, d.Kind, d.Language, d.Version+1, tx.Actor.ID, d.Body)
	return err
}
