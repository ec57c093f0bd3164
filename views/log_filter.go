package views

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// filterKey is a key that narrows or widens what is shown.
func (l *logView) filterKey(key string) (tea.Cmd, bool) {
	switch key {
	case "w":
		return l.chooseWho(), true
	case "s":
		return l.askSubject(), true
	case "t":
		return l.chooseAct(), true
	case "f":
		return l.askTime(), true
	case "r":
		return l.filter(func(q *db.LogQuery) { q.RefusedOnly = !q.RefusedOnly }), true
	case "c":
		if !l.filtered() {
			return nil, true
		}
		return l.filter(func(q *db.LogQuery) { *q = db.LogQuery{Limit: q.Limit} }), true
	}
	return nil, false
}

// filter begins at the newest row again.
func (l *logView) filter(change func(*db.LogQuery)) tea.Cmd {
	change(&l.query)
	l.query.After, l.back = db.LogPlace{}, nil
	return l.load()
}

func (l *logView) filtered() bool {
	q := l.query
	return q.Person != 0 || q.Act != "" || q.Subject != 0 || q.RefusedOnly || q.Despite || !q.Since.IsZero() || !q.Until.IsZero()
}

func (l *logView) chooseWho() tea.Cmd {
	if !l.kit.seesOthers() {
		return notify(noteWarn, l.kit.t.People.OnlyOwn)
	}
	people := l.kit.colleagues()
	options := []option{{text: l.kit.t.People.Everybody}}
	for _, p := range people {
		options = append(options, option{text: p.Name.String(), hint: p.Login})
	}
	return show(newChoose(l.kit, l.kit.t.People.KeyWho, options, func(i int) tea.Cmd {
		return l.filter(func(q *db.LogQuery) {
			if q.Person = 0; i > 0 {
				q.Person = people[i-1].ID
			}
		})
	}))
}

func (l *logView) chooseAct() tea.Cmd {
	options := []option{{text: l.kit.t.People.EveryAct}}
	for _, a := range policy.Acts {
		options = append(options, option{text: l.kit.actWords(a), hint: string(a)})
	}
	return show(newChoose(l.kit, l.kit.t.People.KeyAct, options, func(i int) tea.Cmd {
		return l.filter(func(q *db.LogQuery) {
			if q.Act = ""; i > 0 {
				q.Act = policy.Acts[i-1]
			}
		})
	}))
}

// askTime asks for a stretch of time; nothing means all.
func (l *logView) askTime() tea.Cmd {
	span := func(s string) (policy.Span, error) { return policy.ParseSpan(s, l.kit.Now().In(l.kit.Zone)) }
	check := func(s string) error { _, err := span(s); return err }
	return show(newPrompt(l.kit, l.kit.t.Audit.TimeAsk, l.kit.t.Audit.TimeHint, check, func(s string) tea.Cmd {
		return l.filter(func(q *db.LogQuery) {
			found, _ := span(s) // was checked
			q.Since, q.Until = found.Since, found.Until
		})
	}))
}

// askSubject asks for a customer, by number or, of those who may see customers,
// by name.
func (l *logView) askSubject() tea.Cmd {
	hint := l.kit.t.Audit.SubjectHint
	if !l.kit.may(policy.CustomerList) {
		hint = l.kit.t.Audit.SubjectNumber
	}
	return show(newPrompt(l.kit, l.kit.t.Audit.SubjectAsk, hint, nil, func(s string) tea.Cmd {
		if id, err := strconv.ParseInt(strings.TrimPrefix(s, "#"), 10, 64); err == nil && id > 0 || s == "" {
			return l.about(id, "")
		}
		if !l.kit.may(policy.CustomerList) {
			return notify(noteWarn, l.kit.t.Audit.SubjectNumber)
		}
		return l.kit.needReasonFor(func() tea.Cmd { return l.findSubject(s) })
	}))
}

// needReasonFor has the privacy officer record a reason first, if there is none.
func (k *kit) needReasonFor(then func() tea.Cmd) tea.Cmd {
	if k.Actor.Role == policy.Privacy && k.Actor.Reason.IsZero() {
		return k.askReason(then)
	}
	return then()
}

// subjectsFound is how many customers of a name can be chosen from.
const subjectsFound = 20

