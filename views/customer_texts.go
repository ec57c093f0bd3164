package views

import (
	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// customerTexts are those of the screens on customers, and of home.
type customerTexts struct {
	customerWords
	customerKeys
	customerSays
	homeTexts
	formTexts
	importTexts
	Statuses map[policy.Status]string
	Kinds    map[policy.CustomerKind]string
	Bases    map[policy.Basis]string
	Sorts    map[db.Sort]string
	Fields   map[string]string // of db.Fields and the history
	Acts     map[policy.Act]string
}

// customerWords are names of things.
type customerWords struct {
	Customers, Name, Company, Kind, Status, LastActivity, Owner, Mail, Phone, State, Tag, Tags                 string
	Restricted, Sorted, Since, Stands, NoBasis, HiddenCompany, Empty, MainCompany                              string
	TabTimeline, TabContacts, TabCompanies, TabPrivacy, TabHistory                                             string
	NoteWord, PrivateNote, ChangedWord, CreatedWord, CreatedByHand, CreatedByImport, ChangedHint               string
	TagsLabel, TagLabel, Further, Source, SourceUnknown, KeptSince, Restriction, NotRestricted, RestrictedLong string
	When, Who, What, WhoSawTitle, Mine, Theirs, Total, APerson, ACompany, OneCustomer                          string
}

// customerKeys tell what keys do, and why one does nothing now.
type customerKeys struct {
	KeyOpen, KeySearch, KeyMark, KeyMarkAll, KeyFilter, KeyAdd, KeyEdit, KeyTag, KeyHandOver, KeySort, KeyColumns string
	KeyRepeat, KeyUndo, KeyExport, KeyClear, KeyMove, KeyKeepSearch, KeyNote, KeyPrivacy, KeyWhoSaw, KeyTabs      string
	KeyOpenLinked, KeyVisibility, KeyDiscard, KeyMineTheirs, KeyImport, KeyPeople, KeyLog, KeyProfile, KeyReason  string
	OffNothing, OffNoRepeat, OffNoUndo, OffRole, OffNoContact                                                     string
}

// customerSays are sentences.
type customerSays struct {
	NothingFound, NothingFoundHint, NoCustomers, NoCustomersHint, AsideHint, NoContacts, NoCompanies, NoHistory, NobodySaw    string
	FilterBy, NoFilter, WhichColumns, WhichTag, NoTags, TagOn, TagOff, TaggedOn, TaggedOff, HandTo, HandOver, HandedOver      string
	TermOf                                                                                                                    map[policy.Status]string
	AndMore, LeftOut, LeftOutRestricted, AllRestricted, MarkedOf, ManyCustomers, AddWhat, ExportHint                          string
	RestrictedToo, UndoBulk, UndoneBulk, UndoWhat, UndoLimits, UndoTooLate, UndoStale, Undone, NoBasisLong, PrivacyHint, Term string
	MergeTitle, MergeHelp, Saved, Added, ReasonAsk, ReasonHint, ToContacts, ToCompanies, ToAdd, ToImport, ContactsHint        string
}

// homeTexts are those of the first screen.
type homeTexts struct {
	HomeActive                                                                                                 map[bool]string // by: only the own ones
	HomeNow, HomeRecent, NothingOpened, HomeLeaving, FirstOnes, HomeAccess, HomeCounts, HomeRefused, NoRefused string
	PeopleActive, PeopleWaiting, PeopleRevoked, GrantsPending                                                  string
	PrivacyHome, AdminHint, AuditorHint                                                                        string
	LeavesOn, OverSince, LeavesDays, LeavesWeeks, LeavesMonths, LastDay, TermOver                              string
	FirstSignIn, LastSignIn                                                                                    string
}

// formTexts are those of the forms on customers.
type formTexts struct {
	EditTitle, NewPerson, NewCompany, Given, Prefix, PrefixHint, Family, CompanyName, RoleThere, Another, LabelHint string
	Street, Postcode, City, Country, CountryHint, Address, Language, LanguageFieldHint, Website, KvK, VAT           string
	Purpose, Basis, GroundsHead, BasisHint, SourceHint, TagsHint, CompanyHint, WhichCompany, Twin                   string
	DespiteAsk, DespiteHint, DiscardAsk, DraftTaken, NoteTitle, NoteHint, NoteSaved, ForTeam, ForMe                 string
}

func (t *Texts) status(s policy.Status) string        { return t.Statuses[s] }
func (t *Texts) company(k policy.CustomerKind) string { return t.Kinds[k] }
func (t *Texts) sort(s db.Sort) string                { return t.Sorts[s] }

// basis is a lawful basis in words; one that the table doesn't know stands as
// it is, which may come with an organisation's own list.
func (t *Texts) basis(b policy.Basis) string { return cmpOr(t.Bases[b], text.Clean(string(b))) }

func (t *Texts) fieldName(name string) string { return cmpOr(t.Fields[name], text.Clean(name)) }
func (t *Texts) actName(a policy.Act) string {
	return cmpOr(t.Acts[a], cmpOr(t.People.Acts[a], text.Clean(string(a))))
}
