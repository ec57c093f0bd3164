package ops

import (
	"crypto/rand"
	"crypto/subtle"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"balie/policy"
)

// Groups of four base32 characters, 20 bits each.
const (
	recoveryGroups   = 6 // 120 bits
	invitationGroups = 7 // 140 bits
	recoveryCodes    = 10
)

// newCode makes a code that can be typed: "ABCD-EFGH-…".
func newCode(groups int) policy.Sealed {
	letters := rand.Text() + rand.Text()
	parts := make([]string, groups)
	for i := range parts {
		parts[i] = letters[4*i : 4*i+4]
	}
	return policy.Seal(strings.Join(parts, "-"))
}

func newRecoveryCodes() []policy.Sealed {
	codes := make([]policy.Sealed, recoveryCodes)
	for i := range codes {
		codes[i] = newCode(recoveryGroups)
	}
	return codes
}

// typed is a code as it was meant: case, spaces and dashes do not matter, and
// digits that no code has stand for the letters they look like.
func typed(code policy.Sealed) policy.Sealed {
	return policy.Seal(strings.Map(func(r rune) rune {
		switch {
		case r == '0':
			return 'O'
		case r == '8':
			return 'B'
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '2' && r <= '7':
			return r
		}
		return -1
	}, code.Reveal()))
}

func typedAll(codes []policy.Sealed) []policy.Sealed {
	all := make([]policy.Sealed, len(codes))
	for i, c := range codes {
		all[i] = typed(c)
	}
	return all
}

// The TOTP of RFC 6238 as every phone knows it: SHA-1, 6 digits, 30 seconds.
const (
	period     = 30 * time.Second
	totpDigits = 6
)

// newSecret makes a secret of 160 bits and the URL that a phone reads.
func newSecret(login string) (secret, link policy.Sealed, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "balie", AccountName: login, SecretSize: 20})
	if err != nil {
		return secret, link, err
	}
	return policy.Seal(key.Secret()), policy.Seal(shortURL(login, key.Secret())), nil
}

// shortURL leaves out what every phone takes for granted (SHA-1, 6 digits, 30
// seconds), so that the QR code is small enough for a small window.
func shortURL(login, secret string) string {
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/balie:" + login}
	u.RawQuery = url.Values{"issuer": {"balie"}, "secret": {secret}}.Encode()
	return u.String()
}

// nobodysSecret lets a code for nobody be computed like any other.
const nobodysSecret = "BALIEBALIEBALIEBALIEBALIEBALIEBA"

// noStep is before every step that a code can use up.
const noStep int64 = -1

// matchStep gives the step whose code it is, of the present one and its
// neighbours, or noStep. It computes all three whatever it finds.
func matchStep(secret, code policy.Sealed, now time.Time) int64 {
	given := []byte(strings.Map(digit, code.Reveal()))
	found := noStep
	for _, shift := range []time.Duration{period, 0, -period} {
		at := now.Add(shift)
		want, err := totp.GenerateCode(secret.Reveal(), at)
		if err == nil && subtle.ConstantTimeCompare(given, []byte(want)) == 1 {
			found = at.Unix() / int64(period/time.Second)
		}
	}
	return found
}

func digit(r rune) rune {
	if r == ' ' || r == '-' {
		return -1
	}
	return r
}

// isTOTP tells the two kinds of code apart by their length.
func isTOTP(code policy.Sealed) bool {
	return len(strings.Map(digit, code.Reveal())) == totpDigits
}
