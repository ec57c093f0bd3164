package views

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// importForm says on what the rows will stand and what the columns mean.
type importForm struct {
	kit *kit
	form
	file    *importFile
	mapping sheet.Mapping
}

func newImportForm(k *kit, file *importFile) *importForm {
	f := &importForm{kit: k, file: file, mapping: file.preview.Mapping}
	f.form = form{k: k, save: f.try}
	f.fields = f.build()
	return f
}

func (f *importForm) Init() tea.Cmd { return nil }
func (f *importForm) Title() string { return f.kit.t.ImportColumns }
func (f *importForm) Typing() bool  { return true }
func (f *importForm) Leave()        { _ = f.file.spool.Close() }

func (f *importForm) Keys() []binding {
	keys := []binding{on("ctrl+s", f.kit.t.KeyDryRun), on("tab", f.kit.t.KeyNextField)}
	switch fd := f.here(); {
	case fd.press != nil:
		keys = append(keys, on("enter", f.kit.t.KeyChoose))
	case len(fd.options) > 0:
		keys = append(keys, on("← →", f.kit.t.KeyChoose))
	}
	return append(keys, on("esc", f.kit.t.KeyCancel))
}

func (f *importForm) Update(msg tea.Msg) tea.Cmd { return f.form.Update(msg) }

func (f *importForm) build() []*field {
	purposes, bases := f.kit.purposeOptions(f.kit.purposeNames(nil)), []option{{text: "–"}}
	for _, b := range policy.Bases {
		bases = append(bases, option{text: f.kit.t.basis(b)})
	}
	statuses := make([]option, len(policy.Statuses))
	for i, s := range policy.Statuses {
		statuses[i] = option{text: f.kit.t.status(s)}
	}
	fs := []*field{textField("source", f.kit.t.Source, "").looked().hinted(f.kit.t.SourceHint)}
	if f.file.rows.OfCustomers() {
		fs[0].under(f.kit.t.ImportStands)
		fs = append(
			fs,
			choiceField("purpose", f.kit.t.Purpose, purposes, 0), choiceField("basis", f.kit.t.Basis, bases, 0),
			choiceField("status", f.kit.t.Status, statuses, 0).hinted(f.kit.t.ImportStatusHint),
			choiceField("again", f.kit.t.ImportTwins, []option{{text: f.kit.t.LeaveOut}, {text: f.kit.t.AddAgain}, {text: f.kit.t.Dupe.FillIn}}, 0),
		)
	}
	columns := len(fs)
	for i := range f.mapping.Columns() {
		fs = append(fs, f.columnField(i))
	}
	fs[columns].under(fmt.Sprintf(f.kit.t.ImportFound, f.kit.num(f.file.preview.Rows), text.Clean(f.file.preview.Encoding)))
	return fs
}

// columnField shows what a column means, with a value from the file.
func (f *importForm) columnField(i int) *field {
	name := f.mapping.Columns()[i].Name
	fd := &field{name: fmt.Sprintf("column.%d", i), label: text.Clean(name)}
	fd.shows = func() string {
		meaning := f.kit.t.sheetField(f.mapping.Columns()[i].Field)
		return pad(meaning, 20) + f.sample(i)
	}
	fd.press = func() tea.Cmd {
		options := []option{{text: f.kit.t.sheetField("")}}
		for _, s := range f.mapping.Schema().Fields() {
			options = append(options, option{text: f.kit.t.sheetField(s), hint: string(s)})
		}
		return show(newChoose(f.kit, text.Clean(name), options, func(n int) tea.Cmd { return f.mean(i, n) }))
	}
	return fd
}

func (f *importForm) mean(column, n int) tea.Cmd {
	var meaning sheet.Field
	if n > 0 {
		meaning = f.mapping.Schema().Fields()[n-1]
	}
	f.changed = true
	return f.kit.fail(f.mapping.Set(column, meaning))
}

// sample is the first value of a column that isn't empty.
func (f *importForm) sample(i int) string {
	for _, row := range f.file.preview.Sample {
		if i < len(row) && strings.TrimSpace(row[i]) != "" {
			return "„" + cut(text.Clean(row[i]), 30) + "”"
		}
	}
	return ""
}

// request is the import as the form says it.
func (f *importForm) request() (ops.Import, error) {
	in := ops.Import{Rows: f.file.rows, Source: text.New(f.value("source")), Mapping: f.mapping.String()}
	if in.Source.IsZero() {
		return in, policy.Errorf(policy.Invalid, "Say where the data comes from (art. 14 GDPR).").On("source")
	}
	if !in.Rows.OfCustomers() {
		return in, nil
	}
	in.Status = policy.Statuses[f.field("status").chosen]
	in.Twins = []ops.TwinRows{ops.SkipTwins, ops.AddTwins, ops.FillTwins}[f.field("again").chosen]
	purpose, basis := f.field("purpose").chosen, f.field("basis").chosen
	if purpose == 0 || basis == 0 {
		return in, policy.Errorf(policy.Invalid, "Say for which purpose and on which basis this is kept (art. 6(1) GDPR).").On("basis")
	}
	in.Ground = policy.Ground{Purpose: policy.Purpose(f.field("purpose").options[purpose].hint), Basis: policy.Bases[basis-1]}
	return in, in.Ground.CheckAmong(f.kit.purposes)
}

// try begins with a dry run: it says for each row what would happen.
func (f *importForm) try() tea.Cmd {
	in, err := f.request()
	if err != nil {
		f.blame(err)
		return nil
	}
	in.DryRun = true
	return open(newImportRun(f.kit, f.file, in))
}

func (f *importForm) View(w, height int) string { return f.form.View(w, height) }

// sheetField is what a column means, in words.
func (t *Texts) sheetField(s sheet.Field) string {
	if s == "" {
		return t.LeaveOut
	}
	return cmpOr(t.SheetFields[s], string(s))
}
