package policy

import "testing"

func TestSplitName(t *testing.T) {
	for _, c := range []struct {
		in, country string
		want        Name
		sort        string
	}{
		{"Joris van den Berg", "NL", Name{"Joris", "van den", "Berg"}, "Berg, van den, Joris"},
		{"Joris van den Berg", "BE", Name{"Joris", "van den", "Berg"}, "van den Berg, Joris"},
		{"Joris Van den Berg", "BE", Name{"Joris", "", "Van den Berg"}, "Van den Berg, Joris"},
		{"Van den Berg, Joris", "BE", Name{"Joris", "", "Van den Berg"}, "Van den Berg, Joris"},
		{"van den Berg, Joris", "NL", Name{"Joris", "van den", "Berg"}, "Berg, van den, Joris"},
		{"Berg, van den, Joris", "NL", Name{"Joris", "van den", "Berg"}, "Berg, van den, Joris"},
		{"Berg, van den Joris", "NL", Name{"van den Joris", "", "Berg"}, "Berg, van den Joris"},
		{"Jansen, J. van", "NL", Name{"J.", "van", "Jansen"}, "Jansen, van, J."},
		{"Hof, Anna Maria van 't", "NL", Name{"Anna Maria", "van 't", "Hof"}, "Hof, van 't, Anna Maria"},
		{"J. van den Berg", "NL", Name{"J.", "van den", "Berg"}, "Berg, van den, J."},
		{"Ilse Baert", "BE", Name{"Ilse", "", "Baert"}, "Baert, Ilse"},
		{"Anne Marie in ’t Veld", "NL", Name{"Anne Marie", "in ’t", "Veld"}, "Veld, in ’t, Anne Marie"},
		{"Dirk op den Kamp", "NL", Name{"Dirk", "op den", "Kamp"}, "Kamp, op den, Dirk"},
		{"Corrie ten Boom", "NL", Name{"Corrie", "ten", "Boom"}, "Boom, ten, Corrie"},
		{"Eva ter Horst-de Vries", "NL", Name{"Eva", "ter", "Horst-de Vries"}, "Horst-de Vries, ter, Eva"},
		{"Luc D'Hondt", "BE", Name{"Luc", "", "D'Hondt"}, "D'Hondt, Luc"},
		{"Van Dam", "NL", Name{"", "Van", "Dam"}, "Dam, Van"},
		{"Van Dam", "BE", Name{"", "", "Van Dam"}, "Van Dam"},
		{"Madonna", "NL", Name{"", "", "Madonna"}, "Madonna"},
		{"Joris van", "NL", Name{"Joris", "", "van"}, "van, Joris"},
		{"Van, Nguyen", "NL", Name{"Nguyen", "", "Van"}, "Van, Nguyen"},
		{"  Joris   Berg ", "NL", Name{"Joris", "", "Berg"}, "Berg, Joris"},
		{"", "NL", Name{}, ""},
		{",", "NL", Name{}, ""},
	} {
		got := SplitName(c.in, c.country)
		if got != c.want {
			t.Errorf("SplitName(%q, %s) = %+q, want %+q", c.in, c.country, got, c.want)
		}
		if sort := got.SortName(c.country); sort != c.sort {
			t.Errorf("SortName of %q in %s = %q, want %q", c.in, c.country, sort, c.sort)
		}
	}
}

func TestName_RoundTrip(t *testing.T) {
	for _, country := range []string{"NL", "BE"} {
		for _, s := range []string{"Joris van den Berg", "Ilse Baert", "J.P. Van 't Hof", "Dirk op den Kamp", "Anna de la Cruz"} {
			n := SplitName(s, country)
			if n.String() != s || SplitName(n.SortName(country), country) != n {
				t.Errorf("%q in %s comes back as %q, by its sort name as %q", s, country, n, SplitName(n.SortName(country), country))
			}
		}
	}
}

func TestName_Initials(t *testing.T) {
	for given, want := range map[string]string{
		"Joris": "J.", "Jan Peter": "J.P.", "J.P.": "J.P.", "J. P.": "J.P.", "Th.": "Th.",
		"Jean-Pierre": "J.-P.", "IJsbrand": "IJ.", "Émile": "É.", "": "", "joris": "J.",
	} {
		if got := (Name{Given: given}).Initials(); got != want {
			t.Errorf("initials of %q = %q, want %q", given, got, want)
		}
	}
}
