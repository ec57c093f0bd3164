package pasted

import (
	"encoding/base64"
	"errors"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// Bounds of what a mail may be made of.
const (
	maxDepth = 8
	maxParts = 200
	maxText  = 1 << 20 // of one part, decoded
)

type headerGetter interface{ Get(string) string }

// readable is the text of a mail: the plain one if there is one, or else the
// other without its mark-up. Attachments are skipped.
func readable(h headerGetter, body io.Reader) (string, error) {
	w := walk{}
	if err := w.part(h, body, 0); err != nil {
		return "", err
	}
	if strings.TrimSpace(w.plain) != "" {
		return w.plain, nil
	}
	return unmarked(w.marked), nil
}

// walk goes through the parts of a mail and keeps the first text of each kind.
type walk struct {
	plain, marked string
	parts         int
}

var errTooDeep = errors.New("parts within parts without end")

func (w *walk) part(h headerGetter, body io.Reader, depth int) error {
	if w.parts++; w.parts > maxParts || depth > maxDepth {
		return unreadable(errTooDeep)
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind, params = "text/plain", nil
	}
	attached, _, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		return w.several(multipart.NewReader(body, params["boundary"]), depth)
	case attached == "attachment":
	case kind == "text/plain" && w.plain == "":
		w.plain, err = textOf(h, body, params["charset"])
		return err
	case kind == "text/html" && w.marked == "":
		w.marked, err = textOf(h, body, params["charset"])
		return err
	}
	return nil
}

func (w *walk) several(r *multipart.Reader, depth int) error {
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			if w.plain != "" || w.marked != "" { // cut off at the end, as people cut
				return nil
			}
			return unreadable(err)
		}
		if err := w.part(p.Header, p, depth+1); err != nil {
			return err
		}
	}
}

// textOf decodes one part.
func textOf(h headerGetter, body io.Reader, charset string) (string, error) {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	body, err := inUTF8(charset, body)
	if err != nil {
		return "", err
	}
	out, err := io.ReadAll(io.LimitReader(body, maxText))
	if err != nil && len(out) == 0 {
		return "", unreadable(err)
	}
	return string(out), nil
}

// inUTF8 reads a character set as one reads it on the web.
func inUTF8(charset string, r io.Reader) (io.Reader, error) {
	if charset == "" {
		return r, nil
	}
	e, err := htmlindex.Get(charset)
	if err != nil {
		return r, nil //nolint:nilerr // unknown: what isn't UTF-8 in it is marked as such
	}
	return e.NewDecoder().Reader(r), nil
}

var words = mime.WordDecoder{CharsetReader: inUTF8}

// decoded is a header as people read it.
func decoded(s string) string {
	if out, err := words.DecodeHeader(s); err == nil {
		return out
	}
	return s
}

var (
	unseen = regexp.MustCompile(`(?is)<!--.*?-->|<(?:script|style|head|title)\b.*?</(?:script|style|head|title)\s*>`)
	breaks = regexp.MustCompile(`(?i)<(?:br|/p|/div|/tr|/li|/h[1-6]|/blockquote|hr)\b[^>]*>`)
	tags   = regexp.MustCompile(`(?s)<[^>]*>`)
	blanks = regexp.MustCompile(`[ \t\x{a0}]+`)
)

// unmarked is HTML without its mark-up, a line per paragraph.
func unmarked(s string) string {
	s = strings.Join(strings.Fields(unseen.ReplaceAllString(s, "")), " ")
	return html.UnescapeString(tags.ReplaceAllString(breaks.ReplaceAllString(s, "\n"), ""))
}

// tidy leaves one empty line at most between others.
func tidy(s string) string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(blanks.ReplaceAllString(line, " "))
		if line != "" || len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, line)
		}
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
