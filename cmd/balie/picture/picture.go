// Package picture takes a picture of a session: it signs nobody in, types keys
// into an open SSH session and draws what a terminal would show as SVG.
package picture

import (
	"fmt"
	"html"
	"image/color"
	"io"
	"strings"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"golang.org/x/crypto/ssh"
)

// Size of a cell in the picture, in pixels.
const (
	cellWidth  = 9
	cellHeight = 19
	margin     = 12
)

// still is how long nothing must change before the picture is taken.
const still = 700 * time.Millisecond

// Take types the keys, one after the other, into a new session of client on a
// terminal of that size, and writes an SVG of the screen that remains.
func Take(client *ssh.Client, width, height int, keys []string, w io.Writer) error {
	session, err := client.NewSession()
	if err != nil {
		return err
	}
	defer session.Close()
	typed, err := session.StdinPipe()
	if err != nil {
		return err
	}
	terminal := &terminal{SafeEmulator: vt.NewSafeEmulator(width, height), wrote: make(chan struct{}, 1)}
	session.Stdout = terminal
	if err := session.RequestPty("xterm-256color", height, width, ssh.TerminalModes{}); err != nil {
		return err
	}
	if err := session.Shell(); err != nil {
		return err
	}
	terminal.settle()
	for _, k := range keys {
		if _, err := io.WriteString(typed, k); err != nil {
			return err
		}
		terminal.settle()
	}
	return Write(w, width, height, terminal.CellAt)
}

// terminal is an emulator that tells when something arrives.
type terminal struct {
	*vt.SafeEmulator
	wrote chan struct{}
}

func (t *terminal) Write(p []byte) (int, error) {
	select {
	case t.wrote <- struct{}{}:
	default:
	}
	return t.SafeEmulator.Write(p)
}

func (t *terminal) settle() {
	for {
		select {
		case <-t.wrote:
		case <-time.After(still):
			return
		}
	}
}

// The colours of a terminal that was told none.
var (
	paper = color.RGBA{0x1b, 0x1d, 0x23, 0xff}
	ink   = color.RGBA{0xd8, 0xdb, 0xe2, 0xff}
)

// Write draws cells as SVG: what has a background first, then the text, one
// run of one style at a time.
func Write(w io.Writer, width, height int, at func(x, y int) *uv.Cell) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="15">`+"\n",
		width*cellWidth+2*margin, height*cellHeight+2*margin)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", hex(paper))
	for y := range height {
		for x := 0; x < width; {
			x = run(&b, width, x, y, at)
		}
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// run draws the cells from x on that share a style, and says where they end.
func run(b *strings.Builder, width, x, y int, at func(x, y int) *uv.Cell) int {
	first, style := x, styleOf(at(x, y))
	var text strings.Builder
	for x < width && styleOf(at(x, y)) == style {
		content, cells := contentOf(at(x, y))
		text.WriteString(content)
		x += cells
	}
	left, top := margin+first*cellWidth, margin+y*cellHeight
	if style.back != hex(paper) {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", left, top, (x-first)*cellWidth, cellHeight, style.back)
	}
	if strings.TrimSpace(text.String()) != "" {
		fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="%s"%s>%s</text>`+"\n",
			left, top+cellHeight-5, (x-first)*cellWidth, style.fore, style.weight, html.EscapeString(text.String()))
	}
	return x
}

func contentOf(c *uv.Cell) (string, int) {
	if c == nil || c.Content == "" {
		return " ", 1
	}
	return c.Content, max(1, c.Width)
}

// style is what SVG needs of a cell's.
type style struct{ fore, back, weight string }

func styleOf(c *uv.Cell) style {
	if c == nil {
		return style{hex(ink), hex(paper), ""}
	}
	s := style{or(c.Style.Fg, ink), or(c.Style.Bg, paper), ""}
	if c.Style.Attrs&uv.AttrReverse != 0 {
		s.fore, s.back = s.back, s.fore
	}
	if c.Style.Attrs&uv.AttrBold != 0 {
		s.weight = ` font-weight="bold"`
	}
	if c.Style.Attrs&uv.AttrFaint != 0 {
		s.weight += ` opacity="0.6"`
	}
	return s
}

func or(c color.Color, other color.RGBA) string {
	if c == nil {
		return hex(other)
	}
	return hex(c)
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
