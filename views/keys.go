package views

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// keysView is everybody's keys: what kind they are, how old, and for how long
// nobody has used them.
type keysView struct {
	kit     *kit
	all     []ops.StaffKey
	flagged bool // only those with something to look at
	known   bool
	list    roster
	width   int
	asks    latest
	does    latest
}

func newKeys(k *kit) *keysView { return &keysView{kit: k, flagged: true} }

func (v *keysView) Title() string { return v.kit.t.Own.KeysAll }
func (v *keysView) Init() tea.Cmd { return v.load() }
func (v *keysView) Wake() tea.Cmd { return v.load() }
func (v *keysView) Leave()        { v.asks.drop() }

func (v *keysView) load() tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	return ask(v.kit, &v.asks, func(ctx context.Context) ([]ops.StaffKey, error) {
		return acts.StaffKeys(ctx, actor)
	}, func(all []ops.StaffKey, err error) tea.Cmd {
		if err != nil {
			return v.kit.fail(err)
		}
		v.all, v.known = all, true
		v.list.put(v.rows(v.width))
		return nil
	})
}

func (v *keysView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.list.press(key.String()) {
		return nil
	}
	switch key.String() {
	case "f":
		v.flagged = !v.flagged
		return nil
	case "ctrl+r":
		return v.load()
	}
	it, ok := v.list.item().(ops.StaffKey)
	if !ok {
		return nil
	}
	switch {
	case key.String() == "enter":
		return open(newPerson(v.kit, it.PersonID, it.Login))
	case !v.kit.may(policy.KeyLift):
		return nil
	case key.String() == "L" && it.SuspendedAt != nil:
		return liftKey(v.kit, &v.does, it.Key, it.Login, v.load)
	case key.String() == "K":
		return v.remove(it)
	}
	return nil
}

func (v *keysView) remove(it ops.StaffKey) tea.Cmd {
	t := &v.kit.t.People
	return v.kit.because(fmt.Sprintf(t.RemoveTitle, it.Login), t.ReasonHint, func(why text.Line) tea.Cmd {
		return show(newConfirm(v.kit, fmt.Sprintf(t.RemoveAsk, text.Clean(it.Fingerprint)), []string{t.RemoveDetail}, func() tea.Cmd {
			return removeKey(v.kit, &v.does, it.Key, why, v.load)
		}))
	})
}

func (v *keysView) Keys() []binding {
	t := &v.kit.t.People
	it, ok := v.list.item().(ops.StaffKey)
	filter := v.kit.t.Own.KeyOnly
	if v.flagged {
		filter = v.kit.t.Own.KeyEvery
	}
	return []binding{
		on("f", filter),
		on("enter", t.Open).unless(ok, t.PickKey),
		on("L", v.kit.t.Own.KeyLift).unless(ok && it.SuspendedAt != nil, v.kit.t.Own.NotSuspended).unless(v.kit.may(policy.KeyLift), t.OnlyAdmin),
		on("K", t.KeyRemove).unless(ok, t.PickKey).unless(v.kit.may(policy.KeyLift), t.OnlyAdmin),
		on("ctrl+r", t.Reload),
	}
}

func (v *keysView) View(w, height int) string {
	t := &v.kit.t.Own
	cols := staffKeyColumns(w)
	v.width = w
	v.list.put(v.rows(w))
	head := columns(cols, v.kit.t.People.Login, t.KeyName, v.kit.t.People.Key, t.DaysOld, t.DaysUnused, t.Look, v.kit.t.People.From)
	lines := []string{"   " + v.kit.st.faint.of(cut(head, w-4))}
	switch {
	case !v.known:
		lines = append(lines, "   "+v.kit.st.faint.of(v.kit.t.Loading))
	case len(v.list.rows) == 0:
		lines = append(lines, "", "   "+v.kit.st.faint.of(t.NoFlagged))
	}
	return join(append(lines, v.list.lines(v.kit.st, w, max(height-len(lines), 0))...))
}

// staffKeyColumns are: login, name, kind, days old, days unused, flags, and
// where it was used last.
func staffKeyColumns(w int) []int {
	if w < 120 {
		return []int{9, 11, 12, 5, 6, 14, 13}
	}
	return []int{20, 30, 30, 10, 10, 30, 60}
}

func (v *keysView) rows(w int) []rosterRow {
	cols := staffKeyColumns(w)
	rows := []rosterRow{}
	for _, k := range v.all {
		if v.flagged && len(k.Flags) == 0 {
			continue
		}
		rows = append(rows, rosterRow{
			id: strconv.Itoa(int(k.ID)), item: k, st: v.flagStyle(k.Flags),
			text: columns(cols, k.Login, text.Clean(k.Name), kindWord(k.Key), v.kit.num(k.Age), v.kit.num(k.Unused), v.flagWords(k.Flags), text.Clean(k.LastFrom)),
		})
	}
	return rows
}

func (v *keysView) flagWords(flags []policy.KeyFlag) string {
	words := make([]string, len(flags))
	for i, f := range flags {
		words[i] = v.kit.t.Own.Flags[f]
	}
	return strings.Join(words, ", ")
}

func (v *keysView) flagStyle(flags []policy.KeyFlag) style {
	switch {
	case slices.Contains(flags, policy.KeyWeak):
		return v.kit.st.danger
	case slices.Contains(flags, policy.KeySuspended):
		return v.kit.st.faint
	case len(flags) > 0:
		return v.kit.st.due
	}
	return ""
}

// kindWord is a key's kind as people call it, with the bits of RSA.
func kindWord(k db.Key) string {
	word := strings.TrimSuffix(strings.TrimPrefix(k.Kind, "ssh-"), "@openssh.com")
	if k.Bits > 0 {
		word += " " + strconv.Itoa(int(k.Bits))
	}
	return text.Clean(word)
}
