package ops

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ProofKind is what a chain of evidence on a consent calls itself.
const ProofKind = "balie consent 1"

// ConsentProof is the chain of evidence on how somebody stood to a purpose on a date: the
// answer, the purpose as it was, what was said until then and to which words. It
// is signed, and whoever reads it can replay the answer.
type ConsentProof struct {
	Head     ProofHead
	Events   []ProofEvent
	Wordings []ProofWording
	Signed
}

// ProofHead is the question and its answer.
type ProofHead struct {
	Subject   int64              `json:"subject"`
	Name      text.Line          `json:"name"`
	Purpose   policy.Purpose     `json:"purpose"`
	Title     policy.Both        `json:"title"`
	Marketing bool               `json:"marketing"`
	On        time.Time          `json:"on"`
	State     policy.ConsentKind `json:"state"`
	Since     *time.Time         `json:"since,omitempty"`
	Objected  *time.Time         `json:"objected,omitempty"`
	Made      time.Time          `json:"made_at"`
	By        string             `json:"made_by"`
}

// ProofEvent is one thing that was said, and what proves it.
type ProofEvent struct {
	Event     int64              `json:"event"`
	Purpose   policy.Purpose     `json:"purpose"`
	Kind      policy.ConsentKind `json:"what"`
	How       policy.Channel     `json:"how"`
	At        time.Time          `json:"at"`
	Until     *time.Time         `json:"until,omitempty"`
	Recorded  time.Time          `json:"recorded_at"`
	By        string             `json:"login,omitempty"` // "": the person's own web session
	Session   string             `json:"session"`
	Marketing bool               `json:"marketing"`
	Wording   string             `json:"wording,omitempty"`
	Remark    text.Block         `json:"remark,omitzero"`
	Address   text.Line          `json:"address,omitzero"`
	Evidence  []ProofFile        `json:"evidence,omitempty"`
}

// ProofFile is a file of evidence, by its hash.
type ProofFile struct {
	ID   int64     `json:"id"`
	Name text.Line `json:"name"`
	Size int32     `json:"size"`
	Hash string    `json:"sha256"`
}

// ProofWording is what was asked, to the letter.
type ProofWording struct {
	Hash     string `json:"hash"`
	Language string `json:"language"`
	Text     string `json:"text"`
}

// ProveConsent gives the chain of evidence on a consent on a date; the zero date
// is now. What was recorded later of an earlier day is in it, with when it was.
func (o *Ops) ProveConsent(ctx context.Context, actor policy.Actor, customer int64, purpose policy.Purpose, on time.Time) (p ConsentProof, err error) {
	err = o.act(ctx, actor, policy.ConsentProve, policy.Resource{}, func(tx *db.Tx) error {
		p, err = proveConsent(ctx, tx, customer, purpose, on)
		tx.About(customer, string(purpose))
		return err
	})
	return p, err
}

func proveConsent(ctx context.Context, tx *db.Tx, customer int64, purpose policy.Purpose, on time.Time) (p ConsentProof, err error) {
	if on.IsZero() || on.After(tx.Now) {
		on = tx.Now
	}
	c, err := tx.GetCustomer(ctx, customer)
	if err != nil {
		return p, err
	}
	rules, err := tx.GetPurpose(ctx, purpose)
	if err != nil {
		return p, err
	}
	all, err := tx.ListConsents(ctx, customer)
	if err != nil {
		return p, err
	}
	colleagues, err := tx.Colleagues(ctx)
	if err != nil {
		return p, err
	}
	p.Head = ProofHead{Subject: customer, Name: c.Name(), Purpose: purpose, Title: rules.Title, Marketing: rules.Marketing, On: on.UTC(), Made: tx.Now.UTC(), By: tx.Actor.Login}
	for _, e := range all {
		if !e.At.After(on) && (e.Purpose == purpose || rules.Marketing && e.Marketing && (e.Kind == policy.Objected || e.Kind == policy.Lifted)) {
			p.Events = append(p.Events, proofEvent(e, colleagues[e.Person].Login))
		}
	}
	p.answer()
	if err := p.addWordings(ctx, tx); err != nil {
		return p, err
	}
	lines, err := jsonLines(p.things())
	p.Signed = signLines(ProofKind, lines, tx.PublicKey(), tx.SignRecord)
	return p, err
}

