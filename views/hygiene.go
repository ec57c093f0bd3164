package views

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// newStale are those on mailing lists that went out whom the gate refuses now.
func newStale(k *kit) *standingList {
	t, acts, actor := &k.t.Hygiene, k.Ops, k.Actor
	return &standingList{kit: k, title: t.Stale, none: t.NoStale, fetch: func(ctx context.Context) ([]standingRow, string, error) {
		found, err := acts.ListStale(ctx, actor)
		all := make([]standingRow, len(found))
		for i, m := range found {
			all[i] = standingRow{m.Row, m.Audience.Name.String() + ": " + Say(k.Lang, m.Why.Message())}
		}
		return all, "", err
	}}
}

// newDeadMails are customers whom mail does not reach any more.
func newDeadMails(k *kit) *standingList {
	t, acts, actor := &k.t.Hygiene, k.Ops, k.Actor
	return &standingList{kit: k, title: t.Dead, none: t.NoDead, fetch: func(ctx context.Context) ([]standingRow, string, error) {
		rows, err := acts.ListDeadMails(ctx, actor)
		all := make([]standingRow, len(rows))
		for i, r := range rows {
			all[i] = standingRow{r, r.Mail.String()}
		}
		return all, t.DeadNote, err
	}}
}

// idleRoles are the roles that nobody used for a quarter. Enter opens whose it
// is.
type idleRoles struct {
	kit   *kit
	all   []db.IdleGrant
	known bool
	list  roster
	width int
	asks  latest
}

func (v *idleRoles) Title() string { return v.kit.t.Hygiene.Idle }
func (v *idleRoles) Init() tea.Cmd { return v.load() }
func (v *idleRoles) Wake() tea.Cmd { return v.load() }
func (v *idleRoles) Leave()        { v.asks.drop() }

func (v *idleRoles) load() tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	return ask(v.kit, &v.asks, func(ctx context.Context) ([]db.IdleGrant, error) { return acts.ListIdleGrants(ctx, actor) },
		func(all []db.IdleGrant, err error) tea.Cmd {
			if err != nil {
				return v.kit.fail(err)
			}
			v.all, v.known = all, true
			return nil
		})
}

func (v *idleRoles) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.list.press(key.String()) {
		return nil
	}
	if g, on := v.list.item().(db.IdleGrant); on && key.String() == "enter" {
		return open(newPerson(v.kit, g.PersonID, v.kit.people[g.PersonID].Login))
	}
	return nil
}

func (v *idleRoles) Keys() []binding {
	_, onRow := v.list.item().(db.IdleGrant)
	return []binding{on("enter", v.kit.t.KeyOpen).unless(onRow, v.kit.t.OffNothing), on("-", v.kit.t.KeyBack)}
}

func (v *idleRoles) View(w, height int) string {
	v.width = w
	rows := make([]rosterRow, len(v.all))
	for i, g := range v.all {
		rows[i] = rosterRow{id: strconv.Itoa(i), item: g, text: columns([]int{30, 24, 24}, v.kit.colleague(g.PersonID), v.kit.roleOf(g.Role), v.kit.day(g.Since))}
	}
	v.list.put(rows)
	switch {
	case !v.known:
		return "\n   " + v.kit.st.faint.of(v.kit.t.Loading)
	case len(v.all) == 0:
		return join(append([]string{""}, indent(wrap(v.kit.t.Hygiene.NoIdle, min(w-6, formWidth)), w)...))
	}
	return join(append([]string{""}, v.list.lines(v.kit.st, w, max(height-1, 1))...))
}

func hygieneEntries(k *kit) []entry {
	t := &k.t.Hygiene
	return []entry{
		{name: "privacy", title: t.Figures, hint: t.FiguresHint, act: policy.PrivacyFigures, run: func(string) tea.Cmd { return goTo(newFigures(k)) }},
		{name: "stale", title: t.Stale, act: policy.ConsentList, run: func(string) tea.Cmd {
			return k.withReason(func() tea.Cmd { return goTo(newStale(k)) })
		}},
		{name: "bounced", title: t.Dead, act: policy.MailBounce, run: func(string) tea.Cmd {
			return k.withReason(func() tea.Cmd { return goTo(newDeadMails(k)) })
		}},
		{name: "idle", title: t.Idle, act: policy.PrivacyFigures, run: func(string) tea.Cmd { return goTo(&idleRoles{kit: k}) }},
		{name: "despite", title: t.Despite, act: policy.PrivacyFigures, run: func(string) tea.Cmd {
			return goTo(newLog(k, db.LogQuery{Despite: true, Since: k.Now().AddDate(0, 0, -30)}))
		}},
	}
}
