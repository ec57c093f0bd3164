package db

import (
	"context"
	"encoding/binary"
	"io"
)

// COPY's binary form: a header, rows of length-prefixed fields, a trailer.
const (
	copyHeader   = "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	copyTrailer  = "\xff\xff"
	copyRowBytes = 2 + 4 + 8 + 4 + 4 + 4 + 4 + 4 + 8
)

// appendCopyRow appends one row of search_tokens.
func appendCopyRow(b []byte, token int64, scope, bucket int32, customer int64) []byte {
	b = binary.BigEndian.AppendUint16(b, 4)
	b = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(b, 8), uint64(token))
	b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, 4), uint32(scope))
	b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, 4), uint32(bucket))
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(b, 8), uint64(customer))
}

// copyStream reads chunks as they come; a context that ends is an error, so
// that half of the rows never passes for all.
type copyStream struct {
	ctx  context.Context // of one COPY, to which the stream belongs
	in   <-chan []byte
	left []byte
	done bool
}

func (s *copyStream) Read(p []byte) (int, error) {
	for len(s.left) == 0 {
		if s.done {
			return 0, io.EOF
		}
		select {
		case <-s.ctx.Done():
			return 0, s.ctx.Err()
		case chunk, ok := <-s.in:
			if s.left = chunk; !ok {
				s.left, s.done = []byte(copyTrailer), true
			}
		}
	}
	n := copy(p, s.left)
	s.left = s.left[n:]
	return n, nil
}