func proofEvent(e db.Consent, login string) ProofEvent {
	out := ProofEvent{
		Event: e.ID, Purpose: e.Purpose, Kind: e.Kind, How: e.How, At: e.At.UTC(), Recorded: e.Recorded.UTC(), By: login, Session: e.Session,
		Marketing: e.Marketing, Wording: hex.EncodeToString(e.Wording), Remark: e.Remark, Address: e.Address,
	}
	if !e.Until.IsZero() {
		out.Until = utc(&e.Until)
	}
	for _, v := range e.Evidence {
		out.Evidence = append(out.Evidence, ProofFile{v.ID, v.Name, v.Size, v.Hash})
	}
	return out
}

func (p ConsentProof) things() []any {
	things := []any{p.Head}
	for _, e := range p.Events {
		things = append(things, e)
	}
	for _, w := range p.Wordings {
		things = append(things, w)
	}
	return things
}

// replay works the state out of the events, as anybody can.
func (p ConsentProof) replay() policy.ConsentState {
	events := make([]policy.ConsentEvent, len(p.Events))
	for i, e := range p.Events {
		events[i] = policy.ConsentEvent{ID: e.Event, Purpose: e.Purpose, Kind: e.Kind, At: e.At, Marketing: e.Marketing}
		if e.Until != nil {
			events[i].Until = *e.Until
		}
	}
	return policy.StateOn(events, p.Head.Purpose, p.Head.Marketing, p.Head.On)
}

func (p *ConsentProof) answer() {
	s := p.replay()
	p.Head.State, p.Head.Since, p.Head.Objected = s.Is, nil, nil
	if !s.Since.IsZero() {
		p.Head.Since = &s.Since
	}
	if !s.Objected.IsZero() {
		p.Head.Objected = &s.Objected
	}
}

func (p *ConsentProof) addWordings(ctx context.Context, tx *db.Tx) error {
	all, err := tx.ListWordings(ctx, p.Head.Purpose)
	for _, w := range all {
		hash := hex.EncodeToString(w.Hash)
		if slices.ContainsFunc(p.Events, func(e ProofEvent) bool { return e.Wording == hash }) {
			p.Wordings = append(p.Wordings, ProofWording{hash, w.Language, w.Body})
		}
	}
	return err
}

// ReadProof reads a chain of evidence and checks that it is as it was signed, with
// key or, for a nil one, with the one that it names; that each yes has its words,
// which have its hash; and that the answer follows from what was said.
func ReadProof(file []byte, key ed25519.PublicKey) (p ConsentProof, err error) {
	if p.Signed, err = readSigned(ProofKind, file, key); err != nil {
		return p, err
	}
	if err := p.parse(); err != nil {
		return p, errNewer()
	}
	texts := map[string]bool{}
	for _, w := range p.Wordings {
		if hex.EncodeToString(policy.WordingHash(w.Text)) != w.Hash {
			return p, policy.Errorf(policy.Conflict, "A wording is not the one that its hash stands for.")
		}
		texts[w.Hash] = true
	}
	for _, e := range p.Events {
		if e.Kind.Yes() && !texts[e.Wording] {
			return p, policy.Errorf(policy.Conflict, "Event %d has no wording: what the person said yes to can't be told.", e.Event)
		}
	}
	again := p
	again.answer()
	was, _ := json.Marshal(p.Head)
	is, _ := json.Marshal(again.Head)
	if !bytes.Equal(was, is) {
		return p, policy.Errorf(policy.Conflict, "The answer does not follow from the events.")
	}
	return p, nil
}

// parse tells the lines apart by what only one kind of them has.
func (p *ConsentProof) parse() error {
	if err := json.Unmarshal(p.lines[0], &p.Head); err != nil {
		return err
	}
	for _, line := range p.lines[1:] {
		var e ProofEvent
		var w ProofWording
		if err := json.Unmarshal(line, &e); err == nil && e.Event != 0 {
			p.Events = append(p.Events, e)
		} else if err := json.Unmarshal(line, &w); err == nil {
			p.Wordings = append(p.Wordings, w)
		} else {
			return err
		}
	}
	return nil
}
