package views

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// erasureTexts are those of erasing, restricting and the suppression list.
type erasureTexts struct {
	Title, Number, When, By, Kept, KeptHead, Untold, None, Program, Reason, Rule            string
	Suppressions, Sort, Since, Lifted, NoSuppressions, KeyLift, LiftAsk, LiftHint, LiftDone string
	OffLifted, KeyAllLifted, KeyOpen, MailSort, PhoneSort, Listed                           string
	KeyTold, OffTold, ToldDone, ToldRow, ToTell                                             string
	KeyErase, KeyRestrict, KeyUnrestrict, EraseTitle, EraseType, EraseMistyped, Erased      string
	RestrictAsk, RestrictDetail, UnrestrictAsk, UnrestrictDetail, RestrictDone, RestrictOff string
	PlanFor, Goes, Stays, NothingElse, ContactsStay, TwinsStay, RecipientsTell, PlanNever   string
	HeldStays                                                                               string
	CertTitle, CertOf, CertBy, CertRule, CertErased, CertKept, CertTell, CertEnd            string
	KeptInvoice, KeptPast, KeptUnpaid, KeptMarks, KeptLog, Until                            string
	Tables                                                                                  map[string]string
}

func erasureEntries(k *kit) []entry {
	return []entry{
		{name: "erasures", title: k.t.Erasure.Title, act: policy.ErasureList, run: func(string) tea.Cmd { return goTo(newErasures(k)) }},
		{name: "suppressions", title: k.t.Erasure.Suppressions, act: policy.SuppressionList, run: func(string) tea.Cmd { return goTo(newSuppressions(k)) }},
	}
}

func englishErasure() erasureTexts {
	return erasureTexts{
		Title: "Erasures", Number: "Customer", When: "Erased", By: "By", Kept: "Invoices kept", KeptHead: "through", Untold: "To tell", Program: "the program", Reason: "Reason", Rule: "Rule",
		None:         "Nobody was erased. The privacy officer erases from a customer's screen, with E.",
		Suppressions: "Suppression list", Sort: "What", Since: "Since", Lifted: "Lifted", Listed: "on the list",
		NoSuppressions: "Nothing is on the suppression list. It gets the addresses and numbers of who is erased, as keyed hashes that nobody can read.",
		KeyLift:        "let in again", LiftAsk: "Why may this one come in again?", LiftHint: "for example: came to the counter on 3 March and ordered", LiftDone: "It may come in again.",
		OffLifted: "it is lifted already", KeyAllLifted: "lifted ones too", KeyOpen: "only what holds", MailSort: "mail address", PhoneSort: "phone number",
		KeyTold: "told", OffTold: "nobody is to be told", ToldDone: "It is noted that the recipient was told.", ToldRow: "told %s", ToTell: "to be told",
		KeyErase: "erase", KeyRestrict: "restrict", KeyUnrestrict: "end restriction",
		EraseTitle: "Erase %s", EraseType: "Type the name", EraseMistyped: "Type %s to erase: this can't be taken back.", Erased: "Erased. The certificate is number %d.",
		RestrictAsk: "Restrict %s?", RestrictDetail: "It is kept and shown, but nobody uses or changes it (art. 18 GDPR). Your recorded reason goes into its history.",
		UnrestrictAsk: "End the restriction of %s?", UnrestrictDetail: "The person is to be told before it ends (art. 18(3) GDPR).", RestrictDone: "Restricted.", RestrictOff: "The restriction has ended.",
		PlanFor: "Erasure of %s, customer %d", Goes: "Goes, for good", Stays: "Stays", NothingElse: "nothing hangs on it",
		HeldStays:      "A legal hold keeps all of it through %s: %s. Nothing is erased before it has ended; see :holds.",
		ContactsStay:   "%d people of this company have records of their own, which stay: erase those whose data stands on nothing else.",
		TwinsStay:      "Other records with the same address or number, which stay: %s.",
		RecipientsTell: "Recipients to be told (art. 19 GDPR): %d exports, listed in the certificate.",
		PlanNever:      "There is no way back: the key is destroyed, and with it every copy.",
		CertTitle:      "Certificate of erasure", CertOf: "Customer %d (%s) was erased on %s.", CertBy: "By %s, privacy officer.", CertRule: "By the clock, by retention rule %s.",
		CertErased: "Erased, with the key under which it was sealed:", CertKept: "Kept:", CertTell: "To be told of it (art. 19 GDPR):",
		CertEnd:     "This can't be undone. Physical backups forget it within the time that keys live in them.",
		KeptInvoice: "invoice %s, for the tax office", KeptPast: "%d invoices of another system, for the tax office", KeptUnpaid: "invoice %s, which is unpaid", KeptMarks: "%d keyed hashes on the suppression list, so that a list doesn't bring the person back",
		KeptLog: "the log of who saw and changed what, by number only", Until: "through %s",
		Tables: map[string]string{
			"customers": "the customer", "activities": "activities", "consents": "consents and objections, with their evidence", "audience_members": "places on mailing lists", "legal_holds": "holds", "retention_events": "recorded ends", "bases": "purposes and bases", "customer_tags": "tags", "deals": "deals", "deal_contacts": "parts in deals",
			"history": "changes in its history", "memberships": "links to companies or contacts", "notes": "notes", "tasks": "tasks", "drafts": "draft invoices",
		},
	}
}

