package views

import (
	"strings"
	"testing"

	"balie/policy"
)

// TestPrivacyTab: on what a record stands and why it may not be used; a no is
// recorded with the keyboard, counts at once, and z does not take it back.
func TestPrivacyTab(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter", "p")
	s.wants("delivery", "art. 6(1)(b) GDPR", "may be used", "be proven: no event", "Nothing was said yet")
	s.press("v").wants("What Jan Jansen said")
	s.press("right", "right", "right", "tab", "right", "right", "right", "right", "right", "right").wants("The words to which a yes is kept", "ik wil de nieuwsbrief")
	s.press("ctrl+s").wants("Say how it was said")
	s.press("right", "right", "right", "ctrl+s").wants("It is on record", "consent given, by phone", "#")
	if len(acts.consents.said) != 1 || acts.consents.said[0].Kind != policy.Given || acts.consents.said[0].Purpose != policy.Newsletter || acts.consents.said[0].How != policy.OnPhone {
		t.Fatalf("%+v", acts.consents.said)
	}
	s.press("v", "right", "tab", "right", "right", "right", "right", "right", "right").wants("This counts at once")
	s.press("tab", "right", "ctrl+s").wants("withdrawn", "art. 7(3) GDPR")
	s.press("z").wantsNot("taken back?")
	if len(acts.consents.said) != 2 {
		t.Errorf("%+v", acts.consents.said)
	}
}

// TestPurposes: everybody reads them; the officer changes one for a reason.
func TestPurposes(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press(":", "purposes", "enter")
	s.wants("newsletter", "consent", "the program's own", "direct marketing by phone").press("e").wantsNot("Title, nl")
	s.press("enter").wants("contract", "offertes").press("jjjjjjjj").wants("Versions")
	s = newStage(t, sessionOf(acts, policy.Privacy)).press("request 12", "enter", ":", "purposes", "enter", "jjjjj", "e").wants("Title, nl", "nieuwsbrief")
	s.press("ctrl+s")
	if len(acts.consents.purposes) != 1 || acts.consents.purposes[0].ConsentMonths != 24 || acts.consents.purposes[0].Bases[0] != policy.Consent {
		t.Fatalf("%+v", acts.consents.purposes)
	}
	s.press("n").wants("small letters").press("ctrl+s").wants("A purpose has a name of small letters")
}

// TestAudiences: a list is saved, counted with whom it leaves out and why, and
// says how it is exported.
func TestAudiences(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press(":", "audiences", "enter").wants("no mailing lists yet")
	s.press("n", "spring", "tab", "right", "right", "right", "right", "right", "right", "ctrl+s").wants("Mailing list 1 is saved", "spring")
	s.press("enter").wants("1,180", "31 × the consent is too old", "4 × has objected", "ssh HOST audiences export 1")
	if a := acts.consents.audiences; len(a) != 1 || a[0].Purpose != policy.Newsletter || a[0].Means != policy.ByMail {
		t.Errorf("%+v", a)
	}
	s.press("x").wants("out of use?")
}

// TestStandingLists: who stands on nothing, and who is to be asked again.
func TestStandingLists(t *testing.T) {
	s := newStage(t, sessionOf(newFakeActs(), policy.Sales)).press(":", "undecided", "enter").wants("Niemand", "lead")
	s.press(":", "reask", "enter").wants("Consent to what?").press("newsletter", "enter")
	s.wants("Oudeman", "too old", "12 × the consent can't be proven")
}

// TestConsentTexts: each event, channel and means has its word in both languages.
func TestConsentTexts(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		texts := &textsOf(lang).Consent
		for _, k := range policy.ConsentKinds {
			wantName(t, string(k), texts.Kinds[k])
		}
		for _, c := range append(policy.Channels, policy.OnWeb) {
			wantName(t, string(c), texts.Channels[c])
		}
		for _, m := range policy.AllMeans {
			wantName(t, string(m), texts.Means[m])
		}
		for _, w := range policy.Whys() {
			if said := Say(lang, w.Message()); said == "" || lang == "nl" && said == Say("en", w.Message()) {
				t.Errorf("%s: %q", w, said)
			}
		}
	}
	for _, p := range policy.Purposes {
		if strings.TrimSpace(p.Title.NL.String()) == "" || p.Title.NL == p.Title.EN {
			t.Errorf("%s has one title for two languages", p.Name)
		}
	}
}
