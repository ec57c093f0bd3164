package views

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// ErasureActs are those of erasing, restricting and the suppression list.
type ErasureActs interface {
	PlanErasure(ctx context.Context, actor policy.Actor, id int64) (ops.ErasurePreview, error)
	Erase(ctx context.Context, actor policy.Actor, id int64) (ops.Certificate, error)
	Restrict(ctx context.Context, actor policy.Actor, id int64, on bool) (bool, error)
	ListErasures(context.Context, policy.Actor, db.ErasureQuery) ([]ops.Erased, error)
	GetErasure(ctx context.Context, actor policy.Actor, subject int64) (ops.Erased, error)
	TellRecipient(ctx context.Context, actor policy.Actor, subject int64, n int) error
	ListSuppressions(ctx context.Context, actor policy.Actor, lifted bool) ([]db.Suppression, error)
	LiftSuppression(ctx context.Context, actor policy.Actor, which string, why text.Line) (db.Suppression, error)
}

// privacyKeys are what an officer does with a customer.
func (c *customer) privacyKeys() []binding {
	if !c.kit.may(policy.CustomerErase) {
		return nil
	}
	t := &c.kit.t.Erasure
	restrict := t.KeyRestrict
	if c.sight.Restricted {
		restrict = t.KeyUnrestrict
	}
	return []binding{on("H", c.kit.t.Retention.KeyHold), on("R", restrict), on("E", t.KeyErase)}
}

func (c *customer) privacyAct(key string) tea.Cmd {
	switch {
	case !c.kit.may(policy.CustomerErase):
		return nil
	case key == "H":
		return open(newHoldForm(c.kit, c.sight.Customer))
	case key == "E":
		return open(newErase(c.kit, c.id, c.sight.Name(), eraseNow(c.kit, c.id)))
	}
	return c.restrict(!c.sight.Restricted)
}

func (c *customer) restrict(on bool) tea.Cmd {
	t := &c.kit.t.Erasure
	question, detail, done := t.RestrictAsk, t.RestrictDetail, t.RestrictDone
	if !on {
		question, detail, done = t.UnrestrictAsk, t.UnrestrictDetail, t.RestrictOff
	}
	acts, actor, id := c.kit.Ops, c.kit.Actor, c.id
	return show(newConfirm(c.kit, fmt.Sprintf(question, c.sight.Name()), []string{detail}, func() tea.Cmd {
		return perform(c.kit, &c.does, func(ctx context.Context) (bool, error) { return acts.Restrict(ctx, actor, id, on) },
			func(bool) string { return done }, c.reload)
	}))
}

// newErase shows what an erasure does, and wants the family name typed: there is
// no way back. erase does it.
func newErase(k *kit, id int64, of text.Line, erase func(*shortForm) tea.Cmd) *shortForm {
	t := &k.t.Erasure
	var plan *ops.ErasurePreview // until it is known
	name := textField("name", t.EraseType, "")
	s := newShortForm(k, fmt.Sprintf(t.EraseTitle, of), []*field{name})
	s.begin = func() tea.Cmd {
		acts, actor := k.Ops, k.Actor
		return ask(k, &s.looks, func(ctx context.Context) (ops.ErasurePreview, error) { return acts.PlanErasure(ctx, actor, id) },
			func(p ops.ErasurePreview, err error) tea.Cmd {
				if err == nil {
					plan, name.hint = &p, p.Customer.Family.String()
				}
				return k.fail(err)
			})
	}
	s.above = func(w int) []string { return erasePreview(k, plan, w) }
	s.form.save = func() tea.Cmd {
		if plan == nil {
			return notify(noteWarn, k.t.Loading)
		}
		if family := plan.Customer.Family.String(); s.form.value("name") != family {
			s.form.blame(policy.Errorf(policy.Invalid, t.EraseMistyped, family).On("name"))
			return nil
		}
		return erase(s)
	}
	return s
}

// eraseNow erases a customer, and goes to the certificates.
func eraseNow(k *kit, id int64) func(*shortForm) tea.Cmd {
	return func(s *shortForm) tea.Cmd {
		acts, actor := k.Ops, k.Actor
		return submit(s, func(ctx context.Context) (ops.Certificate, error) { return acts.Erase(ctx, actor, id) },
			func(cert ops.Certificate) tea.Cmd {
				k.forgetErased(id)
				return tea.Sequence(goTo(newErasures(k)), notify(noteGood, fmt.Sprintf(k.t.Erasure.Erased, cert.Subject)))
			})
	}
}

// forgetErased takes one who was erased out of what this session remembers.
func (k *kit) forgetErased(id int64) {
	kept := k.recents[:0]
	for _, r := range k.recents {
		if r.id != id {
			kept = append(kept, r)
		}
	}
	k.recents, k.undo = kept, nil
}

// erasePreview is the plan, with invoices of a kind on one line.
func erasePreview(k *kit, p *ops.ErasurePreview, w int) []string {
	t := &k.t.Erasure
	if p == nil {
		return []string{"", "  " + k.st.faint.of(k.t.Loading)}
	}
	lines := append([]string{""}, k.label(t.Goes, k.goes(p), w)...)
	for i, kept := range inKinds(p.Kept) {
		name := ""
		if i == 0 {
			name = t.Stays
		}
		lines = append(lines, k.label(name, k.t.keptLine(kept), w)...)
	}
	return append(lines, k.remarks(p, w)...)
}

// inKinds is one of each kind: how many, and until when the last of them stays.
func inKinds(all []ops.CertifiedKept) (kinds []ops.CertifiedKept) {
	at, n := map[ops.KeptKind]int{}, map[ops.KeptKind]int{}
	for _, k := range all {
		i, known := at[k.What]
		if !known {
			i = len(kinds)
			at[k.What], kinds = i, append(kinds, k)
		}
		if n[k.What]++; n[k.What] > 1 {
			kinds[i].Name, kinds[i].Until = fmt.Sprintf("×%d", n[k.What]), max(kinds[i].Until, k.Until)
		}
	}
	return kinds
}

func (k *kit) goes(p *ops.ErasurePreview) string {
	t := &k.t.Erasure
	parts := []string{t.table("customers")}
	for _, h := range p.Goes {
		parts = append(parts, fmt.Sprintf("%s %s", k.num(int(h.N)), t.table(h.Table)))
	}
	if p.Drafts > 0 {
		parts = append(parts, fmt.Sprintf("%s %s", k.num(p.Drafts), t.table("drafts")))
	}
	return strings.Join(parts, ", ")
}

func (k *kit) remarks(p *ops.ErasurePreview, w int) []string {
	lines := []string{""}
	for _, r := range k.t.Erasure.planRemarks(*p) {
		for _, l := range wrap(r, w-4) {
			lines = append(lines, "  "+k.st.due.of(l))
		}
	}
	return lines
}
