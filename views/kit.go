package views

import (
	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// kit is what every screen of one session works with. Only the update loop
// touches it: commands get copies of what they need.
type kit struct {
	*Session
	t        *Texts
	st       styles
	tags     []db.Tag
	defs     []policy.Field // the organisation's own
	people   map[int32]db.Colleague
	schedule policy.Schedule       // how long what is kept
	purposes []policy.PurposeRules // the organisation's, the retired ones too
	banner   string                // what stands until the database answers again
	recents  []recent
	undo     *undo
	repeat   *bulkAct // the last bulk act
	columns  []string // of the list of customers, as chosen
	lately   latest   // asks of the kit itself
	drafted  latest   // asks whether a draft may be gone on with
	reminding
}

func newKit(s *Session) *kit {
	s.orDefaults()
	k := &kit{Session: s, people: map[int32]db.Colleague{}, purposes: policy.Purposes, schedule: policy.DefaultSchedule()}
	k.speak(s.Lang)
	k.dress()
	return k
}

// speak chooses the language.
func (k *kit) speak(lang string) {
	k.Lang = lang
	k.t = textsOf(lang)
}

// dress chooses the colours.
func (k *kit) dress() { k.st = newStyles(k.Dark, k.NoColor) }

// may says whether the role worn allows act to something at all.
func (k *kit) may(act policy.Act) bool {
	actor := k.Actor
	if actor.Reason.IsZero() { // a reason can still be given
		actor.Reason = text.New("-")
	}
	return policy.Can(actor, act, policy.Resource{}) == nil
}

// wears puts on the first held role that allows act, and says whether there is
// one. The header shows the role worn.
func (k *kit) wears(act policy.Act) bool {
	was := k.Actor.Role
	k.Actor = policy.Wears(k.Actor, act)
	if k.may(act) {
		return true
	}
	k.Actor = k.Actor.As(was)
	return false
}

// learn fetches what many screens name: colleagues and tags.
func (k *kit) learn() tea.Cmd {
	return tea.Batch(k.learnPeople(), k.learnTags(), k.learnFields(), k.learnPurposes(), k.learnRules())
}

func (k *kit) learnRules() tea.Cmd {
	actor := k.Actor
	if !k.may(policy.CustomerList) {
		return nil
	}
	return func() tea.Msg {
		rules, err := k.Ops.Retention(k.Ctx, actor)
		return rulesMsg{rules, err}
	}
}

func (k *kit) learnPeople() tea.Cmd {
	actor := k.Actor
	return func() tea.Msg {
		people, err := k.Ops.Colleagues(k.Ctx, actor)
		return colleaguesMsg{people, err}
	}
}

func (k *kit) learnTags() tea.Cmd {
	actor := k.Actor
	if !k.may(policy.CustomerList) {
		return nil
	}
	return func() tea.Msg {
		tags, err := k.Ops.ListTags(k.Ctx, actor)
		return tagsMsg{tags, err}
	}
}

type (
	colleaguesMsg struct {
		people map[int32]db.Colleague
		err    error
	}
	rulesMsg struct {
		rules []db.Rule
		err   error
	}
	tagsMsg struct {
		tags []db.Tag
		err  error
	}
)

// learned keeps the answers; without them screens show numbers and go on.
func (k *kit) learned(msg tea.Msg) {
	switch msg := msg.(type) {
	case colleaguesMsg:
		if msg.err == nil {
			k.people = msg.people
		}
	case fieldsMsg:
		if msg.err == nil {
			k.defs = msg.fields
		}
	case rulesMsg:
		if msg.err == nil {
			k.schedule = db.Schedule(msg.rules)
		}
	case tagsMsg:
		if msg.err == nil {
			k.tags = msg.tags
		}
	case purposesMsg:
		if msg.err == nil {
			k.purposes = db.Rules(msg.purposes)
		}
	}
}

// colleague is a colleague's name, or a number while names are unknown.
func (k *kit) colleague(id int32) string {
	switch p, ok := k.people[id]; {
	case id == 0:
		return k.t.Nobody
	case ok && !p.Name.IsZero():
		return p.Name.String()
	case ok:
		return text.Clean(p.Login)
	case id == k.Actor.ID:
		return k.Actor.Name.String()
	}
	return "#" + k.num(int(id))
}
