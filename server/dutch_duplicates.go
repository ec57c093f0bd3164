package server

import "maps"

func init() {
	maps.Copy(dutch, map[string]string{
		"Nothing is merged yet. Of the other would go along: %s.":                           "Er is nog niets samengevoegd. Van de ander zou meegaan: %s.",
		"Merged; for 30 days, duplicates undo %d takes it back. Went along: %s.":            "Samengevoegd; 30 dagen lang neemt duplicates undo %d het terug. Mee ging: %s.",
		"Customers %d and %d are two again. What somebody changed since stays with %d: %s.": "Klanten %d en %d zijn weer twee. Wat iemand sindsdien wijzigde blijft bij %d: %s.",
		"Customers %d and %d are two again.":                                                "Klanten %d en %d zijn weer twee.",
		"They may be one after all.":                                                        "Ze zijn misschien toch dezelfde.",
		"They are two: this pair isn't shown again.":                                        "Het zijn er twee: dit paar wordt niet meer getoond.",
	})
	maps.Copy(heads, map[string]string{
		"filled": "aangevuld", "a": "een", "b": "ander", "field": "veld", "becomes": "wordt", "likeness": "gelijkenis", "other_name": "andere naam",
	})
}
