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
			return fmt.Sprintf(dutch, msg.Args...)
		}
	}
	return msg.String()
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
