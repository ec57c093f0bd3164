package screen

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
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

// rows are shared by all tables of a benchmark: their memory is not drawing's.
var rows = newTable(Size{200, 50}, 100_000).rows

func startTable(scroll bool) *table {
	t := &table{size: Size{200, 50}, rows: rows}
	if scroll {
		t.sel = t.height() - 1
	}
	return t
}

// running is a session under measurement.
type running struct {
	out   *countWriter
	typed *io.PipeWriter
	stop  func()
}

func startOurs(m *table) *running {
	out := &countWriter{wrote: make(chan struct{}, 1)}
	in, typed := io.Pipe()
	s := New(context.Background(), Options{In: in, Out: out, Size: m.size, Profile: colorprofile.TrueColor}, m)
	ended := make(chan struct{})
	go func() { _ = s.Run(); close(ended) }()
	return &running{out, typed, func() { _ = typed.Close(); <-ended }}
}

// stock lets bubbletea draw the same model.
type stock struct{ *table }

func (m stock) Update(msg tea.Msg) (tea.Model, tea.Cmd) { _, cmd := m.table.Update(msg); return m, cmd }

func (m stock) View() tea.View {
	v := tea.NewView(m.table.View())
	v.AltScreen = true
	return v
}

func startStock(m *table) *running {
	out := &countWriter{wrote: make(chan struct{}, 1)}
	in, typed := io.Pipe()
	p := tea.NewProgram(stock{m}, tea.WithInput(in), tea.WithOutput(out),
		tea.WithWindowSize(m.size.Width, m.size.Height), tea.WithColorProfile(colorprofile.TrueColor),
		tea.WithEnvironment([]string{"TERM=xterm-256color", "SSH_TTY=x"}), tea.WithoutSignalHandler())
	ended := make(chan struct{})
	go func() { _, _ = p.Run(); close(ended) }()
	return &running{out, typed, func() { p.Quit(); <-ended; _ = typed.Close() }}
}

var renderers = []struct {
	name  string
	start func(*table) *running
}{{"ours", startOurs}, {"stock", startStock}}

// BenchmarkKey is one key press to its last byte on a 200×50 table, ours and
// bubbletea's own renderer. move stays within the page; scroll doesn't.
func BenchmarkKey(b *testing.B) {
	for _, r := range renderers {
		b.Run("move/"+r.name, func(b *testing.B) {
			benchKeys(b, r.start(startTable(false)), func(i int) string { return string("jk"[i/20%2]) })
		})
		b.Run("scroll/"+r.name, func(b *testing.B) {
			benchKeys(b, r.start(startTable(true)), func(int) string { return "j" })
		})
	}
}

func benchKeys(b *testing.B, r *running, key func(int) string) {
	defer r.stop()
	r.settle()
	bytes, cpu := r.out.n, cpuTime()
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		r.press(key(i))
	}
	b.StopTimer()
	b.ReportMetric(float64(r.out.n-bytes)/float64(b.N), "bytes/key")
	b.ReportMetric(float64((cpuTime()-cpu).Microseconds())/float64(b.N), "cpu-µs/key")
}

func (r *running) press(key string) {
	_, _ = io.WriteString(r.typed, key)
	<-r.out.wrote
}

// settle waits until what is drawn at the start has been drawn.
func (r *running) settle() {
	for {
		select {
		case <-r.out.wrote:
		case <-time.After(200 * time.Millisecond):
			return
		}
	}
}

// BenchmarkSessions has 200 sessions press a key every 250 ms each, for 5 s.
func BenchmarkSessions(b *testing.B) {
	for _, r := range renderers {
		b.Run(r.name, func(b *testing.B) {
			for b.Loop() {
				benchSessions(b, r.start, 200, 20)
			}
		})
	}
}

func benchSessions(b *testing.B, start func(*table) *running, sessions, keys int) {
	before := memory()
	all := make([]*running, sessions)
	for i := range all {
		all[i] = start(startTable(false))
	}
	each(all, (*running).settle)
	cpu := cpuTime()
	waits := pressAll(all, keys)
	cpu = cpuTime() - cpu
	b.ReportMetric(float64(memory()-before)/float64(sessions)/1e6, "MB/session")
	b.ReportMetric(float64(cpu.Microseconds())/float64(len(waits)), "cpu-µs/key")
	b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds())/1000, "p99-ms")
	each(all, func(r *running) { r.stop() })
}

// each does something to all sessions at once: ending stock ones takes long.
func each(all []*running, do func(*running)) {
	var wg sync.WaitGroup
	for _, r := range all {
		wg.Go(func() { do(r) })
	}
	wg.Wait()
}

// pressAll returns how long each key press took, sorted.
func pressAll(all []*running, keys int) []time.Duration {
	var mu sync.Mutex
	var waits []time.Duration
	var wg sync.WaitGroup
	for i, r := range all {
		wg.Go(func() {
			time.Sleep(time.Duration(i) * 250 * time.Millisecond / time.Duration(len(all)))
			tick := time.NewTicker(250 * time.Millisecond)
			defer tick.Stop()
			for range keys {
				<-tick.C
				began := time.Now()
				r.press("j")
				mu.Lock()
				waits = append(waits, time.Since(began))
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	slices.Sort(waits)
	return waits
}

// memory is what is in use, stacks included.
func memory() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// cpuTime is what this process has used, garbage collection included.
func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
