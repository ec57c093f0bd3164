package ops

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"balie/policy"
	"balie/policy/text"
)

// Signed is something of which others must be able to see that it is as this
// installation wrote it: lines, each a JSON object. The hashes of all are signed,
// so that a line that was edited can be named.
type Signed struct {
	Kind      string
	Public    ed25519.PublicKey
	signature []byte
	lines     [][]byte
}

// Digest stands for a signed file and all that is in it; the log keeps it.
type Digest [sha256.Size]byte

func (d Digest) String() string { return hex.EncodeToString(d[:]) }

func jsonLines(things []any) (lines [][]byte, err error) {
	for _, v := range things {
		line, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func signLines(kind string, lines [][]byte, public ed25519.PublicKey, sign func([]byte) []byte) Signed {
	s := Signed{Kind: kind, Public: public, lines: lines}
	s.signature = sign(s.message())
	return s
}

func (s Signed) hashes() []string {
	all := make([]string, len(s.lines))
	for i, line := range s.lines {
		sum := sha256.Sum256(line)
		all[i] = hex.EncodeToString(sum[:])
	}
	return all
}

// message is what is signed; every hash has the same length.
func (s Signed) message() []byte { return signedMessage(s.Kind, s.hashes()) }

func signedMessage(kind string, hashes []string) []byte {
	b := binary.BigEndian.AppendUint64([]byte(kind+"\n"), uint64(len(hashes)))
	return append(b, strings.Join(hashes, "")...)
}

// Digest is of what was signed and the signature.
func (s Signed) Digest() Digest { return sha256.Sum256(append(s.message(), s.signature...)) }

// signedEnd is the last line of the file.
type signedEnd struct {
	Hashes    []string `json:"sha256"`
	Public    string   `json:"public_key"`
	Signature string   `json:"signature"`
}

func signedHead(kind string) string { return `{"kind":"` + kind + `","lines":[` }

// KindOfSigned is what a signed file says it is; "" when it is none.
func KindOfSigned(file []byte) string {
	first, _, _ := bytes.Cut(file, []byte("\n"))
	kind, begins := strings.CutPrefix(string(first), `{"kind":"`)
	kind, ends := strings.CutSuffix(kind, `","lines":[`)
	if !begins || !ends {
		return ""
	}
	return text.Clean(kind)
}

// Bytes is the whole as a file: one JSON value, a line for each thing.
func (s Signed) Bytes() []byte {
	end, _ := json.Marshal(signedEnd{s.hashes(), hex.EncodeToString(s.Public), hex.EncodeToString(s.signature)}) // strings always can
	var b bytes.Buffer
	b.WriteString(signedHead(s.Kind) + "\n")
	b.Write(bytes.Join(s.lines, []byte(",\n")))
	fmt.Fprintf(&b, "\n],%s\n", end[1:])
	return b.Bytes()
}

// readSigned checks that a file of a kind is as it was signed, with key, or with
// the one that it names for a nil key. An error says which line was changed.
func readSigned(kind string, file []byte, key ed25519.PublicKey) (Signed, error) {
	s, end, err := splitSigned(kind, file)
	if err != nil {
		return Signed{}, err
	}
	if key != nil && !key.Equal(s.Public) {
		return Signed{}, policy.Errorf(policy.Conflict, "This record is signed with another key than the one given: it is another installation's, or was forged.")
	}
	if !ed25519.Verify(s.Public, signedMessage(kind, end.Hashes), s.signature) {
		return Signed{}, policy.Errorf(policy.Conflict, "The last line was edited: its signature does not fit its hashes.")
	}
	if err := s.compare(end.Hashes); err != nil {
		return Signed{}, err
	}
	return s, sameBytes(file, s.Bytes())
}

// splitSigned takes the file apart without believing any of it.
func splitSigned(kind string, file []byte) (s Signed, end signedEnd, err error) {
	lines := bytes.Split(bytes.TrimSuffix(file, []byte("\n")), []byte("\n"))
	if len(lines) < 3 || string(lines[0]) != signedHead(kind) {
		return s, end, policy.Errorf(policy.Conflict, "Line 1 was edited, or this is no signed record of this kind: it begins otherwise.")
	}
	last, ok := bytes.CutPrefix(lines[len(lines)-1], []byte("],"))
	if !ok || json.Unmarshal(append([]byte("{"), last...), &end) != nil {
		return s, end, policy.Errorf(policy.Conflict, "The last line was edited or cut off: there is no signature.")
	}
	public, wrong := hex.DecodeString(end.Public)
	signature, also := hex.DecodeString(end.Signature)
	if wrong != nil || also != nil || len(public) != ed25519.PublicKeySize {
		return s, end, policy.Errorf(policy.Conflict, "The last line was edited or cut off: there is no signature.")
	}
	s = Signed{Kind: kind, Public: public, signature: signature}
	for _, line := range lines[1 : len(lines)-1] {
		s.lines = append(s.lines, bytes.TrimSuffix(line, []byte(",")))
	}
	return s, end, nil
}

// compare names the first line that is not as it was signed.
func (s Signed) compare(signed []string) error {
	now := s.hashes()
	for i, hash := range now {
		if i < len(signed) && hash == signed[i] {
			continue
		}
		known := slices.Contains(signed, hash)
		moved := i >= len(signed) || slices.Contains(now, signed[i])
		switch {
		case known && moved:
			return policy.Errorf(policy.Conflict, "Line %d is not in its place: a line was moved or copied.", i+2)
		case moved:
			return policy.Errorf(policy.Conflict, "Line %d was added later.", i+2)
		case known:
			return policy.Errorf(policy.Conflict, "A line was cut out before line %d.", i+2)
		}
		return policy.Errorf(policy.Conflict, "Line %d was edited: %s.", i+2, s.lineName(i))
	}
	if len(now) < len(signed) {
		return policy.Errorf(policy.Conflict, "%d lines at the end were cut off.", len(signed)-len(now))
	}
	return nil
}

// lineName says what a line is about, as far as it still tells.
func (s Signed) lineName(i int) string {
	var about struct {
		Login string      `json:"login"`
		Role  policy.Role `json:"role"`
		What  string      `json:"what"`
	}
	_ = json.Unmarshal(s.lines[i], &about)
	words := strings.Join(strings.Fields(text.Clean(about.Login+" "+string(about.Role)+" "+about.What)), " ")
	if words == "" {
		return "–"
	}
	return words
}

func errNewer() error {
	return policy.Errorf(policy.Conflict, "The record can't be read, though its signature fits: it was made by a newer balie.")
}

// sameBytes finds what the hashes don't cover: the marks between the lines.
func sameBytes(file, canonical []byte) error {
	if bytes.Equal(file, canonical) {
		return nil
	}
	return policy.Errorf(policy.Conflict, "Line %d was edited.", FirstDifference(file, canonical))
}

// FirstDifference is the number of the first line in which two files differ.
func FirstDifference(a, b []byte) int {
	as, bs := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(as), len(bs)) {
		if !bytes.Equal(as[i], bs[i]) {
			return i + 1
		}
	}
	return min(len(as), len(bs)) + 1
}
