package ops

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// ListAudiences are the mailing lists in use.
func (o *Ops) ListAudiences(ctx context.Context, actor policy.Actor) (all []db.Audience, err error) {
	err = o.act(ctx, actor, policy.AudienceList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListAudiences(ctx)
		return err
	})
	return all, err
}

// AddAudience saves a selection as a mailing list for a purpose.
func (o *Ops) AddAudience(ctx context.Context, actor policy.Actor, a db.Audience) (id int32, err error) {
	if a.Name.IsZero() || len(a.Name.String()) > 80 {
		return 0, policy.Errorf(policy.Invalid, "A mailing list needs a name of at most %d characters.", 80).On("name")
	}
	err = o.act(ctx, actor, policy.AudienceWrite, policy.Resource{}, func(tx *db.Tx) error {
		p, err := tx.GetPurpose(ctx, a.Purpose)
		if err != nil {
			return err
		}
		if a.Means == "" {
			a.Means = p.Means[0]
		}
		if p.Retired || !slices.Contains(p.Means, a.Means) {
			return policy.Errorf(policy.Invalid, "The purpose %s does not use %s, or is out of use: see purposes list.", string(p.Name), string(a.Means)).On("means")
		}
		id, err = tx.AddAudience(ctx, a)
		return err
	})
	return id, err
}

// RetireAudience takes a list out of use; what went out by it stays on record.
func (o *Ops) RetireAudience(ctx context.Context, actor policy.Actor, id int32) error {
	return o.act(ctx, actor, policy.AudienceWrite, policy.Resource{}, func(tx *db.Tx) error { return tx.RetireAudience(ctx, id) })
}

// AudienceSight is a list with how many it would reach now, whom it leaves out
// and why, and the times that it went out.
type AudienceSight struct {
	db.Audience
	May     int
	Left    []LeftCount
	Exports []db.AudienceExport
}

// ViewAudience counts a list at the gate. It shows nobody.
func (o *Ops) ViewAudience(ctx context.Context, actor policy.Actor, id int32) (s AudienceSight, err error) {
	err = o.act(ctx, actor, policy.AudienceExport, policy.Resource{}, func(tx *db.Tx) error {
		if s.Audience, err = tx.GetAudience(ctx, id); err != nil {
			return err
		}
		if s.Exports, err = tx.ListAudienceExports(ctx, id); err != nil {
			return err
		}
		by := map[policy.Why]int{}
		err = tx.WalkCustomers(ctx, s.Query, func(ids []int64) error {
			may, left, err := o.Gate(ctx, tx, s.Purpose, s.Means, ids)
			s.May += len(may)
			for _, l := range left {
				by[l.Why]++
			}
			return err
		})
		s.Left = countsOf(by)
		tx.About(int64(id))
		tx.Detail("counted")
		return err
	})
	return s, err
}

// Manifest goes with an exported list: for what it is, whom it left out, to which
// words the people on it said yes, and the hash of the file.
type Manifest struct {
	Audience int32          `json:"audience"`
	Purpose  policy.Purpose `json:"purpose"`
	Version  int32          `json:"purpose_version"`
	Means    policy.Means   `json:"means"`
	At       time.Time      `json:"at"`
	By       string         `json:"by"`
	Number   int            `json:"number"`
	Left     []LeftCount    `json:"left_out"`
	Wordings []WordingCount `json:"wordings"`
	Hash     string         `json:"sha256"`
}

// WordingCount is how many said yes to a wording.
type WordingCount struct {
	Hash string `json:"sha256"`
	N    int    `json:"number"`
}

// ExportAudience writes a list as CSV, with only what its means needs, and gives
// its manifest, which is kept. It is held to the limits of every export.
func (o *Ops) ExportAudience(ctx context.Context, actor policy.Actor, id int32, w io.Writer) (m Manifest, err error) {
	a, p, err := o.findAudience(ctx, actor, id)
	if err != nil {
		return m, err
	}
	run, err := o.newExportRun(ctx, actor, Export{Query: a.Query, Format: "audience", Purpose: a.Purpose, Means: a.Means})
	if err != nil {
		return m, err
	}
	var members []int64
	file, err := spoolCSV(audienceColumns(a.Means), run.reachable(ctx, a.Means, &members))
	if err != nil {
		return m, err
	}
	defer file.Close()
	m = Manifest{
		Audience: a.ID, Purpose: a.Purpose, Version: p.Version, Means: a.Means, By: actor.Login, Number: len(members),
		Left: countsOf(run.left), Wordings: run.wordings(members), Hash: hex.EncodeToString(file.Hash[:]),
	}
	if err := o.keepAudienceExport(ctx, actor, &m, members); err != nil {
		return m, err
	}
	_, err = io.Copy(w, file.Reader())
	return m, err
}

