package views

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// basisSets and meansSets are what the form offers; an organisation that wants
// another combination sends it by purposes set.
var (
	basisSets = [][]policy.Basis{
		{policy.Consent},
		{policy.Contract},
		{policy.Interest},
		{policy.Obligation},
		{policy.Contract, policy.Interest},
		{policy.Contract, policy.Consent},
		{policy.Contract, policy.Obligation},
		{policy.Interest, policy.Consent},
		{policy.Contract, policy.Interest, policy.Consent},
	}
	meansSets = [][]policy.Means{
		{policy.ByMail},
		{policy.ByPhone},
		{policy.ByPost},
		{policy.ByMail, policy.ByPhone},
		{policy.ByMail, policy.ByPhone, policy.ByPost},
		{policy.ByNone},
	}
)

// offeredSets are the sets with the one that holds, and its place.
func offeredSets[T comparable](all [][]T, has []T) ([][]T, int) {
	at := slices.IndexFunc(all, func(s []T) bool {
		return len(s) == len(has) && !slices.ContainsFunc(s, func(t T) bool { return !slices.Contains(has, t) })
	})
	if at < 0 && len(has) > 0 {
		return append(slices.Clone(all), has), len(all)
	}
	return all, max(at, 0)
}

// newPurposeForm decides on a purpose; without a name it makes one.
func newPurposeForm(k *kit, p db.Purpose) *shortForm {
	t := &k.t.Consent
	title := fmt.Sprintf(t.EditTitle, k.purposeName(p.Name))
	var fields []*field
	if p.Name == "" {
		title = t.NewTitle
		fields = append(fields, textField("purpose", t.Name, "").hinted(t.NameHint))
	}
	bases, basis := offeredSets(basisSets, p.Bases)
	means, mean := offeredSets(meansSets, p.Means)
	yesNo := []option{{text: t.No}, {text: t.Yes}}
	fields = append(fields,
		textField("title", t.TitleNL, p.Title.NL.String()), textField("title.en", t.TitleEN, p.Title.EN.String()),
		choiceField("bases", t.BasesHead, setOptions(bases, func(s []policy.Basis) string { return k.basesWords(s, false) }), basis),
		choiceField("means", t.MeansHead, setOptions(means, k.meansWords), mean),
		choiceField("marketing", t.Marketing, yesNo, oneIf(p.Marketing)), choiceField("soft", t.Soft, yesNo, oneIf(p.Soft)),
		textField("consent_months", t.Months, strconv.Itoa(p.ConsentMonths)).hinted(t.MonthsHint),
		textField("categories", t.DataNL, p.Categories.NL.String()), textField("categories.en", t.DataEN, p.Categories.EN.String()),
		textField("recipients", t.ToNL, p.Recipients.NL.String()), textField("recipients.en", t.ToEN, p.Recipients.EN.String()),
		textField("retention", t.KeepNL, p.Retention.NL.String()), textField("retention.en", t.KeepEN, p.Retention.EN.String()),
		textField("wording", t.AskNL, p.Wording.NL.String()), textField("wording.en", t.AskEN, p.Wording.EN.String()),
		choiceField("retired", t.State, []option{{text: t.InUse}, {text: t.OutOfUse}}, oneIf(p.Retired)),
		textField("reason", t.Why, "").hinted(t.WhyHint))
	s := newShortForm(k, title, fields)
	s.form.save = func() tea.Cmd { return savePurpose(s, p, bases, means) }
	return s
}

func oneIf(yes bool) int { return map[bool]int{true: 1}[yes] }

func setOptions[T any](all [][]T, words func([]T) string) []option {
	options := make([]option, len(all))
	for i, s := range all {
		options[i] = option{text: words(s)}
	}
	return options
}

func savePurpose(s *shortForm, was db.Purpose, bases [][]policy.Basis, means [][]policy.Means) tea.Cmd {
	f, p := s.form, was.PurposeRules
	both := func(name string) policy.Both {
		return policy.Both{NL: text.NewBlock(f.value(name)), EN: text.NewBlock(f.value(name + ".en"))}
	}
	if p.Name == "" {
		p.Name = policy.Purpose(f.value("purpose"))
	}
	p.Bases, p.Means = bases[f.field("bases").chosen], means[f.field("means").chosen]
	p.Marketing, p.Soft, p.Retired = f.field("marketing").chosen == 1, f.field("soft").chosen == 1, f.field("retired").chosen == 1
	p.Title, p.Categories, p.Recipients, p.Retention, p.Wording = both("title"), both("categories"), both("recipients"), both("retention"), both("wording")
	var err error
	if p.ConsentMonths, err = strconv.Atoi(f.value("consent_months")); err != nil {
		p.ConsentMonths = -1 // which is refused at its field
	}
	acts, actor, why := s.kit.Ops, s.kit.Actor, text.New(f.value("reason"))
	return submit(s, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.SetPurpose(ctx, actor, p, was.Version, why)
	}, func(struct{}) tea.Cmd {
		return tea.Batch(closeView(s), notify(noteGood, s.kit.t.Consent.Saved), s.kit.learnPurposes())
	})
}
