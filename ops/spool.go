package ops

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"balie/ops/sheet"
	"balie/policy"
)

// Spool holds a file that somebody sends, so that it can be read twice and no
// transaction waits for a slow line. It lies in a file without a name, under a
// key that exists only in this value: what is left on the disk reads as noise.
type Spool struct {
	Size int64
	Hash [sha256.Size]byte
	file *os.File
	key  cipher.Block
}

// NewSpool takes in all of r, but no more than most bytes. An r that fails, as
// a cut connection does, gives no spool.
func NewSpool(r io.Reader, most int64) (*Spool, error) {
	file, err := os.CreateTemp("", "balie-spool-*")
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	key := make([]byte, 32)
	rand.Read(key)
	block, err := aes.NewCipher(key)
	s := &Spool{file: file, key: block}
	if err := errors.Join(err, os.Remove(file.Name()), s.fill(r, most)); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Spool) fill(r io.Reader, most int64) error {
	hash := sha256.New()
	w := cipher.StreamWriter{S: s.stream(0), W: s.file}
	n, err := io.Copy(io.MultiWriter(w, hash), io.LimitReader(r, most+1))
	if err != nil {
		return policy.Errorf(policy.Invalid, "The file did not arrive whole; nothing was imported: send it again.").Because(err)
	}
	if n > most {
		return policy.Errorf(policy.Invalid, "The file is larger than %d MB: split it and send the parts.", most>>20)
	}
	s.Size, s.Hash = n, [sha256.Size]byte(hash.Sum(nil))
	return nil
}

// stream starts the key stream at a block. That it begins at zero is safe
// because the key is used for this one file.
func (s *Spool) stream(block uint64) cipher.Stream {
	start := make([]byte, aes.BlockSize)
	binary.BigEndian.PutUint64(start[8:], block)
	return cipher.NewCTR(s.key, start)
}

// ReadAt reads from the middle, as a workbook is read.
func (s *Spool) ReadAt(b []byte, at int64) (int, error) {
	n, err := io.NewSectionReader(s.file, 0, s.Size).ReadAt(b, at)
	if n == 0 {
		return 0, err
	}
	stream := s.stream(uint64(at) / aes.BlockSize)
	skip := make([]byte, at%aes.BlockSize)
	stream.XORKeyStream(skip, skip)
	stream.XORKeyStream(b[:n], b[:n])
	return n, err
}

// Open reads the file from its beginning as a table.
func (s *Spool) Open(limits sheet.Limits) (*sheet.Reader, error) {
	return sheet.OpenFile(s, s.Size, limits)
}

// Reader reads the file from its beginning as it came.
func (s *Spool) Reader() io.Reader { return io.NewSectionReader(s, 0, s.Size) }

// Close frees the disk.
func (s *Spool) Close() error { return s.file.Close() }
