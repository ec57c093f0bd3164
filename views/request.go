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

// request is one request on its way from receipt to closing.
type request struct {
	kit   *kit
	id    int64
	sight ops.RequestSight
	known bool
	list  roster // the other systems
	asks  latest
	does  latest
}

func newRequest(k *kit, id int64) *request { return &request{kit: k, id: id} }

func (v *request) Title() string {
	if !v.known {
		return v.kit.t.Request.Title
	}
	return "#" + v.sight.Name() + " " + v.kit.t.Request.Kinds[v.sight.Kind]
}

func (v *request) Init() tea.Cmd { return v.load() }
func (v *request) Wake() tea.Cmd { return v.load() }
func (v *request) Leave()        { v.asks.drop() }

func (v *request) load() tea.Cmd {
	acts, actor, id := v.kit.Ops, v.kit.Actor, v.id
	return ask(v.kit, &v.asks, func(ctx context.Context) (ops.RequestSight, error) {
		return acts.ViewRequest(ctx, actor, id)
	}, func(s ops.RequestSight, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(closeView(v), v.kit.fail(err))
		}
		v.sight, v.known = s, true
		return nil
	})
}

// off says why a step can't be taken now; "" when it can.
func (v *request) off(step policy.RequestStep) string {
	switch {
	case !v.kit.may(policy.RequestHandle):
		return v.kit.t.OffRole
	case !v.known:
		return v.kit.t.Loading
	}
	if err := v.sight.Facts.May(step); err != nil {
		return v.kit.sentence(err)
	}
	return ""
}

func (v *request) Keys() []binding {
	t := &v.kit.t.Request
	key := func(key, text string, step policy.RequestStep) binding {
		why := v.off(step)
		return on(key, text).unless(why == "", why)
	}
	pause := key("p", t.KeyPause, policy.StepPause)
	if v.sight.Facts.Stands {
		pause = key("p", t.KeyResume, policy.StepResume)
	}
	keys := []binding{
		key("enter", t.KeyNext, policy.StepIdentity), key("i", t.Steps[policy.StepIdentity], policy.StepIdentity), pause,
		key("x", t.KeyExtend, policy.StepExtend), key("d", t.KeyDecide, policy.StepDecide), key("w", t.Steps[policy.StepWork], policy.StepWork),
		key("n", t.KeySystem, policy.StepSystems), key("space", t.KeyTick, policy.StepSystems), key("s", t.Steps[policy.StepSend], policy.StepSend),
		key("l", t.KeyLink, policy.StepLink), key("C", t.Steps[policy.StepClose], policy.StepClose),
	}
	customer := on("c", t.KeyCustomer).unless(v.sight.Facts.Known || v.sight.Facts.Erased, v.kit.t.OffNothing)
	return append(keys, on("t", t.KeyLetter).unless(v.kit.may(policy.RequestHandle), v.kit.t.OffRole), customer, on("ctrl+r", v.kit.t.People.Reload))
}

func (v *request) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.does.busy || v.list.press(key.String()) {
		return nil
	}
	name := key.String()
	for _, b := range v.Keys() {
		if b.key == name && b.off != "" {
			return notify(noteWarn, b.off)
		}
	}
	return v.press(name)
}

func (v *request) press(name string) tea.Cmd {
	switch name {
	case "enter":
		return v.next()
	case "i":
		return open(newIdentityForm(v))
	case "p":
		return open(newPauseForm(v))
	case "x":
		return open(newExtendForm(v))
	case "d":
		return open(newRulingForm(v))
	case "w":
		return v.work()
	case "n":
		return v.addSystem()
	case "space":
		return v.tick()
	case "s":
		return open(newSentForm(v))
	case "l":
		return v.link()
	case "C":
		return v.close()
	case "t":
		return v.tellLetter()
	case "c":
		return v.customer()
	case "ctrl+r":
		return v.load()
	}
	return nil
}

// customer opens the one whom it is about, or the certificate of one who was
// erased; the request is reason enough.
func (v *request) customer() tea.Cmd {
	if v.sight.Facts.Erased {
		return open(newCertificate(v.kit, v.sight.Subject))
	}
	v.reasoned()
	return open(newCustomer(v.kit, v.sight.Subject, v.sight.From.String()))
}

