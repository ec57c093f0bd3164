package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// progress shows how far a long job is: a bar on a terminal, else a line now
// and then.
type progress struct {
	out      io.Writer
	what     string
	after    string // what is still to be done when all are counted
	terminal bool
	began    time.Time
	shown    time.Time
	ended    bool
}

func newProgress(out io.Writer, what string) *progress {
	return &progress{out: out, what: what, terminal: isTerminal(out), began: time.Now(), shown: time.Now()}
}

// indexing is newProgress for making search, whose indexes come after the last
// customer.
func indexing(out io.Writer, what string) *progress {
	p := newProgress(out, what)
	p.after = "Making the indexes of search; this has no bar of its own."
	return p
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

var english = message.NewPrinter(language.English)

// show draws at most ten times a second, or every ten seconds where lines pile
// up, and the end once.
func (p *progress) show(done, total int64) {
	pause := 10 * time.Second
	if p.terminal {
		pause = 100 * time.Millisecond
	}
	if p.ended || done < total && time.Since(p.shown) < pause {
		return
	}
	p.shown, p.ended = time.Now(), done >= total
	p.draw(done, total)
	if p.ended && p.after != "" {
		fmt.Fprintln(p.out, p.after)
	}
}

func (p *progress) draw(done, total int64) {
	const width = 30
	line := p.what + " " + p.figures(done, total)
	if !p.terminal {
		fmt.Fprintln(p.out, line)
		return
	}
	full := int(width * done / max(total, 1))
	fmt.Fprintf(p.out, "\r[%s%s] %s\x1b[K", strings.Repeat("#", full), strings.Repeat(".", width-full), line)
	if done >= total {
		fmt.Fprintln(p.out)
	}
}

// figures are "4,000 of 20,000 (20%), 25,000/s, 1s left".
func (p *progress) figures(done, total int64) string {
	taken := time.Since(p.began)
	rate := float64(done) / max(taken.Seconds(), 0.001)
	s := english.Sprintf("%d of %d (%d%%), %.0f/s", done, total, 100*done/max(total, 1), rate)
	if done >= total || rate == 0 {
		return s + ", took " + taken.Round(100*time.Millisecond).String()
	}
	left := time.Duration(float64(total-done) / rate * float64(time.Second))
	return s + ", " + left.Round(time.Second).String() + " left"
}
