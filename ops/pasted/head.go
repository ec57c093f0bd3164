package pasted

import (
	"net/mail"
	"regexp"
	"strings"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// maxAddresses is how many of those in a mail are looked at.
const maxAddresses = 100

// addresses reads those of some headers. What a mail program shows is not always
// what a server writes: then every address in it counts.
func addresses(lines []string) (all []Address) {
	parser := mail.AddressParser{WordDecoder: &words}
	for _, line := range lines {
		list, err := parser.ParseList(strings.TrimRight(strings.ReplaceAll(line, ";", ","), ", "))
		for _, a := range list {
			all = append(all, address(a.Name, a.Address))
		}
		if err != nil {
			all = append(all, loose(line)...)
		}
		if len(all) > maxAddresses {
			return all[:maxAddresses]
		}
	}
	return all
}

func address(name, at string) Address {
	return Address{text.New(strings.Trim(name, `"' `)), policy.MailKey(text.Clean(at))}
}

var bare = regexp.MustCompile(`([^<>,;:@\s"\[\]()]+@[^<>,;:@\s"\[\]()]+)`)

// loose finds addresses wherever they stand, each with the words before it; who
// has none is known by name alone.
func loose(line string) (all []Address) {
	for part := range strings.FieldsFuncSeq(decoded(line), func(r rune) bool { return r == ';' || r == ',' }) {
		at := bare.FindString(part)
		name, _, _ := strings.Cut(part, "<")
		if name = strings.TrimSpace(strings.Replace(name, at, "", 1)); name+at != "" && !strings.HasSuffix(name, ":") { // no group
			all = append(all, address(strings.Trim(name, "[]()<> "), at))
		}
	}
	return all
}

// months as they are written in Dutch, whole and short.
var months = strings.NewReplacer(
	"januari", "january", "februari", "february", "maart", "march", "mrt", "mar", "mei", "may", "juni", "june", "juli", "july",
	"augustus", "august", "oktober", "october", "okt", "oct",
)

// layouts of dates as mail programs show them, after the day of the week.
var layouts = []string{
	"2 January 2006 15:04", "2 January 2006 15:04:05", "January 2 2006 3:04 pm", "January 2 2006 15:04", "2 Jan 2006 15:04", "2 Jan 2006 15:04:05",
	"Jan 2 2006 3:04 pm", "Jan 2 2006 15:04", "2-1-2006 15:04", "2-1-2006 15:04:05", "2006-01-02 15:04", "2006-01-02 15:04:05", "2/1/2006 15:04",
}

var weekday = regexp.MustCompile(`^\p{L}+\.?,? `)

// when reads the moment of a mail; zero where it isn't understood.
func when(s string, zone *time.Location) time.Time {
	if at, err := mail.ParseDate(s); err == nil {
		return at
	}
	s = strings.Join(strings.Fields(strings.NewReplacer(",", " ", " om ", " ", " at ", " ").Replace(strings.ToLower(text.Clean(s)))), " ")
	s = months.Replace(strings.ReplaceAll(s, "\u202f", " "))
	for _, try := range []string{s, weekday.ReplaceAllString(s, "")} {
		for _, layout := range layouts {
			if at, err := time.ParseInLocation(layout, try, zone); err == nil {
				return at
			}
		}
	}
	return time.Time{}
}
