package ops

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"balie/db"
	"balie/ops/dossier"
	"balie/policy"
	"balie/policy/text"
)

// RunDrill picks somebody by chance and proves that access, portability and an
// erasure would be complete: every row about them is in the answer, and after the
// erasure, which is taken back, nothing of them can be read. What was not is in
// Wrong, and the drill is kept either way.
func (o *Ops) RunDrill(ctx context.Context, actor policy.Actor, say Saying) (d db.Drill, err error) {
	if actor.Reason.IsZero() {
		actor = actor.For(text.New("privacy drill"))
	}
	err = o.act(ctx, actor, policy.DrillRun, policy.Resource{}, func(tx *db.Tx) error {
		id, err := tx.RandomCustomer(ctx)
		if err != nil {
			return err
		}
		if d, err = drill(ctx, tx, id, say); err != nil {
			return err
		}
		d, err = tx.AddDrill(ctx, d)
		return err
	})
	return d, err
}

// ListDrills gives those that were done, the latest first.
func (o *Ops) ListDrills(ctx context.Context, actor policy.Actor) (all []db.Drill, err error) {
	err = o.act(ctx, actor, policy.DrillList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListDrills(ctx, 200)
		return err
	})
	return all, err
}

func drill(ctx context.Context, tx *db.Tx, id int64, say Saying) (d db.Drill, err error) {
	began := time.Now()
	h, answer, err := rehearsedAnswer(ctx, tx, id, say)
	if err != nil {
		return d, err
	}
	d.Answer = time.Since(began)
	counts, err := tx.CountHeld(ctx, id)
	if err != nil {
		return d, err
	}
	about, err := tx.ColumnsAbout(ctx)
	if err != nil {
		return d, err
	}
	for _, n := range answer.entries {
		d.Entries += n
	}
	d.Columns, d.Wrong = len(about), slices.Concat(unknown(about), answer.lacks(counts, h))
	began = time.Now()
	left, err := rehearsedErasure(ctx, tx, h.Customer)
	d.Erasure = time.Since(began)
	if err != nil {
		return d, err
	}
	for _, l := range left {
		d.Wrong = append(d.Wrong, "erasure: "+l)
	}
	return d, notErased(ctx, tx, id, counts)
}

// unknown are columns about people of which nobody said whether they are in an
// answer.
func unknown(about []string) (wrong []string) {
	for _, column := range about {
		held := slices.ContainsFunc(db.HeldIn, func(h db.Held) bool { return h.Column == column })
		if _, left := db.NotHeld[column]; !held && !left {
			wrong = append(wrong, column)
		}
	}
	return wrong
}

// rehearsedErasure erases somebody, looks what is left, and takes it back.
func rehearsedErasure(ctx context.Context, tx *db.Tx, was db.Customer) (left []string, err error) {
	err = tx.Rehearse(ctx, func() error {
		plan, err := tx.PlanErasure(ctx, was.ID)
		if err != nil {
			return err
		}
		if err := letGo(ctx, tx, was.ID); err != nil {
			return err
		}
		c, err := certify(ctx, tx, plan)
		if err != nil {
			return err
		}
		if err := erase(ctx, tx, c); err != nil {
			return err
		}
		left, err = tx.LeftOf(ctx, was)
		return err
	})
	return left, err
}

// letGo ends what the law holds somebody by, in a rehearsal: a real erasure waits
// for it.
func letGo(ctx context.Context, tx *db.Tx, id int64) error {
	for {
		h, err := tx.LegalHold(ctx, id)
		if err != nil || h == nil {
			return err
		}
		if err := tx.EndHold(ctx, h.ID, text.New("privacy drill")); err != nil {
			return err
		}
	}
}

// notErased fails the whole transaction unless everything is as it was: a
// rehearsal must never erase.
func notErased(ctx context.Context, tx *db.Tx, id int64, before map[string]int) error {
	after, err := tx.CountHeld(ctx, id)
	if err != nil {
		return err
	}
	for column, n := range before {
		if after[column] != n {
			return fmt.Errorf("after the rehearsal %s has %d rows, before %d", column, after[column], n)
		}
	}
	return nil
}

// rehearsed is an answer as its receiver opens it.
type rehearsed struct {
	entries  map[string]int // of each section, in the data
	portable map[string]int
	taken    bool // there is something to take along, or it is said why not
	files    int
	read     bool // the pages are there
}

