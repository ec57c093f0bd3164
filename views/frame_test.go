package views

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
	"balie/policy/text/hostile"
)

// scene is a way to a screen.
type scene struct {
	name string
	role policy.Role
	keys []string
}

var scenes = []scene{
	{"home of sales", policy.Sales, nil},
	{"home of a manager", policy.Manager, nil},
	{"home of finance", policy.Finance, nil},
	{"home of privacy", policy.Privacy, nil},
	{"home of privacy with a reason", policy.Privacy, []string{"request 12 of Ilse", "enter"}},
	{"home of an admin", policy.Admin, nil},
	{"home of an auditor", policy.Auditor, nil},
	{"list", policy.Sales, []string{"c"}},
	{"list of a manager", policy.Manager, []string{"c", "j"}},
	{"search", policy.Sales, []string{"/", "jan"}},
	{"nothing found", policy.Sales, []string{"/", "zzz"}},
	{"filter", policy.Manager, []string{"c", "f"}},
	{"columns", policy.Sales, []string{"c", "C"}},
	{"tag", policy.Sales, []string{"c", "space", "space", "t", "enter"}},
	{"tag all", policy.Sales, []string{"c", "V", "t", "enter"}},
	{"hand over", policy.Manager, []string{"c", "V", "h", "enter"}},
	{"help", policy.Sales, []string{"c", "?"}},
	{"palette", policy.Manager, []string{":", "co"}},
	{"customer", policy.Sales, []string{"c", "enter"}},
	{"companies", policy.Sales, []string{"c", "enter", "]"}},
	{"privacy", policy.Sales, []string{"c", "enter", "p"}},
	{"history", policy.Sales, []string{"c", "enter", "["}},
	{"company", policy.Sales, []string{"c", "end", "enter", "]"}},
	{"who saw", policy.Sales, []string{"c", "enter", "w"}},
	{"add a person", policy.Sales, []string{"a", "enter", "Nora", "tab", "tab", "tab"}},
	{"add a company", policy.Sales, []string{"a", "down", "enter", "Bakkerij"}},
	{"pick a company", policy.Sales, []string{"a", "enter", "tab", "tab", "tab", "enter", "jan"}},
	{"edit", policy.Sales, []string{"c", "e", "tab", "tab", "tab", "tab", "tab", "nonsense", "tab"}},
	{"choose tags", policy.Sales, []string{"c", "e", "up", "up", "up", "up", "up", "up", "enter"}},
	{"note", policy.Sales, []string{"c", "enter", "n", "bsn 123456782"}},
	{"note, guarded", policy.Sales, []string{"c", "enter", "n", "bsn 123456782, zwanger, hernia, moslim, homo, fnv", "ctrl+s"}},
	{"leaving with a draft", policy.Sales, []string{"c", "enter", "n", "half a note", "ctrl+c"}},
	{"deals of a customer", policy.Sales, []string{"c", "enter", "]", "]", "]"}},
	{"board", policy.Sales, []string{"d", "l", "j"}},
	{"board, won", policy.Sales, []string{"d", "lll"}},
	{"board, search", policy.Sales, []string{"d", "/", "serre"}},
	{"board, nothing", policy.Sales, []string{"d", "/", "zzz"}},
	{"deals", policy.Manager, []string{"d", "v"}},
	{"deals, whose", policy.Manager, []string{"d", "v", "f"}},
	{"deal", policy.Sales, []string{"d", "enter"}},
	{"deal, to which stage", policy.Sales, []string{"d", "enter", "m"}},
	{"deal, lost", policy.Sales, []string{"d", "enter", "m", "lost", "enter"}},
	{"deal, edit", policy.Manager, []string{"d", "enter", "e", "tab", "nonsense", "ctrl+s"}},
	{"convert", policy.Sales, []string{"c", "enter", "D"}},
	{"forecast", policy.Manager, []string{"d", "g"}},
	{"stages", policy.Manager, []string{"d", "S"}},
	{"invoices", policy.Finance, []string{"i"}},
	{"invoices, searched", policy.Finance, []string{"i", "/", "jan"}},
	{"invoices, which state", policy.Finance, []string{"i", "f"}},
	{"invoices, none", policy.Finance, []string{":", "invoices overdue /zzz", "enter"}},
	{"invoices, help", policy.Finance, []string{"i", "?"}},
	{"invoice draft", policy.Finance, []string{"i", "enter"}},
	{"invoice draft, thrown away", policy.Finance, []string{"i", "enter", "D"}},
	{"invoice draft, issued", policy.Finance, []string{"i", "j", "enter", "i"}},
	{"invoice of reverse charge", policy.Finance, []string{"i", "jjj", "enter"}},
	{"invoice overdue", policy.Finance, []string{"i", "jjjj", "enter"}},
	{"invoice, paid", policy.Finance, []string{"i", "jjjj", "enter", "p"}},
	{"invoice, credited", policy.Finance, []string{"i", "jjjj", "enter", "c"}},
	{"invoice, printed", policy.Finance, []string{"i", "jjjj", "enter", "x"}},
	{"invoice, help", policy.Finance, []string{"i", "jjjj", "enter", "?"}},
	{"invoice form", policy.Finance, []string{"i", "a", "Kuipers BV"}},
	{"invoice form, line", policy.Finance, []string{"i", "j", "enter", "e", "up", "advies;1,5;80;21", "down", "x;y"}},
	{"invoice asked for", policy.Sales, []string{"c", "enter", "i", "dakkapel"}},
	{"invoices for privacy", policy.Privacy, []string{"request 12", "enter", ":", "invoices", "enter", "j", "enter"}},
	{"import", policy.Sales, []string{":", "import", "enter"}},
	{"import, columns", policy.Sales, []string{":", "import", "enter", "paste"}},
	{"import, report", policy.Sales, []string{":", "import", "enter", "paste", "fair", "tab", "right", "tab", "right", "ctrl+s"}},
}

