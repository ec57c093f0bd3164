package views

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
)

// mailForm takes a mail that is pasted with its headers, and shows how it is
// understood before it is kept.
type mailForm struct {
	kit     *kit
	of      int64
	name    string // the customer's
	read    ops.MailRead
	known   bool
	err     string
	top     int
	reads   latest
	does    latest
	request ops.RequestKey
}

func newMailForm(k *kit, customer int64, name string) *mailForm {
	return &mailForm{kit: k, of: customer, name: name, request: ops.NewRequestKey()}
}

func (v *mailForm) Title() string { return v.kit.t.Activity.MailTitle }
func (v *mailForm) Init() tea.Cmd { return nil }
func (v *mailForm) Leave()        { v.reads.drop(); v.does.drop() }

// Typing keeps keys from going elsewhere: a terminal that doesn't mark a paste
// as one sends it as keys.
func (v *mailForm) Typing() bool { return true }

func (v *mailForm) Keys() []binding {
	return []binding{on("ctrl+s", v.kit.t.Activity.MailKeep).unless(v.known, v.kit.t.Activity.OffPaste), on("↑↓", v.kit.t.KeyMove), on("esc", v.kit.t.KeyCancel)}
}

func (v *mailForm) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return v.understand(msg.Content)
	case tea.KeyPressMsg:
		switch msg.String() {
		case "ctrl+s":
			return v.keep()
		case "down":
			v.top++
		case "up":
			v.top = max(v.top-1, 0)
		}
	}
	return nil
}

func (v *mailForm) understand(raw string) tea.Cmd {
	acts, actor, of := v.kit.Ops, v.kit.Actor, v.of
	return ask(v.kit, &v.reads, func(ctx context.Context) (ops.MailRead, error) {
		return acts.ReadMail(ctx, actor, of, strings.NewReader(raw))
	}, func(m ops.MailRead, err error) tea.Cmd {
		v.read, v.known, v.err, v.top = m, err == nil, "", 0
		if err != nil {
			v.err = v.kit.sentence(err)
		}
		return nil
	})
}

func (v *mailForm) keep() tea.Cmd {
	if !v.known || v.does.busy {
		return nil
	}
	acts, actor, a, request := v.kit.Ops, v.kit.Actor, v.read.Activity, v.request
	return ask(v.kit, &v.does, func(ctx context.Context) (db.Activity, error) {
		return acts.AddActivity(ctx, actor, a, request)
	}, func(made db.Activity, err error) tea.Cmd {
		if err != nil {
			v.err = v.kit.sentence(err)
			return nil
		}
		return tea.Batch(closeView(v), send(changedMsg{v.of}), notify(noteGood, fmt.Sprintf(v.kit.t.Activity.Kept, v.kit.activityTitle(made))))
	})
}

func (v *mailForm) View(w, height int) string {
	t := &v.kit.t.Activity
	lines := []string{"", " " + v.kit.st.strong.of(cut(v.name, w-2)), ""}
	for _, l := range wrap(t.MailHelp, w-4) {
		lines = append(lines, "  "+v.kit.st.faint.of(l))
	}
	lines = append(lines, v.warnings(w)...)
	if v.known {
		lines = append(append(lines, ""), v.kit.activityLines(v.read.Activity, w)...)
	}
	v.top = max(min(v.top, len(lines)-height), 0)
	return join(lines[v.top:min(len(lines), v.top+height)])
}

// warnings are what to look at before it is kept.
func (v *mailForm) warnings(w int) (lines []string) {
	t := &v.kit.t.Activity
	for _, warn := range []struct {
		on  bool
		say string
	}{
		{v.err != "", v.err},
		{v.known && !v.read.Known, fmt.Sprintf(t.Unknown, v.name)},
		{v.known && v.read.Undated, t.Undated},
		{v.known && v.read.Cut, t.Cut},
	} {
		if !warn.on {
			continue
		}
		lines = append(lines, "")
		for _, l := range wrap("! "+warn.say, w-4) {
			lines = append(lines, "  "+v.kit.st.due.of(l))
		}
	}
	return lines
}
