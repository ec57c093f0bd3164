package server

import "maps"

// What is said of files that come in and go out.
func init() {
	maps.Copy(dutch, map[string]string{
		"The import is taken back; rows removed: %d.": "De import is teruggedraaid; rijen verwijderd: %d.",
		"Rows exported: %d.":                          "Geëxporteerde rijen: %d.",
	})
}
