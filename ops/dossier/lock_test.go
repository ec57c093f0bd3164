package dossier_test

import (
	"archive/zip"
	"bytes"
	"os"
	"strings"
	"testing"

	"balie/ops/dossier"
	"balie/policy"
)

// TestOpen_sevenZip: what 7-Zip locked is opened by the same steps, so that what is
// locked here opens there. It is longer than one byte counts blocks.
func TestOpen_sevenZip(t *testing.T) {
	locked, err := os.ReadFile("testdata/7-zip.zip")
	if err != nil {
		t.Fatal(err)
	}
	files, err := dossier.Open(locked, policy.Seal("geheim-wachtwoord"))
	if err != nil || string(files["brief.txt"]) != strings.Repeat("x", 6000) {
		t.Errorf("%q, %v", files["brief.txt"], err)
	}
}

// TestZIPLock: whatever is hurt, nothing else comes out than what was locked, and
// nothing of it stands in the open.
func TestZIPLock(t *testing.T) {
	var plain bytes.Buffer
	z := zip.NewWriter(&plain)
	f, err := z.CreateHeader(&zip.FileHeader{Name: "jansen.txt", Method: zip.Store})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("Jan Jansen")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	password := dossier.NewPassphrase()
	var locked bytes.Buffer
	if err := dossier.ZIPLock(password)(&locked, plain.Bytes()); err != nil {
		t.Fatal(err)
	}
	opens := func(data []byte) (bool, error) {
		files, err := dossier.Open(data, password)
		return len(files) == 1 && string(files["jansen.txt"]) == "Jan Jansen", err
	}
	if whole, err := opens(locked.Bytes()); !whole || bytes.Contains(bytes.ToLower(locked.Bytes()), []byte("jansen")) {
		t.Errorf("opens %t, %v:\n%x", whole, err, locked.Bytes())
	}
	refused := 0
	for i := range locked.Len() {
		hurt := bytes.Clone(locked.Bytes())
		hurt[i] ^= 1
		if whole, err := opens(hurt); err != nil {
			refused++
		} else if !whole {
			t.Errorf("byte %d changed brings out something else", i)
		}
	}
	if refused < plain.Len() {
		t.Errorf("only %d changes are refused", refused)
	}
}
