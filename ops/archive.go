package ops

import (
	"archive/tar"
	"compress/gzip"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"filippo.io/age"

	"balie/db"
	"balie/db/seal"
	"balie/policy"
)

// An archive is all of an installation in an open format, documented in
// archive.md, which every archive holds as well. It is in the clear inside and
// therefore always encrypted outside.

//go:embed archive.md
var archiveReadme []byte

const (
	archiveFormat  = "balie archive"
	archiveVersion = 1
)

// ArchiveHead comes first in an archive: what made it, and what it holds.
type ArchiveHead struct {
	Format    string            `json:"format"`
	Version   int               `json:"version"`
	Schema    int32             `json:"schema"`
	MadeAt    time.Time         `json:"made_at"`
	LedgerKey []byte            `json:"ledger_key"` // of digests, taken over by who goes on
	LogKey    []byte            `json:"log_key"`    // public: verifies the log's checkpoints
	Tables    []db.ArchiveTable `json:"tables"`
	LeftOut   map[string]string `json:"left_out"`
}

// ArchiveEnd comes last, and proves that all is there as it was written.
type ArchiveEnd struct {
	Parts     []ArchivePart    `json:"parts"`
	Rows      map[string]int64 `json:"rows"`
	Sequences []db.Sequence    `json:"sequences"`
}

// ArchivePart is one file of rows.
type ArchivePart struct {
	Name   string `json:"name"`
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"`
}

const (
	headName = "balie-archive.json"
	endName  = "manifest.json"
)

// ExportArchive writes all of an installation as of one moment, encrypted for
// to. It is for who holds the keyring and connects as the database's owner. The
// log says so before the first row is read.
func ExportArchive(ctx context.Context, ownerURL string, keys *seal.Keyring, to []age.Recipient, w io.Writer, progress func(done, total int64)) (end ArchiveEnd, err error) {
	if err := asFounder(ctx, ownerURL, keys, policy.ArchiveExport, "begun"); err != nil {
		return end, err
	}
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return end, err
	}
	if end, err = exportArchive(ctx, ownerURL, keys, sealed, progress); err != nil {
		return end, err
	}
	return end, sealed.Close()
}

// asFounder writes into the log what who runs the machine does.
func asFounder(ctx context.Context, ownerURL string, keys *seal.Keyring, act policy.Act, detail string) error {
	store, err := db.Open(ownerURL, keys)
	if err != nil {
		return err
	}
	defer store.Close()
	o := &Ops{Store: store}
	return o.act(ctx, policy.System(policy.Founder), act, policy.Resource{}, func(tx *db.Tx) error {
		tx.Detail(detail)
		return nil
	})
}

func exportArchive(ctx context.Context, ownerURL string, keys *seal.Keyring, w io.Writer, progress func(done, total int64)) (end ArchiveEnd, err error) {
	r, err := db.ReadArchive(ctx, ownerURL, keys)
	if err != nil {
		return end, err
	}
	defer r.Close(ctx)
	a := &archiving{reader: r, progress: progress, end: ArchiveEnd{Rows: map[string]int64{}}}
	if a.total, err = r.Count(ctx); err != nil {
		return end, err
	}
	head, err := a.head(ctx, keys)
	if err != nil {
		return end, err
	}
	packed := gzip.NewWriter(w)
	a.files = tar.NewWriter(packed)
	if err := a.all(ctx, head); err != nil {
		return end, err
	}
	if err := a.files.Close(); err != nil {
		return end, err
	}
	return a.end, packed.Close()
}

// archiving is an export under way.
type archiving struct {
	reader      *db.ArchiveReader
	files       *tar.Writer
	end         ArchiveEnd
	done, total int64
	progress    func(done, total int64)
}

func (a *archiving) head(ctx context.Context, keys *seal.Keyring) (ArchiveHead, error) {
	schema, err := a.reader.Version(ctx)
	return ArchiveHead{
		Format: archiveFormat, Version: archiveVersion, Schema: schema, MadeAt: time.Now().UTC(),
		LedgerKey: keys.LedgerKey(), LogKey: keys.Public(), Tables: a.reader.Tables, LeftOut: a.reader.LeftOut(),
	}, err
}

func (a *archiving) all(ctx context.Context, head ArchiveHead) error {
	if err := a.add("README.md", archiveReadme); err != nil {
		return err
	}
	if err := a.addJSON(headName, head); err != nil {
		return err
	}
	if err := a.table("subject_keys", func(yield func([]byte) error) error { return a.reader.Subjects(ctx, yield) }); err != nil {
		return err
	}
	for _, t := range a.reader.Tables {
		if err := a.table(t.Name, func(yield func([]byte) error) error { return a.reader.Rows(ctx, t, yield) }); err != nil {
			return err
		}
	}
	var err error
	if a.end.Sequences, err = a.reader.Sequences(ctx); err != nil {
		return err
	}
	a.progress(a.total, a.total)
	return a.addJSON(endName, a.end)
}

// table writes rows in parts: a file of a tar says its size first, and one of
// millions of rows fits no memory.
func (a *archiving) table(name string, rows func(yield func([]byte) error) error) error {
	p := &part{}
	number := 0
	flush := func() error {
		if p.rows == 0 {
			return nil
		}
		number++
		p.Name = fmt.Sprintf("tables/%s/%06d.jsonl", name, number)
		if err := a.add(p.Name, p.content.Bytes()); err != nil {
			return err
		}
		a.end.Parts = append(a.end.Parts, p.ArchivePart())
		p.reset()
		a.progress(min(a.done, a.total-1), a.total)
		return nil
	}
	a.end.Rows[name] = 0
	err := rows(func(line []byte) error {
		p.add(line)
		a.done++
		a.end.Rows[name]++
		if p.content.Len() < partBytes {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

func (a *archiving) addJSON(name string, value any) error {
	content, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return err
	}
	return a.add(name, append(content, '\n'))
}

func (a *archiving) add(name string, content []byte) error {
	if err := a.files.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content)), Format: tar.FormatUSTAR}); err != nil {
		return err
	}
	_, err := a.files.Write(content)
	return err
}
