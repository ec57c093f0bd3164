package views

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

func (k *kit) heldRoles() string {
	names := make([]string, len(k.Actor.Held))
	for i, r := range k.Actor.Held {
		names[i] = string(r)
	}
	return strings.Join(names, " ")
}

func (k *kit) toldRole() tea.Cmd {
	return notify(noteGood, fmt.Sprintf(k.t.RoleNow, k.t.role(k.Actor.Role)))
}

// switchRole puts on another held role; without a name it asks which.
func (k *kit) switchRole(arg string) tea.Cmd {
	if arg == "" {
		options := make([]option, len(k.Actor.Held))
		for i, r := range k.Actor.Held {
			options[i] = option{text: k.t.role(r), hint: string(r)}
		}
		return show(newChoose(k, k.t.ToRole, options, func(i int) tea.Cmd { return k.wear(k.Actor.Held[i]) }))
	}
	i := slices.IndexFunc(k.Actor.Held, func(r policy.Role) bool { return string(r) == arg || k.t.role(r) == arg })
	if i < 0 {
		return notify(noteBad, k.t.NoSuchRole)
	}
	return k.wear(k.Actor.Held[i])
}

func (k *kit) wear(r policy.Role) tea.Cmd {
	k.Actor = k.Actor.As(r)
	return tea.Sequence(send(wornMsg{}), k.toldRole())
}

func (k *kit) switchTheme(arg string) tea.Cmd {
	switch arg {
	case "":
		k.Dark = !k.Dark
	case "light", "dark":
		k.Dark = arg == "dark"
	default:
		return notify(noteBad, k.t.NotBright)
	}
	k.dress()
	return send(dressedMsg{})
}

// dressedMsg lets screens forget what they rendered in other colours.
type dressedMsg struct{}

func (k *kit) switchLanguage(arg string) tea.Cmd {
	if arg == "" {
		arg = map[bool]string{true: "en", false: "nl"}[k.Lang == "nl"]
	}
	if arg != "nl" && arg != "en" {
		return notify(noteBad, k.t.LanguageHint)
	}
	k.speak(arg)
	return tea.Sequence(send(wornMsg{}), notify(noteGood, k.t.LanguageNow))
}
