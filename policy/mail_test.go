package policy

import (
	"strings"
	"testing"

	"balie/policy/text"
	"balie/policy/text/hostile"
)

func TestNormalMail(t *testing.T) {
	normal(t, "mail", NormalMail, map[string]string{
		"info@example.nl": "info@example.nl", " Jan.Jansen+crm@Example.NL ": "Jan.Jansen+crm@example.nl",
		"info@bücher.example": "info@bücher.example", "info@BÜCHER.example": "info@bücher.example",
		"o'neill@example.ie": "o'neill@example.ie", "zoë@example.be": "zoë@example.be",
		"a@xn--bcher-kva.example": "a@xn--bcher-kva.example",
		"":                        "", "jan": "", "@example.nl": "", "jan@": "", "jan@localhost": "",
		"Jan <jan@example.nl>": "", "<jan@example.nl>": "", "jan@example.nl, piet@example.nl": "",
		"jan..j@example.nl": "", ".jan@example.nl": "", "jan.@example.nl": "", "\"jan j\"@example.nl": "",
		"\"jan\"@example.nl": "", "jan(x)@example.nl": "", "jan@[127.0.0.1]": "", "jan@127.0.0.1": "",
		"jan@-a.nl": "", "jan@a-.nl": "", "jan@exa_mple.nl": "", "jan@example.nl.": "", "jan@example..nl": "",
		"jan@exam\u200bple.nl": "", "ja\u202en@example.nl": "", "jan\r\nBcc: x@example.nl": "",
		strings.Repeat("a", 65) + "@example.nl":        "",
		"a@" + strings.Repeat("a", 64) + ".nl":         "",
		"a@" + strings.Repeat("aaaaaaaaa.", 26) + "nl": "",
	})
	if MailKey("Jan@Example.nl ") != MailKey("jan@EXAMPLE.NL") {
		t.Error("case keeps two forms of one address apart")
	}
}

// Who is told to mend the wrong half doesn't find the fault.
func TestNormalMail_Blame(t *testing.T) {
	for raw, part := range map[string]string{
		"nora@": "after the @", "nora@localhost": "after the @", "nora@example..nl": "after the @", "no,ra@": "after the @",
		"no,ra@example.nl": "before the @", "nora.@example.nl": "before the @", "@example.nl": "has a name", "nora": "has a name",
	} {
		if _, err := NormalMail(raw); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%q: %v, want a word on what is %s", raw, err, part)
		}
	}
}

func TestNormalWebsite(t *testing.T) {
	normal(t, "website", NormalWebsite, map[string]string{
		"www.Example.nl": "https://www.example.nl", "http://example.be/": "http://example.be",
		"https://example.nl:443/a b": "", "https://example.nl:443/a": "https://example.nl/a",
		"HTTP://example.nl:8080/?q=é#x": "http://example.nl:8080/?q=%C3%A9#x",
		"https://bücher.example/é":      "https://bücher.example/%C3%A9",
		"example.nl/?q=\u202egpj":       "https://example.nl/?q=%E2%80%AEgpj",
		"example.nl/\u009b31m":          "https://example.nl/%C2%9B31m",
		"javascript:alert(1)":           "", "javascript://example.nl/%0aalert(1)": "", "ftp://example.nl": "",
		"file:///etc/passwd": "", "data:text/html,x": "", "https://jan:geheim@example.nl": "",
		"mailto:jan@example.nl": "", "jan@example.nl": "", "localhost": "", "http://127.0.0.1": "", "http://[::1]/": "",
		"": "", "https://": "", "example.nl:99999": "", "example.nl\x1b[31m": "", "exam\u200bple.nl": "",
		"example.nl/" + strings.Repeat("a", 2100): "",
	})
}

func TestNormalPostal(t *testing.T) {
	in := func(country string) func(string) (string, error) {
		return func(s string) (string, error) { return NormalPostal(s, country) }
	}
	normal(t, "postal", in("NL"), map[string]string{
		"1234ab": "1234 AB", "1234  AB": "1234 AB", "NL-1234 AB": "1234 AB",
		"0234AB": "", "1234 SS": "", "1234": "", "1234 A1": "", "": "",
	})
	normal(t, "postal", in("be"), map[string]string{
		"1000": "1000", "B-9000": "9000", "BE 9999": "9999", "0999": "", "10000": "", "1234 AB": "",
	})
	normal(t, "postal", in("GB"), map[string]string{
		" sw1a  1aa": "SW1A 1AA", "x": "", "12345678901234": "", "SW1A\x1b1AA": "",
	})
}

// What passes a check may be shown in a terminal's link or sent to a server,
// so no hostile text may ride along.
func TestNormal_Hostile(t *testing.T) {
	for _, s := range hostile.Strings {
		for name, got := range map[string]string{
			"local part": passed(NormalMail("a" + s + "b@example.nl")),
			"domain":     passed(NormalMail("a@x" + s + "x.nl")),
			"host":       passed(NormalWebsite("https://x" + s + "x.nl")),
			"path":       passed(NormalWebsite("example.nl/" + s)),
			"query":      passed(NormalWebsite("example.nl/?q=" + s)),
			"fragment":   passed(NormalWebsite("example.nl/#" + s)),
			"postal":     passed(NormalPostal("12"+s+"34", "GB")),
			"kvk":        passed(NormalKvK("1701" + s + "4545")),
			"vat":        passed(NormalVAT("DE136" + s + "695976")),
		} {
			if text.Clean(got) != got {
				t.Errorf("%s: %.60q passes as %.60q", name, s, got)
			}
		}
	}
}

func passed(s string, err error) string {
	if err != nil {
		return ""
	}
	return s
}
