package views

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// companyField shows the company of a contact; enter looks for another.
func (f *customerForm) companyField() *field {
	fd := &field{name: "companies", label: f.kit.t.Company, hint: f.kit.t.CompanyHint}
	fd.shows = func() string {
		i := mainLink(f.links)
		if i < 0 {
			return ""
		}
		name := cmpOr(f.links[i].Name.String(), f.kit.t.HiddenCompany)
		if more := len(f.links) - 1; more > 0 {
			name += "  +" + f.kit.num(more)
		}
		return name
	}
	fd.press = func() tea.Cmd {
		p := newPicker(f.kit, f.kit.t.WhichCompany, policy.Company, func(r db.Row) tea.Cmd {
			f.link(r)
			f.typed(fd)
			return nil
		})
		return tea.Batch(show(p), p.look())
	}
	return fd
}

// link makes r the main company, in place of the one before.
func (f *customerForm) link(r db.Row) {
	m := db.Membership{Company: r.ID, Name: r.Name(), Main: true}
	links := make([]db.Membership, 0, len(f.links)+1)
	main := mainLink(f.links)
	for i, l := range f.links {
		if i != main && l.Company != r.ID {
			l.Main = false
			links = append(links, l)
		}
	}
	f.links = append([]db.Membership{m}, links...)
}

// picker is a drawer that finds a customer as one types.
type picker struct {
	*choose
	kind  policy.CustomerKind
	rows  []db.Row
	asked string
	find  latest
}

func newPicker(k *kit, title string, kind policy.CustomerKind, then func(db.Row) tea.Cmd) *picker {
	p := &picker{kind: kind}
	p.choose = newChoose(k, title, nil, func(i int) tea.Cmd { return then(p.rows[i]) })
	p.keepAll = true
	return p
}

func (p *picker) Update(msg tea.Msg) (bool, tea.Cmd) {
	before := p.in.value()
	done, cmd := p.choose.Update(msg)
	if p.in.value() != before {
		return done, tea.Batch(cmd, p.look())
	}
	return done, cmd
}

// look searches, one question at a time: the newest text waits for its turn.
func (p *picker) look() tea.Cmd {
	if p.find.busy {
		return nil
	}
	p.asked = p.in.line().String()
	actor, q := p.k.Actor, db.Query{Kind: p.kind, Text: p.asked, Sort: db.ByName, Limit: chooseRows}
	return ask(p.k, &p.find, func(ctx context.Context) (db.Page, error) {
		return p.k.Ops.FindCustomers(ctx, actor, q)
	}, p.found)
}

func (p *picker) found(page db.Page, err error) tea.Cmd {
	if err != nil {
		return p.k.fail(err)
	}
	p.rows, p.all = page.Rows, make([]option, len(page.Rows))
	for i, r := range page.Rows {
		p.all[i] = option{text: r.Name().String(), hint: r.Mail.String()}
	}
	p.narrow()
	if p.asked != p.in.line().String() {
		return p.look()
	}
	return nil
}
