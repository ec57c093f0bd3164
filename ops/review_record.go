package ops

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Record is the signed end of an access review. It is kept as lines, each a
// JSON object: the review, then each grant, then each step. The hashes of all
// are signed, so that a line that was edited can be named.
type Record struct {
	Review RecordReview
	Items  []RecordItem
	Steps  []RecordStep
	Signed
}

// RecordReview is the review as a whole.
type RecordReview struct {
	ID       int32       `json:"review"`
	Period   string      `json:"period,omitempty"`
	Person   string      `json:"person,omitempty"`
	Role     policy.Role `json:"role,omitempty"`
	Reason   text.Line   `json:"reason"`
	OpenedAt time.Time   `json:"opened_at"`
	OpenedBy string      `json:"opened_by,omitempty"` // "": the clock
	Since    time.Time   `json:"since"`
	Until    time.Time   `json:"until"`
	Due      time.Time   `json:"due_at"`
	ClosedAt time.Time   `json:"closed_at"`
}

// RecordItem is one grant: what was so when the review opened, and what was
// decided.
type RecordItem struct {
	Grant int32       `json:"grant"`
	Role  policy.Role `json:"role"`
	db.Snapshot
	Given     string          `json:"given_by,omitempty"`
	Viewed    int             `json:"viewed"`
	Usual     *int            `json:"usual,omitempty"`
	Unused    bool            `json:"unused"`
	MuchMore  bool            `json:"much_more"`
	Reviewer  string          `json:"reviewer,omitempty"`
	By        policy.ReviewBy `json:"by"`
	Escalated int             `json:"escalated"`
	Decision  policy.Decision `json:"decision"`
	Why       text.Line       `json:"why"`
	DecidedBy string          `json:"decided_by,omitempty"` // "": by itself
	DecidedAt *time.Time      `json:"decided_at,omitempty"`
	NewRole   policy.Role     `json:"new_role,omitempty"`
	NewUntil  *time.Time      `json:"new_until,omitempty"`
	SignedBy  string          `json:"signed_by,omitempty"`
	SignedAt  *time.Time      `json:"signed_at,omitempty"`
}

// RecordStep is one thing that happened on the way.
type RecordStep struct {
	Grant  int32     `json:"of_grant,omitempty"`
	At     time.Time `json:"at"`
	By     string    `json:"who,omitempty"` // "": the clock
	What   string    `json:"what"`
	Detail text.Line `json:"detail"`
}

const recordKind = "balie access review 1"

// makeRecord writes down a review that closes now, and signs it.
func makeRecord(ctx context.Context, tx *db.Tx, r db.Review) (Record, error) {
	items, err := tx.ReviewItems(ctx, r.ID)
	if err != nil {
		return Record{}, err
	}
	steps, err := tx.ReviewSteps(ctx, r.ID)
	if err != nil {
		return Record{}, err
	}
	colleagues, err := tx.Colleagues(ctx)
	if err != nil {
		return Record{}, err
	}
	login := func(id int32) string { return colleagues[id].Login }
	lines := make([]RecordItem, len(items))
	for n, i := range items {
		lines[n] = recordItem(i, r.Since, login)
	}
	happened := make([]RecordStep, len(steps))
	for n, s := range steps {
		happened[n] = RecordStep{s.GrantID, s.At.UTC(), login(s.By), s.What, s.Detail}
	}
	return NewRecord(recordReview(r, login, tx.Now), lines, happened, tx.PublicKey(), tx.SignRecord)
}

// NewRecord writes a record and has it signed.
func NewRecord(r RecordReview, items []RecordItem, steps []RecordStep, public ed25519.PublicKey, sign func([]byte) []byte) (Record, error) {
	record := Record{Review: r, Items: items, Steps: steps}
	lines, err := record.write()
	if err != nil {
		return Record{}, err
	}
	record.Signed = signLines(recordKind, lines, public, sign)
	return record, nil
}

func recordReview(r db.Review, login func(int32) string, now time.Time) RecordReview {
	return RecordReview{
		ID: r.ID, Period: r.Period, Person: login(r.PersonID), Role: r.Role, Reason: r.Reason, OpenedAt: r.OpenedAt.UTC(), OpenedBy: login(r.OpenedBy),
		Since: r.Since.UTC(), Until: r.Until.UTC(), Due: r.Due.UTC(), ClosedAt: now.UTC(),
	}
}

func recordItem(i db.ReviewItem, since time.Time, login func(int32) string) RecordItem {
	use := i.Use(since)
	return RecordItem{
		Grant: i.GrantID, Role: i.Role, Snapshot: i.Snapshot, Given: login(i.Snapshot.GrantedBy),
		Viewed: i.Viewed, Usual: i.Usual, Unused: use.Unused(), MuchMore: use.More(),
		Reviewer: login(i.Reviewer), By: i.By, Escalated: i.Level,
		Decision: i.Decision, Why: i.Reason, DecidedBy: login(i.DecidedBy), DecidedAt: utc(i.DecidedAt),
		NewRole: i.NewRole, NewUntil: utc(i.NewUntil), SignedBy: login(i.SignedBy), SignedAt: utc(i.SignedAt),
	}
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

// write gives the lines that are signed.
func (r Record) write() ([][]byte, error) {
	things := []any{r.Review}
	for _, i := range r.Items {
		things = append(things, i)
	}
	for _, s := range r.Steps {
		things = append(things, s)
	}
	return jsonLines(things)
}

// ReadRecord reads a record and checks that it is as it was signed, with key,
// or with the one that it names for a nil key: then who made it is unproven. An
// error says which line was changed.
func ReadRecord(file []byte, key ed25519.PublicKey) (r Record, err error) {
	if r.Signed, err = readSigned(recordKind, file, key); err != nil {
		return Record{}, err
	}
	if err := r.parse(); err != nil {
		return Record{}, errNewer()
	}
	return r, nil
}

// parse reads the lines, which are as they were signed.
func (r *Record) parse() error {
	if err := json.Unmarshal(r.lines[0], &r.Review); err != nil {
		return err
	}
	for _, line := range r.lines[1:] {
		var i RecordItem
		var s RecordStep
		if err := json.Unmarshal(line, &i); err == nil && i.Grant != 0 {
			r.Items = append(r.Items, i)
		} else if err := json.Unmarshal(line, &s); err == nil {
			r.Steps = append(r.Steps, s)
		} else {
			return err
		}
	}
	return nil
}
