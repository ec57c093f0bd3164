package views

import (
	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

func dupeEntries(k *kit) []entry {
	t := &k.t.Dupe
	return []entry{{name: "duplicates", title: t.ToDuplicates, hint: t.ToHint, act: policy.DuplicateList, run: func(string) tea.Cmd {
		return k.withReason(func() tea.Cmd { return goTo(newDuplicates(k)) })
	}}}
}

// mergeMarked puts the two marked customers side by side; the first one marked by
// number stays unless one turns them round.
func (c *customers) mergeMarked() tea.Cmd {
	two := c.targets()
	if len(c.marks) != 2 {
		return notify(noteWarn, c.kit.t.Dupe.OffTwo)
	}
	clear(c.marks)
	c.grid.changed()
	return open(newTwinMerge(c.kit, two[0].ID, two[1].ID))
}
