package policy

import (
	"errors"
	"fmt"
	"strconv"
	"testing"
)

// normal is a table of what a function makes of its input; "" is a refusal.
func normal(t *testing.T, field string, fn func(string) (string, error), table map[string]string) {
	t.Helper()
	for in, want := range table {
		got, err := fn(in)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q gives %q, %v; want %q", in, got, err, want)
		}
		var e *Error
		if err != nil && (!errors.As(err, &e) || e.Kind != Invalid || e.Field != field) {
			t.Errorf("%q: %v is no invalid %s", in, err, field)
		}
		if e != nil && len(fmt.Sprint(e.Msg.Args...)) > 2 {
			t.Errorf("%q: the sentence repeats what was typed, and would end in a log", in)
		}
	}
}

func TestNormalKvK(t *testing.T) {
	normal(t, "kvk", NormalKvK, map[string]string{
		"17014545": "17014545", "KvK 1701 4545": "17014545", "kvk: 17014545": "17014545",
		"1701454": "", "000017014545": "", "00000000": "", "1701454a": "", "": "", "１７０１４５４５": "",
	})
}

func TestNormalEnterprise(t *testing.T) {
	normal(t, "enterprise", NormalEnterprise, map[string]string{
		"0403.170.701": "0403170701", "403170701": "0403170701", "BE 0403.170.701": "0403170701",
		"0202.239.951": "0202239951", "0403.170.702": "", "0403.107.701": "", "2403170701": "", "0000000097": "", "": "",
	})
}

func TestNormalVAT(t *testing.T) {
	normal(t, "vat", NormalVAT, map[string]string{
		"NL004495445B01": "NL004495445B01", "nl 0022.30.884.B.01": "NL002230884B01",
		"NL000099998B57": "NL000099998B57", // the tax office's example of a new one
		"NL123456782B90": "NL123456782B90", // a sole trader's old one
		"NL004495446B01": "", "NL000099998B58": "", "NL004495445B00": "", "NL004495445B1": "",
		"BE0403170701": "BE0403170701", "BE 403.170.701": "BE0403170701", "BE0403170702": "",
		"DE136695976": "DE136695976", "GR123456789": "EL123456789", "FR 40 303 265 045": "FR40303265045",
		"IE6388047V": "IE6388047V", "ATU13585627": "ATU13585627", "ESA28015865": "ESA28015865",
		"DE13669597": "", "US123456789": "", "004495445B01": "", "N": "", "": "", "XIGD123": "XIGD123",
	})
}

func TestFindBSN(t *testing.T) {
	for _, c := range []struct {
		in     string
		want   string // what is hit
		strong bool
	}{
		{"nummer 123456782 doorgegeven", "123456782", false},
		{"BSN: 1234.56.782", "1234.56.782", true},
		{"111222333 is zijn sofinummer", "111222333", true},
		{"burgerservicenummer 123 456 782", "123 456 782", true},
		{"btw NL123456782B01", "123456782", true},
		{"kort: 10000008", "10000008", false}, // 010000008
		{"123456783", "", false},
		{"000000000", "", false},
		{"bel 06 12345678 of 0612345678", "", false},
		{"1234567820", "", false},
		{"12-3456 en 782", "", false},
		{"123456782 123456782", "123456782", false},
	} {
		hits := FindBSN(c.in)
		switch {
		case c.want == "" && len(hits) > 0:
			t.Errorf("%q: hit %+v, want none", c.in, hits)
		case c.want != "" && len(hits) == 0:
			t.Errorf("%q: no hit", c.in)
		case len(hits) > 0 && (c.in[hits[0].Start:hits[0].End] != c.want || hits[0].Strong != c.strong):
			t.Errorf("%q: hit %+v, want %q, strong %v", c.in, hits[0], c.want, c.strong)
		}
	}
	if n := len(FindBSN("123456782 en 111222333")); n != 2 {
		t.Errorf("two numbers give %d hits", n)
	}
}

// The share of chance hits is the reason that a hit only warns.
func TestFindBSN_ChanceHits(t *testing.T) {
	hits := 0
	for n := 100000000; n < 100011000; n++ {
		if passesBSN(strconv.Itoa(n)) {
			hits++
		}
	}
	if hits < 900 || hits > 1100 {
		t.Errorf("%d of 11000 numbers pass, want about one in eleven", hits)
	}
}