func dutchErasure() erasureTexts {
	return erasureTexts{
		Title: "Wissingen", Number: "Klant", When: "Gewist", By: "Door", Kept: "Facturen bewaard", KeptHead: "t/m", Untold: "Te melden", Program: "het programma", Reason: "Reden", Rule: "Regel",
		None:         "Er is niemand gewist. De privacyfunctionaris wist vanaf het scherm van een klant, met E.",
		Suppressions: "Weglatingslijst", Sort: "Wat", Since: "Sinds", Lifted: "Opgeheven", Listed: "op de lijst",
		NoSuppressions: "Er staat niets op de weglatingslijst. Daarop komen de adressen en nummers van wie gewist wordt, als versleutelde afdruk die niemand kan lezen.",
		KeyLift:        "weer toelaten", LiftAsk: "Waarom mag deze weer binnenkomen?", LiftHint: "bijvoorbeeld: kwam op 3 maart aan de balie en bestelde", LiftDone: "Deze mag weer binnenkomen.",
		OffLifted: "is al opgeheven", KeyAllLifted: "ook opgeheven", KeyOpen: "alleen wat geldt", MailSort: "mailadres", PhoneSort: "telefoonnummer",
		KeyTold: "gemeld", OffTold: "er is niemand om het te melden", ToldDone: "Genoteerd dat het aan de ontvanger is gemeld.", ToldRow: "gemeld %s", ToTell: "te melden",
		KeyErase: "wis", KeyRestrict: "beperk", KeyUnrestrict: "hef beperking op",
		EraseTitle: "%s wissen", EraseType: "Typ de naam", EraseMistyped: "Typ %s om te wissen: dit is niet terug te draaien.", Erased: "Gewist. De verklaring heeft nummer %d.",
		RestrictAsk: "%s beperken?", RestrictDetail: "Het blijft bewaard en zichtbaar, maar niemand gebruikt of wijzigt het (art. 18 AVG). Je vastgelegde reden komt in de historie.",
		UnrestrictAsk: "De beperking van %s opheffen?", UnrestrictDetail: "De persoon hoort dat vooraf (art. 18 lid 3 AVG).", RestrictDone: "Beperkt.", RestrictOff: "De beperking is opgeheven.",
		PlanFor: "Wissing van %s, klant %d", Goes: "Gaat voorgoed", Stays: "Blijft", NothingElse: "er hangt niets aan",
		HeldStays:      "Een claim houdt alles vast tot en met %s: %s. Er wordt niets gewist voor die beëindigd is; zie :holds.",
		ContactsStay:   "%d mensen van dit bedrijf hebben een eigen dossier, dat blijft: wis wie op niets anders staat.",
		TwinsStay:      "Andere dossiers met hetzelfde adres of nummer, die blijven: %s.",
		RecipientsTell: "Ontvangers aan wie het te melden is (art. 19 AVG): %d exports, genoemd in de verklaring.",
		PlanNever:      "Er is geen weg terug: de sleutel wordt vernietigd, en daarmee elke kopie.",
		CertTitle:      "Verklaring van wissing", CertOf: "Klant %d (%s) is gewist op %s.", CertBy: "Door %s, privacyfunctionaris.", CertRule: "Door de klok, volgens bewaarregel %s.",
		CertErased: "Gewist, met de sleutel waaronder het verzegeld was:", CertKept: "Bewaard:", CertTell: "Te melden aan (art. 19 AVG):",
		CertEnd:     "Dit is niet terug te draaien. Fysieke back-ups vergeten het binnen de tijd dat sleutels daarin leven.",
		KeptInvoice: "factuur %s, voor de fiscus", KeptPast: "%d facturen van een ander systeem, voor de fiscus", KeptUnpaid: "factuur %s, die niet betaald is", KeptMarks: "%d versleutelde afdrukken op de weglatingslijst, zodat een lijst de persoon niet terugbrengt",
		KeptLog: "het logboek van wie wat zag en wijzigde, alleen met nummer", Until: "tot en met %s",
		Tables: map[string]string{
			"customers": "de klant", "activities": "activiteiten", "consents": "toestemmingen en bezwaren, met bewijs", "audience_members": "plaatsen op verzendlijsten", "legal_holds": "bewaarredenen", "retention_events": "vastgelegde eindes", "bases": "doelen en grondslagen", "customer_tags": "labels", "deals": "kansen", "deal_contacts": "rollen bij kansen",
			"history": "wijzigingen in de historie", "memberships": "banden met bedrijven of contacten", "notes": "notities", "tasks": "taken", "drafts": "conceptfacturen",
		},
	}
}

