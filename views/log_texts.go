package views

import "balie/policy"

func englishLog() logTexts {
	return logTexts{
		Log: "Log", LogMine: "what you did", When: "When", Who: "Who", As: "As", Act: "Did", About: "About", Refused: "refused", NothingLogged: "Nothing is logged that fits: change the filters.",
		KeyWho: "whose", KeyAct: "which act", KeyRefused: "refused only", KeyOlder: "older", KeyNewer: "newer", KeyVerify: "verify", KeyDetail: "all of it",
		Everybody: "everybody", EveryAct: "every act", OnlyRefused: "refused only", Page: "page %d", NoOlder: "these are the oldest", NoNewer: "these are the newest", Program: "the program",
		Verify: "Verify the log", Verifying: "Walking the whole log …", VerifyOK: "The log is as it was written.",
		VerifyRows: "%s rows under %s signed checkpoints were checked.", VerifyNew: "%s rows are newer than the last checkpoint; they are sealed within a second.",
		VerifyHeads: "%s checkpoints were also found in the file kept outside the database.", VerifyBad: "The log was changed: %s fault(s).",
		VerifyIntact: "Intact: checkpoints %s to %s, %s rows (%s to %s), from %s to %s.", VerifyMore: "… and %s more.",
		VerifyTell: "Don't change anything. Tell the privacy officer and whoever runs the server, with this screen.",
		VerifyNot:  "only an auditor, the privacy officer or an admin verifies", VerifyEmpty: "Nothing is sealed yet: look again in a second.",
		Session: "Session", Subjects: "Whose data", Fields: "Fields", Detail: "Detail", Number: "Row",
		FaultRow: "row %d", FaultCheckpoint: "checkpoint %d", Faults: map[string]string{},
		Acts: map[policy.Act]string{
			policy.CustomerList: "listed customers", policy.CustomerView: "looked at a customer", policy.CustomerCreate: "made a customer",
			policy.CustomerUpdate: "changed a customer", policy.CustomerHandOver: "handed customers over", policy.CustomerExport: "exported customers",
			policy.CustomerExposure: "asked who saw a customer", policy.CustomerCount: "counted customers",
			policy.ImportRun: "imported", policy.ImportRevert: "reverted an import", policy.NoteView: "read a note", policy.NoteCreate: "wrote a note",
			policy.TagList: "listed tags", policy.TagManage: "changed tags",
			policy.PersonList: "looked at access", policy.PersonInvite: "invited", policy.PersonGrant: "gave a role", policy.PersonAgree: "agreed to a role",
			policy.PersonDemote: "ended a role", policy.PersonRevoke: "ended all access", policy.PersonReset: "invited again",
			policy.SettingList: "listed settings", policy.SettingChange: "changed a setting", policy.KeyList: "listed keys", policy.KeyAdd: "added a key",
			policy.KeyRename: "renamed a key", policy.KeySuspend: "suspended a key", policy.KeyLift: "lifted a suspension", policy.ProfilePhone: "changed phones",
			policy.KeyRemove: "removed a key", policy.SessionList: "listed sessions", policy.SessionClose: "closed a session",
			policy.ProfileView: "looked at own account", policy.ProfileUpdate: "changed own account", policy.AuditView: "read the log", policy.AuditVerify: "verified the log",
			policy.SignIn: "signed in", policy.SignInCode: "proved a code", policy.SignInBad: "failed to sign in", policy.SignOut: "signed out", policy.Join: "joined",
			policy.AuditExport: "exported the log", policy.UnusualList: "looked at unusual viewing", policy.UnusualSettle: "settled unusual viewing", policy.UnusualFlag: "flagged unusual viewing",
			policy.SystemJob: "ran a job",
			policy.JobList:   "listed jobs", policy.JobRun: "asked for a job", policy.PersonExpire: "ended what ran out", policy.AttentionList: "looked at what waits",
		},
	}
}

