package policy

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// quickNow is a Thursday.
var quickNow = time.Date(2026, 3, 12, 13, 37, 0, 0, time.UTC)

// told is what was understood in one line: deed, who, when, repeat, about.
func told(q Quick) string {
	parts := []string{string(q.Deed)}
	if q.Happened {
		parts[0] += " done"
	}
	when := q.Due.Day.Format("2006-01-02")
	if q.Due.Timed {
		when += " " + q.Due.Clock()
	}
	if q.Minutes > 0 {
		when += fmt.Sprintf(" %dm", q.Minutes)
	}
	if q.Repeat != Once {
		when += " " + string(q.Repeat)
	}
	if q.Priority == PriorityHigh {
		when += " !"
	}
	return strings.Join(append(parts, q.Who, when, q.About), "|")
}

func TestParseQuick(t *testing.T) {
	for line, want := range map[string]string{
		// the two of the issue
		"call Jan Jansen tomorrow 10:00 about offer": "call|Jan Jansen|2026-03-13 10:00|offer",
		"bel Jan Jansen morgen 10:00 over offerte":   "call|Jan Jansen|2026-03-13 10:00|offerte",
		// kinds
		"mail Jansen about the offer":                "mail|Jansen|2026-03-12|the offer",
		"mail naar Jansen over de offerte":           "mail|Jansen|2026-03-12|de offerte",
		"email Ilse Baert monday":                    "mail|Ilse Baert|2026-03-16|",
		"meeting with Van Dam on friday at 3pm":      "meeting|Van Dam|2026-03-13 15:00|",
		"afspraak met Van Dam vrijdag om 15 uur":     "meeting|Van Dam|2026-03-13 15:00|",
		"bezoek Bakkerij De Vries volgende week":     "meeting|Bakkerij De Vries|2026-03-19|",
		"send brochure":                              "todo||2026-03-12|send brochure",
		"todo send brochure to Jan next week":        "todo||2026-03-19|send brochure to Jan",
		"brochure sturen @jansen morgen":             "todo|jansen|2026-03-13|brochure sturen",
		"send invoice @van_dam":                      "todo|van dam|2026-03-12|send invoice",
		"Call JAN Tomorrow":                          "call|JAN|2026-03-13|",
		"write report about sales tomorrow":          "todo||2026-03-13|write report about sales",
		"call Jan van den Berg":                      "call|Jan van den Berg|2026-03-12|",
		"bel Jan op den Brouw over dakgoot":          "call|Jan op den Brouw|2026-03-12|dakgoot",
		"bel Jan Jansen voor de offerte morgen":      "call|Jan Jansen|2026-03-13|de offerte",
		"call Ilse for an answer":                    "call|Ilse|2026-03-12|an answer",
		"call tomorrow 10:00 Jan Jansen about offer": "call|Jan Jansen|2026-03-13 10:00|offer",
		"call Jan tomorrow to ask the price":         "call|Jan|2026-03-13|to ask the price",
		"call 0612345678 tomorrow":                   "call|0612345678|2026-03-13|",
		"! call Jan":                                 "todo||2026-03-12 !|call Jan",
		"call Jan ! about leak":                      "call|Jan|2026-03-12 !|leak",
		"call Jan about leak tomorrow !":             "call|Jan|2026-03-13 !|leak",
		// named days
		"bel Jan vandaag":             "call|Jan|2026-03-12|",
		"bel Jan overmorgen":          "call|Jan|2026-03-14|",
		"call Jan day after tomorrow": "call|Jan|2026-03-14|",
		"bel Jan vanavond":            "call|Jan|2026-03-12 19:00|",
		"bel Jan morgenochtend":       "call|Jan|2026-03-13 09:00|",
		"call Jan tomorrow afternoon": "call|Jan|2026-03-13 14:00|",
		"bel Jan maandag morgen":      "call|Jan|2026-03-16 09:00|",
		// weekdays
		"call Jan thursday":             "call|Jan|2026-03-19|",
		"bel Jan zondag":                "call|Jan|2026-03-15|",
		"call Jan next friday":          "call|Jan|2026-03-20|",
		"bel Jan volgende maandag":      "call|Jan|2026-03-16|",
		"bel Jan komende woensdag":      "call|Jan|2026-03-18|",
		"call Jan on tue about roof":    "call|Jan|2026-03-17|roof",
		"bel Jan op di over dak":        "call|Jan|2026-03-17|dak",
		"bel Jan voor vrijdag over dak": "call|Jan|2026-03-13|dak",
		"do the books on do":            "todo||2026-03-19|do the books",
		// spans of time
		"call Jan in 3 days":            "call|Jan|2026-03-15|",
		"bel Jan over 3 dagen over dak": "call|Jan|2026-03-15|dak",
		"bel Jan over een week":         "call|Jan|2026-03-19|",
		"call Jan in two weeks at 9":    "call|Jan|2026-03-26 09:00|",
		"bel Jan over een maand":        "call|Jan|2026-04-12|",
		"call Jan next month":           "call|Jan|2026-04-12|",
		"bel Jan volgend jaar":          "call|Jan|2027-03-12|",
		"call Jan in 2 hours":           "call|Jan|2026-03-12 15:37|",
		"bel Jan over een half uur":     "call|Jan|2026-03-12 14:07|",
		"bel Jan over 12 uur over dak":  "call|Jan|2026-03-13 01:37|dak",
		// dates
		"call Jan 2026-12-31":          "call|Jan|2026-12-31|",
		"bel Jan 31-12 over dak":       "call|Jan|2026-12-31|dak",
		"bel Jan 1/3":                  "call|Jan|2027-03-01|",
		"bel Jan op 24/12/2027":        "call|Jan|2027-12-24|",
		"bel Jan 3 april":              "call|Jan|2026-04-03|",
		"bel Jan op 3 mei 2027":        "call|Jan|2027-05-03|",
		"call Jan on the 3rd of april": "call|Jan|2026-04-03|",
		"call Ann april 3":             "call|Ann|2026-04-03|",
		"call Jan 12 mar":              "call|Jan|2026-03-12|",
		"call Jan 31-02":               "call|Jan 31-02|2026-03-12|", // no such day: one sees that it is not understood
		// times
		"call Jan 10:00":                "call|Jan|2026-03-13 10:00|", // it is later than that today
		"call Jan 15:00":                "call|Jan|2026-03-12 15:00|",
		"call Jan at 3":                 "call|Jan|2026-03-12 15:00|",
		"bel Jan om 9 uur morgen":       "call|Jan|2026-03-13 09:00|",
		"bel Jan 14u30":                 "call|Jan|2026-03-12 14:30|",
		"bel Jan morgen om half drie":   "call|Jan|2026-03-13 14:30|",
		"bel Jan morgen kwart over 10":  "call|Jan|2026-03-13 10:15|",
		"call Jan quarter to four":      "call|Jan|2026-03-12 15:45|",
		"call Jan tomorrow half past 9": "call|Jan|2026-03-13 09:30|",
		"call Jan tomorrow 9am":         "call|Jan|2026-03-13 09:00|",
		"call Jan tomorrow 3:30 pm":     "call|Jan|2026-03-13 15:30|",
		"call Jan noon tomorrow":        "call|Jan|2026-03-13 12:00|",
		"bel Jan om 10.30":              "call|Jan|2026-03-13 10:30|",
		"call Jan at 25":                "call|Jan at 25|2026-03-12|",
		"order 10.30 m of gutter":       "todo||2026-03-12|order 10.30 m of gutter",
		"call room 12":                  "call|room 12|2026-03-12|",
		// when at the end, and days that are part of the subject
		"call Jan about the offer tomorrow 10:00":        "call|Jan|2026-03-13 10:00|the offer",
		"call Jan tomorrow about offer 10:00":            "call|Jan|2026-03-13 10:00|offer",
		"call Jan about the offer of friday":             "call|Jan|2026-03-12|the offer of friday",
		"call Jan tomorrow about the visit on friday":    "call|Jan|2026-03-13|the visit on friday",
		"bel Jan over de afspraak van maandag om 10 uur": "call|Jan|2026-03-13 10:00|de afspraak van maandag",
		// repeats
		"water the plants every monday":    "todo||2026-03-16 weekly|water the plants",
		"bel Jan elke week":                "call|Jan|2026-03-12 weekly|",
		"btw-aangifte elke maand 31 maart": "todo||2026-03-31 monthly|btw-aangifte",
		"dagelijks post openen 9:00":       "todo||2026-03-13 09:00 daily|post openen",
		"call Jan yearly 29-02-2028":       "call|Jan|2028-02-29 yearly|",
		// what happened
		"called Jan about offer":              "call done|Jan|2026-03-12|offer",
		"gebeld met Jan over offerte":         "call done|Jan|2026-03-12|offerte",
		"called Jan yesterday 16:00 20 min":   "call done|Jan|2026-03-11 16:00 20m|",
		"gebeld met Jan 20 minuten over dak":  "call done|Jan|2026-03-12 20m|dak",
		"met Van Dam friday about the roof":   "meeting done|Van Dam|2026-03-06|the roof",
		"gemaild naar Jan 2 dagen geleden":    "mail done|Jan|2026-03-10|",
		"called Jan 17:00":                    "call done|Jan|2026-03-11 17:00|",
		"bezocht Van Dam afgelopen donderdag": "meeting done|Van Dam|2026-03-05|",
		"called Jan 24-12":                    "call done|Jan|2025-12-24|",
	} {
		q, err := ParseQuick(line, quickNow)
		if err != nil {
			t.Errorf("%q: %v", line, err)
		} else if got := told(q); got != want {
			t.Errorf("%q:\n got %s\nwant %s", line, got, want)
		}
	}
}

