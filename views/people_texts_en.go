package views

func englishPeople() peopleTexts {
	return peopleTexts{englishAccess(), englishInvite(), englishProfile(), englishJoin(), englishLog()}
}

func englishAccess() accessTexts {
	return accessTexts{
		People: "People", Person: "A colleague's access", SessionsAll: "Who is signed in", SecondAdmin: "you asked for it: another admin has to agree", OnlyOwn: "your role sees only what you did", Sessions: "Sessions", KeySessions: "who is on", SinceWhen: "Since", Reload: "look again", Find: "find", Open: "open",
		Login: "Login", Name: "Name", Team: "Team", Roles: "Roles", Status: "Status", LastSeen: "Last here",
		Count: "%d of %d", NobodyFits: "Nobody fits: type less, or press esc.", NeverSeen: "never",
		Invited: "invited", Active: "active", Revoked: "revoked", GrantWaits: "role waits",
		OnlyAdmin: "only an admin does this", PickGrant: "put the cursor on a role that has not ended", PickPending: "no role here waits for a second admin",
		PickKey: "put the cursor on a key", PickSession: "put the cursor on a session",
		NotYourself: "another admin does this to you", IsRevoked: "the access has ended: i invites them again",
		KeyInvite: "invite", KeyGrant: "give a role", KeyEnd: "end the role", KeyAgree: "agree to the role", KeyRemove: "remove the key",
		KeyReset: "new invitation", KeyRevoke: "end all access", KeyClose: "close it", KeyCloseAll: "close all of this person",
		Facts: "team %s · here since %s · last sign-in %s",
		Keys:  "Keys, and when last used", Invitations: "Invitations", NoGrants: "No role yet: press g to give one.", NoKeys: "No key: the invitation has not been used.",
		NoInvitations: "None.", NoSessions: "Nobody is signed in.",
		Since: "since %s", SinceUntil: "since %s until %s", By: "by %s", AgreedBy: "agreed by %s", Waits: "waits for a second admin, asked by %s",
		EndedBy: "ended %s by %s", ByProgram: "the installation", RanOut: "ran out %s",
		LastUsed: "%s", NeverUsed: "never", Removed: "removed %s",
		MadeBy: "%s by %s", UsedWith: "used %s with", ValidTo: "valid until %s", Expired: "expired %s", Replaced: "replaced or withdrawn %s",
		SessionLine: "since %s from %s with %s", ThisOne: "this session", WithRecovery: "recovery code", From: "From", Key: "Key", Node: "Server",
		Reason: "Reason", ReasonHint: "The reason goes into the log.",
		EndTitle: "End the role %s of %s. Why?", EndedGrant: "The role has ended.",
		AgreeAsk: "Agree that %s becomes %s?", AgreeDetail: "Asked by %s: %s", Agreed: "Agreed: the role can be worn from now on.",
		RemoveTitle: "Remove this key of %s. Why?", RemoveAsk: "Remove the key %s for good?",
		RemoveDetail: "It can never be registered again, and sessions begun with it are closed.", RemovedKey: "The key is removed; sessions closed: %d.",
		CloseAsk: "Close this session of %s?", CloseAllAsk: "Close all sessions of %s?",
		CloseDetail: "They can sign in again. To keep somebody out, end the access with D under the person's name.",
		Closed:      "The session is closed.", LeaveForm: "Leave without doing it? What you typed is dropped.", ClosedHere: "Sessions closed on this server: %d; others follow within seconds.",
		GrantTitle: "Role for %s", Role: "Role", Until: "Until", UntilHint: "A date such as 2026-12-31, or nothing for good.",
		BadDate: "This is no date: write it as 2026-12-31.", Granted: "%s is %s now.", GrantPending: "The role waits for a second admin: it counts once another admin agrees.",
		RevokeTitle: "End access of %s", RevokePreview: "This ends all access of %s (%s), at once and for good:",
		RevokeFor:  "keys, codes, roles and invitations are void; it can't be undone.",
		RevokeType: "Type the login", RevokeMistyped: "Type the login name %q to confirm.",
		RevokeSessions: "open sessions that will be closed: %d", RevokeRoles: "roles that end: %s", RevokeNoRoles: "no roles",
		RevokeDone: "The access of %s has ended; sessions closed: %d.", Revoking: "Ending the access …", KeyDoIt: "do it",
	}
}

