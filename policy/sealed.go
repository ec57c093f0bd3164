package policy

import "log/slog"

// Sealed holds something that must not be printed by accident: a secret, a
// key, a code. Every way that Go prints a value shows a placeholder.
type Sealed struct{ secret string }

// Seal wraps a secret.
func Seal(secret string) Sealed { return Sealed{secret} }

// Reveal gives the secret; each call is a place to look at in a review.
func (s Sealed) Reveal() string { return s.secret }

const sealedText = "[sealed]"

func (Sealed) String() string { return sealedText }

// GoString is what %#v prints.
func (Sealed) GoString() string { return sealedText }

// LogValue is what slog prints.
func (Sealed) LogValue() slog.Value { return slog.StringValue(sealedText) }

// MarshalText is what encoders print.
func (Sealed) MarshalText() ([]byte, error) { return []byte(sealedText), nil }