// table is a table in words; one without words is named.
func (t *erasureTexts) table(name string) string {
	return cmpOr(t.Tables[name], strings.ReplaceAll(name, "_", " "))
}

// keptLine is what stays, why and until when.
func (t *Texts) keptLine(k ops.CertifiedKept) string {
	e := &t.Erasure
	what := e.KeptLog
	switch k.What {
	case ops.KeptInvoice:
		what = fmt.Sprintf(e.KeptInvoice, k.Name)
	case ops.KeptUnpaid:
		what = fmt.Sprintf(e.KeptUnpaid, k.Name)
	case ops.KeptPast:
		what = fmt.Sprintf(e.KeptPast, k.N)
	case ops.KeptSuppression:
		what = fmt.Sprintf(e.KeptMarks, k.N)
	}
	if k.Until != "" {
		what += ", " + fmt.Sprintf(e.Until, k.Until)
	}
	return what + " (" + t.article(k.Ground) + ")"
}

// article names a law as the language has it.
func (t *Texts) article(s string) string {
	if t == dutchTexts() {
		return strings.NewReplacer("GDPR", "AVG", "(1)(f)", " lid 1 f", "(3)(b)", " lid 3 b", "(3)", " lid 3").Replace(s)
	}
	return s
}

// PlanLines say what an erasure would do.
func PlanLines(lang string, p ops.ErasurePreview) []string {
	t := textsOf(lang)
	e := &t.Erasure
	lines := []string{fmt.Sprintf(e.PlanFor, p.Customer.Name(), p.Customer.ID), "", e.Goes + ":"}
	for _, h := range p.Goes {
		lines = append(lines, fmt.Sprintf("  %d  %s", h.N, e.table(h.Table)))
	}
	if p.Drafts > 0 {
		lines = append(lines, fmt.Sprintf("  %d  %s", p.Drafts, e.table("drafts")))
	}
	lines = append(lines, e.Stays+":")
	for _, k := range p.Kept {
		lines = append(lines, "  · "+t.keptLine(k))
	}
	return append(append(lines, ""), e.planRemarks(p)...)
}

func (t *erasureTexts) planRemarks(p ops.ErasurePreview) (lines []string) {
	if p.Held != nil {
		lines = append(lines, fmt.Sprintf(t.HeldStays, p.Held.Until.Format(time.DateOnly), p.Held.Reason))
	}
	if len(p.Contacts) > 0 {
		lines = append(lines, fmt.Sprintf(t.ContactsStay, len(p.Contacts)))
	}
	if len(p.Twins) > 0 {
		names := make([]string, len(p.Twins))
		for i, r := range p.Twins {
			names[i] = fmt.Sprintf("%s (%d)", r.Name(), r.ID)
		}
		lines = append(lines, fmt.Sprintf(t.TwinsStay, strings.Join(names, ", ")))
	}
	if len(p.Recipients) > 0 {
		lines = append(lines, fmt.Sprintf(t.RecipientsTell, len(p.Recipients)))
	}
	return append(lines, t.PlanNever)
}

// CertificateLines are the certificate to read and to send.
func CertificateLines(lang string, c ops.Certificate) []string {
	t := textsOf(lang)
	e := &t.Erasure
	by := fmt.Sprintf(e.CertBy, c.By)
	if c.Rule != "" {
		by = fmt.Sprintf(e.CertRule, c.Rule)
	}
	kind := policy.Person
	if c.Kind == policy.Company.String() {
		kind = policy.Company
	}
	lines := []string{
		joinNonEmpty(" · ", c.Organisation, e.CertTitle), "",
		fmt.Sprintf(e.CertOf, c.Subject, t.company(kind), c.At.Format("2006-01-02 15:04Z")), by, "", e.CertErased,
	}
	for _, g := range c.Erased {
		lines = append(lines, fmt.Sprintf("  %d  %s", g.N, e.table(g.What)))
	}
	lines = append(lines, e.CertKept)
	for _, k := range c.Kept {
		lines = append(lines, "  · "+t.keptLine(k))
	}
	if len(c.Recipients) > 0 {
		lines = append(lines, e.CertTell)
		for _, r := range c.Recipients {
			lines = append(lines, fmt.Sprintf("  · %s  %s  %s", r.At.Format(time.DateOnly), r.By, t.actName(r.How)))
		}
	}
	return append(lines, "", e.CertEnd)
}
