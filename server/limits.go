package server

import "time"

// Limits bound what one client, one address and all together may take. A zero
// field means its default.
type Limits struct {
	Grace      time.Duration // from the connection to the end of signing in
	Idle       time.Duration // without a key press, or a byte for a command; 0: as the organisation decided
	Session    time.Duration // the longest a connection lasts; 0: as the organisation decided
	Handshakes int           // unfinished sign-ins in all
	PerSource  int           // unfinished sign-ins per address
	FromSource int           // connections per address, signed in or not
	Channels   int           // channels per connection
	PerPerson  int           // channels per person
	Sessions   int           // channels in all
}

var defaults = Limits{
	Grace:      2 * time.Minute,
	Handshakes: 512, PerSource: 32, FromSource: 256,
	Channels: 4, PerPerson: 20, Sessions: 2000,
}

func (l Limits) orDefaults() Limits {
	or(&l.Grace, defaults.Grace)
	or(&l.Handshakes, defaults.Handshakes)
	or(&l.PerSource, defaults.PerSource)
	or(&l.FromSource, defaults.FromSource)
	or(&l.Channels, defaults.Channels)
	or(&l.PerPerson, defaults.PerPerson)
	or(&l.Sessions, defaults.Sessions)
	return l
}

func or[T int | time.Duration](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}

// What needs no setting.
const (
	warnBefore    = time.Minute            // from the warning to the end of a session
	lookEvery     = 10 * time.Second       // at the limits, which may have been changed
	mostIdle      = 13 * time.Hour         // more than any organisation can decide
	mostSession   = 25 * time.Hour         // the same
	maxCodeTries  = 3                      // codes per connection; failures are counted by ops as well
	maxAuthTries  = 20                     // refused keys of an agent count too
	maxLogin      = 64                     // bytes of a login name that are looked at
	maxCommand    = 8 << 10                // bytes of a command line
	maxKeyInput   = 8 << 10                // bytes of a public key
	maxEnv        = 16                     // variables per channel
	maxEnvValue   = 256                    // bytes
	maxLogged     = 20                     // refusals per connection that are logged
	closeGrace    = 300 * time.Millisecond // from a revocation to the end of the connection
	lingerGrace   = 10 * time.Second       // for a client to agree that a channel is closed
	recordTimeout = 10 * time.Second       // for the note that a session ended
	joinTime      = 15 * time.Minute       // for a new colleague to join
)
