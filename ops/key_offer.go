package ops

import (
	"crypto/rsa"
	"strings"

	"golang.org/x/crypto/ssh"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// KeyOffer is a public key that somebody holds or says to hold.
type KeyOffer struct {
	Type        string
	Bits        int // of an RSA key
	Fingerprint string
	Authorized  string // as in authorized_keys
}

// Offer reads an SSH public key.
func Offer(key ssh.PublicKey) KeyOffer {
	return KeyOffer{
		Type: key.Type(), Bits: rsaBits(key),
		Fingerprint: ssh.FingerprintSHA256(key),
		Authorized:  string(ssh.MarshalAuthorizedKey(key)),
	}
}

func rsaBits(key ssh.PublicKey) int {
	if c, ok := key.(ssh.CryptoPublicKey); ok {
		if k, ok := c.CryptoPublicKey().(*rsa.PublicKey); ok {
			return k.N.BitLen()
		}
	}
	return 0
}

// row is the key as a person's.
func (k KeyOffer) row(person int32, name string) db.Key {
	return db.Key{PersonID: person, Fingerprint: k.Fingerprint, Name: name, Kind: k.Type, Bits: int32(k.Bits)}
}

// line is the key as it is kept: with its kind, without a comment.
func (k KeyOffer) line() string { return strings.TrimSpace(k.Authorized) }

// name is what people see of a key beside its fingerprint. SSH does not carry
// the comment of a key.
func (k KeyOffer) name() string {
	kind := strings.TrimPrefix(strings.TrimSuffix(k.Type, "@openssh.com"), "sk-")
	kind = strings.TrimPrefix(kind, "ssh-")
	if strings.HasPrefix(kind, "ecdsa") {
		kind = "ecdsa"
	}
	if strings.HasPrefix(k.Type, "sk-") {
		kind += " on a security key"
	}
	return kind
}

// maxKeyLine is longer than the line of any key that can be registered.
const maxKeyLine = 8 << 10

// ParseKey reads a line as ssh-keygen writes it into a .pub file; comment is
// what stands behind the key.
func ParseKey(line string) (offer KeyOffer, comment text.Line, err error) {
	if strings.Contains(line, "PRIVATE KEY") {
		return offer, comment, policy.Errorf(policy.Invalid, "This is the private half, which never leaves your computer: make a new key, and give the file that ends in .pub.").On("key")
	}
	wrong := policy.Errorf(policy.Invalid, "This is no public key: paste the one line of the file that ends in .pub, which begins with ssh- or ecdsa-.").On("key")
	if len(line) > maxKeyLine {
		return offer, comment, wrong
	}
	key, behind, options, rest, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil || len(options) > 0 || strings.TrimSpace(string(rest)) != "" {
		return offer, comment, wrong
	}
	offer = Offer(key)
	return offer, text.New(behind).Cut(40), policy.CheckKey(offer.Type, offer.Bits)
}
