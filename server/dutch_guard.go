package server

import "maps"

// What the guard says to who types a command.
func init() {
	maps.Copy(dutch, map[string]string{
		"To keep it all the same, add --despite with the reason, which goes into the log.": "Om het toch te bewaren: voeg --despite toe met de reden, die in het logboek komt.",
	})
}
