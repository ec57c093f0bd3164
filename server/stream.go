package server

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"strconv"
)

// given are rows that are there already, for what takes them one by one.
func given[T any](rows []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// writeJSON writes an array that is never held whole. What breaks off has no
// closing bracket, so nobody takes a part for the whole.
func writeJSON[T any](to io.Writer, columns []column[T], rows iter.Seq2[T, error]) error {
	w := bufio.NewWriterSize(to, 32<<10)
	before := "[\n"
	for r, err := range rows {
		if err != nil {
			return errors.Join(err, w.Flush())
		}
		if _, err := w.WriteString(before + string(object(columns, r))); err != nil {
			return err
		}
		before = ",\n"
	}
	end := "\n]\n"
	if before == "[\n" {
		end = "[]\n"
	}
	if _, err := w.WriteString(end); err != nil {
		return err
	}
	return w.Flush()
}

// cells are what stands in the columns of rows.
func cells[T any](columns []column[T], rows iter.Seq2[T, error]) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for r, err := range rows {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(row(columns, r), nil) {
				return
			}
		}
	}
}

// counted counts rows as they pass.
func counted[T any](rows iter.Seq2[T, error], n *int) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for r, err := range rows {
			if err == nil {
				*n++
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// idList is numbers with spaces between in a table or CSV, and an array in JSON.
type idList []int64

func (ids idList) String() string {
	var b []byte
	for i, id := range ids {
		if i > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, id, 10)
	}
	return string(b)
}
