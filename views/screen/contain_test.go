package screen

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

const typed = "what-a-person-typed"

// bomb panics with something personal, in the way named.
type bomb string

func (b bomb) Init() tea.Cmd {
	blow := func() tea.Msg { panic(typed) }
	fine := func() tea.Msg { return nil }
	return map[bomb]tea.Cmd{
		"command": blow, "batch": tea.Batch(fine, blow), "sequence": tea.Sequence(fine, blow),
		"nested": tea.Sequence(fine, tea.Batch(fine, tea.Sequence(fine, blow))),
	}[b]
}

func (b bomb) Update(tea.Msg) (Model, tea.Cmd) {
	if b == "update" {
		panic(errors.New(typed))
	}
	return b, nil
}

func (b bomb) View() string {
	if b == "view" {
		panic([]string{typed})
	}
	return ""
}

// bare panics without our screen round it, and in an update: what bubbletea
// says of a command's panic it may say when its program has ended already.
type bare struct{}

func (bare) Init() tea.Cmd                       { return func() tea.Msg { return nil } }
func (bare) Update(tea.Msg) (tea.Model, tea.Cmd) { panic(typed) }
func (bare) View() tea.View                      { return tea.View{} }

// TestPanic_SaysNothing: neither the process's stderr nor the error, which is
// logged, holds the value of a panic (threat 27).
func TestPanic_SaysNothing(t *testing.T) {
	for _, where := range []bomb{"update", "view", "command", "batch", "sequence", "nested"} {
		t.Run(string(where), func(t *testing.T) {
			var err error
			said := stderr(t, func() {
				s := start(t.Context(), where, io.Discard)
				err = <-s.err
				_ = s.typed.Close()
			})
			if !errors.Is(err, ErrPanic) || !strings.Contains(err.Error(), "contain_test.go") {
				t.Errorf("ended with %v, which doesn't say where it panicked", err)
			}
			if strings.Contains(said+err.Error(), typed) {
				t.Errorf("told were %q and %v", said, err)
			}
		})
	}
	control := stderr(t, func() {
		_, _ = tea.NewProgram(bare{}, tea.WithoutRenderer(), tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutSignalHandler()).Run()
	})
	if !strings.Contains(control, typed) {
		t.Errorf("control: without containment bubbletea says only %q", control)
	}
}

// stderr is what the process writes there while fn runs.
func stderr(t *testing.T, fn func()) string {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	was := os.Stderr
	os.Stderr = f
	defer func() { os.Stderr = was }()
	fn()
	said, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(said)
}
