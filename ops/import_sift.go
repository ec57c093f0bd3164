package ops

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// sifted is what reading some rows gave: customers to write, and rows that
// can't be.
type sifted struct {
	rows    int
	numbers []int64 // left for its customers
	batch   []*pending
	refused []Fate
	unknown []string
}

func (r *importRun) sift(ctx context.Context, rows *sheet.Reader, out chan<- *sifted) error {
	for s := (&sifted{}); ; {
		if s.rows == 0 {
			s.numbers = r.nextNumbers(ctx)
		}
		row, err := rows.Next()
		bad, isBad := errors.AsType[*sheet.RowError](err)
		switch {
		case err == io.EOF:
			return send(ctx, out, s)
		case isBad:
			s.refused = append(s.refused, Fate{bad.Row, Refused, text.Line{}, bad.Reason})
		case err != nil:
			return err
		default:
			r.take(s, row)
		}
		if s.rows++; s.rows == importBatch {
			if err := send(ctx, out, s); err != nil {
				return err
			}
			s = &sifted{}
		}
	}
}

// nextNumbers are those of a batch; none when nothing is going to be written.
func (r *importRun) nextNumbers(ctx context.Context) []int64 {
	select {
	case ids := <-r.numbers:
		return ids
	case <-ctx.Done():
		return nil
	}
}

func send(ctx context.Context, out chan<- *sifted, s *sifted) error {
	select {
	case out <- s:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// take turns a row into a customer, or refuses it.
func (r *importRun) take(s *sifted, row sheet.Row) {
	v := r.preview.Mapping.Row(row.Cells)
	c, company := customer(v, r.ops.Country)
	c.Import, c.Source, c.Grounds = r.report.ID, r.in.Source, []policy.Ground{r.in.Ground}
	c.Elsewhere = text.New(r.elsewhere(kindWord(c.Kind), v.One(sheet.SourceID)))
	p := &pending{New: &db.New{Customer: c, Request: r.requests.next(), Note: text.NewBlock(v.One(sheet.Note))}, line: row.Line, company: company, at: r.elsewhere(kindWord(policy.Company), firstOf(v.One(sheet.CompanyID))), role: text.New(v.One(sheet.Role))}
	if err := r.fill(s, p, v); err != nil {
		s.refused = append(s.refused, Fate{row.Line, Refused, c.Name(), messageOf(err)})
		return
	}
	if len(s.numbers) > 0 {
		r.tx.Seal(p.New, s.numbers[0])
		s.numbers = s.numbers[1:]
	}
	if r.in.Twins != AddTwins {
		p.match = r.tx.RowToMatch(p.Customer, p.company)
	}
	s.batch = append(s.batch, p)
}

// fill adds what a row says in words that stand for something here.
func (r *importRun) fill(s *sifted, p *pending, v sheet.Values) (err error) {
	p.Status, p.Owner = r.in.Status, r.actor.ID
	if p.Values, err = r.own.fill(v, p.Kind); err != nil {
		return err
	}
	if status := v.One(sheet.Status); status != "" {
		if p.Status, err = policy.ParseStatus(strings.ToLower(status)); err != nil {
			return err
		}
	}
	if login := v.One(sheet.Owner); login != "" && r.actor.Role == policy.Manager {
		if p.Owner = r.owners[strings.ToLower(login)]; p.Owner == 0 {
			return policy.Errorf(policy.Invalid, "There is no colleague %q to own this: use a login name, or leave it empty.", login).On("owner")
		}
	}
	for _, name := range v[sheet.Tags] {
		r.tag(s, p, name)
	}
	if len(p.Note.String()) > maxNote {
		return policy.Errorf(policy.Invalid, "The note is too long: keep it under %d characters.", maxNote).On("note")
	}
	if err := CheckCustomer(&p.Customer, r.ops.Country); err != nil {
		return err
	}
	return r.guard.pass(p.said())
}

// said are the texts of the row's own; the source is the whole file's.
func (p *pending) said() []policy.Said {
	c := p.Customer
	c.Source = text.Line{}
	return append(saidOfCustomer(c), said("note", p.Note), saidName("role", p.role))
}

// tag takes over a tag of the managed list; others are left out and named.
func (r *importRun) tag(s *sifted, p *pending, name string) {
	id, known := r.tags[strings.ToLower(name)]
	switch {
	case known && !slices.Contains(p.Tags, id):
		p.Tags = append(p.Tags, id)
		slices.Sort(p.Tags)
	case !known && len(s.unknown) < maxUnknown:
		s.unknown = append(s.unknown, name)
	}
}

// maxUnknown is how many tags that aren't in the list a report names.
const maxUnknown = 50