func (sc scene) play(tb testing.TB, s *Session) *stage { return newStage(tb, s).press(sc.keys...) }

var sgrOnly = regexp.MustCompile("\x1b\\[[0-9;:]*m")

// faults are what is wrong with a frame of w by h.
func faults(frame string, w, h int) (wrong []string) {
	lines := strings.Split(frame, "\n")
	if len(lines) != h {
		wrong = append(wrong, fmt.Sprintf("%d lines, want %d", len(lines), h))
	}
	for i, l := range lines {
		bare := sgrOnly.ReplaceAllString(l, "")
		if n := ansi.StringWidth(bare); n > w {
			wrong = append(wrong, fmt.Sprintf("line %d is %d wide: %q", i, n, bare))
		}
		for _, r := range bare {
			if hostile.Banned(r) || r == '\t' {
				wrong = append(wrong, fmt.Sprintf("line %d holds %U", i, r))
				break
			}
		}
	}
	return wrong
}

func TestFrames(t *testing.T) {
	for _, sc := range scenes {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			for _, look := range looks {
				s := sessionOf(newFakeActs(), sc.role)
				s.Dark, s.NoColor, s.ASCII, s.Lang = look.dark, look.noColor, look.ascii, look.lang
				look.check(t, sc.play(t, s))
			}
		})
	}
}

type look struct {
	lang                 string
	dark, noColor, ascii bool
}

var looks = []look{{"en", true, false, false}, {"nl", false, false, false}, {"nl", true, true, false}, {"en", true, true, true}}

func (l look) check(t *testing.T, st *stage) {
	t.Helper()
	for _, size := range [][2]int{{80, 24}, {200, 50}, {40, 10}, {1, 1}, {3, 5}} {
		st.app.width, st.app.height = size[0], size[1]
		frame := st.app.View()
		for _, f := range faults(frame, size[0], size[1]) {
			t.Errorf("%+v %v: %s", l, size, f)
		}
		if l.noColor && strings.Contains(frame, "[38;") {
			t.Errorf("%+v %v: has colour", l, size)
		}
		if l.ascii && !isASCII(frame) {
			t.Errorf("%+v %v: isn't ASCII", l, size)
		}
	}
}

