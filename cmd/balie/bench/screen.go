package bench

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"balie/views/screen"
)

// watchers is how many sessions press a key every beat, keys times each.
const (
	watchers = 200
	beat     = 250 * time.Millisecond
	keys     = 20
)

// screen measures the drawing of a 200×50 table, ours beside bubbletea's own
// renderer, in memory.
func (h *House) screen(context.Context) ([]Figure, error) {
	ours, stock := drawing(startOurs), drawing(startStock)
	row := func(what, target string, of func(drawn) string) Figure {
		return Figure{"drawing: " + what, of(ours), target, "bubbletea's renderer: " + of(stock)}
	}
	return []Figure{
		row("key to last byte, 200 sessions", "p99 ≤ 10 ms", func(d drawn) string { return d.waits.String() }),
		row("CPU a key", "≤ 0.8 ms", func(d drawn) string { return short(d.cpu) }),
		row("bytes a key", "≤ 600", func(d drawn) string { return fmt.Sprint(d.move) }),
		row("bytes a scrolled line", "≤ 1,000", func(d drawn) string { return fmt.Sprint(d.scroll) }),
		row("memory a session", "≤ 0.6 MB", func(d drawn) string { return fmt.Sprintf("%.2f MB", d.memory) }),
	}, nil
}

// drawn is what one renderer costs.
type drawn struct {
	waits        times
	cpu          time.Duration // a key
	memory       float64       // MB a session
	move, scroll int           // bytes
}

func drawing(start func(*table) *running) drawn {
	before := memory()
	all := make([]*running, watchers)
	for i := range all {
		all[i] = start(startTable(false))
	}
	each(all, (*running).settle)
	d := drawn{memory: float64(memory()-before) / watchers / 1e6}
	used := cpuTime()
	d.waits = pressAll(all)
	d.cpu = (cpuTime() - used) / time.Duration(len(d.waits))
	each(all, func(r *running) { r.stop() })
	d.move, d.scroll = bytesAKey(start(startTable(false))), bytesAKey(start(startTable(true)))
	return d
}

func bytesAKey(r *running) int {
	defer r.stop()
	r.settle()
	before := r.out.n
	for range keys {
		r.press("j")
	}
	return (r.out.n - before) / keys
}

// table is a list of customers with a selected row that moves by j and scrolls
// at the edge.
type table struct {
	size     screen.Size
	rows     []string
	top, sel int
}

var (
	headStyle = lipgloss.NewStyle().Bold(true)
	selStyle  = lipgloss.NewStyle().Background(lipgloss.Color("#5f5fff")).Foreground(lipgloss.Color("#ffffff"))
	dueStyle  = lipgloss.NewStyle().Foreground(lipgloss.Color("214"))
)

// tableRows are shared by all tables: their memory is not drawing's.
var tableRows = sync.OnceValue(func() []string {
	rows := make([]string, 10_000)
	for i := range rows {
		rows[i] = fmt.Sprintf("%-6d %-40s %-40s %-12s %12s %-60s",
			i, fmt.Sprintf("Jan-Willem van den Bergh %d", i*7919%100003), fmt.Sprintf("Bloemenhal %d BV", i*104729%99991),
			[]string{"klant", "prospect", "vroeger"}[i%3], fmt.Sprintf("€ %d,00", i*37%9973),
			fmt.Sprintf("Dorpsstraat %d, Utrecht, né café", i*31%997))
	}
	return rows
})

func startTable(scroll bool) *table {
	t := &table{size: screen.Size{Width: 200, Height: 50}, rows: tableRows()}
	if scroll {
		t.sel = t.height() - 1
	}
	return t
}

func (t *table) Init() tea.Cmd { return nil }

func (t *table) Update(msg tea.Msg) (screen.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "j" {
		t.sel = min(t.sel+1, len(t.rows)-1)
		t.top = max(t.top, t.sel-t.height()+1)
	}
	return t, nil
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

// running is a session under measurement.
type running struct {
	out   *countWriter
	typed *io.PipeWriter
	stop  func()
}

func startOurs(m *table) *running { return startModel(m, m.size) }

func startModel(m screen.Model, size screen.Size) *running {
	out := &countWriter{wrote: make(chan struct{}, 1)}
	in, typed := io.Pipe()
	s := screen.New(context.Background(), screen.Options{In: in, Out: out, Size: size, Profile: colorprofile.TrueColor}, m)
	var ended sync.WaitGroup
	ended.Go(func() { _ = s.Run() })
	return &running{out, typed, func() { _ = typed.Close(); ended.Wait() }}
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
	var ended sync.WaitGroup
	ended.Go(func() { _, _ = p.Run() })
	return &running{out, typed, func() { p.Quit(); ended.Wait(); _ = typed.Close() }}
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

func (r *running) press(key string) {
	_, _ = io.WriteString(r.typed, key)
	select {
	case <-r.out.wrote:
	case <-time.After(time.Second): // nothing changed: it shows in the figure, and nobody waits for ever
	}
}

// settle waits until what is drawn at the start has been drawn.
func (r *running) settle() {
	for {
		select {
		case <-r.out.wrote:
		case <-time.After(beat):
			return
		}
	}
}

// each does something to all sessions at once: ending stock ones takes long.
func each[T any](all []T, do func(T)) {
	var wg sync.WaitGroup
	for _, r := range all {
		wg.Go(func() { do(r) })
	}
	wg.Wait()
}

// pressAll says how long each key press took. The sessions press evenly spread.
func pressAll[T interface{ press(string) }](all []T) times {
	var mu sync.Mutex
	var waits times
	var wg sync.WaitGroup
	for i, r := range all {
		wg.Go(func() {
			time.Sleep(time.Duration(i) * beat / time.Duration(len(all)))
			tick := time.NewTicker(beat)
			defer tick.Stop()
			for range keys {
				<-tick.C
				began := time.Now()
				r.press("j")
				took := time.Since(began)
				mu.Lock()
				waits = append(waits, took)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
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
