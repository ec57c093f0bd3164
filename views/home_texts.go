package views

// workTexts are those of the first screens of sales and managers.
type workTexts struct {
	ToCall, NobodyToCall, Ageing, NoneAgeing, AllAgeing, Week, WeekColumns, NobodyYet, KeySideways string
}

func englishWork() workTexts {
	return workTexts{
		ToCall: "Quiet for long: call", NobodyToCall: "You heard from everybody lately.", Ageing: "Too long in their stage", NoneAgeing: "No deal waits too long.",
		AllAgeing: "all: %s deals, %s", Week: "Since Monday", WeekColumns: "contacts   tasks     won", NobodyYet: "Nobody is in your team.", KeySideways: "column",
	}
}

func dutchWork() workTexts {
	return workTexts{
		ToCall: "Lang stil: bel", NobodyToCall: "Van iedereen hoorde je laatst nog.", Ageing: "Te lang in hun fase", NoneAgeing: "Geen kans wacht te lang.",
		AllAgeing: "alle: %s kansen, %s", Week: "Sinds maandag", WeekColumns: "contact   taken  gewonnen", NobodyYet: "Er zit niemand in je team.", KeySideways: "kolom",
	}
}