func dutchLog() logTexts {
	return logTexts{
		Log: "Logboek", LogMine: "wat jij deed", When: "Wanneer", Who: "Wie", As: "Als", Act: "Deed", About: "Over", Refused: "geweigerd", NothingLogged: "Niets in het logboek past: verander de filters.",
		KeyWho: "van wie", KeyAct: "welke handeling", KeyRefused: "alleen geweigerd", KeyOlder: "ouder", KeyNewer: "nieuwer", KeyVerify: "controleer", KeyDetail: "alles ervan",
		Everybody: "iedereen", EveryAct: "elke handeling", OnlyRefused: "alleen geweigerd", Page: "bladzijde %d", NoOlder: "dit zijn de oudste", NoNewer: "dit zijn de nieuwste", Program: "het programma",
		Verify: "Controleer het logboek", Verifying: "Het hele logboek wordt nagelopen …", VerifyOK: "Het logboek is zoals het geschreven is.",
		VerifyRows: "%s regels onder %s ondertekende ijkpunten zijn nagelopen.", VerifyNew: "%s regels zijn nieuwer dan het laatste ijkpunt; ze worden binnen een seconde verzegeld.",
		VerifyHeads: "%s ijkpunten staan ook in het bestand buiten de database.", VerifyBad: "Het logboek is veranderd: %s fout(en).",
		VerifyIntact: "Ongeschonden: ijkpunten %s tot %s, %s regels (%s tot %s), van %s tot %s.", VerifyMore: "… en nog %s.",
		VerifyTell: "Verander niets. Vertel het de privacyfunctionaris en wie de server beheert, met dit scherm.",
		VerifyNot:  "alleen een auditor, de privacyfunctionaris of een beheerder controleert", VerifyEmpty: "Er is nog niets verzegeld: kijk over een seconde opnieuw.",
		Session: "Sessie", Subjects: "Wiens gegevens", Fields: "Velden", Detail: "Bijzonderheden", Number: "Regel",
		FaultRow: "regel %d", FaultCheckpoint: "ijkpunt %d",
		Faults: map[string]string{
			"is missing": "ontbreekt",
			"does not follow from the one before, which was replaced":         "volgt niet op het vorige, dat is vervangen",
			"was edited, or signed with another key":                          "is veranderd, of met een andere sleutel ondertekend",
			"was edited: its list of rows is not the one that was signed":     "is veranderd: de lijst van regels is niet de ondertekende",
			"is missing: it was deleted or moved":                             "ontbreekt: verwijderd of verplaatst",
			"was added later":                                                 "is later toegevoegd",
			"holds what was written as another row: it was swapped or copied": "bevat wat als een andere regel geschreven is: verwisseld of gekopieerd",
			"was edited":                                "is veranderd",
			"was forged: balie did not write it":        "is vervalst: balie schreef dit niet",
			"was edited or forged before it was sealed": "is veranderd of vervalst voor het verzegeld was",
			"is missing, though its head was noted outside: the log's end was cut off, or an old copy was put back": "ontbreekt, terwijl het buiten genoteerd is: het eind van het logboek is afgeknipt, of een oude kopie is teruggezet",
			"is missing, though its head was noted outside":                                                         "ontbreekt, terwijl het buiten genoteerd is",
			"is not the one whose head was noted outside: the log was chained anew":                                 "is niet wat buiten genoteerd is: het logboek is opnieuw geketend",
		},
		Acts: map[policy.Act]string{
			policy.CustomerList: "klanten bekeken", policy.CustomerView: "een klant bekeken", policy.CustomerCreate: "een klant gemaakt",
			policy.CustomerUpdate: "een klant gewijzigd", policy.CustomerHandOver: "klanten overgedragen", policy.CustomerExport: "klanten geëxporteerd",
			policy.CustomerExposure: "gevraagd wie een klant zag", policy.CustomerCount: "klanten geteld",
			policy.ImportRun: "geïmporteerd", policy.ImportRevert: "een import teruggedraaid", policy.NoteView: "een notitie gelezen", policy.NoteCreate: "een notitie geschreven",
			policy.TagList: "labels bekeken", policy.TagManage: "labels gewijzigd",
			policy.PersonList: "toegang bekeken", policy.PersonInvite: "uitgenodigd", policy.PersonGrant: "een rol gegeven", policy.PersonAgree: "met een rol ingestemd",
			policy.PersonDemote: "een rol beëindigd", policy.PersonRevoke: "alle toegang beëindigd", policy.PersonReset: "opnieuw uitgenodigd",
			policy.SettingList: "instellingen bekeken", policy.SettingChange: "een instelling gewijzigd", policy.KeyList: "sleutels bekeken", policy.KeyAdd: "een sleutel toegevoegd",
			policy.KeyRename: "een sleutel hernoemd", policy.KeySuspend: "een sleutel geschorst", policy.KeyLift: "een schorsing opgeheven", policy.ProfilePhone: "van telefoon gewisseld",
			policy.KeyRemove: "een sleutel verwijderd", policy.SessionList: "sessies bekeken", policy.SessionClose: "een sessie gesloten",
			policy.ProfileView: "eigen account bekeken", policy.ProfileUpdate: "eigen account gewijzigd", policy.AuditView: "het logboek gelezen", policy.AuditVerify: "het logboek gecontroleerd",
			policy.SignIn: "ingelogd", policy.SignInCode: "een code bewezen", policy.SignInBad: "niet ingelogd: fout", policy.SignOut: "uitgelogd", policy.Join: "toegetreden",
			policy.AuditExport: "het logboek geëxporteerd", policy.UnusualList: "ongewoon inzien bekeken", policy.UnusualSettle: "ongewoon inzien afgehandeld", policy.UnusualFlag: "ongewoon inzien gemeld",
			policy.SystemJob: "een taak uitgevoerd",
			policy.JobList:   "taken bekeken", policy.JobRun: "om een taak gevraagd", policy.PersonExpire: "beëindigd wat verlopen was", policy.AttentionList: "gekeken wat er wacht",
		},
	}
}
