package views

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

const partFields = "part."

// newDealForm changes a deal, or makes a new one with d.Customer; convert comes
// from newConvertForm.
func newDealForm(k *kit, d db.Deal, parts []db.Part) *shortForm {
	t := &k.t.Deal
	title := t.FormTitle
	if d.ID == 0 {
		title = t.FormNew
	}
	value := ""
	if d.Value != 0 {
		value = d.Value.String()
	}
	if k.Lang == "nl" {
		value = strings.Replace(value, ".", ",", 1)
	}
	s := newShortForm(k, title, []*field{
		textField("title", t.Deal, d.Title.String()).looked().hinted(t.TitleHint), textField("value", t.Value, value),
		textField("expected", t.Expected, isoDay(d)).hinted(t.DayHint), textField("next", t.Next, d.Next.String()).looked().hinted(t.NextHint),
		textField("remark", t.Remark, d.Remark.String()).looked(),
	})
	s.about = db.Record{Kind: policy.RecordDeal, ID: d.ID}
	s.above = func(w int) []string { return []string{" " + k.st.strong.of(cut(d.Name.String(), w-2))} }
	if k.Actor.Role == policy.Manager {
		s.form.fields = append(s.form.fields, ownerField(k, d.Owner))
	}
	s.form.fields = append(s.form.fields, k.ownFields(policy.OfDeal, d.Values)...)
	for _, p := range parts {
		addPart(s.form, p)
	}
	s.begin = func() tea.Cmd { return offerParts(s, d) }
	request := ops.NewRequestKey()
	s.form.save = func() tea.Cmd { return saveDeal(s, &d, false, request) }
	return s
}

func isoDay(d db.Deal) string {
	if d.Expected.IsZero() {
		return ""
	}
	return d.Expected.Format("2006-01-02")
}

// ownerField is who works on it.
func ownerField(k *kit, owner int32) *field {
	ids := k.teammates()
	if owner != 0 && !slices.Contains(ids, owner) {
		ids = append(ids, owner)
	}
	options := []option{{text: k.t.Deal.Customer + ": " + strings.ToLower(k.t.Owner)}}
	for _, id := range ids {
		options = append(options, option{text: k.colleague(id), hint: strconv.Itoa(int(id))})
	}
	return choiceField("owner", k.t.Deal.Owner, options, slices.Index(ids, owner)+1)
}

func addPart(f *form, p db.Part) {
	name := partFields + strconv.FormatInt(p.Contact, 10)
	if f.field(name) == nil {
		f.fields = append(f.fields, textField(name, fmt.Sprintf(f.k.t.Deal.PartOf, p.Name.String()), p.Part.String()).looked().hinted(f.k.t.Deal.PartHint))
	}
}

// maxOffered is how many contacts of a company the form offers a part to.
const maxOffered = 8

// offerParts adds a field for each contact of a company.
func offerParts(s *shortForm, d db.Deal) tea.Cmd {
	acts, actor := s.kit.Ops, s.kit.Actor
	if !s.kit.may(policy.DealCreate) {
		return nil
	}
	return ask(s.kit, &s.looks, func(ctx context.Context) (ops.Sight, error) {
		return acts.ViewCustomer(ctx, actor, d.Customer)
	}, func(sight ops.Sight, err error) tea.Cmd {
		for i, c := range sight.Contacts {
			if i < maxOffered {
				addPart(s.form, db.Part{Contact: c.ID, Name: c.Name()})
			}
		}
		return s.kit.fail(err)
	})
}

// newConvertForm makes a lead a customer with a deal, in one act.
func newConvertForm(k *kit, c db.Customer) *shortForm {
	d := db.Deal{Customer: c.ID, Name: c.Name()}
	s := newDealForm(k, d, nil)
	s.title = k.t.Deal.FormConvert
	request := ops.NewRequestKey()
	s.form.save = func() tea.Cmd { return saveDeal(s, &d, true, request) }
	return s
}

// dealOf is the deal as the form has it.
func dealOf(s *shortForm, d db.Deal) (db.Deal, error) {
	f := s.form
	d.Title, d.Next, d.Remark = text.New(f.value("title")), text.New(f.value("next")), text.NewBlock(f.value("remark"))
	var err error
	d.Value = 0
	if v := f.value("value"); v != "" {
		if d.Value, err = policy.ParseCents(v); err != nil {
			f.field("value").err = s.kit.sentence(err)
			return d, err
		}
	}
	if d.Expected, err = ops.ParseDay(f.value("expected")); err != nil {
		f.field("expected").err = s.kit.sentence(err)
		return d, err
	}
	if fd := f.field("owner"); fd != nil {
		id, _ := strconv.Atoi(fd.options[fd.chosen].hint)
		if d.Owner = int32(id); id == 0 && d.ID != 0 {
			d.Owner = s.kit.Actor.ID
		}
	}
	d.Values = s.kit.ownValues(f, d.Values)
	d.Parts = nil
	for _, fd := range f.fields {
		number, is := strings.CutPrefix(fd.name, partFields)
		if id, err := strconv.ParseInt(number, 10, 64); is && err == nil && fd.value() != "" {
			d.Parts = append(d.Parts, db.Part{Contact: id, Part: text.New(fd.value())})
		}
	}
	slices.SortFunc(d.Parts, func(a, b db.Part) int { return int(a.Contact - b.Contact) })
	return d, nil
}

func saveDeal(s *shortForm, was *db.Deal, convert bool, request ops.RequestKey) tea.Cmd {
	d, err := dealOf(s, *was)
	if err != nil {
		return nil // said at its field
	}
	acts, actor, t := s.kit.Ops, s.kit.Actor, &s.kit.t.Deal
	if was.ID == 0 {
		return submit(s, func(ctx context.Context) (db.Deal, error) { return acts.CreateDeal(ctx, actor, d, convert, request) },
			func(made db.Deal) tea.Cmd {
				said := fmt.Sprintf(t.Added, made.Title.String())
				if convert {
					said = fmt.Sprintf(t.Converted, made.Name.String())
				}
				return tea.Batch(s.instead(newDeal(s.kit, made.ID)), notify(noteGood, said))
			})
	}
	return submitOr(s, s.kit.mergingDeals(), *was, d, request)
}

// convert makes the lead on the screen a customer with a deal.
func (c *customer) convert() tea.Cmd {
	switch {
	case !c.kit.may(policy.DealCreate):
		return notify(noteWarn, c.kit.t.OffRole)
	case c.sight.Status != policy.Lead:
		return notify(noteWarn, c.kit.t.Deal.OffLead)
	}
	return open(newConvertForm(c.kit, c.sight.Customer))
}
