package server

import "maps"

func init() {
	const mail = "From: jan@example.nl\nTo: sander@example.org\nSubject: offer\nDate: Sun, 1 Nov 2026 08:00:00 +0100\n\nAgreed.\n"
	maps.Copy(matrix, map[string]rights{
		"activities show":    {args: "999999", may: readers, missing: true},
		"activities change":  {args: "999999 --outcome agreed", may: sellers, missing: true},
		"activities history": {args: "999999", may: readers, missing: true},
		"activities paste":   {args: "ID --dry-run", input: mail, may: sellers},
		"tasks history":      {args: "999999", may: readers, missing: true},
	})
}