// reasoned gives the officer the request as the reason to look.
func (v *request) reasoned() {
	if v.kit.Actor.Reason.IsZero() {
		v.kit.Actor = v.kit.Actor.For(text.New("request #" + v.sight.Name()))
	}
}

// next takes the step that is to be taken now.
func (v *request) next() tea.Cmd {
	switch v.sight.Facts.Next() {
	case policy.StepIdentity:
		return open(newIdentityForm(v))
	case policy.StepWork:
		return v.work()
	case policy.StepSystems:
		return v.tick()
	case policy.StepDecide:
		return open(newRulingForm(v))
	case policy.StepSend:
		return open(newSentForm(v))
	case policy.StepClose:
		return v.close()
	}
	return nil
}

// step performs one and shows what the request is then.
func (v *request) step(act func(context.Context) (ops.RequestSight, error)) tea.Cmd {
	return ask(v.kit, &v.does, act, func(s ops.RequestSight, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(v.load(), v.kit.fail(err))
		}
		v.sight = s
		return notify(noteGood, v.kit.t.Request.Noted)
	})
}

func (v *request) addSystem() tea.Cmd {
	acts, actor, id := v.kit.Ops, v.kit.Actor, v.id
	t := &v.kit.t.Request
	return show(newPrompt(v.kit, t.SystemAsk, t.SystemHint, nil, func(s string) tea.Cmd {
		return v.step(func(ctx context.Context) (ops.RequestSight, error) {
			return acts.AddRequestSystem(ctx, actor, id, text.New(s), text.Line{})
		})
	}))
}

// tick notes what was done in the selected system, or that it is open again.
func (v *request) tick() tea.Cmd {
	o, ok := v.list.item().(db.OtherSystem)
	if !ok {
		return v.addSystem()
	}
	n, _ := strconv.Atoi(v.list.id())
	acts, actor, id, t := v.kit.Ops, v.kit.Actor, v.id, &v.kit.t.Request
	tick := func(done bool, outcome string) tea.Cmd {
		return v.step(func(ctx context.Context) (ops.RequestSight, error) {
			return acts.TickRequestSystem(ctx, actor, id, n, done, text.New(outcome))
		})
	}
	if !o.DoneAt.IsZero() {
		return tick(false, "")
	}
	return show(newPrompt(v.kit, fmt.Sprintf(t.TickAsk, o.Name), t.TickHint, nil, func(s string) tea.Cmd { return tick(true, s) }))
}

func (v *request) link() tea.Cmd {
	acts, actor, id, t := v.kit.Ops, v.kit.Actor, v.id, &v.kit.t.Request
	check := func(s string) error {
		if n, err := strconv.ParseInt(s, 10, 64); err != nil || n <= 0 {
			return policy.Errorf(policy.Invalid, t.LinkHint)
		}
		return nil
	}
	return show(newPrompt(v.kit, t.LinkAsk, t.LinkHint, check, func(s string) tea.Cmd {
		n, _ := strconv.ParseInt(s, 10, 64)
		return v.step(func(ctx context.Context) (ops.RequestSight, error) { return acts.LinkRequest(ctx, actor, id, 0, n) })
	}))
}

func (v *request) close() tea.Cmd {
	if why := v.off(policy.StepClose); why != "" {
		return notify(noteWarn, why)
	}
	acts, actor, id, version := v.kit.Ops, v.kit.Actor, v.id, v.sight.Version
	return show(newConfirm(v.kit, v.kit.t.Request.CloseAsk, nil, func() tea.Cmd {
		return v.step(func(ctx context.Context) (ops.RequestSight, error) { return acts.CloseRequest(ctx, actor, id, version) })
	}))
}

// tellLetter names the command that writes the letter.
func (v *request) tellLetter() tea.Cmd {
	line := fmt.Sprintf("ssh %s@%s requests letter %s", v.kit.Actor.Login, text.Clean(v.kit.Host), v.sight.Name())
	return show(&telling{v.kit, v.kit.t.Request.LetterTell, []string{line, line + " --language en"}})
}
