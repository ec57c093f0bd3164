package policy

// MarkSort says of what a mark on the suppression list is a keyed hash.
type MarkSort string

// The sorts of marks.
const (
	MailMark  MarkSort = "mail"
	PhoneMark MarkSort = "phone"
)

// Suppressed is why an address or number may not come in again by itself: the
// list outlives the erasure, so that a list that somebody brings along doesn't
// bring back whoever wanted to be gone.
func (s MarkSort) Suppressed() *Error {
	if s == PhoneMark {
		return Errorf(Conflict, "The owner of this phone number was erased and is not to come back by a list: leave the number out, or, when the person came back by himself, have the privacy officer lift it (suppressions lift).").On("phone")
	}
	return Errorf(Conflict, "The owner of this mail address was erased and is not to come back by a list: leave the address out, or, when the person came back by himself, have the privacy officer lift it (suppressions lift).").On("mail")
}

// ErrRestricted is what one is told who would change a restricted customer.
func ErrRestricted() *Error {
	return Errorf(Denied, "This customer is restricted (art. 18 GDPR): it is kept and shown, but not used or changed, until the privacy officer ends that.")
}
