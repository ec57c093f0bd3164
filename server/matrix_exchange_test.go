package server

// What comes in and goes out as files, beside the contacts.
func init() {
	for name, r := range map[string]rights{
		"companies import": {args: "--source fair --basis contract --dry-run", input: "name,mail\nPieters BV,piet@example.nl\n", may: sellers},
		"companies revert": {args: "999999", may: sellers, missing: true},
		"companies export": {args: "--format xlsx", may: readers},
	} {
		matrix[name] = r
	}
}
