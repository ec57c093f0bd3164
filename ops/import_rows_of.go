package ops

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// deal writes one deal as DealCreate does, in the stage that comes nearest.
func (h *historyRun) deal(ctx context.Context, v sheet.Values, customer int64, request RequestKey) (err error) {
	d := db.Deal{Customer: customer, Import: h.report.ID}
	d.Title, d.Next, d.Remark = text.New(v.One(sheet.Title)), text.New(v.One(sheet.NextStep)), text.NewBlock(v.One(sheet.Note))
	if s := v.One(sheet.Amount); s != "" {
		if d.Value, err = policy.ParseCents(s); err != nil {
			return err
		}
	}
	stage := nearestStage(h.stages, v.One(sheet.Stage))
	d.Stage, d.Why = stage.ID, text.New(v.One(sheet.Why))
	if stage.Meaning == policy.StageLost && d.Why.IsZero() {
		d.Why = text.New("–") // it doesn't say
	}
	var expected, closed, created time.Time
	for _, f := range []struct {
		field sheet.Field
		into  *time.Time
	}{{sheet.Expected, &expected}, {sheet.Closed, &closed}, {sheet.Created, &created}} {
		if *f.into, err = h.dates.read(v.One(f.field)); err != nil {
			return err
		}
	}
	d.Expected, d.StageSince = h.dates.day(expected), created
	if stage.Meaning != policy.StageOpen {
		d.StageSince = firstSet(closed, expected, created)
	}
	if err := CheckDeal(d); err != nil {
		return err
	}
	if err := h.guard.pass(saidOfDeal(d)); err != nil {
		return err
	}
	_, err = addDeal(ctx, h.tx, d, false, request)
	return err
}