func (o *Ops) findAudience(ctx context.Context, actor policy.Actor, id int32) (a db.Audience, p db.Purpose, err error) {
	err = o.act(ctx, actor, policy.AudienceList, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(id))
		if a, err = tx.GetAudience(ctx, id); err != nil {
			return err
		}
		if a.Retired != nil {
			return policy.Errorf(policy.Invalid, "This mailing list is out of use: make a new one.")
		}
		p, err = tx.GetPurpose(ctx, a.Purpose)
		return err
	})
	return a, p, err
}

func (o *Ops) keepAudienceExport(ctx context.Context, actor policy.Actor, m *Manifest, members []int64) error {
	return o.act(ctx, actor, policy.AudienceExport, policy.Resource{}, func(tx *db.Tx) error {
		m.At = tx.Now.UTC()
		kept, err := json.Marshal(m)
		if err != nil {
			return err
		}
		hash, err := hex.DecodeString(m.Hash)
		if err != nil {
			return err
		}
		tx.Detail(fmt.Sprintf("%s by %s: %d, left out: %s, sha256 %s", m.Purpose, m.Means, m.Number, toldLeft(m.Left), m.Hash))
		_, err = tx.AddAudienceExport(ctx, db.AudienceExport{AudienceID: m.Audience, Hash: hash, Manifest: kept}, members)
		return err
	})
}

// wordings counts to which words the members said yes.
func (r *exportRun) wordings(members []int64) []WordingCount {
	by := map[string]int{}
	for _, id := range members {
		if hash := r.yes[id]; len(hash) > 0 {
			by[hex.EncodeToString(hash)]++
		}
	}
	all := []WordingCount{}
	for hash, n := range by {
		all = append(all, WordingCount{hash, n})
	}
	slices.SortFunc(all, func(a, b WordingCount) int { return strings.Compare(a.Hash, b.Hash) })
	return all
}

func audienceColumns(m policy.Means) []string {
	columns := []string{"id", "given", "prefix", "family", "company", "language"}
	return append(columns, map[policy.Means][]string{
		policy.ByMail: {"mail"}, policy.ByPhone: {"phone"}, policy.ByPost: {"street", "postcode", "city", "country"},
	}[m]...)
}

// addressFor is how a means reaches a person; empty when it doesn't.
func addressFor(c db.Customer, m policy.Means) []text.Line {
	switch a := c.Address; {
	case m == policy.ByMail && len(c.Mails) > 0:
		return []text.Line{c.Mails[0].Value}
	case m == policy.ByPhone && len(c.Phones) > 0:
		return []text.Line{c.Phones[0].Value}
	case m == policy.ByPost && !a.Street.IsZero() && !a.City.IsZero():
		return []text.Line{a.Street, a.Postcode, a.City, a.Country}
	}
	return nil
}

// reachable are the rows of those that the means reaches; the others are counted
// as left out.
func (r *exportRun) reachable(ctx context.Context, m policy.Means, members *[]int64) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for c, err := range r.customers(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			address := addressFor(c, m)
			if len(address) == 0 && m != policy.ByNone {
				r.left[r.whyUnreachable(c.ID)]++
				continue
			}
			*members = append(*members, c.ID)
			company := text.Line{}
			if len(c.Companies) > 0 {
				company = c.Companies[0].Name
			}
			row := []string{fmt.Sprint(c.ID)}
			for _, l := range append([]text.Line{c.Given, c.Prefix, c.Family, company, c.Language}, address...) {
				row = append(row, l.String())
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func (r *exportRun) whyUnreachable(id int64) policy.Why {
	if r.dead[id] {
		return policy.WhyDead
	}
	return policy.WhyNoAddress
}

// spoolCSV writes a file before anybody gets it: its hash goes into the log first.
func spoolCSV(columns []string, rows iter.Seq2[[]string, error]) (*Spool, error) {
	r, w := io.Pipe()
	wrote := make(chan error, 1)
	go func() {
		err := db.Safely(func() error { return sheet.WriteCSV(w, columns, rows, sheet.CSV{}) })()
		wrote <- err
		w.CloseWithError(err)
	}()
	file, err := NewSpool(r, 1<<40)
	r.Close()
	if why := <-wrote; why != nil && err != nil {
		err = why // which the spool tells as a cut connection
	}
	return file, err
}
