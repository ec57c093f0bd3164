package views

func dutchPeople() peopleTexts {
	return peopleTexts{dutchAccess(), dutchInvite(), dutchProfile(), dutchJoin(), dutchLog()}
}

func dutchAccess() accessTexts {
	return accessTexts{
		People: "Mensen", Person: "Toegang van een collega", SessionsAll: "Wie is ingelogd", SecondAdmin: "jij vroeg erom: een andere beheerder moet instemmen", OnlyOwn: "jouw rol ziet alleen wat je zelf deed", Sessions: "Sessies", KeySessions: "wie er is", SinceWhen: "Sinds", Reload: "opnieuw kijken", Find: "zoek", Open: "open",
		Login: "Login", Name: "Naam", Team: "Team", Roles: "Rollen", Status: "Toestand", LastSeen: "Laatst hier",
		Count: "%d van %d", NobodyFits: "Niemand past: typ minder, of druk op esc.", NeverSeen: "nooit",
		Invited: "genodigd", Active: "actief", Revoked: "beëindigd", GrantWaits: "rol wacht",
		OnlyAdmin: "alleen een beheerder doet dit", PickGrant: "zet de cursor op een rol die nog geldt", PickPending: "geen rol hier wacht op een tweede beheerder",
		PickKey: "zet de cursor op een sleutel", PickSession: "zet de cursor op een sessie",
		NotYourself: "een andere beheerder doet dit voor jou", IsRevoked: "de toegang is beëindigd: i nodigt opnieuw uit",
		KeyInvite: "nodig uit", KeyGrant: "geef een rol", KeyEnd: "beëindig de rol", KeyAgree: "stem in met de rol", KeyRemove: "verwijder de sleutel",
		KeyReset: "nieuwe uitnodiging", KeyRevoke: "beëindig alle toegang", KeyClose: "sluit deze", KeyCloseAll: "sluit alle van deze persoon",
		Facts: "team %s · hier sinds %s · laatst ingelogd %s",
		Keys:  "Sleutels, en wanneer gebruikt", Invitations: "Uitnodigingen", NoGrants: "Nog geen rol: druk op g om er een te geven.", NoKeys: "Geen sleutel: de uitnodiging is nog niet gebruikt.",
		NoInvitations: "Geen.", NoSessions: "Niemand is ingelogd.",
		Since: "sinds %s", SinceUntil: "sinds %s tot %s", By: "door %s", AgreedBy: "ingestemd door %s", Waits: "wacht op een tweede beheerder, gevraagd door %s",
		EndedBy: "beëindigd %s door %s", ByProgram: "de installatie", RanOut: "afgelopen %s",
		LastUsed: "%s", NeverUsed: "nooit", Removed: "weg %s",
		MadeBy: "%s door %s", UsedWith: "gebruikt %s met", ValidTo: "geldig tot %s", Expired: "verlopen %s", Replaced: "vervangen of ingetrokken %s",
		SessionLine: "sinds %s vanaf %s met %s", ThisOne: "deze sessie", WithRecovery: "herstelcode", From: "Vanaf", Key: "Sleutel", Node: "Server",
		Reason: "Reden", ReasonHint: "De reden komt in het logboek.",
		EndTitle: "Beëindig de rol %s van %s. Waarom?", EndedGrant: "De rol is beëindigd.",
		AgreeAsk: "Stem je ermee in dat %s %s wordt?", AgreeDetail: "Gevraagd door %s: %s", Agreed: "Ingestemd: de rol geldt vanaf nu.",
		RemoveTitle: "Verwijder deze sleutel van %s. Waarom?", RemoveAsk: "De sleutel %s voorgoed verwijderen?",
		RemoveDetail: "Hij kan nooit meer worden geregistreerd, en sessies die ermee begonnen worden gesloten.", RemovedKey: "De sleutel is verwijderd; sessies gesloten: %d.",
		CloseAsk: "Deze sessie van %s sluiten?", CloseAllAsk: "Alle sessies van %s sluiten?",
		CloseDetail: "Opnieuw inloggen kan. Om iemand buiten te houden: beëindig de toegang met D onder de naam van die persoon.",
		Closed:      "De sessie is gesloten.", LeaveForm: "Weggaan zonder het te doen? Wat je typte vervalt.", ClosedHere: "Sessies gesloten op deze server: %d; andere volgen binnen seconden.",
		GrantTitle: "Rol voor %s", Role: "Rol", Until: "Tot", UntilHint: "Een datum zoals 2026-12-31, of niets: voor onbepaalde tijd.",
		BadDate: "Dit is geen datum: schrijf hem als 2026-12-31.", Granted: "%s is nu %s.", GrantPending: "De rol wacht op een tweede beheerder: hij geldt zodra die instemt.",
		RevokeTitle: "Toegang van %s beëindigen", RevokePreview: "Dit beëindigt alle toegang van %s (%s), meteen en voorgoed:",
		RevokeFor:  "sleutels, codes, rollen en uitnodigingen vervallen; het is niet terug te draaien.",
		RevokeType: "Typ de login", RevokeMistyped: "Typ de loginnaam %q om te bevestigen.",
		RevokeSessions: "open sessies die worden gesloten: %d", RevokeRoles: "rollen die eindigen: %s", RevokeNoRoles: "geen rollen",
		RevokeDone: "De toegang van %s is beëindigd; gesloten sessies: %d.", Revoking: "De toegang wordt beëindigd …", KeyDoIt: "doe het",
	}
}

