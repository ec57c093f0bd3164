package views

import "balie/policy"

// peopleTexts are those of the screens on colleagues, keys, sessions, the
// profile, joining and the log.
type peopleTexts struct {
	accessTexts
	inviteTexts
	profileTexts
	joinTexts
	logTexts
}

// accessTexts are those of who may get in, and as what.
type accessTexts struct {
	People, Person, Sessions, KeySessions, SinceWhen, SessionsAll, OnlyOwn, SecondAdmin, Reload, Find, Open string
	Login, Name, Team, Roles, Status, LastSeen, Count, NobodyFits, NeverSeen                                string
	Invited, Active, Revoked, GrantWaits                                                                    string
	OnlyAdmin, PickGrant, PickPending, PickKey, PickSession, NotYourself, IsRevoked                         string
	KeyInvite, KeyGrant, KeyEnd, KeyAgree, KeyRemove, KeyReset, KeyRevoke                                   string
	KeyClose, KeyCloseAll                                                                                   string
	Facts, Keys, Invitations, NoGrants, NoKeys, NoInvitations, NoSessions                                   string
	Since, SinceUntil, By, AgreedBy, Waits, EndedBy, ByProgram, RanOut                                      string
	LastUsed, NeverUsed, Removed                                                                            string
	MadeBy, UsedWith, ValidTo, Expired, Replaced                                                            string
	SessionLine, ThisOne, WithRecovery, From, Key, Node                                                     string
	Reason, ReasonHint, EndTitle, EndedGrant, AgreeAsk, AgreeDetail, Agreed                                 string
	RemoveTitle, RemoveAsk, RemoveDetail, RemovedKey                                                        string
	CloseAsk, CloseAllAsk, CloseDetail, Closed, LeaveForm, ClosedHere                                       string
	GrantTitle, Role, Until, UntilHint, BadDate, Granted, GrantPending                                      string
	RevokeTitle, RevokePreview, RevokeFor, RevokeType, RevokeMistyped                                       string
	RevokeSessions, RevokeRoles, RevokeNoRoles, RevokeDone, Revoking, KeyDoIt                               string
}

// inviteTexts are those of asking a colleague in.
type inviteTexts struct {
	InviteTitle, LoginHint, NameHint, TeamHint, RoleHint, WhyHint   string
	ResetTitle, ResetAsk                                            string
	CodeTitle, CodeTell, CodeStep1, CodeStep2, CodeStep3            string
	CodeValid, CodeOnce, CodeCheck, CodePending, CodeKey, CodeLeave string
}

// profileTexts are those of the own account.
type profileTexts struct {
	Profile, Settings, Language, LanguageName, Colours, Light, Dark, Plain         string
	Recovery, RecoveryNew, CodeFirst, RecoveryCode, RecoveryHint, RecoveryNone     string
	RecoveryTitle, RecoveryOnce, RecoveryWrite, RecoveryOld, RecoveryKept, KeyKept string
	RecoveryLeave, RoleWorn, RoleHeld, Others, OthersAsk, KeyPress                 string
	SavedLanguage, NoOthers, NoRoles, PickAct, OthersClosed                        string
}

// joinTexts are those of a new colleague's first minutes.
type joinTexts struct {
	Welcome, YourKey, ReadTo, ReadToSomebody, Scan, Secret, TypeCode, CodeNeeded string
	NoRoom, KeyGoOn, KeySwap, KeyLeave, Checking, Preparing, CantJoin            string
	Inside, SignInWith, WriteFirst, Bye                                          string
}

// logTexts are those of the log.
type logTexts struct {
	Log, LogMine, When, Who, As, Act, About, Refused, NothingLogged            string
	KeyWho, KeyAct, KeyRefused, KeyOlder, KeyNewer, KeyVerify, KeyDetail       string
	Everybody, EveryAct, OnlyRefused, Page, NoOlder, NoNewer, Program          string
	Verify, Verifying, VerifyOK, VerifyRows, VerifyNew, VerifyHeads, VerifyBad string
	VerifyIntact, VerifyMore, VerifyTell, VerifyNot, VerifyEmpty               string
	Session, Subjects, Fields, Detail, Number                                  string
	FaultRow, FaultCheckpoint                                                  string
	// Faults are db.Fault.What in words, where they aren't words already.
	Faults map[string]string
	Acts   map[policy.Act]string
}
