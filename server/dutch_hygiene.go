package server

import "maps"

// The words of the officer's figures.
func init() {
	maps.Copy(dutch, map[string]string{
		"Noted: %d. Of nobody whom you see: %d.":               "Genoteerd: %d. Van niemand die je ziet: %d.",
		"Give between 1 and %d mail addresses, one on a line.": "Geef 1 tot %d mailadressen, een per regel.",
	})
	maps.Copy(heads, map[string]string{"number": "aantal", "counted": "geteld", "screen": "scherm"})
}
