package views

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// Keys are those of the list; what the role doesn't allow is left out.
func (c *customers) Keys() []binding {
	if c.typing {
		return []binding{on("enter", c.kit.t.KeyKeepSearch), on("esc", c.kit.t.KeyClear), on("↑↓", c.kit.t.KeyMove)}
	}
	_, any := c.here()
	mark := len(c.marks) > 0
	keys := []binding{
		on("enter", c.kit.t.KeyOpen).unless(any, c.kit.t.OffNothing),
		on("/", c.kit.t.KeySearch), on(c.kit.t.SpaceKey, c.kit.t.KeyMark), on("f", c.kit.t.KeyFilter),
	}
	if c.kit.may(policy.CustomerCreate) {
		keys = append(keys, on("a", c.kit.t.KeyAdd))
	}
	keys = append(keys, on("e", c.kit.t.KeyEdit).unless(any, c.kit.t.OffNothing), on("t", c.kit.t.KeyTag).unless(any, c.kit.t.OffNothing))
	if c.kit.may(policy.CustomerHandOver) {
		keys = append(keys, on("h", c.kit.t.KeyHandOver).unless(any, c.kit.t.OffNothing))
	}
	return append(
		keys, on("m", c.kit.t.Dupe.KeyMerge).unless(len(c.marks) == 2, c.kit.t.Dupe.OffTwo),
		on("s S", c.kit.t.KeySort), on("C", c.kit.t.KeyColumns), on("V", c.kit.t.KeyMarkAll),
		on(".", c.kit.t.KeyRepeat).unless(c.kit.repeat != nil, c.kit.t.OffNoRepeat),
		on("z", c.kit.t.KeyUndo).unless(c.kit.undo != nil, c.kit.t.OffNoUndo),
		on("A", c.kit.t.Views.KeyAllOf).unless(any, c.kit.t.OffNothing), on("u", c.kit.t.Views.KeyStatus).unless(any, c.kit.t.OffNothing),
		on("F", c.kit.t.Views.KeyFilter), on("1-9 v", c.kit.t.Views.KeyViews),
		on("x", c.kit.t.KeyExport), on("esc", c.kit.t.KeyClear).unless(mark || c.filtered() || c.in.value() != "", c.kit.t.OffNothing),
		on("j k g G", c.kit.t.KeyMove),
	)
}

func (c *customers) press(key string) tea.Cmd {
	if cmd, ok := c.kit.pressNarrow(c, key); ok {
		return cmd
	}
	switch key {
	case "/":
		c.typing = true
	case "f":
		return c.chooseFilter()
	case "s":
		return c.sortBy(1)
	case "S":
		return c.sortBy(-1)
	case "C":
		return c.chooseColumns()
	case "a":
		return c.chooseKind()
	case "V":
		c.markAll()
	case "A":
		return c.markFilter()
	case "z":
		return c.kit.takeBack()
	case "x":
		return notify(noteGood, c.exportHint())
	default:
		return c.pressOnRow(key)
	}
	return nil
}

// pressOnRow is for the keys that need a customer.
func (c *customers) pressOnRow(key string) tea.Cmd {
	r, ok := c.here()
	if !ok {
		return nil
	}
	switch key {
	case "enter", "l", "right":
		return open(newCustomer(c.kit, r.ID, r.Name().String()))
	case "e":
		return openEdit(c.kit, r.ID)
	case "space":
		c.mark(r)
	case "t":
		return c.chooseTag()
	case "h":
		return c.chooseOwner()
	case "m":
		return c.mergeMarked()
	case "u":
		return c.chooseStatus()
	case ".":
		return c.repeatBulk()
	}
	return nil
}

func (c *customers) mark(r db.Row) {
	if _, ok := c.marks[r.ID]; ok {
		delete(c.marks, r.ID)
	} else {
		c.marks[r.ID] = r
	}
	c.grid.touched(c.grid.at)
	c.grid.at = min(c.grid.at+1, len(c.rows)-1)
}

// markAll marks all that is held, or nothing if all is marked.
func (c *customers) markAll() {
	all := true
	for _, r := range c.rows {
		if _, ok := c.marks[r.ID]; !ok {
			all = false
			c.marks[r.ID] = r
		}
	}
	if all {
		clear(c.marks)
	}
	c.grid.changed()
}

func (c *customers) sortBy(step int) tea.Cmd {
	i := slices.Index(db.Sorts, c.query.Sort)
	c.query.Sort = db.Sorts[(i+step+len(db.Sorts))%len(db.Sorts)]
	return c.again()
}

// chooseKind begins a new customer.
func (c *customers) chooseKind() tea.Cmd {
	if !c.kit.may(policy.CustomerCreate) {
		return notify(noteWarn, c.kit.t.OffRole)
	}
	options := []option{{text: c.kit.t.APerson}, {text: c.kit.t.ACompany}}
	return show(newChoose(c.kit, c.kit.t.AddWhat, options, func(i int) tea.Cmd {
		return open(newCustomerForm(c.kit, []policy.CustomerKind{policy.Person, policy.Company}[i]))
	}))
}
