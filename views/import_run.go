package views

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy/text"
)

// importRun is a dry run and then the import itself: a bar, and the report.
type importRun struct {
	kit     *kit
	file    *importFile
	in      ops.Import
	report  *ops.Report
	running latest
	started time.Time
	far     *progress
	top     int
}

func newImportRun(k *kit, file *importFile, in ops.Import) *importRun {
	return &importRun{kit: k, file: file, in: in}
}

func (r *importRun) Title() string { return r.kit.t.ImportReport }
func (r *importRun) Init() tea.Cmd { return r.start() }
func (r *importRun) Leave()        { r.running.drop() }

// Draft keeps one from leaving an import under way without a word.
func (r *importRun) Draft() bool { return r.running.busy && !r.in.DryRun }

// progressMsg redraws the bar.
type progressMsg struct{ run *importRun }

func (r *importRun) tick() tea.Cmd {
	return tea.Tick(200*time.Millisecond, func(time.Time) tea.Msg { return progressMsg{r} })
}

func (r *importRun) start() tea.Cmd {
	r.started, r.far = r.kit.Now(), &progress{}
	actor, in, far, spool := r.kit.Actor, r.in, r.far, r.file.spool
	return tea.Batch(r.tick(), ask(r.kit, &r.running, func(ctx context.Context) (*ops.Report, error) {
		return r.kit.Ops.RunImport(ctx, actor, spool, in, far.set)
	}, func(report *ops.Report, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(closeView(r), r.kit.fail(err))
		}
		r.report = report
		return nil
	}))
}

func (r *importRun) Keys() []binding {
	switch {
	case r.running.busy:
		return []binding{on("esc", r.kit.t.KeyCancelRun)}
	case r.in.DryRun && r.report != nil:
		return []binding{
			on("I", r.kit.t.KeyImportNow).unless(r.report.Created > 0, r.kit.t.OffNothing),
			on("W", r.kit.t.KeyDespite).unless(r.leavesOut(), r.kit.t.OffNothing), on("↑↓", r.kit.t.KeyMove), on("esc", r.kit.t.KeyBack),
		}
	}
	return []binding{on("enter", r.kit.t.KeyDone), on("↑↓", r.kit.t.KeyMove)}
}

func (r *importRun) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case progressMsg:
		if msg.run == r && r.running.busy {
			return r.tick()
		}
	case tea.KeyPressMsg:
		return r.press(msg.String())
	}
	return nil
}

func (r *importRun) press(key string) tea.Cmd {
	switch key {
	case "up", "k":
		r.top = max(r.top-1, 0)
	case "down", "j":
		r.top++
	case "pgup":
		r.top = max(r.top-10, 0)
	case "pgdown":
		r.top += 10
	case "I":
		if !r.running.busy && r.in.DryRun && r.report != nil && r.report.Created > 0 {
			return show(newConfirm(r.kit, fmt.Sprintf(r.kit.t.ImportAsk, r.kit.countedRows(r.report.Created, r.in.Rows)), []string{r.kit.t.ImportAskHint}, r.forReal))
		}
	case "W":
		if !r.running.busy && r.leavesOut() {
			return r.askDespite()
		}
	case "enter":
		if !r.in.DryRun && !r.running.busy {
			return goTo(newImports(r.kit, r.in.Rows))
		}
	}
	return nil
}

// leavesOut says whether the guard left rows out that a reason would keep.
func (r *importRun) leavesOut() bool {
	return r.in.DryRun && r.report != nil && r.report.Warnings > 0 && r.in.Despite.IsZero()
}

// askDespite asks why all such rows are kept, and runs dry again with that.
func (r *importRun) askDespite() tea.Cmd {
	check := func(reason string) error { return ops.CheckDespite(text.New(reason)) }
	return show(newPrompt(r.kit, r.kit.t.DespiteAsk, r.kit.t.DespiteHint, check, func(reason string) tea.Cmd {
		r.in.Despite, r.report, r.top = text.New(reason), nil, 0
		return r.start()
	}))
}

