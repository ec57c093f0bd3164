package ops

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"filippo.io/age"

	"balie/db"
	"balie/db/seal"
	"balie/policy"
)

// Installation is where an archive goes: an empty one, whose keyring is made
// when the archive has been opened.
type Installation struct {
	OwnerURL string
	// Keys makes the keyring that goes on with the ledger key of the old one.
	Keys func(ledger []byte) (*seal.Keyring, error)
}

// ImportArchive fills an empty installation from an archive: all of it or
// nothing. Search is left to be made by who starts it.
func ImportArchive(ctx context.Context, in Installation, who []age.Identity, r io.Reader, progress func(rows int64)) (end ArchiveEnd, err error) {
	clear, err := age.Decrypt(r, who...)
	if err != nil {
		return end, policy.Errorf(policy.Invalid, "The archive doesn't open: the passphrase or identity is another one, or it is no archive of balie.").Because(err)
	}
	packed, err := gzip.NewReader(clear)
	if err != nil {
		return end, notArchive(err)
	}
	u := &unpackingArchive{files: tar.NewReader(packed), in: in, progress: progress}
	defer func() {
		if u.writer != nil {
			u.writer.Close(ctx)
		}
	}()
	if err := u.all(ctx); err != nil {
		return end, err
	}
	if err := drained(packed, clear); err != nil {
		return end, notArchive(err)
	}
	return u.end, u.writer.Commit(ctx, u.end.Sequences)
}

// drained reads to the very end, where the encryption proves that nothing was
// cut off.
func drained(rs ...io.Reader) error {
	for _, r := range rs {
		if _, err := io.Copy(io.Discard, io.LimitReader(r, partMost)); err != nil {
			return err
		}
	}
	return nil
}

func notArchive(err error) error {
	return policy.Errorf(policy.Invalid, "The archive is damaged or cut off; nothing was imported.").Because(err)
}

// unpackingArchive is an import under way.
type unpackingArchive struct {
	files    *tar.Reader
	in       Installation
	writer   *db.ArchiveWriter
	end      ArchiveEnd
	found    []ArchivePart
	rows     int64
	progress func(rows int64)
	restored map[string]bool // tables that go back
}

// all reads the files in the order in which they were written, up to the one
// that says what there must have been.
func (u *unpackingArchive) all(ctx context.Context) error {
	for {
		file, err := u.files.Next()
		if err != nil {
			return notArchive(err)
		}
		content, err := u.content(file)
		if err != nil {
			return err
		}
		switch {
		case file.Name == "README.md":
		case file.Name == headName && u.writer == nil:
			err = u.begin(ctx, content)
		case u.writer == nil:
			err = notArchive(fmt.Errorf("%q comes before %s", file.Name, headName))
		case file.Name == endName:
			return u.check(content)
		default:
			err = u.part(ctx, file.Name, content)
		}
		if err != nil {
			return err
		}
	}
}

func (u *unpackingArchive) content(file *tar.Header) ([]byte, error) {
	if file.Size > partMost {
		return nil, notArchive(fmt.Errorf("%q has %d bytes", file.Name, file.Size))
	}
	content := make([]byte, file.Size)
	if _, err := io.ReadFull(u.files, content); err != nil {
		return nil, notArchive(err)
	}
	return content, nil
}

func (u *unpackingArchive) begin(ctx context.Context, content []byte) error {
	var head ArchiveHead
	if err := json.Unmarshal(content, &head); err != nil || head.Format != archiveFormat {
		return notArchive(err)
	}
	if head.Version != archiveVersion {
		return policy.Errorf(policy.Conflict, "The archive has format %d, and this balie reads %d: take the balie that made it.", head.Version, archiveVersion)
	}
	keys, err := u.in.Keys(head.LedgerKey)
	if err != nil {
		return err
	}
	if u.writer, err = db.WriteArchive(ctx, u.in.OwnerURL, keys); err != nil {
		return err
	}
	if err := u.writer.Fits(ctx, head.Schema, head.Tables); err != nil {
		return err
	}
	u.restored = map[string]bool{}
	for _, t := range head.Tables {
		u.restored[t.Name] = t.Why == ""
	}
	return asFounder(ctx, u.in.OwnerURL, keys, policy.ArchiveImport, "of "+head.MadeAt.Format("2006-01-02 15:04Z")+", sha256 of its description "+hashOf(content))
}

// part puts a file of rows back. What it holds is believed only when the end of
// the archive confirms it, before anything is committed.
func (u *unpackingArchive) part(ctx context.Context, name string, content []byte) error {
	table, ok := strings.CutPrefix(name, "tables/")
	table, _, has := strings.Cut(table, "/")
	if !ok || !has {
		return notArchive(fmt.Errorf("a file %q", name))
	}
	rows := lines(content)
	u.found = append(u.found, ArchivePart{name, len(rows), hashOf(content)})
	for batch := range slices.Chunk(rows, 1000) {
		var err error
		switch back, known := u.restored[table]; {
		case table == "subject_keys":
			err = u.writer.AddSubjects(ctx, batch)
		case back || !known: // an unknown one is refused there
			err = u.writer.Add(ctx, table, batch)
		}
		if err != nil {
			return err
		}
		u.rows += int64(len(batch))
		u.progress(u.rows)
	}
	return nil
}

func (u *unpackingArchive) check(content []byte) error {
	if err := json.Unmarshal(content, &u.end); err != nil {
		return notArchive(err)
	}
	counted := map[string]int64{}
	for table := range u.end.Rows {
		counted[table] = 0
	}
	for _, p := range u.found {
		table, _, _ := strings.Cut(strings.TrimPrefix(p.Name, "tables/"), "/")
		counted[table] += int64(p.Rows)
	}
	if !slices.Equal(u.found, u.end.Parts) || !maps.Equal(counted, u.end.Rows) {
		return notArchive(fmt.Errorf("its files are not those that %s names", endName))
	}
	return nil
}
