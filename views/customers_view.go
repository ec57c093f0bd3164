package views

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// besideFrom is the width from which the list shows more of the selected one.
const besideFrom = 150

// allColumns can be shown, in this order.
func (c *customers) allColumns() []column {
	return []column{
		{name: "name", title: c.kit.t.Name, width: 20, grow: true},
		{name: "company", title: c.kit.t.Company, width: 14, grow: true},
		{name: "status", title: c.kit.t.Status, width: 9},
		{name: "activity", title: c.kit.t.LastActivity, width: 13},
		{name: "state", title: "", width: 11},
		{name: "owner", title: c.kit.t.Owner, width: 13},
		{name: "mail", title: c.kit.t.Mail, width: 24, grow: true},
		{name: "phone", title: c.kit.t.Phone, width: 15},
	}
}

// usualColumns fit 80 columns; who sees colleagues' customers sees the owner.
func (c *customers) usualColumns() []string {
	if c.kit.Actor.Role == policy.Sales {
		return []string{"name", "company", "status", "activity", "state", "mail", "phone"}
	}
	return []string{"name", "company", "status", "owner", "state", "activity", "mail", "phone"}
}

func (c *customers) setColumns(names []string) {
	all := c.allColumns()
	c.grid.columns = c.grid.columns[:0]
	for _, n := range names {
		if i := slices.IndexFunc(all, func(col column) bool { return col.name == n }); i >= 0 {
			c.grid.columns = append(c.grid.columns, all[i])
		}
	}
	c.shown = names
	c.kit.columns = names
	c.grid.changed()
}

func (c *customers) chooseColumns() tea.Cmd {
	all := c.allColumns()
	options := make([]option, len(all))
	for i, col := range all {
		options[i] = option{text: cmpOr(col.title, c.kit.t.State), on: slices.Contains(c.shown, col.name)}
	}
	return show(newChooseMany(c.kit, c.kit.t.WhichColumns, options, func(is []int) tea.Cmd {
		names := []string{}
		for _, i := range is {
			names = append(names, all[i].name)
		}
		if len(names) > 0 {
			c.setColumns(names)
		}
		return nil
	}))
}

func (c *customers) cells(i int) []cell {
	r := c.rows[i]
	cells := make([]cell, len(c.grid.columns))
	for j, col := range c.grid.columns {
		cells[j] = c.cell(r, col.name)
	}
	return cells
}

func (c *customers) cell(r db.Row, name string) cell {
	switch name {
	case "name":
		return cell{text: r.Name().String()}
	case "company":
		if r.Kind == policy.Company {
			return cell{c.kit.t.company(policy.Company), c.kit.st.faint}
		}
		return cell{text: dash(r.Company.String())}
	case "status":
		return cell{text: c.kit.t.status(r.Status)}
	case "activity":
		return cell{text: c.kit.ago(r.LastActivity)}
	case "owner":
		return cell{text: c.kit.colleague(r.Owner)}
	case "state":
		if r.Restricted {
			return cell{c.kit.t.Restricted, c.kit.st.due}
		}
		return c.kit.leavesIn(r.Status, r.LastActivity)
	case "mail":
		return cell{text: r.Mail.String()}
	case "phone":
		return cell{text: c.kit.phone(r.Phone.String())}
	}
	return cell{}
}

func (c *customers) View(w, height int) string {
	c.height = height - 1
	lines := []string{c.top(w)}
	if w < besideFrom {
		lines = append(lines, c.list(w, height-1)...)
		return join(lines)
	}
	left := w * 2 / 3
	lines = append(lines, beside(block(c.list(left, height-1), left, height-1), c.aside(w-left-4), left, c.kit.st.faint.of(" │ "))...)
	return join(lines)
}

