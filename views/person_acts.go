package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// personAction is a key with what it does.
type personAction struct {
	binding
	run func() tea.Cmd
}

// actions are what an admin can do here; what can't be done now says why.
func (p *personView) actions() []personAction {
	t := &p.kit.t.People
	grant, onGrant := p.list.item().(db.Grant)
	key, onKey := p.list.item().(db.Key)
	session, onSession := p.list.item().(db.Session)
	standing := p.access.person.RevokedAt == nil
	all := []personAction{
		{on("g", t.KeyGrant), func() tea.Cmd { return open(newGrant(p.kit, p.access.person)) }},
		{on("x", t.KeyEnd).unless(onGrant && grant.EndedAt == nil, t.PickGrant), func() tea.Cmd { return p.endGrant(grant) }},
		{on("A", t.KeyAgree).unless(onGrant && grant.Pending && grant.EndedAt == nil, t.PickPending), func() tea.Cmd { return p.agree(grant) }},
		{on("K", t.KeyRemove).unless(onKey && key.RemovedAt == nil, t.PickKey), func() tea.Cmd { return p.removeKey(key) }},
		{on("L", p.kit.t.Own.KeyLift).unless(onKey && key.SuspendedAt != nil, p.kit.t.Own.NotSuspended), func() tea.Cmd { return liftKey(p.kit, &p.does, key, p.login, p.load) }},
		{on("R", t.KeyReset), p.reset},
		{on("c", t.KeyClose).unless(onSession, t.PickSession), func() tea.Cmd { return p.closeSession(session) }},
		{on("C", t.KeyCloseAll).unless(len(p.access.sessions) > 0, t.NoSessions), p.closeAll},
		{on("D", t.KeyRevoke).unless(p.id != p.kit.Actor.ID, t.NotYourself), func() tea.Cmd { return open(newRevoke(p.kit, p.access)) }},
	}
	all[2].binding = all[2].unless(grant.GrantedBy != p.kit.Actor.ID || !grant.Pending, t.SecondAdmin)
	for i := range all {
		all[i].binding = all[i].unless(standing, t.IsRevoked).unless(p.kit.may(policy.PersonGrant), t.OnlyAdmin)
	}
	all[0].binding = all[0].unless(p.id != p.kit.Actor.ID, t.NotYourself)
	return append(append(all, p.changes(standing)...), personAction{on("ctrl+r", t.Reload), p.load})
}

// changes are what an admin can do to a place in the firm.
func (p *personView) changes(standing bool) []personAction {
	t, who := &p.kit.t.Leaving, p.access.person
	all := []personAction{
		{on("T", t.KeyTeam).unless(standing, p.kit.t.People.IsRevoked).unless(p.id != p.kit.Actor.ID, p.kit.t.People.NotYourself), func() tea.Cmd { return open(newTeam(p.kit, who)) }},
	}
	if !standing {
		all = append(all, personAction{on("i", t.KeyBack), func() tea.Cmd { return open(newReturn(p.kit, who)) }})
	}
	for i := range all {
		all[i].binding = all[i].unless(p.kit.may(policy.PersonTeam), p.kit.t.People.OnlyAdmin)
	}
	return append(all, personAction{on("l", t.KeyReport).unless(p.kit.may(policy.PersonReport), p.kit.t.People.OnlyAdmin), func() tea.Cmd {
		return open(newReport(p.kit, p.id, p.login))
	}})
}

// perform runs an act that changes something, one at a time, and looks again
// after it. It goes on when its screen is left.
func perform[T any](k *kit, does *latest, act func(context.Context) (T, error), done func(T) string, again func() tea.Cmd) tea.Cmd {
	if does.busy {
		return notify(noteWarn, k.t.Loading)
	}
	return ask(k, does, act, func(v T, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(again(), k.fail(err))
		}
		return tea.Batch(again(), notify(noteGood, done(v)))
	})
}

