package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// quick takes one line that says what to do, or what happened, and shows how it
// is understood while one types.
type quick struct {
	k        *kit
	in       *input
	customer int64 // whom it is about; 0: the line says
	name     string
	err      string
	asks     latest
	request  ops.RequestKey
}

// quickly opens the line, from wherever one is.
func (k *kit) quickly(line string, customer int64, name string) tea.Cmd {
	if !k.may(policy.TaskWrite) {
		return notify(noteWarn, k.t.OffRole)
	}
	return show(&quick{k: k, in: newInput(line), customer: customer, name: name, request: ops.NewRequestKey()})
}

func (q *quick) Update(msg tea.Msg) (bool, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			q.asks.drop()
			return true, nil
		case "enter":
			return q.enter()
		}
	}
	if q.in.Update(msg) {
		q.err = ""
	}
	return false, nil
}

func (q *quick) parse() (policy.Quick, error) {
	now := q.k.Now().In(q.k.Zone)
	if q.customer != 0 {
		return policy.ParseQuickOf(q.in.value(), now)
	}
	return policy.ParseQuick(q.in.value(), now)
}

// enter looks up who is meant. The line stays open when it isn't understood.
func (q *quick) enter() (bool, tea.Cmd) {
	if _, err := q.parse(); err != nil {
		q.err = q.k.sentence(err)
		return false, nil
	}
	acts, actor, line, customer := q.k.Ops, q.k.Actor, q.in.value(), q.customer
	return true, ask(q.k, &q.asks, func(ctx context.Context) (ops.Understood, error) {
		return acts.Understand(ctx, actor, line, customer)
	}, func(u ops.Understood, err error) tea.Cmd {
		if err != nil {
			return q.k.fail(err)
		}
		return q.chooseWho(u)
	})
}

// chooseWho lets one say which of those whom the line fits is meant.
func (q *quick) chooseWho(u ops.Understood) tea.Cmd {
	if q.customer != 0 || u.Who == "" {
		return q.keep(u, q.customer, q.name)
	}
	var options []option
	var ids []int64
	for _, r := range u.Fits {
		options, ids = append(options, option{text: r.Name().String(), hint: joinNonEmpty(" · ", r.Company.String(), r.Mail.String())}), append(ids, r.ID)
	}
	if !u.Happened {
		options, ids = append(options, option{text: q.k.t.Task.NoCustomer, hint: u.Title()}), append(ids, 0)
	}
	if len(options) == 0 {
		return notify(noteBad, fmt.Sprintf(q.k.t.Task.NobodyFits, u.Who))
	}
	return show(newChoose(q.k, q.k.understood(u.Quick, ""), options, func(i int) tea.Cmd { return q.keep(u, ids[i], options[i].text) }))
}

func (q *quick) keep(u ops.Understood, customer int64, name string) tea.Cmd {
	acts, actor, request := q.k.Ops, q.k.Actor, q.request
	return ask(q.k, &q.asks, func(ctx context.Context) (ops.Kept, error) {
		return acts.KeepQuick(ctx, actor, u, customer, request)
	}, func(_ ops.Kept, err error) tea.Cmd {
		if err != nil {
			return q.k.fail(err)
		}
		if customer != 0 {
			u.Who = ""
		}
		return tea.Batch(send(changedMsg{customer}), notify(noteGood, fmt.Sprintf(q.k.t.Task.Kept, q.k.understood(u.Quick, name))))
	})
}

func (q *quick) View(w, _ int) []string {
	shown, _ := q.in.View(max(w, 1))
	t := &q.k.t.Task
	below := q.k.st.faint.of(t.QuickHint)
	if parsed, err := q.parse(); q.err != "" {
		below = q.k.st.danger.of("! " + q.err)
	} else if alarm := q.k.alarm(parsed.About, saidFree); err == nil && alarm != "" {
		below = q.k.st.due.of("! " + cut(alarm, w-2))
	} else if err == nil {
		below = q.k.st.good.of("→ " + q.k.understood(parsed, q.name))
	}
	title := t.QuickTitle
	if q.name != "" {
		title += " · " + q.name
	}
	return []string{q.k.st.strong.of(title), q.k.st.here.of(shown), below, q.k.st.faint.of(t.QuickKeys)}
}

func (q *quick) Cursor() (x, y int, ok bool) {
	_, x = q.in.View(max(q.k.Width-4, 1))
	return x, 1, true
}
