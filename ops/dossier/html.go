package dossier

import (
	"html/template"
	"io"
)

// page is what is read: no scripts, nothing from elsewhere.
var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="{{.Lang}}"><meta charset="utf-8"><title>{{.Title}}</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem;border-bottom:1px solid #bbb}
small{color:#555}table{border-collapse:collapse;width:100%;font-size:.85rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid #ddd;white-space:pre-wrap;overflow-wrap:anywhere}
@media print{body{margin:0;max-width:none}}
</style>
<h1>{{.Title}}</h1><p>{{.About}}</p>
{{range .Info}}<h2>{{.Title}} <small>{{.Article}}</small></h2>{{if .Lines}}<ul>{{range .Lines}}<li>{{.}}</li>{{end}}</ul>{{end}}
{{end}}<h1>{{.Copy}}</h1>
{{range .Sections}}<h2>{{.Title}} <small>{{len .Rows}}</small></h2>
<table><tr>{{range .Heads}}<th>{{.}}</th>{{end}}</tr>
{{range .Rows}}<tr>{{range .}}<td>{{.}}</td>{{end}}</tr>
{{end}}</table>
{{end}}</html>
`))

// shown is the dossier in words.
type shown struct {
	Lang, Title, About, Copy string
	Info                     []shownItem
	Sections                 []shownSection
}

type shownItem struct {
	Title, Article string
	Lines          []string
}

type shownSection struct {
	Title string
	Heads []string
	Rows  [][]string
}

func (d Dossier) shown() shown {
	s := shown{Lang: d.Lang, Title: d.Say(title(d)), About: d.Say(about(d)), Copy: d.Say(copyTitle)}
	for _, i := range d.Info {
		s.Info = append(s.Info, shownItem{d.Say(i.Title), i.Article, i.Lines})
	}
	for _, sec := range d.filled() {
		s.Sections = append(s.Sections, d.shownSection(sec))
	}
	return s
}

// shownSection leaves out columns in which nothing stands.
func (d Dossier) shownSection(sec Section) shownSection {
	out := shownSection{Title: d.Say(sec.Title)}
	var at []int
	for i, f := range sec.Fields {
		if used(sec, i) {
			at, out.Heads = append(at, i), append(out.Heads, d.Say(f.Meaning))
		}
	}
	for _, r := range sec.Rows {
		cells := make([]string, len(at))
		for i, n := range at {
			cells[i] = r.Cells[n]
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func used(sec Section, i int) bool {
	for _, r := range sec.Rows {
		if r.Cells[i] != "" {
			return true
		}
	}
	return false
}

func (d Dossier) writeHTML(w io.Writer) error { return page.Execute(w, d.shown()) }
