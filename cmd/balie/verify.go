package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"os"
	"time"

	"balie/ops"
	"balie/policy"
	"balie/views"
)

// signedFile is a file that an installation signed, and the key to check it with.
type signedFile struct {
	File      string `arg:"" help:"A signed file: the record of an access review, JSON or page, or a chain of evidence on a consent." type:"existingfile"`
	PublicKey string `help:"What balie audit public-key printed. Without it, who made the file stays unproven." type:"path" placeholder:"FILE"`
}

func (v signedFile) read() (file []byte, key ed25519.PublicKey, err error) {
	if file, err = os.ReadFile(v.File); err != nil || v.PublicKey == "" {
		return file, nil, err
	}
	key, err = readPublicKey(v.PublicKey)
	return file, key, err
}

// told ends what a command says of a file that is as it was signed.
func told(con console, key, public ed25519.PublicKey) {
	if key == nil {
		fmt.Fprintf(con.out, "All is as it was signed with the key %s. Compare that with the installation's, or give it: --public-key.\n", hex.EncodeToString(public))
		return
	}
	fmt.Fprintln(con.out, "All is as this installation signed it.")
}

type verifyCommand struct{ signedFile }

// Run checks a signed file of any kind, without server or database.
func (v verifyCommand) Run(con console) error {
	file, key, err := v.read()
	if err != nil {
		return err
	}
	if ops.KindOfSigned(file) == ops.ProofKind {
		return verifyProof(con, file, key)
	}
	return verifyRecord(con, file, key)
}

// verifyProof replays what was said, and says what follows from it.
func verifyProof(con console, file []byte, key ed25519.PublicKey) error {
	p, err := ops.ReadProof(file, key)
	if err != nil {
		return err
	}
	h := p.Head
	fmt.Fprintf(con.out, "Customer %d (%s) and the purpose %s on %s: %s.\n", h.Subject, h.Name, h.Purpose, at(h.On), stateOf(h))
	for _, e := range p.Events {
		fmt.Fprintf(con.out, "%s  %s for %s, by %s, recorded %s by %s; files: %d.\n", at(e.At), e.Kind, e.Purpose, e.How, at(e.Recorded), whose(e), len(e.Evidence))
	}
	told(con, key, p.Public)
	return nil
}

func at(t time.Time) string { return t.UTC().Format("2006-01-02 15:04Z") }

func whose(e ops.ProofEvent) string {
	if e.By == "" {
		return "the person's own web session " + e.Session
	}
	return e.By
}

func stateOf(h ops.ProofHead) string {
	said := "nothing was said"
	if h.State != "" && h.Since != nil {
		said = string(h.State) + " since " + at(*h.Since)
	}
	if h.Objected != nil {
		said += ", objected " + at(*h.Objected)
	}
	return said
}

// verifyRecord says whether a record of a review is as it was signed, and which
// line is not.
func verifyRecord(con console, file []byte, key ed25519.PublicKey) error {
	read := ops.ReadRecord
	if bytes.HasPrefix(file, []byte("<!doctype html>")) {
		read = views.ReadReviewPage
	}
	r, err := read(file, key)
	if err != nil {
		return err
	}
	fmt.Fprintf(con.out, "Access review %s, closed %s: %d grants, %d steps, digest %s.\n",
		policy.ReviewName(r.Review.Period, int(r.Review.ID)), at(r.Review.ClosedAt), len(r.Items), len(r.Steps), r.Digest())
	told(con, key, r.Public)
	return nil
}
