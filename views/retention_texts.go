package views

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// retentionTexts are those of how long what is kept.
type retentionTexts struct {
	Title, Rule, Term, From, AgreedBy, Waits, Reason, Source, Counted, Changed               string
	NoEnd, By, Because, Since, HeldBy, HeldUntil, PutAway, WaitsFor, NotAgreed               string
	KeyChange, KeyAgree, KeyTakeBack, KeyPlan, KeyHolds, OffNothingWaits, OffOwn             string
	ChangeTitle, TermHint, StartHint, ChangeDone, AgreeAsk, AgreeDetail, Agreed, TookOff     string
	PlanTitle, PlanRule, PlanAway, PlanHeld, PlanNone, PlanMore, HoldsTitle, NoHolds, KeyEnd string
	EndAsk, EndHint, EndDone, KeyHold, HoldTitle, HoldSort, HoldUntil, UntilHint             string
	HoldWhy, HoldWhyHint, HoldDone, Never, Long, Waiting, Tonight                            string
	Starts                                                                                   map[policy.StartEvent]string
	Held                                                                                     map[policy.HeldBy]string
	Rules                                                                                    map[policy.RuleKey]string
	Units, One                                                                               map[policy.TermUnit]string
}

func retentionEntries(k *kit) []entry {
	return []entry{
		{name: "retention", title: k.t.Retention.Title, act: policy.RetentionSet, run: func(string) tea.Cmd { return goTo(newRetention(k)) }},
		{name: "holds", title: k.t.Retention.HoldsTitle, act: policy.RetentionHolds, run: func(string) tea.Cmd { return goTo(newHolds(k)) }},
	}
}

func englishRetention() retentionTexts {
	return retentionTexts{
		Title: "How long what is kept", Rule: "Rule", Term: "Term", From: "Since", AgreedBy: "Agreed by", Waits: "Waits", Reason: "Reason", Source: "Rests on", Counted: "Counted", Changed: "Proposed by",
		NoEnd: "no term runs", By: "rule %s", Because: "because %s %s", HeldBy: "stays: %s", HeldUntil: "through %s", PutAway: "! put away since %s, erased after that by the nightly sweep",
		WaitsFor: "waits for an end that nobody recorded: %s", NotAgreed: "nobody has agreed to this rule yet", Tonight: "put away by the next nightly sweep, and erased after that", Since: "since",
		KeyChange: "change", KeyAgree: "agree", KeyTakeBack: "take back", KeyPlan: "whom it takes", KeyHolds: "holds", OffNothingWaits: "nothing waits", OffOwn: "not your own: another person agrees",
		ChangeTitle: "Change rule %s", TermHint: "as 2 years, 18 months or 4 weeks", StartHint: "what it counts from", ChangeDone: "It waits for another person to agree.",
		AgreeAsk: "Let rule %s take customers after %s, since %s?", AgreeDetail: "From the next night on: first put away for the officer only, then erased. Look first with D whom it takes.", Agreed: "Agreed: it counts from the next night on.", TookOff: "Taken back.",
		PlanTitle: "Whom the rules take today", PlanRule: "%s: %s", PlanAway: "put away before: %s, erased tonight: %s", PlanHeld: "held: %s", PlanNone: "nobody", PlanMore: "… and %s more", Waiting: "to agree",
		HoldsTitle: "Kept beyond the term", NoHolds: "Nobody is held. Hold a customer from its screen, with H.", KeyEnd: "end it",
		EndAsk: "Why does it end?", EndHint: "kept with the customer", EndDone: "It has ended.", KeyHold: "hold",
		HoldTitle: "Keep %s longer", HoldSort: "Because of", HoldUntil: "Through", UntilHint: "the last day, as 2027-03-01", HoldWhy: "Why", HoldWhyHint: "sealed with the customer", HoldDone: "It is kept.",
		Never: "never", Long: "! beyond three years: the reason must say why (art. 5(1)(e) GDPR)",
		Starts: map[policy.StartEvent]string{policy.FromContact: "last contact", policy.FromContract: "end of contract", policy.FromBookYear: "end of book year", policy.FromProcedure: "end of procedure"},
		Held: map[policy.HeldBy]string{
			policy.HeldLegally: "a legal hold", policy.HeldLonger: "a documented reason", policy.HeldStill: "restricted (art. 18 GDPR)", policy.HeldRequest: "an open request of the person", policy.HeldUnpaid: "an unpaid invoice", policy.HeldDeal: "an open deal",
		},
		Rules: map[policy.RuleKey]string{
			policy.RuleLead: "leads", policy.RuleCustomer: "customers", policy.RuleFormer: "former customers", policy.RuleApplicant: "applicants", policy.RulePool: "applicants who consented", policy.RuleInvoice: "invoices",
		},
		Units: map[policy.TermUnit]string{policy.Weeks: "weeks", policy.Months: "months", policy.Years: "years"},
		One:   map[policy.TermUnit]string{policy.Weeks: "week", policy.Months: "month", policy.Years: "year"},
	}
}

