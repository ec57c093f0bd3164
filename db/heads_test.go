package db_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"balie/db"
)

// TestOpenHeads: a checkpoint made while the log is verified is no fault. It
// once was: verifying a busy log found its end "cut off".
func TestOpenHeads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "heads")
	note := func(line string) {
		t.Helper()
		f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteString(line); err != nil {
			t.Fatal(err)
		}
	}
	note("1 aa\n")
	heads, err := db.OpenHeads(path)
	if err != nil {
		t.Fatal(err)
	}
	defer heads.Close()
	note("2 bb\n")
	if got, err := io.ReadAll(heads); err != nil || string(got) != "1 aa\n\n" {
		t.Errorf("heads read: %q, %v", got, err)
	}
}
