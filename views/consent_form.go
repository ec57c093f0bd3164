package views

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// saidKinds are what a colleague records, in the order of the form. Nothing is
// chosen beforehand that would be a yes.
var saidKinds = []policy.ConsentKind{policy.Withdrawn, policy.Objected, policy.Given, policy.Offered, policy.Lifted}

// newConsentForm records what a person said about a purpose. The words to which a
// yes is kept stand on top, to be read out.
func newConsentForm(k *kit, c db.Customer) *shortForm {
	t := &k.t.Consent
	kinds := []option{{text: "–"}}
	for _, kind := range saidKinds {
		kinds = append(kinds, option{text: t.Kinds[kind]})
	}
	channels := []option{{text: "–"}}
	for _, how := range policy.Channels {
		channels = append(channels, option{text: t.Channels[how]})
	}
	s := newShortForm(k, fmt.Sprintf(t.SayTitle, c.Name().String()), []*field{
		choiceField("kind", t.What, kinds, 0), choiceField("purpose", t.ForWhat, k.purposeOptions(k.purposeNames(c.Grounds)), 0),
		choiceField("how", t.How, channels, 0), textField("at", t.Day, "").hinted(t.DayHint),
		choiceField("language", t.AskedIn, []option{{text: "Nederlands", hint: "nl"}, {text: "English", hint: "en"}}, max(slices.Index([]string{"nl", "en"}, c.Language.String()), 0)),
		textField("address", t.Address, "").hinted(t.AddressHint), textField("remark", t.Remark, "").looked(),
	})
	s.above = func(w int) []string { return s.wordsAloud(w) }
	request := ops.NewRequestKey()
	s.form.save = func() tea.Cmd { return saveConsent(s, c.ID, request) }
	return s
}

// wordsAloud are what is asked for the purpose that is chosen, or that a no counts
// at once.
func (s *shortForm) wordsAloud(w int) []string {
	t := &s.kit.t.Consent
	kind, purpose := saidIn(s.form)
	if kind.No() {
		return indent(wrap(t.AtOnce, w-6), w)
	}
	p, err := policy.FindPurpose(s.kit.purposes, purpose)
	if err != nil || !kind.Yes() {
		return nil
	}
	words := text.Clean(p.Wording.In(s.form.field("language").options[s.form.field("language").chosen].hint))
	return append([]string{"   " + s.kit.st.faint.of(t.ReadOut)}, indent(wrap("„"+words+"”", w-6), w)...)
}

func saidIn(f *form) (kind policy.ConsentKind, purpose policy.Purpose) {
	if n := f.field("kind").chosen; n > 0 {
		kind = saidKinds[n-1]
	}
	fd := f.field("purpose")
	return kind, policy.Purpose(fd.options[fd.chosen].hint)
}

func saveConsent(s *shortForm, customer int64, request ops.RequestKey) tea.Cmd {
	f, acts, actor, t := s.form, s.kit.Ops, s.kit.Actor, &s.kit.t.Consent
	r := ops.Recording{Customer: customer, Address: text.New(f.value("address")), Remark: text.NewBlock(f.value("remark"))}
	r.Kind, r.Purpose = saidIn(f)
	if n := f.field("how").chosen; n > 0 {
		r.How = policy.Channels[n-1]
	}
	r.Language = f.field("language").options[f.field("language").chosen].hint
	day := f.value("at")
	return submit(s, func(ctx context.Context) (int64, error) {
		at, err := acts.StartOfDay(ctx, day)
		if err != nil {
			return 0, err
		}
		r.At = at
		return acts.RecordConsent(ctx, actor, r, request)
	}, func(int64) tea.Cmd {
		return tea.Batch(closeView(s), notify(noteGood, t.Recorded), send(changedMsg{customer}))
	})
}
