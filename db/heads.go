package db

import (
	"io"
	"os"
)

// OpenHeads opens the file of the heads that are kept outside the database, to
// verify the log with. What is noted from now on is left out: the sealer goes on
// while the log is verified, and its newest heads are not in the snapshot that
// the verifier reads.
func OpenHeads(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(f, info.Size()), f}, nil
}
