package ops

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Recording is what a colleague records between a person and a purpose.
type Recording struct {
	Customer int64
	Purpose  policy.Purpose
	Kind     policy.ConsentKind
	How      policy.Channel
	At       time.Time // zero: now
	Language string    // of what was asked; nl or en
	Wording  string    // the beginning of its hash, for one of before; "": the present one
	Remark   text.Block
	Address  text.Line // mail or phone for which it holds
}

// RecordConsent keeps what a person said, and gives the number of the event. It
// counts at once; nothing takes it back but what the person says next.
func (o *Ops) RecordConsent(ctx context.Context, actor policy.Actor, r Recording, request RequestKey) (id int64, err error) {
	if r.Kind == policy.Asked {
		return 0, policy.Errorf(policy.Invalid, "Say what happened: given, offered, withdrawn, objected or lifted.").On("kind")
	}
	return o.recordConsent(ctx, actor, r, request, func(*db.Tx, *db.Consent) error { return nil }, nil)
}

// AskConsent begins a double opt-in: the purpose is pending until the person
// uses the link that holds the token, once and in time.
func (o *Ops) AskConsent(ctx context.Context, actor policy.Actor, r Recording, request RequestKey) (id int64, token policy.Sealed, err error) {
	token = policy.Seal(rand.Text() + rand.Text())
	r.Kind, r.At = policy.Asked, time.Time{}
	var until time.Time
	id, err = o.recordConsent(ctx, actor, r, request, func(tx *db.Tx, c *db.Consent) error {
		until = tx.Now.Add(policy.OptinLife)
		c.Until = until
		return nil
	}, func(tx *db.Tx, id int64) error { return tx.AddOptin(ctx, id, token, until) })
	return id, token, err
}

// ConfirmConsent is the person's use of the link, in a session of the web.
func (o *Ops) ConfirmConsent(ctx context.Context, token policy.Sealed, session string) error {
	return o.act(ctx, door(session), policy.ConsentConfirm, policy.Resource{}, func(tx *db.Tx) error {
		id, err := tx.ConfirmConsent(ctx, token, session)
		if err == nil && id == 0 {
			err = policy.Errorf(policy.Denied, "This link does not work any more: it was used, or is too old. Ask for a new one.")
		}
		return err
	})
}

func (o *Ops) recordConsent(ctx context.Context, actor policy.Actor, r Recording, request RequestKey, prepare func(*db.Tx, *db.Consent) error, then func(*db.Tx, int64) error) (id int64, err error) {
	if !slices.Contains(policy.Channels, r.How) {
		_, err := policy.ParseChannel(string(r.How))
		return 0, err
	}
	if len(r.Remark.String()) > maxNote || len(r.Address.String()) > maxField {
		return 0, policy.Errorf(policy.Invalid, "The remark is too long: keep it under %d characters.", maxNote).On("remark")
	}
	err = o.act(ctx, actor, policy.ConsentRecord, policy.Resource{}, func(tx *db.Tx) error {
		if err := guard(ctx, tx, []policy.Said{said("remark", r.Remark)}, nil); err != nil {
			return err
		}
		c := db.Consent{Customer: r.Customer, How: r.How, ConsentDetail: db.ConsentDetail{Remark: r.Remark, Address: r.Address}}
		c.Purpose, c.Kind, c.At = r.Purpose, r.Kind, r.At
		if err := prepare(tx, &c); err != nil {
			return err
		}
		if id, err = keepConsent(ctx, tx, c, r, request); err != nil || then == nil {
			return err
		}
		return then(tx, id)
	})
	if db.Repeated(err) {
		err = o.act(ctx, actor, policy.ConsentRecord, policy.Resource{}, func(tx *db.Tx) error {
			id, err = tx.MadeConsent(ctx, request)
			return err
		})
	}
	return id, err
}

// keepConsent writes the event, and what it does to the record's grounds.
func keepConsent(ctx context.Context, tx *db.Tx, c db.Consent, r Recording, request RequestKey) (int64, error) {
	who, err := tx.GetForUpdate(ctx, c.Customer) // two at once would not see each other's event
	if err != nil {
		return 0, err
	}
	p, err := tx.GetPurpose(ctx, c.Purpose)
	if err != nil {
		return 0, err
	}
	standings, err := tx.ListStandings(ctx, []int64{c.Customer})
	if err != nil {
		return 0, err
	}
	if err := policy.CheckEvent(c.ConsentEvent, standings[c.Customer], p.PurposeRules, tx.Now); err != nil {
		return 0, err
	}
	var asked db.Wording
	if c.Kind.Yes() {
		if asked, err = chooseWording(ctx, tx, p, r); err != nil {
			return 0, err
		}
	}
	c.Marketing = p.Marketing
	id, err := tx.AddConsent(ctx, c, asked, request)
	if err != nil {
		return 0, err
	}
	err = followConsent(ctx, tx, who, c.Purpose, request)
	tx.About(c.Customer, string(c.Kind), string(c.Purpose))
	return id, err
}

// chooseWording is what was asked: the present one of the purpose in the
// language, or an earlier one by its hash.
func chooseWording(ctx context.Context, tx *db.Tx, p db.Purpose, r Recording) (db.Wording, error) {
	if r.Wording == "" {
		w := db.Wording{Purpose: p.Name, Language: r.Language, Body: p.Wording.In(r.Language)}
		if w.Language != "nl" {
			w.Language = "en"
		}
		if w.Body == "" {
			return w, policy.Errorf(policy.Invalid, "There is no wording for %s yet: the privacy officer writes one first (purposes set).", string(p.Name)).On("wording")
		}
		return w, nil
	}
	all, err := tx.ListWordings(ctx, p.Name)
	if err != nil {
		return db.Wording{}, err
	}
	prefix, _ := hex.DecodeString(r.Wording[:len(r.Wording)&^1])
	for _, w := range all {
		if len(prefix) >= 4 && bytes.HasPrefix(w.Hash, prefix) && strings.HasPrefix(hex.EncodeToString(w.Hash), r.Wording) {
			return w, nil
		}
	}
	return db.Wording{}, policy.Errorf(policy.Invalid, "No wording of this purpose has that hash: see purposes show.").On("wording")
}

// followConsent brings the record's grounds in line with its events.
func followConsent(ctx context.Context, tx *db.Tx, c db.Customer, about policy.Purpose, request RequestKey) error {
	purposes, err := tx.ListPurposes(ctx)
	if err != nil {
		return err
	}
	standings, err := tx.ListStandings(ctx, []int64{c.ID})
	if err != nil {
		return err
	}
	c.Grounds = policy.GroundsAfter(standings[c.ID], db.Rules(purposes), about, tx.Now)
	return tx.SetGrounds(ctx, db.Update{Customer: c, Request: request, Act: policy.ConsentRecord})
}
