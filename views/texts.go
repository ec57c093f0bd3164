package views

import "balie/policy"

// Texts are all words of one language. A test finds gaps.
type Texts struct {
	frameTexts
	customerTexts
	People peopleTexts
}

// textsOf gives the words of "nl", else English.
func textsOf(lang string) *Texts {
	t := &Texts{englishFrame(), englishCustomers(), englishPeople()}
	if lang == "nl" {
		t = &Texts{dutchFrame(), dutchCustomers(), dutchPeople()}
	}
	return t
}

// frameTexts are those of what all screens share.
type frameTexts struct {
	Home, For, Nobody, Today, Yesterday                                             string
	JustNow, MinutesAgo, HoursAgo, DaysAgo, WeeksAgo, MonthsAgo, YearsAgo           string
	Months                                                                          [12]string
	KeysAll, KeyPalette, KeyBack, KeyLast, KeyQuit, HelpTitle                       string
	YesKey, Yes, No, NothingFits, ChooseHelp, ChooseManyHelp                        string
	QuitDraft, RoleNow, Palette, PaletteUnknown, ThemeNow, LanguageNow, NoSuchRole  string
	Required, FormHelp, FormSaving, KeySave, KeyCancel, KeyNextField, KeyChoose     string
	DraftLeft, DraftOffer, DraftAge, Loading, More, TooSmall                        string
	ToQuit, ToTheme, ToLanguage, ToRole, ToHome, ThemeHint, LanguageHint, NotBright string
	Sales, Manager, Finance, Privacy, Admin, Auditor                                string
}

// role is a role in words.
func (t *Texts) role(r policy.Role) string {
	return map[policy.Role]string{
		policy.Sales: t.Sales, policy.Manager: t.Manager, policy.Finance: t.Finance,
		policy.Privacy: t.Privacy, policy.Admin: t.Admin, policy.Auditor: t.Auditor,
	}[r]
}
