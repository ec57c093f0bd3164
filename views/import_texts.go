package views

// importTexts are those of the import screen.
type importTexts struct{ ImportTitle string }

func englishImport() importTexts { return importTexts{ImportTitle: "Import"} }
func dutchImport() importTexts   { return importTexts{ImportTitle: "Importeren"} }
