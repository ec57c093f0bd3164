package policy

import (
	"context"
	"slices"
	"strings"

	"balie/policy/text"
)

// Said is a text that somebody is about to keep, and the form's field in which
// it stands. Of names and addresses only the numbers are looked at: the words
// in them are mostly somebody's name.
type Said struct {
	Field, Text string
	Name        bool
}

// Alarm is one thing that the guard asks about.
type Alarm struct {
	Field string
	Kind  DangerKind
	Word  string // as it was written: for the author, never for a log
}

// Alarms are what there is to ask about texts, each once. What stood in them
// before was asked about then.
func Alarms(now, before []Said) []Alarm {
	known, found := alarmsIn(before), []Alarm(nil)
	for _, a := range alarmsIn(now) {
		same := func(b Alarm) bool { return a.Kind == b.Kind && strings.EqualFold(a.Word, b.Word) }
		if !slices.ContainsFunc(known, same) && !slices.ContainsFunc(found, same) {
			found = append(found, a)
		}
	}
	return found
}

func alarmsIn(all []Said) (found []Alarm) {
	for _, s := range all {
		for _, d := range s.dangers() {
			found = append(found, Alarm{s.Field, d.Kind, s.Text[d.Start:d.End]})
		}
	}
	return found
}

func (s Said) dangers() []Danger {
	if !s.Name {
		return FindDangers(s.Text)
	}
	return findNumbers(s.Text)
}

// Found is the cause of an error that a recorded reason overcomes.
type Found struct{ Alarms []Alarm }

// Error says it for a log, which the words found must not reach.
func (f *Found) Error() string {
	var kinds []string
	for _, k := range f.Kinds() {
		kinds = append(kinds, string(k))
	}
	return "guard: " + strings.Join(kinds, ", ")
}

// Kinds are the kinds found, each once.
func (f *Found) Kinds() (all []DangerKind) {
	for _, a := range f.Alarms {
		if !slices.Contains(all, a.Kind) {
			all = append(all, a.Kind)
		}
	}
	return all
}

// Ask is the error that asks for a reason; alarms are not empty.
func Ask(alarms []Alarm) *Error {
	return alarms[0].Kind.Ask().On(alarms[0].Field).Because(&Found{alarms})
}

// Ask says that a text seems to hold such a thing.
func (k DangerKind) Ask() *Error {
	return Errorf(Invalid, "This seems to hold %s (%s): leave it out, or say why it must be kept.", k.Words(), k.Law())
}

// Words name the kind within a sentence.
func (k DangerKind) Words() Message { return dangerWords[k] }

var dangerWords = map[DangerKind]Message{
	DangerBSN:       {Key: "a citizen service number, which only a law lets anybody keep"},
	DangerCard:      {Key: "the number of a payment card"},
	DangerHealth:    {Key: "something about a person's health"},
	DangerReligion:  {Key: "something about a person's religion"},
	DangerPolitics:  {Key: "something about a person's politics"},
	DangerUnion:     {Key: "something about a person's trade union"},
	DangerSexual:    {Key: "something about a person's sexual life"},
	DangerEthnicity: {Key: "something about a person's descent"},
	DangerBiometric: {Key: "something about a person's body that tells who it is"},
	DangerCrime:     {Key: "something about crimes or punishment"},
}

type despiteKey struct{}

// Despite is a context in which texts may be kept though the guard asks about
// them, for the reason given. It goes along with one act, as the trace of it
// would, so that whatever act a person does can be done again with a reason.
func Despite(ctx context.Context, reason text.Line) context.Context {
	return context.WithValue(ctx, despiteKey{}, reason)
}

// DespiteOf is the reason that goes along; empty for none.
func DespiteOf(ctx context.Context) text.Line {
	reason, _ := ctx.Value(despiteKey{}).(text.Line)
	return reason
}
