package policy

import "regexp"

// cardShape is 13 to 19 digits as they stand on a payment card, in groups or in
// one, beginning as the large networks do.
var cardShape = regexp.MustCompile(`\b[2-6]\d{3}(?:[ -]?\d){9,15}\b`)

// findCards looks for payment card numbers: those that pass the Luhn check,
// which one in ten does by chance. An IBAN or phone number has another shape.
func findCards(text string) []Danger {
	var found []Danger
	for _, at := range cardShape.FindAllStringIndex(text, -1) {
		if luhn(compact(text[at[0]:at[1]])) {
			found = append(found, Danger{DangerCard, at[0], at[1], true})
		}
	}
	return found
}

// luhn is the check of ISO/IEC 7812-1: every second digit from the right counts
// twice.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
