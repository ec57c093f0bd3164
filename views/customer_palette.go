package views

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// customerEntries are what the palette offers on customers.
func customerEntries(k *kit) []entry {
	list := func(kind policy.CustomerKind) func(string) tea.Cmd {
		return func(line string) tea.Cmd { return k.openList(kind, line) }
	}
	return []entry{
		{name: "contacts", title: k.t.ToContacts, hint: k.t.ContactsHint, act: policy.CustomerList, run: list(0)},
		{name: "companies", title: k.t.ToCompanies, act: policy.CustomerList, run: list(policy.Company)},
		{name: "add", title: k.t.ToAdd, act: policy.CustomerCreate, run: func(string) tea.Cmd { return newCustomers(k).chooseKind() }},
		{name: "import", title: k.t.ToImport, act: policy.ImportRun, run: func(string) tea.Cmd { return goTo(newImports(k, ops.ContactRows)) }},
		{name: "undo", title: upperFirst(k.t.KeyUndo), act: policy.CustomerUpdate, run: func(string) tea.Cmd { return k.takeBack() }},
	}
}

// openList goes to the list, filtered and searched by the line.
func (k *kit) openList(kind policy.CustomerKind, line string) tea.Cmd {
	c := newCustomers(k)
	c.query.Kind = kind
	if err := c.filter(line); err != nil {
		return tea.Sequence(goTo(c), k.fail(err))
	}
	return goTo(c)
}

// exportHint is the command that writes what the list shows to a file.
func (c *customers) exportHint() string {
	args := ""
	if filter, _ := c.toExport(); filter != "" {
		return fmt.Sprintf(c.kit.t.ExportHint, c.kit.Host, " --filter "+quoted(filter))
	}
	if s := c.in.line().String(); s != "" {
		args = " --search " + quoted(s)
	}
	return fmt.Sprintf(c.kit.t.ExportHint, c.kit.Host, args)
}

// quoted is safe to paste into a shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// told is a value of the history as a person reads it: codes become words.
func (k *kit) told(field, value string) string {
	if own, ok := k.toldOwn(field, value); ok {
		return own
	}
	switch field {
	case "status":
		for _, s := range policy.Statuses {
			if s.String() == value {
				return k.t.status(s)
			}
		}
	case "owner":
		var id int32
		if _, err := fmt.Sscanf(value, "#%d", &id); err == nil {
			return k.colleague(id)
		}
	case "tags":
		return k.toldTags(value)
	case "grounds":
		return k.toldGrounds(value)
	}
	return value
}

func (k *kit) toldTags(value string) string {
	var names []string
	for _, w := range strings.Split(strings.Trim(value, "[]"), ",") {
		var id int32
		if _, err := fmt.Sscan(w, &id); err == nil {
			names = append(names, k.tagName(id))
		}
	}
	return strings.Join(names, ", ")
}

func (k *kit) toldGrounds(value string) string {
	var out []string
	for _, g := range strings.Split(value, ", ") {
		purpose, basis, ok := strings.Cut(g, ": ")
		if !ok {
			return value
		}
		out = append(out, k.purposeName(policy.Purpose(purpose))+": "+k.t.basis(policy.Basis(basis)))
	}
	return strings.Join(out, ", ")
}
