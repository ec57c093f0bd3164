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
		return []binding{on("enter", c.t.KeyKeepSearch), on("esc", c.t.KeyClear), on("↑↓", c.t.KeyMove)}
	}
	_, any := c.here()
	mark := len(c.marks) > 0
	keys := []binding{
		on("enter", c.t.KeyOpen).unless(any, c.t.OffNothing),
		on("/", c.t.KeySearch), on(c.t.SpaceKey, c.t.KeyMark), on("f", c.t.KeyFilter),
	}
	if c.may(policy.CustomerCreate) {
		keys = append(keys, on("a", c.t.KeyAdd))
	}
	keys = append(keys, on("e", c.t.KeyEdit).unless(any, c.t.OffNothing), on("t", c.t.KeyTag).unless(any, c.t.OffNothing))
	if c.may(policy.CustomerHandOver) {
		keys = append(keys, on("h", c.t.KeyHandOver).unless(any, c.t.OffNothing))
	}
	return append(
		keys, on("s S", c.t.KeySort), on("C", c.t.KeyColumns), on("V", c.t.KeyMarkAll),
		on(".", c.t.KeyRepeat).unless(c.repeat != nil, c.t.OffNoRepeat),
		on("z", c.t.KeyUndo).unless(c.undo != nil, c.t.OffNoUndo),
		on("A", c.t.Views.KeyAllOf).unless(any, c.t.OffNothing), on("u", c.t.Views.KeyStatus).unless(any, c.t.OffNothing),
		on("F", c.t.Views.KeyFilter), on("1-9 v", c.t.Views.KeyViews),
		on("x", c.t.KeyExport), on("esc", c.t.KeyClear).unless(mark || c.filtered() || c.in.value() != "", c.t.OffNothing),
		on("j k g G", c.t.KeyMove),
	)
}

func (c *customers) press(key string) tea.Cmd {
	if cmd, ok := c.pressNarrow(c, key); ok {
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
		return c.takeBack()
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
	if !c.may(policy.CustomerCreate) {
		return notify(noteWarn, c.t.OffRole)
	}
	options := []option{{text: c.t.APerson}, {text: c.t.ACompany}}
	return show(newChoose(c.kit, c.t.AddWhat, options, func(i int) tea.Cmd {
		return open(newCustomerForm(c.kit, []policy.CustomerKind{policy.Person, policy.Company}[i]))
	}))
}
