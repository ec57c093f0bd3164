package views

// hygieneTexts are those of the officer's dashboard and the lists behind it.
type hygieneTexts struct {
	Figures, FiguresHint, Note                           string
	Stale, NoStale, Dead, NoDead, DeadNote, Idle, NoIdle string
	Despite, OnlyDespite                                 string
}

func englishHygiene() hygieneTexts {
	return hygieneTexts{
		Figures: "Privacy in figures", FiguresHint: "what to see to, and where",
		Note:  "Figures with a day are counted once a week, by the job hygiene.look; an admin can run it now. The others are of this moment.",
		Stale: "To take off lists", NoStale: "Nobody whom you see is on a list that went out and may not be used for it any more.",
		Dead: "Dead mail addresses", NoDead: "No dead addresses are known. Who sends the mails tells: ssh HOST contacts bounced < addresses.txt",
		DeadNote: "Mail came back from these, says whoever sent it. Ask for another address, or take it out: then the customer leaves this list. No mail goes out from here to try.",
		Idle:     "Unused roles", NoIdle: "Every role was used in the last three months, or is newer.",
		Despite: "Sensitive texts kept for a reason", OnlyDespite: "kept for a reason",
	}
}

func dutchHygiene() hygieneTexts {
	return hygieneTexts{
		Figures: "Privacy in cijfers", FiguresHint: "wat er te doen is, en waar",
		Note:  "Cijfers met een dag worden eens per week geteld, door de taak hygiene.look; een beheerder kan die nu uitvoeren. De andere zijn van dit moment.",
		Stale: "Van lijsten af te halen", NoStale: "Niemand die je ziet staat op een verstuurde lijst waarvoor hij niet meer gebruikt mag worden.",
		Dead: "Dode mailadressen", NoDead: "Er zijn geen dode adressen bekend. Wie de mails verstuurt meldt ze: ssh HOST contacts bounced < adressen.txt",
		DeadNote: "Mail hiernaartoe kwam terug, zegt wie hem stuurde. Vraag een ander adres, of haal het weg: dan verdwijnt de klant van deze lijst. Er gaat van hier geen mail uit om het te proberen.",
		Idle:     "Ongebruikte rollen", NoIdle: "Elke rol is de laatste drie maanden gebruikt, of is nieuwer.",
		Despite: "Gevoelige teksten, bewaard met reden", OnlyDespite: "bewaard met reden",
	}
}
