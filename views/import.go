package views

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/views/screen"
)

// maxPasted is what a terminal's paste may hold; files go over SSH.
const maxPasted = 1 << 20

// imports is where a file of customers comes in. The server's disk is nobody's:
// a file comes by a command, or as text pasted here.
type imports struct {
	kit    *kit
	own    []db.Import
	grid   grid
	height int
	load   latest
	read   latest
	back   latest
}

func newImports(k *kit) *imports {
	i := &imports{kit: k}
	i.grid = grid{k: k, cells: i.cells, columns: []column{
		{name: "at", title: k.t.When, width: 18},
		{name: "source", title: k.t.Source, width: 18, grow: true},
		{name: "rows", title: k.t.ImportRows, width: 9, right: true},
		{name: "state", title: "", width: 20},
	}}
	return i
}

func (i *imports) Title() string { return i.kit.t.ImportTitle }
func (i *imports) Wake() tea.Cmd { return i.Init() }
func (i *imports) Pastes() bool  { return true }

func (i *imports) Init() tea.Cmd {
	actor := i.kit.Actor
	return ask(i.kit, &i.load, func(ctx context.Context) ([]db.Import, error) {
		return i.kit.Ops.ListImports(ctx, actor)
	}, func(own []db.Import, err error) tea.Cmd {
		i.own, i.grid.n = own, len(own)
		i.grid.changed()
		return i.kit.fail(err)
	})
}

func (i *imports) Keys() []binding {
	return []binding{
		on(i.kit.t.KeyPasteName, i.kit.t.KeyPaste), on("R", i.kit.t.KeyRevert).unless(i.revertible() != nil, i.kit.t.OffRevert),
		on("↑↓", i.kit.t.KeyMove), on("esc", i.kit.t.KeyBack),
	}
}

func (i *imports) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return i.pasted(msg.Content)
	case screen.PasteCutMsg:
		i.read.drop()
		return notify(noteBad, i.kit.t.PasteTooLong)
	case tea.KeyPressMsg:
		if msg.String() == "R" {
			return i.askRevert()
		}
		i.grid.Update(msg, i.height)
	case dressedMsg:
		i.grid.changed()
	}
	return nil
}

// pasted reads what was pasted, and goes on to its columns.
func (i *imports) pasted(content string) tea.Cmd {
	if strings.TrimSpace(content) == "" {
		return nil
	}
	actor := i.kit.Actor
	return ask(i.kit, &i.read, func(ctx context.Context) (*importFile, error) {
		// A terminal pastes a line's end as a carriage return.
		plain := strings.ReplaceAll(strings.ReplaceAll(content, "\r\n", "\n"), "\r", "\n")
		spool, err := ops.NewSpool(strings.NewReader(plain), maxPasted)
		if err != nil {
			return nil, err
		}
		preview, err := i.kit.Ops.PreviewImport(ctx, actor, spool, ops.ContactRows, "")
		if err != nil {
			_ = spool.Close()
			return nil, err
		}
		return &importFile{spool, preview}, nil
	}, func(f *importFile, err error) tea.Cmd {
		if err != nil {
			return i.kit.fail(err)
		}
		return open(newImportForm(i.kit, f))
	})
}

// importFile is a file at hand with what was recognised of it.
type importFile struct {
	spool   *ops.Spool
	preview ops.Preview
}

func (i *imports) cells(n int) []cell {
	m := i.own[n]
	state := cell{text: ""}
	switch {
	case m.RevertedAt != nil:
		state = cell{i.kit.t.Reverted, i.kit.st.faint}
	case i.kit.Now().Sub(m.At) < ops.RevertWindow:
		state = cell{i.kit.t.CanRevert, i.kit.st.accent}
	}
	return []cell{{text: i.kit.moment(m.At)}, {text: m.Source.String()}, {text: i.kit.num(m.Rows)}, state}
}

func (i *imports) revertible() *db.Import {
	if i.grid.at >= len(i.own) {
		return nil
	}
	m := i.own[i.grid.at]
	if m.RevertedAt != nil || i.kit.Now().Sub(m.At) >= ops.RevertWindow {
		return nil
	}
	return &m
}

func (i *imports) askRevert() tea.Cmd {
	m := i.revertible()
	if m == nil {
		return notify(noteWarn, i.kit.t.OffRevert)
	}
	question := fmt.Sprintf(i.kit.t.RevertAsk, m.Source.String(), i.kit.near(m.At), i.kit.num(m.Rows))
	return show(newConfirm(i.kit, question, []string{i.kit.t.RevertWhat}, func() tea.Cmd { return i.revert(m.ID) }))
}

func (i *imports) revert(id int64) tea.Cmd {
	actor := i.kit.Actor
	return ask(i.kit, &i.back, func(ctx context.Context) (int, error) {
		return i.kit.Ops.RevertImport(ctx, actor, id)
	}, func(gone int, err error) tea.Cmd {
		if err != nil {
			return i.kit.fail(err)
		}
		return tea.Batch(i.Init(), notify(noteGood, fmt.Sprintf(i.kit.t.RevertDone, i.kit.counted(gone))))
	})
}

func (i *imports) View(w, height int) string {
	lines := []string{""}
	for _, l := range wrap(i.kit.t.ImportIntro, min(w-4, 96)) {
		lines = append(lines, "  "+l)
	}
	lines = append(lines, "", "    "+i.kit.st.accent.of(fmt.Sprintf(i.kit.t.ImportCommand, i.kit.Host)), "")
	for _, l := range wrap(i.kit.t.ImportPaste, min(w-4, 96)) {
		lines = append(lines, "  "+l)
	}
	lines = append(lines, "")
	if i.read.busy {
		lines = append(lines, "  "+i.kit.st.faint.of(i.kit.t.Reading))
	}
	if len(i.own) == 0 {
		return join(append(lines, "  "+i.kit.st.faint.of(i.kit.t.NoImports)))
	}
	lines = append(lines, "  "+i.kit.st.accent.of(i.kit.t.OwnImports))
	i.height = max(height-len(lines), 0)
	return join(append(lines, i.grid.View(w, i.height)...))
}

// rate is rows a second and the time that is left.
func rate(done, total int64, since time.Duration) (perSecond int, left time.Duration) {
	if done <= 0 || since <= 0 {
		return 0, 0
	}
	perSecond = int(float64(done) / since.Seconds())
	left = time.Duration(float64(since) / float64(done) * float64(max(total-done, 0)))
	return perSecond, left.Round(time.Second)
}
