package views

// peopleTexts are those of the screens on colleagues, keys, sessions, the
// profile, joining and the log.
type peopleTexts struct{}

func englishPeople() peopleTexts { return peopleTexts{} }

func dutchPeople() peopleTexts { return peopleTexts{} }
