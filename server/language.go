package server

import (
	"errors"
	"fmt"
	"strings"

	"balie/policy"
	"balie/views"
)

// speech is the language of one session.
type speech string

// language is what the person chose, else what the terminal says, else English.
func (c *channel) language(who *identity) speech {
	chosen := who.welcome.Language
	if chosen == "" {
		chosen = c.locale()
	}
	if strings.HasPrefix(chosen, "nl") {
		return "nl"
	}
	return "en"
}

func (c *channel) locale() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := c.env[name]; v != "" {
			return v
		}
	}
	return ""
}

// say is m in the language.
func (l speech) say(m policy.Message) string {
	if own, ok := dutch[m.Key]; ok && l == "nl" {
		return fmt.Sprintf(own, views.Spoken(string(l), m.Args)...)
	}
	return views.Say(string(l), m)
}

// head is the word for a column.
func (l speech) head(name string) string {
	if own, ok := heads[name]; ok && l == "nl" {
		return own
	}
	return strings.ReplaceAll(name, "_", " ")
}

// sentence is what a person may read of err: its message, never its cause.
func (l speech) sentence(err error) string {
	if e, ok := errors.AsType[ended](err); ok {
		return l.say(e.why)
	}
	if e, ok := errors.AsType[*policy.Error](err); ok {
		return l.say(e.Msg)
	}
	return views.Sentence(string(l), err)
}

// sentence is for those whose language isn't known yet.
func sentence(err error) string { return speech("en").sentence(err) }