func englishInvite() inviteTexts {
	return inviteTexts{
		InviteTitle: "Invite", LoginHint: "What they sign in with: small letters, such as nora. It can't be changed later.",
		NameHint: "First and last name.", TeamHint: "Made if there is none of that name; may stay empty.",
		RoleHint: "One to begin with: more can be given later.", WhyHint: "The reason goes into the log, such as: starts 1 March, replaces Tom.",
		ResetTitle: "New invitation for %s. Why?", ResetAsk: "What they have keeps working until it is used; then it ends.",
		CodeTitle: "Invitation for %s", CodeTell: "Tell %s this, in person or by phone rather than by mail:",
		CodeStep1: "on their own computer, run", CodeStep2: "and type this code",
		CodeStep3: "then follow the screen; have an authenticator app at hand",
		CodeValid: "Valid until %s.", CodeOnce: "This code is shown this once. If it gets lost, make a new invitation with R.",
		CodeCheck:   "They will read you the fingerprint of their key. Compare it with the one under their name here, then you know that the right one joined.",
		CodePending: "The role waits for a second admin to agree.", CodeKey: "passed on", CodeLeave: "Have you passed the code on? It is never shown again.",
	}
}

func englishProfile() profileTexts {
	return profileTexts{
		Profile: "My account", Settings: "Settings", Language: "Language", LanguageName: "English", Colours: "Colours", Light: "for a light background", Dark: "for a dark background", Plain: "none",
		Recovery: "Recovery codes", CodeFirst: "Type a code first.", RecoveryNew: "make ten new ones", RecoveryCode: "Type a code of your authenticator app, or one of your recovery codes",
		RecoveryHint: "So that your terminal alone isn't enough.", RecoveryNone: "The old codes end.",
		RecoveryTitle: "Ten recovery codes", RecoveryOnce: "Each lets you in once when your phone is not at hand. They are shown this once.",
		RecoveryWrite: "Write them down now, and keep them apart from your phone and this computer.", RecoveryOld: "Your old codes have ended.",
		RecoveryKept: "Codes kept: they are not shown again.", KeyKept: "I have written them down", RecoveryLeave: "Have you written the codes down? They are never shown again.",
		RoleWorn: "worn now", RoleHeld: "enter to wear it", Others: "Close my other sessions", OthersAsk: "Close your other sessions (%d)?", KeyPress: "do it", SavedLanguage: "Language saved.", NoRoles: "None.", PickAct: "put the cursor on a setting or a role", OthersClosed: "Sessions closed: %d.", NoOthers: "There is no other session of yours.",
	}
}

func englishJoin() joinTexts {
	return joinTexts{
		Welcome: "Welcome, %s.", YourKey: "Your key", ReadTo: "Read it to %s, who then knows that it is you.", ReadToSomebody: "Read it to who invited you, who then knows that it is you.",
		Scan: "1  Scan this with an authenticator app, or type the secret:", Secret: "1  Type this secret into an authenticator app:", TypeCode: "2  Type the six digits that the app shows:",
		CodeNeeded: "The app shows six digits: type all of them.",
		NoRoom:     "For the QR code the window needs %d by %d: make it larger, or type the secret.",
		KeySwap:    "if it won't scan: swap black and white", KeyGoOn: "go on", KeyLeave: "leave, nothing is kept", Checking: "Checking …", Preparing: "One moment …",
		CantJoin: "Nothing was stored. Press esc to leave.",
		Inside:   "You are in, %s.", SignInWith: "From now on, sign in with:", WriteFirst: "Press y when you have written the codes down.", Bye: "Press enter to leave.",
	}
}
