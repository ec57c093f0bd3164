package views

// liveTexts are those of what colleagues do meanwhile.
type liveTexts struct{ Editing string }

func englishLive() liveTexts { return liveTexts{Editing: "%s: changing it"} }

func dutchLive() liveTexts { return liveTexts{Editing: "%s: wijzigt dit"} }
