package views

import (
	"context"
	"encoding/hex"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// purposeView is one purpose whole, with its versions and all that people were
// ever asked for it.
type purposeView struct {
	kit   *kit
	name  policy.Purpose
	sight ops.PurposeSight
	known bool
	top   int
	page  int
	asks  latest
}

func newPurpose(k *kit, name policy.Purpose) *purposeView { return &purposeView{kit: k, name: name} }

func (p *purposeView) Title() string { return p.kit.purposeName(p.name) }
func (p *purposeView) Init() tea.Cmd { return p.load() }
func (p *purposeView) Wake() tea.Cmd { return p.load() }
func (p *purposeView) Leave()        { p.asks.drop() }

func (p *purposeView) load() tea.Cmd {
	acts, actor, name := p.kit.Ops, p.kit.Actor, p.name
	return ask(p.kit, &p.asks, func(ctx context.Context) (ops.PurposeSight, error) { return acts.ViewPurpose(ctx, actor, name) },
		func(s ops.PurposeSight, err error) tea.Cmd {
			if err == nil {
				p.sight, p.known = s, true
			}
			return p.kit.fail(err)
		})
}

func (p *purposeView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch key.String() {
	case "up", "k":
		p.top--
	case "down", "j":
		p.top++
	case "pgup":
		p.top -= p.page
	case "pgdown":
		p.top += p.page
	case "e":
		if p.known && p.kit.may(policy.PurposeSet) {
			return open(newPurposeForm(p.kit, p.sight.Purpose))
		}
	}
	return nil
}

func (p *purposeView) Keys() []binding {
	t := &p.kit.t.Consent
	return []binding{on("e", t.KeyEdit).unless(p.kit.may(policy.PurposeSet), t.OffOfficer), on("↑↓", p.kit.t.KeyMove), on("-", p.kit.t.KeyBack)}
}

func (p *purposeView) View(w, height int) string {
	if !p.known {
		return "\n   " + p.kit.st.faint.of(p.kit.t.Loading)
	}
	lines := p.lines(w)
	p.page = height
	p.top = max(min(p.top, len(lines)-height), 0)
	return join(lines[p.top:min(p.top+height, len(lines))])
}

func (p *purposeView) lines(w int) []string {
	t, s := &p.kit.t.Consent, p.sight
	lines := []string{""}
	add := func(name, value string) { lines = append(lines, p.kit.label(name, cmpOr(value, "–"), w)...) }
	yes := map[bool]string{true: t.Yes, false: t.No}
	add(t.Name, string(s.Name))
	add(t.Version, p.kit.versionOf(s.Purpose))
	add(t.State, map[bool]string{true: t.OutOfUse, false: t.InUse}[s.Retired])
	add(t.BasesHead, p.kit.basesWords(s.Bases, s.Soft))
	add(t.MeansHead, p.kit.meansWords(s.Means))
	add(t.Marketing, yes[s.Marketing])
	add(t.Months, p.kit.num(s.ConsentMonths)+" "+t.MonthsHint)
	for _, both := range []struct {
		nl, en string
		is     policy.Both
	}{{t.TitleNL, t.TitleEN, s.Title}, {t.DataNL, t.DataEN, s.Categories}, {t.ToNL, t.ToEN, s.Recipients}, {t.KeepNL, t.KeepEN, s.Retention}, {t.AskNL, t.AskEN, s.Wording}} {
		add(both.nl, text.Clean(both.is.NL.String()))
		add(both.en, text.Clean(both.is.EN.String()))
	}
	lines = append(lines, "", "  "+p.kit.st.strong.of(t.Versions))
	for _, v := range s.History {
		who := t.Own
		if v.Version > 0 {
			who = p.kit.colleague(v.By)
		}
		add(p.kit.versionOf(v), joinNonEmpty(" · ", who, p.kit.basesWords(v.Bases, v.Soft), p.kit.meansWords(v.Means), map[bool]string{true: t.OutOfUse}[v.Retired]))
	}
	lines = append(lines, "", "  "+p.kit.st.strong.of(t.ReadOut))
	for _, word := range s.Wordings {
		add("#"+hex.EncodeToString(word.Hash)[:8]+" "+word.Language, text.Clean(word.Body))
	}
	return lines
}
