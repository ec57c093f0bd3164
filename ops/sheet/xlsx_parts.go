package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// texts are the shared strings of a workbook: most cells are one of these. They
// lie behind each other, since a million strings of their own take three times
// the room.
type texts struct {
	all  []byte
	ends []uint32
}

func (t texts) at(n int) string {
	if n < 0 || n >= len(t.ends) {
		return ""
	}
	begin := uint32(0)
	if n > 0 {
		begin = t.ends[n-1]
	}
	return unescapeX(string(t.all[begin:t.ends[n]]))
}

// readStrings holds them, but no more than a file may have.
func (w *workbook) readStrings(files *zip.Reader) error {
	part, err := w.part(files, "xl/sharedStrings.xml", w.limits.Row*patience)
	if errors.Is(err, errNoPart) {
		return nil
	}
	if err != nil {
		return err
	}
	defer part.Close()
	for {
		tag, err := part.tag()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if tag.Name.Local != "si" {
			continue
		}
		if err := w.readString(part); err != nil {
			return err
		}
		if int64(len(w.strings.all))+4*int64(len(w.strings.ends)) > w.limits.Bytes {
			return tooLarge(w.limits.Bytes)
		}
	}
}

// readString keeps the text of one entry, whose pieces may be styled apart. A
// cell that is too long is cut where that shows: one byte beyond the limit.
func (w *workbook) readString(part *tokens) error {
	begin, keep := len(w.strings.all), false
	for {
		token, err := part.next()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if keep = token.Name.Local == "t"; token.Name.Local == "rPh" {
				if err := part.skip(); err != nil {
					return err
				}
			}
		case xml.CharData:
			if room := w.limits.Field + 1 - (len(w.strings.all) - begin); keep && room > 0 {
				w.strings.all = append(w.strings.all, token[:min(len(token), room)]...)
			}
		case xml.EndElement:
			keep = false
			if token.Name.Local == "si" {
				w.strings.ends = append(w.strings.ends, uint32(len(w.strings.all)))
				return nil
			}
		}
	}
}

// readStyles learns which styles show a number as a date.
func (w *workbook) readStyles(files *zip.Reader) error {
	part, err := w.part(files, "xl/styles.xml", w.limits.Row)
	if errors.Is(err, errNoPart) {
		return nil
	}
	if err != nil {
		return err
	}
	defer part.Close()
	own, inCells := map[string]bool{}, false
	for {
		token, err := part.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if end, ok := token.(xml.EndElement); ok && end.Name.Local == "cellXfs" {
			return nil
		}
		tag, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch tag.Name.Local {
		case "numFmt":
			if len(own) < maxStyles {
				own[attribute(tag, "numFmtId")] = isDateFormat(attribute(tag, "formatCode"))
			}
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells && len(w.dates) < maxStyles {
				id := attribute(tag, "numFmtId")
				w.dates = append(w.dates, own[id] || isDateID(id))
			}
		}
	}
}

// maxStyles is how many a workbook may have, by Excel's own limits.
const maxStyles = 65490

// isDateID knows the formats that need no code.
func isDateID(id string) bool {
	n, err := strconv.Atoi(id)
	return err == nil && (n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58)
}

// isDateFormat looks for a day, month, year, hour or second outside quotes,
// brackets and escapes.
func isDateFormat(code string) bool {
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"' || c == '[':
			end := strings.IndexByte(code[i+1:], map[byte]byte{'"': '"', '[': ']'}[c])
			if end < 0 {
				return false
			}
			i += end + 1
		case c == '\\' || c == '_' || c == '*':
			i++
		case strings.IndexByte("dDmMyYhHsS", c) >= 0:
			return true
		}
	}
	return false
}
