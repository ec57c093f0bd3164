package ops

import (
	"testing"

	"balie/policy"
)

func TestNormalPhone(t *testing.T) {
	for _, c := range []struct{ raw, country, want string }{
		{"06 12345678", "NL", "+31612345678"},
		{"06-1234 5678", "nl", "+31612345678"},
		{"(020) 794 08 00", "NL", "+31207940800"},
		{"+31 (0)20 794 08 00", "BE", "+31207940800"},
		{"0031 20 7940800", "NL", "+31207940800"},
		{"0032 2 555 12 12", "NL", "+3225551212"},
		{"tel:+31-20-794-0800", "NL", "+31207940800"},
		{"02 555 12 12", "BE", "+3225551212"},
		{"0470 12 34 56", "BE", "+32470123456"},
		{"0470/12.34.56", "BE", "+32470123456"},
		{"+49 30 901820", "NL", "+4930901820"},
		{"0800 1202", "NL", "+318001202"},
		{"0470 12 34 56 78", "BE", ""},
		{"12345", "NL", ""},
		{"112", "NL", ""},
		{"Joris Jansen", "NL", ""},
		{"06 JANSENNN", "NL", ""},
		{"020 794 08 00 ext. 12", "NL", ""},
		{"020 7940800", "", ""},
		{"+999 123456", "NL", ""},
		{"", "NL", ""},
		{"06 12345678\x1b[31m", "NL", ""},
	} {
		got, err := NormalPhone(c.raw, c.country)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("NormalPhone(%q, %s) = %q, %v; want %q", c.raw, c.country, got, err, c.want)
		}
		if err != nil && policy.KindOf(err) != policy.Invalid {
			t.Errorf("NormalPhone(%q): %v is not a person's mistake", c.raw, err)
		}
	}
}

func TestShowPhone(t *testing.T) {
	for _, c := range []struct{ e164, country, want string }{
		{"+31612345678", "NL", "06 12345678"},
		{"+31612345678", "BE", "+31 6 12345678"},
		{"+32470123456", "BE", "0470 12 34 56"},
		{"+32470123456", "NL", "+32 470 12 34 56"},
		{"not a number", "NL", "not a number"},
		{"", "NL", ""},
	} {
		if got := ShowPhone(c.e164, c.country); got != c.want {
			t.Errorf("ShowPhone(%q, %s) = %q, want %q", c.e164, c.country, got, c.want)
		}
	}
}
