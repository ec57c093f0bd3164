package paper

import (
	"fmt"

	"balie/db"
	"balie/policy"
)

// ReminderText is what the letter of a reminder says, above what the invoice was
// for: the later, the firmer. The last one names the costs that follow, as Dutch
// law has it from who may owe them.
func ReminderText(i db.Invoice, level int16, lang string, open policy.Cents) string {
	s := &sheet{Invoice: Invoice{Invoice: i, Level: level}, words: wordsOf(lang)}
	return s.remindText(open)
}

func (s *sheet) remindText(open policy.Cents) string {
	level := min(max(s.Level, 1), 3)
	say := s.RemindTexts[level-1]
	if country := s.Address.Country.String(); level == 3 && country != "" && country != "NL" {
		return fmt.Sprintf(s.RemindAbroad, s.money(open), s.day(s.DueOn))
	}
	if level < 3 {
		return fmt.Sprintf(say, s.money(open), s.day(s.DueOn))
	}
	return fmt.Sprintf(say, s.money(open), s.day(s.DueOn), s.money(policy.CollectionCosts(open)))
}
