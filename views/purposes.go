package views

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// purposes is what the organisation uses data for. The privacy officer decides.
type purposes struct {
	kit   *kit
	all   []db.Purpose
	known bool
	list  roster
	width int
	asks  latest
}

func newPurposes(k *kit) *purposes { return &purposes{kit: k} }

func (p *purposes) Title() string { return p.kit.t.Consent.Purposes }
func (p *purposes) Init() tea.Cmd { return p.load() }
func (p *purposes) Wake() tea.Cmd { return p.load() }
func (p *purposes) Leave()        { p.asks.drop() }

func (p *purposes) load() tea.Cmd {
	acts, actor := p.kit.Ops, p.kit.Actor
	return ask(p.kit, &p.asks, func(ctx context.Context) ([]db.Purpose, error) { return acts.ListPurposes(ctx, actor) },
		func(all []db.Purpose, err error) tea.Cmd {
			if err != nil {
				return p.kit.fail(err)
			}
			p.all, p.known, p.kit.purposes = all, true, db.Rules(all)
			p.list.put(p.rows(p.width))
			return nil
		})
}

func (p *purposes) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || p.list.press(key.String()) {
		return nil
	}
	one, onRow := p.list.item().(db.Purpose)
	switch key.String() {
	case "enter":
		if onRow {
			return open(newPurpose(p.kit, one.Name))
		}
	case "e":
		if onRow && p.kit.may(policy.PurposeSet) {
			return open(newPurposeForm(p.kit, one))
		}
	case "n":
		if p.kit.may(policy.PurposeSet) {
			return open(newPurposeForm(p.kit, db.Purpose{}))
		}
	case "ctrl+r":
		return p.load()
	}
	return nil
}

func (p *purposes) Keys() []binding {
	t, may := &p.kit.t.Consent, p.kit.may(policy.PurposeSet)
	return []binding{on("enter", p.kit.t.KeyOpen), on("e", t.KeyEdit).unless(may, t.OffOfficer), on("n", t.KeyNew).unless(may, t.OffOfficer), on("ctrl+r", p.kit.t.People.Reload)}
}

func purposeWidths(w int) []int {
	if w < threeColumns {
		return []int{25, 18, 10, max(w-60, 8)}
	}
	return []int{30, 44, 20, w - 104}
}

func (p *purposes) View(w, height int) string {
	t := &p.kit.t.Consent
	p.width = w
	p.list.put(p.rows(w))
	lines := []string{"   " + p.kit.st.faint.of(cut(columns(purposeWidths(w), t.Purpose, t.BasesHead, t.MeansHead, t.Version), w-4))}
	if !p.known {
		return join(append(lines, "   "+p.kit.st.faint.of(p.kit.t.Loading)))
	}
	room := max(height-len(lines), 1)
	return join(append(lines, block(p.list.lines(p.kit.st, w, room), w, room)...))
}

func (p *purposes) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(p.all))
	for i, one := range p.all {
		st, version := style(""), p.kit.versionOf(one)
		if one.Retired {
			st, version = p.kit.st.faint, p.kit.t.Consent.OutOfUse
		}
		rows[i] = rosterRow{id: string(one.Name), item: one, st: st, text: columns(purposeWidths(w), p.kit.purposeName(one.Name), p.kit.basesWords(one.Bases, one.Soft), p.kit.meansWords(one.Means), version)}
	}
	return rows
}

// versionOf is which version counts, since when.
func (k *kit) versionOf(p db.Purpose) string {
	if p.Version == 0 || p.At == nil {
		return k.t.Consent.Own
	}
	return k.num(int(p.Version)) + " · " + k.day(*p.At)
}

func (k *kit) basesWords(all []policy.Basis, soft bool) string {
	var words []string
	for _, b := range all {
		words = append(words, k.t.basis(b))
	}
	if soft {
		words = append(words, strings.ToLower(k.t.Consent.Soft))
	}
	return strings.Join(words, ", ")
}

func (k *kit) meansWords(all []policy.Means) string {
	var words []string
	for _, m := range all {
		words = append(words, cmpOr(k.t.Consent.Means[m], text.Clean(string(m))))
	}
	return strings.Join(words, ", ")
}
