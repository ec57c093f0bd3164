package screen

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"github.com/charmbracelet/colorprofile"
)

// alphabet has what goes wrong in terminals: wide and combining characters,
// emoji of several runes, and clusters that would join with a neighbour.
var alphabet = []string{
	"a", "b", "Z", " ", " ", "é", "e\u0301", "€", "─", "█", "▸", "●", "漢", "字", "ひ", "한", "ᄀ", "न", "क्ष",
	"ก", "ש", "ع", "🇳🇱", "🇳", "🇱", "👩‍👩‍👧", "👍🏽", "❤️", "⚑", "😀", "o\u0308\u0323", "\u00a0", "ﬁ",
}

var sgrs = []string{
	"", "0", "1", "2", "3", "4", "4:3", "7", "9", "22", "27", "31", "97", "44", "103", "38;5;200", "48;5;17",
	"38;2;1;2;3", "48;2;90;9;200", "38:2::7:8:9", "58;5;3", "39", "49", "1;4;38;5;9;48;2;0;0;0",
}

// screenplay makes frames that follow from one another as a program's do.
type screenplay struct {
	*rand.Rand
	size  Size
	lines [][]string // a line is SGR sequences and clusters
}

func (p *screenplay) line() []string {
	var line []string
	for range p.IntN(p.size.Width * 5 / 4) {
		if p.IntN(6) == 0 {
			line = append(line, "\x1b["+sgrs[p.IntN(len(sgrs))]+"m")
		}
		line = append(line, alphabet[p.IntN(len(alphabet))])
	}
	return line
}

func (p *screenplay) step() {
	if len(p.lines) == 0 {
		p.lines = append(p.lines, p.line())
	}
	y := p.IntN(len(p.lines))
	switch p.IntN(12) {
	case 0: // another page
		p.lines = nil
		for range p.IntN(p.size.Height + 3) {
			p.lines = append(p.lines, p.line())
		}
	case 1:
		p.size = Size{1 + p.IntN(60), 1 + p.IntN(24)}
	case 2:
		p.lines[y] = nil
	case 3:
		p.lines = p.lines[:y+1]
	case 4, 5, 6: // a list scrolls between fixed lines
		p.roll(y, 1+p.IntN(3))
	case 7:
		p.lines[y] = append([]string{"\x1b[7m"}, p.lines[y]...)
	default:
		p.edit(y)
	}
}

// roll moves the lines from y to some end by k, up or down.
func (p *screenplay) roll(y, k int) {
	block := p.lines[y : y+1+p.IntN(len(p.lines)-y)]
	if k >= len(block) {
		return
	}
	if p.IntN(2) == 0 {
		k = len(block) - k
	}
	rolled := append(append([][]string{}, block[k:]...), block[:k]...)
	copy(block, rolled)
	if p.IntN(2) == 0 {
		block[0] = p.line()
	}
}

func (p *screenplay) edit(y int) {
	line := append([]string{}, p.lines[y]...)
	at := p.IntN(len(line) + 1)
	to := min(len(line), at+p.IntN(4))
	p.lines[y] = append(append(append([]string{}, line[:at]...), p.line()[:]...), line[to:]...)
	if p.IntN(2) == 0 {
		p.lines[y] = append(append(append([]string{}, line[:at]...), alphabet[p.IntN(len(alphabet))]), line[to:]...)
	}
}

func (p *screenplay) frame() *frame {
	lines := make([]string, len(p.lines))
	for i, line := range p.lines {
		lines[i] = strings.Join(line, "")
	}
	return &frame{
		view: strings.Join(lines, "\n"), size: p.size,
		cursor: cursor{p.IntN(p.size.Width), p.IntN(p.size.Height), p.IntN(3) > 0},
	}
}

// repaint shows f without any of our code: each line at its place, cut by ansi.
func repaint(f *frame) *vt.Emulator {
	e := vt.NewEmulator(f.size.Width, f.size.Height)
	_, _ = e.WriteString("\x1b[?7l")
	for y, line := range strings.Split(f.view, "\n") {
		if y < f.size.Height {
			_, _ = fmt.Fprintf(e, "\x1b[%dH\x1b[m%s\x1b[m", y+1, ansi.Truncate(line, f.size.Width, ""))
		}
	}
	return e
}

// differ returns the first difference of two terminals, or "".
func differ(got, want *vt.Emulator, c cursor) string {
	for y := range want.Height() {
		for x := range want.Width() {
			if g, w := look(got.CellAt(x, y)), look(want.CellAt(x, y)); g != w {
				return fmt.Sprintf("column %d, line %d: %+v instead of %+v", x, y, g, w)
			}
		}
	}
	if at := got.CursorPosition(); c.visible && (at.X != c.x || at.Y != c.y) {
		return fmt.Sprintf("cursor at %v instead of %v", at, c)
	}
	return ""
}