func firstSet(ts ...time.Time) time.Time {
	for _, t := range ts {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// stageWords are parts of what other systems call their stages, by our words.
var stageWords = []struct{ word, parts string }{
	{"won", "won gewonnen"},
	{"lost", "lost verloren afgewezen"},
	{"negotiation", "negotiat contract onderhandel perception"},
	{"quote", "quote offerte proposal proposition presentation decision"},
}

// nearestStage is the stage of that name, else the one that means the same, else
// the first.
func nearestStage(all []db.Pipeline, name string) (first db.Stage) {
	name = strings.ToLower(strings.TrimSpace(name))
	var stages []db.Stage
	for _, p := range all {
		for _, s := range p.Stages {
			if !s.Retired {
				stages = append(stages, s)
			}
		}
	}
	for _, s := range stages {
		if name != "" && (strings.EqualFold(s.Name.String(), name) || s.Name.IsZero() && s.Word == name) {
			return s
		}
	}
	for _, w := range stageWords {
		for part := range strings.FieldsSeq(w.parts) {
			for _, s := range stages {
				if strings.Contains(name, part) && (s.Word == w.word || string(s.Meaning) == w.word) {
					return s
				}
			}
		}
	}
	for _, s := range stages {
		if s.Meaning == policy.StageOpen {
			return s
		}
	}
	return first
}

// activity writes a call, mail or meeting that happened, or a note.
func (h *historyRun) activity(ctx context.Context, v sheet.Values, customer int64, request RequestKey) error {
	at, err := h.dates.read(v.One(sheet.At))
	if err != nil {
		return err
	}
	created, err := h.dates.read(v.One(sheet.Created))
	if err != nil {
		return err
	}
	at = firstSet(at, created, h.tx.Now)
	if at.After(h.tx.Now.Add(time.Minute)) {
		return policy.Errorf(policy.Invalid, "What is still to come can't have happened: give an earlier day, or write it as something to do.").On("at")
	}
	kind := deedWord(cmp.Or(v.One(sheet.Kind), h.preview.System.Kind, "call"))
	if kind == "note" {
		body := strings.TrimSpace(v.One(sheet.Title) + "\n" + v.One(sheet.Note))
		if body == "" || len(body) > maxNote {
			return policy.Errorf(policy.Invalid, "The note is empty, or longer than %d characters.", maxNote).On("note")
		}
		if err := h.guard.pass([]policy.Said{{Field: "note", Text: body}}); err != nil {
			return err
		}
		_, err := h.tx.AddNote(ctx, db.Note{Customer: customer, At: at, Text: text.NewBlock(body), Import: h.report.ID}, request)
		return err
	}
	a := db.Activity{Customer: customer, Deed: policy.Deed(kind), At: at, Import: h.report.ID}
	if a.Minutes, err = h.length(v, at); err != nil {
		return err
	}
	a.Subject, a.People = text.New(v.One(sheet.Title)), text.New(cmp.Or(v.One(sheet.Attendees), v.One(sheet.FullName)))
	a.Outcome, a.Text = text.New(v.One(sheet.Result)), text.NewBlock(v.One(sheet.Note))
	if err := CheckActivity(a); err != nil {
		return err
	}
	if err := h.guard.pass(saidOfActivity(a)); err != nil {
		return err
	}
	_, err = h.tx.AddActivity(ctx, a, request)
	return err
}

// deedWord is a kind of activity as we call it; one that is unknown stays, and
// is refused.
func deedWord(s string) string {
	s = strings.ToLower(s)
	return cmp.Or(map[string]string{
		"telefoon": "call", "gesprek": "call", "phone": "call", "email": "mail", "e-mail": "mail",
		"afspraak": "meeting", "vergadering": "meeting", "bezoek": "meeting", "notitie": "note",
	}[s], s)
}

// length is in minutes, however a file says it.
func (h *historyRun) length(v sheet.Values, at time.Time) (int, error) {
	until, err := h.dates.read(v.One(sheet.Until))
	if err != nil || until.After(at) {
		return int(until.Sub(at).Minutes()), err
	}
	hours, minutes := v.One(sheet.Hours), v.One(sheet.Minutes)
	if parts := strings.Split(minutes, ":"); len(parts) == 3 || len(parts) == 2 { // 00:07:30
		hours, minutes = parts[0], parts[1]
	}
	n := 0
	for _, p := range []struct {
		s    string
		each int
	}{{hours, 60}, {minutes, 1}} {
		m, err := strconv.Atoi(cmp.Or(p.s, "0"))
		if err != nil {
			return 0, policy.Errorf(policy.Invalid, "A length is in minutes, from 0 to a week.").On("minutes")
		}
		n += m * p.each
	}
	return n, nil
}

// invoice writes one of another system. What it doesn't say of net, tax and
// total follows from the rest.
func (h *historyRun) invoice(ctx context.Context, v sheet.Values, customer int64, request RequestKey) (err error) {
	p := db.PastInvoice{Customer: customer, Scope: h.scopes[customer], Import: h.report.ID}
	p.Number, p.Subject = text.New(v.One(sheet.Number)), text.New(v.One(sheet.Title))
	p.Debtor, p.Remark = text.New(cmp.Or(v.One(sheet.Company), v.One(sheet.FullName))), text.NewBlock(v.One(sheet.Note))
	for _, f := range []struct {
		field sheet.Field
		into  *policy.Cents
	}{{sheet.Net, &p.Net}, {sheet.Tax, &p.Tax}, {sheet.Total, &p.Total}, {sheet.Paid, &p.Paid}} {
		if s := v.One(f.field); s != "" {
			if *f.into, err = policy.ParseCents(s); err != nil {
				return err
			}
		}
	}
	if p.Total == 0 {
		p.Total = p.Net + p.Tax
	}
	if p.Net == 0 {
		p.Net = p.Total - p.Tax
	}
	issued, err := h.dates.read(v.One(sheet.At))
	if err != nil {
		return err
	}
	due, err := h.dates.read(v.One(sheet.Due))
	if err != nil {
		return err
	}
	p.IssuedOn, p.DueOn = h.dates.day(issued), h.dates.day(due)
	if err := checkPast(p, h.today); err != nil {
		return err
	}
	if err := h.guard.pass(saidOfPast(p)); err != nil {
		return err
	}
	return h.tx.AddPastInvoice(ctx, p, request)
}

func checkPast(p db.PastInvoice, today time.Time) error {
	switch {
	case p.Number.IsZero() || p.Debtor.IsZero():
		return policy.Errorf(policy.Invalid, "An old invoice needs its number and the debtor's name.").On("number")
	case p.IssuedOn.IsZero() || p.IssuedOn.After(today):
		return policy.Errorf(policy.Invalid, "An old invoice needs the day on which it was issued, up to today.").On("at")
	case p.Net+p.Tax != p.Total:
		return policy.Errorf(policy.Invalid, "Net and VAT together are not the total.").On("total")
	case len(p.Number.String()) > maxField || len(p.Debtor.String()) > maxField || len(p.Subject.String()) > maxField || len(p.Remark.String()) > maxNote:
		return policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxField).On("number")
	}
	return nil
}
