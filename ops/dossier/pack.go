package dossier

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"io"
	"regexp"
	"strings"

	"filippo.io/age"

	"balie/policy"
)

// work is the cost of age's scrypt, as a power of two. The passphrases are ours
// and have 125 random bits, so that guessing is hopeless at any cost; the default
// of 18 would take a second and 256 MB of the server for each archive.
const work = 12

// NewPassphrase makes one that can be read over the phone: five groups of five
// letters and digits, 125 bits.
func NewPassphrase() policy.Sealed {
	raw := make([]byte, 16)
	rand.Read(raw)
	s := strings.ToLower(base32.StdEncoding.EncodeToString(raw))[:25]
	var groups []string
	for i := 0; i < len(s); i += 5 {
		groups = append(groups, s[i:i+5])
	}
	return policy.Seal(strings.Join(groups, "-"))
}

// ParseRecipient reads the public key that a person gave, as age1….
func ParseRecipient(s string) (age.Recipient, error) {
	r, err := age.ParseX25519Recipient(strings.TrimSpace(s))
	if err != nil {
		return nil, policy.Errorf(policy.Invalid, "This is no public key of age: it begins with age1.").On("recipient")
	}
	return r, nil
}

// PassphraseRecipient is who knows a passphrase.
func PassphraseRecipient(p policy.Sealed) (age.Recipient, error) {
	r, err := age.NewScryptRecipient(p.Reveal())
	if err == nil {
		r.SetWorkFactor(work)
	}
	return r, err
}

// Pack writes the dossier as a ZIP that only the receiver can open: with all of
// it, or only with what can be taken along.
func (d Dossier) Pack(w io.Writer, lock Lock, all bool) error {
	var plain bytes.Buffer
	if err := d.zip(&plain, all); err != nil {
		return err
	}
	return lock(w, plain.Bytes())
}

func (d Dossier) zip(w io.Writer, all bool) error {
	z := zip.NewWriter(w)
	add := func(name string, write func(io.Writer) error) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: d.On.Time})
		if err != nil {
			return err
		}
		return write(f)
	}
	for _, part := range d.parts(all) {
		if err := add(part.name, part.write); err != nil {
			return fmt.Errorf("write %s: %w", part.name, err)
		}
	}
	return z.Close()
}

type part struct {
	name  string
	write func(io.Writer) error
}

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s+"\n")
		return err
	}
}

// parts are the files of the archive.
func (d Dossier) parts(all bool) []part {
	parts := []part{{"README.txt", text(d.Say(readMe))}, {"overview.html", d.writeHTML}, {"overview.pdf", d.writePDF}}
	sections := d.filled()
	if all {
		parts = append(parts, part{"data.json", func(w io.Writer) error { return d.writeJSON(w, sections) }})
		for _, s := range sections {
			parts = append(parts, part{"data/" + s.Name + ".csv", s.writeCSV})
		}
		parts = append(parts, d.files()...)
	}
	parts = append(parts, part{"fields.csv", func(w io.Writer) error { return d.writeMeanings(w, sections) }})
	if d.Portable != "" {
		why := nothing
		why.Args = []any{d.Portable}
		return append(parts, part{"portable/README.txt", text(d.Say(why))})
	}
	taken := d.taken()
	parts = append(parts, part{"portable/data.json", func(w io.Writer) error { return d.writeJSON(w, taken) }})
	for _, s := range taken {
		parts = append(parts, part{"portable/" + s.Name + ".csv", s.writeCSV})
	}
	return parts
}

// files are those that are not left out, each with a number before its name, so
// that two of a name stay two and no name leads elsewhere.
func (d Dossier) files() (parts []part) {
	for i, f := range d.Files {
		if f.Write != nil {
			parts = append(parts, part{fmt.Sprintf("files/%d-%s", i+1, safeName.ReplaceAllString(f.Name, "_")), f.Write})
		}
	}
	return parts
}

var safeName = regexp.MustCompile(`[^\pL\pN._-]+|^\.+`)

// taken is what of each section can be taken along.
func (d Dossier) taken() (all []Section) {
	for _, s := range d.filled() {
		if t := s.take(); len(t.Fields) > 0 {
			all = append(all, t)
		}
	}
	return all
}

// Files are those of a ZIP, by name.
func Files(plain []byte) (map[string][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		rc, err := f.Open()
		if err != nil {
			return nil, err
		}
		if files[f.Name], err = io.ReadAll(rc); err != nil {
			return nil, err
		}
		_ = rc.Close()
	}
	return files, nil
}