func look(c *uv.Cell) uv.Cell {
	if c == nil {
		return uv.EmptyCell
	}
	return *c
}

// play paints frames and returns the first one whose terminal isn't what a
// full repaint shows. spoil stands between painter and terminal.
func play(seed uint64, frames int, spoil func([]byte) []byte) string {
	script := &screenplay{Rand: rand.New(rand.NewPCG(seed, 1)), size: Size{40, 12}}
	p := painter{profile: colorprofile.TrueColor}
	terminal := vt.NewEmulator(40, 12)
	_, _ = terminal.WriteString("\x1b[?7l")
	for i := range frames {
		script.step()
		f := script.frame()
		if f.size != (Size{terminal.Width(), terminal.Height()}) {
			terminal.Resize(f.size.Width, f.size.Height)
		}
		_, _ = terminal.Write(spoil(p.paint(nil, f)))
		if diff := differ(terminal, repaint(f), f.cursor); diff != "" {
			return fmt.Sprintf("seed %d, frame %d: %s", seed, i, diff)
		}
	}
	return ""
}

func TestPaint_SameAsRepaint(t *testing.T) {
	first := uint64(time.Now().UnixNano())
	t.Logf("seeds from %d", first)
	for seed := first; seed < first+6; seed++ {
		if diff := play(seed, 250, func(b []byte) []byte { return b }); diff != "" {
			t.Fatal(diff)
		}
	}
}

// TestPaint_FaultsAreFound is the control: each planted fault must be seen.
func TestPaint_FaultsAreFound(t *testing.T) {
	swap := func(pattern, with string) func([]byte) []byte {
		re := regexp.MustCompile(pattern)
		return func(b []byte) []byte { return re.ReplaceAll(b, []byte(with)) }
	}
	for name, spoil := range map[string]func([]byte) []byte{
		"scrolls one line too many": swap(`\x1b\[1([ST])`, "\x1b[2$1"),
		"scrolls up for down":       swap(`\x1b\[(\d+)T`, "\x1b[${1}S"),
		"never scrolls":             swap(`\x1b\[\d+[ST]`, ""),
		"line ends not erased":      swap(`\x1b\[K`, ""),
		"style not reset":           swap(`\x1b\[m`, ""),
		"styles add up":             swap(`\x1b\[0;`, "\x1b["),
		"columns off by one":        swap(`\x1b\[2G`, "\x1b[3G"),
		"clusters join":             swap(`\x1b\[\d+G`, ""),
		"not cleared after resize":  swap(`\x1b\[2J`, ""),
		"cursor left behind":        swap(`\x1b\[(\d+;\d+)H(\x1b\[\?2026l|\x1b\[\?25h)`, "$2"),
	} {
		found := false
		for seed := uint64(1); seed <= 40 && !found; seed++ {
			found = play(seed, 250, spoil) != ""
		}
		if !found {
			t.Errorf("%s: not found", name)
		}
	}
}

func TestPaint_NothingChanged(t *testing.T) {
	p := painter{}
	f := &frame{view: "a\nb", size: Size{10, 3}, cursor: cursor{1, 1, true}}
	p.paint(nil, f)
	if got := p.paint(nil, &frame{view: "a\nb", size: f.size, cursor: f.cursor}); len(got) > 0 {
		t.Errorf("painted %q for the same frame", got)
	}
}

func TestPaint_Profiles(t *testing.T) {
	line := "\x1b[1;38;2;255;0;0mx\x1b[m"
	for profile, want := range map[colorprofile.Profile]string{
		colorprofile.TrueColor: "\x1b[1;38;2;255;0;0m",
		colorprofile.ANSI256:   "\x1b[1;38;5;196m",
		colorprofile.ANSI:      "\x1b[1;91m",
		colorprofile.ASCII:     "\x1b[1m",
		colorprofile.NoTTY:     "",
	} {
		if got := appendCells(nil, line, 10, profile)[0].sgr; got != want {
			t.Errorf("%v: %q instead of %q", profile, got, want)
		}
	}
}

