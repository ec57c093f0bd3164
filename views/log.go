package views

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// logPage is how many rows are asked for at once; each page asked for is itself
// a row of the log.
const logPage = 200

// logView is the log, the newest first, as far as one may see it.
type logView struct {
	kit       *kit
	query     db.LogQuery
	subject   string        // the name of query.Subject, if it was found by name
	back      []db.LogPlace // where the newer pages began
	page      db.LogPage
	known     bool
	following bool
	list      roster
	width     int
	asks      latest
	tail      latest
}

func newLog(k *kit, q db.LogQuery) *logView {
	q.Limit = logPage
	return &logView{kit: k, query: q}
}

func (l *logView) Title() string { return l.kit.t.People.Log }
func (l *logView) Init() tea.Cmd { return l.load() }
func (l *logView) Leave()        { l.asks.drop(); l.tail.drop() }

func (l *logView) load() tea.Cmd {
	acts, actor, q := l.kit.Ops, l.kit.Actor, l.query
	l.tail.drop()
	return ask(l.kit, &l.asks, func(ctx context.Context) (db.LogPage, error) {
		return acts.ListLog(ctx, actor, q)
	}, func(page db.LogPage, err error) tea.Cmd {
		if err != nil {
			l.following = false
			return l.kit.fail(err)
		}
		l.page, l.known = page, true
		l.list = roster{}
		l.list.put(l.rows(l.width))
		if l.following {
			return l.follow()
		}
		return nil
	})
}

func (l *logView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || l.list.press(key.String()) {
		return nil
	}
	if cmd, done := l.filterKey(key.String()); done {
		return cmd
	}
	switch key.String() {
	case "enter":
		if row, ok := l.list.item().(db.LogRow); ok {
			return show(&logDetail{l.kit, row})
		}
	case "F":
		return l.toggleFollow()
	case "n", "right":
		return l.older()
	case "p", "left":
		return l.newer()
	case "x":
		return l.tellExport()
	case "v":
		if l.kit.may(policy.AuditVerify) {
			return open(newVerify(l.kit))
		}
		return notify(noteWarn, l.kit.t.People.VerifyNot)
	case "ctrl+r":
		return l.filter(func(*db.LogQuery) {})
	}
	return nil
}

func (l *logView) older() tea.Cmd {
	if l.page.Next == (db.LogPlace{}) || l.asks.busy {
		return nil
	}
	l.following = false
	l.back = append(l.back, l.query.After)
	l.query.After = l.page.Next
	return l.load()
}

func (l *logView) newer() tea.Cmd {
	if len(l.back) == 0 || l.asks.busy {
		return nil
	}
	l.query.After = l.back[len(l.back)-1]
	l.back = l.back[:len(l.back)-1]
	return l.load()
}

func (l *logView) Keys() []binding {
	t, a := &l.kit.t.People, &l.kit.t.Audit
	_, onRow := l.list.item().(db.LogRow)
	follow := a.KeyFollow
	if l.following {
		follow = a.KeyFollowNot
	}
	return []binding{
		on("enter", t.KeyDetail).unless(onRow, t.NothingLogged),
		on("F", follow),
		on("w", t.KeyWho).unless(l.kit.seesOthers(), t.OnlyOwn),
		on("s", a.KeySubject),
		on("t", t.KeyAct),
		on("f", a.KeyTime),
		on("r", t.KeyRefused),
		on("c", a.KeyClear).unless(l.filtered(), l.kit.t.OffNothing),
		on("n", t.KeyOlder).unless(l.page.Next != (db.LogPlace{}), t.NoOlder),
		on("p", t.KeyNewer).unless(len(l.back) > 0, t.NoNewer),
		on("x", a.KeyExport).unless(l.kit.may(policy.AuditExport), a.ExportNot),
		on("v", t.KeyVerify).unless(l.kit.may(policy.AuditVerify), t.VerifyNot),
		on("ctrl+r", t.Reload),
	}
}

// seesOthers says whether the role worn reaches beyond the own acts.
func (k *kit) seesOthers() bool {
	return k.Actor.Role == policy.Manager || policy.Can(k.Actor, policy.AuditView, policy.Resource{Person: -1}) == nil
}