func dutchRetention() retentionTexts {
	return retentionTexts{
		Title: "Bewaartermijnen", Rule: "Regel", Term: "Termijn", From: "Vanaf", AgreedBy: "Akkoord van", Waits: "Wacht", Reason: "Reden", Source: "Berust op", Counted: "Geteld", Changed: "Voorgesteld door",
		NoEnd: "er loopt geen termijn", By: "regel %s", Because: "omdat %s %s", HeldBy: "blijft: %s", HeldUntil: "tot en met %s", PutAway: "! weggezet sinds %s, daarna gewist door de nachtelijke ronde",
		WaitsFor: "wacht op een einde dat niemand vastlegde: %s", NotAgreed: "nog niemand gaf akkoord op deze regel", Tonight: "de volgende nacht weggezet, en daarna gewist", Since: "sinds",
		KeyChange: "wijzig", KeyAgree: "akkoord", KeyTakeBack: "neem terug", KeyPlan: "wie gaat", KeyHolds: "bewaarredenen", OffNothingWaits: "er wacht niets", OffOwn: "niet die van jezelf: een ander gaat akkoord",
		ChangeTitle: "Regel %s wijzigen", TermHint: "zoals 2 jaar, 18 maanden of 4 weken", StartHint: "waarvan het telt", ChangeDone: "Het wacht op het akkoord van een ander.",
		AgreeAsk: "Regel %s klanten laten weghalen na %s, vanaf %s?", AgreeDetail: "Vanaf de komende nacht: eerst weggezet, alleen voor de functionaris, dan gewist. Kijk eerst met D wie er gaat.", Agreed: "Akkoord: het telt vanaf de komende nacht.", TookOff: "Teruggenomen.",
		PlanTitle: "Wie er vandaag door de regels gaat", PlanRule: "%s: %s", PlanAway: "eerder weggezet: %s, vannacht gewist: %s", PlanHeld: "vastgehouden: %s", PlanNone: "niemand", PlanMore: "… en nog %s", Waiting: "akkoord nodig",
		HoldsTitle: "Langer bewaard", NoHolds: "Niemand wordt vastgehouden. Houd een klant vast vanaf zijn scherm, met H.", KeyEnd: "beëindig",
		EndAsk: "Waarom eindigt het?", EndHint: "bewaard bij de klant", EndDone: "Het is beëindigd.", KeyHold: "houd vast",
		HoldTitle: "%s langer bewaren", HoldSort: "Vanwege", HoldUntil: "Tot en met", UntilHint: "de laatste dag, als 2027-03-01", HoldWhy: "Waarom", HoldWhyHint: "verzegeld bij de klant", HoldDone: "Het blijft bewaard.",
		Never: "nooit", Long: "! langer dan drie jaar: de reden moet zeggen waarom (art. 5 lid 1 e AVG)",
		Starts: map[policy.StartEvent]string{policy.FromContact: "laatste contact", policy.FromContract: "einde contract", policy.FromBookYear: "einde boekjaar", policy.FromProcedure: "einde procedure"},
		Held: map[policy.HeldBy]string{
			policy.HeldLegally: "een claim", policy.HeldLonger: "een vastgelegde reden", policy.HeldStill: "beperkt (art. 18 AVG)", policy.HeldRequest: "een lopend verzoek van de persoon", policy.HeldUnpaid: "een onbetaalde factuur", policy.HeldDeal: "een open kans",
		},
		Rules: map[policy.RuleKey]string{
			policy.RuleLead: "leads", policy.RuleCustomer: "klanten", policy.RuleFormer: "oud-klanten", policy.RuleApplicant: "sollicitanten", policy.RulePool: "sollicitanten met toestemming", policy.RuleInvoice: "facturen",
		},
		Units: map[policy.TermUnit]string{policy.Weeks: "weken", policy.Months: "maanden", policy.Years: "jaar"},
		One:   map[policy.TermUnit]string{policy.Weeks: "week", policy.Months: "maand", policy.Years: "jaar"},
	}
}

func (t *retentionTexts) rule(k policy.RuleKey) string { return cmpOr(t.Rules[k], string(k)) }

func (t *retentionTexts) term(r policy.RetentionTerm) string {
	if r.N == 1 {
		return "1 " + t.One[r.Unit]
	}
	return fmt.Sprintf("%d %s", r.N, t.Units[r.Unit])
}

// stayLines say when a customer leaves, by which rule and because of what.
func (k *kit) stayLines(s ops.Stay) []string {
	t := &k.t.Retention
	var lines []string
	if s.Archived != nil {
		lines = append(lines, fmt.Sprintf(t.PutAway, k.day(*s.Archived)))
	}
	r, _ := k.schedule.Find(s.Rule)
	switch {
	case s.Rule == "":
		lines = append(lines, t.NoEnd)
	case s.On.IsZero():
		lines = append(lines, fmt.Sprintf(t.WaitsFor, t.Starts[s.Start])+", "+fmt.Sprintf(t.By, t.rule(s.Rule)))
	default:
		because := fmt.Sprintf(t.Because, t.Starts[s.Start], k.day(s.Since))
		lines = append(lines, joinNonEmpty(", ", k.endsOn(s.On).text, fmt.Sprintf(t.By, t.rule(s.Rule)), because)+" ("+t.term(r.Term)+", "+k.t.article(cmpOr(r.Source, "art. 5(1)(e) GDPR"))+")")
	}
	if s.Held != "" {
		until := ""
		if !s.Until.IsZero() {
			until = fmt.Sprintf(t.HeldUntil, k.day(s.Until))
		}
		lines = append(lines, joinNonEmpty(", ", fmt.Sprintf(t.HeldBy, t.Held[s.Held]), until))
	}
	switch {
	case s.Unapproved:
		lines = append(lines, t.NotAgreed)
	case s.Archived == nil && s.Due(k.Now()):
		lines = append(lines, t.Tonight)
	}
	return lines
}

// heldWords are how many are held by what.
func (k *kit) heldWords(held map[policy.HeldBy]int) string {
	var parts []string
	for _, h := range []policy.HeldBy{policy.HeldLegally, policy.HeldLonger, policy.HeldStill, policy.HeldRequest, policy.HeldUnpaid, policy.HeldDeal} {
		if held[h] > 0 {
			parts = append(parts, k.t.Retention.Held[h]+" "+k.num(held[h]))
		}
	}
	return strings.Join(parts, ", ")
}