// hostile is what must not reach a terminal, whoever put it into a view.
var hostile = []string{
	"\x1b[2J", "\x1b]0;owned\a", "\x1b]8;;http://x\x1b\\y", "\x1bP+q544e\x1b\\", "\x1b[6n", "\x1b[>4;2m", "\x1b[?1049l",
	"\x1bc", "\x1b", "\x9b2J", "\u009b2J", "\u009d0;x\u009c", "\u0085", "\a", "\b\b", "\r", "\t", "\v", "\x00", "\x7f",
	"\u202e", "\u2066x", "\u200f", "\u200b", "\u200d", "\ufeff", "\u2028", "\u2029", "\U000e0041", "\xff\xfe", "\xef", "\xe2\x82",
	"\u0301", "a\u0301\u0301\u0301\u0301\u0301", "\x1b[31", "\x1b[31;\x1b[2Jm", "\x1b[1$m", "\u00ad", "\ue000", "न\u094d\u200d",
	"🏴\U000e0067\U000e007f", "\x1b[" + strings.Repeat("1;", 100) + "m",
}

var ours = regexp.MustCompile(`\x1b\[(\?(25|2026)[hl]|[0-9;:]*m|\d+G|\d+(;\d+)?H|K|2J|r|\d+;\d+r|\d+[ST])`)

// foreign finds in painted bytes what isn't text or one of our sequences.
func foreign(painted string) string {
	text := ours.ReplaceAllString(painted, "")
	last := ' '
	for _, r := range strings.ToValidUTF8(text, "\a") {
		if !unicode.IsGraphic(r) && r != '\u200d' || r == '\u200d' && last < 0x2000 {
			return fmt.Sprintf("%q in %q", r, painted)
		}
		last = r
	}
	return ""
}

func TestPaint_LetsNothingThrough(t *testing.T) {
	for _, evil := range hostile {
		for _, view := range []string{evil, "Jan" + evil + "sen", "漢" + evil, "a\n\x1b[31m" + evil + "\x1b[m\n"} {
			p := painter{profile: colorprofile.TrueColor}
			got := string(p.paint(nil, &frame{view: view, size: Size{80, 4}}))
			if f := foreign(got); f != "" {
				t.Errorf("%q: %s", view, f)
			}
			if evil != "\u0301" && !strings.Contains(got, replacement) {
				t.Errorf("%q: no sign of what was left out in %q", view, got)
			}
		}
		o := Options{Title: "x" + evil}
		title := strings.TrimSuffix(strings.TrimPrefix(o.enter(), enter+"\x1b]2;"), "\a")
		farewell := strings.TrimSuffix(strings.TrimPrefix(o.leave("x"+evil), leave), "\r\n")
		for _, text := range []string{title, strings.ReplaceAll(farewell, "\r\n", "")} {
			if f := foreign(text); f != "" {
				t.Errorf("title or farewell %q: %s", evil, f)
			}
		}
	}
	// The control: the same check finds what a careless painter would send.
	for _, evil := range []string{"\x1b]0;owned\a", "\u009b2J", "\u202e", "\xff", "\x1b[6n"} {
		if foreign("\x1b[1H"+evil) == "" {
			t.Errorf("%q isn't recognised as foreign", evil)
		}
	}
}

func FuzzPaint(f *testing.F) {
	for _, evil := range hostile {
		f.Add("a"+evil+"b", "\x1b[7mc"+evil)
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		p := painter{profile: colorprofile.ANSI256}
		for _, view := range []string{one, two, one + "\n" + two, two + "\n" + one} {
			if found := foreign(string(p.paint(nil, &frame{view: view, size: Size{20, 5}}))); found != "" {
				t.Fatal(found)
			}
		}
	})
}

// list is a 200×50 table whose selection moves and scrolls.
func list(top, selected int) *frame {
	var b strings.Builder
	for i := top; i < top+50; i++ {
		row := fmt.Sprintf("  %-6d %-40s %-40s %-60s", i, fmt.Sprintf("Jan-Willem van den Bergh %d", i*7919), "Bloemenhal BV", "Dorpsstraat 12, Utrecht, né café")
		if i == selected {
			row = "\x1b[48;5;63m\x1b[97m" + row + "\x1b[m"
		}
		b.WriteString(row + "\n")
	}
	return &frame{view: strings.TrimSuffix(b.String(), "\n"), size: Size{200, 50}}
}

// TestPaint_Bytes holds what a key may cost the line: balie bench measures it.
func TestPaint_Bytes(t *testing.T) {
	p := painter{profile: colorprofile.TrueColor}
	p.paint(nil, list(0, 0))
	top := 0
	for selected := 1; selected < 200; selected++ {
		moved := top
		top = max(top, selected-49)
		n := len(p.paint(nil, list(top, selected)))
		if limit := map[bool]int{true: 600, false: 1024}[moved == top]; n > limit {
			t.Fatalf("row %d: %d bytes", selected, n)
		}
	}
	if n := len(p.paint(nil, list(top, 199))); n > 40 {
		t.Errorf("an unchanged frame took %d bytes", n)
	}
}
