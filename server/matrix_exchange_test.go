package server

import "balie/policy"

// What comes in and goes out as files, beside the contacts.
func init() {
	for name, r := range map[string]rights{
		"companies import":  {args: "--source fair --basis contract --dry-run", input: "name,mail\nPieters BV,piet@example.nl\n", may: sellers},
		"companies revert":  {args: "999999", may: sellers, missing: true},
		"deals import":      {args: "--source fair --dry-run", input: "title,company\nKeuken,Niemand\n", may: sellers},
		"deals revert":      {args: "999999", may: sellers, missing: true},
		"deals export":      {args: "--format csv", may: readers},
		"activities import": {args: "--source fair --dry-run", input: "kind,title,company\ncall,Keuken,Niemand\n", may: sellers},
		"activities revert": {args: "999999", may: sellers, missing: true},
		"activities export": {args: "--format json", may: readers},
		"invoices import":   {args: "--source fair --dry-run", input: "number,date,company,total\n1,2024-01-01,Niemand,10\n", may: []policy.Role{policy.Finance}},
		"invoices past":     {args: "--format csv", may: bookkeepers},
		"invoices revert":   {args: "999999", may: []policy.Role{policy.Finance}, missing: true},
		"companies export":  {args: "--format xlsx", may: readers},
	} {
		matrix[name] = r
	}
}
