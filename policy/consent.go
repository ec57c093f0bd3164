package policy

import (
	"crypto/sha256"
	"slices"
	"time"
)

// ConsentKind is what happened between a person and a purpose. Events are kept
// and never overwritten: the state on any date is their replay.
type ConsentKind string

// The events.
const (
	Asked     ConsentKind = "asked"     // for a double opt-in: pending until the link is used
	Given     ConsentKind = "given"     // art. 7(1) GDPR
	Offered   ConsentKind = "offered"   // to opt out, as the address was got at a sale: soft opt-in
	Withdrawn ConsentKind = "withdrawn" // art. 7(3), and the opt-out of a soft opt-in
	Objected  ConsentKind = "objected"  // art. 21
	Lifted    ConsentKind = "lifted"    // the person takes an objection back
)

// ConsentKinds are all events.
var ConsentKinds = []ConsentKind{Asked, Given, Offered, Withdrawn, Objected, Lifted}

// Yes says that the event is something a person agreed to on a wording.
func (k ConsentKind) Yes() bool { return k == Asked || k == Given || k == Offered }

// No says that the event stops a use.
func (k ConsentKind) No() bool { return k == Withdrawn || k == Objected }

// Channel is how a person said it.
type Channel string

// The channels. Web is for a session of the person's own.
const (
	OnForm  Channel = "form"
	InMail  Channel = "mail"
	OnPhone Channel = "phone"
	OnPaper Channel = "paper"
	OnWeb   Channel = "web"
)

// Channels are those that a colleague can record.
var Channels = []Channel{OnForm, InMail, OnPhone, OnPaper}

// ParseChannel reads how a person said something.
func ParseChannel(s string) (Channel, error) {
	if c := Channel(s); slices.Contains(Channels, c) {
		return c, nil
	}
	return "", Errorf(Invalid, "Say how it was said: form, mail, phone or paper.").On("how")
}

// ConsentEvent is one event as far as decisions need it.
type ConsentEvent struct {
	ID        int64
	Purpose   Purpose
	Kind      ConsentKind
	At        time.Time
	Until     time.Time // of Asked: when the link runs out
	Marketing bool      // the purpose was direct marketing
	Wording   []byte    // hash of what was asked; empty where nothing was
}

// ConsentState is how a person stands to a purpose.
type ConsentState struct {
	Is       ConsentKind // "": nothing happened
	Since    time.Time
	Until    time.Time // of Asked
	Event    int64     // that made it so
	Objected time.Time // zero: no objection stands
}

// StateOn replays the events on a purpose up to a moment. An objection to direct
// marketing of one kind is one to all of it, and no yes ends it: only the person
// who takes it back does.
func StateOn(events []ConsentEvent, p Purpose, marketing bool, at time.Time) (s ConsentState) {
	for _, e := range InOrderOfTime(events) {
		if e.At.After(at) {
			break
		}
		if own := e.Purpose == p; own || marketing && e.Marketing && !e.Kind.Yes() && e.Kind != Withdrawn {
			s = s.after(e)
		}
	}
	if s.Is == Asked && !s.Until.After(at) {
		return ConsentState{Objected: s.Objected}
	}
	return s
}

func (s ConsentState) after(e ConsentEvent) ConsentState {
	switch e.Kind {
	case Objected:
		s.Objected = e.At
	case Lifted:
		s.Objected = time.Time{}
	case Asked, Offered:
		if s.Is == "" || s.Is == Asked || e.Kind == Asked && s.Is == Withdrawn {
			s.Is, s.Since, s.Until, s.Event = e.Kind, e.At, e.Until, e.ID
		}
	case Given:
		s.Is, s.Since, s.Until, s.Event = Given, e.At, time.Time{}, e.ID
	case Withdrawn:
		s.Is, s.Since, s.Until, s.Event = Withdrawn, e.At, time.Time{}, e.ID
	}
	return s
}

// InOrderOfTime sorts events as they happened. What stops a use comes last of
// what happened at once: in doubt it holds.
func InOrderOfTime(events []ConsentEvent) []ConsentEvent {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b ConsentEvent) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		if a.Kind.No() != b.Kind.No() {
			return map[bool]int{true: 1, false: -1}[a.Kind.No()]
		}
		return int(a.ID - b.ID)
	})
	return sorted
}

// WordingHash stands for a wording, to the letter.
func WordingHash(wording string) []byte {
	sum := sha256.Sum256([]byte(wording))
	return sum[:]
}