// forReal runs the same import again, without the safety of a dry run.
func (r *importRun) forReal() tea.Cmd {
	r.in.DryRun, r.report, r.top = false, nil, 0
	return r.start()
}

// Escape cancels what runs; all of an import or nothing of it is kept.
func (r *importRun) Escape() (tea.Cmd, bool) {
	if !r.running.busy {
		if !r.in.DryRun {
			return goTo(newImports(r.kit, r.in.Rows)), true
		}
		return nil, false
	}
	r.running.drop()
	return tea.Batch(closeView(r), notify(noteWarn, r.kit.t.ImportCancelled)), true
}

func (r *importRun) View(w, height int) string {
	if r.report == nil {
		return join(r.bar(w))
	}
	lines := r.counts()
	room := max(height-len(lines), 0)
	fates := r.fates(w)
	r.top = max(min(r.top, len(fates)-room), 0)
	return join(append(lines, fates[r.top:min(r.top+room, len(fates))]...))
}

// bar shows how far the import is.
func (r *importRun) bar(w int) []string {
	what := r.kit.t.ImportRunning
	if r.in.DryRun {
		what = r.kit.t.DryRunning
	}
	return r.kit.bar(what, r.kit.t.ImportRate, r.far, r.started, w)
}

func (r *importRun) counts() []string {
	p := r.report
	title := r.kit.t.ImportDone
	if r.in.DryRun {
		title = r.kit.t.DryDone
	}
	lines := []string{"", "  " + r.kit.st.strong.of(title), ""}
	row := func(label string, n int, st style) {
		if n > 0 || st == "" {
			lines = append(lines, "  "+st.of(pad(label, 34)+padLeft(r.kit.num(n), 9)))
		}
	}
	row(r.kit.t.ImportRows, p.Rows, "")
	added := r.kit.t.ImportCreated
	if !r.in.Rows.OfCustomers() {
		added = r.kit.t.importRows(string(r.in.Rows))
	}
	row(added, p.Created, "")
	if r.in.Rows.OfCustomers() {
		row(r.kit.t.ImportCompanies, p.Companies, "")
		row(r.kit.t.ImportDuplicates, p.Duplicates, r.kit.st.due)
		row(r.kit.t.Dupe.Filled, p.Filled, "")
	}
	row(r.kit.t.ImportRefused, p.Refused, r.kit.st.danger)
	row(r.kit.t.ImportWarnings, p.Warnings, r.kit.st.due)
	if len(p.Unmapped) > 0 {
		lines = append(lines, "  "+r.kit.st.due.of(r.kit.t.ImportUnmapped+" "+cleanJoin(p.Unmapped)))
	}
	if len(p.Unknown) > 0 {
		lines = append(lines, "  "+r.kit.st.due.of(r.kit.t.ImportUnknown+" "+cleanJoin(p.Unknown)))
	}
	return append(lines, "")
}

// fate is one row and why it is left out, in as many lines as that takes.
func (r *importRun) fate(f ops.Fate, st style, w int) []string {
	lines := wrap(text.Clean(r.kit.say(f.Reason)), max(w-38, 20))
	for i, l := range lines {
		head := blank(37)
		if i == 0 {
			head = "  " + padLeft(r.kit.num(f.Line), 7) + "  " + pad(f.Name.String(), 24) + "  "
		}
		lines[i] = head + st.of(l)
	}
	return lines
}

// fates are the rows that were not simply created, first the bad ones.
func (r *importRun) fates(w int) []string {
	var bad, twins []string
	for _, f := range r.report.Fates {
		switch f.Outcome {
		case ops.Refused:
			bad = append(bad, r.fate(f, r.kit.st.danger, w)...)
		case ops.Duplicate, ops.Filled:
			twins = append(twins, r.fate(f, r.kit.st.due, w)...)
		}
	}
	all := append(bad, twins...)
	if len(all) == 0 {
		return nil
	}
	return append([]string{"  " + r.kit.st.faint.of(padLeft(r.kit.t.Row, 7)+"  "+pad(r.kit.t.Name, 24)+"  "+r.kit.t.Why)}, all...)
}
