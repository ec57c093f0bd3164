package views

import "balie/policy"

// ownTexts are those of keys, of another phone, and of what the organisation
// decides.
type ownTexts struct {
	KeysAll, KeyAdd, KeyRename, KeyLift, KeyOnly, KeyEvery, NoFlagged         string
	AddTitle, PublicKey, PublicHint, KeyName, KeyNameHint, Code, CodeHint     string
	AddAbove, AddDone, RenameAsk, RenameDone, LiftAsk, LiftHint, LiftDone     string
	NotSuspended, KeySuspended, KeyFrom, KeyAdded, DaysOld, DaysUnused, Look  string
	Phone, PhoneNew, PhoneCode, PhoneHint, PhoneTitle, PhoneScan, PhoneSecret string
	PhoneType, PhoneDone, PhoneLeave, PhoneStill                              string
	CodesLeft, CodesFew                                                       string
	Idle, Doing, NewAddress, NewKey, IdleFor, IdleNow                         string
	SettingsAll, Setting, Value, Unit, Decided, Default, Change, ChangeHint   string
	Changed, ChangeWhy                                                        string
	Flags                                                                     map[policy.KeyFlag]string
	Units                                                                     map[string]string
}

func englishOwn() ownTexts {
	return ownTexts{
		KeysAll: "Keys of everybody", KeyAdd: "add a key", KeyRename: "rename the key", KeyLift: "lift the suspension",
		KeyOnly: "only what needs a look", KeyEvery: "all keys", NoFlagged: "No key needs a look: f shows all.",
		AddTitle: "Add a key", PublicKey: "Public key", PublicHint: "paste the line of the file that ends in .pub", KeyName: "Name", KeyNameHint: "what you call it, as: laptop",
		Code: "Code", CodeHint: "of your phone, or a recovery code",
		AddAbove: "Make a key on the other computer with ssh-keygen -t ed25519, and paste here what its .pub file says. It lets you in beside your other keys.",
		AddDone:  "The key %s lets you in from now on.", RenameAsk: "What is the key %s called from now on?", RenameDone: "The key is renamed.",
		LiftAsk: "Let %s use the key %s again. Why?", LiftHint: "It counts as used today. The reason goes into the log.", LiftDone: "The key lets its owner in again.",
		NotSuspended: "this key is not suspended", KeySuspended: "suspended %s: ask an admin", KeyFrom: "from %s", KeyAdded: "added %s",
		DaysOld: "Days", DaysUnused: "Unused", Look: "Look at",
		Phone: "Phone for codes", PhoneNew: "change to another phone", PhoneCode: "Type a code of the phone that you have now, or a recovery code",
		PhoneHint: "The old phone counts until the new one has shown a code.", PhoneTitle: "Another phone", PhoneScan: "1  Scan this with the new phone, or type the secret:",
		PhoneSecret: "1  Type this secret on the new phone:", PhoneType: "2  Type the six digits that it shows:", PhoneDone: "The new phone gives your codes from now on; the old one is worth nothing.",
		PhoneLeave: "leave, the old phone stays", PhoneStill: "Until then your old phone counts.",
		CodesLeft: "%d left · make ten new ones", CodesFew: "only %d left · make ten new ones",
		Idle: "Idle", Doing: "Doing", NewAddress: "new address", NewKey: "new key", IdleFor: "idle %s", IdleNow: "now",
		SettingsAll: "What the organisation decides", Setting: "Setting", Value: "Value", Unit: "Unit", Decided: "Decided", Default: "default",
		Change: "change", ChangeHint: "Now %s. It counts for everybody, at once.", Changed: "%s is %s now.", ChangeWhy: "Why? The reason goes into the log.",
		Flags: map[policy.KeyFlag]string{policy.KeyWeak: "weak", policy.KeyOld: "old", policy.KeyUnused: "unused", policy.KeySuspended: "suspended"},
		Units: map[string]string{"days": "days", "minutes": "minutes", "hours": "hours"},
	}
}

func dutchOwn() ownTexts {
	return ownTexts{
		KeysAll: "Sleutels van iedereen", KeyAdd: "voeg een sleutel toe", KeyRename: "hernoem de sleutel", KeyLift: "hef de schorsing op",
		KeyOnly: "alleen wat aandacht vraagt", KeyEvery: "alle sleutels", NoFlagged: "Geen sleutel vraagt aandacht: f toont alle.",
		AddTitle: "Sleutel toevoegen", PublicKey: "Publieke sleutel", PublicHint: "plak de regel van het bestand dat op .pub eindigt", KeyName: "Naam", KeyNameHint: "hoe jij hem noemt, zoals: laptop",
		Code: "Code", CodeHint: "van je telefoon, of een herstelcode",
		AddAbove: "Maak op de andere computer een sleutel met ssh-keygen -t ed25519, en plak hier wat in het .pub-bestand staat. Hij laat je binnen naast je andere sleutels.",
		AddDone:  "De sleutel %s laat je vanaf nu binnen.", RenameAsk: "Hoe heet de sleutel %s voortaan?", RenameDone: "De sleutel is hernoemd.",
		LiftAsk: "Laat %s de sleutel %s weer gebruiken. Waarom?", LiftHint: "Hij geldt als vandaag gebruikt. De reden komt in het logboek.", LiftDone: "De sleutel laat zijn eigenaar weer binnen.",
		NotSuspended: "deze sleutel is niet geschorst", KeySuspended: "geschorst %s: vraag een beheerder", KeyFrom: "vanaf %s", KeyAdded: "toegevoegd %s",
		DaysOld: "Dgn", DaysUnused: "Stil", Look: "Let op",
		Phone: "Telefoon voor codes", PhoneNew: "wissel naar een andere telefoon", PhoneCode: "Typ een code van de telefoon die je nu hebt, of een herstelcode",
		PhoneHint: "De oude telefoon telt tot de nieuwe een code heeft getoond.", PhoneTitle: "Andere telefoon", PhoneScan: "1  Scan dit met de nieuwe telefoon, of typ het geheim:",
		PhoneSecret: "1  Typ dit geheim op de nieuwe telefoon:", PhoneType: "2  Typ de zes cijfers die hij toont:", PhoneDone: "De nieuwe telefoon geeft vanaf nu je codes; de oude is niets meer waard.",
		PhoneLeave: "weg, de oude telefoon blijft", PhoneStill: "Tot dan telt je oude telefoon.",
		CodesLeft: "nog %d · maak tien nieuwe", CodesFew: "nog maar %d · maak tien nieuwe",
		Idle: "Stil", Doing: "Doet", NewAddress: "nieuw adres", NewKey: "nieuwe sleutel", IdleFor: "stil %s", IdleNow: "nu",
		SettingsAll: "Wat de organisatie beslist", Setting: "Instelling", Value: "Waarde", Unit: "Eenheid", Decided: "Besloten", Default: "standaard",
		Change: "wijzig", ChangeHint: "Nu %s. Het geldt voor iedereen, meteen.", Changed: "%s is nu %s.", ChangeWhy: "Waarom? De reden komt in het logboek.",
		Flags: map[policy.KeyFlag]string{policy.KeyWeak: "zwak", policy.KeyOld: "oud", policy.KeyUnused: "ongebruikt", policy.KeySuspended: "geschorst"},
		Units: map[string]string{"days": "dagen", "minutes": "minuten", "hours": "uren"},
	}
}
