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

// nextTheme is what follows the present one when none is named.
func (k *kit) nextTheme() string {
	switch {
	case k.NoColor:
		return "dark"
	case k.Dark:
		return "light"
	}
	return "plain"
}

// switchTheme also offers what NO_COLOR means elsewhere: SSH doesn't bring that
// variable along.
func (k *kit) switchTheme(arg string) tea.Cmd {
	switch cmpOr(arg, k.nextTheme()) {
	case "dark":
		k.Dark, k.NoColor = true, false
	case "light":
		k.Dark, k.NoColor = false, false
	case "plain":
		k.NoColor = true
	default:
		return notify(noteBad, k.t.ThemeHint)
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
