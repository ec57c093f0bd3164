// Package policy decides from its arguments alone: who may do what, what is
// well formed, when something falls due. It reads no store and no clock.
package policy

import (
	"errors"
	"fmt"
)

// Kind says what sort of failure an Error is; front ends turn it into a
// sentence, an exit code and a place on the screen.
type Kind int

// The kinds of failure. Absent also stands for "forbidden to one who may not
// know that it exists".
const (
	Internal Kind = iota
	Invalid
	Denied
	Absent
	Conflict
	Unavailable
)

// Error is what ops returns for everything that a person can be told about.
// Field names the form field that is wrong, if one is.
type Error struct {
	Kind  Kind
	Msg   Message
	Field string
	Cause error
}

// Message is a sentence as a key into the language tables of views, with its
// arguments. Its English text is the key itself, so a log and a test read well.
type Message struct {
	Key  string
	Args []any
}

// String is the English sentence.
func (m Message) String() string { return fmt.Sprintf(m.Key, m.Args...) }

func (e *Error) Error() string { return e.Msg.String() }

func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an Error of a kind; format is the English sentence and the key
// of its translation.
func Errorf(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Msg: Message{Key: format, Args: args}}
}

// On says which form field the error belongs to.
func (e *Error) On(field string) *Error { e.Field = field; return e }

// Because keeps the cause for the log; people never see it.
func (e *Error) Because(cause error) *Error { e.Cause = cause; return e }

// KindOf is the kind of err, Internal when it carries none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}
