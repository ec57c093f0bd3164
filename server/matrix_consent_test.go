package server

import (
	"maps"

	"balie/policy"
)

// The rows of purposes, consents and mailing lists.
func init() {
	maps.Copy(matrix, map[string]rights{
		"purposes list":      {may: all},
		"purposes show":      {args: "newsletter", may: all},
		"purposes set":       {input: "{}", may: []policy.Role{policy.Privacy}, invalid: true},
		"consents list":      {args: "ID --on 2026-01-01", may: readers},
		"consents give":      {args: "ID --purpose newsletter --how phone", may: readers},
		"consents offer":     {args: "999999 --purpose marketing --how paper", may: readers, missing: true},
		"consents withdraw":  {args: "ID --purpose newsletter --how mail", may: readers},
		"consents object":    {args: "999999 --purpose newsletter --how mail", may: readers, missing: true},
		"consents lift":      {args: "999999 --purpose newsletter --how mail", may: readers, missing: true},
		"consents attach":    {args: "999999 scan.pdf", input: "scan", may: readers, missing: true},
		"consents evidence":  {args: "999999", may: readers, missing: true},
		"consents prove":     {args: "ID --purpose newsletter", may: readers},
		"consents reask":     {args: "newsletter", may: readers},
		"consents undecided": {may: readers},
		"audiences list":     {may: readers},
		"audiences add":      {args: "friends --purpose newsletter", may: readers},
		"audiences show":     {args: "999999", may: readers, missing: true},
		"audiences export":   {args: "999999", may: readers, missing: true},
		"audiences retire":   {args: "999999", may: readers, missing: true},
	})
}
