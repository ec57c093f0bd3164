package policy

import (
	"strconv"
	"strings"
	"time"
)

// Seconds is how long something took, as people read it: 1.2 s.
type Seconds time.Duration

// String is it in English.
func (s Seconds) String() string { return s.In("en") }

// In is it in a language.
func (s Seconds) In(lang string) string {
	said := strconv.FormatFloat(time.Duration(s).Seconds(), 'f', 1, 64) + " s"
	if lang == "nl" {
		return strings.Replace(said, ".", ",", 1)
	}
	return said
}