// poisoned puts a hostile text wherever a customer, a colleague or a tag can
// hold one, each another one, beginning with the from-th.
func poisoned(from int) *fakeActs {
	f := newFakeActs()
	n := from
	raw := func() string { n++; s := hostile.Strings[n%len(hostile.Strings)]; return s[:min(len(s), 3000)] }
	line := func() text.Line { return text.New(raw()).Cut(300) }
	many := func() []db.Labelled { return []db.Labelled{{Value: line(), Label: line()}, {Value: line()}} }
	for id := int64(1); id <= 61; id++ {
		c := f.customers[id]
		c.Given, c.Prefix, c.Family, c.Mail, c.Phone = line(), line(), line(), line(), line()
		c.Mails, c.Phones = many(), many()
		c.Address = db.Address{Street: line(), Postcode: line(), City: line(), Country: line()}
		c.Language, c.Website, c.KvK, c.VAT, c.Source = line(), line(), line(), line(), line()
		for i := range c.Companies {
			c.Companies[i].Name, c.Companies[i].Role = line(), line()
		}
		f.customers[id] = c
	}
	for i := range f.notes[1] {
		f.notes[1][i].Text = text.NewBlock(raw())
	}
	for i := range f.book.invoices {
		b := &f.book.invoices[i]
		b.Debtor, b.Subject, b.Attention, b.VATNumber, b.Mail, b.Reference, b.Remark = line(), line(), line(), line(), line(), line(), text.NewBlock(raw())
		b.Address = db.Address{Street: line(), Postcode: line(), City: line(), Country: line()}
		for n := range b.Lines {
			b.Lines[n].Text = line()
		}
		for n := range f.book.payments[b.ID] {
			f.book.payments[b.ID][n].Remark = line()
		}
	}
	f.evil = raw()
	return f
}

// Threat 1: whatever stands in a record, a frame holds our own sequences only.
func TestFrames_Hostile(t *testing.T) {
	own := map[string]bool{reset: true}
	st := newStyles(true, false)
	for _, s := range []style{st.accent, st.strong, st.faint, st.due, st.danger, st.good, st.sel, st.field, st.here} {
		own[string(s)] = true
	}
	for _, sc := range scenes {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			// A third of them on each screen, another one each time: every text is
			// on many screens in each run.
			for from := 15 * rand.IntN(3); from < len(hostile.Strings); from += 45 {
				keys := sc.keys
				if sc.name == "search" || sc.name == "nothing found" {
					keys = []string{"/"}
				}
				stage := newStage(t, sessionOf(poisoned(from), sc.role)).press(keys...)
				for i := range 15 {
					evil := hostile.Strings[(from+i)%len(hostile.Strings)]
					stage.paste(evil[:min(len(evil), 3000)])
				}
				frame := stage.app.View()
				for _, f := range faults(frame, 80, 24) {
					t.Errorf("from %d: %s", from, f)
				}
				for _, seq := range sgrOnly.FindAllString(frame, -1) {
					if !own[seq] {
						t.Errorf("from %d: %q isn't ours", from, seq)
					}
				}
			}
		})
	}
}

// The control: the check sees what a screen would show without the text type.
func TestFrames_HostileControl(t *testing.T) {
	missed := 0
	for _, evil := range hostile.Strings {
		if text.NewBlock(evil).String() == evil {
			continue // harmless on a terminal
		}
		if len(faults(evil, 80, 1)) == 0 {
			missed++
			t.Logf("not seen: %.40q", evil)
		}
	}
	if missed > len(hostile.Strings)/4 {
		t.Errorf("%d hostile texts pass unseen", missed)
	}
}
