package views

import (
	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// keyEntries are what the palette offers on keys and settings.
func keyEntries(k *kit) []entry {
	t := &k.t.Own
	return []entry{
		{name: "keys", title: t.KeysAll, act: policy.KeyList, run: func(string) tea.Cmd { return goTo(newKeys(k)) }},
		{name: "key", title: t.AddTitle, run: func(string) tea.Cmd { return goTo(newKeyForm(k)) }},
		{name: "settings", title: t.SettingsAll, act: policy.SettingChange, run: func(string) tea.Cmd { return goTo(newSettings(k)) }},
	}
}
