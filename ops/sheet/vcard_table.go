package sheet

import "io"

const beginCard = "BEGIN:VCARD"

// cardFile is vCards as records under the names of all fields, so that they go
// the way of any other file.
type cardFile struct {
	cards *VCardReader
	line  int
	begun bool
}

func openCards(r io.Reader, limits Limits) (*cardFile, error) {
	cards, err := OpenVCards(r, limits)
	if err != nil {
		return nil, err
	}
	return &cardFile{cards: cards}, nil
}

func (f *cardFile) start() int           { return f.line }
func (f *cardFile) headed([]string) bool { return true }
func (f *cardFile) encoding() string     { return "vCard" }
func (f *cardFile) separator() rune      { return 0 }

func (f *cardFile) record() ([]string, error) {
	if !f.begun {
		f.begun = true
		return Names(fields), nil
	}
	values, line, err := f.cards.Next()
	f.line = line
	if err != nil {
		return nil, err
	}
	return keep(values.Cells(fields)), nil
}
