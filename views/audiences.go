package views

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// audiences are the mailing lists. What they reach is counted when asked: it goes
// through the gate each time.
type audiences struct {
	kit   *kit
	all   []db.Audience
	seen  ops.AudienceSight // the one that was counted last
	known bool
	list  roster
	width int
	asks  latest
	does  latest
}

func newAudiences(k *kit) *audiences { return &audiences{kit: k} }

func (a *audiences) Title() string { return a.kit.t.Consent.Audiences }
func (a *audiences) Init() tea.Cmd { return a.load() }
func (a *audiences) Wake() tea.Cmd { return a.load() }
func (a *audiences) Leave()        { a.asks.drop(); a.does.drop() }

func (a *audiences) load() tea.Cmd {
	acts, actor := a.kit.Ops, a.kit.Actor
	return ask(a.kit, &a.asks, func(ctx context.Context) ([]db.Audience, error) { return acts.ListAudiences(ctx, actor) },
		func(all []db.Audience, err error) tea.Cmd {
			if err != nil {
				return a.kit.fail(err)
			}
			a.all, a.known = all, true
			a.list.put(a.rows(a.width))
			return nil
		})
}

func (a *audiences) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || a.list.press(key.String()) {
		return nil
	}
	one, onRow := a.list.item().(db.Audience)
	switch key.String() {
	case "enter":
		if onRow {
			return a.kit.withReason(func() tea.Cmd { return a.count(one.ID) })
		}
	case "n":
		return open(newAudienceForm(a.kit))
	case "x":
		if onRow && a.whyNot(one) == "" {
			return a.retire(one)
		}
	case "ctrl+r":
		return a.load()
	}
	return nil
}

func (a *audiences) count(id int32) tea.Cmd {
	acts, actor := a.kit.Ops, a.kit.Actor
	return ask(a.kit, &a.does, func(ctx context.Context) (ops.AudienceSight, error) { return acts.ViewAudience(ctx, actor, id) },
		func(s ops.AudienceSight, err error) tea.Cmd {
			if err == nil {
				a.seen = s
			}
			return a.kit.fail(err)
		})
}

func (a *audiences) whyNot(one db.Audience) string {
	if one.By != a.kit.Actor.ID && a.kit.Actor.Role != policy.Privacy {
		return a.kit.t.Consent.OffOfficer
	}
	return ""
}

func (a *audiences) retire(one db.Audience) tea.Cmd {
	t, acts, actor := &a.kit.t.Consent, a.kit.Ops, a.kit.Actor
	return show(newConfirm(a.kit, fmt.Sprintf(t.RetireAsk, one.Name.String()), nil, func() tea.Cmd {
		return perform(a.kit, &a.does, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, acts.RetireAudience(ctx, actor, one.ID)
		},
			func(struct{}) string { return t.RetireDone }, a.load)
	}))
}

func (a *audiences) Keys() []binding {
	t := &a.kit.t.Consent
	one, onRow := a.list.item().(db.Audience)
	why := a.kit.t.OffNothing
	if onRow {
		why = a.whyNot(one)
	}
	return []binding{
		on("enter", t.KeyCount).unless(onRow, a.kit.t.OffNothing), on("n", t.AudienceTitle), on("x", t.KeyRetire).unless(why == "", why),
		on("ctrl+r", a.kit.t.People.Reload), on("-", a.kit.t.KeyBack),
	}
}

func audienceWidths(w int) []int { return []int{5, max(w-66, 18), 30, 10, 16} }

func (a *audiences) View(w, height int) string {
	t := &a.kit.t.Consent
	a.width = w
	a.list.put(a.rows(w))
	lines := []string{"   " + a.kit.st.faint.of(cut(columns(audienceWidths(w), "#", t.AudienceName, t.Purpose, t.ByMeans, ""), w-4))}
	if !a.known {
		return join(append(lines, "   "+a.kit.st.faint.of(a.kit.t.Loading)))
	}
	if len(a.all) == 0 {
		return join(append(lines, indent(wrap(t.NoAudiences, min(w-6, formWidth)), w)...))
	}
	below := a.counted(w)
	room := max(height-len(lines)-len(below), 3)
	return join(append(append(lines, block(a.list.lines(a.kit.st, w, room), w, room)...), below...))
}

