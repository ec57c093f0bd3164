package views

import (
	"errors"
	"fmt"

	"balie/policy"
)

// Say is a message in a language: Dutch by the table, else English.
func Say(lang string, msg policy.Message) string {
	if lang == "nl" {
		if dutch, ok := dutchMessages[msg.Key]; ok {
			return fmt.Sprintf(dutch, Spoken(lang, msg.Args)...)
		}
	}
	return msg.String()
}

// Spoken are the arguments of a message in a language: days and messages within
// it as they are said there.
func Spoken(lang string, args []any) []any {
	said := make([]any, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case policy.Message:
			said[i] = Say(lang, v)
		case policy.Date:
			said[i] = v.In(lang)
		case policy.Seconds:
			said[i] = v.In(lang)
		default:
			said[i] = a
		}
	}
	return said
}

// internal is all that a person hears of our own faults; the log has the rest.
const internal = "Something went wrong on our side; it has been logged."

// Sentence is what a person may read of an error: never its cause.
func Sentence(lang string, err error) string {
	if e, ok := errors.AsType[*policy.Error](err); ok {
		return Say(lang, e.Msg)
	}
	return Say(lang, policy.Message{Key: internal})
}

func (k *kit) say(msg policy.Message) string { return Say(k.Lang, msg) }

func (k *kit) sentence(err error) string { return Sentence(k.Lang, err) }

// fieldOf is the form field that an error belongs to, "" for none.
func fieldOf(err error) string {
	if e, ok := errors.AsType[*policy.Error](err); ok {
		return e.Field
	}
	return ""
}
