package pasted

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"balie/policy"
)

var amsterdam = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return zone
}()

const source = "From MAILER Sun Nov 22 10:00:00 2026\r\n" +
	"Received: from mx.example by mail.example;\r\n\tSun, 22 Nov 2026 10:00:01 +0100\r\n" +
	"From: =?UTF-8?Q?Jos=C3=A9_Jansen?= <Jose@Example.nl>\r\nTo: \"Groot, Sander de\" <sander@balie.example>,\r\n piet@example.nl\r\nCc: ilse@example.nl\r\n" +
	"Subject: =?iso-8859-1?B?T2ZmZXJ0ZSBjYWbp?=\r\nDate: Sun, 22 Nov 2026 09:59:58 +0100\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=a\r\n\r\npreamble\r\n" +
	"--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" +
	"--b\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDe prijs is =80 1.250,=\r\n00.\r\n\r\n\r\n\r\nGroet\x1b[31m\r\n" +
	"--b\r\nContent-Type: text/html\r\n\r\n<p>not this</p>\r\n--b--\r\n" +
	"--a\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=x.txt\r\n\r\nnor this\r\n--a--\r\n"

const shown = "-----Oorspronkelijk bericht-----\nVan: Jan Jansen <jan@example.nl> \nVerzonden: zondag 22 november 2026 10:05\nAan: Sander; 'Piet' <piet@example.nl>\nOnderwerp: Re: offerte\n\nDag Sander,\n\nakkoord.\n"

const marked = "From: a@example.nl\nSubject: hi\nDate: Sun, 1 Nov 2026 08:00:00 GMT\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" +
	"PGhlYWQ+PHN0eWxlPnB7fTwvc3R5bGU+PC9oZWFkPjxwPkV1cm8gJmV1cm87PC9wPjwhLS0geCAtLT48ZGl2PnR3ZWU8YnI+ZHJpZTwvZGl2PjxzY3JpcHQ+YWxlcnQoMSk8L3NjcmlwdD4=\n"

func tell(m Mail) string {
	var who []string
	for _, a := range append(m.From, m.To...) {
		who = append(who, a.Name.String()+"|"+a.Mail)
	}
	return fmt.Sprintf("%s / %s / %s / %q", m.Subject, m.At.UTC().Format(time.RFC3339), strings.Join(who, " "), m.Text)
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct{ mail, want string }{
		"source": {source, `Offerte café / 2026-11-22T08:59:58Z / José Jansen|jose@example.nl Groot, Sander de|sander@balie.example |piet@example.nl |ilse@example.nl / "De prijs is € 1.250,00.\n\nGroet"`},
		"shown":  {shown, `Re: offerte / 2026-11-22T09:05:00Z / Jan Jansen|jan@example.nl Sander| Piet|piet@example.nl / "Dag Sander,\n\nakkoord."`},
		"marked": {marked, `hi / 2026-11-01T08:00:00Z / |a@example.nl / "Euro €\ntwee\ndrie"`},
		"english date": {
			"From: a@example.nl\nSent: Monday, November 2, 2026 10:00 AM\nTo: b@example.nl\nSubject: x\n\ny",
			`x / 2026-11-02T09:00:00Z / |a@example.nl |b@example.nl / "y"`,
		},
		"cut off, and of no date": {
			"Subject: x\nTo: undisclosed-recipients:;\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\nhalf a te",
			`x / 0001-01-01T00:00:00Z /  / "half a te"`,
		},
	} {
		m, err := Read(strings.NewReader(c.mail), amsterdam)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := tell(m); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// What is no mail, or is made to hurt, is refused with one sentence.
func TestRead_refuses(t *testing.T) {
	head := "From: a@example.nl\nSubject: x\n"
	deep := head + "Content-Type: multipart/mixed; boundary=b0\n\n"
	for i := range 20 {
		deep += fmt.Sprintf("--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i+1)
	}
	for name, r := range map[string]io.Reader{
		"empty":       strings.NewReader(""),
		"no headers":  strings.NewReader("Dag Sander,\n\nFrom: tomorrow\nSubject: to change"),
		"bytes":       strings.NewReader(strings.Repeat("\x00\xff", 1000)),
		"no boundary": strings.NewReader(head + "Content-Type: multipart/mixed\n\nx"),
		"deep":        strings.NewReader(deep),
		"many":        strings.NewReader(head + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\n\n", 300)),
		"broken":      strings.NewReader(head + "Content-Transfer-Encoding: base64\n\n%%%%"),
		"large":       io.MultiReader(strings.NewReader(head+"\n"), io.LimitReader(zeros{}, MaxMail)),
		"cut":         io.MultiReader(strings.NewReader(head), failing{}),
	} {
		m, err := Read(r, time.UTC)
		if policy.KindOf(err) != policy.Invalid {
			t.Errorf("%s: %v, %s", name, err, tell(m))
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("gone") }

func FuzzRead(f *testing.F) {
	for _, s := range []string{source, shown, marked} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := Read(strings.NewReader(s), amsterdam)
		if err != nil && policy.KindOf(err) != policy.Invalid {
			t.Errorf("%v", err)
		}
		if len(m.From)+len(m.To) > 2*maxAddresses {
			t.Errorf("%d addresses", len(m.From)+len(m.To))
		}
	})
}
