package views

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"balie/policy"
)

const joinURL = "otpauth://totp/balie:nora?algorithm=SHA1&digits=6&issuer=balie&period=30&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

var papers = []struct {
	name  string
	paper paper
}{
	{"colour", paperFor(true, true, true)},
	{"colour on light", paperFor(true, true, false)},
	{"no colour, dark", paperFor(false, true, true)},
	{"no colour, light", paperFor(false, true, false)},
	{"ASCII colour", paperFor(true, false, true)},
	{"ASCII no colour, dark", paperFor(false, false, true)},
	{"ASCII no colour, light", paperFor(false, false, false)},
}

// TestMatrix_Lines reads the modules back from what a terminal would show.
func TestMatrix_Lines(t *testing.T) {
	m, err := newMatrix(policy.Seal(joinURL))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range papers {
		t.Run(p.name, func(t *testing.T) {
			for quiet := quietLeast; quiet <= quietMost; quiet++ {
				seen := pixels(m.lines(p.paper, quiet), p.paper)
				for y := range m.side {
					for x := range m.side {
						if seen(x+quiet, y+quiet) != m.dark(x, y) {
							t.Fatalf("module %d,%d with quiet %d: drawn %v", x, y, quiet, !m.dark(x, y))
						}
					}
				}
				for i := range m.side + 2*quiet {
					if seen(i, 0) || seen(0, i) || seen(i, m.side+2*quiet-1) || seen(m.side+2*quiet-1, i) {
						t.Fatalf("the quiet zone of %d is not quiet at %d", quiet, i)
					}
				}
			}
		})
	}
}

// TestMatrix_Fit holds that the code for the longest login name fits beside
// the text at 80×24.
func TestMatrix_Fit(t *testing.T) {
	long := strings.Replace(joinURL, "nora", strings.Repeat("n", 32), 1)
	for _, url := range []string{joinURL, long} {
		m, err := newMatrix(policy.Seal(url))
		if err != nil {
			t.Fatal(err)
		}
		if quiet, ok := m.fit(paperFor(true, true, true), 48, 24); !ok {
			t.Errorf("%d bytes give %d modules, which don't fit", len(url), m.side)
		} else if w, h := m.size(paper{half: true}, quiet); w > 48 || h > 24 {
			t.Errorf("fit says yes to %d×%d", w, h)
		}
		if _, ok := m.fit(paperFor(true, false, true), 80, 24); ok {
			t.Error("the ASCII code can't fit at 80×24")
		}
	}
	if _, ok := (matrix{}).fit(paper{}, 80, 24); ok {
		t.Error("no code fits nowhere")
	}
}

// pixels looks at drawn lines as an eye does.
func pixels(lines []string, p paper) func(x, y int) bool {
	grid := make([][]bool, 0, 2*len(lines))
	for _, line := range lines {
		if p.half {
			upper, lower := halves(line)
			grid = append(grid, upper, lower)
			continue
		}
		grid = append(grid, spaces(line))
	}
	return func(x, y int) bool { return grid[y][x] != p.light }
}

func halves(line string) (upper, lower []bool) {
	for _, r := range ansi.Strip(line) {
		upper = append(upper, r == '▀' || r == '█')
		lower = append(lower, r == '▄' || r == '█')
	}
	return upper, lower
}

// spaces reads cells that differ by their colours only; two are a module.
func spaces(line string) (row []bool) {
	for _, part := range strings.Split(line, "\x1b[")[1:] {
		sgr, text, _ := strings.Cut(part, "m")
		block := sgr == "7" || strings.HasSuffix(sgr, "48;5;16")
		for range len(text) / 2 {
			row = append(row, block)
		}
	}
	return row
}
