package ops

import (
	"context"
	"encoding/hex"
	"io"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// EvidenceMost is the size of a file of evidence in bytes.
const EvidenceMost = 25 << 20

// AddEvidence keeps a file that proves an event: a scan, a recording.
func (o *Ops) AddEvidence(ctx context.Context, actor policy.Actor, consent int64, name text.Line, file *Spool) (id int64, err error) {
	if file.Size == 0 || file.Size > EvidenceMost {
		return 0, policy.Errorf(policy.Invalid, "Evidence is a file of at most %d MB, and not an empty one.", EvidenceMost>>20)
	}
	if name.IsZero() || len(name.String()) > 200 {
		return 0, policy.Errorf(policy.Invalid, "Give the file a name of at most %d characters.", 200).On("name")
	}
	err = o.act(ctx, actor, policy.ConsentRecord, policy.Resource{}, func(tx *db.Tx) error {
		v := db.Evidence{Consent: consent, Size: int32(file.Size), EvidenceHead: db.EvidenceHead{Name: name, Hash: hex.EncodeToString(file.Hash[:])}}
		id, err = tx.AddEvidence(ctx, v, file.Reader())
		return err
	})
	return id, err
}

// ReadEvidence writes a file of evidence, as it was kept.
func (o *Ops) ReadEvidence(ctx context.Context, actor policy.Actor, id int64, w io.Writer) (v db.Evidence, err error) {
	err = o.act(ctx, actor, policy.ConsentProve, policy.Resource{}, func(tx *db.Tx) error {
		v, err = tx.ReadEvidence(ctx, id, w)
		return err
	})
	return v, err
}
