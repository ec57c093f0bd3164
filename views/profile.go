package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// profileView is the own account: keys, recovery codes, sessions, roles,
// language and colours. Enter on a line does what the line says.
type profileView struct {
	kit    *kit
	access access
	left   int // recovery codes
	known  bool
	list   roster
	width  int
	asks   latest
	does   latest
}

// profileDo is what enter does on a line.
type profileDo func() tea.Cmd

func newProfile(k *kit) *profileView { return &profileView{kit: k} }

func (p *profileView) Title() string { return p.kit.t.People.Profile }
func (p *profileView) Init() tea.Cmd { return p.load() }
func (p *profileView) Wake() tea.Cmd { return p.load() }
func (p *profileView) Leave()        { p.asks.drop() }

func (p *profileView) load() tea.Cmd {
	acts, actor := p.kit.Ops, p.kit.Actor
	left := 0
	return ask(p.kit, &p.asks, func(ctx context.Context) (access, error) {
		a, err := fetchAccess(ctx, acts, actor, actor.ID)
		if err == nil {
			left, err = acts.RecoveryLeft(ctx, actor)
		}
		a.shows.invitations = false // the admin's business
		return a, err
	}, func(a access, err error) tea.Cmd {
		if err != nil {
			return p.kit.fail(err)
		}
		p.access, p.left, p.known = a, left, true
		p.list.put(p.rows(p.width))
		return nil
	})
}

func (p *profileView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || p.list.press(key.String()) || !p.known {
		return nil
	}
	switch it := p.list.item().(type) {
	case profileDo:
		if key.String() == "enter" {
			return it()
		}
	case db.Key:
		if key.String() == "K" && it.RemovedAt == nil {
			return p.removeKey(it)
		}
		if key.String() == "e" && it.RemovedAt == nil {
			return p.renameKey(it)
		}
	case db.Session:
		if key.String() == "c" {
			return closeSession(p.kit, &p.does, it, p.load)
		}
	}
	switch key.String() {
	case "a":
		return open(newKeyForm(p.kit))
	case "p":
		return p.newPhone()
	case "n":
		return p.newCodes()
	case "C":
		return p.closeOthers()
	case "ctrl+r":
		return p.load()
	}
	return nil
}

func (p *profileView) Keys() []binding {
	t := &p.kit.t.People
	_, does := p.list.item().(profileDo)
	key, onKey := p.list.item().(db.Key)
	_, onSession := p.list.item().(db.Session)
	return []binding{
		on("enter", t.KeyPress).unless(does, t.PickAct),
		on("a", p.kit.t.Own.KeyAdd),
		on("e", p.kit.t.Own.KeyRename).unless(onKey && key.RemovedAt == nil, t.PickKey),
		on("p", p.kit.t.Own.PhoneNew),
		on("n", t.RecoveryNew),
		on("K", t.KeyRemove).unless(onKey && key.RemovedAt == nil, t.PickKey),
		on("c", t.KeyClose).unless(onSession, t.PickSession),
		on("C", t.Others).unless(len(p.others()) > 0, t.NoOthers),
		on("ctrl+r", t.Reload),
	}
}

func (p *profileView) removeKey(key db.Key) tea.Cmd {
	t := &p.kit.t.People
	return show(newConfirm(p.kit, fmt.Sprintf(t.RemoveAsk, text.Clean(key.Fingerprint)), []string{t.RemoveDetail}, func() tea.Cmd {
		return removeKey(p.kit, &p.does, key, text.New("removed by its owner"), p.load)
	}))
}

// others are the own sessions but this one.
func (p *profileView) others() (all []db.Session) {
	for _, s := range p.access.sessions {
		if s.ID != p.kit.Actor.Session {
			all = append(all, s)
		}
	}
	return all
}

// closeOthers closes them one by one: closing all of a person would end this
// one as well.
func (p *profileView) closeOthers() tea.Cmd {
	others, t, acts, actor := p.others(), &p.kit.t.People, p.kit.Ops, p.kit.Actor
	if len(others) == 0 {
		return notify(noteWarn, t.NoOthers)
	}
	return show(newConfirm(p.kit, fmt.Sprintf(t.OthersAsk, len(others)), nil, func() tea.Cmd {
		return perform(p.kit, &p.does, func(ctx context.Context) (int, error) {
			for i, s := range others {
				err := acts.CloseSession(ctx, actor, s.ID, text.Line{})
				if err != nil && policy.KindOf(err) != policy.Conflict { // ended by itself meanwhile
					return i, err
				}
			}
			return len(others), nil
		}, func(n int) string { return fmt.Sprintf(t.OthersClosed, n) }, p.load)
	}))
}

// newCodes wants the second factor first, so that a terminal left alone is not
// enough.
func (p *profileView) newCodes() tea.Cmd {
	t, acts, actor := &p.kit.t.People, p.kit.Ops, p.kit.Actor
	return show(newPrompt(p.kit, t.RecoveryCode, t.RecoveryHint+" "+t.RecoveryNone, p.needCode, func(code string) tea.Cmd {
		if p.does.busy {
			return notify(noteWarn, p.kit.t.Loading)
		}
		return ask(p.kit, &p.does, func(ctx context.Context) ([]policy.Sealed, error) {
			return acts.NewRecoveryCodes(ctx, actor, policy.Seal(code))
		}, func(codes []policy.Sealed, err error) tea.Cmd {
			if err != nil {
				return p.kit.fail(err)
			}
			return open(&codesView{p.kit, codes})
		})
	}).secretly())
}

func (p *profileView) needCode(code string) error {
	if code == "" {
		return policy.Errorf(policy.Invalid, p.kit.t.People.CodeFirst).On("code")
	}
	return nil
}
