package views

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// logPage is how many rows are asked for at once; each page asked for is itself
// a row of the log.
const logPage = 200

// logView is the log, the newest first, as far as one may see it.
type logView struct {
	*kit
	query db.LogQuery
	back  []int64 // where the newer pages began
	page  db.LogPage
	known bool
	list  roster
	width int
	asks  latest
}

func newLog(k *kit, q db.LogQuery) *logView {
	q.Limit = logPage
	return &logView{kit: k, query: q}
}

func (l *logView) Title() string { return l.t.People.Log }
func (l *logView) Init() tea.Cmd { return l.load() }
func (l *logView) Leave()        { l.asks.drop() }

func (l *logView) load() tea.Cmd {
	acts, actor, q := l.Ops, l.Actor, l.query
	return ask(l.kit, &l.asks, func(ctx context.Context) (db.LogPage, error) {
		return acts.ListLog(ctx, actor, q)
	}, func(page db.LogPage, err error) tea.Cmd {
		if err != nil {
			return l.fail(err)
		}
		l.page, l.known = page, true
		l.list = roster{}
		l.list.put(l.rows(l.width))
		return nil
	})
}

// filter begins at the newest row again.
func (l *logView) filter(change func(*db.LogQuery)) tea.Cmd {
	change(&l.query)
	l.query.Before, l.back = 0, nil
	return l.load()
}

func (l *logView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || l.list.press(key.String()) {
		return nil
	}
	switch key.String() {
	case "enter":
		if row, ok := l.list.item().(db.LogRow); ok {
			return show(&logDetail{l.kit, row})
		}
	case "w":
		return l.chooseWho()
	case "t":
		return l.chooseAct()
	case "r":
		return l.filter(func(q *db.LogQuery) { q.RefusedOnly = !q.RefusedOnly })
	case "n", "right":
		return l.older()
	case "p", "left":
		return l.newer()
	case "v":
		if l.may(policy.AuditVerify) {
			return open(newVerify(l.kit))
		}
		return notify(noteWarn, l.t.People.VerifyNot)
	case "ctrl+r":
		return l.filter(func(*db.LogQuery) {})
	}
	return nil
}

func (l *logView) older() tea.Cmd {
	if l.page.Next == 0 || l.asks.busy {
		return nil
	}
	l.back = append(l.back, l.query.Before)
	l.query.Before = l.page.Next
	return l.load()
}

func (l *logView) newer() tea.Cmd {
	if len(l.back) == 0 || l.asks.busy {
		return nil
	}
	l.query.Before = l.back[len(l.back)-1]
	l.back = l.back[:len(l.back)-1]
	return l.load()
}

func (l *logView) Keys() []binding {
	t := &l.t.People
	_, onRow := l.list.item().(db.LogRow)
	return []binding{
		on("enter", t.KeyDetail).unless(onRow, t.NothingLogged),
		on("w", t.KeyWho).unless(l.seesOthers(), t.OnlyOwn),
		on("t", t.KeyAct),
		on("r", t.KeyRefused),
		on("n", t.KeyOlder).unless(l.page.Next != 0, t.NoOlder),
		on("p", t.KeyNewer).unless(len(l.back) > 0, t.NoNewer),
		on("v", t.KeyVerify).unless(l.may(policy.AuditVerify), t.VerifyNot),
		on("ctrl+r", t.Reload),
	}
}

// seesOthers says whether the role worn reaches beyond the own acts.
func (l *logView) seesOthers() bool {
	return l.Actor.Role == policy.Manager || policy.Can(l.Actor, policy.AuditView, policy.Resource{Person: -1}) == nil
}

func (l *logView) chooseWho() tea.Cmd {
	if !l.seesOthers() {
		return notify(noteWarn, l.t.People.OnlyOwn)
	}
	people := make([]db.Colleague, 0, len(l.people))
	for _, p := range l.people {
		people = append(people, p)
	}
	slices.SortFunc(people, func(a, b db.Colleague) int { return strings.Compare(a.Login, b.Login) })
	options := []option{{text: l.t.People.Everybody}}
	for _, p := range people {
		options = append(options, option{text: p.Name.String(), hint: p.Login})
	}
	return show(newChoose(l.kit, l.t.People.KeyWho, options, func(i int) tea.Cmd {
		return l.filter(func(q *db.LogQuery) {
			if q.Person = 0; i > 0 {
				q.Person = people[i-1].ID
			}
		})
	}))
}

func (l *logView) chooseAct() tea.Cmd {
	options := []option{{text: l.t.People.EveryAct}}
	for _, a := range policy.Acts {
		options = append(options, option{text: l.actWords(a), hint: string(a)})
	}
	return show(newChoose(l.kit, l.t.People.KeyAct, options, func(i int) tea.Cmd {
		return l.filter(func(q *db.LogQuery) {
			if q.Act = ""; i > 0 {
				q.Act = policy.Acts[i-1]
			}
		})
	}))
}