// rehearsedAnswer writes the answer as to a request for access, locked with
// a new password, and opens it.
func rehearsedAnswer(ctx context.Context, tx *db.Tx, id int64, say Saying) (h db.Holding, r rehearsed, err error) {
	t, err := termsOf(ctx, tx)
	if err != nil {
		return h, r, err
	}
	if h, err = tx.Hold(ctx, id); err != nil {
		return h, r, err
	}
	d, err := describe(ctx, tx, h, t, "nl", say)
	if err != nil {
		return h, r, err
	}
	d.Request = "drill"
	password := dossier.NewPassphrase()
	var out bytes.Buffer
	if err := d.Pack(&out, dossier.ZIPLock(password), true); err != nil {
		return h, r, err
	}
	files, err := dossier.Open(out.Bytes(), password)
	if err != nil {
		return h, r, err
	}
	r, err = readBack(files)
	return h, r, err
}

func readBack(files map[string][]byte) (r rehearsed, err error) {
	if r.entries, err = entriesIn(files["data.json"]); err != nil {
		return r, err
	}
	if whole, there := files["portable/data.json"]; there {
		r.taken = true
		if r.portable, err = entriesIn(whole); err != nil {
			return r, err
		}
	} else {
		r.taken = len(files["portable/README.txt"]) > 0
	}
	for name := range files {
		if strings.HasPrefix(name, "files/") {
			r.files++
		}
	}
	r.read = len(files["overview.html"]) > 0 && bytes.HasPrefix(files["overview.pdf"], []byte("%PDF"))
	return r, nil
}

// entriesIn counts the entries of each section in the data of an answer.
func entriesIn(data []byte) (map[string]int, error) {
	var read struct {
		Sections map[string]struct {
			Entries []json.RawMessage `json:"entries"`
		} `json:"sections"`
	}
	if err := json.Unmarshal(data, &read); err != nil {
		return nil, fmt.Errorf("read the answer back: %w", err)
	}
	n := map[string]int{}
	for name, s := range read.Sections {
		n[name] = len(s.Entries)
	}
	return n, nil
}

// lacks says what the database has of somebody and the answer hasn't.
func (r rehearsed) lacks(counts map[string]int, h db.Holding) (wrong []string) {
	for _, held := range db.HeldIn {
		n, in := counts[held.Column], r.entries[held.Section]
		if !held.Part && in != n || held.Part && n > 0 && in == 0 {
			wrong = append(wrong, "access: "+held.Column)
		}
	}
	if !r.read {
		wrong = append(wrong, "access: overview")
	}
	files := 0
	for _, c := range h.Consents {
		files += len(c.Evidence)
	}
	if r.files != files {
		wrong = append(wrong, "access: files")
	}
	w := &writer{h: h}
	if !r.taken || w.onConsentOrContract() && r.portable["record"] == 0 {
		wrong = append(wrong, "portability: record")
	}
	return wrong
}

// drillStale is after how long a rehearsal tells little of today.
const drillStale = 90 * 24 * time.Hour

// lastDrill tells the officer how the last rehearsal went.
func lastDrill() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Privacy}, func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
		t, err := termsOf(ctx, tx)
		if err != nil {
			return nil, err
		}
		all, err := tx.ListDrills(ctx, 1)
		if err != nil {
			return nil, err
		}
		a := Attention{What: policy.Message{Key: "No privacy drill was done yet: do one, and see whether a request could be answered today."}, Opens: "drill"}
		if len(all) > 0 {
			d := all[0]
			a.What = DrillSaid(d, t.now.Location())
			a.Grave = len(d.Wrong) > 0
			if !a.Grave && tx.Now.Sub(d.At) > drillStale {
				a.What = policy.Message{Key: "The last privacy drill is of %s: do one again.", Args: []any{policy.DateOf(d.At.In(t.now.Location()))}}
			}
		}
		return []Attention{a}, nil
	}}
}

// DrillSaid is how a rehearsal went, in a sentence.
func DrillSaid(d db.Drill, zone *time.Location) policy.Message {
	on := policy.DateOf(d.At.In(zone))
	if len(d.Wrong) > 0 {
		return policy.Message{Key: "Privacy drill: not complete, %d things are wrong; last drill %s.", Args: []any{len(d.Wrong), on}}
	}
	return policy.Message{Key: "Drill: could answer in %s, erase in %s; last drill %s.", Args: []any{policy.Seconds(d.Answer), policy.Seconds(d.Erasure), on}}
}
