// Package pasted reads a mail as people paste it: its source with all headers,
// or what a mail program shows on top of it. What it gives is clean text; what
// it was given came from a stranger.
package pasted

import (
	"bytes"
	"io"
	"net/mail"
	"strings"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// MaxMail bounds a mail with its attachments, which are skipped.
const MaxMail = 10 << 20

// Mail is what of a mail tells what happened.
type Mail struct {
	Subject  text.Line
	At       time.Time // zero: the mail doesn't say, or not so that it is understood
	From, To []Address // To with those in copy
	Text     text.Block
}

// Address is somebody in a mail.
type Address struct {
	Name text.Line
	Mail string // in lower case
}

// Looks says whether a text begins as a mail with its headers does.
func Looks(raw string) bool {
	seen := map[string]bool{}
	for line := range strings.Lines(top(raw)) {
		if name, _, ok := header(strings.TrimRight(line, "\n")); ok {
			seen[name] = true
		}
	}
	return (seen["From"] || seen["To"]) && (seen["Subject"] || seen["Date"])
}

// Read reads one, its times as on the wall of zone where they name none.
func Read(r io.Reader, zone *time.Location) (m Mail, err error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxMail+1))
	if err != nil {
		return m, policy.Errorf(policy.Invalid, "The mail did not come in whole: try again.").Because(err)
	}
	if len(raw) > MaxMail {
		return m, policy.Errorf(policy.Invalid, "The mail is larger than %d MB: leave out its attachments.", MaxMail>>20)
	}
	source := unix(string(raw))
	if !Looks(source) {
		return m, policy.Errorf(policy.Invalid, "This is no mail: paste it with its headers, From, To, Date and Subject.")
	}
	msg, err := mail.ReadMessage(strings.NewReader(plainHeaders(source)))
	if err != nil {
		return m, unreadable(err)
	}
	m.Subject, m.At = text.New(decoded(msg.Header.Get("Subject"))), when(msg.Header.Get("Date"), zone)
	m.From, m.To = addresses(msg.Header["From"]), addresses(append(msg.Header["To"], msg.Header["Cc"]...))
	body, err := readable(msg.Header, msg.Body)
	m.Text = text.NewBlock(tidy(body))
	return m, err
}

func unreadable(err error) error {
	return policy.Errorf(policy.Invalid, "This mail is damaged and can't be read: paste only its headers and its text.").Because(err)
}

// unix has one kind of line end: terminals paste others.
func unix(s string) string {
	s = strings.TrimPrefix(s, "\ufeff")
	return strings.TrimLeft(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n \t")
}

// maxTop is how long headers may be.
const maxTop = 256 << 10

// top is what stands above the first empty line.
func top(s string) string {
	s = unix(s[:min(len(s), maxTop)])
	head, _, _ := strings.Cut(s, "\n\n")
	return head
}

// headers as mail programs show them, in Dutch and English.
var headers = map[string]string{
	"from": "From", "van": "From", "to": "To", "aan": "To", "cc": "Cc", "subject": "Subject", "onderwerp": "Subject", "date": "Date", "datum": "Date",
	"sent": "Date", "verzonden": "Date",
}

// header takes a line apart, if it is a header.
func header(line string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(line, ":")
	if !ok || name == "" || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", "", false
	}
	if known := headers[strings.ToLower(name)]; known != "" {
		name = known
	}
	return name, strings.TrimSpace(value), true
}

// plainHeaders writes headers as a server would, and leaves out lines among them
// that are none: "-----Original message-----", the From of a mailbox file.
func plainHeaders(s string) string {
	head, body, _ := strings.Cut(s, "\n\n")
	var out bytes.Buffer
	kept := false
	for line := range strings.SplitSeq(head, "\n") {
		name, value, ok := header(line)
		switch {
		case ok:
			out.WriteString(name + ": " + value + "\n")
			kept = true
		case kept && strings.HasPrefix(line, " ") || kept && strings.HasPrefix(line, "\t"):
			out.WriteString(" " + strings.TrimSpace(line) + "\n")
		default:
			kept = false
		}
	}
	return out.String() + "\n" + body
}
