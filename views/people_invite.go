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

// newInvite asks a new colleague in.
func newInvite(k *kit) *shortForm {
	t := &k.t.People
	fields := []*field{
		textField("login", t.Login, ""), textField("name", t.Name, ""),
		choiceField("role", t.Role, k.grantable(), 0), textField("team", t.Team, ""), textField("reason", t.Reason, ""),
	}
	for i, hint := range []string{t.LoginHint, t.NameHint, t.RoleHint, t.TeamHint, t.WhyHint} {
		fields[i].hint = hint
	}
	s := newShortForm(k, t.InviteTitle, fields)
	s.form.onLeave = func(f *field) tea.Cmd { return checkInvited(s, f) }
	s.form.save = func() tea.Cmd { return saveInvite(s) }
	return s
}

// newReturn asks one in again who had left.
func newReturn(k *kit, who db.Person) *shortForm {
	s := newInvite(k)
	for name, value := range map[string]string{"login": who.Login, "name": who.Name.String(), "team": who.Team.String()} {
		s.form.field(name).in.set(value)
	}
	return s
}

// checkInvited tells of a login name that can't be as soon as it is left.
func checkInvited(s *shortForm, f *field) tea.Cmd {
	if v := f.value(); f.name == "login" && v != "" {
		if err := policy.CheckLogin(v); err != nil {
			f.err = s.kit.sentence(err)
		}
	}
	return nil
}

func saveInvite(s *shortForm) tea.Cmd {
	in := ops.Invitation{
		Login: s.form.value("login"), Name: text.New(s.form.value("name")),
		Role: policy.Roles[s.form.field("role").chosen],
		Team: text.New(s.form.value("team")), Reason: text.New(s.form.value("reason")),
	}
	acts, actor := s.kit.Ops, s.kit.Actor
	return submit(s, func(ctx context.Context) (ops.Code, error) { return acts.Invite(ctx, actor, in) },
		func(code ops.Code) tea.Cmd { return s.instead(newCodeView(s.kit, in.Name, code)) })
}

// codeView shows an invitation's code, once, with what to tell the colleague.
type codeView struct {
	kit  *kit
	name text.Line
	code ops.Code
}

func newCodeView(k *kit, name text.Line, code ops.Code) *codeView { return &codeView{k, name, code} }

func (c *codeView) Title() string {
	return fmt.Sprintf(c.kit.t.People.CodeTitle, cut(c.name.String(), 16))
}
func (c *codeView) Init() tea.Cmd { return nil }
func (c *codeView) Typing() bool  { return true } // q must not lose the code

func (c *codeView) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok && (key.String() == "y" || key.String() == c.kit.t.YesKey) {
		return closeView(c)
	}
	return nil
}

// Escape asks first: the code would be lost.
func (c *codeView) Escape() (tea.Cmd, bool) {
	return show(newConfirm(c.kit, c.kit.t.People.CodeLeave, nil, func() tea.Cmd { return closeView(c) })), true
}

func (c *codeView) Keys() []binding { return []binding{on(c.kit.t.YesKey, c.kit.t.People.CodeKey)} }

func (c *codeView) View(w, _ int) string {
	t := &c.kit.t.People
	lines := []string{""}
	say := func(st style, s string) {
		for _, l := range wrap(s, min(w-4, formWidth)) {
			lines = append(lines, "  "+st.of(l))
		}
	}
	say("", fmt.Sprintf(t.CodeTell, c.name.String()))
	lines = append(
		lines, "",
		"   1  "+t.CodeStep1, "", "        "+c.kit.st.accent.of("ssh join@"+text.Clean(c.kit.Host)), "",
		"   2  "+t.CodeStep2, "", "        "+c.kit.st.accent.of(c.code.Code.Reveal()), "",
		"   3  "+t.CodeStep3, "",
	)
	say("", fmt.Sprintf(t.CodeValid, c.kit.moment(c.code.Expires)))
	say(c.kit.st.due, t.CodeOnce)
	if c.code.Pending {
		say(c.kit.st.due, t.CodePending)
	}
	say("", t.CodeCheck)
	return join(lines)
}
