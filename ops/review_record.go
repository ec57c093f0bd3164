package ops

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Record is the signed end of an access review. It is kept as lines, each a
// JSON object: the review, then each grant, then each step. The hashes of all
// are signed, so that a line that was edited can be named.
type Record struct {
	Review    RecordReview
	Items     []RecordItem
	Steps     []RecordStep
	Public    ed25519.PublicKey
	signature []byte
	lines     [][]byte
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

// Digest stands for a record and all that is in it; the log keeps it.
type Digest [sha256.Size]byte

func (d Digest) String() string { return hex.EncodeToString(d[:]) }

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
	record := Record{Review: r, Items: items, Steps: steps, Public: public}
	var err error
	if record.lines, err = record.write(); err != nil {
		return Record{}, err
	}
	record.signature = sign(record.message())
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
func (r Record) write() (lines [][]byte, err error) {
	add := func(v any) {
		line, wrong := json.Marshal(v)
		if lines = append(lines, line); wrong != nil {
			err = wrong
		}
	}
	add(r.Review)
	for _, i := range r.Items {
		add(i)
	}
	for _, s := range r.Steps {
		add(s)
	}
	return lines, err
}

func (r Record) hashes() []string {
	all := make([]string, len(r.lines))
	for i, line := range r.lines {
		sum := sha256.Sum256(line)
		all[i] = hex.EncodeToString(sum[:])
	}
	return all
}

// message is what is signed; every hash has the same length.
func (r Record) message() []byte { return signedMessage(r.hashes()) }

func signedMessage(hashes []string) []byte {
	b := binary.BigEndian.AppendUint64([]byte(recordKind+"\n"), uint64(len(hashes)))
	return append(b, strings.Join(hashes, "")...)
}

// Digest is of what was signed and the signature.
func (r Record) Digest() Digest { return sha256.Sum256(append(r.message(), r.signature...)) }

// recordEnd is the last line of the file.
type recordEnd struct {
	Hashes    []string `json:"sha256"`
	Public    string   `json:"public_key"`
	Signature string   `json:"signature"`
}

const recordHead = `{"kind":"` + recordKind + `","lines":[`

// Bytes is the record as a file: one JSON value, a line for each thing.
func (r Record) Bytes() []byte {
	end, _ := json.Marshal(recordEnd{r.hashes(), hex.EncodeToString(r.Public), hex.EncodeToString(r.signature)}) // strings always can
	var b bytes.Buffer
	b.WriteString(recordHead + "\n")
	b.Write(bytes.Join(r.lines, []byte(",\n")))
	fmt.Fprintf(&b, "\n],%s\n", end[1:])
	return b.Bytes()
}

// ReadRecord reads a record and checks that it is as it was signed, with key,
// or with the one that it names for a nil key: then who made it is unproven. An
// error says which line was changed.
func ReadRecord(file []byte, key ed25519.PublicKey) (Record, error) {
	r, end, err := splitRecord(file)
	if err != nil {
		return Record{}, err
	}
	if key != nil && !key.Equal(r.Public) {
		return Record{}, policy.Errorf(policy.Conflict, "This record is signed with another key than the one given: it is another installation's, or was forged.")
	}
	if !ed25519.Verify(r.Public, signedMessage(end.Hashes), r.signature) {
		return Record{}, policy.Errorf(policy.Conflict, "The last line was edited: its signature does not fit its hashes.")
	}
	if err := r.compare(end.Hashes); err != nil {
		return Record{}, err
	}
	if err := r.parse(); err != nil {
		return Record{}, policy.Errorf(policy.Conflict, "The record can't be read, though its signature fits: it was made by a newer balie.")
	}
	return r, sameBytes(file, r.Bytes())
}

// splitRecord takes the file apart without believing any of it.
func splitRecord(file []byte) (r Record, end recordEnd, err error) {
	lines := bytes.Split(bytes.TrimSuffix(file, []byte("\n")), []byte("\n"))
	if len(lines) < 3 || string(lines[0]) != recordHead {
		return r, end, policy.Errorf(policy.Conflict, "Line 1 was edited, or this is no record of an access review: it begins otherwise.")
	}
	last, ok := bytes.CutPrefix(lines[len(lines)-1], []byte("],"))
	if !ok || json.Unmarshal(append([]byte("{"), last...), &end) != nil {
		return r, end, policy.Errorf(policy.Conflict, "The last line was edited or cut off: there is no signature.")
	}
	public, wrong := hex.DecodeString(end.Public)
	signature, also := hex.DecodeString(end.Signature)
	if wrong != nil || also != nil || len(public) != ed25519.PublicKeySize {
		return r, end, policy.Errorf(policy.Conflict, "The last line was edited or cut off: there is no signature.")
	}
	r.Public, r.signature = public, signature
	for _, line := range lines[1 : len(lines)-1] {
		r.lines = append(r.lines, bytes.TrimSuffix(line, []byte(",")))
	}
	return r, end, nil
}

// compare names the first line that is not as it was signed.
func (r Record) compare(signed []string) error {
	now := r.hashes()
	for i, hash := range now {
		if i < len(signed) && hash == signed[i] {
			continue
		}
		known := slices.Contains(signed, hash)
		moved := i >= len(signed) || slices.Contains(now, signed[i])
		switch {
		case known && moved:
			return policy.Errorf(policy.Conflict, "Line %d is not in its place: a line was moved or copied.", i+2)
		case moved:
			return policy.Errorf(policy.Conflict, "Line %d was added later.", i+2)
		case known:
			return policy.Errorf(policy.Conflict, "A line was cut out before line %d.", i+2)
		}
		return policy.Errorf(policy.Conflict, "Line %d was edited: %s.", i+2, r.lineName(i))
	}
	if len(now) < len(signed) {
		return policy.Errorf(policy.Conflict, "%d lines at the end were cut off.", len(signed)-len(now))
	}
	return nil
}

// lineName says what a line is about, as far as it still tells.
func (r Record) lineName(i int) string {
	var about struct {
		Login string      `json:"login"`
		Role  policy.Role `json:"role"`
		What  string      `json:"what"`
	}
	_ = json.Unmarshal(r.lines[i], &about)
	words := strings.Join(strings.Fields(text.Clean(about.Login+" "+string(about.Role)+" "+about.What)), " ")
	if words == "" {
		return "–"
	}
	return words
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

// sameBytes finds what the hashes don't cover: the marks between the lines.
func sameBytes(file, canonical []byte) error {
	if bytes.Equal(file, canonical) {
		return nil
	}
	return policy.Errorf(policy.Conflict, "Line %d was edited.", FirstDifference(file, canonical))
}

// FirstDifference is the number of the first line in which two files differ.
func FirstDifference(a, b []byte) int {
	as, bs := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(as), len(bs)) {
		if !bytes.Equal(as[i], bs[i]) {
			return i + 1
		}
	}
	return min(len(as), len(bs)) + 1
}
