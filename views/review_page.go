package views

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html/template"
	"strings"
	"time"

	"balie/ops"
	"balie/policy"
)

// reviewPage is the record of a review as a page to read, in one file that asks
// nothing of any server. The signed record is inside, so that the page can be
// checked against it.
const reviewPage = `<!doctype html>
<html lang="{{.Lang}}">
<head><meta charset="utf-8"><title>{{.Title}}</title>
<style>
body { font: 14px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #111; background: #fff }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top }
td.n, th.n { text-align: right }
.note { color: #555; overflow-wrap: anywhere }
</style></head>
<body>
<h1>{{.Title}}</h1>
<p>{{.Intro}}</p>
{{with .Whom}}<p>{{.}}</p>
{{end}}<table>
<tr>{{range .Heads}}<th{{if .Right}} class="n"{{end}}>{{.Text}}</th>{{end}}</tr>
{{range .Rows}}<tr>{{range .}}<td{{if .Right}} class="n"{{end}}>{{.Text}}</td>{{end}}</tr>
{{end}}</table>
<h2>{{.StepsTitle}}</h2>
<table>
{{range .Steps}}<tr>{{range .}}<td>{{.}}</td>{{end}}</tr>
{{end}}</table>
<p class="note">{{.Signed}}</p>
<p class="note">{{.Verify}}</p>
<script type="text/plain" id="record">
{{.Record}}
</script>
</body>
</html>
`

var reviewPageTemplate = template.Must(template.New("review").Parse(reviewPage))

type (
	pageCell struct {
		Text  string
		Right bool
	}
	pageData struct {
		Lang, Title, Intro, Whom, StepsTitle, Signed, Verify string
		Heads                                                []pageCell
		Rows                                                 [][]pageCell
		Steps                                                [][]string
		Record                                               template.JS
	}
)

// ReviewPage is a record as a page to read, in Dutch for "nl", else in English.
// The same record gives the same bytes.
func ReviewPage(lang string, r ops.Record) []byte {
	if lang != "nl" {
		lang = "en"
	}
	p := page{newKit(&Session{Lang: lang}), r}
	var b bytes.Buffer
	if err := reviewPageTemplate.Execute(&b, p.data()); err != nil {
		panic(err) // the template above does not fit its data
	}
	return b.Bytes()
}

// page renders in the organisation's words; its times are in UTC, wherever it
// is checked.
type page struct {
	kit *kit
	r   ops.Record
}

func (p page) data() pageData {
	t, r := &p.kit.t.Access, p.r.Review
	d := pageData{
		Lang: p.kit.Lang, Title: fmt.Sprintf(t.PageTitle, policy.ReviewName(r.Period, int(r.ID))), StepsTitle: t.PageSteps,
		Intro:  fmt.Sprintf(t.PageIntro, p.at(r.OpenedAt), p.at(r.Due), p.at(r.ClosedAt), p.at(r.Since), p.at(r.Until)),
		Signed: fmt.Sprintf(t.PageSigned, hex.EncodeToString(p.r.Public), p.r.Digest()), Verify: t.PageVerify,
		Whom:   joinNonEmpty(" · ", r.Person, p.kit.t.role(r.Role), r.Reason.String()),
		Record: template.JS(base64.StdEncoding.EncodeToString(p.r.Bytes())), // letters, digits, + / and = alone
	}
	for i, h := range []string{t.Who, t.Grant, t.Since, t.Keys, t.LastUsed, t.Viewed, t.Usual, t.Decision, t.Reviewer, t.Why} {
		d.Heads = append(d.Heads, pageCell{h, i == 5 || i == 6})
	}
	for _, i := range p.r.Items {
		d.Rows = append(d.Rows, p.row(i))
	}
	of := map[int32]string{}
	for _, i := range p.r.Items {
		of[i.Grant] = i.Login + " — " + p.kit.t.role(i.Role)
	}
	for _, s := range p.r.Steps {
		d.Steps = append(d.Steps, []string{p.at(s.At), p.by(s.By), of[s.Grant], p.kit.stepWords(s.What), s.Detail.String()})
	}
	return d
}

func (p page) at(t time.Time) string { return t.UTC().Format("2006-01-02 15:04Z") }

func (p page) by(login string) string {
	if login == "" {
		return p.kit.t.Access.ByItself
	}
	return login
}

func (p page) row(i ops.RecordItem) []pageCell {
	t := &p.kit.t.Access
	used, usual := t.Never, "–"
	if i.LastUsed != nil {
		used = p.at(*i.LastUsed)
	}
	if i.Usual != nil {
		usual = fmt.Sprint(*i.Usual)
	}
	viewed := fmt.Sprint(i.Viewed)
	if i.MuchMore {
		viewed += " ▲"
	}
	if i.Unused {
		used += " (" + strings.TrimPrefix(t.Unused, "? ") + ")"
	}
	var keys []string
	for _, k := range i.Keys {
		keys = append(keys, k.Name.String()+" "+k.Kind)
	}
	why := joinNonEmpty(" · ", i.Why.String(), p.kit.t.role(i.NewRole))
	if i.NewUntil != nil {
		why = joinNonEmpty(" · ", why, t.PageUntil+" "+p.at(*i.NewUntil))
	}
	return []pageCell{
		{Text: i.Name.String() + " (" + i.Login + ")"},
		{Text: p.kit.t.role(i.Role)},
		{Text: p.at(i.Since)},
		{Text: strings.Join(keys, ", ")},
		{Text: used},
		{viewed, true},
		{usual, true},
		{Text: t.Decisions[i.Decision] + ", " + p.by(i.DecidedBy)},
		{Text: joinNonEmpty(", ", i.Reviewer, t.By[i.By])},
		{Text: why},
	}
}

const recordMark = "<script type=\"text/plain\" id=\"record\">\n"

// ReadReviewPage checks a page against the signed record inside it: that is as
// it was signed, and the page says what it says. See ops.ReadRecord for key.
func ReadReviewPage(file []byte, key ed25519.PublicKey) (ops.Record, error) {
	_, rest, found := bytes.Cut(file, []byte(recordMark))
	encoded, _, also := bytes.Cut(rest, []byte("\n"))
	raw, err := base64.StdEncoding.DecodeString(string(encoded))
	if !found || !also || err != nil {
		return ops.Record{}, policy.Errorf(policy.Conflict, "There is no whole record in this page: it was edited, or is another page.")
	}
	r, err := ops.ReadRecord(raw, key)
	if err != nil {
		return r, err
	}
	for _, lang := range []string{"en", "nl"} {
		if bytes.Contains(file, []byte(`<html lang="`+lang+`">`)) {
			return r, samePage(file, ReviewPage(lang, r))
		}
	}
	return r, samePage(file, ReviewPage("en", r))
}

func samePage(file, want []byte) error {
	if bytes.Equal(file, want) {
		return nil
	}
	return policy.Errorf(policy.Conflict, "Line %d of the page was edited: it does not say what the record inside it says.", ops.FirstDifference(file, want))
}
