package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"os"

	"balie/ops"
	"balie/policy"
	"balie/views"
)

type reviewCommands struct {
	Verify reviewVerify `cmd:"" help:"Check an exported record of an access review, JSON or page, without server or database."`
}

type reviewVerify struct {
	File      string `arg:"" help:"The record, from reviews export." type:"existingfile"`
	PublicKey string `help:"What balie audit public-key printed. Without it, who made the record stays unproven." type:"path" placeholder:"FILE"`
}

// Run says whether a record is as it was signed, and which line is not.
func (v reviewVerify) Run(con console) error {
	file, err := os.ReadFile(v.File)
	if err != nil {
		return err
	}
	var key ed25519.PublicKey
	if v.PublicKey != "" {
		if key, err = readPublicKey(v.PublicKey); err != nil {
			return err
		}
	}
	read := ops.ReadRecord
	if bytes.HasPrefix(file, []byte("<!doctype html>")) {
		read = views.ReadReviewPage
	}
	r, err := read(file, key)
	if err != nil {
		return err
	}
	fmt.Fprintf(con.out, "Access review %s, closed %s: %d grants, %d steps, digest %s.\n",
		policy.ReviewName(r.Review.Period, int(r.Review.ID)), r.Review.ClosedAt.Format("2006-01-02 15:04Z"), len(r.Items), len(r.Steps), r.Digest())
	if key == nil {
		fmt.Fprintf(con.out, "All is as it was signed with the key %s. Compare that with the installation's, or give it: --public-key.\n", hex.EncodeToString(r.Public))
		return nil
	}
	fmt.Fprintln(con.out, "All is as this installation signed it.")
	return nil
}