// do is perform for an act that gives nothing.
func (p *personView) do(act func(context.Context) error, done string) tea.Cmd {
	return perform(p.kit, &p.does, func(ctx context.Context) (struct{}, error) { return struct{}{}, act(ctx) },
		func(struct{}) string { return done }, p.load)
}

// because asks for the reason that the log must have.
func (k *kit) because(question, hint string, then func(text.Line) tea.Cmd) tea.Cmd {
	return show(newPrompt(k, question, hint, needed, func(why string) tea.Cmd { return then(text.New(why)) }))
}

func needed(reason string) error {
	if reason == "" {
		return policy.Errorf(policy.Invalid, "Say why: the reason goes into the log.").On("reason")
	}
	return nil
}

func (p *personView) endGrant(g db.Grant) tea.Cmd {
	t, acts, actor := &p.kit.t.People, p.kit.Ops, p.kit.Actor
	return p.kit.because(fmt.Sprintf(t.EndTitle, p.kit.t.role(g.Role), p.login), t.ReasonHint, func(why text.Line) tea.Cmd {
		return p.do(func(ctx context.Context) error { return acts.EndGrant(ctx, actor, g.ID, why) }, t.EndedGrant)
	})
}

func (p *personView) agree(g db.Grant) tea.Cmd {
	t, acts, actor := &p.kit.t.People, p.kit.Ops, p.kit.Actor
	details := []string{fmt.Sprintf(t.AgreeDetail, p.kit.by(g.GrantedBy), g.Reason.String())}
	question := fmt.Sprintf(t.AgreeAsk, p.access.person.Name.String(), p.kit.t.role(g.Role))
	return show(newConfirm(p.kit, question, details, func() tea.Cmd {
		return p.do(func(ctx context.Context) error { return acts.AgreeGrant(ctx, actor, g.ID) }, t.Agreed)
	}))
}

// removeKey asks why, and then once more: a key never comes back.
func (p *personView) removeKey(key db.Key) tea.Cmd {
	t := &p.kit.t.People
	return p.kit.because(fmt.Sprintf(t.RemoveTitle, p.login), t.ReasonHint, func(why text.Line) tea.Cmd {
		return show(newConfirm(p.kit, fmt.Sprintf(t.RemoveAsk, text.Clean(key.Fingerprint)), []string{t.RemoveDetail}, func() tea.Cmd {
			return removeKey(p.kit, &p.does, key, why, p.load)
		}))
	})
}

// removeKey is for one's own keys, too.
func removeKey(k *kit, does *latest, key db.Key, why text.Line, again func() tea.Cmd) tea.Cmd {
	acts, actor, t := k.Ops, k.Actor, &k.t.People
	return perform(k, does, func(ctx context.Context) (int, error) { return acts.RemoveKey(ctx, actor, key.ID, why) },
		func(closed int) string { return fmt.Sprintf(t.RemovedKey, closed) }, again)
}

func (p *personView) closeSession(s db.Session) tea.Cmd {
	return closeSession(p.kit, &p.does, s, p.load)
}

func (p *personView) closeAll() tea.Cmd {
	return closeSessions(p.kit, &p.does, p.id, p.login, p.load)
}

// reset gives the code for a lost phone or key.
func (p *personView) reset() tea.Cmd {
	t, acts, actor, who := &p.kit.t.People, p.kit.Ops, p.kit.Actor, p.access.person
	return p.kit.because(fmt.Sprintf(t.ResetTitle, p.login), t.ResetAsk, func(why text.Line) tea.Cmd {
		return ask(p.kit, &p.does, func(ctx context.Context) (ops.Code, error) {
			return acts.Reset(ctx, actor, who.ID, why)
		}, func(code ops.Code, err error) tea.Cmd {
			if err != nil {
				return p.kit.fail(err)
			}
			return open(newCodeView(p.kit, who.Name, code))
		})
	})
}
