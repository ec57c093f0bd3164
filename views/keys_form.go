package views

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// newKeyForm adds a key of one's own; the code is asked for so that a terminal
// left alone is not enough.
func newKeyForm(k *kit) *shortForm {
	t := &k.t.Own
	key, name, code := textField("key", t.PublicKey, ""), textField("name", t.KeyName, ""), textField("code", t.Code, "")
	key.hint, name.hint, code.hint = t.PublicHint, t.KeyNameHint, t.CodeHint
	code.in.secret = true
	s := newShortForm(k, t.AddTitle, []*field{key, name, code})
	s.above = func(w int) []string {
		lines := []string{""}
		for _, l := range wrap(t.AddAbove, min(w-2, formWidth)) {
			lines = append(lines, " "+k.st.faint.of(l))
		}
		return lines
	}
	s.form.onType = func(fd *field) { judgeKey(k, fd, name) }
	s.form.save = func() tea.Cmd { return saveKey(s) }
	return s
}

// judgeKey says as soon as a key is pasted whether it can be used, and takes
// its comment for a name.
func judgeKey(k *kit, fd, name *field) {
	if fd.name != "key" {
		return
	}
	fd.good, fd.err = "", ""
	offer, comment, err := ops.ParseKey(fd.in.value())
	switch {
	case strings.TrimSpace(fd.in.value()) == "":
	case err != nil:
		fd.err = k.sentence(err)
	default:
		fd.good = offer.Fingerprint
		if name.in.value() == "" {
			name.in.set(comment.String())
		}
	}
}

func saveKey(s *shortForm) tea.Cmd {
	offer, _, err := ops.ParseKey(s.form.field("key").in.value())
	if err == nil && s.form.value("code") == "" {
		err = policy.Errorf(policy.Invalid, s.kit.t.People.CodeFirst).On("code")
	}
	if err != nil {
		s.form.blame(err)
		return nil
	}
	acts, actor, t := s.kit.Ops, s.kit.Actor, &s.kit.t.Own
	name, code := text.New(s.form.value("name")), policy.Seal(s.form.value("code"))
	return submit(s, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.AddKey(ctx, actor, offer, name, code)
	}, func(struct{}) tea.Cmd {
		return tea.Sequence(closeView(s), notify(noteGood, fmt.Sprintf(t.AddDone, cmpOr(name.String(), offer.Fingerprint))))
	})
}

// renameKey asks for another name of one's own key.
func (p *profileView) renameKey(key db.Key) tea.Cmd {
	acts, actor, t := p.kit.Ops, p.kit.Actor, &p.kit.t.Own
	check := func(name string) error {
		if name == "" || len(name) > 40 {
			return policy.Errorf(policy.Invalid, "A key needs a name of at most 40 characters.")
		}
		return nil
	}
	ask := newPrompt(p.kit, fmt.Sprintf(t.RenameAsk, text.Clean(key.Name)), text.Clean(key.Fingerprint), check, func(name string) tea.Cmd {
		return perform(p.kit, &p.does, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, acts.RenameKey(ctx, actor, key.ID, text.New(name))
		}, func(struct{}) string { return t.RenameDone }, p.load)
	})
	return show(ask)
}

// liftKey lets a colleague's key be used again, for a reason.
func liftKey(k *kit, does *latest, key db.Key, login string, again func() tea.Cmd) tea.Cmd {
	acts, actor, t := k.Ops, k.Actor, &k.t.Own
	return k.because(fmt.Sprintf(t.LiftAsk, login, text.Clean(key.Name)), t.LiftHint, func(why text.Line) tea.Cmd {
		return perform(k, does, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, acts.LiftKey(ctx, actor, key.ID, why)
		}, func(struct{}) string { return t.LiftDone }, again)
	})
}
