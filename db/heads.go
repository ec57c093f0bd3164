package db

import (
	"io"
	"os"
	"strings"
)

// HeadWord stands before a head in the server's log, so that it is found there
// whatever else a collector of logs puts around it.
const HeadWord = "balie-log-head"

// OpenHeads opens the files of the heads that are kept outside the database, to
// verify the log with: those that the program writes, and logs in which it told
// heads. What is noted from now on is left out: the sealer goes on while the log
// is verified, and its newest heads are not in the snapshot that the verifier
// reads.
func OpenHeads(paths ...string) (io.ReadCloser, error) {
	var all headFiles
	for _, path := range paths {
		if err := all.add(path); err != nil {
			return nil, err
		}
	}
	all.Reader = io.MultiReader(all.parts...)
	return all, nil
}

type headFiles struct {
	io.Reader
	parts []io.Reader
	files []*os.File
}

// add opens one more; the line end keeps its last line, which may be torn, apart
// from the next file.
func (h *headFiles) add(path string) error {
	f, err := os.Open(path)
	if err == nil {
		h.files = append(h.files, f)
		var info os.FileInfo
		if info, err = f.Stat(); err == nil {
			h.parts = append(h.parts, io.LimitReader(f, info.Size()), strings.NewReader("\n"))
		}
	}
	if err != nil {
		_ = h.Close()
	}
	return err
}

// Close closes all of them; they were only read.
func (h headFiles) Close() error {
	for _, f := range h.files {
		_ = f.Close()
	}
	return nil
}