func dutchInvite() inviteTexts {
	return inviteTexts{
		InviteTitle: "Uitnodigen", LoginHint: "Waarmee diegene inlogt: kleine letters, zoals nora. Later niet te veranderen.",
		NameHint: "Voor- en achternaam.", TeamHint: "Wordt gemaakt als het er nog niet is; mag leeg blijven.",
		RoleHint: "Een om mee te beginnen: meer kan later.", WhyHint: "De reden komt in het logboek, zoals: begint 1 maart, vervangt Tom.",
		ResetTitle: "Nieuwe uitnodiging voor %s. Waarom?", ResetAsk: "Wat er is blijft werken tot die is gebruikt; dan vervalt het.",
		CodeTitle: "Uitnodiging voor %s", CodeTell: "Geef dit door aan %s, liever zelf of per telefoon dan per mail:",
		CodeStep1: "voer op de eigen computer uit", CodeStep2: "en typ deze code",
		CodeStep3: "volg dan het scherm; houd een authenticator-app bij de hand",
		CodeValid: "Geldig tot %s.", CodeOnce: "Deze code wordt alleen nu getoond. Raakt hij kwijt, maak dan een nieuwe uitnodiging met R.",
		CodeCheck:   "Je nieuwe collega leest je de vingerafdruk van de sleutel voor. Vergelijk die met de vingerafdruk onder de naam hier: dan weet je dat de juiste binnen is.",
		CodePending: "De rol wacht op instemming van een tweede beheerder.", CodeKey: "doorgegeven", CodeLeave: "Is de code doorgegeven? Hij wordt nooit meer getoond.",
	}
}

func dutchProfile() profileTexts {
	return profileTexts{
		Profile: "Mijn account", Settings: "Instellingen", Language: "Taal", LanguageName: "Nederlands", Colours: "Kleuren", Light: "voor een lichte achtergrond", Dark: "voor een donkere achtergrond", Plain: "geen",
		Recovery: "Herstelcodes", CodeFirst: "Typ eerst een code.", RecoveryNew: "maak tien nieuwe", RecoveryCode: "Typ een code van je authenticator-app, of een van je herstelcodes",
		RecoveryHint: "Zo is je terminal alleen niet genoeg.", RecoveryNone: "De oude codes vervallen.",
		RecoveryTitle: "Tien herstelcodes", RecoveryOnce: "Elk laat je één keer binnen als je telefoon er niet is. Ze worden alleen nu getoond.",
		RecoveryWrite: "Schrijf ze nu op, en bewaar ze apart van je telefoon en deze computer.", RecoveryOld: "Je oude codes zijn vervallen.",
		RecoveryKept: "Codes bewaard: ze worden niet meer getoond.", KeyKept: "ik heb ze opgeschreven", RecoveryLeave: "Heb je de codes opgeschreven? Ze worden nooit meer getoond.",
		RoleWorn: "nu gedragen", RoleHeld: "enter om te dragen", Others: "Sluit mijn andere sessies", OthersAsk: "Je andere sessies (%d) sluiten?", KeyPress: "doe het", SavedLanguage: "Taal bewaard.", NoRoles: "Geen.", PickAct: "zet de cursor op een instelling of een rol", OthersClosed: "Sessies gesloten: %d.", NoOthers: "Je hebt geen andere sessie.",
	}
}

func dutchJoin() joinTexts {
	return joinTexts{
		Welcome: "Welkom, %s.", YourKey: "Je sleutel", ReadTo: "Lees hem voor aan %s, die dan weet dat jij het bent.", ReadToSomebody: "Lees hem voor aan wie je uitnodigde, die dan weet dat jij het bent.",
		Scan: "1  Scan dit met een authenticator-app, of typ het geheim:", Secret: "1  Typ dit geheim in een authenticator-app:", TypeCode: "2  Typ de zes cijfers die de app toont:",
		CodeNeeded: "De app toont zes cijfers: typ ze alle zes.",
		NoRoom:     "Voor de QR-code is een venster van %d bij %d nodig: maak het groter, of typ het geheim.",
		KeySwap:    "scant het niet: wissel zwart en wit", KeyGoOn: "verder", KeyLeave: "weg, er wordt niets bewaard", Checking: "Controleren …", Preparing: "Een ogenblik …",
		CantJoin: "Er is niets bewaard. Druk op esc om te stoppen.",
		Inside:   "Je bent binnen, %s.", SignInWith: "Log voortaan in met:", WriteFirst: "Druk op j als je de codes hebt opgeschreven.", Bye: "Druk op enter om te stoppen.",
	}
}
