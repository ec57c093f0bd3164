package ops

import (
	"context"
	"encoding/json"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ErasurePreview is what an erasure would do, before anything is done.
type ErasurePreview struct {
	db.ErasurePlan
	Kept []CertifiedKept
	Held *db.Hold // a legal hold, which keeps all of it
}

// PlanErasure says what the erasure of a customer would take, what would stay,
// why and until when, and whom it concerns besides.
func (o *Ops) PlanErasure(ctx context.Context, actor policy.Actor, id int64) (p ErasurePreview, err error) {
	err = o.act(ctx, actor, policy.ErasurePlan, policy.Resource{}, func(tx *db.Tx) error {
		p.ErasurePlan, err = tx.PlanErasure(ctx, id)
		p.Kept = kept(p.ErasurePlan)
		tx.About(id)
		if err == nil {
			p.Held, err = tx.LegalHold(ctx, id)
		}
		return err
	})
	return p, err
}

// Erase erases a customer for good, for the actor's recorded reason, and gives
// the certificate. Nobody can take it back.
func (o *Ops) Erase(ctx context.Context, actor policy.Actor, id int64) (c Certificate, err error) {
	err = o.act(ctx, actor, policy.CustomerErase, policy.Resource{}, func(tx *db.Tx) error {
		plan, err := tx.PlanErasure(ctx, id)
		if policy.KindOf(err) == policy.Absent {
			return erasedBefore(ctx, tx, id, err)
		}
		if err != nil {
			return err
		}
		if c, err = certify(ctx, tx, plan); err != nil {
			return err
		}
		return erase(ctx, tx, c)
	})
	return c, err
}

func erase(ctx context.Context, tx *db.Tx, c Certificate) error {
	file, err := c.sign(tx.PublicKey(), tx.SignRecord)
	if err != nil {
		return err
	}
	record, err := json.Marshal(erasureRecord{tx.Actor.Reason, file})
	if err != nil {
		return err
	}
	gone, err := tx.Erase(ctx, []db.Erasing{{ID: c.Subject, Record: record, Suppress: true}})
	tx.About(c.Subject, "erased")
	if err == nil && len(gone) != 1 {
		err = stays(ctx, tx, c.Subject)
	}
	return err
}

// stays says why PostgreSQL didn't erase a customer.
func stays(ctx context.Context, tx *db.Tx, id int64) error {
	h, err := tx.LegalHold(ctx, id)
	if err != nil || h == nil {
		return orElse(err, policy.ErrAbsent())
	}
	return policy.Errorf(policy.Conflict, "A legal hold keeps customer %d through %s (art. 17(3)(e) GDPR): end it first, see retention holds.", id, h.Until.Format(time.DateOnly))
}

// erasedBefore tells who asks twice that it was done, as the answer to the first
// time may have been lost.
func erasedBefore(ctx context.Context, tx *db.Tx, id int64, otherwise error) error {
	if _, err := tx.GetErasure(ctx, id); err != nil {
		return otherwise
	}
	return policy.Errorf(policy.Conflict, "Customer %d was erased already: see erasures show.", id)
}

// certify writes down what is about to be done.
func certify(ctx context.Context, tx *db.Tx, p db.ErasurePlan) (Certificate, error) {
	name, err := tx.Setting(ctx, policy.OrgName)
	if err != nil {
		return Certificate{}, err
	}
	c := Certificate{
		Organisation: string(name), Subject: p.Customer.ID, Kind: p.Customer.Kind.String(), At: tx.Now.UTC(), By: tx.Actor.Login,
		Erased: []CertifiedCount{{"customers", 1}}, Kept: kept(p),
	}
	for _, h := range p.Goes {
		c.Erased = append(c.Erased, CertifiedCount{h.Table, h.N})
	}
	if p.Drafts > 0 {
		c.Erased = append(c.Erased, CertifiedCount{"drafts", int64(p.Drafts)})
	}
	colleagues, err := tx.Colleagues(ctx)
	for _, r := range p.Recipients {
		c.Recipients = append(c.Recipients, CertifiedReceiver{r.At.UTC(), colleagues[r.Person].Login, r.Act})
	}
	return c, err
}

// Erased is an erasure that was done.
type Erased struct {
	db.Erasure
	Reason      text.Line // of the officer
	Certificate Certificate
	File        []byte // the certificate, signed
	Recipients  []db.Recipient
}

func openErased(e db.Erasure) (Erased, error) {
	var r erasureRecord
	if err := json.Unmarshal(e.Record, &r); err != nil {
		return Erased{}, err
	}
	c, err := ReadCertificate(r.Certificate, nil)
	return Erased{Erasure: e, Reason: r.Reason, Certificate: c, File: r.Certificate}, err
}

// ListErasures gives those that were done, latest first.
func (o *Ops) ListErasures(ctx context.Context, actor policy.Actor, q db.ErasureQuery) (all []Erased, err error) {
	err = o.act(ctx, actor, policy.ErasureList, policy.Resource{}, func(tx *db.Tx) error {
		done, err := tx.ListErasures(ctx, q)
		for _, e := range done {
			opened, wrong := openErased(e)
			if wrong != nil {
				return wrong
			}
			all = append(all, opened)
		}
		return err
	})
	return all, err
}

// GetErasure gives one, by the number that the customer had, with those who are
// to be told.
func (o *Ops) GetErasure(ctx context.Context, actor policy.Actor, subject int64) (e Erased, err error) {
	err = o.act(ctx, actor, policy.ErasureList, policy.Resource{}, func(tx *db.Tx) error {
		done, err := tx.GetErasure(ctx, subject)
		if err != nil {
			return err
		}
		if e, err = openErased(done); err != nil {
			return err
		}
		e.Recipients, err = tx.ListRecipients(ctx, subject)
		return err
	})
	return e, err
}

// TellRecipient notes that the nth recipient of one who was erased was told.
func (o *Ops) TellRecipient(ctx context.Context, actor policy.Actor, subject int64, n int) error {
	return o.act(ctx, actor, policy.ErasureTell, policy.Resource{}, func(tx *db.Tx) error {
		return tx.TellRecipient(ctx, subject, n)
	})
}

// Restrict restricts a customer, for the actor's recorded reason, or ends that:
// art. 18 GDPR. What is restricted is kept and shown, and not used.
func (o *Ops) Restrict(ctx context.Context, actor policy.Actor, id int64, on bool) (changed bool, err error) {
	err = o.act(ctx, actor, policy.CustomerRestrict, policy.Resource{}, func(tx *db.Tx) error {
		changed, err = tx.Restrict(ctx, id, on, actor.Reason)
		return err
	})
	return changed, err
}

// erasuresUntold are those of which somebody is still to be told.
func erasuresUntold() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Privacy}, func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
		n, err := tx.UntoldErasures(ctx)
		if err != nil || n == 0 {
			return nil, err
		}
		return []Attention{{What: policy.Message{Key: "Erasures of which recipients are still to be told (art. 19 GDPR): %d.", Args: []any{n}}, Opens: "erasures"}}, nil
	}}
}
