package server

import "maps"

// The sentences and columns of purposes, consents and mailing lists.
func init() {
	maps.Copy(dutch, map[string]string{
		"The purpose %s is as you said, as version %d.":                                          "Het doel %s is zoals je zei, als versie %d.",
		"Left out, because a mail that asks is marketing itself and they may not be mailed: %s.": "Weggelaten, omdat een mail die vraagt zelf marketing is en zij niet gemaild mogen worden: %s.",
		"Left out: %s.":                   "Weggelaten: %s.",
		"The mailing list is out of use.": "De verzendlijst is buiten gebruik.",
	})
	maps.Copy(heads, map[string]string{
		"purpose": "doel", "bases": "grondslagen", "means": "middelen", "marketing": "marketing", "soft_opt_in": "soft opt-in", "consent_months": "maanden toestemming",
		"retention": "bewaren", "wording": "tekst", "text": "luidt", "basis": "grondslag", "objected": "bezwaar", "may_be_used": "mag", "why_not": "waarom niet",
		"event": "gebeurtenis", "what": "wat", "how": "hoe", "recorded": "vastgelegd", "evidence": "bewijs", "search": "zoekt", "may": "mogen", "left_out": "weggelaten", "exports": "verzonden",
	})
}
