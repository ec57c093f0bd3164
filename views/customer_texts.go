package views

type customerTexts struct{}

func englishCustomers() customerTexts { return customerTexts{} }
func dutchCustomers() customerTexts   { return customerTexts{} }