func (l *logView) findSubject(name string) tea.Cmd {
	acts, actor := l.kit.Ops, l.kit.Actor
	return ask(l.kit, &l.asks, func(ctx context.Context) (db.Page, error) {
		return acts.FindCustomers(ctx, actor, db.Query{Text: name, Limit: subjectsFound})
	}, func(p db.Page, err error) tea.Cmd {
		switch {
		case err != nil:
			return l.kit.fail(err)
		case len(p.Rows) == 0:
			return notify(noteWarn, l.kit.t.Audit.SubjectNone)
		case len(p.Rows) == 1:
			return l.about(p.Rows[0].ID, p.Rows[0].Name().String())
		}
		options := make([]option, len(p.Rows))
		for i, r := range p.Rows {
			options[i] = option{text: r.Name().String(), hint: joinNonEmpty(" · ", "#"+strconv.FormatInt(r.ID, 10), r.Company.String())}
		}
		return show(newChoose(l.kit, l.kit.t.Audit.SubjectAsk, options, func(i int) tea.Cmd {
			return l.about(p.Rows[i].ID, p.Rows[i].Name().String())
		}))
	})
}

func (l *logView) about(id int64, name string) tea.Cmd {
	l.subject = name
	return l.filter(func(q *db.LogQuery) { q.Subject = id })
}

// filterWords say what is shown, so that nobody takes a part for the whole.
func (l *logView) filterWords() []string {
	t, a := &l.kit.t.People, &l.kit.t.Audit
	words := []string{t.Everybody, t.EveryAct}
	if !l.kit.seesOthers() {
		words[0] = t.LogMine
	}
	if l.query.Person != 0 {
		words[0] = l.kit.st.due.of(l.kit.colleague(l.query.Person))
	}
	if l.query.Act != "" {
		words[1] = l.kit.st.due.of(l.kit.actWords(l.query.Act))
	}
	if l.query.Subject != 0 {
		who := joinNonEmpty(" ", "#"+strconv.FormatInt(l.query.Subject, 10), l.subject)
		words = append(words, l.kit.st.due.of(fmt.Sprintf(a.AboutWho, who)))
	}
	if span := l.kit.spanWords(l.query.Since, l.query.Until); span != "" {
		words = append(words, l.kit.st.due.of(span))
	}
	if l.query.RefusedOnly {
		words = append(words, l.kit.st.due.of(t.OnlyRefused))
	}
	if l.query.Despite {
		words = append(words, l.kit.st.due.of(l.kit.t.Hygiene.OnlyDespite))
	}
	return words
}

// spanWords say a stretch of time; a day by its date alone.
func (k *kit) spanWords(since, until time.Time) string {
	say := func(t time.Time) string {
		if t = t.In(k.Zone); t.Hour()+t.Minute()+t.Second() == 0 {
			return k.day(t)
		}
		return k.moment(t)
	}
	switch {
	case since.IsZero() && until.IsZero():
		return ""
	case until.IsZero():
		return fmt.Sprintf(k.t.Audit.SinceWhen, say(since))
	case since.IsZero():
		return fmt.Sprintf(k.t.Audit.BeforeWhen, say(until))
	case until.Equal(since.In(k.Zone).AddDate(0, 0, 1)):
		return say(since)
	case say(until) == k.day(until): // the day before is the last
		return say(since) + " – " + k.day(until.Add(-time.Second))
	}
	return say(since) + " – " + say(until)
}

// narrow reads a line of the palette: who=sander act=customer.view customer=12
// time=yesterday refused. What it doesn't know is told, not skipped in silence.
func (l *logView) narrow(line string) (unknown []string) {
	for _, word := range strings.Fields(line) {
		key, value, _ := strings.Cut(word, "=")
		if !l.narrowBy(strings.ToLower(key), value) {
			unknown = append(unknown, word)
		}
	}
	return unknown
}

func (l *logView) narrowBy(key, value string) bool {
	q := &l.query
	switch key {
	case "who", "wie":
		for id, p := range l.kit.people {
			if p.Login == value {
				q.Person = id
				return true
			}
		}
	case "act", "handeling":
		q.Act = policy.Act(value)
		return slices.Contains(policy.Acts, q.Act)
	case "customer", "klant":
		id, err := strconv.ParseInt(value, 10, 64)
		q.Subject = id
		return err == nil && id > 0
	case "time", "tijd":
		span, err := policy.ParseSpan(value, l.kit.Now().In(l.kit.Zone))
		q.Since, q.Until = span.Since, span.Until
		return err == nil
	case "refused", "geweigerd":
		q.RefusedOnly = value == ""
		return value == ""
	}
	return false
}

// toLog goes to the log, narrowed by a line of the palette.
func (k *kit) toLog(line string) tea.Cmd {
	l := newLog(k, db.LogQuery{})
	if unknown := l.narrow(line); len(unknown) > 0 {
		return notify(noteWarn, fmt.Sprintf(k.t.Audit.Unknown, strings.Join(unknown, " ")))
	}
	return goTo(l)
}