// counted says of the list that was counted last whom it reaches and leaves out.
func (a *audiences) counted(w int) []string {
	t, s := &a.kit.t.Consent, a.seen
	if a.does.busy {
		return []string{"", "   " + a.kit.st.faint.of(a.kit.t.Loading)}
	}
	if s.ID == 0 {
		return nil
	}
	lines := []string{"", "  " + a.kit.st.strong.of(cut(s.Name.String(), w-4))}
	add := func(name, value string) { lines = append(lines, a.kit.label(name, value, w)...) }
	add(t.Reaches, a.kit.counted(s.May))
	for i, l := range s.Left {
		name := t.LeftOut
		if i > 0 {
			name = ""
		}
		add(name, a.kit.leftWords([]ops.LeftCount{l}))
	}
	went := t.NeverWent
	if len(s.Exports) > 0 {
		went = a.kit.moment(s.Exports[0].At) + " · " + a.kit.colleague(s.Exports[0].PersonID)
	}
	add(t.Went, went)
	return append(lines, "  "+a.kit.st.faint.of(fmt.Sprintf(t.ExportBy, s.ID)))
}

func (a *audiences) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(a.all))
	for i, one := range a.all {
		id := strconv.Itoa(int(one.ID))
		rows[i] = rosterRow{id: id, item: one, text: columns(audienceWidths(w), id, one.Name.String(), a.kit.purposeName(one.Purpose), a.kit.meansWords([]policy.Means{one.Means}), a.kit.colleague(one.By))}
	}
	return rows
}

// newAudienceForm saves a selection as a mailing list.
func newAudienceForm(k *kit) *shortForm {
	t := &k.t.Consent
	var means []option
	for _, m := range policy.AllMeans[:3] {
		means = append(means, option{text: t.Means[m]})
	}
	status := []option{{text: t.AnyStatus}}
	for _, s := range policy.Statuses {
		status = append(status, option{text: k.t.status(s)})
	}
	tags := []option{{text: t.AnyTag}}
	for _, tag := range k.tags {
		tags = append(tags, option{text: k.tagName(tag.ID)})
	}
	s := newShortForm(k, t.AudienceTitle, []*field{
		textField("name", t.AudienceName, ""), choiceField("purpose", t.Purpose, k.purposeOptions(k.purposeNames(nil)), 0), choiceField("means", t.ByMeans, means, 0),
		textField("search", t.Search, "").hinted(t.SearchHint),
		choiceField("kind", t.Kind, []option{{text: t.AnyKind}, {text: k.t.company(policy.Person)}, {text: k.t.company(policy.Company)}}, 0),
		choiceField("status", t.Status, status, 0), choiceField("tag", t.Tag, tags, 0),
	})
	s.form.save = func() tea.Cmd { return saveAudience(s) }
	return s
}

func saveAudience(s *shortForm) tea.Cmd {
	f, acts, actor := s.form, s.kit.Ops, s.kit.Actor
	purpose := f.field("purpose")
	a := db.Audience{Purpose: policy.Purpose(purpose.options[purpose.chosen].hint), Means: policy.AllMeans[f.field("means").chosen]}
	a.Name, a.Query.Text = text.New(f.value("name")), f.value("search")
	a.Query.Kind = policy.CustomerKind(f.field("kind").chosen)
	if n := f.field("status").chosen; n > 0 {
		a.Query.Status = policy.Statuses[n-1]
	}
	if n := f.field("tag").chosen; n > 0 {
		a.Query.Tag = s.kit.tags[n-1].ID
	}
	return submit(s, func(ctx context.Context) (int32, error) { return acts.AddAudience(ctx, actor, a) },
		func(id int32) tea.Cmd {
			return tea.Batch(closeView(s), notify(noteGood, fmt.Sprintf(s.kit.t.Consent.AudienceSaved, id)))
		})
}
