package views

// dutchMessages are the sentences of policy, db, ops and server in Dutch, by
// their English text. A test walks those packages and finds what is missing.
var dutchMessages = map[string]string{}
