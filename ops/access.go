package ops

import (
	"context"
	"io"
	"strings"
	"time"

	"balie/db"
	"balie/ops/dossier"
	"balie/policy"
)

// AccessSight is what was gathered for a request, before it is released.
type AccessSight struct {
	Request RequestSight
	Dossier dossier.Dossier
	Texts   []AccessText
	Took    time.Duration
}

// Open is how many marks nobody decided about yet.
func (a AccessSight) Open() (n int) {
	for _, t := range a.Texts {
		for _, m := range t.Marks {
			if m.State == MarkOpen {
				n++
			}
		}
	}
	return n
}

// Occurrences are all places where these words stand in texts that were typed
// freely.
func (a AccessSight) Occurrences(words string) (all []db.Stretch) {
	for _, t := range a.Texts {
		for from := 0; words != ""; {
			at := strings.Index(t.Text[from:], words)
			if at < 0 {
				break
			}
			from += at + len(words)
			all = append(all, db.Stretch{Place: t.Place, Begin: from - len(words), End: from})
		}
	}
	return all
}

// Saying puts messages into a language.
type Saying func(lang string, m policy.Message) string

// GatherAccess gathers all that is held about the one who asks, in the language
// of the answer unless lang says another, and marks where it may tell about
// others.
func (o *Ops) GatherAccess(ctx context.Context, actor policy.Actor, request int64, lang string, say Saying) (a AccessSight, err error) {
	began := time.Now()
	err = o.act(ctx, handling(actor), policy.RequestGather, policy.Resource{}, func(tx *db.Tx) error {
		a, err = gather(ctx, tx, request, lang, say)
		return err
	})
	a.Took = time.Since(began)
	return a, err
}

func gather(ctx context.Context, tx *db.Tx, request int64, lang string, say Saying) (a AccessSight, err error) {
	if a.Request, err = again(ctx, tx, request); err != nil {
		return a, err
	}
	if err := unlessKnown(a.Request); err != nil {
		return a, err
	}
	if lang == "" {
		lang = a.Request.Language.String()
	}
	t, err := termsOf(ctx, tx)
	if err != nil {
		return a, err
	}
	h, err := tx.Hold(ctx, a.Request.Subject)
	if err != nil {
		return a, err
	}
	if a.Dossier, err = describe(ctx, tx, h, t, lang, say); err != nil {
		return a, err
	}
	a.Dossier.Request = "#" + a.Request.Name()
	tx.About(request)
	a.Texts, err = findMarks(ctx, tx, request, h, a.Dossier)
	return a, err
}

func unlessKnown(s RequestSight) error {
	if !s.Facts.Known {
		return policy.Errorf(policy.Conflict, "This request is about nobody among the customers: link it first, if it is.")
	}
	if s.Kind != policy.Access && s.Kind != policy.Portability {
		return policy.Errorf(policy.Conflict, "Only a request for access or portability is answered with an archive.")
	}
	return nil
}

// describe makes a dossier of a holding.
func describe(ctx context.Context, tx *db.Tx, h db.Holding, t terms, lang string, say Saying) (d dossier.Dossier, err error) {
	conf, err := configured(ctx, tx)
	if err != nil {
		return d, err
	}
	d = dossier.Dossier{House: string(conf.settings[policy.OrgName].Value), Name: h.Customer.Name().String(), On: policy.DateOf(t.now), Lang: lang}
	d.Say = func(m policy.Message) string { return say(lang, m) }
	var until db.LeavingTerms
	if err := tx.Together(ctx, tx.LeavingOf(h.Customer.ID, &until)); err != nil {
		return d, err
	}
	w := &writer{h: h, conf: conf, stay: leaving(until, tx.Now), lang: lang, say: d.Say, zone: t.now.Location()}
	d.Sections = w.sections()
	d.Info = w.info(t, d)
	for _, v := range w.evidence() {
		d.Files = append(d.Files, dossier.File{Name: v.Evidence.Name.String(), Write: func(out io.Writer) error {
			_, err := tx.ReadEvidence(ctx, v.Evidence.ID, out)
			return err
		}})
	}
	if !w.onConsentOrContract() {
		d.Portable = d.Say(policy.Message{Key: "none of the data stands on consent or a contract (art. 20(1)(a) GDPR)."})
	}
	return d, nil
}

// writer puts a holding into words.
type writer struct {
	h    db.Holding
	conf configuration
	stay Stay
	lang string
	say  func(policy.Message) string
	zone *time.Location
}

func (w *writer) onConsentOrContract() bool {
	for _, g := range w.h.Customer.Grounds {
		if g.Basis == policy.Consent || g.Basis == policy.Contract {
			return true
		}
	}
	return false
}

// column is a field of a section, and how to tell it of an entry.
type column[T any] struct {
	name    string
	meaning policy.Message
	kind    columnKind
	value   func(T) string
}

// columnKind says what a field is made of.
type columnKind int

const (
	ours     columnKind = iota // the organisation's own
	provided                   // by the person, or observed: art. 20(1) GDPR
	free                       // typed by colleagues: may tell about others
	entered                    // typed by colleagues, of what the person provided
)

// sectionOf makes a section of entries.
func sectionOf[T any](name string, title policy.Message, cols []column[T], rows []T) dossier.Section {
	s := dossier.Section{Name: name, Title: title}
	for _, c := range cols {
		s.Fields = append(s.Fields, dossier.Field{Name: c.name, Meaning: c.meaning, Free: c.kind == free || c.kind == entered, Portable: c.kind == provided || c.kind == entered})
	}
	for _, r := range rows {
		cells := make([]string, len(cols))
		for n, c := range cols {
			cells[n] = c.value(r)
		}
		s.Rows = append(s.Rows, dossier.Row{Cells: cells})
	}
	return s
}

func (w *writer) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(w.zone).Format("2006-01-02 15:04")
}

func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
