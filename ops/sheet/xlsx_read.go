package sheet

import (
	"archive/zip"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"balie/policy"
)

// A workbook is a zip file of XML. The libraries for it unpack to disk or hold
// everything; here nothing touches the disk, one row is held at a time, and
// nothing is evaluated: of a formula counts the value that Excel last saved.

const (
	directoryBytes = 1 << 20 // of the zip's directory, which is held whole
	unpacked       = 8       // times Limits.Bytes a sheet may unpack to
)

// workbook is the first visible sheet of a workbook as records.
type workbook struct {
	limits  Limits
	strings texts
	dates   []bool // by style: whether a number in it is a date
	old     bool   // days count from 1904
	xml     *tokens
	line    int
	rows    int
}

func (w *workbook) start() int                 { return w.line }
func (w *workbook) headed(first []string) bool { return isHeader(first) }
func (w *workbook) encoding() string           { return "XLSX" }
func (w *workbook) separator() rune            { return 0 }

var (
	notWorkbook = policy.Message{Key: "This is a zip file and not an Excel workbook; unpack it and send the file in it."}
	badWorkbook = policy.Message{Key: "The Excel workbook is damaged; open it, save it again as .xlsx and send that."}
)

func openWorkbook(r io.ReaderAt, size int64, limits Limits) (*workbook, error) {
	if size > limits.Bytes {
		return nil, tooLarge(limits.Bytes)
	}
	if err := checkDirectory(r, size); err != nil {
		return nil, err
	}
	files, err := zip.NewReader(r, size)
	if err != nil {
		return nil, (&policy.Error{Kind: policy.Invalid, Msg: badWorkbook}).Because(err)
	}
	w := &workbook{limits: limits}
	if err := w.open(files); err != nil {
		return nil, unreadable(err)
	}
	return w, nil
}

// unreadable turns what a parser says into one sentence; what was meant for a
// person already stays.
func unreadable(err error) error {
	if _, ok := errors.AsType[*policy.Error](err); ok {
		return err
	}
	return (&policy.Error{Kind: policy.Invalid, Msg: badWorkbook}).Because(err)
}

// checkDirectory bounds the directory before archive/zip reads all of it: its
// end says where it begins, and it must reach from there to its end.
func checkDirectory(r io.ReaderAt, size int64) error {
	const endBytes = 22
	tail := make([]byte, min(size, endBytes+1<<16))
	if n, err := r.ReadAt(tail, size-int64(len(tail))); n < len(tail) {
		return broken(err, 1)
	}
	at := strings.LastIndex(string(tail), "PK\x05\x06")
	if at < 0 || len(tail)-at < endBytes {
		return &policy.Error{Kind: policy.Invalid, Msg: badWorkbook}
	}
	end := size - int64(len(tail)-at)
	length, offset := int64(binary.LittleEndian.Uint32(tail[at+12:])), int64(binary.LittleEndian.Uint32(tail[at+16:]))
	if length > directoryBytes || offset+length != end {
		return &policy.Error{Kind: policy.Invalid, Msg: badWorkbook}
	}
	return nil
}

// open finds the first visible sheet and what its cells refer to.
func (w *workbook) open(files *zip.Reader) error {
	book, err := w.part(files, "xl/workbook.xml", w.limits.Row)
	if errors.Is(err, errNoPart) {
		return &policy.Error{Kind: policy.Invalid, Msg: notWorkbook}
	}
	if err != nil {
		return err
	}
	id, err := w.firstSheet(book)
	if err := errors.Join(err, book.Close()); err != nil {
		return err
	}
	name, err := w.sheetFile(files, id)
	if err != nil {
		return err
	}
	if err := w.readStyles(files); err != nil {
		return err
	}
	if err := w.readStrings(files); err != nil {
		return err
	}
	w.xml, err = w.part(files, name, w.limits.Row*patience)
	return err
}

var errNoPart = errors.New("no such part")

// part opens one file of the zip, bounded in what it unpacks to and in what one
// of its tags may hold.
func (w *workbook) part(files *zip.Reader, name string, token int) (*tokens, error) {
	for _, f := range files.File {
		if strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) {
			r, err := f.Open()
			if err != nil {
				return nil, err
			}
			return newTokens(r, w.limits.Bytes*unpacked, token), nil
		}
	}
	return nil, errNoPart
}

func (w *workbook) firstSheet(book *tokens) (id string, err error) {
	for {
		tag, err := book.tag()
		if err == io.EOF || err == nil && id != "" {
			return id, nil
		}
		if err != nil {
			return "", err
		}
		switch tag.Name.Local {
		case "workbookPr":
			date := attribute(tag, "date1904")
			w.old = date == "1" || date == "true"
		case "sheet":
			if state := attribute(tag, "state"); state == "" || state == "visible" {
				id = attribute(tag, "id")
			}
		}
	}
}

// sheetFile is the file of the sheet with an id.
func (w *workbook) sheetFile(files *zip.Reader, id string) (string, error) {
	rels, err := w.part(files, "xl/_rels/workbook.xml.rels", w.limits.Row)
	if err != nil {
		return "", err
	}
	defer rels.Close()
	for {
		tag, err := rels.tag()
		if err != nil {
			return "", err
		}
		if tag.Name.Local == "Relationship" && attribute(tag, "Id") == id {
			target := attribute(tag, "Target")
			if strings.HasPrefix(target, "/") {
				return strings.TrimPrefix(target, "/"), nil
			}
			return path.Join("xl", target), nil
		}
	}
}

func attribute(tag xml.StartElement, name string) string {
	for _, a := range tag.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// record reads rows up to one with something in it.
func (w *workbook) record() ([]string, error) {
	for {
		token, err := w.xml.next()
		if err != nil {
			return nil, unreadable(err) // also its end, which must not come here
		}
		if end, ok := token.(xml.EndElement); ok && end.Name.Local == "sheetData" {
			return nil, w.finish()
		}
		tag, ok := token.(xml.StartElement)
		if !ok || tag.Name.Local != "row" {
			continue
		}
		if w.rows++; w.rows > w.limits.Rows+1 {
			return nil, tooManyRows(w.limits)
		}
		w.line++
		if n, err := strconv.Atoi(attribute(tag, "r")); err == nil && n > 0 {
			w.line = n
		}
		cells, problem, err := w.row()
		if err != nil {
			return nil, unreadable(err)
		}
		if problem != nil {
			return nil, &RowError{Row: w.line, Reason: problem.Msg}
		}
		if !blank(cells) {
			return keep(cells), nil
		}
	}
}

// finish reads what comes behind the rows, so that the zip's checksum counts.
func (w *workbook) finish() error {
	if _, err := io.Copy(io.Discard, w.xml.from); err != nil {
		return unreadable(err)
	}
	return io.EOF
}
