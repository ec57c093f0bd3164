package ops

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"balie/db"
	"balie/ops/dossier"
	"balie/policy"
	"balie/policy/text"
)

// MarkAccess decides about places in an answer: they are left out, or not.
func (o *Ops) MarkAccess(ctx context.Context, actor policy.Actor, request int64, places []db.Stretch, redact bool) error {
	return o.act(ctx, handling(actor), policy.RequestGather, policy.Resource{}, func(tx *db.Tx) error {
		if len(places) == 0 {
			return policy.Errorf(policy.Invalid, "Say about which marks.")
		}
		return tx.DecideMarks(ctx, request, places, redact)
	})
}

// Released is an archive for a data subject.
type Released struct {
	Archive    []byte
	Passphrase policy.Sealed // what opens it; none when it is to the person's own key
	Name       string        // for the file
	Entries    int
	Redacted   int
}

// Closing is how an archive is closed: as a ZIP with a password, unless it says
// age.
type Closing struct {
	Age       bool
	Recipient string // the person's own public key of age; "" for a passphrase
}

// ReleaseAccess makes the archive that answers a request and notes in the
// register what went out. It is refused until it is known who asks, and until
// about each mark was decided.
func (o *Ops) ReleaseAccess(ctx context.Context, actor policy.Actor, request int64, lang string, how Closing, say Saying) (r Released, err error) {
	lock, err := how.lock(&r)
	if err != nil {
		return r, err
	}
	err = o.act(ctx, handling(actor), policy.RequestRelease, policy.Resource{}, func(tx *db.Tx) error {
		a, err := gather(ctx, tx, request, lang, say)
		if err != nil {
			return err
		}
		if err := releasable(a); err != nil {
			return err
		}
		if err := pack(a, lock, &r); err != nil {
			return err
		}
		r.Name += how.ending()
		q, err := tx.LockRequest(ctx, request)
		if err != nil {
			return err
		}
		q.WorkedAt = tx.Now
		return tx.StepRequest(ctx, q, policy.StepWork, db.StepBody{Said: text.NewBlock(fmt.Sprintf("%d, █ %d, SHA-256 %x", r.Entries, r.Redacted, sha256.Sum256(r.Archive)))})
	})
	return r, err
}

func (how Closing) lock(r *Released) (dossier.Lock, error) {
	if how.Recipient != "" {
		to, err := dossier.ParseRecipient(how.Recipient)
		return dossier.AgeLock(to), err
	}
	r.Passphrase = dossier.NewPassphrase()
	if !how.Age {
		return dossier.ZIPLock(r.Passphrase), nil
	}
	to, err := dossier.PassphraseRecipient(r.Passphrase)
	return dossier.AgeLock(to), err
}

// ending is that of the file's name.
func (how Closing) ending() string {
	if how.Age || how.Recipient != "" {
		return ".zip.age"
	}
	return ".zip"
}

func releasable(a AccessSight) error {
	if err := a.Request.Facts.May(policy.StepWork); err != nil {
		return err
	}
	if n := a.Open(); n > 0 {
		return policy.Errorf(policy.Conflict, "Look at each place that may tell about others first; %d are left: art. 15(4) GDPR.", n)
	}
	return nil
}

func pack(a AccessSight, lock dossier.Lock, r *Released) error {
	var out bytes.Buffer
	d := withoutFiles(a.Dossier, a.Texts)
	d, r.Redacted = redacted(d, a.Texts)
	err := d.Pack(&out, lock, a.Request.Kind == policy.Access)
	r.Archive, r.Entries, r.Name = out.Bytes(), d.Count(), a.Request.Name()
	return err
}

// withoutFiles leaves out the files that are not for the person.
func withoutFiles(d dossier.Dossier, texts []AccessText) dossier.Dossier {
	d.Files = slices.Clone(d.Files)
	for _, t := range texts {
		if t.Section == evidenceSection && slices.ContainsFunc(t.Marks, func(m AccessMark) bool { return m.State == MarkRedact }) {
			d.Files[t.Row].Write = nil
		}
	}
	return d
}
