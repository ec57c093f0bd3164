package server

import "maps"

// What is said of fields.
func init() {
	maps.Copy(dutch, map[string]string{
		"The field %s is as you said.":                        "Het veld %s is zoals je zei.",
		"Counted: fields list shows it.":                      "Geteld: fields list toont het.",
		"The field %s is dropped, with all that stood in it.": "Het veld %s is geschrapt, met alles wat erin stond.",
		"Nothing was dropped. How many records fill %s was not counted yet: see fields count. To drop it, repeat its name after --confirm.": "Er is niets geschrapt. Hoe vaak %s is ingevuld, is nog niet geteld: zie fields count. Om het te schrappen: herhaal de naam achter --confirm.",
		"Nothing was dropped. %d of %d records fill %s, counted %s. To drop it with all that, repeat its name after --confirm.":             "Er is niets geschrapt. %d van %d vullen %s, geteld %s. Om het met dat al te schrappen: herhaal de naam achter --confirm.",
	})
}
