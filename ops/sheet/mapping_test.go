package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"balie/policy"
)

func TestRecognise_Guesses(t *testing.T) {
	tests := []struct {
		name   string
		header []string
		row    []string
		want   []Field
	}{
		{"one address", []string{"Business Street", "Home Street", "Business City", "Home City"}, []string{"", "Laan 1", "", "Delft"}, []Field{"", Street, "", City}},
		{"business first", []string{"Home Street", "Business Street"}, []string{"Laan 1", "Weg 2"}, []Field{"", Street}},
		{"middle name", []string{"First name", "Middle Name"}, []string{"Jan", "Peter"}, []Field{Given, Given}},
		{"title", []string{"Title"}, []string{"CEO"}, []Field{Role}},
		{"title beside job title", []string{"Title", "Job title"}, []string{"Mr", "CEO"}, []Field{"", Role}},
		{"salutation", []string{"Prefix", "Family"}, []string{"Mr.", "Berg"}, []Field{"", Family}},
		{"prefix", []string{"Prefix", "Family"}, []string{"van 't", "Berg"}, []Field{Prefix, Family}},
		{"number alone", []string{"nr", "naam"}, []string{"1", "x"}, []Field{"", FullName}},
		{"number of a street", []string{"Straat", "nr."}, []string{"Laan", "1"}, []Field{Street, HouseNumber}},
		{"by content", []string{"Contact-mail (privé)", "Tel. kantoor", "E-mail opt-in", "Telefoon toestemming"}, []string{"a@b.example", "0201234567", "yes", "nee"}, []Field{Mail, Phone, "", ""}},
		{"no header", []string{"column 1", "column 2", "column 3"}, []string{"a@b.example", "1015 CS", "tekst"}, []Field{Mail, Postcode, ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []Field
			for _, c := range Contacts.Recognise(tt.header, [][]string{tt.row}).Columns() {
				got = append(got, c.Field)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMapping_Correct(t *testing.T) {
	header := []string{"Naam", "Werkadres, straat", "a=b", "", "Naam", "Schoenmaat"}
	m := Contacts.Recognise(header, nil)
	before := m.String()
	if want := "Naam=full_name,Werkadres, straat=street,a b=-,(column 4)=-,Naam (column 5)=full_name,Schoenmaat=-"; before != want {
		t.Errorf("got %s", before)
	}
	copied, hash := m, m.Hash()
	if err := m.Apply("schoenmaat=note, Werkadres, straat = -"); err != nil {
		t.Fatal(err)
	}
	if err := m.Set(2, VAT); err != nil {
		t.Fatal(err)
	}
	if want := "Naam=full_name,Werkadres, straat=-,a b=vat,(column 4)=-,Naam (column 5)=full_name,Schoenmaat=note"; m.String() != want {
		t.Errorf("got %s", m.String())
	}
	if copied.String() != before || copied.Hash() != hash || m.Hash() == hash {
		t.Error("a copy changed along, or the hash didn't")
	}
	again := Contacts.Recognise(header, nil)
	if err := again.Apply(m.String()); err != nil || again.Hash() != m.Hash() {
		t.Errorf("read back: %s, %v", again, err)
	}
}

func TestMapping_Refuses(t *testing.T) {
	m := Contacts.Recognise([]string{"Naam", "Land"}, nil)
	before := m.String()
	for _, s := range []string{"Naam=note,Bestaat niet=note", "Naam=-,Land=shoe", "Naam", "Naam=", "Naam=middle"} {
		if err := m.Apply(s); policy.KindOf(err) != policy.Invalid || m.String() != before {
			t.Errorf("%q: %v, now %s", s, err, m)
		}
	}
	if m.Set(2, Note) == nil || m.Set(-1, Note) == nil || m.Set(0, "shoe") == nil {
		t.Error("an impossible column or field was set")
	}
}
