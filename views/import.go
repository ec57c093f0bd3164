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

// imports is where a file comes in. The server's disk is nobody's: a file comes by
// a command, or as text pasted here.
type imports struct {
	kit    *kit
	rows   ops.Rows // what is going to be pasted
	own    []db.Import
	grid   grid
	height int
	load   latest
	read   latest
	back   latest
}

func newImports(k *kit, rows ops.Rows) *imports {
	i := &imports{kit: k, rows: rows}
	i.grid = grid{k: k, cells: i.cells, columns: []column{
		{name: "at", title: k.t.When, width: 17},
		{name: "what", title: k.t.ImportWhat, width: 13},
		{name: "source", title: k.t.Source, width: 12, grow: true},
		{name: "rows", title: k.t.ImportRows, width: 7, right: true},
		{name: "state", title: "", width: 15},
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
		on(i.kit.t.KeyPasteName, i.kit.t.KeyPaste),
		on("w", i.kit.t.KeyImportWhat).unless(len(ops.RowsFor(i.kit.Actor)) > 1, i.kit.t.OffImportWhat),
		on("R", i.kit.t.KeyRevert).unless(i.revertible() != nil, i.kit.t.OffRevert),
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
		switch msg.String() {
		case "R":
			return i.askRevert()
		case "w":
			return i.askRows()
		}
		i.grid.Update(msg, i.height)
	case dressedMsg:
		i.grid.changed()
	}
	return nil
}

// askRows asks what the rows of the next paste are.
func (i *imports) askRows() tea.Cmd {
	all := ops.RowsFor(i.kit.Actor)
	if len(all) < 2 {
		return notify(noteWarn, i.kit.t.OffImportWhat)
	}
	options := make([]option, len(all))
	for n, r := range all {
		options[n] = option{text: i.kit.t.importRows(string(r)), hint: string(r)}
	}
	return show(newChoose(i.kit, i.kit.t.ImportWhat, options, func(n int) tea.Cmd { i.rows = all[n]; return nil }))
}

// pasted reads what was pasted, and goes on to its columns.
func (i *imports) pasted(content string) tea.Cmd {
	if strings.TrimSpace(content) == "" {
		return nil
	}
	actor, rows := i.kit.Actor, i.rows
	return ask(i.kit, &i.read, func(ctx context.Context) (*importFile, error) {
		// A terminal pastes a line's end as a carriage return.
		plain := strings.ReplaceAll(strings.ReplaceAll(content, "\r\n", "\n"), "\r", "\n")
		spool, err := ops.NewSpool(strings.NewReader(plain), maxPasted)
		if err != nil {
			return nil, err
		}
		preview, err := i.kit.Ops.PreviewImport(ctx, actor, spool, rows, "")
		if err != nil {
			_ = spool.Close()
			return nil, err
		}
		return &importFile{spool, preview, rows}, nil
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
	rows    ops.Rows
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
	return []cell{{text: i.kit.moment(m.At)}, {text: i.kit.t.importRows(m.Kind)}, {text: m.Source.String()}, {text: i.kit.num(m.Rows)}, state}
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
	what := i.kit.t.RevertWhat
	if !ops.Rows(m.Kind).OfCustomers() {
		what = i.kit.t.RevertRows
	}
	return show(newConfirm(i.kit, question, []string{what}, func() tea.Cmd { return i.revert(*m) }))
}

func (i *imports) revert(m db.Import) tea.Cmd {
	actor, revert := i.kit.Actor, i.kit.Ops.RevertImport
	if ops.Rows(m.Kind) == ops.InvoiceRows {
		revert = i.kit.Ops.RevertPastInvoices
	}
	return ask(i.kit, &i.back, func(ctx context.Context) (int, error) {
		return revert(ctx, actor, m.ID)
	}, func(gone int, err error) tea.Cmd {
		if err != nil {
			return i.kit.fail(err)
		}
		return tea.Batch(i.Init(), notify(noteGood, fmt.Sprintf(i.kit.t.RevertDone, i.kit.countedRows(gone, ops.Rows(m.Kind)))))
	})
}

func (i *imports) View(w, height int) string {
	lines := []string{""}
	for _, l := range wrap(i.kit.t.ImportIntro, min(w-4, 96)) {
		lines = append(lines, "  "+l)
	}
	lines = append(lines, "", "    "+i.kit.st.accent.of(i.command()), "")
	for _, l := range wrap(i.kit.t.ImportPaste, min(w-4, 96)) {
		lines = append(lines, "  "+l)
	}
	lines = append(lines, "", "  "+i.kit.st.faint.of(i.kit.t.ImportWhat+": ")+i.kit.st.strong.of(i.kit.t.importRows(string(i.rows))), "")
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

// command is the line for a file of these rows.
func (i *imports) command() string {
	stands := ""
	if i.rows.OfCustomers() {
		stands = " --basis contract"
	}
	return fmt.Sprintf(i.kit.t.ImportCommand, i.kit.Host, i.rows, stands)
}

// importRows is what rows of a file are, in words.
func (t *Texts) importRows(rows string) string { return cmpOr(t.ImportKinds[ops.Rows(rows)], rows) }

// countedRows is a number of rows of a file, as one would say it.
func (k *kit) countedRows(n int, rows ops.Rows) string {
	if rows.OfCustomers() {
		return k.counted(n)
	}
	return k.num(n) + " × " + k.t.importRows(string(rows))
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
