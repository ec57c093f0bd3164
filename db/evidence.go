package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"time"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Evidence is a file that proves an event: a scan, a recording.
type Evidence struct {
	ID       int64
	Consent  int64
	Customer int64
	At       time.Time
	Person   int32
	Size     int32
	EvidenceHead
}

// EvidenceHead is what of it is sealed under the person's key.
type EvidenceHead struct {
	Name text.Line `json:"n"`
	Hash string    `json:"h"` // SHA-256 of the file, in hex
}

const (
	evidenceHeadPlace = "evidence.head"
	evidencePartPlace = "evidence_parts.body"
	evidencePiece     = 256 << 10
)

// pieceMark stands before each piece, and binds it to its file and its place in
// it: none can be swapped or left out.
func pieceMark(id int64, n int) []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(nil, uint64(id)), uint32(n))
}

type evidenceRow struct {
	ID, ConsentID, CustomerID int64
	At                        time.Time
	PersonID, Size            int32
	Head                      []byte
	KekEpoch                  int
	Wrapped                   []byte
}

const (
	evidenceSQL = `select v.id, v.consent_id, e.customer_id, v.at, v.person_id, v.size, v.head, k.kek_epoch, k.wrapped
		from evidence v join consents e on e.id = v.consent_id join subject_keys k on k.subject_id = e.customer_id`
	evidenceOfSQL   = evidenceSQL + ` where e.customer_id = $1 order by v.id`
	oneEvidenceSQL  = evidenceSQL + ` where v.id = $1`
	piecesSQL       = `select body from evidence_parts where evidence_id = $1 and n = $2`
	insertEvidence  = `insert into evidence (consent_id, person_id, size, head) values ($1, $2, $3, $4) returning id`
	insertPiece     = `insert into evidence_parts (evidence_id, n, body) values ($1, $2, $3)`
	consentCustomer = `select customer_id from consents where id = $1`
)

// openedEvidence is a file with the person's key at hand, to read it.
type openedEvidence struct {
	Evidence
	key seal.DataKey
}

func (tx *Tx) evidence(ctx context.Context, sql string, arg int64) ([]openedEvidence, error) {
	rows, err := collect[evidenceRow](ctx, tx, sql, arg)
	if err != nil {
		return nil, err
	}
	all := make([]openedEvidence, len(rows))
	for i, r := range rows {
		all[i].Evidence = Evidence{ID: r.ID, Consent: r.ConsentID, Customer: r.CustomerID, At: r.At, Person: r.PersonID, Size: r.Size}
		if all[i].key, err = tx.store.Keys.Unwrap(r.CustomerID, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped}); err != nil {
			return nil, err
		}
		if err := openJSON(all[i].key, evidenceHeadPlace, r.Head, &all[i].EvidenceHead); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (tx *Tx) attachEvidence(ctx context.Context, customer int64, to []Consent) error {
	if len(to) == 0 {
		return nil
	}
	all, err := tx.evidence(ctx, evidenceOfSQL, customer)
	for _, v := range all {
		if i := slices.IndexFunc(to, func(c Consent) bool { return c.ID == v.Consent }); i >= 0 {
			to[i].Evidence = append(to[i].Evidence, v.Evidence)
		}
	}
	return err
}

// AddEvidence keeps a file of v.Size bytes with an event, in pieces that are
// each sealed under the person's key.
func (tx *Tx) AddEvidence(ctx context.Context, v Evidence, file io.Reader) (int64, error) {
	if err := tx.QueryRow(ctx, consentCustomer, v.Consent).Scan(&v.Customer); err != nil {
		return 0, err
	}
	key, err := tx.customerKey(ctx, v.Customer)
	if err != nil {
		return 0, err
	}
	err = tx.QueryRow(ctx, insertEvidence, v.Consent, tx.Actor.ID, v.Size, sealJSON(key, evidenceHeadPlace, v.EvidenceHead)).Scan(&v.ID)
	if err != nil {
		return 0, err
	}
	tx.Saw(v.Customer)
	tx.About(v.Customer, "evidence")
	return v.ID, inPieces(file, func(n int, piece []byte) error {
		_, err := tx.Exec(ctx, insertPiece, v.ID, n, key.Seal(evidencePartPlace, append(pieceMark(v.ID, n), piece...)))
		return err
	})
}

func inPieces(file io.Reader, keep func(n int, piece []byte) error) error {
	buffer := make([]byte, evidencePiece)
	for n := 0; ; n++ {
		size, err := io.ReadFull(file, buffer)
		if size > 0 {
			if err := keep(n, buffer[:size]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// ReadEvidence opens a file and writes it out, as one view in the log. What is
// not whole, or not what was kept, is an error.
func (tx *Tx) ReadEvidence(ctx context.Context, id int64, w io.Writer) (Evidence, error) {
	v, err := one(tx.evidence(ctx, oneEvidenceSQL, id))
	if err != nil {
		return v.Evidence, err
	}
	tx.Saw(v.Customer)
	tx.About(v.Customer, "evidence")
	hash := sha256.New()
	for n, left := 0, int(v.Size); left > 0; n++ {
		var sealed []byte
		if err := tx.QueryRow(ctx, piecesSQL, id, n).Scan(&sealed); err != nil {
			return v.Evidence, err
		}
		piece, err := v.key.Open(evidencePartPlace, sealed)
		if err != nil {
			return v.Evidence, err
		}
		piece, ok := bytes.CutPrefix(piece, pieceMark(id, n))
		if !ok {
			return v.Evidence, errEvidence()
		}
		left -= len(piece)
		hash.Write(piece)
		if _, err := w.Write(piece); err != nil {
			return v.Evidence, err
		}
	}
	if hex.EncodeToString(hash.Sum(nil)) != v.Hash {
		return v.Evidence, errEvidence()
	}
	return v.Evidence, nil
}

func errEvidence() error {
	return policy.Errorf(policy.Conflict, "The evidence is not what was kept: tell your admin.")
}