// top is the search, and what the list holds.
func (c *customers) top(w int) string {
	search := c.kit.st.faint.of("/ " + c.kit.t.KeySearch)
	if c.typing {
		shown, _ := c.in.View(24)
		search = c.kit.st.accent.of("/ ") + c.kit.st.here.of(shown)
	} else if c.in.value() != "" {
		search = c.kit.st.accent.of("/ ") + cut(c.in.value(), 24)
	}
	if f := c.filterWords(); f != "" {
		search += "  " + c.kit.st.accent.of(f)
	}
	return spread(" "+search, c.count()+"   "+c.kit.t.Sorted+" "+c.kit.t.sort(c.query.Sort), w-1)
}

// count is honest about what is not yet known: the end of a long list.
func (c *customers) count() string {
	n := c.kit.num(len(c.rows))
	if c.more {
		n += "+"
	}
	if len(c.marks) > 0 {
		n = fmt.Sprintf(c.kit.t.MarkedOf, c.kit.num(len(c.marks)), n)
	}
	switch {
	case c.running != nil:
		n = fmt.Sprintf(c.kit.t.Views.Doing, c.kit.num(c.running.done), c.kit.num(len(c.running.rows)))
	case c.gathering.busy:
		n = fmt.Sprintf(c.kit.t.Views.Gathering, c.kit.num(len(c.marks)))
	case c.find.busy && c.rows == nil:
		n = c.kit.t.Loading
	case c.page.busy && c.looked > 0 && c.grid.at >= len(c.rows)-pageAhead:
		n += " · " + fmt.Sprintf(c.kit.t.Views.Looking, c.kit.num(c.looked))
	}
	return n
}

func (c *customers) list(w, height int) []string {
	if len(c.rows) == 0 && !c.find.busy && !c.more {
		return append([]string{""}, indent(c.empty(), w)...)
	}
	return c.grid.View(w, height)
}

func (c *customers) empty() []string {
	if c.in.value() != "" || c.filtered() {
		return []string{c.kit.t.NothingFound, c.kit.st.faint.of(c.kit.t.NothingFoundHint)}
	}
	return []string{c.kit.t.NoCustomers, c.kit.st.faint.of(c.kit.t.NoCustomersHint)}
}

// aside tells of the selected one what the list holds already: looking closer
// is a view that the log records, so it takes a key.
func (c *customers) aside(w int) []string {
	r, ok := c.here()
	if !ok {
		return nil
	}
	lines := []string{c.kit.st.strong.of(cut(r.Name().String(), w)), ""}
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, c.kit.st.faint.of(pad(label, 14))+cut(value, w-14))
		}
	}
	add(c.kit.t.Company, r.Company.String())
	add(c.kit.t.Kind, c.kit.t.company(r.Kind))
	add(c.kit.t.Status, c.kit.t.status(r.Status))
	add(c.kit.t.Owner, c.kit.colleague(r.Owner))
	add(c.kit.t.Mail, r.Mail.String())
	add(c.kit.t.Phone, c.kit.phone(r.Phone.String()))
	add(c.kit.t.LastActivity, c.kit.moment(r.LastActivity)+" · "+c.kit.ago(r.LastActivity))
	term := c.kit.leavesOn(r.Status, r.LastActivity)
	add(c.kit.t.Term, term.text)
	if r.Restricted {
		lines = append(lines, "", c.kit.st.due.of("! "+c.kit.t.RestrictedLong))
	}
	return append(lines, "", c.kit.st.faint.of(c.kit.t.AsideHint))
}

// Cursor stands in the search.
func (c *customers) Cursor() (x, y int, ok bool) {
	_, x = c.in.View(24)
	return 3 + x, 0, c.typing
}

func (k *kit) phone(e164 string) string {
	if e164 == "" {
		return ""
	}
	return ops.ShowPhone(e164, k.Country)
}

func dash(s string) string { return cmpOr(s, "–") }

func cmpOr(a, b string) string {
	if strings.TrimSpace(a) == "" {
		return b
	}
	return a
}

func indent(lines []string, w int) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = "   " + cut(l, w-3)
	}
	return out
}
