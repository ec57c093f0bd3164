package views

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// phoneView shows the secret of another phone until a code of it is proven.
type phoneView struct {
	secretPane
	phone ops.Phone
}

// newPhone asks for the second factor first: a terminal left alone must not be
// enough to take over the codes.
func (p *profileView) newPhone() tea.Cmd {
	t, acts, actor := &p.kit.t.Own, p.kit.Ops, p.kit.Actor
	return show(newPrompt(p.kit, t.PhoneCode, t.PhoneHint, p.needCode, func(code string) tea.Cmd {
		if p.does.busy {
			return notify(noteWarn, p.kit.t.Loading)
		}
		return ask(p.kit, &p.does, func(ctx context.Context) (ops.Phone, error) {
			return acts.StartPhone(ctx, actor, policy.Seal(code))
		}, p.showPhone)
	}).secretly())
}

func (p *profileView) showPhone(phone ops.Phone, err error) tea.Cmd {
	v := &phoneView{secretPane: secretPane{kit: p.kit}, phone: phone}
	if err == nil {
		err = v.hold(phone.Secret, phone.URL)
	}
	if err != nil {
		return p.kit.fail(err)
	}
	return open(v)
}

func (v *phoneView) Title() string { return v.kit.t.Own.PhoneTitle }
func (v *phoneView) Init() tea.Cmd { return nil }
func (v *phoneView) Typing() bool  { return true }

func (v *phoneView) Keys() []binding {
	return []binding{on("enter", v.kit.t.People.KeyGoOn), on("esc", v.kit.t.Own.PhoneLeave)}
}

func (v *phoneView) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		v.typeDigits(msg.Content)
	case tea.KeyPressMsg:
		if code, ready := v.press(msg.String(), msg.Text); ready {
			return v.confirm(code)
		}
	}
	return nil
}

func (v *phoneView) confirm(code policy.Sealed) tea.Cmd {
	acts, actor, phone := v.kit.Ops, v.kit.Actor, v.phone
	return ask(v.kit, &v.asks, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.ConfirmPhone(ctx, actor, phone, code)
	}, func(_ struct{}, err error) tea.Cmd {
		if err != nil {
			v.wrong = v.kit.sentence(err)
			return nil
		}
		return tea.Sequence(closeView(v), notify(noteGood, v.kit.t.Own.PhoneDone))
	})
}

func (v *phoneView) View(w, height int) string {
	t := &v.kit.t.Own
	return join(v.lines(w, height, paneWords{
		before: func(w int) (lines []string) {
			for _, l := range wrap(t.PhoneStill, w) {
				lines = append(lines, v.kit.st.faint.of(l))
			}
			return append(lines, "")
		},
		scan: t.PhoneScan, secret: t.PhoneSecret, digits: t.PhoneType, goOn: v.kit.t.People.KeyGoOn, leaving: t.PhoneLeave,
	}))
}

// Cursor stands where the next digit goes; it is valid after View.
func (v *phoneView) Cursor() (x, y int, visible bool) { return v.cursorX, v.cursorY, !v.asks.busy }
