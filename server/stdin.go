package server

import (
	"io"

	"balie/policy"
)

// stdin is what a client sends to a command. It ends only with a client that
// is still there: what a killed one leaves behind must not pass for a whole
// file.
type stdin struct{ c *channel }

func (s stdin) Read(b []byte) (int, error) {
	n, err := s.c.Read(b)
	if err == io.EOF && s.c.whole() != nil {
		err = policy.Errorf(policy.Unavailable, "The connection was cut before the end of the file: nothing was kept.").Because(io.ErrUnexpectedEOF)
	}
	return n, err
}
