package server

import (
	"errors"
	"strings"

	"balie/policy"
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
func (l speech) say(m policy.Message) string { return m.String() }

// sentence is what a person may read of err: its message, never its cause.
func (l speech) sentence(err error) string {
	if e, ok := errors.AsType[ended](err); ok {
		return l.say(e.why)
	}
	if e, ok := errors.AsType[*policy.Error](err); ok {
		return l.say(e.Msg)
	}
	return l.say(policy.Message{Key: "Something went wrong on our side; it has been logged."})
}

// sentence is for those whose language isn't known yet.
func sentence(err error) string { return speech("en").sentence(err) }
