package server

import "maps"

func init() {
	maps.Copy(matrix, map[string]rights{
		"duplicates list":    {may: readers},
		"duplicates scan":    {may: admins},
		"duplicates dismiss": {args: "999998 999999", may: readers, missing: true},
		"duplicates merge":   {args: "999998 999999", may: readers, missing: true},
		"duplicates undo":    {args: "999999", may: readers, missing: true},
	})
}
