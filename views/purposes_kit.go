package views

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

type purposesMsg struct {
	purposes []db.Purpose
	err      error
}

func (k *kit) learnPurposes() tea.Cmd {
	actor := k.Actor
	return func() tea.Msg {
		all, err := k.Ops.ListPurposes(k.Ctx, actor)
		return purposesMsg{all, err}
	}
}

// purposeName is a purpose as the organisation calls it.
func (k *kit) purposeName(name policy.Purpose) string {
	p, err := policy.FindPurpose(k.purposes, name)
	if err != nil {
		return text.Clean(string(name))
	}
	return text.Clean(p.Title.In(k.Lang))
}

// purposeNames are those that can be chosen: the ones in use, and those that a
// record has anyhow.
func (k *kit) purposeNames(has []policy.Ground) (names []policy.Purpose) {
	for _, p := range k.purposes {
		if !p.Retired || slices.ContainsFunc(has, func(g policy.Ground) bool { return g.Purpose == p.Name }) {
			names = append(names, p.Name)
		}
	}
	for _, g := range has {
		if g.Purpose != "" && !slices.Contains(names, g.Purpose) {
			names = append(names, g.Purpose)
		}
	}
	return names
}

// purposeOptions begin with none; the hint is the name.
func (k *kit) purposeOptions(names []policy.Purpose) []option {
	options := []option{{text: "–"}}
	for _, p := range names {
		options = append(options, option{text: k.purposeName(p), hint: string(p)})
	}
	return options
}
