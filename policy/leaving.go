package policy

import (
	"strings"
	"time"

	"balie/policy/text"
)

// Wall is a day and time as the organisation's clock on the wall shows it; the
// database makes it an instant.
type Wall struct{ t time.Time }

// Time is the wall's reading, in no zone of the world: UTC stands for none.
func (w Wall) Time() time.Time { return w.t }

// IsZero says that no time was given.
func (w Wall) IsZero() bool { return w.t.IsZero() }

func (w Wall) String() string { return w.t.Format("2006-01-02 15:04") }

// LastHour is when a last working day ends, if nobody says otherwise.
const LastHour = 17 * time.Hour

// ParseLastDay reads a last working day: a date, which ends at 17:00, or a date
// and a time.
func ParseLastDay(s string) (Wall, error) {
	s = strings.TrimSpace(s)
	if day, err := time.Parse("2006-01-02", s); err == nil {
		return Wall{day.Add(LastHour)}, nil
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02 15:04"} {
		if at, err := time.Parse(layout, s); err == nil {
			return Wall{at}, nil
		}
	}
	return Wall{}, Errorf(Invalid, "%q is no day: write it as 2026-12-31, or with a time as 2026-12-31T17:00.", text.New(s).Cut(40)).On("on")
}

// ReportDays is over how many days a leaving report counts, if nobody says
// otherwise.
const ReportDays = 90

// The checklist is a list of items between semicolons. These words stand for
// sentences that the program can say in both languages; any other item is said
// as it is.
const defaultChecklist = "copies; passwords; phone; mail; laptop; keys"

const (
	maxChecks     = 20
	maxCheckChars = 80
)

// Items are the lines of a checklist.
func (v SettingValue) Items() []string {
	var items []string
	for part := range strings.SplitSeq(string(v), ";") {
		if item := text.Clean(strings.TrimSpace(part)); item != "" {
			items = append(items, item)
		}
	}
	return items
}

func checkChecklist(v SettingValue) error {
	items := v.Items()
	if len(items) == 0 || len(items) > maxChecks {
		return Errorf(Invalid, "A checklist has 1 to %d items with semicolons between them.", maxChecks).On("value")
	}
	for _, item := range items {
		if len([]rune(item)) > maxCheckChars {
			return Errorf(Invalid, "Keep each item of the checklist under %d characters.", maxCheckChars).On("value")
		}
	}
	return nil
}

// checkTexts are the default items in words.
var checkTexts = map[string]Message{
	"copies":    {Key: "Local copies of data about customers are deleted, on every device."},
	"passwords": {Key: "Shared passwords that they knew are changed."},
	"phone":     {Key: "The firm's phone and SIM card are back."},
	"mail":      {Key: "Their mail is forwarded, or answered by somebody."},
	"laptop":    {Key: "The laptop is back."},
	"keys":      {Key: "House keys and badges are back."},
}

// CheckText is an item of the checklist in words.
func CheckText(item string) Message {
	if m, ok := checkTexts[item]; ok {
		return m
	}
	return Message{Key: "%s", Args: []any{item}}
}
