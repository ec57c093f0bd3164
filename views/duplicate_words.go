package views

import (
	"strings"

	"balie/policy"
)

// likeness says why two look like one: same mail; name differs by one letter.
func (k *kit) likeness(l policy.Likeness) string {
	words := make([]string, len(l.Why))
	for i, m := range l.Why {
		words[i] = k.say(m)
	}
	return strings.Join(words, "; ")
}
