package views

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// invoiceEntries are what the palette offers on invoices.
func invoiceEntries(k *kit) []entry {
	t := &k.t.Invoice
	return []entry{
		{name: "invoices", title: t.ToInvoices, hint: t.ToInvoicesHint, act: policy.InvoiceList, run: k.toInvoices},
		{name: "import", title: k.t.ToImport, act: policy.InvoiceImport, run: func(string) tea.Cmd { return goTo(newImports(k, ops.InvoiceRows)) }},
	}
}

// toInvoices goes, filters and searches in one line: overdue /kuipers.
func (k *kit) toInvoices(arg string) tea.Cmd {
	word, find, _ := strings.Cut(arg, "/")
	state := policy.InvoiceState("")
	for _, s := range invoiceStates {
		if w := strings.TrimSpace(strings.ToLower(word)); w != "" && (w == string(s) || w == k.invoiceState(s)) {
			state = s
		}
	}
	list := func() tea.Cmd { return goTo(newInvoices(k, state, strings.TrimSpace(find))) }
	if k.Actor.Role == policy.Privacy && k.Actor.Reason.IsZero() {
		return k.askReason(list)
	}
	return list()
}
