package seal

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"sync"
)

// tokener turns words into keyed 64-bit hashes. Computing HMAC's two key
// blocks anew for each of 25 million tokens would double a rebuild, so
// prepared states are pooled.
type tokener struct{ pool sync.Pool }

func newTokener(key []byte) *tokener {
	return &tokener{pool: sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}}
}

func (t *tokener) sum(parts ...string) int64 {
	h := t.pool.Get().(hash.Hash)
	defer t.pool.Put(h)
	h.Reset()
	var buf [64]byte
	b := buf[:0]
	for _, p := range parts {
		b = append(append(b, p...), 0)
	}
	h.Write(b)
	var out [sha256.Size]byte
	return int64(binary.BigEndian.Uint64(h.Sum(out[:0])))
}

// Token is the keyed hash of a word in a space ("word", "mail", "tag"), under
// the latest epoch. Words of different spaces never meet.
func (k *Keyring) Token(space, word string) int64 {
	t := k.epochs[k.latest].token.sum(space, word)
	if t >= Twins {
		t ^= 1 << 62
	}
	return t
}

// Twins is where the tokens begin that two records of one customer share. No
// other token is as large, so that in order these stand together, and a walk
// from here on is one over all that looks alike.
const Twins int64 = 0x7f << 56

// Twin is Token for what only records of one customer are likely to share: 56
// bits of hash, since whoever follows one opens and compares.
func (k *Keyring) Twin(space, word string) int64 {
	return Twins | int64(uint64(k.epochs[k.latest].token.sum(space, word))>>8)
}

// Remembering is Token for one space and one goroutine that asks for the same
// words again and again.
func (k *Keyring) Remembering(space string) func(word string) int64 {
	const most = 1 << 18
	known := map[string]int64{}
	return func(word string) int64 {
		t, ok := known[word]
		if !ok {
			if len(known) == most {
				clear(known)
			}
			t = k.Token(space, word)
			known[word] = t
		}
		return t
	}
}

// Latest is the epoch under which new keys and tokens are made.
func (k *Keyring) Latest() int { return k.latest }

// MAC authenticates an audit row under a key that PostgreSQL does not have.
func (k *Keyring) MAC(message []byte) []byte {
	h := hmac.New(sha256.New, k.mac)
	h.Write(message)
	return h.Sum(nil)
}

// Digest is a keyed hash for things that must be recognised but not read:
// recovery codes, invitations, the erased. space keeps uses apart.
func (k *Keyring) Digest(space, secret string) []byte {
	h := hmac.New(sha256.New, k.ledger)
	h.Write([]byte(space + "\x00" + secret))
	return h.Sum(nil)
}

// Sign signs a checkpoint of the audit log.
func (k *Keyring) Sign(message []byte) []byte { return ed25519.Sign(k.sign, message) }

// Public is the key that verifies checkpoints; it may be given to anyone.
func (k *Keyring) Public() ed25519.PublicKey { return k.sign.Public().(ed25519.PublicKey) }