func TestParseQuick_wrong(t *testing.T) {
	for _, line := range []string{"", "  ", "call", "call tomorrow", "bel morgen 10:00", "called Jan tomorrow", "taak"} {
		if q, err := ParseQuick(line, quickNow); KindOf(err) != Invalid {
			t.Errorf("%q: %+v, %v", line, q, err)
		}
	}
}

// Whatever is typed, nothing is lost of it but what is shown as understood, and
// nothing panics.
func FuzzParseQuick(f *testing.F) {
	f.Add("call Jan tomorrow 10:00 about the offer")
	f.Add("over over in at every the 3 half 99:99 31-02 kwart over")
	f.Fuzz(func(t *testing.T, line string) {
		q, err := ParseQuick(line, quickNow)
		if err == nil && q.Due.Day.IsZero() || q.Due.Minute < 0 || q.Due.Minute > 24*60-1 {
			t.Errorf("%q: %+v", line, q)
		}
	})
}

// With a customer at hand nobody needs to be named.
func TestParseQuickOf(t *testing.T) {
	for line, want := range map[string]string{
		"call tomorrow": "call||2026-03-13|", "called about offer": "call done||2026-03-12|offer", "bel Piet morgen over dak": "call||2026-03-13|Piet: dak",
	} {
		if q, err := ParseQuickOf(line, quickNow); err != nil || told(q) != want {
			t.Errorf("%q: %s, %v, want %s", line, told(q), err, want)
		}
	}
	if _, err := ParseQuickOf("tomorrow", quickNow); KindOf(err) != Invalid {
		t.Error(err)
	}
}

func TestParseDue(t *testing.T) {
	for s, want := range map[string]string{"": "2026-03-12 ", "tomorrow 10:00": "2026-03-13 10:00", "2026-12-31": "2026-12-31 ", "vrijdag": "2026-03-13 ", "31-02": "", "some day": "", "elke week": ""} {
		d, err := ParseDue(s, quickNow)
		if got := d.Day.Format("2006-01-02") + " " + d.Clock(); err == nil && got != want || err != nil && want != "" {
			t.Errorf("%q: %q, %v", s, got, err)
		}
	}
}
