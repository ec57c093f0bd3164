package views

import (
	"sync"

	"balie/policy"
)

// Texts are all words of one language. A test finds gaps.
type Texts struct {
	frameTexts
	customerTexts
	People    peopleTexts
	Leaving   leavingTexts
	Approvals approvalTexts
	Own       ownTexts
	Jobs      jobTexts
	Audit     auditTexts
	Access    reviewTexts
	Invoice   invoiceTexts
	Deal      dealTexts
	Task      taskTexts
	Views     viewTexts
	Field     fieldTexts
	Live      liveTexts
	Erasure   erasureTexts
	Register  registerTexts
	Dupe      dupeTexts
	Request   requestTexts
	Retention retentionTexts
	Consent   consentTexts
	Hygiene   hygieneTexts
	Activity  activityTexts
	Answer    answerTexts
	Work      workTexts
}

// The texts never change, so all sessions share them.
var (
	englishTexts = sync.OnceValue(func() *Texts {
		return &Texts{englishFrame(), englishCustomers(), englishPeople(), englishLeaving(), englishApprovals(), englishOwn(), englishJobs(), englishAudit(), englishReviews(), englishInvoices(), englishDeals(), englishTasks(), englishViews(), englishFields(), englishLive(), englishErasure(), englishRegisters(), englishDupes(), englishRequests(), englishRetention(), englishConsent(), englishHygiene(), englishActivities(), englishAnswers(), englishWork()}
	})
	dutchTexts = sync.OnceValue(func() *Texts {
		return &Texts{dutchFrame(), dutchCustomers(), dutchPeople(), dutchLeavingTexts(), dutchApprovals(), dutchOwn(), dutchJobs(), dutchAudit(), dutchReviews(), dutchInvoices(), dutchDeals(), dutchTasks(), dutchViews(), dutchFields(), dutchLive(), dutchErasure(), dutchRegisters(), dutchDupes(), dutchRequests(), dutchRetention(), dutchConsent(), dutchHygiene(), dutchActivities(), dutchAnswers(), dutchWork()}
	})
)

// textsOf gives the words of "nl", else English.
func textsOf(lang string) *Texts {
	if lang == "nl" {
		return dutchTexts()
	}
	return englishTexts()
}

// frameTexts are those of what all screens share.
type frameTexts struct {
	Home, For, Nobody, Today, Yesterday                                         string
	JustNow, MinutesAgo, HoursAgo, DaysAgo, WeeksAgo, MonthsAgo, YearsAgo       string
	Months                                                                      [12]string
	KeysAll, KeyPalette, SpaceKey, KeyBack, KeyLast, KeyQuit, HelpTitle         string
	YesKey, Yes, No, NothingFits, ChooseHelp, ChooseManyHelp                    string
	QuitDraft, RoleNow, Palette, PaletteUnknown, LanguageNow, NoSuchRole        string
	Required, FormHelp, FormSaving, KeySave, KeyCancel, KeyNextField, KeyChoose string
	DraftLeft, DraftOffer, DraftAge, Loading, More, TooSmall                    string
	ToQuit, ToTheme, ToLanguage, ToRole, ToHome, ThemeHint, LanguageHint        string
	Sales, Manager, Finance, Privacy, Admin, Auditor                            string
}

// role is a role in words.
func (t *Texts) role(r policy.Role) string {
	return map[policy.Role]string{
		policy.Sales: t.Sales, policy.Manager: t.Manager, policy.Finance: t.Finance,
		policy.Privacy: t.Privacy, policy.Admin: t.Admin, policy.Auditor: t.Auditor,
	}[r]
}
