package ops

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
)

const (
	partBytes = 4 << 20  // from which on a part is full
	partMost  = 64 << 20 // no part that is read may be larger
)

// part is some rows of a table, each on a line.
type part struct {
	Name    string
	content bytes.Buffer
	rows    int
}

func (p *part) add(line []byte) {
	p.content.Write(line)
	p.content.WriteByte('\n')
	p.rows++
}

func (p *part) reset() {
	p.content.Reset()
	p.rows = 0
}

// ArchivePart is what the end of the archive says of it.
func (p *part) ArchivePart() ArchivePart {
	return ArchivePart{p.Name, p.rows, hashOf(p.content.Bytes())}
}

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// lines are the rows of a part.
func lines(content []byte) [][]byte {
	content = bytes.TrimSuffix(content, []byte("\n"))
	if len(content) == 0 {
		return nil
	}
	return bytes.Split(content, []byte("\n"))
}
