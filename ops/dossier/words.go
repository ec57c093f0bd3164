package dossier

import "balie/policy"

func title(d Dossier) policy.Message {
	return policy.Message{Key: "What %s holds about %s", Args: []any{d.House, d.Name}}
}

func about(d Dossier) policy.Message {
	return policy.Message{Key: "Drawn up on %s, in answer to request %s.", Args: []any{d.On, d.Request}}
}

var (
	copyTitle = policy.Message{Key: "A copy of the data"}
	readMe    = policy.Message{Key: "overview.html and overview.pdf are to be read, and say the same. data.json and the files in data have all of it for a computer. What you may take to another organisation (art. 20 GDPR) is in portable; fields.csv says what each field means."}
	nothing   = policy.Message{Key: "There is nothing to take along: %s"}
)
