package ops

import (
	"cmp"
	"context"
	"slices"

	"balie/db"
	"balie/ops/dossier"
	"balie/policy"
)

// AccessText is a text in an answer that was typed freely, with the places in it
// that may tell about somebody else.
type AccessText struct {
	Place   string // names the field and the text
	Section string
	Title   string // of the section, in the language of the answer
	Field   string // what it means
	Row     int
	Cell    int
	Text    string
	Marks   []AccessMark
	found   []stretch
	decided []db.Marked
}

// AccessMark is a place in an answer that may tell about somebody else: art.
// 15(4) GDPR. Somebody looks at each before the answer is released.
type AccessMark struct {
	db.Stretch
	Why   policy.Message
	State MarkState
}

// In is what stands at the mark, with what stands around it.
func (m AccessMark) In(t AccessText) (before, text, after string) {
	return tail(t.Text[:m.Begin], 40), t.Text[m.Begin:m.End], head(t.Text[m.End:], 40)
}

// MarkState is what was decided about a mark.
type MarkState string

// The states of a mark.
const (
	MarkOpen   MarkState = ""
	MarkRedact MarkState = "redact"
	MarkKeep   MarkState = "keep"
)

// findMarks looks through everything that was typed freely.
func findMarks(ctx context.Context, tx *db.Tx, request int64, h db.Holding, d dossier.Dossier) ([]AccessText, error) {
	all := freeTexts(tx, request, d)
	colleagues, err := tx.Colleagues(ctx)
	if err != nil {
		return nil, err
	}
	if err := spot(ctx, tx, newSpotter(h, colleagues), h.Customer.ID, all); err != nil {
		return nil, err
	}
	decided, err := tx.RequestMarks(ctx, request)
	by := map[string][]db.Marked{}
	for _, m := range decided {
		by[m.Place] = append(by[m.Place], m)
	}
	for i := range all {
		all[i].decided = by[all[i].Place]
		all[i].mark()
	}
	return all, err
}

// Decided are the texts after a decision about places in them.
func Decided(texts []AccessText, places []db.Stretch, redact bool) []AccessText {
	all := slices.Clone(texts)
	for i := range all {
		t := &all[i]
		for _, at := range places {
			if at.Place != t.Place {
				continue
			}
			t.decided = slices.DeleteFunc(slices.Clone(t.decided), func(m db.Marked) bool { return m.Stretch == at })
			t.decided = append(t.decided, db.Marked{Stretch: at, Redact: redact})
		}
		t.mark()
	}
	return all
}

// freeTexts gives each text that was typed freely, in the order of reading.
func freeTexts(tx *db.Tx, request int64, d dossier.Dossier) (all []AccessText) {
	for _, s := range d.Sections {
		for r, row := range s.Rows {
			for c, f := range s.Fields {
				if text := row.Cells[c]; f.Free && text != "" {
					place := tx.PlaceOf(request, s.Name+"."+f.Name, text)
					all = append(all, AccessText{Place: place, Section: s.Name, Title: d.Say(s.Title), Field: d.Say(f.Meaning), Row: r, Cell: c, Text: text})
				}
			}
		}
	}
	return all
}

// spot finds in each text what may tell about others.
func spot(ctx context.Context, tx *db.Tx, s spotter, person int64, all []AccessText) error {
	asked, where := [][2]string{}, map[[2]string][]func(){}
	for i := range all {
		t := &all[i]
		if t.Section == evidenceSection {
			t.found = []stretch{{0, len(t.Text), whyFile}}
			continue
		}
		sure, pairs := s.names(t.Text)
		t.found = append(s.addresses(t.Text), sure...)
		for _, one := range pairs {
			if where[one.words] == nil {
				asked = append(asked, one.words)
			}
			where[one.words] = append(where[one.words], func() { t.found = append(t.found, one.stretch) })
		}
	}
	named, err := tx.NamedCustomers(ctx, person, asked)
	for i, words := range asked {
		for _, mark := range where[words] {
			if named[i] {
				mark()
			}
		}
	}
	return err
}

// mark puts together what was found in a text and what somebody marked by eye,
// with what was decided: in the order of reading, without what stands within
// another.
func (t *AccessText) mark() {
	state, found := map[db.Stretch]MarkState{}, slices.Clone(t.found)
	for _, m := range t.decided {
		state[m.Stretch] = MarkKeep
		if m.Redact && m.End <= len(t.Text) {
			state[m.Stretch] = MarkRedact
			found = append(found, stretch{m.Begin, m.End, whyEye})
		}
	}
	t.Marks = nil
	end, left := -1, -1 // as far as marks go, and those that are left out
	for _, f := range sorted(found) {
		at := db.Stretch{Place: t.Place, Begin: f.from, End: f.to}
		if f.to <= left || f.to <= end && state[at] != MarkRedact {
			continue
		}
		if end = max(end, f.to); state[at] == MarkRedact {
			left = f.to
		}
		t.Marks = append(t.Marks, AccessMark{at, f.why, state[at]})
	}
}

// sorted has the longer one first where two begin together, and what was found
// before what was marked by eye at the same place.
func sorted(fs []stretch) []stretch {
	slices.SortStableFunc(fs, func(a, b stretch) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	return fs
}

func tail(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return "…" + string(r[len(r)-n:])
	}
	return s
}

func head(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// redacted is a dossier in which what is to be left out is blacked out.
func redacted(d dossier.Dossier, texts []AccessText) (dossier.Dossier, int) {
	left := 0
	for _, t := range texts {
		cell := cellOf(d, t)
		end := len(t.Text)
		for _, m := range slices.Backward(t.Marks) { // the last first: places before it stay
			if m.State != MarkRedact {
				continue
			}
			left++
			*cell = (*cell)[:m.Begin] + blackedOut + (*cell)[min(m.End, end):]
			end = m.Begin
		}
	}
	return d, left
}

func cellOf(d dossier.Dossier, t AccessText) *string {
	for i := range d.Sections {
		if d.Sections[i].Name == t.Section {
			return &d.Sections[i].Rows[t.Row].Cells[t.Cell]
		}
	}
	return new(string)
}

const blackedOut = "█████"
