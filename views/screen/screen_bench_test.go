package screen

import (
	"context"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// table is a list of customers with a selected row that moves by j and k and
// scrolls at the edges: what the figures in the README are measured with.
type table struct {
	size     Size
	rows     []string
	top, sel int
	drawn    chan<- struct{} // told after each key, if set
}

var (
	headStyle = lipgloss.NewStyle().Bold(true)
	selStyle  = lipgloss.NewStyle().Background(lipgloss.Color("#5f5fff")).Foreground(lipgloss.Color("#ffffff"))
	dueStyle  = lipgloss.NewStyle().Foreground(lipgloss.Color("214"))
)

func newTable(size Size, n int) *table {
	t := &table{size: size}
	for i := range n {
		t.rows = append(t.rows, fmt.Sprintf("%-6d %-40s %-40s %-12s %12s %-60s",
			i, fmt.Sprintf("Jan-Willem van den Bergh %d", i*7919%100003), fmt.Sprintf("Bloemenhal %d BV", i*104729%99991),
			[]string{"klant", "prospect", "vroeger"}[i%3], fmt.Sprintf("€ %d,00", i*37%9973),
			fmt.Sprintf("Dorpsstraat %d, Utrecht, né café", i*31%997)))
	}
	return t
}

func (t *table) Init() tea.Cmd { return nil }

func (t *table) Update(msg tea.Msg) (Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		t.size = Size{msg.Width, msg.Height}
	case tea.KeyPressMsg:
		t.key(msg.String())
	}
	return t, nil
}

func (t *table) key(k string) {
	switch k {
	case "j":
		t.sel = min(t.sel+1, len(t.rows)-1)
	case "k":
		t.sel = max(t.sel-1, 0)
	}
	t.top = min(max(t.top, t.sel-t.height()+1), t.sel)
}

func (t *table) height() int { return t.size.Height - 4 }

func (t *table) View() string {
	var b strings.Builder
	rule := strings.Repeat("─", t.size.Width)
	b.WriteString(headStyle.Render(" balie › Klanten") + "\n" + rule + "\n")
	for i := t.top; i < min(t.top+t.height(), len(t.rows)); i++ {
		switch {
		case i == t.sel:
			b.WriteString(selStyle.Render("▸ " + t.rows[i]))
		case i%7 == 0:
			b.WriteString("  " + dueStyle.Render(t.rows[i]))
		default:
			b.WriteString("  " + t.rows[i])
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "%s\n %d of %d", rule, t.sel+1, len(t.rows))
	return b.String()
}

// countWriter counts, and tells when something was written.
type countWriter struct {
	n     int
	wrote chan struct{}
}

func (w *countWriter) Write(p []byte) (int, error) {
	w.n += len(p)
	select {
	case w.wrote <- struct{}{}:
	default:
	}
	return len(p), nil
}

// BenchmarkKey is one key press to its last byte on a 200×50 table, ours and
// bubbletea's own renderer. move stays within the page; scroll doesn't.
func BenchmarkKey(b *testing.B) {
	for _, bench := range []struct {
		name string
		keys func(i int) string
	}{
		{"move", func(i int) string { return string("jk"[i/20%2]) }},
		{"scroll", func(int) string { return "j" }},
	} {
		b.Run(bench.name+"/ours", func(b *testing.B) { benchOurs(b, bench.keys) })
		b.Run(bench.name+"/stock", func(b *testing.B) { benchStock(b, bench.keys) })
	}
}

func startTable(scroll bool) *table {
	t := newTable(Size{200, 50}, 200_000)
	if scroll {
		t.sel = t.height() - 1
	}
	return t
}

func benchOurs(b *testing.B, keys func(int) string) {
	out := &countWriter{wrote: make(chan struct{}, 1)}
	in, typed := io.Pipe()
	s := New(context.Background(), Options{In: in, Out: out, Size: Size{200, 50}, Profile: colorprofile.TrueColor},
		startTable(keys(0) == keys(20)))
	ended := make(chan struct{})
	go func() { _ = s.Run(); close(ended) }()
	settle(out)
	measure(b, out, typed, keys)
	_ = typed.Close()
	<-ended
}

func measure(b *testing.B, out *countWriter, typed io.Writer, keys func(int) string) {
	before, cpu := out.n, cpuTime()
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		_, _ = io.WriteString(typed, keys(i))
		<-out.wrote
	}
	b.StopTimer()
	b.ReportMetric(float64(out.n-before)/float64(b.N), "bytes/key")
	b.ReportMetric(float64((cpuTime()-cpu).Microseconds())/float64(b.N), "cpu-µs/key")
}

// cpuTime is what this process has used, garbage collection included.
func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func settle(out *countWriter) {
	for quiet := false; !quiet; {
		select {
		case <-out.wrote:
		case <-time.After(100 * time.Millisecond):
			quiet = true
		}
	}
}

// stock lets bubbletea draw the same model.
type stock struct{ *table }

func (m stock) Update(msg tea.Msg) (tea.Model, tea.Cmd) { _, cmd := m.table.Update(msg); return m, cmd }

func (m stock) View() tea.View {
	v := tea.NewView(m.table.View())
	v.AltScreen = true
	return v
}

func benchStock(b *testing.B, keys func(int) string) {
	out := &countWriter{wrote: make(chan struct{}, 1)}
	in, typed := io.Pipe()
	p := tea.NewProgram(stock{startTable(keys(0) == keys(20))}, tea.WithInput(in), tea.WithOutput(out),
		tea.WithWindowSize(200, 50), tea.WithColorProfile(colorprofile.TrueColor), tea.WithFPS(120),
		tea.WithEnvironment([]string{"TERM=xterm-256color", "SSH_TTY=x"}), tea.WithoutSignalHandler())
	ended := make(chan struct{})
	go func() { _, _ = p.Run(); close(ended) }()
	settle(out)
	measure(b, out, typed, keys)
	p.Quit()
	<-ended
	_ = typed.Close()
}
